"""The register, the letters and who looked at names, to look up; steps are taken on the register's own page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portfolio.hr_admin.door import site
from portfolio.hr_admin.own import CenterAdmin, NotEdited
from portfolio.models.letters import LetterTemplate
from portfolio.models.placement import Letter, NameLook, PlacementRecord, TieChoice


@admin.register(LetterTemplate, site=site)
class LetterTemplateAdmin(CenterAdmin):
    list_display = ["kind", "subject", "center"]
    list_select_related = ["center"]


@admin.register(PlacementRecord, site=site)
class PlacementRecordAdmin(NotEdited, CenterAdmin):
    list_display = [
        "staff_member",
        "scenario",
        "outcome",
        "service",
        "role",
        "fte",
        "ground",
        "stage",
        "decided_on",
    ]
    list_filter = [
        ("scenario", admin.RelatedOnlyFieldListFilter),
        "stage",
        "outcome",
        "ground",
        ("role", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["staff_member", "scenario__center", "service", "role"]
    search_fields = ["staff_member__number", "staff_member__person_name__name"]
    date_hierarchy = "decided_on"
    readonly_fields = ["page"]

    @admin.display(description=_("steps and decision"))
    def page(self, record: PlacementRecord) -> Any:
        """Where a step is taken."""
        scenario = record.scenario
        address = (
            f"/c/{scenario.center.key}/scenario/{scenario.code}/plaatsing/register/{record.staff_member_id}/"
        )
        return format_html('<a href="{}">{}</a>', address, _("Open in the register"))


@admin.register(Letter, site=site)
class LetterAdmin(NotEdited, CenterAdmin):
    list_display = ["staff_member", "kind", "scenario", "made_at", "made_by"]
    list_filter = [("scenario", admin.RelatedOnlyFieldListFilter), "kind"]
    list_select_related = ["staff_member", "scenario", "made_by"]
    search_fields = ["staff_member__number"]


@admin.register(TieChoice, site=site)
class TieChoiceAdmin(CenterAdmin):
    list_display = ["staff_member", "scenario", "reason", "made_at", "made_by"]
    list_select_related = ["staff_member", "scenario", "made_by"]
    fields = ["staff_member", "scenario", "reason"]

    def save_model(self, request: HttpRequest, obj: TieChoice, form: Any, change: bool) -> None:
        obj.made_by = request.user
        super().save_model(request, obj, form, change)


@admin.register(NameLook, site=site)
class NameLookAdmin(NotEdited, CenterAdmin):
    list_display = ["at", "user", "what", "persons", "number", "reason"]
    list_filter = [("center", admin.RelatedOnlyFieldListFilter), "what"]
    list_select_related = ["user"]
    date_hierarchy = "at"
