"""The back office for reference data and memberships; what is planned is edited on its own pages, with its history."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portfolio.models.center import Center, Membership, Participant
from portfolio.models.reference import (
    DriverTemplate,
    Municipality,
    RoleTemplate,
    SalaryTable,
    ServiceTemplate,
)

admin.site.site_header = _("Regiekompas: back office")
admin.site.site_title = _("Regiekompas")
admin.site.index_title = _("Reference data and memberships")


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):
    list_display = ["name", "gm_code", "inhabitants", "reference_date", "source"]
    search_fields = ["name", "gm_code"]
    date_hierarchy = "reference_date"


@admin.register(DriverTemplate)
class DriverTemplateAdmin(admin.ModelAdmin):
    list_display = ["code", "label_nl", "label_en"]
    search_fields = ["code", "label_nl", "label_en"]


@admin.register(RoleTemplate)
class RoleTemplateAdmin(admin.ModelAdmin):
    list_display = ["code", "name_nl", "name_en", "family", "scale"]
    list_filter = ["family"]
    search_fields = ["code", "name_nl", "name_en"]


@admin.register(SalaryTable)
class SalaryTableAdmin(admin.ModelAdmin):
    list_display = ["agreement", "valid_from", "basis"]
    list_filter = ["basis"]


@admin.register(ServiceTemplate)
class ServiceTemplateAdmin(admin.ModelAdmin):
    list_display = ["code", "name_nl", "category_nl", "phase", "less_obvious"]
    list_filter = ["phase", "less_obvious", "category_nl"]
    search_fields = ["code", "name_nl", "name_en"]
    fieldsets = [
        (None, {"fields": ["code", "order", "phase", "less_obvious"]}),
        (
            _("Texts in Dutch"),
            {
                "fields": [
                    "category_nl",
                    "name_nl",
                    "description_nl",
                    "included_nl",
                    "excluded_nl",
                    "questions_nl",
                ]
            },
        ),
        (
            _("Texts in English"),
            {
                "fields": [
                    "category_en",
                    "name_en",
                    "description_en",
                    "included_en",
                    "excluded_en",
                    "questions_en",
                ]
            },
        ),
        (
            _("Team and size"),
            {"fields": ["role_mix", "competences", "sizing", "figures", "fte_key", "cost_key"]},
        ),
        (_("Outsourcing and dependence"), {"fields": ["outsourcing", "depends_on"]}),
    ]


class ReadOnly(admin.ModelAdmin):
    """Shown so that memberships can name them; edited on the center's own pages."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Center)
class CenterAdmin(ReadOnly):
    list_display = ["name", "legal_form", "start", "years"]
    search_fields = ["name"]


@admin.register(Participant)
class ParticipantAdmin(ReadOnly):
    list_display = ["name", "code", "center", "kind"]
    list_filter = ["center"]
    search_fields = ["name", "code"]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["user", "center", "role", "participant"]
    list_filter = ["center", "role"]
    search_fields = ["user__username", "center__name"]
    autocomplete_fields = ["user", "center", "participant"]
    list_select_related = ["user", "center", "participant"]
