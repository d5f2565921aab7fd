"""Comparing functions, from was to wordt: writing down what becomes of one, and taking the last change back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from portfolio.actions.center import Stale
from portfolio.actions.leaving import token_of
from portfolio.models.catalogue import Role
from portfolio.models.center import Center
from portfolio.models.functions import FunctionChange

FIELDS = (
    "role", "new_role", "comparison", "training_months", "training_cost", "is_critical", "reason", "source", "status"
)  # fmt: skip
_ROLES = ("role", "new_role")
_DECIMALS = ("training_months", "training_cost")


@transaction.atomic
def compare_functions(*, center: Center, **values: Any) -> FunctionChange:
    """Write a comparison down. Raises ``ValidationError``, in words, when the pair has been compared already."""
    Center.objects.select_for_update().get(pk=center.pk)
    return _saved(FunctionChange(center=center), values)


@transaction.atomic
def change_comparison(*, change: FunctionChange, seen: str, **values: Any) -> FunctionChange:
    """Make a comparison say this. Raises ``Stale`` when somebody saved or removed it since the page was made."""
    return _saved(_standing(change.center, change.pk, seen), values)


@transaction.atomic
def remove_comparison(*, change: FunctionChange, seen: str) -> None:
    """Take a comparison away: nothing is said of these two functions any more. Raises ``Stale`` as changing does."""
    _standing(change.center, change.pk, seen).delete()


@transaction.atomic
def undo_comparison(*, center: Center, pk: int | None, seen: str, before: Mapping[str, Any] | None) -> None:
    """Put back what stood before the last act: nothing, or a comparison as ``comparison_as_kept`` gave it.

    `pk` is the row that the act left behind, None when it removed one. Raises ``Stale`` when somebody was there since.
    """
    Center.objects.select_for_update().get(pk=center.pk)
    row = FunctionChange(center=center) if pk is None else _standing(center, pk, seen)
    if before is None:
        row.delete()
        return
    roles = Role.objects.filter(center=center).in_bulk([before[name] for name in _ROLES if before[name]])
    values = dict(before)
    values |= {name: roles.get(before[name]) for name in _ROLES}
    values |= {name: None if before[name] is None else Decimal(before[name]) for name in _DECIMALS}
    if values["role"] is None or (before["new_role"] and values["new_role"] is None):
        raise Stale(None)  # the function itself has gone since
    try:
        _saved(row, values)
    except ValidationError:
        raise Stale(None) from None  # somebody compared the same two since


def comparison_as_kept(change: FunctionChange) -> dict[str, Any]:
    """A comparison as a session can hold it."""
    kept = {name: getattr(change, name) for name in FIELDS}
    kept |= {name: getattr(change, f"{name}_id") for name in _ROLES}
    return kept | {name: None if kept[name] is None else str(kept[name]) for name in _DECIMALS}


def _standing(center: Center, pk: int, seen: str) -> FunctionChange:
    row = FunctionChange.objects.select_for_update(of=("self",)).filter(center=center, pk=pk).first()
    if row is None or token_of(row) != seen:
        raise Stale(None)
    return row


def _saved(row: FunctionChange, values: Mapping[str, Any]) -> FunctionChange:
    for name in FIELDS:
        setattr(row, name, values[name])
    row.full_clean()
    row.save()
    row.refresh_from_db()  # so that its token is that of the row in the table
    return row
