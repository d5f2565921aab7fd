"""The bill of services of a participant and why it changes, on a page, on paper and as a sheet."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portfolio.reports import bill as report
from portfolio.reports.bill_tables import about, all_bills, bill_tables
from portfolio.reports.contributions import why_chart
from portfolio.reports.files import XLSX, tables_xlsx
from portfolio.reports.plan_tables import Table
from portfolio.views.base import year_options
from portfolio.views.contributions import ContributionsPage, attached
from portfolio.views.participant import ForUs, ParticipantPage


class BillOf(ForUs):
    """The entry of the menu, which leads to the bill of the own participant or of the one that is chosen."""

    leads_to = "bill"


class Bills(ContributionsPage):
    """What the page and its files share: the bills of one year of the plan."""

    @cached_property
    def bill_frames(self) -> dict[str, Any]:
        return self.frames(report.FRAMES)

    @cached_property
    def years(self) -> list[int]:
        return sorted({int(year) for year in self.bill_frames["contributions"]["year"].unique()})

    @cached_property
    def year(self) -> int:
        return self.chosen_year(self.years)

    def bills(self, only: str = "") -> list[report.Bill]:
        """Those of the sealed plan; what was counted is left out when the inputs have changed since."""
        if self.plan is None:
            return []
        counted = None if self.behind else self.plan_inputs
        return report.bills(self.bill_frames, self.inputs, counted, self.year, only)

    def workbook(self, tables: list[Table], name: str) -> HttpResponse:
        content = tables_xlsx(tables, language=get_language() or "nl")
        return attached(content, XLSX, f"{name}-{slugify(str(self.kwargs['scenario']))}-{self.year}.xlsx")

    def about(self, months: int) -> dict[str, Any]:
        if self.plan is None:
            raise Http404
        at = timezone.localtime(self.plan.created_at)
        return about(str(self.scenario), self.year, months, at, self.center.name)


class BillPage(Bills, ParticipantPage):
    """One bill: service by part, own effort beside it, and the steps from today's contribution."""

    capability = "see_own_participant"
    nav = "bill_of"
    template_name = "portfolio/bill/bill.html"

    @property
    def title(self) -> str:
        return _("Bill of services of %(participant)s") % {"participant": self.participant.name}

    @cached_property
    def bill(self) -> report.Bill | None:
        """None without a plan, or when the plan does not know this participant yet."""
        return next(iter(self.bills(self.participant.code)), None)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        shown: dict[str, Any] = {
            "participant": self.participant,
            "others": self.others(),
            "computed": self.computed(),
        }
        if self.bill is None:
            return self.show(**shown)
        return self.show(
            **shown,
            bill=self.bill,
            payer=self.bill.payer,
            message=report.message(self.bill),
            chart=why_chart(self.bill.payer, self.year),
            years=year_options(self, self.year, self.years),
            behind=self.behind,
        )


class BillFile(BillPage):
    """The bill as a workbook."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.bill is None:
            raise Http404
        tables = bill_tables(self.bill, self.about(self.bill.months))
        return self.workbook(tables, f"bill-{slugify(self.participant.code) or 'participant'}")


class BillsFile(Bills):
    """All bills in one workbook, with a total that closes."""

    capability = "export_workbook"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = self.bills()
        if not found:
            raise Http404
        return self.workbook(all_bills(found, self.about(found[0].months)), "bills")
