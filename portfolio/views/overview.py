"""The home of a scenario per role: figures and warnings for who decides, totals for the controller, counts for HR."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portfolio import access
from portfolio.frames.center_table import NAMES
from portfolio.frames.staff import read_counts
from portfolio.frames.store import unpack_findings
from portfolio.models.center import MembershipRole
from portfolio.reports import headcount, overview
from portfolio.reports.decisions import anchor_of
from portfolio.reports.names import Names
from portfolio.views.base import CenterPage, no_plan_text

#: How many warnings stand on the page at once; the rest unfolds.
MOST = 5


class Overview(CenterPage):
    """What this scenario does, compared with today."""

    title = _("Overview")
    nav = "overview"
    template_name = "portfolio/overview/overview.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.plan is None or self.plan_inputs is None:
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
        return self.show(tiles=headcount.tiles(found), headcount=found)

    @property
    def lead(self) -> Any:
        return _("People and teams, compared with today") if self.role == MembershipRole.HR else _(
            "What this scenario does, compared with today")  # fmt: skip

    @property
    def role(self) -> str:
        return self.membership.role if self.membership else ""

    def url_of(self, sheet: str, key: Sequence[object] = ()) -> str:
        """Where a row of a sheet is mended: its decision, or the table of the center that holds it."""
        codes = [str(part) for part in key if part]
        if sheet == "decisions" and self.scenario:
            anchor = anchor_of(codes[-1]) if len(codes) > 1 else ""
            return self.url("decisions", scenario=self.scenario.code) + (f"#{anchor}" if anchor else "")
        table = "participants" if sheet == "base_volumes" else sheet
        if table not in NAMES or not access.may_see_table(self.membership, table):
            return ""
        return self.url("center_table", table=table) + (
            f"?{urlencode({'q': ' '.join(codes)})}" if codes else ""
        )
