"""Staged entry: four stages, each saved as a whole, after which the plans are computed and say what became surer."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portfolio.actions.center import Stale
from portfolio.actions.entry import save_stage, undo_stage, version_of
from portfolio.engine.columns import Kind
from portfolio.engine.findings import Refused
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.scaling import TooSmall
from portfolio.forms.figures import figure_of
from portfolio.frames import entry as changes
from portfolio.frames.store import load_frame
from portfolio.models.plans import Plan
from portfolio.reports import entry as report
from portfolio.reports.names import Names
from portfolio.views.base import CenterPage

#: What it takes to save a stage; whoever may see the planning may look at it.
SAVING = {
    "budget": "edit_center",
    "holdings": "edit_figures",
    "effort": "edit_own_participant",
    "volumes": "edit_center",
}


class EntryPage(CenterPage):
    """What the stages share: how sure the plan is, what is worth collecting, saving and undoing."""

    nav = "entry"
    stage = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and request.method == "POST" and not self.can_edit:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def title(self) -> Any:
        return report.STAGES[self.stage][0]

    @property
    def lead(self) -> Any:
        return report.STAGES[self.stage][1]

    @cached_property
    def can_edit(self) -> bool:
        return self.may(SAVING.get(self.stage, "see_planning"))

    @cached_property
    def names(self) -> Names:
        return Names(self.inputs.frames)

    @property
    def version(self) -> str:
        return version_of(self.inputs, changes.TOUCHED[self.stage])

    def stage_url(self, stage: str) -> str:
        return self.url(f"entry_{stage}")

    def show(self, status: int = 200, **context: Any) -> HttpResponse:
        sureness = self.frames(["sureness", "worth"])
        before = self.plan_before
        undo = self.request.session.get(self._undo_key)
        return super().show(
            status,
            sure=report.sure(sureness.get("sureness"), load_frame(before, "sureness") if before else None),
            worth=report.worth(
                sureness["worth"], self.names, self.stage_url, lambda name: self.url("center_table", table=name)
            ) if sureness else [],
            stages=report.stages(self.inputs, self.stage_url),
            stage=self.stage,
            can_edit=self.can_edit,
            undo=undo if undo and self.can_edit and undo["stage"] == self.stage else None,
            **context,
        )  # fmt: skip

    @cached_property
    def plan_before(self) -> Plan | None:
        """The plan of this scenario before the current one."""
        if self.plan is None:
            return None
        older = Plan.objects.done().filter(scenario=self.scenario, created_at__lt=self.plan.created_at)
        found: Plan | None = older.order_by("-created_at").first()
        return found

    # --- Saving ---

    @property
    def _undo_key(self) -> str:
        return f"entry-{self.center.key}"

    def save(self, change: Callable[[CenterInputs], CenterInputs]) -> str:
        """Save; "" when that was done, else why not."""
        try:
            saved = save_stage(
                center=self.center, names=changes.TOUCHED[self.stage], change=change,
                version=self.request.POST.get("version", ""), user=self.request.user,
            )  # fmt: skip
        except Stale:
            return _(
                "Somebody else saved these figures meanwhile. "
                "What you typed is still here; look at what changed and save again."
            )
        except TooSmall as small:
            return _("Participants requested more FTE of %(service)s than this team would have.") % {
                "service": self.names.service(small.service)}  # fmt: skip
        except Refused as refused:
            return " ".join(self.names.said(one) for one in refused.findings[:3])
        self.request.session[self._undo_key] = {**saved.undo, "stage": self.stage}
        count = saved.counts["new"] + saved.counts["changed"] + saved.counts["gone"]
        messages.success(self.request, ngettext(
            "Saved and computed: %(count)s row changed.", "Saved and computed: %(count)s rows changed.", count)
            % {"count": count})  # fmt: skip
        return ""

    def nothing_changed(self) -> HttpResponse:
        messages.info(self.request, _("Nothing was changed."))
        return redirect(self.here)

    @property
    def here(self) -> str:
        query = self.request.GET.urlencode()
        return self.stage_url(self.stage) + (f"?{query}" if query else "")

    def asked(self, name: str, usual: float, kind: Kind = Kind.EUR) -> float:
        """A figure in the address; what cannot be read is the usual one."""
        try:
            return figure_of(self.request.GET.get(name, ""), kind) or usual
        except ValidationError:
            return usual


class Entry(EntryPage):
    """The stages with their progress."""

    title = gettext_lazy("Improve the figures")
    lead = gettext_lazy("From a first estimate to figures that hold: four stages, in any order.")
    template_name = "portfolio/entry/index.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        stages = report.stages(self.inputs, self.stage_url)
        return self.show(next_stage=next((stage for stage in stages if not stage.is_complete), None))


class UndoEntry(EntryPage):
    """Take back the last stage that was saved."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        undo = request.session.pop(self._undo_key, None)
        if not undo:
            messages.info(request, _("There is nothing to undo."))
            return redirect(self.url("entry"))
        if not self.may(SAVING[undo["stage"]]):
            raise PermissionDenied
        try:
            undo_stage(center=self.center, undo=undo, user=request.user)
        except Stale:
            messages.error(request, _("Somebody else changed this meanwhile, so it was not undone."))
        else:
            messages.success(request, _("Undone, and computed again."))
        return redirect(self.stage_url(undo["stage"]))
