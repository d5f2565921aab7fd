"""What every table of the back office stands on: the rows of the own centers, and the choices of those alone."""

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import ForeignKey, QuerySet
from django.forms import ModelChoiceField, NumberInput
from django.http import HttpRequest

from portfolio.hr_admin.door import centers_of, site
from portfolio.models.base import CenterRow
from portfolio.models.center import Center


def within(model: type[models.Model], rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Of these rows, those of the centers at which somebody is the HR officer; none of a table of no center."""
    if model is Center:
        return rows.filter(pk__in=centers_of(request))
    if issubclass(model, CenterRow):
        return rows.filter(**{f"{model.center_path}__in": centers_of(request)})
    return rows.none()


class PlainNumber(NumberInput):
    """A number without the zeros that the database keeps behind it."""

    def format_value(self, value: Any) -> Any:
        return format(value.normalize(), "f") if isinstance(value, Decimal) else super().format_value(value)


class OwnCenters(BaseModelAdmin):
    """For tables and for the tables inside them: who is past the door may see and edit the own rows."""

    formfield_overrides = {models.DecimalField: {"widget": PlainNumber}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return within(self.model, super().get_queryset(request), request)

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        related = db_field.remote_field.model
        kwargs["queryset"] = within(related, related._default_manager.all(), request)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if isinstance(field, ModelChoiceField) and field.queryset is not None and related is Center:
            # Most have one center, and need not choose.
            only = list(field.queryset[:2])
            field.initial = only[0].pk if len(only) == 1 else None
        return field

    def _may(self, request: HttpRequest, obj: Any = None) -> bool:
        if not site.has_permission(request):
            return False
        center = obj.own_center_id if isinstance(obj, CenterRow) and obj.pk else None
        return center is None or center in centers_of(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj)


class CenterAdmin(OwnCenters, admin.ModelAdmin):
    """A table of the back office."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(site.has_permission(request))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The choices on the form hold already what is own; this says it once more where it is written."""
        if obj.own_center_id not in centers_of(request):
            raise PermissionDenied
        super().save_model(request, obj, form, change)


class NotEdited(OwnCenters):
    """Shown as it was made."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
