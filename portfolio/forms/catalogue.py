"""What is asked before a template becomes a service of the center: its questions, and the volumes it counts by."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from portfolio.engine.schema import FRAMES
from portfolio.engine.terms import Phase
from portfolio.forms.center_table import read_cell
from portfolio.models.reference import ServiceTemplate
from portfolio.sheets.misread import Misread
from portfolio.sheets.wording import said_misread


class VolumeField(forms.CharField):
    """A volume as pages write numbers; a blank one is not known yet."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        try:
            return read_cell(FRAMES["base_volumes"].by_name["volume"], super().clean(value))
        except Misread as misread:
            raise forms.ValidationError(said_misread(misread)) from misread


class AddTemplateForm(forms.Form):
    """Phase, a question per field for a less obvious template, and a field per missing driver and participant."""

    def __init__(
        self,
        *args: Any,
        template: ServiceTemplate,
        drivers: Sequence[tuple[str, str]],
        participants: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(template.said("questions")) if template.less_obvious else []
        self.fields["phase"] = forms.ChoiceField(
            label=_("Does the center do this today?"),
            choices=[
                (Phase.NEW.value, _("No, it would be new")),
                (Phase.CURRENT.value, _("Yes, it runs today")),
            ],
            initial=template.phase,
            widget=forms.RadioSelect,
        )
        for number, question in enumerate(self.questions):
            self.fields[f"answer-{number}"] = forms.CharField(
                label=question, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
            )
        self.volumes = []
        for place, (driver, label) in enumerate(drivers):
            for at, (code, name) in enumerate(participants):
                field = f"volume-{place}-{at}"
                self.fields[field] = VolumeField(label=f"{label}, {name}", required=False)
                self.volumes.append((field, driver, code))

    @property
    def given_answers(self) -> list[tuple[str, str]]:
        return [
            (question, self.cleaned_data[f"answer-{number}"])
            for number, question in enumerate(self.questions)
        ]

    @property
    def given_volumes(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = {}
        for field, driver, code in self.volumes:
            volume = self.cleaned_data[field]
            if volume is not None:
                found.setdefault(driver, {})[code] = volume
        return found
