"""The scenarios of a center: the list, and making, describing and deleting one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.actions.plans import is_behind
from portfolio.actions.scenarios import (
    LastScenario,
    copy_scenario,
    create_scenario,
    delete_scenario,
    describe_scenario,
)
from portfolio.forms.scenarios import NewScenarioForm, ScenarioForm
from portfolio.frames.store import load_headlines_of
from portfolio.reports.scenarios import scenario_rows
from portfolio.views.acts import ActingPage
from portfolio.views.base import CenterPage


class Scenarios(CenterPage):
    """All scenarios side by side: how far decided, sealed or not, was and becomes."""

    title = gettext_lazy("Scenarios")
    lead = gettext_lazy(
        "Each scenario is a list of decisions over the same center, so that they can be compared"
    )
    nav = "scenarios"
    template_name = "portfolio/scenarios/scenarios.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        plans = [scenario.current_plan for scenario in self.scenarios if scenario.current_plan]
        headlines = load_headlines_of(plans)
        behind = {
            scenario.code: is_behind(scenario.current_plan, self.inputs.plan_inputs(scenario.code))
            for scenario in self.scenarios
        }
        rows = scenario_rows(self.inputs, self.scenarios, headlines, behind)
        pairs = [(row, self.color(scenario)) for row, scenario in zip(rows, self.scenarios, strict=True)]
        return self.show(rows=pairs, may_edit=self.may("edit_decisions"), can_delete=len(pairs) > 1)


class NewScenario(CenterPage):
    """Make a scenario, empty or as a copy."""

    title = gettext_lazy("New scenario")
    nav = "scenarios"
    capability = "edit_decisions"
    template_name = "portfolio/scenarios/form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = NewScenarioForm(center=self.center, initial={"start": request.GET.get("from", "")})
        return self.show(form=form, submit=_("Make the scenario"))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = NewScenarioForm(request.POST, center=self.center)
        if not form.is_valid():
            return self.show(422, form=form, submit=_("Make the scenario"))
        words = {name: form.cleaned_data[name] for name in ("name", "description")}
        if start := form.cleaned_data["start"]:
            scenario = copy_scenario(scenario=start, user=request.user, **words)
        else:
            scenario = create_scenario(center=self.center, **words)
        messages.success(request, _("The scenario “%(name)s” is made.") % {"name": scenario})
        return redirect(self.url("decisions", scenario=scenario.code))


class EditScenario(ActingPage):
    """Name and description."""

    title = gettext_lazy("Name and description")
    nav = "scenarios"
    capability = "edit_decisions"
    template_name = "portfolio/scenarios/form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        initial = {"name": self.scenario.name, "description": self.scenario.description}
        return self.show(form=ScenarioForm(initial=initial), submit=_("Save"))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ScenarioForm(request.POST)
        if not form.is_valid():
            return self.show(422, form=form, submit=_("Save"))
        describe_scenario(scenario=self.scenario, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(self.url("scenarios"))


class DeleteScenario(ActingPage):
    """Ask, and only then delete: what is gone does not come back."""

    title = gettext_lazy("Delete a scenario")
    nav = "scenarios"
    capability = "edit_decisions"
    template_name = "portfolio/scenarios/delete.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        decisions = self.inputs.frames["decisions"]
        count = int((decisions["scenario"] == self.scenario.code).sum())
        return self.show(count=count, is_last=len(self.scenarios) < 2)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            delete_scenario(scenario=self.scenario)
        except LastScenario:
            messages.error(request, _("A center keeps one scenario at least; this is the last one."))
        else:
            messages.success(request, _("The scenario “%(name)s” is deleted.") % {"name": self.scenario})
        return redirect(self.url("scenarios"))
