"""The preview of an import: what is new, changed, unchanged, removed or in error, each with its cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from django.utils.translation import gettext

from portfolio.engine.findings import Finding, Place
from portfolio.engine.schema import FRAMES, SETTINGS, Column, columns
from portfolio.engine.terms import Level
from portfolio.reports.names import Names
from portfolio.reports.table_words import column_words, setting_words, shown_value, title
from portfolio.sheets.comparing import Changes
from portfolio.sheets.reading import Reading
from portfolio.sheets.wording import said

#: Lines per tab; the counts say how many there are.
MOST = 300


@dataclass(frozen=True)
class Line:
    """One line of a tab: where, about which row, and what was found, with old and new value or what was expected."""

    where: str
    table: str
    row: str
    column: str = ""
    old: str = ""
    new: str = ""
    found: str = ""
    message: str = ""


@dataclass
class Tab:
    """One tab: how many rows it is about, and the first lines."""

    name: str
    label: str
    count: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def more(self) -> int:
        return max(0, self.count - len(self.lines)) if self.name != "changed" else 0


def tabs(reading: Reading, differences: dict[str, Changes]) -> list[Tab]:
    """The tabs of a preview, in the order of how much they ask of the reader."""
    errors = Tab("errors", gettext("In error"))
    errors.lines = [_remark(reading, finding) for finding in reading.errors[:MOST]]
    errors.count = len(reading.errors)
    warned = [finding for finding in reading.findings if finding.level is Level.WARNING]
    warnings = Tab(
        "warnings", gettext("Remarks"), len(warned), [_remark(reading, one) for one in warned[:MOST]]
    )
    new = Tab("new", gettext("New"))
    changed = Tab("changed", gettext("Changed"))
    removed = Tab("removed", gettext("Removed"))
    unchanged = Tab("unchanged", gettext("Unchanged"))
    for name, part in differences.items():
        new.count += len(part.new)
        changed.count += part.changed_rows
        removed.count += len(part.missing)
        new.lines += _rows(reading, name, part.new, new)
        removed.lines += _rows(reading, name, part.missing, removed)
        changed.lines += _cells(reading, name, part, changed)
        if name in reading.sheets or name in {
            FRAMES[sheet].wide for sheet in reading.sheets if sheet in FRAMES
        }:
            unchanged.count += len(part.unchanged)
            unchanged.lines += _rows(reading, name, part.unchanged, unchanged)
    return [errors, new, changed, removed, unchanged, warnings]


def shown_tabs(all_tabs: list[Tab], chosen: str) -> tuple[list[Tab], Tab]:
    """The tabs worth showing, and the one that is open: the chosen one, else the first that holds something."""
    kept = [tab for tab in all_tabs if tab.count or tab.name in ("new", "changed", "unchanged", "errors")]
    first = next((tab for tab in kept if tab.count), kept[0])
    return kept, next((tab for tab in kept if tab.name == chosen), first)


def _remark(reading: Reading, finding: Finding) -> Line:
    names = Names(reading.inputs.frames) if reading.inputs else None
    message = names.said(finding) if names else _said(finding)
    place = finding.place
    value = finding.params.get("value", "")
    return Line(
        where=reading.where(finding),
        table=title(place.sheet) if place.sheet in FRAMES or place.sheet == "center" else place.sheet,
        row=row_text(place.key),
        column=_column_text(place),
        found=str(value),
        message=message,
    )


def _said(finding: Finding) -> str:
    text = said(finding)
    return text[:1].upper() + text[1:]


def _column_text(place: Place) -> str:
    if not place.column or place.sheet == "center":
        return ""
    known = place.sheet in FRAMES and place.column in {column.name for column in columns(place.sheet)}
    return column_words(place.column) if known else place.column


def row_text(key: tuple[Any, ...]) -> str:
    """A row by its key; one whose key cannot be told is known by its number alone."""
    if len(key) == 1 and (numbered := re.fullmatch(r"row (\d+)", str(key[0]))):
        return gettext("row %(number)s") % {"number": numbered[1]}
    return ", ".join(str(part) for part in key if part != "")


def _rows(reading: Reading, name: str, frame: pd.DataFrame, tab: Tab) -> Iterator[Line]:
    if name == "center":
        for setting in frame["setting"]:
            yield Line(reading.places.where(Place(name, (setting,))), title(name), setting_words(setting))
        return
    size = len(FRAMES[name].key)
    shown = [column for column in columns(name) if not column.key]
    room = MOST - len(tab.lines)
    for cells in frame.head(max(room, 0)).itertuples(index=False, name=None):
        key = tuple(cells[:size])
        values = dict(zip(frame.columns, cells, strict=True))
        told = [
            f"{column_words(column.name)}: {shown_value(column, values[column.name])}"
            for column in shown
            if _says(column, values[column.name])
        ]
        yield Line(
            reading.places.where(Place(name, key)), title(name), row_text(key), new=" · ".join(told[:6])
        )


def _says(column: Column, value: Any) -> bool:
    """Whether a value is more than the default."""
    return value == value and value not in ("", None) and value != column.default


def _cells(reading: Reading, name: str, part: Changes, tab: Tab) -> Iterator[Line]:
    known = {column.name: column for column in (columns(name) if name in FRAMES else SETTINGS)}
    room = MOST - len(tab.lines)
    for cells in part.changed.head(max(room, 0)).to_dict("records"):
        key = tuple(cells[column] for column in part.key)
        is_setting = name == "center"
        column = known[str(key[0])] if is_setting else known[cells["column"]]
        place = Place(name, key, "value" if is_setting else column.name)
        yield Line(
            where=reading.places.where(place),
            table=title(name),
            row=setting_words(str(key[0])) if is_setting else row_text(key),
            column="" if is_setting else column_words(column.name),
            old=shown_value(column, cells["old"]),
            new=shown_value(column, cells["new"]),
        )
