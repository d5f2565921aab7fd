"""Where somebody comes in: the own center, or a list of them, and from a center the page of one's role."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from portfolio import access
from portfolio.models.center import Membership, MembershipRole
from portfolio.views.base import CenterPage


class Index(LoginRequiredMixin, View):
    """One center: its home. Several: a list. None: what to do."""

    def get(self, request: HttpRequest) -> HttpResponse:
        memberships = (
            Membership.objects.filter(user=request.user.pk)
            .select_related("center", "participant")
            .order_by("center__name", "center__pk")
        )
        found = list(memberships)
        if len(found) == 1:
            return redirect("portfolio:home", center=found[0].center.key)
        centers = [
            {"name": m.center.name, "role": m.get_role_display(), "participant": m.participant,
             "url": reverse("portfolio:home", kwargs={"center": m.center.key})}
            for m in found
        ]  # fmt: skip
        title = _("Your centers") if found else _("Welcome")
        context = {
            "title": title,
            "centers": centers,
            "nav": [],
            "strip": {},
            "start_url": _start_url(request.user),
        }
        return render(request, "portfolio/home/index.html", context)


class Home(CenterPage):
    """A center's front door: a reviewer goes to the own participant, the others to the overview."""

    capability = "see_center"
    title = gettext_lazy("Overview")
    template_name = "portfolio/home/empty.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.scenario is None:
            return self.show()
        is_reviewer = self.membership is not None and self.membership.role == MembershipRole.REVIEWER
        return redirect(self.url("for_us" if is_reviewer else "overview", scenario=self.scenario.code))


def _start_url(user: Any) -> str:
    """The guided start, for who may."""
    return reverse("portfolio:start") if access.may_start_center(user) else ""
