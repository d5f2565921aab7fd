"""The last act on a scenario: kept in the session, shown in the undo bar, and taken back."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from portfolio.actions.plans import compute_plan
from portfolio.actions.scenarios import Overtaken
from portfolio.actions.undo import Act, undo_act
from portfolio.actions.uptake import CellsOvertaken
from portfolio.engine.inputs import PlanInputs
from portfolio.models.scenarios import Scenario
from portfolio.views.base import CenterPage

#: Pages whose acts are sealed at once; on the others the plan comes to be behind until somebody computes it.
SEALED_AT_ONCE = ("grid",)


#: Entries of the menu whose page is one of a scenario.
WITH_SCENARIO = ("decisions", "grid")


class ActingPage(CenterPage):
    """A page of a scenario on which one can act, and take the last act back.

    ``address`` names the page when it is not the one of its entry in the menu.
    """

    address = ""

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario in the address: these pages always have one."""
        found = super().scenario
        if found is None:
            raise Http404
        return found

    @cached_property
    def plan_inputs(self) -> PlanInputs:
        return self.inputs.plan_inputs(self.scenario.code)

    def other_scenario_url(self, other: Scenario) -> str:
        """The same page of another scenario, also after a save that was refused, with what was chosen on it."""
        if self.nav not in WITH_SCENARIO:
            return super().other_scenario_url(other)
        query = self.request.GET.urlencode()
        return self.url(self.address or self.nav, scenario=other.code) + (f"?{query}" if query else "")

    @property
    def _kept(self) -> str:
        return f"act-{self.center.key}"

    def keep(self, act: Act | None) -> None:
        """Remember what was just done, or that there is nothing to take back any more."""
        self.request.session[self._kept] = act.as_json() if act else None

    @property
    def act(self) -> Act | None:
        """What was last done to this scenario in this session."""
        kept = self.request.session.get(self._kept)
        if not kept or kept["scenario"] != self.scenario.code:
            return None
        return Act.from_json(kept)

    def show(self, status: int = 200, **context: Any) -> HttpResponse:
        may_edit = self.may("edit_decisions")
        return super().show(status, may_edit=may_edit, act=self.act if may_edit else None, **context)


class Undo(ActingPage):
    """Take back the last act, unless somebody else was there since."""

    capability = "edit_decisions"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        act = self.act
        if act is None:
            messages.info(request, _("There is nothing to undo."))
            return redirect(self.url("decisions", scenario=self.scenario.code))
        try:
            undo_act(scenario=self.scenario, act=act, user=request.user, at=timezone.now())
        except (Overtaken, CellsOvertaken):
            messages.error(request, _("Somebody else changed this meanwhile, so it was not undone."))
        else:
            messages.success(request, _("Undone: %(act)s") % {"act": act.text})
            if act.page in SEALED_AT_ONCE:
                compute_plan(scenario=self.scenario, user=request.user)
        self.keep(None)
        return redirect(self.url(act.page, scenario=self.scenario.code))
