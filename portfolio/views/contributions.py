"""Who pays what and why, on a page and as a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portfolio.reports import contributions as report
from portfolio.reports import payers
from portfolio.reports.cost import cost_by_part
from portfolio.reports.files import CSV, XLSX, table_csv, tables_xlsx
from portfolio.reports.reasons import because
from portfolio.views.base import CenterPage, no_plan_text, year_options


class ContributionsPage(CenterPage):
    """A page about the contributions of one year of the plan."""

    def chosen_year(self, years: list[int]) -> int:
        """The year in the query, else the one that the headlines are about."""
        asked = self.request.GET.get("year", "")
        return int(asked) if asked in map(str, years) else int(self.headlines["year"])


class Contributions(ContributionsPage):
    """Contributions per participant: was, becomes, difference, and why."""

    title = _("Contributions")
    lead = _("What each participant pays now and then, and why that changes")
    nav = "contributions"
    template_name = "portfolio/contributions/contributions.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.plan is None:
            return self.show(no_plan=no_plan_text())
        frames = self.frames(payers.FRAMES)
        cost = cost_by_part(frames["cost"])
        year = self.chosen_year(list(cost.years))
        found = payers.contributions(frames, self.inputs, year)
        who = request.GET.get("who", "")
        chosen = next((payer for payer in found.payers if payer.code == who), payers.everyone(found))
        return self.show(
            found=found,
            mean=payers.per_inhabitant(found.payers),
            message=report.message(found),
            years=year_options(self, year, cost.years),
            chosen=chosen,
            chart=report.why_chart(chosen, year),
            because=because(chosen),
            cost=cost,
        )


class ContributionsFile(ContributionsPage):
    """What is on screen as Excel or CSV."""

    capability = "export_workbook"

    def get(self, request: HttpRequest, kind: str, **kwargs: Any) -> HttpResponse:
        if self.plan is None or kind not in ("csv", "xlsx"):
            raise Http404
        frames = self.frames(payers.FRAMES)
        cost = cost_by_part(frames["cost"])
        year = self.chosen_year(list(cost.years))
        tables = report.tables(payers.contributions(frames, self.inputs, year), cost)
        name = f"contributions-{slugify(self.plan.scenario.code)}-{year}"
        if kind == "csv":
            return attached(table_csv(tables[0]), CSV, f"{name}.csv")
        return attached(tables_xlsx(tables, language=get_language() or "nl"), XLSX, f"{name}.xlsx")


def attached(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to take along."""
    return HttpResponse(content, content_type=content_type, headers={
        "Content-Disposition": f'attachment; filename="{name}"'})  # fmt: skip
