"""Reads the sheet ``staff`` of the HR workbook: who works at the center, with every error at its cell."""

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from openpyxl.utils import get_column_letter

from portfolio.engine.findings import Finding, Place, error, warning
from portfolio.engine.schema import Column, Kind
from portfolio.engine.schema import gettext_noop as _
from portfolio.engine.terms import Level
from portfolio.sheets import aliases
from portfolio.sheets.cells import Cell, value_of
from portfolio.sheets.days import day_of
from portfolio.sheets.misread import Misread, shown
from portfolio.sheets.opening import MAX_ROWS, Row, Sheet, open_workbook

SHEET = "staff"
CENTER, EXTERNAL = "center", "external"
COLUMNS = (
    Column("person", Kind.CODE, _("Number of the person, not a name"), key=True, required=True),
    Column("role", Kind.CODE, _("The role"), required=True, refers="roles"),
    Column("fte", Kind.FTE, _("FTE of the contract"), required=True, above=0, high=1),
    Column("employer", Kind.CODE, _("center, external, or the code of a participant"), default=CENTER),
    Column("scale", Kind.TEXT, _("Salary scale"), default=""),
    Column("born", Kind.TEXT, _("Date of birth")),
    Column("employed_since", Kind.TEXT, _("First day of employment")),
    Column("until", Kind.TEXT, _("Last day of a temporary contract")),
    Column("service", Kind.CODE, _("The service of today"), default="", refers="services"),
    Column("name", Kind.TEXT, _("Name"), default=""),
)
DATES = ("born", "employed_since", "until")
_DUTCH = {
    "person": ("persoon", "nummer", "personeelsnummer"), "role": ("rol", "functie"), "fte": ("fte",),
    "employer": ("werkgever",), "scale": ("schaal",), "born": ("geboren", "geboortedatum"),
    "employed_since": ("in dienst sinds", "in dienst", "datum in dienst"), "until": ("tot", "einddatum"),
    "service": ("dienst",), "name": ("naam",),
}  # fmt: skip
_EMPLOYERS = {
    "centrum": CENTER,
    "center": CENTER,
    "extern": EXTERNAL,
    "external": EXTERNAL,
    "inhuur": EXTERNAL,
}


@dataclass
class StaffReading:
    """The rows of a staff sheet, by column, and what is wrong with them; ``cells`` say where."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    cells: dict[Place, str] = field(default_factory=dict)
    title: str = SHEET

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level is Level.ERROR]

    def where(self, finding: Finding) -> str:
        """``staff!D7``, or the sheet alone."""
        cell = self.cells.get(finding.place)
        return f"{self.title}!{cell}" if cell else self.title


def read_staff(
    source: BinaryIO,
    *,
    roles: Collection[str],
    services: Collection[str],
    participants: Collection[str],
    today: datetime.date,
) -> StaffReading:
    """Read a staff sheet; codes must be known, and nobody is born or employed after ``today``."""
    reading = StaffReading()
    try:
        sheets = open_workbook(source)
        found = [sheet for sheet in sheets if _is_staff(sheet)]
        if not found:
            raise Misread("missing_sheet", sheet=SHEET)
        reading.title = found[0].title
        known = {"role": set(roles), "service": set(services), "employer": {CENTER, EXTERNAL, *participants}}
        _read_sheet(found[0], reading, known, today)
    except Misread as misread:
        reading.findings.append(error(misread.code, SHEET, **misread.params))
    except Exception:  # a damaged sheet can make the parser raise anything
        reading.findings.append(error("corrupt_file", SHEET))
    return reading


def _is_staff(sheet: Sheet) -> bool:
    return aliases.fold(sheet.title) in {aliases.fold(word) for word in (SHEET, *aliases.HR_SHEETS[SHEET])}


def _read_sheet(
    sheet: Sheet, reading: StaffReading, known: Mapping[str, set[str]], today: datetime.date
) -> None:
    rows = sheet.rows()
    number, top = next(rows, (1, {}))
    heads = _heads(top, reading) if number == 1 else {}
    for column in COLUMNS:
        if column.required and column.name not in heads:
            reading.findings.append(error("missing_column", SHEET, (), column.name, column=column.name))
    if reading.errors:
        return
    first: dict[str, int] = {}
    for count, (number, row) in enumerate(rows):
        if count >= MAX_ROWS:
            raise Misread("too_many_rows", most=MAX_ROWS)
        _read_row(number, row, heads, reading, known, today, first)


def _heads(top: Row, reading: StaffReading) -> dict[str, int]:
    words = {
        aliases.fold(word): column.name for column in COLUMNS for word in (column.name, *_DUTCH[column.name])
    }
    heads: dict[str, int] = {}
    for number, cell in sorted(top.items()):
        text = shown(cell.value) if cell.value is not None else ""
        name = words.get(aliases.fold(text))
        if name is None:
            reading.findings.append(warning("unknown_column", SHEET, (), text, value=text))
            continue
        if name in heads:
            other = f"{get_column_letter(heads[name])}1"
            reading.findings.append(error("duplicate_column", SHEET, (), text, value=text, other=other))
        heads.setdefault(name, number)
    return heads


def _read_row(
    number: int,
    row: Row,
    heads: Mapping[str, int],
    reading: StaffReading,
    known: Mapping[str, set[str]],
    today: datetime.date,
    first: dict[str, int],
) -> None:
    record: dict[str, Any] = {}
    wrong: list[tuple[str, Misread]] = []
    for column in COLUMNS:
        cell = row.get(heads[column.name]) if column.name in heads else None
        try:
            record[column.name] = _value(column, cell, known, today)
        except Misread as misread:
            wrong.append((column.name, misread))
    wrong += list(_wrong_order(record))
    person = str(record.get("person") or f"row {number}")
    if "person" in record:
        if person in first:
            wrong.append(("person", Misread("duplicate_key", row=number, value=person, other=first[person])))
            person = f"row {number}"
        else:
            first[person] = number
    for name, why in wrong:
        place = Place(SHEET, (person,), name)
        reading.cells[place] = f"{get_column_letter(heads[name])}{number}" if name in heads else str(number)
        reading.findings.append(Finding(Level.ERROR, why.code, place, why.params))
    if not wrong:
        reading.rows.append(record)


def _value(column: Column, cell: Cell | None, known: Mapping[str, set[str]], today: datetime.date) -> Any:
    if column.name in DATES:
        day = _day(cell)
        if day and column.name != "until" and day > today:
            raise Misread("future_date", value=day.isoformat())
        return day
    value = value_of(column, cell)
    if value is None:
        if column.required:
            raise Misread("blank", meaning=column.meaning)
        return column.default
    if column.name == "employer":
        value = _EMPLOYERS.get(aliases.fold(str(value)), value)
    if column.name in known and value not in known[column.name]:
        sheet = column.refers or "participants"
        raise Misread("unknown_code", value=shown(value), sheet=sheet)
    return value


def _day(cell: Cell | None) -> datetime.date | None:
    if cell is None or cell.is_blank:
        return None
    if cell.kind != "value":
        raise Misread("excel_error", value=shown(cell.value))
    return day_of(cell.value)


def _wrong_order(record: Mapping[str, Any]) -> Iterator[tuple[str, Misread]]:
    """Born, then employed, then until."""
    for later, earlier in (("employed_since", "born"), ("until", "employed_since")):
        one, other = record.get(earlier), record.get(later)
        if one and other and other <= one:
            yield later, Misread("not_after", value=other.isoformat(), other=one.isoformat())
