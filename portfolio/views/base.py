"""What every page of a center stands on: load in ``setup``, gate in ``dispatch``, then one action and a template."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import pandas as pd
from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views import View

from portfolio import access
from portfolio.actions.plans import is_behind
from portfolio.engine.inputs import CenterInputs, PlanInputs
from portfolio.frames.read import read_center
from portfolio.frames.store import load_frames, load_headlines
from portfolio.models.center import Center, Participant
from portfolio.models.plans import Plan
from portfolio.models.scenarios import Scenario
from portfolio.views.navigation import navigation

#: As many colors as the style sheet gives scenarios.
COLORS = 6


class CenterPage(AccessMixin, View):
    """A page inside one center. A stranger gets a 404, a member without the capability a 403.

    Subclasses name the ``capability`` they need, a ``template_name`` and a ``title``; ``nav`` is the entry of
    the menu that is current. ``needs_plan`` pages read the stored plan of ``self.scenario``.
    """

    capability = "see_planning"
    template_name = ""
    title: Any = ""
    lead: Any = ""
    nav = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.membership = None
        if request.user.is_authenticated:
            self.center = get_object_or_404(Center.objects.visible_to(request.user), key=kwargs["center"])
            self.membership = access.membership_of(request.user, self.center)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        participant = self.gated_participant()
        if not self.may(self.capability, participant):
            if access.may(self.membership, self.capability, participant):
                return redirect(f"{reverse('portfolio:second_factor')}?{urlencode({'next': request.path})}")
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def gated_participant(self) -> Participant | None:
        """The participant that the page is about; pages about one override this."""
        return None

    def may(self, capability: str, participant: Participant | None = None) -> bool:
        """Whether one may do something now: what shows a person waits for the second factor."""
        may = access.may(self.membership, capability, participant)
        return may and (capability not in access.PERSONAL or access.is_verified(self.request.user))

    # --- What a page shows ---

    @cached_property
    def scenarios(self) -> list[Scenario]:
        """The scenarios of the center, by code, each with its current plan."""
        found = Scenario.objects.filter(center=self.center).select_related(
            "current_plan", "current_plan__created_by"
        )
        return list(found.order_by("code"))

    @cached_property
    def scenario(self) -> Scenario | None:
        """The scenario in the address, else the one last looked at, else the one that decides most recently."""
        code = self.kwargs.get("scenario")
        if code is not None:
            for scenario in self.scenarios:
                if scenario.code == code:
                    self.request.session[self._remembered] = code
                    return scenario
            raise Http404
        code = self.request.session.get(self._remembered)
        return next(
            (s for s in self.scenarios if s.code == code), self.scenarios[-1] if self.scenarios else None
        )

    @property
    def _remembered(self) -> str:
        return f"scenario-{self.center.key}"

    @cached_property
    def inputs(self) -> CenterInputs:
        """The center as it is now."""
        return read_center(self.center)

    @cached_property
    def plan_inputs(self) -> PlanInputs | None:
        """What the scenario would be computed from now."""
        return self.inputs.plan_inputs(self.scenario.code) if self.scenario else None

    @cached_property
    def plan(self) -> Plan | None:
        """The sealed plan that the page reads."""
        return self.scenario.current_plan if self.scenario else None

    def frames(self, names: Iterable[str]) -> dict[str, pd.DataFrame]:
        """Result frames of the sealed plan."""
        return load_frames(self.plan, names) if self.plan else {}

    @cached_property
    def headlines(self) -> dict[str, float]:
        return load_headlines(self.plan) if self.plan else {}

    @cached_property
    def behind(self) -> bool:
        """Whether the inputs have changed since the plan was sealed."""
        return self.plan_inputs is not None and is_behind(self.plan, self.plan_inputs)

    def url(self, name: str, **kwargs: Any) -> str:
        """An address inside this center."""
        return reverse(f"portfolio:{name}", kwargs={"center": self.center.key, **kwargs})

    def show(self, status: int = 200, **context: Any) -> HttpResponse:
        """The page in its shell."""
        shell = {
            "title": self.title,
            "lead": self.lead,
            "nav": navigation(self),
            "strip": self.strip(),
            "center": self.center,
            "scenario": self.scenario,
            "plan": self.plan,
            "capabilities": access.capabilities(self.membership),
        }
        return render(self.request, self.template_name, shell | context, status=status)

    def strip(self) -> dict[str, Any]:
        """The white strip: which scenario, and whether its plan is sealed and current."""
        membership = self.membership
        strip: dict[str, Any] = {
            "center": self.center.name,
            "role": membership.get_role_display() if membership else "",
        }
        if not self.may("see_planning") or self.scenario is None:
            return strip
        return strip | {
            "scenario": {"name": str(self.scenario), "color": self.color(self.scenario)},
            "scenarios": [
                {
                    "name": str(other),
                    "url": self.other_scenario_url(other),
                    "color": self.color(other),
                    "current": other == self.scenario,
                }
                for other in self.scenarios
            ],
            **self.seal(),
        }

    def seal(self) -> dict[str, Any]:
        """The state of the plan, for the strip or to be sent alone."""
        state = "missing" if self.plan is None else "behind" if self.behind else "current"
        url = (
            self.url("compute", scenario=self.scenario.code)
            if self.may("compute_plan") and self.scenario
            else ""
        )
        return {"seal": state, "sealed_at": self.plan.created_at if self.plan else None, "recompute_url": url}

    def color(self, scenario: Scenario) -> int:
        return self.scenarios.index(scenario) % COLORS + 1

    def other_scenario_url(self, other: Scenario) -> str:
        """This page for another scenario; pages outside a scenario go to the home of that one."""
        match = self.request.resolver_match
        if match and "scenario" in match.kwargs:
            return reverse(match.view_name, kwargs={**match.kwargs, "scenario": other.code})
        return self.url("overview", scenario=other.code)


def years_of(inputs: PlanInputs) -> list[int]:
    """The calendar years of a plan."""
    first = inputs.base_year
    last = first * 12 + int(inputs.settings["start"][5:7]) - 2 + round(12 * inputs.settings["years"])
    return list(range(first, last // 12 + 1))


def year_options(page: CenterPage, chosen: int, years: Iterable[int]) -> list[dict[str, Any]]:
    """The year picker of a page, which keeps the rest of the query."""
    query = page.request.GET.copy()
    options = []
    for year in years:
        query["year"] = str(year)
        options.append({"label": str(year), "url": f"?{query.urlencode()}", "current": year == chosen})
    return options


def no_plan_text() -> str:
    """What a page without a plan asks for."""
    return _("There is no computed plan of this scenario yet. Compute it with the button at the top.")
