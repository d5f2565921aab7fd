"""The door: a member who is HR officer somewhere, with the second factor; nobody else, whatever else they may."""

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from portfolio import access
from portfolio.models.center import Center, Membership, MembershipRole
from portfolio.models.social_plan import Safeguards


def centers_of(request: HttpRequest) -> frozenset[int]:
    """The centers at which somebody is the HR officer; asked once per request."""
    if not hasattr(request, "hr_centers"):
        user = request.user
        found: frozenset[int] = frozenset()
        if user.is_authenticated and user.is_active:
            own = Membership.objects.filter(user=user.pk, role=MembershipRole.HR)
            found = frozenset(own.values_list("center", flat=True))
        request.hr_centers = found  # type: ignore[attr-defined]
    return request.hr_centers  # type: ignore[attr-defined, no-any-return]


class HrSite(AdminSite):
    """The back office of HR."""

    site_header = _("Regiekompas: HR")
    site_title = _("Regiekompas: HR")
    index_title = _("People, functions and agreements")

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(centers_of(request)) and access.is_verified(request.user)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Who is signed in gets no second login page: a refusal, or the question for the second factor."""
        if request.user.is_authenticated and not self.has_permission(request):
            if not centers_of(request):
                raise PermissionDenied
            onward = request.GET.get("next") or reverse("hr:index")
            return redirect(f"{reverse('portfolio:second_factor')}?{urlencode({'next': onward})}")
        return super().login(request, extra_context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """In the order of the work, people first, where Django would go by the alphabet."""
        apps = super().get_app_list(request, app_label)
        order = [model._meta.object_name for model in self._registry]
        for app in apps:
            app["name"] = self.index_title
            app["models"].sort(key=lambda row: order.index(row["object_name"]))
        return apps

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Beside what every admin page has: what must be visible about these data."""
        context = super().each_context(request)
        if self.has_permission(request):
            marks = [
                _("%(center)s: fictional staff, nobody here exists.") % {"center": name}
                for name in Safeguards.objects.filter(center__in=centers_of(request), is_fictional=True)
                .order_by("center__name")
                .values_list("center__name", flat=True)
            ]
            if access.is_open():
                marks.append(_("No second factor is asked here: this is a demo."))
            context["hr_marks"] = marks
        return context


site = HrSite(name="hr")


def own_centers(request: HttpRequest) -> Any:
    """Those centers as rows to choose from."""
    return Center.objects.filter(pk__in=centers_of(request))
