"""The HR workbook: read in Dutch and English beside its center, every error at its cell."""

import io

import pytest

from portfolio.engine import hr_schema
from portfolio.sheets import aliases, hr_words
from portfolio.sheets.hr_reading import read_hr
from tests.sheets.workbooks import DAY, read_sheets, saved, small_center, told

CENTER = read_sheets(small_center()).inputs


def small_staff():
    """Two people of the small center, one of them hired."""
    return {
        "staff": [
            ["person", "role", "fte", "employer", "born", "employed_since", "service", "name"],
            ["1001", "SYS", 1, "center", "1980-05-01", "2010-01-01", "NET", "Anja Veerman"],
            ["1002", "SYS", 0.8, "external", None, None, "NET", None],
        ]
    }


def read(sheets, content=None):
    return read_hr(io.BytesIO(content or saved(sheets)), CENTER, "hr.xlsx")


def changed(row, column, value):
    sheets = small_staff()
    sheets["staff"][row - 1][column - 1] = value
    return sheets


def test_dutch_and_english_mean_the_same():
    dutch = {
        "Personeel": [
            ["Personeelsnummer", "Functie", "FTE", "Werkgever", "Geboortedatum", "In dienst sinds", "Dienst"],
            ["1001", "SYS", "1,0", "centrum", "01-05-1980", "01-01-2010", "NET"],
            ["1002", "SYS", "0,8", "inhuur", None, None, "NET"],
        ],
        "Was-wordt": [["Oude functie", "Nieuwe functie", "Vergelijking"], ["SYS", "SYS", "Uitwisselbaar"]],
        "Sociaal plan": [["Instelling", "Waarde"], ["Schalen lager", 2], ["Peildatum", DAY]],
    }

    reading = read(dutch)

    assert told(reading) == []
    english = read(small_staff()).inputs
    assert reading.inputs["staff"].drop(columns="name").equals(english["staff"].drop(columns="name"))
    assert reading.inputs["functions"]["comparison"].tolist() == ["exchangeable"]
    assert reading.inputs.social_plan["scales_down"] == 2
    assert reading.inputs.reference_date == DAY.date()
    assert english.reference_date.isoformat() == "2027-01-01"


@pytest.mark.parametrize(
    ("sheets", "where", "code"),
    [
        (changed(2, 2, None), "staff!B2", "blank"),
        (changed(2, 2, "XXX"), "staff!B2", "unknown_code"),
        (changed(2, 3, 1.2), "staff!C2", "out_of_range"),
        (changed(2, 3, 0.33), "staff!C2", "fte_not_in_steps"),
        (changed(2, 4, "ZZZ"), "staff!D2", "unknown_code"),
        (changed(2, 5, "2030-01-01"), "staff!E2", "future_birth"),
        (changed(2, 5, "01/02/1980"), "staff!E2", "not_a_date"),
        (changed(2, 6, "1970-01-01"), "staff!F2", "not_after"),
        (changed(2, 7, "XXX"), "staff!G2", "unknown_code"),
        (changed(3, 1, "1001"), "staff!A3", "duplicate_key"),
        ({"personen": []}, "staff", "missing_sheet"),
        ({**small_staff(), "preferences": [["person", "rank", "role"], ["1009", 1, "SYS"]]}, "preferences!A2",
         "unknown_code"),
        ({**small_staff(), "preferences": [["person", "rank", "role"], ["1001", 4, "SYS"]]}, "preferences!B2",
         "out_of_range"),
        ({**small_staff(), "preferences": [["person", "rank", "role"], ["1001", 1, "SYS"], ["1001", 1, "SYS"]]},
         "preferences!A3", "duplicate_key"),
        ({**small_staff(), "agreements": [["person", "role", "service", "locked"], ["1001", "SYS", "NET", "ja"],
                                          ["1001", "SYS", "GEO", "ja"]]}, "agreements!D3", "lock_circle"),
        ({**small_staff(), "functions": [["role", "new_role", "comparison"], ["SYS", "SYS", "soms"]]},
         "functions!C2", "unknown_choice"),
        ({**small_staff(), "social_plan": [["setting", "value"], ["reference_date", "soon"]]}, "social_plan!B2",
         "not_a_date"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_cell(sheets, where, code):
    reading = read(sheets)

    assert reading.inputs is None
    assert [(reading.where(finding), finding.code) for finding in reading.errors] == [(where, code)]


def test_errors_of_several_sheets_are_told_together():
    sheets = {**changed(2, 3, 0.33), "preferences": [["person", "rank", "role"], ["1001", 1, "GEEN"]]}

    assert told(read(sheets)) == [("preferences!C2", "unknown_code"), ("staff!C2", "fte_not_in_steps")]


def test_a_person_whose_row_is_refused_is_not_unknown_elsewhere():
    sheets = {**changed(2, 3, "veel"), "preferences": [["person", "rank", "role"], ["1001", 1, "SYS"]]}

    assert told(read(sheets)) == [("staff!C2", "not_a_number")]


def test_an_unknown_sheet_is_a_warning():
    reading = read({**small_staff(), "notes": [["x"]]})

    assert told(reading) == [("notes", "unknown_sheet")]
    assert reading.inputs is not None


def test_no_workbook_is_said():
    assert told(read({}, b"no workbook")) == [("hr.xlsx", "not_a_workbook")]


def test_a_sheet_with_heads_alone_has_nobody():
    assert told(read({"staff": small_staff()["staff"][:1]})) == [("staff", "no_rows")]


@pytest.mark.parametrize("sheet", hr_schema.SHEETS)
def test_no_two_columns_of_a_sheet_share_a_name(sheet):
    folded = [
        {aliases.fold(word) for word in (column.name, *hr_words.COLUMNS[column.name])}
        for column in aliases.columns(sheet)
    ]

    assert len(set().union(*folded)) == sum(map(len, folded))


def test_every_name_of_the_dictionary_has_a_dutch_one():
    columns = [column for sheet in hr_schema.SHEETS for column in aliases.columns(sheet)]

    assert {column.name for column in columns} == set(hr_words.COLUMNS)
    assert {column.name for column in hr_schema.SOCIAL_PLAN} == set(hr_words.SETTINGS)
    assert set(hr_schema.SHEETS) == set(aliases.HR_SHEETS)
    assert {str(word) for column in columns for word in column.choices} <= {
        *aliases.CHOICES,
        *hr_words.CHOICES,
    }
