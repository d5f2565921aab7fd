"""History of rows that are written in bulk: the same entries that django-auditlog makes of a single save."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models

from portfolio.models.center import Center


@dataclass(frozen=True)
class Noted:
    """One row that was created, changed or deleted, with old and new values by column."""

    model: type[models.Model]
    pk: int
    key: tuple[Any, ...]
    action: int
    changes: dict[str, list[str]]


def created(model: type[models.Model], pk: int, key: tuple[Any, ...], values: Mapping[str, Any]) -> Noted:
    filled = {name: ["None", str(value)] for name, value in values.items() if value not in (None, "")}
    return Noted(model, pk, key, LogEntry.Action.CREATE, filled)


def changed(
    model: type[models.Model], pk: int, key: tuple[Any, ...], values: Mapping[str, tuple[Any, Any]]
) -> Noted:
    return Noted(
        model, pk, key, LogEntry.Action.UPDATE, {n: [str(old), str(new)] for n, (old, new) in values.items()}
    )


def deleted(model: type[models.Model], pk: int, key: tuple[Any, ...], values: Mapping[str, Any]) -> Noted:
    filled = {name: [str(value), "None"] for name, value in values.items() if value not in (None, "")}
    return Noted(model, pk, key, LogEntry.Action.DELETE, filled)


def write(noted: Iterable[Noted], *, center: Center, user: Any, at: datetime) -> None:
    """All entries in bulk, with who did it and at which center."""
    noted = list(noted)
    types = ContentType.objects.get_for_models(*{note.model for note in noted})
    LogEntry.objects.bulk_create(
        LogEntry(
            content_type=types[note.model],
            object_pk=str(note.pk),
            object_id=note.pk,
            object_repr=" + ".join(str(part) for part in note.key if part != ""),
            action=note.action,
            changes=note.changes,
            actor=user,
            actor_email=getattr(user, "email", None) or None,
            timestamp=at,
            additional_data={"center": center.pk},
        )
        for note in noted
    )


def of_center(center: Center) -> models.QuerySet[LogEntry]:
    """Who changed what at a center, the latest first."""
    entries: models.QuerySet[LogEntry] = LogEntry.objects.filter(additional_data__center=center.pk)
    return entries.select_related("actor", "content_type").order_by("-timestamp", "-pk")
