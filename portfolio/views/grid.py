"""The FTE grid: services by participants, edited in place, looked ahead while typing, saved and sealed."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portfolio.actions.plans import compute_plan
from portfolio.actions.undo import Act
from portfolio.actions.uptake import CellsOvertaken, set_uptake
from portfolio.engine import checks
from portfolio.engine.findings import Refused, refuse_errors
from portfolio.engine.inputs import CenterInputs
from portfolio.forms.grid import GridForm
from portfolio.frames.store import load_frames
from portfolio.frames.uptake import read_back, takes_of, with_takes, written
from portfolio.models.plans import Plan, PlanStatus
from portfolio.reports import grid as report
from portfolio.reports.files import CSV, XLSX, table_csv, tables_xlsx
from portfolio.reports.grid_figures import ASKED, DIVIDED, FRAMES, Shown, computed
from portfolio.reports.grid_preview import act_text, previewed
from portfolio.reports.names import Names
from portfolio.views.acts import ActingPage
from portfolio.views.base import no_plan_text
from portfolio.views.grid_pickers import pickers, shown_of


class GridPage(ActingPage):
    """What the page, its preview, its saving and its files share."""

    nav = "grid"

    @cached_property
    def shown(self) -> Shown:
        """What the address asks to see."""
        return shown_of(self.request.GET, self.plan_inputs, self.headlines)

    @cached_property
    def names(self) -> Names:
        return Names(self.inputs.frames)

    @property
    def can_edit(self) -> bool:
        """Only figures that are up to date are edited: a lock is a choice about what is seen."""
        return self.may("edit_decisions") and self.shown.can_edit and not self.behind

    def grid(self, frames: Any, inputs: CenterInputs | None = None) -> report.Grid:
        return report.grid(
            inputs or self.inputs, self.scenario.code, frames, self.shown, self.names, may_edit=self.can_edit
        )

    def shown_frames(self) -> Any:
        return self.frames({*FRAMES[self.shown.unit], "team_fte"})

    def reasons(self, refused: Refused) -> list[str]:
        """Why, once per cell: what is wrong in one month is wrong in others too."""
        first = {str(one.place): one for one in reversed(refused.findings)}
        return [self.names.said(one) for one in list(first.values())[::-1][:3]]

    def read(self) -> tuple[report.Grid, GridForm]:
        """What was typed, held against what the page showed: the plan that it was made of, which never changes."""
        key = self.request.POST.get("plan", "")
        found = Plan.objects.done().filter(scenario=self.scenario, pk=key if key.isdigit() else 0).first()
        plan = found or self.plan
        if plan is None:
            raise Http404
        grid = report.grid(
            self.inputs, self.scenario.code, load_frames(plan, FRAMES[self.shown.unit]), self.shown,
            self.names, may_edit=True,
        )  # fmt: skip
        displayed = {name: cell.text for name, cell in grid.cells.items() if cell.can_edit}
        form = GridForm(
            self.request.POST, grid.known, displayed, read_back(self.request.POST.get("seen", "")),
            locks=self.shown.unit == DIVIDED, step=grid.step, decimals=grid.decimals,
        )  # fmt: skip
        return grid, form


class Grid(GridPage):
    """The FTE of every team, and for which participant it works."""

    title = gettext_lazy("FTE grid")
    lead = gettext_lazy("How much of each team works for which participant")
    template_name = "portfolio/grid/grid.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def page(self, status: int = 200, form: GridForm | None = None, **context: Any) -> HttpResponse:
        if self.plan is None:
            return self.show(no_plan=no_plan_text())
        frames = self.shown_frames()
        return self.show(
            status,
            grid=self.grid(frames),
            shown=self.shown,
            pickers=pickers(self.request.GET, self.plan_inputs, self.shown),
            can_edit=self.can_edit,
            stale=self.behind,
            query=self.request.GET.urlencode(),
            seen=written(takes_of(self.inputs, self.scenario.code)),
            typed=form.typed if form else {},
            wrong=form.wrong if form else {},
            chart=report.over_time(self.inputs, frames["team_fte"]),
            **context,
        )


class SaveGrid(Grid):
    """Save the cells that were changed, then compute and seal the plan. All or nothing."""

    capability = "edit_decisions"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.plan is None or not self.shown.can_edit:
            raise Http404
        _grid, form = self.read()
        if form.wrong:
            return self.page(422, form)
        try:
            self.refuse_what_cannot_be(with_takes(self.inputs, self.scenario.code, form.changes))
            set_uptake(scenario=self.scenario, changes=form.changes, user=request.user, at=timezone.now())
        except Refused as refused:
            return self.page(422, form, refused=self.reasons(refused))
        except CellsOvertaken as overtaken:
            return self.page(409, form, overtaken={report.cell_name(pair) for pair in overtaken.now})
        self.seal_it(form)
        query = request.GET.urlencode()
        return redirect(self.url("grid", scenario=self.scenario.code) + (f"?{query}" if query else ""))

    def refuse_what_cannot_be(self, inputs: CenterInputs) -> None:
        """Locks above a team and the like are refused before anything is saved."""
        refuse_errors(checks.find(inputs))
        computed(inputs.plan_inputs(self.scenario.code))

    def seal_it(self, form: GridForm) -> None:
        if not form.changes:
            messages.info(self.request, _("Nothing was changed."))
            return
        text = act_text(form.changes, self.names)
        self.keep(Act(self.scenario.code, text, "grid", changes=tuple(form.changes)))
        plan = compute_plan(scenario=self.scenario, user=self.request.user)
        if plan.status == PlanStatus.DONE:
            messages.success(self.request, _("Saved; the plan is computed and sealed."))
        else:
            messages.error(self.request, _("Saved, but the plan could not be computed."))


class PreviewGrid(GridPage):
    """What the cells being typed would do: computed, never stored."""

    capability = "edit_decisions"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> JsonResponse:
        if self.plan is None or not self.shown.can_edit:
            raise Http404
        before, form = self.read()
        if form.wrong:
            return JsonResponse({"message": next(iter(form.wrong.values()))})
        inputs = with_takes(self.inputs, self.scenario.code, form.changes)
        try:
            frames = computed(inputs.plan_inputs(self.scenario.code))
        except Refused as refused:
            return JsonResponse({"message": " ".join(self.reasons(refused)[:1])})
        after = report.grid(inputs, self.scenario.code, frames, self.shown, self.names, may_edit=True)
        return JsonResponse(previewed(before, after, form.changes, self.names))


class GridFile(GridPage):
    """What is on screen as Excel, or the FTE over time as CSV."""

    capability = "export_workbook"

    def get(self, request: HttpRequest, kind: str, **kwargs: Any) -> HttpResponse:
        if self.plan is None or kind not in ("csv", "xlsx"):
            raise Http404
        frames = self.shown_frames()
        over_time = report.over_time_table(self.inputs, frames["team_fte"])
        name = f"fte-{slugify(self.scenario.code)}-{self.shown.month or self.shown.year}"
        if kind == "csv":
            content, content_type = table_csv(over_time), CSV
        else:
            title = {DIVIDED: _("FTE grid"), ASKED: _("FTE asked")}.get(self.shown.unit, _("Bill"))
            tables = [report.grid_table(self.grid(frames), title), over_time]
            content, content_type = tables_xlsx(tables, language=get_language() or "nl"), XLSX
        disposition = f'attachment; filename="{name}.{kind}"'
        return HttpResponse(content, content_type, headers={"Content-Disposition": disposition})
