"""What a written workbook looks like to who opens it: heads that explain themselves, pick lists, nothing that runs."""

import io

import openpyxl
import pytest
from django.utils import translation

from portfolio.engine import schema
from portfolio.engine.findings import error, warning
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.messages import AT_THE_DOOR
from portfolio.sheets.wording import said
from portfolio.sheets.writing import template, write_center
from tests.golden.demo import center as demo


@pytest.fixture(scope="module")
def dutch():
    return openpyxl.load_workbook(io.BytesIO(write_center(demo(), language="nl")))


def test_sheets_and_heads_are_in_the_language_of_the_reader(dutch):
    assert dutch.sheetnames[:3] == ["centrum", "deelnemers", "begroting"]
    assert [cell.value for cell in dutch["diensten"][1]][:4] == ["dienst", "naam", "categorie", "fase"]
    assert {row[3].value for row in dutch["diensten"].iter_rows(min_row=2)} == {"huidig", "nieuw"}


def test_every_head_has_a_comment_and_stays_in_sight(dutch):
    for sheet in dutch:
        assert sheet.freeze_panes is not None
        assert all(cell.comment and cell.comment.text for cell in sheet[1]), sheet.title


def test_a_comment_says_meaning_unit_and_example():
    book = openpyxl.load_workbook(io.BytesIO(template("en")))

    comment = book["roles"]["E1"].comment.text

    assert "Salary with all on-costs" in comment
    assert "Unit: EUR per FTE per year" in comment
    assert "Example: 110900" in comment
    assert "May not be blank." in comment


def test_closed_lists_can_be_picked_from(dutch):
    rules = dutch["besluiten"].data_validations.dataValidation
    lists = {str(rule.sqref)[0]: rule.formula1 for rule in rules}

    assert "uitbesteden met beheer" in lists["C"]
    assert lists["B"] == "'diensten'!$A$2:$A$2000"


def test_nothing_that_looks_like_a_formula_runs():
    center = demo()
    risky = ["=1+1", "+1", "-1", "@A1"]
    roles = center.frames["roles"].assign(name=(risky * 10)[: len(center.frames["roles"])])
    center = CenterInputs.of(center.settings, {**center.frames, "roles": roles})

    book = openpyxl.load_workbook(io.BytesIO(write_center(center, language="en")))

    cells = [book["roles"].cell(row, 2) for row in range(2, 6)]
    assert [cell.value for cell in cells] == risky
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_months_and_codes_are_text_so_that_a_spreadsheet_leaves_them_alone(dutch):
    assert {dutch["activa"][f"C{row}"].number_format for row in (2, 3)} == {"@"}
    assert dutch["activa"].column_dimensions["A"].number_format == "@"


def test_the_template_opens_with_what_to_do_and_an_example_of_every_column():
    book = openpyxl.load_workbook(io.BytesIO(template("nl")))

    assert book.sheetnames[0] == "uitleg"
    rows = [tuple(row) for row in book["uitleg"].iter_rows(values_only=True)]
    listed = {(row[0], row[1]) for row in rows}
    assert ("rollen", "jaarkosten") in listed
    assert len(listed) >= sum(
        len(frame.columns) for name, frame in schema.FRAMES.items() if name in schema.SHEETS
    )


# --- What findings say ---


def test_a_finding_is_said_with_the_names_and_numbers_of_the_language():
    finding = error("missing_column", "roles", column="annual_cost")

    assert "annual_cost" in said(finding, "en")
    assert "jaarkosten" in said(finding, "nl")
    assert "0,5" in said(warning("shares_sum", "role_mix", item="NET", total=0.5), "nl")


def test_a_message_is_one_line_and_leaves_the_language_as_it_was():
    with translation.override("en"):
        assert "\n" not in said(error("unknown_code", "x", value="a\nb", sheet="roles, services"), "nl")
        assert translation.get_language() == "en"


@pytest.mark.parametrize("code", AT_THE_DOOR)
def test_every_text_fills_in(code):
    class Anything(dict):
        def __missing__(self, name):
            return name

    assert AT_THE_DOOR[code] % Anything()
