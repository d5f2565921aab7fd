"""The guided start as one journey: its steps as far as they were told, each resting on the one before."""

from collections.abc import Mapping
from functools import cached_property

from django.utils.datastructures import MultiValueDict

from portfolio.forms.start import NamesForm, ServicesForm, TotalsForm, draft_of
from portfolio.frames.start import Draft, Templates

#: The steps that ask something, by the word in their address, in order.
ASKING = ("deelnemers", "totalen", "diensten")
CHECK = "controle"
STEPS = (*ASKING, CHECK)


class Journey:
    """The steps as far as they were told; each form rests on the one before it. ``told`` holds lists of texts."""

    def __init__(self, told: Mapping[str, Mapping[str, list[str]]], *, first_year: int) -> None:
        self.told, self.first_year = told, first_year

    @cached_property
    def names(self) -> NamesForm:
        return NamesForm(self._data(ASKING[0]))

    @cached_property
    def totals(self) -> TotalsForm:
        return TotalsForm(self._data(ASKING[1]), bodies=self.names.bodies, first_year=self.first_year)

    @cached_property
    def services(self) -> ServicesForm:
        start = self.totals.cleaned_data["start"]
        return ServicesForm(self._data(ASKING[2]), templates=self.templates, start=start)

    @cached_property
    def templates(self) -> Templates:
        return Templates.read()

    def form(self, step: str) -> NamesForm | TotalsForm | ServicesForm:
        """The form of a step; ask only after ``next_step`` that the ones before it are right."""
        forms_by_step = {"deelnemers": "names", "totalen": "totals", "diensten": "services"}
        found: NamesForm | TotalsForm | ServicesForm = getattr(self, forms_by_step[step])
        return found

    @cached_property
    def next_step(self) -> str:
        """The first step that is not right yet; the last when all are."""
        return next((step for step in ASKING if not self.form(step).is_valid()), CHECK)

    @property
    def draft(self) -> Draft:
        return draft_of(self.names, self.totals, self.services)

    def _data(self, step: str) -> MultiValueDict[str, str] | None:
        return MultiValueDict(self.told[step]) if step in self.told else None
