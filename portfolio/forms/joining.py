"""A newcomer as its form describes it: size, services, own effort, and what entering takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.engine.columns import Kind
from portfolio.engine.inputs import PlanInputs
from portfolio.forms.figures import FigureField
from portfolio.models.base import NAME_LENGTH

#: Fields of volumes and services carry a code after this.
VOLUME, PAYERS = "volume-", ("newcomer", "all")


def _number(**more: Any) -> FigureField:
    return FigureField(required=False, kind=Kind.NUMBER, **more)


class JoiningForm(forms.Form):
    """Read from the address, so that a test can be sent to someone. Blank volumes are estimated, or unknown."""

    name = forms.CharField(label=gettext_lazy("Name of the newcomer"), max_length=NAME_LENGTH)
    services = forms.MultipleChoiceField(label=gettext_lazy("Takes these services"), required=False)
    own_eur = FigureField(
        label=gettext_lazy("Spends itself today"), required=False,
        help_text=gettext_lazy("EUR per year, on what these services do"),
    )  # fmt: skip
    remains = FigureField(
        label=gettext_lazy("Of which stays"), required=False, is_percent=True, most=100,
        help_text=gettext_lazy("Percentage that it keeps spending after joining"),
    )  # fmt: skip
    entry_fte = FigureField(
        label=gettext_lazy("Effort of entering"), required=False, kind=Kind.FTE,
        help_text=gettext_lazy("FTE of the center during a year"), most=1000,
    )  # fmt: skip
    entry_eur = FigureField(
        label=gettext_lazy("One-off cost of entering"), required=False,
        help_text=gettext_lazy("EUR: migration, connections, licenses"),
    )  # fmt: skip
    entry_payer = forms.ChoiceField(
        label=gettext_lazy("Entering is paid by"), required=False,
        choices=[(PAYERS[0], gettext_lazy("the newcomer")), (PAYERS[1], gettext_lazy("all participants"))],
    )  # fmt: skip

    def __init__(self, *args: Any, inputs: PlanInputs, inhabitants: str, names: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inhabitants = inhabitants
        self.drivers = sorted(inputs.driver_at, key=lambda driver: (driver != inhabitants, driver))
        for driver in self.drivers:
            label = names.driver(driver)
            self.fields[VOLUME + driver] = _number(label=label[:1].upper() + label[1:])
        services = [(row.service, row.name) for row in inputs.rows("services")]
        self.fields["services"].choices = services  # type: ignore[attr-defined]
        if "services" not in self.data:
            self.initial["services"] = [code for code, _name in services]

    @property
    def volume_fields(self) -> list[forms.BoundField]:
        return [self[VOLUME + driver] for driver in self.drivers]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not any(found.get(VOLUME + driver) for driver in self.drivers):
            first = self.drivers[0] if self.drivers else None
            self.add_error(VOLUME + first if first else None, _("Say how large the newcomer is."))
        if "services" not in self.errors and not found.get("services"):
            self.add_error(
                "services", _("Choose at least one service: a newcomer that takes none pays nothing.")
            )
        if found.get("remains") is None:
            found["remains"] = 0.0
        return found

    @property
    def volumes(self) -> dict[str, float]:
        """What was filled in, by driver."""
        found = {driver: self.cleaned_data.get(VOLUME + driver) for driver in self.drivers}
        return {driver: float(value) for driver, value in found.items() if value is not None}
