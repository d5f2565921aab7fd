"""The tables of a center as pages edit them: fields and rows of a table, and what edits make of its frames."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import quote

import pandas as pd

from portfolio.engine import schema
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import FRAMES, PROVENANCE, SETTINGS, Column, Kind, columns

#: What the reference of a new row begins with; no key does, since its signs are quoted.
NEW_ROW = "*"
#: The control that marks a row to be deleted.
DELETE = "*delete"

Key = tuple[str | int, ...]
Record = dict[str, Any]

#: The tables that pages keep, in the order in which a center is filled; ``center`` holds its settings.
GROUPS: dict[str, tuple[str, ...]] = {
    "basis": ("center", "participants", "drivers", "volumes", "budget"),
    "services": ("services", "sizing", "role_mix", "roles", "offers"),
    "money": ("contracts", "assets", "shared_use", "lines", "keys"),
    "participants": ("own_effort", "uptake", "alternatives", "weights"),
}
#: What stands in columns of another table, figure by figure with its own status and source.
FIGURE_TABLES = {frame.wide: name for name, frame in FRAMES.items() if frame.wide}
#: What is deleted with a row: it says how that row works, and nothing else names it.
OWNED = {"services": ("sizing", "role_mix", "offers")}
NAMES = (*(name for group in GROUPS.values() for name in group), *FIGURE_TABLES)

#: What a reviewer sees of the own participant, by the column that names it; other columns are given.
OF_PARTICIPANT = {
    "participants": "code",
    "base_volumes": "participant",
    "own_effort": "participant",
    "uptake": "participant",
}
_GIVEN_TO_REVIEWER = {"participants": {"name", "kind"}, "uptake": {"scenario"}}
#: Kinds of columns that hold a figure: whoever types one has entered it, whatever its status was.
FIGURES = frozenset({Kind.NUMBER, Kind.EUR, Kind.FTE, Kind.SHARE, Kind.RATE, Kind.COUNT})
HOW_SURE = frozenset(column.name for column in PROVENANCE)


@dataclass(frozen=True)
class Field:
    """A column of a page. ``figure`` is the driver or criterion of which it holds the volume or score."""

    name: str
    column: Column
    figure: str = ""
    can_edit: bool = True

    @property
    def address(self) -> str:
        """The field in the name of a control."""
        return quote(self.name, safe="")


@dataclass(frozen=True)
class Row:
    """A row with its values by field; a blank is None. ``about`` says of figures what differs from the row."""

    key: Key
    values: Mapping[str, Any]
    about: Mapping[str, Record] = field(default_factory=dict)

    @property
    def ref(self) -> str:
        """The row in the name of a control: ``OEV+2027``."""
        return ref_of(self.key)


@dataclass(frozen=True, eq=False)
class Table:
    """A table as one member may see it; ``only`` is the participant of a reviewer."""

    name: str
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]
    frames: Mapping[str, pd.DataFrame]
    only: str = ""

    @property
    def wide(self) -> str:
        return FRAMES[self.name].wide if self.name in FRAMES else ""

    @property
    def is_settings(self) -> bool:
        return self.name == "center"

    @cached_property
    def by_key(self) -> dict[Key, Row]:
        return {row.key: row for row in self.rows}

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {one.name: one for one in self.fields}

    @property
    def keys(self) -> list[Field]:
        return [one for one in self.fields if one.column.key]

    @property
    def may_grow(self) -> bool:
        """Settings are what they are, and a reviewer's participant is one row."""
        return not self.is_settings and not (self.only and self.name == "participants")

    def column(self, key: Key, name: str) -> Column:
        """What a cell holds: in the table of settings every row is a column of its own."""
        if self.is_settings and name == "value":
            return SETTINGS_BY_NAME[str(key[0])]
        return self.by_name[name].column

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all that the page shows, to tell whether someone saved meanwhile."""
        sha = hashlib.sha256(repr([(row.key, sorted(row.values.items())) for row in self.rows]).encode())
        if self.wide:
            sha.update(repr(self.frames[self.wide].to_numpy(dtype=object).tolist()).encode())
        return sha.hexdigest()


@dataclass(frozen=True)
class Edits:
    """What someone wants of a table, read and checked cell by cell. ``new`` rows go by the page's own reference."""

    changed: Mapping[Key, Record] = field(default_factory=dict)
    new: Mapping[str, Record] = field(default_factory=dict)
    deleted: frozenset[Key] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (self.changed or self.new or self.deleted)


SETTINGS_BY_NAME = {column.name: column for column in SETTINGS}
_SETTING = Column("setting", Kind.CODE, "", key=True, required=True)
_VALUE = Column("value", Kind.TEXT, "")


def ref_of(key: Key) -> str:
    """A key as part of the name of a control.

    >>> ref_of(("OEV", "a+b", 2027))
    'OEV+a%2Bb+2027'
    """
    return "+".join(quote(str(part), safe="") for part in key)


def table_of(name: str, inputs: CenterInputs, *, only: str = "") -> Table:
    """A table of a center; with ``only`` the rows of one participant."""
    if name == "center":
        rows = tuple(
            Row((column.name,), {"setting": column.name, "value": inputs.settings[column.name]})
            for column in SETTINGS
        )
        return Table(name, (Field("setting", _SETTING), Field("value", _VALUE)), rows, {})
    frames = {name: inputs.frames[name]}
    if wide := FRAMES[name].wide:
        frames[wide] = inputs.frames[wide]
    if only:
        frames = {frame: _own(frame, rows, only) for frame, rows in frames.items()}
    given = _GIVEN_TO_REVIEWER.get(name, set()) if only else set()
    fixed = [
        Field(column.name, column, can_edit=not column.key and column.name not in given)
        for column in columns(name)
    ]
    free = _figure_fields(name, inputs) if wide else []
    spec = FRAMES[name]
    fields = (*fixed[: len(spec.columns)], *free, *fixed[len(spec.columns) :])
    return Table(name, fields, tuple(_rows(name, frames, free)), frames, only)


def _own(name: str, frame: pd.DataFrame, only: str) -> pd.DataFrame:
    own = frame[frame[OF_PARTICIPANT[name]] == only]
    if name == "uptake":
        own = own[own["scenario"] == ""]
    return own.reset_index(drop=True)


def _figure_fields(name: str, inputs: CenterInputs) -> list[Field]:
    """A field per driver or criterion, of drivers also those of which nothing is known yet."""
    wide = FRAMES[name].wide
    _own_key, figure, value = schema.WIDE[wide]
    known = set(inputs.frames[wide][figure])
    if figure == "driver":
        known |= set(inputs.frames["drivers"]["driver"])
    taken = {column.name for column in columns(name)}
    measured = replace(FRAMES[wide].by_name[value], required=False)
    return [Field(f"{one}*" if one in taken else one, measured, figure=one) for one in sorted(known)]


def _rows(name: str, frames: Mapping[str, pd.DataFrame], free: Iterable[Field]) -> Iterable[Row]:
    size = len(FRAMES[name].key)
    names = [column.name for column in columns(name)]
    wide = FRAMES[name].wide
    figures = records_of(wide, frames[wide]) if wide else {}
    value = schema.WIDE[wide][2] if wide else ""
    for cells in _plain(frames[name]):
        values = dict(zip(names, cells, strict=True))
        key = tuple(cells[:size])
        about = {}
        for one in free:
            found = figures.get((*key, one.figure))
            values[one.name] = found[value] if found else None
            if found and any(found[word] != values[word] for word in HOW_SURE):
                about[one.name] = {word: found[word] for word in HOW_SURE}
        yield Row(key, values, about)


def _plain(frame: pd.DataFrame) -> list[list[Any]]:
    """Rows with plain values, NaN as None."""
    return [
        [None if cell != cell else cell for cell in row]
        for row in zip(*(frame[column].tolist() for column in frame.columns), strict=True)
    ]


def records_of(name: str, frame: pd.DataFrame) -> dict[Key, Record]:
    """The rows of a frame by key, with plain values."""
    names, size = list(frame.columns), len(FRAMES[name].key)
    return {tuple(cells[:size]): dict(zip(names, cells, strict=True)) for cells in _plain(frame)}
