"""What a scenario is called, and which one it starts from."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portfolio.models.base import NAME_LENGTH
from portfolio.models.center import Center
from portfolio.models.scenarios import Scenario


class ScenarioForm(forms.Form):
    """Name and description of a scenario."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        help_text=_("As it will stand in council papers, such as “Infrastructure outsourced”."),
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What this scenario is for, in one or two sentences."),
    )


class NewScenarioForm(ScenarioForm):
    """A new scenario, empty or a copy of another."""

    start = forms.ModelChoiceField(
        label=_("Start from"),
        queryset=Scenario.objects.none(),
        required=False,
        empty_label=_("an empty scenario: nothing decided yet"),
        to_field_name="code",
        help_text=_(
            "A copy takes over all decisions, who takes what, and the one-off lines of the scenario."
        ),
    )
    field_order = ["start", "name", "description"]

    def __init__(self, *args: Any, center: Center, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].queryset = Scenario.objects.filter(center=center).order_by("code")  # type: ignore[attr-defined]
