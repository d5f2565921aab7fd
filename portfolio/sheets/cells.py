"""One cell to one value: what the data dictionary says a column may hold, and why a found value is refused."""

import datetime
import re
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

from portfolio.engine.schema import Column, Kind
from portfolio.sheets import aliases
from portfolio.sheets.days import day_of
from portfolio.sheets.misread import Misread, shown
from portfolio.sheets.months import month_of, month_of_date, year_of
from portfolio.sheets.numbers import number_of, rounded

#: No figure of a center comes near; beyond it, sums would lose cents.
LARGEST = 999_999_999
LONGEST_CODE = 60
LONGEST_NAME = 200
LONGEST_TEXT = 5_000
_LONG_TEXTS = frozenset({"description", "reason", "source"})

#: What a spreadsheet takes for the start of a formula.
RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

Value = str | float | int | bool


class Cell(NamedTuple):
    """A cell as it was found. ``kind``: "value", "error" (such as #REF!) or "unsaved" (a formula never computed)."""

    value: Any
    kind: str = "value"
    percent: bool = False

    @property
    def is_blank(self) -> bool:
        return self.kind == "value" and (
            self.value is None or (isinstance(self.value, str) and not self.value.strip())
        )


def value_of(column: Column, cell: Cell | None) -> Value | None:
    """The value that a column takes from a cell, None when blank; raises ``Misread`` when it takes none."""
    if cell is None or cell.is_blank:
        return None
    if cell.kind == "error":
        raise Misread("excel_error", value=shown(cell.value))
    if cell.kind == "unsaved":
        raise Misread("formula_without_value")
    found = cell._replace(value=cell.value.strip()) if isinstance(cell.value, str) else cell
    return _READERS[column.kind](column, found)


def looks_like_formula(text: str) -> bool:
    """Whether a text would run if a spreadsheet took it for typed in; a list with dashes would not."""
    return text[:1] in RUNS_AS_FORMULA and re.fullmatch(r"[-+] .*|[-+]?[0-9., ]*", text, re.DOTALL) is None


def _number(column: Column, cell: Cell) -> float:
    value, percent = _numeric(cell)
    if percent and column.kind not in (Kind.SHARE, Kind.RATE, Kind.FTE):
        raise Misread("percentage", value=_seen(cell, value))
    if column.kind is Kind.COUNT and not _is_whole(column, value):
        raise Misread("not_whole", value=_seen(cell, value))
    _check_bounds(column, value, _seen(cell, value))
    return value + 0.0  # never -0.0


def _numeric(cell: Cell) -> tuple[float, bool]:
    value = cell.value
    if isinstance(value, str):
        return number_of(value)
    if isinstance(value, bool):
        raise Misread("not_a_number", value=str(value).upper())
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        raise Misread("date_for_number", value=shown(value))
    return rounded(float(value)), cell.percent


def _seen(cell: Cell, value: float) -> str:
    """The found value as its reader saw it."""
    if isinstance(cell.value, str):
        return shown(cell.value)
    return f"{shown(rounded(value * 100))}%" if cell.percent else shown(value)


def _is_whole(column: Column, value: float) -> bool:
    # A horizon of a year and a half is 18 whole months.
    value = value * 12 if column.unit == "years" else value
    return abs(value - round(value)) < 1e-9 if abs(value) < 1e15 else True


def _check_bounds(column: Column, value: float, seen: str) -> None:
    if column.kind is Kind.SHARE and value > 1:
        raise Misread("share_above_one", value=seen)
    if column.low == 0 and value < 0:
        raise Misread("negative", value=seen)
    if column.above is not None and value <= column.above:
        raise Misread("not_above", value=seen, above=_plain(column.above))
    low = column.low if column.low is not None else column.above
    high = column.high if column.high is not None else LARGEST
    if value > high or (column.low is not None and value < column.low):
        raise Misread("out_of_range", value=seen, low=_plain(low or 0), high=_plain(high))


def _plain(bound: float) -> float | int:
    return int(bound) if float(bound).is_integer() else bound


def _year(column: Column, cell: Cell) -> int:
    if isinstance(cell.value, datetime.date):
        year: float = cell.value.year
    elif isinstance(cell.value, str) and (found := year_of(cell.value)) is not None:
        year = found
    else:
        try:
            year, percent = _numeric(cell)
        except Misread:
            raise Misread("not_a_year", value=shown(cell.value)) from None
        if percent or not float(year).is_integer():
            raise Misread("not_a_year", value=_seen(cell, year))
    low, high = column.low or 0, column.high or 9999
    if not low <= year <= high:
        raise Misread("year_out_of_range", value=int(year), low=int(low), high=int(high))
    return int(year)


def _month(column: Column, cell: Cell) -> str:
    if isinstance(cell.value, datetime.date):
        return month_of_date(cell.value)
    if isinstance(cell.value, str):
        return month_of(cell.value)
    raise Misread("not_a_month", value=shown(cell.value))


def _date(column: Column, cell: Cell) -> str:
    return day_of(cell.value).isoformat()


def _yes_no(column: Column, cell: Cell) -> bool:
    word = shown(cell.value).casefold()
    if word in aliases.YES:
        return True
    if word in aliases.NO:
        return False
    raise Misread("not_yes_no", value=shown(cell.value))


def _choice(column: Column, cell: Cell) -> str:
    word = aliases.choice_named(cell.value, column.choices) if isinstance(cell.value, str) else None
    if word is None:
        raise Misread("unknown_choice", value=shown(cell.value), allowed=", ".join(map(str, column.choices)))
    return word


def _code(column: Column, cell: Cell) -> str:
    if isinstance(cell.value, datetime.date | datetime.time | datetime.timedelta):
        raise Misread("date_for_code", value=shown(cell.value))
    if isinstance(cell.value, bool):
        raise Misread("truth_for_code", value=str(cell.value).upper())
    code = cell.value if isinstance(cell.value, str) else shown(rounded(float(cell.value)))
    if not code.isprintable():
        raise Misread("unprintable", value=shown(code))
    if column.name == "service" and ("," in code or ";" in code):
        raise Misread("comma_in_code", value=shown(code))
    return _of_length(code, LONGEST_CODE)


def _codes(column: Column, cell: Cell) -> str:
    if not isinstance(cell.value, str):
        # In Dutch, Excel makes one number of the codes 1,2; only a whole one can be a single code.
        if isinstance(cell.value, int | float) and float(cell.value).is_integer():
            return _code(column, cell)
        raise Misread("date_for_code", value=shown(cell.value))
    parts = [part.strip() for part in re.split(r"[,;\n]", cell.value)]
    return ", ".join(_code(column, Cell(part)) for part in parts if part)


def _text(column: Column, cell: Cell) -> str:
    value = cell.value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if not isinstance(value, str):
        return shown(rounded(float(value)) if isinstance(value, int | float) else value)
    text = re.sub(r"\r\n?", "\n", value)
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in text):
        raise Misread("unprintable", value=shown(text))
    return _of_length(text, LONGEST_TEXT if column.name in _LONG_TEXTS else LONGEST_NAME)


def _of_length(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Misread("too_long", value=shown(text), length=len(text), longest=longest)
    return text


_READERS: dict[Kind, Callable[[Column, Cell], Value]] = {
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.NUMBER: _number,
    Kind.EUR: _number,
    Kind.FTE: _number,
    Kind.SHARE: _number,
    Kind.RATE: _number,
    Kind.COUNT: _number,
    Kind.YEAR: _year,
    Kind.MONTH: _month,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
}
