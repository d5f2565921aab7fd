"""The competences that the new functions ask, against who could have them: exact for HR, never few for a director."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from portfolio.frames.staffing import find_staffing
from portfolio.reports.competence_map import competence_map
from portfolio.views.functions import ScenarioInQuery


class Competences(ScenarioInQuery):
    """A map of competences by new function, each cell in words and figures."""

    capability = "see_staff_counts"
    template_name = "portfolio/competences/competences.html"
    title = gettext_lazy("Competences")
    lead = gettext_lazy("What the new functions ask, who has it, and what training would close the gap")
    nav = "competences"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        is_exact = self.may("see_staff")
        if self.scenario is None:
            return self.show(found=None, errors=[])
        found = find_staffing(self.center, self.inputs, self.scenario.code)
        if found.staffing is None:
            # An error may name a person by number, so it is for HR alone.
            errors = [self.names.said(finding) for finding in found.findings] if is_exact else []
            return self.show(found=None, is_blocked=True, errors=errors)
        return self.show(
            found=competence_map(found.staffing, found.hr, self.names, is_exact=is_exact),
            months_per_level=found.hr.social_plan["months_per_level"],
            is_exact=is_exact,
        )
