"""Joining: a newcomer tried out on the plan; nothing of it is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from portfolio.forms.joining import JoiningForm
from portfolio.forms.leaving import chosen_month, chosen_year, moments
from portfolio.reports import joining as report
from portfolio.reports.leaving import locks, outcome
from portfolio.reports.names import Names
from portfolio.views.base import year_options, years_of
from portfolio.views.leaving import MembershipTest, from_month


class Joining(MembershipTest):
    """One participant more, from a month on."""

    title = gettext_lazy("Leaving and joining")
    lead = gettext_lazy("What a newcomer would pay, what it brings, and what changes for the others")
    tab = "joining"
    template_name = "portfolio/leaving/joining.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        inputs = self.planned
        month = chosen_month(request.GET.get("from", ""), inputs, True, inputs.base_year * 12)
        form = JoiningForm(request.GET if "name" in request.GET else None, inputs=inputs,
                           inhabitants=report.inhabitants_driver(inputs), names=self.names)  # fmt: skip
        shown: dict[str, Any] = {"form": form, "moments": moments(inputs, True, month, from_month)}
        if form.is_bound and form.is_valid():
            shown |= self.figures(form, month, chosen_year(request.GET.get("year", ""), inputs, month))
        return self.show(**shown)

    def figures(self, form: JoiningForm, month: int, year: int) -> dict[str, Any]:
        """Everything about a newcomer that is well described."""
        inputs, asked = self.planned, form.cleaned_data
        guess = report.newcomer(inputs, asked["name"], form.volumes, asked["services"])
        switch = report.together(inputs, guess, month)
        names = Names(switch.other.inputs.frames)
        if switch.refusals:
            return {
                "refused": [{"level": "error", "message": self.names.said(each)} for each in switch.refusals]
            }
        found = outcome(switch, names, [guess.newcomer.code], year, rising=True)
        return {
            "found": found, "message": report.message(found, asked["name"]), "estimates": guess.estimates,
            "entry": report.entry(switch, found, asked), "own": report.own(asked, found),
            "inhabitants": guess.volumes.get(form.inhabitants),
            "remarks": [*found.pools, *locks(switch, self.names)],
            "years": year_options(self, year, years_of(inputs)),
        }  # fmt: skip
