"""Who leaves and from when, as an address says it; and the forms of the exit terms and of stated damage."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.engine.inputs import PlanInputs, months_of
from portfolio.engine.schema import month_number, month_text
from portfolio.engine.terms import Status
from portfolio.forms.figures import FigureField
from portfolio.models.labels import STATUSES
from portfolio.models.leaving import ExitTerms

#: What a person may say of the terms; confirming is done on the pages of participants.
SURENESS = [(each.value, STATUSES[each]) for each in (Status.ENTERED, Status.ESTIMATED)]


@dataclass(frozen=True)
class Moment:
    """A month in which someone may leave or join, and whether it is the one chosen."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Choice:
    """What the address asks; what it asks wrongly is the default."""

    who: Sequence[str]
    month: int
    year: int
    given: date
    moments: Sequence[Moment]


def leaving_choice(
    query: QueryDict, inputs: PlanInputs, *, earliest: date, given: date, only_january: bool, label: Any
) -> Choice:
    """Read the address of the test; ``earliest`` is the first day on which the terms let one leave."""
    codes = inputs.participant_at
    who = sorted({code for code in query.getlist("who") if code in codes})
    month = chosen_month(query.get("from", ""), inputs, only_january, earliest.year * 12 + earliest.month - 1)
    return Choice(who, month, chosen_year(query.get("year", ""), inputs, month), given,
                  moments(inputs, only_january, month, label))  # fmt: skip


def given_on(query: QueryDict, today: date) -> date:
    """The day on which notice is given; one outside any plan is the default, like any nonsense."""
    try:
        given = date.fromisoformat(query.get("given", ""))
    except ValueError:
        return today
    return given if 2000 <= given.year <= 2100 else today


def possible_months(inputs: PlanInputs, only_january: bool) -> list[int]:
    """The months of the horizon in which one may leave or join."""
    months: list[int] = months_of(inputs.settings).tolist()
    return [month for month in months if not only_january or month % 12 == 0] or months[:1]


def chosen_month(asked: str, inputs: PlanInputs, only_january: bool, default: int) -> int:
    """The month that is asked for, else the first one possible from the default on."""
    possible = possible_months(inputs, only_january)
    if asked in map(month_text, possible):
        return month_number(asked)
    return next((month for month in possible if month >= default), possible[-1])


def moments(inputs: PlanInputs, only_january: bool, chosen: int, label: Any) -> list[Moment]:
    return [Moment(month_text(month), label(month), month == chosen)
            for month in possible_months(inputs, only_january)]  # fmt: skip


def chosen_year(asked: str, inputs: PlanInputs, month: int) -> int:
    """The year that is asked for, else the first whole one of the change."""
    months: list[int] = months_of(inputs.settings).tolist()
    years = sorted({each // 12 for each in months})
    if asked in map(str, years):
        return int(asked)
    whole = [year for year in years if year * 12 >= month and months.count(year * 12 + 11)]
    return whole[0] if whole else max(years[0], min(month // 12, years[-1]))


# --- Exit terms ---


class ExitTermsForm(forms.ModelForm):
    """The arrangement's own rule."""

    class Meta:
        model = ExitTerms
        fields = ["rule", "text", "percentages", "base", "notice_months", "only_january", "source", "status"]
        labels = {
            "rule": gettext_lazy("The arrangement says"),
            "text": gettext_lazy("The rule, in its own words"),
            "percentages": gettext_lazy("Percentages per year"),
            "base": gettext_lazy("Percentages of"),
            "notice_months": gettext_lazy("Notice, in months"),
            "only_january": gettext_lazy("One leaves only on 1 January"),
            "source": gettext_lazy("Source"),
            "status": gettext_lazy("How sure"),
        }
        help_texts = {
            "source": gettext_lazy("Article and date of the arrangement, so that a council can look it up."),
            "text": gettext_lazy(
                "Quote it. Only where the arrangement is silent, methods of the courts come in."
            ),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 4}), "source": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"] = forms.ChoiceField(
            label=_("How sure"), choices=SURENESS, help_text=_("Estimated: an assumption, shown as such.")
        )

    def clean_percentages(self) -> str:
        """``100 %, 80 %, 62,5 %`` is written as ``100/80/62.5``."""
        text = self.cleaned_data["percentages"].replace("%", " ").strip()
        parts = re.split(r"\s*[/;]\s*|\s*,\s+|\s+", text) if text else []
        return "/".join(part.replace(",", ".") for part in parts)


# --- Damage, line by line ---


class DamageForm(forms.Form):
    """One line; a line without description and amount is no line."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    description = forms.CharField(label=gettext_lazy("Description"), required=False, max_length=200)
    amount = FigureField(label=gettext_lazy("Amount per year"), required=False)
    year = forms.IntegerField(label=gettext_lazy("Year"), required=False, min_value=2000, max_value=2100)
    last_year = forms.IntegerField(
        label=gettext_lazy("Last year"), required=False, min_value=2000, max_value=2100
    )
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("year", "last_year"):
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        for name, field in self.fields.items():
            if name != "pk":
                field.widget.attrs |= {"class": "form-control", "aria-label": str(field.label)}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if self.is_blank:
            return found
        for name, text in (
            ("description", _("Say what the damage is.")),
            ("amount", _("Fill in an amount.")),
            ("year", _("Fill in the year.")),
        ):
            if name not in self.errors and found.get(name) in (None, ""):
                self.add_error(name, text)
        year, last = found.get("year"), found.get("last_year")
        if year and last and last < year:
            self.add_error("last_year", _("The last year is not before the first."))
        return found

    @property
    def is_blank(self) -> bool:
        return all(
            self.cleaned_data.get(name) in (None, "")
            for name in ("description", "amount", "year", "last_year", "source")
        ) and not any(name in self.errors for name in self.fields)

    @property
    def values(self) -> dict[str, Any]:
        found = {
            name: self.cleaned_data[name] for name in ("pk", "description", "year", "last_year", "source")
        }
        return found | {"amount": Decimal(str(round(self.cleaned_data["amount"], 2)))}


DamageFormSet = forms.formset_factory(DamageForm, extra=3, max_num=200)
