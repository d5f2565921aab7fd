"""Cells of outside options as people type or paste them, each refusal with its reason beside the cell."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from portfolio.engine.columns import Kind
from portfolio.forms.entry import source_in
from portfolio.forms.figures import figure_of
from portfolio.frames.options import About, Cell

#: What kind of figure a cell takes, and between which bounds.
_TAKES = {
    About.COST: (Kind.EUR, 0, 999_999_999),
    About.SCORE: (Kind.NUMBER, 1, 5),
    About.WEIGHT: (Kind.NUMBER, 0, 1_000),
}


class OptionsForm:
    """The changed cells of the page: ``told`` what could be read, ``wrong`` the reasons by name.

    ``statuses`` are the words that this user may choose for how sure an option is.
    """

    def __init__(self, data: Mapping[str, str], cells: Mapping[str, Cell], statuses: Collection[str]) -> None:
        self.typed = {name: data[name].strip() for name in cells if name in data}
        self.wrong: dict[str, str] = {}
        self.told: dict[Cell, Any] = {}
        self.source = source_in(data)
        for name, text in self.typed.items():
            cell = cells[name]
            try:
                self.told[cell] = (
                    self._status(text, statuses) if cell.about is About.STATUS else _figure(cell, text)
                )
            except forms.ValidationError as refused:
                self.wrong[name] = refused.messages[0]

    def _status(self, text: str, statuses: Collection[str]) -> str:
        if text and text not in statuses:
            raise forms.ValidationError(_("You cannot choose this here."))
        return text


def _figure(cell: Cell, text: str) -> float | None:
    kind, least, most = _TAKES[cell.about]
    return figure_of(text, kind, least, most)
