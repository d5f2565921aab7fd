"""Computing a plan from a page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from portfolio.actions.plans import compute_plan
from portfolio.frames.store import unpack_findings
from portfolio.models.plans import PlanStatus
from portfolio.sheets.wording import said
from portfolio.views.base import CenterPage


class Compute(CenterPage):
    """Compute the scenario as its inputs are now, and go back to the page that asked."""

    capability = "compute_plan"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        if self.scenario is None:
            raise Http404
        plan = compute_plan(scenario=self.scenario, user=request.user)
        if plan.status == PlanStatus.DONE:
            messages.success(request, _("The plan is computed and sealed."))
        else:
            for finding in unpack_findings(plan.findings)[:5]:
                messages.error(request, said(finding))
        back = request.META.get("HTTP_REFERER", "")
        safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        return redirect(back if safe else self.url("overview", scenario=self.scenario.code))
