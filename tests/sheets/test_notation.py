"""Numbers, months and words as people type them: what is clear is read, what is not is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.engine import schema
from portfolio.engine.schema import Column, Kind
from portfolio.sheets.cells import Cell, value_of
from portfolio.sheets.misread import Misread
from portfolio.sheets.months import month_of
from portfolio.sheets.numbers import number_of
from tests.sheets.workbooks import DAY

SHARE = Column("share", Kind.SHARE, "", low=0, high=1)
EUR = Column("amount", Kind.EUR, "", low=0)
YEAR = Column("year", Kind.YEAR, "", low=2000, high=2100)
COUNT = Column("persons", Kind.COUNT, "", low=0)
CODE = Column("code", Kind.CODE, "")
CODES = Column("depends_on", Kind.CODES, "")
YES_NO = Column("takes", Kind.YES_NO, "")
MONTH = Column("from", Kind.MONTH, "")
TEXT = Column("name", Kind.TEXT, "")


def refused(column, value, **more):
    with pytest.raises(Misread) as caught:
        value_of(column, Cell(value, **more))
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", 1234.56),
        ("1,234.56", 1234.56),
        ("1234.56", 1234.56),
        ("1234,56", 1234.56),
        ("1 234,56", 1234.56),
        ("1\u00a0234", 1234),
        ("1.234.567", 1234567),
        ("1,234,567.8", 1234567.8),
        ("€ 1.234", 1234),
        ("€ 1.234,50", 1234.5),
        ("EUR 12", 12),
        ("1.234 €", 1234),
        ("1.500,-", 1500),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("1234.567", 1234.567),
        ("12,5", 12.5),
        ("-3", -3),
        ("\u22123", -3),
        (" 7 ", 7),
    ],
)
def test_a_number_is_read_in_either_notation(text, value):
    assert number_of(text) == (value, False)


@pytest.mark.parametrize(
    ("text", "value"), [("12,5 %", 0.125), ("12.5%", 0.125), ("100%", 1.0), ("0,1%", 0.001)]
)
def test_a_percentage_is_a_hundredth(text, value):
    assert number_of(text) == (value, True)


@pytest.mark.parametrize("text", ["1.234", "1,234", "-1.234", "12.500", "100,000", "1,234 %"])
def test_three_digits_behind_one_mark_could_be_either_and_are_refused(text):
    with pytest.raises(Misread, match="ambiguous_number"):
        number_of(text)


@pytest.mark.parametrize(
    "text", ["abc", "1.2.3", "1,23,456", "12 fte", "1e5", "--1", "€ 5 %", "1.", "٣", "9" * 70]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(Misread, match="not_a_number"):
        number_of(text)


@given(st.decimals(-(10**8), 10**8, places=2))
def test_dutch_and_english_notation_of_an_amount_mean_the_same(amount):
    english = f"{amount:,.2f}"
    dutch = english.translate(str.maketrans(",.", ".,"))

    assert number_of(english).value == number_of(dutch).value == float(amount)


@pytest.mark.parametrize(
    "text",
    [
        "2027-01",
        "2027-1",
        "01-2027",
        "1/2027",
        "jan 2027",
        "Jan. 2027",
        "januari 2027",
        "January 2027",
        "jan-2027",
        "2027-01-15",
        "2027-01-15 00:00:00",
        "15-01-2027",
        "15.01.2027",
        "15/01/2027",
        "01/15/2027",
        "01/01/2027",
        "15 januari 2027",
        "January 15, 2027",
    ],
)
def test_a_month_is_read_in_many_notations(text):
    assert month_of(text) == "2027-01"


def test_with_dashes_the_day_stands_first():
    assert month_of("03-04-2027") == "2027-04"


def test_with_slashes_day_and_month_could_be_either_and_are_refused():
    with pytest.raises(Misread, match="ambiguous_date"):
        month_of("03/04/2027")


@pytest.mark.parametrize(
    "text", ["2027-13", "2027-00", "13-2027", "2027-02-30", "jan 27", "2027", "soon", "202701"]
)
def test_what_is_no_month_is_refused(text):
    with pytest.raises(Misread, match="not_a_month"):
        month_of(text)


def test_a_month_long_ago_is_out_of_range():
    with pytest.raises(Misread, match="year_out_of_range"):
        month_of("1027-01")


def test_a_date_cell_is_its_month_or_its_year():
    assert value_of(MONTH, Cell(DAY)) == "2027-01"
    assert value_of(YEAR, Cell(DAY)) == 2027


@pytest.mark.parametrize("value", [2027, 2027.0, "2027", "2027.0", "2027-05-01"])
def test_a_year_is_read(value):
    assert value_of(YEAR, Cell(value)) == 2027


@pytest.mark.parametrize(
    ("value", "code"),
    [(2027.5, "not_a_year"), ("next", "not_a_year"), (1999, "year_out_of_range"), (True, "not_a_year")],
)
def test_what_is_no_year_of_ours_is_refused(value, code):
    assert refused(YEAR, value) == code


def test_a_number_is_read_as_a_spreadsheet_shows_it():
    assert value_of(EUR, Cell(0.1 + 0.2)) == 0.3


def test_a_cell_formatted_as_a_percentage_holds_a_share():
    assert value_of(SHARE, Cell(0.27, percent=True)) == 0.27
    assert refused(EUR, 0.27, percent=True) == "percentage"
    assert refused(EUR, "27%") == "percentage"


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        (SHARE, 1.01, "share_above_one"),
        (SHARE, "27", "share_above_one"),
        (SHARE, -0.1, "negative"),
        (EUR, -1, "negative"),
        (EUR, 1e12, "out_of_range"),
        (EUR, float("inf"), "out_of_range"),
        (EUR, "veel", "not_a_number"),
        (EUR, True, "not_a_number"),
        (EUR, DAY, "date_for_number"),
        (COUNT, 2.5, "not_whole"),
        (schema.SETTINGS[4], 0, "not_above"),
        (schema.SETTINGS[3], 41, "out_of_range"),
        (YES_NO, "perhaps", "not_yes_no"),
        (CODE, DAY, "date_for_code"),
        (CODE, True, "truth_for_code"),
        (CODE, "a\u200bb", "unprintable"),
        (CODE, "x" * 61, "too_long"),
        (CODES, 1.2, "date_for_code"),
        (MONTH, 46023, "not_a_month"),
    ],
)
def test_what_does_not_fit_its_column_is_refused(column, value, code):
    assert refused(column, value) == code


def test_a_spreadsheet_error_and_a_formula_never_computed_are_refused():
    assert refused(EUR, "#REF!", kind="error") == "excel_error"
    assert refused(EUR, "", kind="unsaved") == "formula_without_value"


@pytest.mark.parametrize("value", ["ja", "Yes", "TRUE", "waar", 1, 1.0, True, "x"])
def test_yes_in_many_words(value):
    assert value_of(YES_NO, Cell(value)) is True


@pytest.mark.parametrize("value", ["nee", "No", "false", "onwaar", 0, False])
def test_no_in_many_words(value):
    assert value_of(YES_NO, Cell(value)) is False


def test_codes_that_a_spreadsheet_made_numbers_of_are_codes_again():
    assert [value_of(CODE, Cell(value)) for value in (1, 2.0, "007", " A ")] == ["1", "2", "007", "A"]


def test_a_list_of_codes_is_tidied():
    assert value_of(CODES, Cell("NET;IAM ,  GEO,")) == "NET, IAM, GEO"


def test_a_text_may_be_a_number_or_a_date():
    assert value_of(TEXT, Cell(12)) == "12"
    assert value_of(TEXT, Cell(DAY)) == "2027-01-15"


def test_a_choice_is_read_in_dutch_and_english_whatever_its_capitals():
    decision = schema.FRAMES["decisions"].by_name["decision"]

    words = ("outsource_managed", "Outsource managed", "uitbesteden met beheer")
    assert {value_of(decision, Cell(word)) for word in words} == {"outsource_managed"}


def test_an_unknown_choice_is_told_what_is_allowed():
    with pytest.raises(Misread) as caught:
        value_of(schema.FRAMES["services"].by_name["phase"], Cell("later"))

    assert caught.value.params == {"value": "later", "allowed": "current, new"}
