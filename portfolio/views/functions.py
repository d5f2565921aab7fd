"""Functions, was and wordt: read by everyone who plans, compared by HR. Judged on functions, never on persons."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.actions.center import Stale
from portfolio.actions.functions import (
    change_comparison,
    compare_functions,
    comparison_as_kept,
    remove_comparison,
    undo_comparison,
)
from portfolio.actions.leaving import token_of
from portfolio.engine.posts import Post, posts_of
from portfolio.engine.working import work
from portfolio.forms.functions import FunctionForm
from portfolio.frames.functions import read_functions
from portfolio.frames.staff import read_counts
from portfolio.models.catalogue import Role
from portfolio.models.functions import FunctionChange
from portfolio.models.scenarios import Scenario
from portfolio.reports import functions as report
from portfolio.reports.names import Names
from portfolio.reports.staff import by_role
from portfolio.views.base import CenterPage


class ScenarioInQuery(CenterPage):
    """A page of the center that looks at one scenario: the one in the query, else the one last looked at."""

    @cached_property
    def scenario(self) -> Scenario | None:
        code = self.request.GET.get("scenario", "")
        for scenario in self.scenarios:
            if scenario.code == code:
                self.request.session[self._remembered] = code
                return scenario
        return super().scenario

    def other_scenario_url(self, other: Scenario) -> str:
        query = self.request.GET.copy()
        query["scenario"] = other.code
        return f"{self.url(self.nav)}?{query.urlencode()}"

    @cached_property
    def names(self) -> Names:
        return Names(self.inputs.frames)

    @cached_property
    def posts(self) -> list[Post]:
        """The posts of the scenario as it would be computed now; none without a scenario."""
        return posts_of(work(self.plan_inputs)) if self.plan_inputs else []

    @property
    def step(self) -> float:
        return float(self.inputs.settings["fte_step"])


class FunctionsPage(ScenarioInQuery):
    """What becomes of each old function, and FTE before and after."""

    capability = "see_staff_counts"
    template_name = "portfolio/functions/functions.html"
    title = gettext_lazy("Functions: was and wordt")
    lead = gettext_lazy("What becomes of each function, and what that asks")
    nav = "functions"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        compared = read_functions(self.center)
        today = self.frames(["today_fte"]).get("today_fte")
        staffed = by_role(read_counts(self.center), today, self.inputs)
        roles = {role.code: role for role in Role.objects.filter(center=self.center)}
        rows = report.old_functions(staffed, compared, self.posts, self.names, roles)
        fte = report.fte_rows(staffed, self.posts, self.names, self.step) if self.plan_inputs else []
        return self.show(
            rows=rows,
            stated=sum(row.is_stated for row in rows),
            fte=fte,
            all_fte=report.total(fte),
            arriving=report.arriving(rows, self.posts, self.names),
            can_edit=self.may("edit_staff"),
            undo=request.session.get(undo_key(self)) if self.may("edit_staff") else None,
        )


class CompareFunctions(ScenarioInQuery):
    """Write down what becomes of a function."""

    capability = "edit_staff"
    template_name = "portfolio/functions/edit.html"
    title = gettext_lazy("Compare two functions")
    lead = gettext_lazy("Judged on functions, never on persons")
    nav = "functions"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("role", "")
        return self.page(
            FunctionForm(center=self.center, initial={"role": asked if asked.isdecimal() else ""})
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = FunctionForm(request.POST, center=self.center, instance=FunctionChange(center=self.center))
        if not form.is_valid():
            return self.page(form, 422)
        try:
            saved = compare_functions(center=self.center, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.page(form, 422)
        self.keep(saved, None, _("You compared %(functions)s.") % {"functions": saved})
        messages.success(request, _("The comparison is saved."))
        return redirect(self.url("functions"))

    def page(self, form: FunctionForm, status: int = 200, **more: Any) -> HttpResponse:
        return self.show(status, form=form, back=self.url("functions"), **more)

    def keep(self, row: FunctionChange | None, before: dict[str, Any] | None, text: str) -> None:
        """Remember what was just done, to be put back as long as nobody does more."""
        self.request.session[undo_key(self)] = {
            "text": text, "pk": row.pk if row else None, "seen": token_of(row) if row else "", "before": before
        }  # fmt: skip

    def overtaken(self) -> HttpResponse:
        messages.error(self.request, _("Nothing was saved: somebody else saved this meanwhile. What stands now is"
                                       " below; make your change again."))  # fmt: skip
        return redirect(self.url("functions"))


class ChangeComparison(CompareFunctions):
    """Change one comparison."""

    title = gettext_lazy("Change the comparison")

    @cached_property
    def change(self) -> FunctionChange:
        return get_object_or_404(FunctionChange, center=self.center, pk=self.kwargs["change"])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = FunctionForm(center=self.center, instance=self.change)
        return self.page(form, seen=token_of(self.change), change=self.change)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        seen, before, old = request.POST.get("seen", ""), comparison_as_kept(self.change), str(self.change)
        row = get_object_or_404(FunctionChange, pk=self.change.pk)
        form = FunctionForm(request.POST, center=self.center, instance=row)
        if not form.is_valid():
            return self.page(form, 422, seen=seen, change=self.change)
        try:
            saved = change_comparison(change=self.change, seen=seen, **form.cleaned_data)
        except Stale:
            return self.overtaken()
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.page(form, 422, seen=seen, change=self.change)
        self.keep(saved, before, _("You changed %(functions)s.") % {"functions": old})
        messages.success(request, _("The comparison is saved."))
        return redirect(self.url("functions"))


class RemoveComparison(ChangeComparison):
    """Take one comparison away."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        before, old = comparison_as_kept(self.change), str(self.change)
        try:
            remove_comparison(change=self.change, seen=request.POST.get("seen", ""))
        except Stale:
            return self.overtaken()
        self.keep(None, before, _("You removed %(functions)s.") % {"functions": old})
        messages.success(request, _("The comparison is removed."))
        return redirect(self.url("functions"))


class UndoComparison(CenterPage):
    """Take back the last act on a comparison."""

    capability = "edit_staff"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kept = request.session.pop(undo_key(self), None)
        if not kept:
            messages.info(request, _("There is nothing to undo."))
            return redirect(self.url("functions"))
        try:
            undo_comparison(center=self.center, pk=kept["pk"], seen=kept["seen"], before=kept["before"])
        except Stale:
            messages.error(request, _("Somebody else changed this meanwhile, so it was not undone."))
        else:
            messages.success(request, _("Undone: %(act)s") % {"act": kept["text"]})
        return redirect(self.url("functions"))


def undo_key(page: CenterPage) -> str:
    """Where the session keeps the last act on a comparison."""
    return f"functions-{page.center.key}"
