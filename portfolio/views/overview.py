"""The home of a scenario per role: figures and warnings for who decides, totals for the controller, counts for HR."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _

from portfolio.frames.staff import read_counts
from portfolio.frames.store import unpack_findings
from portfolio.models.center import MembershipRole
from portfolio.reports import headcount, overview
from portfolio.reports.names import Names
from portfolio.views.base import CenterPage, no_plan_text

#: How many warnings stand on the page at once; the rest unfolds.
MOST = 5
#: Where a figure of a sheet is mended: pages, the first that there is.
MENDED_AT: dict[str, tuple[str, ...]] = {
    "decisions": ("decisions",),
    "uptake": ("grid", "decisions"),
    "services": ("services",),
    "sizing": ("services",),
    "role_mix": ("services",),
    "participants": ("participants",),
    "base_volumes": ("participants",),
    "volumes": ("participants",),
    "budget": ("participants",),
    "own_effort": ("participants",),
    "roles": ("roles",),
    "contracts": ("contracts",),
    "assets": ("assets", "contracts"),
    "offers": ("offers", "services"),
}


class Overview(CenterPage):
    """What this scenario does, compared with today."""

    title = _("Overview")
    nav = "overview"
    template_name = "portfolio/overview/overview.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.plan is None:
            return self.show(no_plan=no_plan_text())
        if self.role == MembershipRole.HR:
            return self.for_hr()
        frames, names = self.frames(overview.FRAMES), Names(self.inputs.frames)
        findings = overview.warnings(unpack_findings(self.plan.findings), names, self.url_of)
        return self.show(
            tiles=overview.tiles(self.headlines, frames, self.plan_inputs),
            warnings=findings[:MOST],
            more_warnings=findings[MOST:],
            decided=overview.decided(self.plan_inputs),
            decisions_url=self.url_of("decisions"),
            worth=overview.worth(frames["worth"], names, self.url_of),
            checks=overview.checks(self.headlines, frames, names)
            if self.role == MembershipRole.CONTROLLER
            else None,
        )

    def for_hr(self) -> HttpResponse:
        """Counts only: names stand on the staff page."""
        self.template_name = "portfolio/overview/hr.html"
        found = headcount.headcount(
            read_counts(self.center), self.frames(headcount.FRAMES), Names(self.inputs.frames)
        )
        return self.show(tiles=headcount.tiles(found), headcount=found, staff_url=self.first_url("staff"))

    @property
    def lead(self) -> Any:
        return _("People and teams, compared with today") if self.role == MembershipRole.HR else _(
            "What this scenario does, compared with today")  # fmt: skip

    @property
    def role(self) -> str:
        return self.membership.role if self.membership else ""

    def url_of(self, sheet: str) -> str:
        return self.first_url(*MENDED_AT.get(sheet, ()))

    def first_url(self, *names: str) -> str:
        """The first of these pages that there is, of this scenario or of the center."""
        scenario = {"scenario": self.scenario.code} if self.scenario else {}
        for name in names:
            for kwargs in ({}, scenario):
                try:
                    return self.url(name, **kwargs)
                except NoReverseMatch:
                    continue
        return ""
