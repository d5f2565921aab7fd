"""The grids of staged entry as plain rows: contracts and assets above a threshold, own effort, volumes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from portfolio.engine.columns import Column, Kind
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.scaling import UNEXPLAINED
from portfolio.engine.schema import FRAMES
from portfolio.engine.terms import Phase, Status
from portfolio.frames.entry import QUICK, records_of
from portfolio.reports.entry import KINDS, used_drivers
from portfolio.reports.names import Names
from portfolio.reports.table_words import column_words, written

#: Empty rows below what is there.
BLANK_ROWS = 4


@dataclass(frozen=True)
class Cell:
    """A cell that can be typed in: its name and text, what it is in words, and how sure it is.

    ``typed`` is what somebody typed that was not saved, ``error`` why.
    """

    name: str
    text: str
    label: str
    status: str = ""
    typed: str | None = None
    error: str = ""

    @property
    def is_estimated(self) -> bool:
        return self.status == Status.ESTIMATED


@dataclass(frozen=True)
class Typed:
    """What was typed and not saved: texts and reasons by name of the cell, and the checkboxes that were ticked."""

    texts: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    right: Collection[str] = ()

    def over(self, cell: Cell) -> Cell:
        """The cell with this laid over it."""
        return replace(cell, typed=self.texts.get(cell.name), error=self.wrong.get(cell.name, ""))


@dataclass(frozen=True)
class Row:
    """A row with its cells; ``right`` names the checkbox that says its estimates are right."""

    code: str
    name: str
    cells: list[Cell]
    total: str = ""
    right: str = ""
    is_right: bool = False


@dataclass(frozen=True)
class Group:
    """Rows under a heading; a blank one heads the rows without a group."""

    name: str
    rows: list[Row]


@dataclass(frozen=True)
class Grid:
    """A table of cells. ``known`` maps names of cells to their keys, ``right`` names of checkboxes to their rows."""

    heads: list[str]
    groups: list[Group]
    totals: list[str]
    total: str = ""
    known: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    right: Mapping[str, str] = field(default_factory=dict)


def volumes(inputs: CenterInputs, names: Names, typed: Typed) -> Grid:
    """Participants by drivers."""
    frame, drivers = inputs.frames["base_volumes"], used_drivers(inputs)
    column = FRAMES["base_volumes"].by_name["volume"]
    held = _held(frame, ("participant", "driver"), "volume")
    rows: list[Row] = []
    known: dict[str, tuple[str, str]] = {}
    right: dict[str, str] = {}
    for code, name in names.participants.items():
        cells = []
        for driver in drivers:
            value, status = held.get((code, driver), (None, ""))
            cell = _cell(f"volume,{code},{driver}", column, value, status, f"{name}, {names.driver(driver)}")
            known[cell.name] = (code, driver)
            cells.append(typed.over(cell))
        box = f"right,{code}" if any(cell.is_estimated for cell in cells) else ""
        right |= {box: code} if box else {}
        rows.append(Row(code, name, cells, right=box, is_right=box in typed.right))
    totals = [_sum(column, [held.get((row.code, driver), (None,))[0] for row in rows]) for driver in drivers]
    return Grid([names.driver(d) for d in drivers], [Group("", rows)], totals, known=known, right=right)


def effort(inputs: CenterInputs, names: Names, unit: str, typed: Typed) -> Grid:
    """Services by participants: own ``fte`` or ``annual_cost``; what the center might start stands first."""
    column = FRAMES["own_effort"].by_name[unit]
    held = _held(inputs.frames["own_effort"], ("participant", "service"), unit)
    services = inputs.frames["services"]
    services = services[services["service"] != UNEXPLAINED]
    people = list(names.participants)
    known: dict[str, tuple[str, str]] = {}
    groups = []
    for title, phase in (
        (_("What the center might start"), Phase.NEW),
        (_("What it does today"), Phase.CURRENT),
    ):
        rows = []
        for code in services.loc[services["phase"] == phase, "service"]:
            cells = []
            for person in people:
                value, status = held.get((person, code), (None, ""))
                label = f"{names.service(code)}, {names.participant(person)}"
                cell = _cell(f"{unit},{person},{code}", column, value, status, label)
                known[cell.name] = (person, code)
                cells.append(typed.over(cell))
            values = [held.get((person, code), (None,))[0] for person in people]
            rows.append(Row(code, names.service(code), cells, total=_sum(column, values)))
        groups += [Group(title, rows)] if rows else []
    shown = [value for (_person, service), (value, _s) in held.items() if service != UNEXPLAINED]
    totals = [
        _sum(column, [value for (person, _c), (value, _s) in held.items() if person == each])
        for each in people
    ]
    return Grid([names.participant(p) for p in people], groups, totals, _sum(column, shown), known)


def _held(frame: pd.DataFrame, key: tuple[str, str], column: str) -> dict[tuple[str, str], tuple[Any, str]]:
    keys = zip(frame[key[0]], frame[key[1]], strict=True)
    return dict(zip(keys, zip(frame[column], frame["status"], strict=True), strict=True))


def _cell(name: str, column: Column, value: Any, status: str, label: str) -> Cell:
    text = written(column, value)
    if text and status == Status.ESTIMATED:
        label = _("%(cell)s, %(status)s") % {"cell": label, "status": KINDS[Status.ESTIMATED][0]}
    return Cell(name, text, label, status if text else "")


def _sum(column: Column, values: list[Any]) -> str:
    known = [value for value in values if value is not None and value == value]
    return written(column, sum(known))


# --- Contracts and assets ---


@dataclass(frozen=True)
class Quick:
    """A quick table: its heads, rows above the threshold and empty ones, and how many stand below it."""

    frame: str
    heads: list[dict[str, str]]
    rows: list[list[dict[str, Any]]]
    below: int
    total: str


#: By which column a row is large, and what a row costs a year.
LARGE = {"contracts": "annual_cost", "assets": "amount"}


def quick(name: str, inputs: CenterInputs, threshold: float, typed: Typed, *, blanks: bool) -> Quick:
    """Contracts or assets of at least the threshold, the largest first, with what was typed laid over them."""
    frame = inputs.frames[name]
    large = frame[frame[LARGE[name]] >= threshold].sort_values(LARGE[name], ascending=False, kind="stable")
    key = FRAMES[name].key[0]
    services = inputs.frames["services"]
    pairs = zip(services["service"], services["name"], strict=True)
    options = [(code, word) for code, word in pairs if code != UNEXPLAINED]
    standing = [(row[key], row) for row in records_of(large)]
    new: list[tuple[str, Any]] = [(f"*{number}", {}) for number in range(1, BLANK_ROWS + 1)] if blanks else []
    rows = [_quick_row(name, ref, row, options, typed) for ref, row in [*standing, *new]]
    heads = [
        {"label": column_words(column), "unit": {"annual_cost": "€", "amount": "€"}.get(column, ""),
         "is_number": "" if FRAMES[name].by_name[column].dtype == "object" else "yes"}
        for column in QUICK[name]
    ]  # fmt: skip
    total = written(FRAMES[name].by_name[LARGE[name]], frame[LARGE[name]].sum())
    return Quick(name, heads, rows, len(frame) - len(large), total)


def _quick_row(
    name: str,
    ref: str,
    row: Mapping[str, Any],
    options: list[tuple[str, str]],
    typed: Typed,
) -> list[dict[str, Any]]:
    cells = []
    key = FRAMES[name].key[0]
    called = row.get("supplier") or row.get(key) or _("new row")
    for column_name in QUICK[name]:
        column = FRAMES[name].by_name[column_name]
        address = f"{name}:{ref}:{column_name}"
        stored = written(column, row.get(column_name))
        text = typed.texts.get(address, stored)
        is_key = column_name == key and bool(row)
        cells.append(
            {
                "name": address,
                "text": text,
                "stored": stored,
                "label": f"{called}, {column_words(column_name)}",
                "error": typed.wrong.get(address, ""),
                "is_fixed": is_key,
                "is_number": column.dtype != "object",
                "options": _options(options, text) if column_name == "service" else None,
                "is_estimated": row.get("status") == Status.ESTIMATED and column.kind is Kind.EUR,
            }
        )
    return cells


def _options(services: list[tuple[str, str]], chosen: str) -> list[tuple[str, str, bool]]:
    """Code, name and whether it is chosen; the first for none."""
    return [("", "", not chosen), *((code, word, code == chosen) for code, word in services)]
