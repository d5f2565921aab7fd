"""The form in which HR compares an old function with a new one."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from portfolio.engine.columns import Kind
from portfolio.engine.terms import Status
from portfolio.forms.figures import FigureField
from portfolio.models.catalogue import Role
from portfolio.models.center import Center
from portfolio.models.functions import FunctionChange
from portfolio.models.labels import STATUSES
from portfolio.templatetags.figures import number

#: What one may say of a comparison here.
SURENESS = [(each.value, STATUSES[each]) for each in (Status.ENTERED, Status.ESTIMATED)]


class FunctionForm(forms.ModelForm):
    """Functions of one center; the center itself is the page's to know."""

    training_months = FigureField(
        label=gettext_lazy("Months of training"),
        required=False,
        kind=Kind.NUMBER,
        most=120,
        help_text=gettext_lazy("Blank: by the competences that lack"),
    )
    training_cost = FigureField(
        label=gettext_lazy("Cost of training, in EUR"),
        required=False,
        help_text=gettext_lazy("Per person; blank: by the month"),
    )

    class Meta:
        model = FunctionChange
        fields = [
            "role", "new_role", "comparison", "training_months", "training_cost", "is_critical", "reason", "source",
            "status",
        ]  # fmt: skip
        labels = {
            "role": gettext_lazy("Old function"),
            "new_role": gettext_lazy("New function"),
            "comparison": gettext_lazy("Comparison"),
            "is_critical": gettext_lazy("Posts of the new function must not stay empty"),
            "reason": gettext_lazy("Reason"),
            "source": gettext_lazy("Source"),
            "status": gettext_lazy("How sure"),
        }
        help_texts = {
            "comparison": gettext_lazy(
                "Exchangeable: comparable in content, knowledge and competences, and equal in level and pay. "
                "Judge the functions, never who holds them."
            ),
            "is_critical": "",
            "source": gettext_lazy("The function book, a report, a date"),
        }
        widgets = {
            "reason": forms.Textarea(attrs={"rows": 3}),
            "source": forms.Textarea(attrs={"rows": 1}),
        }

    def __init__(self, *args: Any, center: Center, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = Role.objects.filter(center=center).order_by("name", "code")
        old, new = self.fields["role"], self.fields["new_role"]
        for field, blank in (
            (old, gettext_lazy("Choose a function")),
            (new, gettext_lazy("none: it lapses")),
        ):
            field.queryset = roles  # type: ignore[attr-defined]
            field.empty_label = blank  # type: ignore[attr-defined]
        self.fields["status"].choices = SURENESS  # type: ignore[attr-defined]
        for name in ("training_months", "training_cost"):
            self.initial[name] = _written(getattr(self.instance, name))

    def clean_training_months(self) -> Decimal | None:
        return _decimal(self.cleaned_data["training_months"])

    def clean_training_cost(self) -> Decimal | None:
        return _decimal(self.cleaned_data["training_cost"])


def _decimal(value: float | None) -> Decimal | None:
    """To the cent, as the column of an amount holds it."""
    return None if value is None else Decimal(str(round(value, 2)))


def _written(value: Decimal | None) -> str:
    """As people of this language write it, with the decimals that it has."""
    if value is None:
        return ""
    exponent = value.normalize().as_tuple().exponent
    return number(value, max(-exponent, 0) if isinstance(exponent, int) else 0)
