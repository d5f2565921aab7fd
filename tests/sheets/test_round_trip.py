"""What goes out comes back the same, in either language, and nothing that a cell holds makes the reader fall over."""

import datetime
import io

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.engine import checks, schema
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import FRAMES, Column, Kind
from portfolio.sheets import aliases
from portfolio.sheets.numbers import rounded
from portfolio.sheets.reading import read
from portfolio.sheets.writing import template, write_center, write_frame
from tests.engine.centers import centers
from tests.golden.demo import center as demo
from tests.sheets.workbooks import read_sheets, saved, small_center, with_cell, with_sheet

LANGUAGES = ("nl", "en")
some = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def digests(inputs):
    return [inputs.plan_inputs(scenario).digest for scenario in inputs.scenarios]


def as_a_sheet_holds_it(inputs):
    """Numbers in 15 digits: what a spreadsheet keeps of them."""
    frames = {
        name: frame.apply(lambda cells: cells.map(rounded) if cells.dtype == "float64" else cells)
        for name, frame in inputs.frames.items()
    }
    return CenterInputs.of(inputs.settings, frames)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_region_comes_back_the_same(language):
    center = demo()

    reading = read(io.BytesIO(write_center(center, language=language)))

    assert reading.findings == checks.find(center)
    assert digests(reading.inputs) == digests(center)


@some
@given(centers(), st.sampled_from(LANGUAGES))
def test_any_center_comes_back_the_same(center, language):
    center = as_a_sheet_holds_it(center)

    reading = read(io.BytesIO(write_center(center, language=language)))

    assert digests(reading.inputs) == digests(center)


# --- Any frames at all: every column of the dictionary, with whatever fits in it ---

texts = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn")), max_size=20).map(str.strip)
codes = st.text(st.sampled_from("ABCdef019-=+@. é'_x"), min_size=1, max_size=8).map(str.strip).filter(bool)
plain = st.text(st.sampled_from("abcdefgh"), min_size=1, max_size=4)
free = plain.map(lambda name: f"about {name}")


def values(column: Column) -> st.SearchStrategy:
    low = column.low if column.low is not None else -1.0 if column.above is None else column.above
    high = column.high if column.high is not None else 1e8
    numbers = st.floats(low, high, allow_nan=False, exclude_min=column.above is not None).map(rounded)
    numbers = numbers.filter(lambda value: column.above is None or value > column.above)
    whole = st.integers(int(low), int(min(high, 1e6))).map(float)
    by_kind = {
        Kind.CODE: codes,
        Kind.CODES: st.lists(codes, max_size=3).map(", ".join),
        Kind.TEXT: texts,
        Kind.CHOICE: st.sampled_from([str(choice) for choice in column.choices] or [""]),
        Kind.YEAR: st.integers(2000, 2100),
        Kind.MONTH: st.dates(datetime.date(1950, 1, 1), datetime.date(2150, 1, 1)).map(
            lambda day: f"{day:%Y-%m}"
        ),
        Kind.COUNT: whole,
        Kind.YES_NO: st.booleans(),
    }
    found = by_kind.get(column.kind, numbers)
    if column.required:
        return found.filter(lambda value: value != "")
    blank = "" if column.dtype == "object" else False if column.dtype == "bool" else None
    return found if column.key and column.kind is Kind.CHOICE else st.one_of(st.just(blank), found)


@st.composite
def any_frames(draw):
    """Frames whose rows fit their columns; codes refer to nothing, for the reader does not look at that."""
    frames = {}
    for name, spec in FRAMES.items():
        if name in ("base_volumes", "scores"):
            continue
        rows = draw(
            st.lists(st.fixed_dictionaries({c.name: values(c) for c in schema.columns(name)}), max_size=3)
        )
        frames[name] = pd.DataFrame(rows).drop_duplicates(spec.key) if rows else None
    frames["base_volumes"] = draw(figures(frames["participants"], "base_volumes", ["code"]))
    frames["scores"] = draw(figures(frames["alternatives"], "scores", ["participant", "option"]))
    if frames["scenarios"] is None:
        frames["decisions"] = None
    settings_ = {column.name: draw(values(column)) for column in schema.SETTINGS}
    return CenterInputs.of(settings_ | {"years": 5.0}, frames)


@st.composite
def figures(draw, rows, name, keys):
    own, head, value = schema.WIDE[name]
    if rows is None:
        return None
    found = []
    for key in rows[keys].itertuples(index=False):
        for free_name in draw(st.lists(free, unique=True, max_size=2)):
            row = dict(zip(own, key, strict=True)) | {
                head: free_name,
                value: draw(values(FRAMES[name].by_name[value])),
            }
            found.append(row | {column.name: draw(values(column)) for column in schema.PROVENANCE})
    return pd.DataFrame(found) if found else None


@some
@given(any_frames(), st.sampled_from(LANGUAGES))
def test_whatever_fits_its_column_comes_back_the_same(center, language):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "find", lambda inputs: [])
        reading = read(io.BytesIO(write_center(center, language=language)))

    assert reading.errors == []
    assert reading.inputs.settings == center.settings
    for name, frame in center.frames.items():
        pd.testing.assert_frame_equal(reading.inputs.frames[name], frame)


@pytest.mark.parametrize("name", ["center", "participants", "alternatives", "weights", "decisions", "uptake"])
def test_one_sheet_goes_out_and_comes_back(name):
    center = demo()

    reading = read(io.BytesIO(write_frame(name, center, language="nl")), onto=center)

    assert reading.sheets == (name,)
    assert digests(reading.inputs) == digests(center)
    for judged in schema.JUDGMENTS:
        pd.testing.assert_frame_equal(reading.inputs.frames[judged], center.frames[judged])


@pytest.mark.parametrize(("language", "head"), [("nl", "continuïteit"), ("en", "continuity")])
def test_criteria_are_called_in_the_language_of_the_workbook(language, head):
    book = openpyxl.load_workbook(io.BytesIO(write_center(demo(), language=language)))

    options, weights = (book[aliases.sheet_label(name, language)] for name in ("alternatives", "weights"))
    assert head in [cell.value for cell in options[1]]
    assert head in [row[1].value for row in weights.iter_rows(min_row=2)]


def test_a_criterion_weighed_by_two_names_is_refused():
    rows = [["deelnemer", "criterium", "gewicht"], ["DRP", "invloed", 2], ["DRP", "influence", 3]]

    reading = read_sheets(with_sheet("gewichten", rows))

    assert [finding.code for finding in reading.errors] == ["row_exists"]


def test_judgments_change_no_figure_so_no_digest():
    center = demo()

    other = CenterInputs.of(center.settings, {**center.frames, "weights": None, "scores": None})

    assert digests(other) == digests(center)


def test_the_same_center_gives_the_same_bytes():
    assert write_center(demo(), language="nl") == write_center(demo(), language="nl")


# --- The template ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_asks_for_no_more_than_what_is_needed_and_holds_no_data(language):
    reading = read(io.BytesIO(template(language)))

    needed = {column.name for column in schema.SETTINGS if column.required}
    assert {finding.place.key[0] for finding in reading.findings} == needed
    assert {finding.code for finding in reading.findings} == {"blank"}
    assert set(reading.sheets) == set(schema.SHEETS)


# --- Anything in a cell ---

SMALL = saved(small_center())

anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(datetime.date(1901, 1, 1), datetime.date(2200, 1, 1)),
    st.times(),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), max_codepoint=0xFFFD), max_size=30),
    st.sampled_from(
        ["=1+1", "#REF!", "1.234", "€ 5", "12 %", "_x000D_", "_x0000_", "-", "%", "€", "2027-13", "''"]
    ),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(small_center())), st.integers(1, 3), st.integers(1, 5), anything)
def test_no_cell_makes_the_reader_fall_over(sheet, row, column, value):
    reading = read_sheets(with_cell(sheet, row, column, value))

    assert (reading.inputs is None) == bool(reading.errors)
    assert all(reading.where(finding) for finding in reading.findings)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(
        st.sampled_from([*schema.SHEETS, "notes"]),
        st.lists(st.lists(anything, max_size=6), max_size=4),
        max_size=6,
    )
)
def test_no_sheet_makes_the_reader_fall_over(sheets):
    reading = read_sheets({**small_center(), **sheets})

    assert (reading.inputs is None) == bool(reading.errors)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_damage_makes_the_reader_fall_over(data):
    content = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    reading = read(io.BytesIO(bytes(content)))

    assert (reading.inputs is None) == bool(reading.errors)


# --- Names ---


@pytest.mark.parametrize("sheet", schema.SHEETS)
def test_no_two_columns_of_a_sheet_share_a_name(sheet):
    folded = [
        {aliases.fold(word) for word in (column.name, *aliases.COLUMNS[column.name])}
        for column in aliases.columns(sheet)
    ]

    assert len(set().union(*folded)) == sum(map(len, folded))


def test_no_two_sheets_or_settings_share_a_name():
    tables = ({**aliases.SHEETS, **aliases.HR_SHEETS, **aliases.EXPLANATION}, aliases.SETTINGS)
    for table in tables:
        folded = [{aliases.fold(word) for word in (name, *words)} for name, words in table.items()]
        assert len(set().union(*folded)) == sum(map(len, folded))


def test_every_name_of_the_dictionary_has_a_dutch_one():
    assert set(schema.SHEETS) == set(aliases.SHEETS)
    assert {column.name for column in schema.SETTINGS} == set(aliases.SETTINGS)
    names = {column.name for sheet in schema.SHEETS for column in aliases.columns(sheet)}
    assert names == set(aliases.COLUMNS)
    words = {str(choice) for frame in FRAMES for column in schema.columns(frame) for choice in column.choices}
    assert words == set(aliases.CHOICES)
