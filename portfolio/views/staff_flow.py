"""Staff over time: the gap per role by month, what it costs, and taking that cost into the plan."""

from functools import cached_property

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portfolio.actions.staff_costs import take_out_costs, take_over_costs
from portfolio.engine.inputs import PlanInputs
from portfolio.engine.staff_costs import StaffCosts, Terms, staff_costs
from portfolio.engine.staff_flow import Flow, flow
from portfolio.engine.working import Worked, work
from portfolio.frames.hr import read_periods, read_terms
from portfolio.models import labels
from portfolio.reports import staff_flow as report
from portfolio.views.base import years_of
from portfolio.views.placement import Placement


class StaffFlow(Placement):
    """Supply against demand by month, in FTE; who leaves when is for HR alone."""

    capability = "see_staff_counts"
    template_name = "portfolio/placement/staff_flow.html"
    title = gettext_lazy("Staff over time")
    lead = gettext_lazy("When people come free, when posts open, where the gap is, and what it costs")

    @cached_property
    def worked(self) -> Worked:
        return work(self.plan_inputs)

    @cached_property
    def way(self) -> Flow:
        assert self.found.staffing is not None
        return flow(self.worked, self.found.hr, self.found.staffing, read_periods(self.center))

    @cached_property
    def costs(self) -> StaffCosts:
        assert self.found.staffing is not None
        return staff_costs(self.worked, self.found.hr, self.found.staffing, self.way, self.terms[0])

    @cached_property
    def terms(self) -> tuple[Terms, str]:
        return read_terms(self.center)

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        people = self.found.hr.rows("staff")
        if not people or self.found.staffing is None:
            return self.show(people=people, rows=[])
        rows = report.roles(self.way, self.names)
        chosen = request.GET.get("role", "")
        if chosen not in {row.code for row in rows} and rows:
            chosen = rows[0].code
        years = years_of(self.plan_inputs)
        return self.show(
            people=people,
            rows=rows,
            worst=rows[0].worst if rows else None,
            role=chosen,
            chart=report.chart(self.way, chosen, self.names) if chosen else None,
            years=years,
            ends=(years[0], years[-1]),
            costs=report.costs(self.costs, years),
            total=report.cost_total(self.costs, years),
            unhired=self.costs.unhired,
            without_right=self.costs.without_right,
            leavers=report.leavers(self.way) if self.may("see_staff") else [],
            sees_leavers=self.may("see_staff"),
            payers=payers(self.plan_inputs),
            payer=self.terms[1],
            may_take_over=self.may("edit_figures"),
        )


class TakeOverCosts(StaffFlow):
    """Put the cost into the plan as one-off lines, or take it out again."""

    capability = "edit_figures"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        back = redirect(self.url("staff_flow", scenario=self.scenario.code))
        if request.POST.get("out"):
            gone = take_out_costs(scenario=self.scenario)
            said = ngettext("%(n)s line is out of the plan.", "%(n)s lines are out of the plan.", gone)
            messages.success(request, said % {"n": gone})
            return back
        payer = request.POST.get("payer", "")
        if payer not in dict(payers(self.plan_inputs)):
            messages.error(request, _("Choose who pays; nothing has changed."))
            return back
        if self.found.staffing is None:
            messages.error(request, _("There is no placement: first mend what the placement board names."))
            return back
        source = _("Staff over time, %(day)s") % {"day": timezone.localdate().isoformat()}
        made, _gone = take_over_costs(
            scenario=self.scenario, lines=self.costs.lines, payer_key=payer, source=source
        )
        said = ngettext("%(n)s line is in the plan.", "%(n)s lines are in the plan.", made)
        messages.success(request, said % {"n": made})
        return back


def payers(inputs: PlanInputs) -> list[tuple[str, str]]:
    """The keys that can divide a line, and the participants that can bear one."""
    found = [(str(key), str(label)) for key, label in labels.BUILTIN_KEYS.items()]
    found += [(row.driver, row.label or row.driver) for row in inputs.rows("drivers")]
    found += [(key, key) for key in sorted(set(inputs.frames["keys"]["key"]))]
    return found + [(row.code, row.name) for row in inputs.rows("participants")]
