"""A decision on one service as a form: only what fits its phase, months in any notation, keys that exist."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portfolio.engine.findings import error
from portfolio.frames.decisions import FIELDS, Verdict
from portfolio.models.base import NAME_LENGTH
from portfolio.sheets.misread import Misread
from portfolio.sheets.months import month_of
from portfolio.sheets.wording import said

Options = Sequence[tuple[str, str]]


class MonthField(forms.CharField):
    """A month, written as people do; kept as ``2027-01``."""

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip()
        if not text:
            return ""
        try:
            return month_of(text)
        except Misread as misread:
            raise forms.ValidationError(said(error(misread.code, "decisions", **misread.params))) from None


class DecisionForm(forms.Form):
    """One row of the decisions page; ``seen`` is the token of what the user saw."""

    seen = forms.CharField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(label=_("Decision"))
    from_month = MonthField(label=_("From"), required=False, max_length=20)
    until_month = MonthField(label=_("Until"), required=False, max_length=20)
    fte_key = forms.ChoiceField(label=_("Key for the FTE"), required=False)
    cost_key = forms.ChoiceField(label=_("Key for the cost"), required=False)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=4000)
    owner = forms.CharField(label=_("Owner"), required=False, max_length=NAME_LENGTH)

    def __init__(self, *args: Any, options: Options, keys: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("decision", options), ("fte_key", keys), ("cost_key", keys)):
            self.fields[name].choices = [*([] if name == "decision" else [("", "")]), *choices]  # type: ignore[attr-defined]

    def clean_reason(self) -> str:
        return str(self.cleaned_data["reason"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("from_month"), cleaned.get("until_month")
        if first and last and last <= first:
            self.add_error("until_month", _("A decision ends after it begins."))
        return cleaned

    @property
    def verdict(self) -> Verdict:
        """What was decided; texts without stray spaces."""
        return Verdict(**{name: self.cleaned_data[name] for name in FIELDS})
