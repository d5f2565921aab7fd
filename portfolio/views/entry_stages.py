"""The four stages of entry: budget and teams, contracts and assets, own effort, volumes."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portfolio.actions.start import unexplained_words
from portfolio.engine.columns import Kind
from portfolio.engine.estimating import as_it_is
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.scaling import TooSmall
from portfolio.forms.entry import CellsForm, EffortForm, HoldingsForm
from portfolio.frames import entry as changes
from portfolio.reports import entry_budget, entry_grids
from portfolio.templatetags.figures import number
from portfolio.views.entry import EntryPage

#: From this amount on contracts and assets are shown, unless somebody says otherwise.
THRESHOLD = 25_000


def typed_in(form: CellsForm | HoldingsForm | None) -> entry_grids.Typed:
    """What a form could not save, for the grid that is shown again."""
    if form is None:
        return entry_grids.Typed()
    return entry_grids.Typed(form.typed, form.wrong, getattr(form, "right", ()))


class BudgetStage(EntryPage):
    """Percentages of the formation and of the adopted budget."""

    stage = "budget"
    template_name = "portfolio/entry/budget.html"

    @cached_property
    def now(self) -> Any:
        return as_it_is(self.inputs)

    @cached_property
    def total_eur(self) -> float:
        return changes.adopted(self.inputs) or self.now.total

    @cached_property
    def total_fte(self) -> float:
        """The formation to spread: as last said in this session, else what the teams add up to."""
        key = f"fte-{self.center.key}"
        usual = self.request.session.get(key, self.now.fte)
        found = self.asked("fte", usual, Kind.FTE)
        if found != usual or self.request.method == "POST":
            self.request.session[key] = found
        return found

    @cached_property
    def grid(self) -> entry_budget.Budget:
        return entry_budget.budget(self.inputs, self.now, fte=self.total_fte, eur=self.total_eur)

    def form(self) -> CellsForm:
        return CellsForm(
            self.request.POST.dict(),
            self.grid.known,
            self.grid.right,
            most=100,
            is_percent=True,
            is_needed=True,
        )

    def change(self, form: CellsForm) -> Callable[[CenterInputs], CenterInputs]:
        return partial(
            changes.spread_budget,
            told=form.told,
            fte=self.total_fte,
            eur=self.total_eur,
            words=unexplained_words(),
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form()
        if form.wrong:
            return self.page(422, form)
        if form.told.is_empty:
            return self.nothing_changed()
        refused = self.save(self.change(form))
        return self.page(422, form, refused=refused) if refused else redirect(self.here)

    def page(self, status: int = 200, form: CellsForm | None = None, **context: Any) -> HttpResponse:
        grid = entry_budget.budget(
            self.inputs, self.now, fte=self.total_fte, eur=self.total_eur, typed=typed_in(form)
        )
        sums = entry_budget.sums(grid)
        return self.show(
            status, grid=grid, unexplained_share=sums["unexplained-share"], unexplained_words=sums["unexplained-words"],
            is_adopted=changes.adopted(self.inputs) is not None,
            version=self.version, wrong=form.wrong if form else None, **context,
        )  # fmt: skip


class PreviewBudget(BudgetStage):
    """What the percentages being typed come to: computed, never stored."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form()
        try:
            then = self.change(form)(self.inputs)
        except TooSmall as small:
            told = _("Participants requested more FTE of %(service)s than this team would have.")
            return JsonResponse({"message": told % {"service": self.names.service(small.service)}})
        return JsonResponse(
            entry_budget.preview(then, as_it_is(then), fte=self.total_fte, eur=self.total_eur)
        )


class HoldingsStage(EntryPage):
    """Contracts and assets above a threshold."""

    stage = "holdings"
    template_name = "portfolio/entry/holdings.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        frames = self.inputs.frames
        standing = {
            name: {row[key]: row for row in changes.records_of(frames[name])}
            for name, key in (("contracts", "contract"), ("assets", "asset"))
        }
        form = HoldingsForm(request.POST.dict(), standing)
        if form.wrong:
            return self.page(422, form)
        if form.told.is_empty:
            return self.nothing_changed()
        refused = self.save(partial(changes.with_holdings, told=form.told, words=unexplained_words()))
        return self.page(422, form, refused=refused) if refused else redirect(self.here)

    def page(self, status: int = 200, form: HoldingsForm | None = None, **context: Any) -> HttpResponse:
        threshold = self.asked("drempel", THRESHOLD)
        now = as_it_is(self.inputs)
        return self.show(
            status,
            tables=[
                entry_grids.quick(name, self.inputs, threshold, typed_in(form), blanks=self.can_edit)
                for name in changes.QUICK
            ],
            threshold=number(threshold),
            known_eur=sum(now.material.values()),
            other_eur=sum(now.fixed.values()),
            instead=form.told.is_instead if form else True,
            wrong=form.wrong if form else None,
            version=self.version,
            **context,
        )


class CellsStage(EntryPage):
    """A stage that is one grid of cells."""

    kind = Kind.NUMBER
    form_class: type[CellsForm] = CellsForm

    def grid(self, typed: entry_grids.Typed) -> entry_grids.Grid:
        raise NotImplementedError

    def change(self, form: CellsForm) -> Callable[[CenterInputs], CenterInputs]:
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        grid = self.grid(typed_in(None))
        form = self.form_class(request.POST.dict(), grid.known, grid.right, kind=self.kind)
        if form.wrong:
            return self.page(422, form)
        if form.told.is_empty:
            return self.nothing_changed()
        refused = self.save(self.change(form))
        return self.page(422, form, refused=refused) if refused else redirect(self.here)

    def page(self, status: int = 200, form: CellsForm | None = None, **context: Any) -> HttpResponse:
        return self.show(
            status, grid=self.grid(typed_in(form)), wrong=form.wrong if form else None, version=self.version, **context,
        )  # fmt: skip


class EffortStage(CellsStage):
    """What each participant spends itself, in FTE or in euros."""

    stage = "effort"
    template_name = "portfolio/entry/effort.html"
    form_class = EffortForm

    @property
    def unit(self) -> str:
        return "annual_cost" if self.request.GET.get("eenheid") == "eur" else "fte"

    @property
    def kind(self) -> Kind:  # type: ignore[override]
        return Kind.EUR if self.unit == "annual_cost" else Kind.FTE

    def grid(self, typed: entry_grids.Typed) -> entry_grids.Grid:
        return entry_grids.effort(self.inputs, self.names, self.unit, typed)

    def change(self, form: CellsForm) -> Callable[[CenterInputs], CenterInputs]:
        remains = form.remains if isinstance(form, EffortForm) else 0.0
        return partial(changes.with_own_effort, told=form.told, column=self.unit, remains=remains)

    def page(self, status: int = 200, form: CellsForm | None = None, **context: Any) -> HttpResponse:
        units = [
            {"label": label, "url": f"?eenheid={word}", "current": (self.unit == "fte") == (word == "fte")}
            for word, label in (("fte", _("FTE")), ("eur", _("Euros a year")))
        ]
        return super().page(status, form, units=units, is_fte=self.unit == "fte",
                            remains=form.typed_remains if isinstance(form, EffortForm) else "0", **context)  # fmt: skip


class VolumesStage(CellsStage):
    """What is counted at each participant."""

    stage = "volumes"
    template_name = "portfolio/entry/volumes.html"

    def grid(self, typed: entry_grids.Typed) -> entry_grids.Grid:
        return entry_grids.volumes(self.inputs, self.names, typed)

    def change(self, form: CellsForm) -> Callable[[CenterInputs], CenterInputs]:
        return partial(changes.with_volumes, told=form.told)
