"""Steps in the placement register, decisions, and the texts of letters."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.models.letters import LetterKind, LetterTemplate, example
from portfolio.models.placement import Stage

#: Characters of a reason.
LONGEST = 2000
#: A decision has a form of its own.
STEPS = [(stage.value, stage.label) for stage in (Stage.DISCUSSED, Stage.AGREED, Stage.OBJECTION)]


class StepForm(forms.Form):
    """Who takes a step, each with the status seen on the page, and which step: one of ``stages`` if given."""

    stage = forms.ChoiceField(label=gettext_lazy("Becomes"), choices=STEPS)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("Needed with an objection"),
    )
    who = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, stages: Collection[Stage] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stages:
            self.fields["stage"].choices = [(stage.value, stage.label) for stage in stages]  # type: ignore[attr-defined]
        values = self.data.getlist("who") if hasattr(self.data, "getlist") else []
        self.fields["who"].choices = [(value, value) for value in values]  # type: ignore[attr-defined]

    def clean_who(self) -> dict[int, str]:
        """The status seen, by key of the person."""
        seen = {}
        for value in self.cleaned_data["who"]:
            key, _mark, stage = value.partition(":")
            if not key.isdecimal() or len(key) > 18 or stage not in Stage.values:
                raise forms.ValidationError(_("This page was out of date. Nothing has changed."))
            seen[int(key)] = stage
        if not seen:
            raise forms.ValidationError(_("Tick somebody first."))
        return seen


class DecisionForm(forms.Form):
    """A decision that a person has taken: when, why, and that it was a person."""

    decided_on = forms.DateField(
        label=gettext_lazy("Decided on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed when the person is redundant"),
    )
    is_human = forms.BooleanField(
        label=gettext_lazy("A person with the mandate for it took this decision, not the computer")
    )
    seen = forms.ChoiceField(choices=Stage.choices, widget=forms.HiddenInput)


class LetterTemplateForm(forms.ModelForm):
    """The text of one kind of letter."""

    class Meta:
        model = LetterTemplate
        fields = ["subject", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 14})}


def template_forms(
    data: Any, standing: dict[str, LetterTemplate], center: Any
) -> dict[LetterKind, LetterTemplateForm]:
    """A form per kind of letter, the one that was sent with its data."""
    sent = data.get("kind") if data is not None else None
    return {
        kind: LetterTemplateForm(
            data if sent == kind else None,
            instance=standing.get(kind) or LetterTemplate(center=center, kind=kind, **example(kind)),
            prefix=kind.value,
        )
        for kind in LetterKind
    }


class NameForm(forms.Form):
    """A director asks for one name."""

    person = forms.IntegerField(min_value=1, max_value=10**18, widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Why you need the name"), required=False, max_length=LONGEST)
