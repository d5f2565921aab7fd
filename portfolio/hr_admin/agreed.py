"""What was agreed: the limits of the social plan, and what must be on record before data may be used."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portfolio.hr_admin.door import centers_of, site
from portfolio.hr_admin.own import CenterAdmin
from portfolio.models.social_plan import Safeguards, SocialPlan


class OnePerCenter(CenterAdmin):
    """A table with one row per center: another is added only where it is missing, and none is thrown away."""

    list_select_related = ["center"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not super().has_add_permission(request, obj):
            return False
        held = set(
            self.model._default_manager.filter(center__in=centers_of(request)).values_list(
                "center", flat=True
            )
        )
        return bool(centers_of(request) - held)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(SocialPlan, site=site)
class SocialPlanAdmin(OnePerCenter):
    list_display = ["center", "scales_down", "training_months", "reference_date", "status"]


@admin.register(Safeguards, site=site)
class SafeguardsAdmin(OnePerCenter):
    list_display = ["center", "is_fictional", "dpia_date", "consent_date", "names_until", "decisions_from"]
