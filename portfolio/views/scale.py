"""Does scale still pay: cost per unit at other sizes of this center."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from portfolio.engine.headlines import reference_year
from portfolio.reports import scale as report
from portfolio.templatetags.figures import pct
from portfolio.views.base import year_options, years_of
from portfolio.views.leaving import MembershipTest


class Scale(MembershipTest):
    """The center at half to twice its size, and with its largest participants only."""

    title = gettext_lazy("Leaving and joining")
    lead = gettext_lazy("What a workplace or an inhabitant costs when the center is smaller or larger")
    tab = "scale"
    template_name = "portfolio/leaving/scale.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        inputs = self.planned
        drivers = report.drivers(inputs)
        years, asked = years_of(inputs), request.GET.get("year", "")
        year = int(asked) if asked in map(str, years) else reference_year(inputs)
        driver = next(
            (each for each in drivers if each == request.GET.get("unit")), drivers[0] if drivers else ""
        )
        limit = next((each for each in report.LIMITS if str(each) == request.GET.get("limit")), report.LIMIT)
        return self.show(
            found=report.scale(inputs, driver, year, limit) if driver else None,
            year=year,
            years=year_options(self, year, years),
            units=self.picked("unit", [(each, self.names.driver(each)) for each in drivers], driver),
            limits=self.picked("limit", [(str(each), pct(each, 1)) for each in report.LIMITS], str(limit)),
        )

    def picked(self, name: str, choices: list[tuple[str, str]], chosen: str) -> list[dict[str, Any]]:
        """A picker that keeps the rest of the address."""
        query = self.request.GET.copy()
        found = []
        for value, label in choices:
            query[name] = value
            found.append({"label": label, "url": f"?{query.urlencode()}", "current": value == chosen})
        return found
