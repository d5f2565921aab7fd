"""One cell of a table of a center: what is written in it, what may be typed, and what was refused."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import PROVENANCE, Column, Kind
from portfolio.frames.center_table import DELETE, FIGURES, Field, Row, Table
from portfolio.models import labels
from portfolio.reports.center_parts import Head, Refusal, Shown, ShownRow
from portfolio.reports.table_words import (
    choice_label,
    column_words,
    criterion_words,
    language,
    setting_words,
    shown_value,
    written,
)
from portfolio.sheets import aliases, comments
from portfolio.sheets.key_words import GIVING_A_NAME, dutch_keys
from portfolio.sheets.wording import said
from portfolio.templatetags.figures import NOTHING, number

#: Columns that mean something when they are added up.
_SUMMED = frozenset(
    {
        ("participants", "current_contribution"), ("budget", "amount"), ("own_effort", "fte"),
        ("own_effort", "annual_cost"), ("assets", "amount"), ("contracts", "annual_cost"), ("lines", "amount"),
    }
)  # fmt: skip
_WIDE_CELLS = frozenset({"name", "description", "source", "supplier", "legal_form", "value"})


class Maker:
    """Makes heads and cells of one table."""

    def __init__(self, table: Table, inputs: CenterInputs, can_edit: bool, refusal: Refusal) -> None:
        self.table, self.inputs, self.can_edit, self.refusal = table, inputs, can_edit, refusal
        self.language = language()
        # A reviewer's own participant needs no column of its own.
        hidden = {"participant", "scenario"} if table.only else set()
        self.fields = [one for one in table.fields if one.name not in hidden]
        self.names = _names(inputs)
        own = {str(code) for frame, column in GIVING_A_NAME for code in inputs.frames[frame][column]}
        self.key_words = dutch_keys(own) if self.language == "nl" else {}

    def next_ref(self) -> str:
        used = [int(ref[1:]) for ref in self.refusal.new_refs if ref[1:].isdigit()]
        return f"*{max(used, default=0) + 1}"

    # --- Heads ---

    def head(self, one: Field) -> Head:
        column = one.column
        label = self.head_label(one)
        sums = (bool(one.figure) and self.table.name == "participants") or (
            self.table.name,
            one.name,
        ) in _SUMMED
        decimals = 2 if column.kind is Kind.FTE else 0
        total = ""
        if sums:
            known = [row.values[one.name] for row in self.table.rows if row.values[one.name] is not None]
            total = number(sum(known), decimals)
        unit = gettext(column.unit) if column.unit else ""
        meaning = "" if self.table.is_settings else self.meaning(one)
        return Head(
            name=one.name,
            label=label,
            unit=unit,
            hint=f"{label}: {meaning}" if meaning else "",
            meaning=meaning,
            is_number=column.kind in FIGURES,
            is_key=column.key,
            total=total,
            decimals=decimals,
        )

    def head_label(self, one: Field) -> str:
        if one.figure:
            return (
                self.names["drivers"].get(one.figure) or one.figure
                if self.table.name == "participants"
                else criterion_words(one.figure)
            )
        return column_words(one.name)

    def meaning(self, one: Field) -> str:
        """What a column means, its unit, and what it takes, in one line."""
        text = comments.of_head(self.table.name, one.column, is_free=bool(one.figure))
        return " · ".join(text.split("\n"))

    # --- Cells ---

    def row_label(self, row: Row) -> str:
        return ", ".join(self.named(one, row.values[one.name]) for one in self.fields if one.column.key)

    def named(self, one: Field, value: Any) -> str:
        """A key in words, for who hears the table rather than sees it."""
        if self.table.is_settings:
            return setting_words(str(value))
        if one.column.kind is Kind.CHOICE:
            return choice_label(one.column, str(value))
        if one.name == "criterion":
            return criterion_words(str(value))
        return self.names.get(self.refers(one), {}).get(str(value), str(value)) or self.blank(one)

    def blank(self, one: Field) -> str:
        """What a key that is blank means."""
        return gettext("all") if one.name == "scenario" else NOTHING

    def row(self, row: Row) -> ShownRow:
        label = self.row_label(row)
        cells = [
            self.key_cell(row, one) if one.column.key else self.cell(row, one, label) for one in self.fields
        ]
        return ShownRow(row.ref, label, cells, is_deleted=f"{row.ref}:{DELETE}" in self.refusal.typed)

    def key_cell(self, row: Row, one: Field) -> Shown:
        value = row.values[one.name]
        if self.table.is_settings:
            column = self.table.column(row.key, "value")
            note = " · ".join(
                filter(None, [gettext(column.meaning), gettext(column.unit) if column.unit else ""])
            )
            words = [str(value), setting_words(str(value)), *aliases.SETTINGS.get(str(value), ())]
            return Shown(
                f"{row.ref}:{one.address}", setting_words(str(value)), note=note, also="|".join(words), is_key=True
            )  # fmt: skip
        words = [str(value)]
        if one.column.kind is Kind.CHOICE:
            words += [self.named(one, value), *aliases.CHOICES.get(str(value), ())]
        text = self.named(one, value) if one.column.kind is Kind.CHOICE else str(value) or self.blank(one)
        if one.name == "criterion":
            text = self.named(one, value)
            words.append(text)
        name = self.names.get(self.refers(one), {}).get(str(value), "")
        if one.name == "part":
            text = self.key_words.get(str(value), str(value))
            words.append(text)
            name = self.payers.get(text, "")
        # The table of the code itself has its name in the next column.
        note = name if (one.column.refers or one.name == "part") and name != text else ""
        return Shown(
            f"{row.ref}:{one.address}", text, note=note, also="|".join(dict.fromkeys(words)), is_key=True,
            is_number=one.column.kind in FIGURES, field_name=one.name,
        )  # fmt: skip

    def cell(self, row: Row, one: Field, row_label: str) -> Shown:
        column = self.table.column(row.key, one.name)
        value = row.values[one.name]
        name = f"{row.ref}:{one.address}"
        note = ""
        if about := row.about.get(one.name):
            note = choice_label(PROVENANCE[0], about["status"])
            if about["source"]:
                note = f"{note}, {about['source']}"
        if not (self.can_edit and one.can_edit):
            text = self.key_words.get(value, value) if column.refers in _KEYS else value
            return Shown(name, shown_value(column, text), note=note, is_number=column.kind in FIGURES)
        label = f"{row_label}, {self.head_label(one)}" if not self.table.is_settings else row_label
        return self.control(name, one, column, written(column, value), label, note)

    def new_row(self, ref: str, *, label: str) -> ShownRow:
        cells = []
        for one in self.fields:
            column = one.column
            given = written(column, column.default) if column.choices or column.kind is Kind.YES_NO else ""
            if self.table.only and not one.can_edit and not column.key:
                cells.append(Shown(f"{ref}:{one.address}", "", is_number=column.kind in FIGURES))
                continue
            text = f"{label}, {self.head_label(one)}"
            cells.append(self.control(f"{ref}:{one.address}", one, column, given, text, ""))
        return ShownRow(ref, label, cells, is_new=True)

    def control(self, name: str, one: Field, column: Column, stored: str, label: str, note: str) -> Shown:
        if column.refers in _KEYS:
            stored = self.key_words.get(stored, stored)
        typed = self.refusal.typed.get(name)
        finding, blocks = self.refusal.findings.get(name, (None, False))
        kind = "text"
        options: tuple[tuple[str, str, str, bool], ...] = ()
        text = stored if typed is None else typed
        if column.choices or column.kind is Kind.YES_NO:
            kind, options = "choice", self.options(column, text)
        elif column.kind in FIGURES | {Kind.YEAR}:
            kind = "number"
        return Shown(
            name, text, kind, label + (f" ({note})" if note else ""),
            stored=None if typed is None else stored, error=said(finding) if finding else "", blocks=blocks,
            options=options, codes=_list_of(column) if kind == "text" else "", bounds=_bounds(column), note=note,
            is_number=kind == "number", ungrouped=column.kind not in (Kind.EUR, Kind.NUMBER),
            is_wide=column.name in _WIDE_CELLS or column.kind is Kind.TEXT, is_key=column.key,
            field_name=one.name,
        )  # fmt: skip

    def options(self, column: Column, chosen: str) -> tuple[tuple[str, str, str, bool], ...]:
        """Value, words, further words that a pasted cell may hold, and whether it is the one."""
        if column.kind is Kind.YES_NO:
            pairs = [("yes", gettext("yes")), ("no", gettext("no"))]
            also = {"yes": "ja|yes|true|waar|1", "no": "nee|no|false|onwaar|0"}
        else:
            pairs = [(str(word), choice_label(column, str(word))) for word in column.choices]
            also = {word: "|".join(aliases.CHOICES.get(word, ())) for word, _label in pairs}
        listed = [(word, label, also[word], word == chosen) for word, label in pairs]
        return tuple(listed) if any(one[3] for one in listed) else (("", "–", "", True), *listed)

    # --- Pick lists ---

    def refers(self, one: Field) -> str:
        """The table that gives a key its name."""
        return one.column.refers or (self.table.name if self.table.name in ("roles", "services") else "")

    def lists(self) -> dict[str, list[tuple[str, str]]]:
        """Codes to choose from, with their names, for the fields that refer to other tables."""
        wanted = {_list_of(one.column) for one in self.fields} - {""}
        return {name: self.codes(name) for name in sorted(wanted)}

    @cached_property
    def payers(self) -> dict[str, str]:
        """What a key may consist of, in words."""
        return dict(self.codes("any_payer"))

    def codes(self, name: str) -> list[tuple[str, str]]:
        if name in self.names and name not in _KEYS:
            return list(self.names[name].items())
        if name == "any_item":
            return list((self.names["assets"] | self.names["contracts"]).items())
        builtin = {str(key): str(label) for key, label in labels.BUILTIN_KEYS.items()}
        found = {self.key_words.get(key, key): label for key, label in builtin.items()}
        found |= {str(key): "" for key in self.inputs.frames["keys"]["key"].unique()}
        found |= self.names["drivers"]
        return list((found | self.names["participants"] if name == "any_payer" else found).items())


_KEYS = ("any_key", "any_payer")


def _list_of(column: Column) -> str:
    if column.kind is Kind.CODES:
        return ""
    if column.name == "part":
        return "any_payer"
    return column.refers


def _bounds(column: Column) -> dict[str, str]:
    """What the browser can already tell; the server judges."""
    out = {}
    if column.low is not None:
        out["min"] = f"{column.low:g}"
    if column.high is not None:
        out["max"] = f"{column.high:g}"
    return out


def _names(inputs: CenterInputs) -> dict[str, dict[str, str]]:
    frames = inputs.frames
    pairs = {
        "participants": ("code", "name"), "services": ("service", "name"), "roles": ("role", "name"),
        "drivers": ("driver", "label"), "scenarios": ("scenario", "name"), "assets": ("asset", "asset"),
        "contracts": ("contract", "supplier"),
    }  # fmt: skip
    return {
        name: {
            str(code): str(word)
            for code, word in zip(frames[name][code_of], frames[name][words], strict=True)
        }
        for name, (code_of, words) in pairs.items()
    }
