"""Fields for figures as people write them: in the notation of the page, with € or %, or as Excel gives them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from portfolio.engine.columns import Column, Kind
from portfolio.engine.findings import error
from portfolio.forms.center_table import read_cell
from portfolio.sheets.misread import Misread
from portfolio.sheets.wording import said


def figure_of(
    text: str, kind: Kind = Kind.NUMBER, least: float = 0, most: float = 999_999_999
) -> float | None:
    """A figure as it was typed, None when blank. Raises ``ValidationError`` in the reader's language."""
    try:
        value = read_cell(Column("figure", kind, "", low=least, high=most), text)
    except Misread as misread:
        raise forms.ValidationError(said(error(misread.code, "", **misread.params))) from None
    return None if value is None else float(value)


class FigureField(forms.CharField):
    """A figure; ``kind`` decides what a sign between digits means. ``percent`` fields are typed as 3 for 3 %."""

    def __init__(
        self,
        *,
        kind: Kind = Kind.EUR,
        least: float = 0,
        most: float = 999_999_999,
        is_whole: bool = False,
        is_percent: bool = False,
        **more: Any,
    ) -> None:
        self.kind, self.least, self.most = kind, least, most
        self.is_whole, self.is_percent = is_whole, is_percent
        more.setdefault(
            "widget",
            forms.TextInput(attrs={"inputmode": "numeric" if is_whole else "decimal", "autocomplete": "off"}),
        )
        super().__init__(max_length=60, **more)

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "")
        if self.is_percent:
            text = text.replace("%", "").strip()
        found = figure_of(text, self.kind, self.least, self.most)
        if found is None:
            return None
        if self.is_whole and found != int(found):
            raise forms.ValidationError(_("This is a whole number."))
        return found / 100 if self.is_percent else int(found) if self.is_whole else found
