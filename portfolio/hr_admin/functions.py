"""Functions: what becomes of each, and the competences a function asks. No persons."""

from django.contrib import admin

from portfolio.hr_admin.door import site
from portfolio.hr_admin.own import CenterAdmin
from portfolio.models.functions import FunctionChange, RoleCompetence


@admin.register(FunctionChange, site=site)
class FunctionChangeAdmin(CenterAdmin):
    list_display = ["role", "new_role", "comparison", "training_months", "training_cost", "is_critical"]
    list_filter = [("center", admin.RelatedOnlyFieldListFilter), "comparison", "is_critical"]
    list_select_related = ["role", "new_role", "center"]
    search_fields = ["role__name", "new_role__name", "reason"]


@admin.register(RoleCompetence, site=site)
class RoleCompetenceAdmin(CenterAdmin):
    list_display = ["role", "competence", "level"]
    list_filter = [("role", admin.RelatedOnlyFieldListFilter), "level"]
    list_select_related = ["role"]
    search_fields = ["role__name", "competence"]
