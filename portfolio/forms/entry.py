"""Cells of a stage of entry as people type or paste them, each refusal with its reason beside the cell."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from portfolio.engine.columns import Kind
from portfolio.engine.findings import error
from portfolio.engine.schema import FRAMES
from portfolio.forms.center_table import read_cell
from portfolio.forms.figures import figure_of
from portfolio.frames.entry import ENTERED, QUICK, Entered, Holdings
from portfolio.sheets.misread import Misread
from portfolio.sheets.wording import said

MOST_SOURCE = 500
#: Name of the checkbox that says of a row that its estimates are right.
RIGHT = "right"


class CellsForm:
    """The changed cells of a grid: ``told`` what could be read, ``wrong`` the reasons by name.

    ``known`` maps names of cells to their keys, ``rows`` names of checkboxes to their rows. ``percent`` cells are
    typed as 12.5 for 12.5 %.
    """

    def __init__(
        self,
        data: Mapping[str, str],
        known: Mapping[str, tuple[str, str]],
        rows: Mapping[str, str],
        *,
        kind: Kind = Kind.NUMBER,
        most: float = 999_999_999,
        is_percent: bool = False,
        is_needed: bool = False,
    ) -> None:
        self.typed = {name: data[name].strip() for name in known if name in data}
        self.wrong: dict[str, str] = {}
        values: dict[tuple[str, str], float | None] = {}
        for name, text in self.typed.items():
            try:
                value = figure_of(text.replace("%", "") if is_percent else text, kind, most=most)
                if value is None and is_needed:
                    raise forms.ValidationError(_("Fill in a number; 0 counts too."))
            except forms.ValidationError as refused:
                self.wrong[name] = refused.messages[0]
                continue
            values[known[name]] = value / 100 if is_percent and value is not None else value
        self.right = {name for name in rows if data.get(name)}
        self.told = Entered(values, {rows[name] for name in self.right}, source_in(data))


def source_in(data: Mapping[str, str]) -> str:
    """Where the figures come from, as somebody said."""
    return " ".join(data.get("source", "").split())[:MOST_SOURCE]


class EffortForm(CellsForm):
    """Cells of own effort, and which part of it stays once the center delivers."""

    def __init__(self, data: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.typed_remains = data.get("remains", "").strip()
        self.remains = 0.0
        try:
            self.remains = (figure_of(self.typed_remains.replace("%", ""), Kind.FTE, most=100) or 0.0) / 100
        except forms.ValidationError as refused:
            self.wrong["remains"] = refused.messages[0]


class HoldingsForm:
    """Contracts and assets of the quick grids. Names of cells are ``contracts:C07:annual_cost``; ``*`` is a new row."""

    def __init__(
        self, data: Mapping[str, str], standing: Mapping[str, Mapping[str, Mapping[str, Any]]]
    ) -> None:
        self.typed: dict[str, str] = {}
        self.wrong: dict[str, str] = {}
        source = source_in(data)
        found = {name: self._read(data, name, standing[name], source) for name in QUICK}
        self.told = Holdings(found["contracts"], found["assets"], is_instead=bool(data.get("instead")))

    def _read(
        self, data: Mapping[str, str], name: str, standing: Mapping[str, Mapping[str, Any]], source: str
    ) -> Sequence[Mapping[str, Any]]:
        rows: dict[str, dict[str, str]] = {}
        for cell, text in data.items():
            frame, _colon, rest = cell.partition(":")
            ref, _colon, column = rest.rpartition(":")
            if frame == name and column in QUICK[name] and (ref in standing or ref.startswith("*")):
                rows.setdefault(ref, {})[column] = text.strip()
        records = []
        taken = set(standing)
        for ref, texts in rows.items():
            is_new = ref.startswith("*")
            if is_new and not any(texts.values()):
                continue
            self.typed |= {f"{name}:{ref}:{column}": text for column, text in texts.items()}
            record = self._record(name, ref, texts, is_new)
            key = "contract" if name == "contracts" else "asset"
            if is_new:
                code = str(record.get(key) or "") or _next_code(name, taken)
                if code in taken:
                    self.wrong[f"{name}:{ref}:{key}"] = _("There is one of this code already.")
                taken.add(code)
                record[key] = code
            else:
                record = {**standing[ref], **record}
            record |= {"status": ENTERED, "spread": float("nan")} | ({"source": source} if source else {})
            records.append(record)
        return records

    def _record(self, name: str, ref: str, texts: Mapping[str, str], is_new: bool) -> dict[str, Any]:
        record: dict[str, Any] = {}
        for column_name in QUICK[name] if is_new else texts:
            column = FRAMES[name].by_name[column_name]
            try:
                value = read_cell(column, texts.get(column_name, ""))
                if value is None and (column.required or column_name == "service"):
                    raise Misread("blank", meaning=column.meaning)
                record[column_name] = column.default if value is None else value
            except Misread as misread:
                self.wrong[f"{name}:{ref}:{column_name}"] = said(error(misread.code, name, **misread.params))
        return record


def _next_code(name: str, taken: set[str]) -> str:
    """The first code that is free, such as C07."""
    letter = "C" if name == "contracts" else "A"
    return next(code for number in range(1, 10_000) if (code := f"{letter}{number:02d}") not in taken)
