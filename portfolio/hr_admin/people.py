"""People: who they are, contracts over time, competences, wishes and agreements, with the history of every field."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portfolio.actions.looks import note_look
from portfolio.actions.people import Change, note_changes
from portfolio.actions.safeguards import NotCleared, check_cleared
from portfolio.hr_admin.door import own_centers, site
from portfolio.hr_admin.own import CenterAdmin, NotEdited, OwnCenters
from portfolio.models.careers import Agreement, ContractPeriod, PersonCompetence, Preference, StaffChange
from portfolio.models.placement import Look, PlacementRecord
from portfolio.models.staff import PersonName, StaffMember

#: What a line of the history calls a table: the name of its model, or of the register's with its scenario.
MODELS: dict[str, Any] = {
    model._meta.model_name or "": model
    for model in (StaffMember, PersonName, ContractPeriod, PersonCompetence, Preference, Agreement)
} | {"placement": PlacementRecord}


class NameInline(OwnCenters, admin.StackedInline):
    model = PersonName


class ContractInline(OwnCenters, admin.TabularInline):
    model = ContractPeriod
    extra = 0


class CompetenceInline(OwnCenters, admin.TabularInline):
    model = PersonCompetence
    extra = 0


class PreferenceInline(OwnCenters, admin.TabularInline):
    model = Preference
    extra = 0
    max_num = 3


class AgreementInline(OwnCenters, admin.TabularInline):
    model = Agreement
    extra = 0


class HistoryInline(NotEdited, admin.TabularInline):
    model = StaffChange
    extra = 0
    fields = ["at", "by", "what", "old", "new"]
    readonly_fields = fields
    verbose_name_plural = _("history")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StaffChange]:
        return super().get_queryset(request).select_related("by", "staff_member")

    @admin.display(description=_("what"))
    def what(self, change: StaffChange) -> str:
        """The table and the field as people call them."""
        table, _space, scenario = change.table.partition(" ")
        model = MODELS.get(table)
        if model is None:
            return f"{change.table}, {change.field}"
        known = {field.name: field.verbose_name for field in model._meta.fields}
        words = [model._meta.verbose_name, scenario, known.get(change.field, "")]
        return ", ".join(str(word) for word in words if word)


class PersonForm(forms.ModelForm):
    """Refuses a person while the DPIA or the works council's consent is not on record."""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        center = said.get("center") or getattr(self.instance, "center_id", None)
        if center:
            try:
                check_cleared(center, timezone.localdate())
            except NotCleared as missing:
                raise forms.ValidationError(str(missing)) from None
        return said


@admin.register(StaffMember, site=site)
class StaffMemberAdmin(CenterAdmin):
    form = PersonForm
    list_display = ["number", "name", "role", "service", "fte_now", "employer", "scale", "until"]
    list_display_links = ["number", "name"]
    list_filter = [
        ("center", admin.RelatedOnlyFieldListFilter),
        ("role", admin.RelatedOnlyFieldListFilter),
        ("service", admin.RelatedOnlyFieldListFilter),
        "employer",
        ("until", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["person_name", "role", "service"]
    search_fields = ["number", "person_name__name"]
    search_help_text = _("By number or name")
    fields = [
        "center", ("number", "employer", "participant"), ("role", "service"), ("fte", "scale"),
        ("born", "employed_since", "until"), ("status", "source", "spread"),
    ]  # fmt: skip
    inlines = [NameInline, ContractInline, CompetenceInline, PreferenceInline, AgreementInline, HistoryInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StaffMember]:
        begun = ContractPeriod.objects.filter(
            staff_member=OuterRef("pk"), start_date__lte=timezone.localdate()
        )
        latest = begun.order_by("-start_date").values("fte")[:1]
        found: QuerySet[StaffMember] = super().get_queryset(request)
        return found.annotate(now=Coalesce(Subquery(latest), "fte"))

    @admin.display(description=_("name"), ordering="person_name__name")
    def name(self, person: StaffMember) -> str:
        known = getattr(person, "person_name", None)
        return known.name if known else ""

    @admin.display(description=_("FTE now"), ordering="now")
    def fte_now(self, person: Any) -> Any:
        return person.now.normalize() if person.now is not None else None

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        for center in own_centers(request):
            persons = StaffMember.objects.filter(center=center).count()
            if persons:
                note_look(
                    center=center, what=Look.LIST, persons=persons, user=request.user, at=timezone.now()
                )
            try:
                check_cleared(center, timezone.localdate())
            except NotCleared as missing:
                messages.warning(request, f"{center}: {missing}")
        return super().changelist_view(request, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        person = kwargs.get("obj")
        if person is not None:
            note_look(
                center=person.center_id, what=Look.PERSON, persons=1, number=person.number,
                user=request.user, at=timezone.now(),
            )  # fmt: skip
        return super().render_change_form(request, context, *args, **kwargs)

    @transaction.atomic
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The person has been saved; with what belongs to it, the changes are noted."""
        super().save_related(request, form, formsets, change)
        changes = list(_changes(form, "staffmember", is_new=not change))
        for formset in formsets:
            for inline in formset.forms:
                gone = inline in formset.deleted_forms
                changes += _changes(
                    inline, inline._meta.model._meta.model_name, is_new=not inline.initial, gone=gone
                )
        note_changes(person=form.instance, changes=changes, user=request.user, at=timezone.now())

    def get_actions(self, request: HttpRequest) -> Any:
        """Nobody is deleted by the dozen."""
        return {
            name: found for name, found in super().get_actions(request).items() if name != "delete_selected"
        }


def _changes(form: Any, table: str, *, is_new: bool, gone: bool = False) -> Iterator[Change]:
    """The fields of a form that changed, in words."""
    if gone:
        yield Change(table, "", str(form.instance), "")
        return
    if not form.has_changed():
        return
    for name in form.changed_data:
        field = form.fields[name]
        if isinstance(field, forms.ModelChoiceField) and field.widget.is_hidden:
            continue  # the row's own key
        old = "" if is_new else _said(field, form.initial.get(name))
        new = _said(field, form.cleaned_data.get(name))
        if old != new:
            yield Change(table, name, old, new)


def _said(field: Any, value: Any) -> str:
    if value in (None, ""):
        return ""
    if isinstance(field, forms.ModelChoiceField) and not hasattr(value, "pk"):
        value = field.queryset.filter(pk=value).first() or value
    return str(value)
