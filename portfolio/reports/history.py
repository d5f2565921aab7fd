"""Who changed what: entries of the history in the reader's words, old value to new."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from auditlog.models import LogEntry
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portfolio.engine.schema import SETTINGS, Column, columns
from portfolio.frames import history
from portfolio.frames.mapping import TABLES
from portfolio.models.base import CenterRow
from portfolio.models.center import Center, ParticipantSeal
from portfolio.reports.table_words import column_words, setting_words, shown_value, title

#: Modules of personal data, which has a history of its own; a director sees counts, never who works how much.
PERSONAL = frozenset({"careers", "placement", "staff"})
#: Fields that say nothing to a reader.
_SILENT = frozenset(
    {"id", "user", "center", "key", "digest", "confirmed_by", "confirmed_at", "template", "current_plan"}
)
_ACTIONS = {
    LogEntry.Action.CREATE: _("added"),
    LogEntry.Action.UPDATE: _("changed"),
    LogEntry.Action.DELETE: _("deleted"),
}
_KINDS = {LogEntry.Action.CREATE: "new", LogEntry.Action.UPDATE: "", LogEntry.Action.DELETE: "gone"}
_NOTHING = ("None", "", None)


@dataclass(frozen=True)
class Change:
    """One column of a row: what it was and what it became."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One row that somebody added, changed or deleted."""

    at: datetime
    who: str
    table: str
    row: str
    action: str
    kind: str
    changes: list[Change]


def entries_of(center: Center) -> models.QuerySet[LogEntry]:
    """The history that directors and controllers may read, the latest first."""
    return history.of_center(center).exclude(content_type__model__in=_personal())


@cache
def _personal() -> frozenset[str]:
    """The names of every table of personal data, also of one that is made tomorrow."""
    tables = apps.get_app_config("portfolio").get_models()
    return frozenset(
        str(table._meta.model_name) for table in tables if table.__module__.rpartition(".")[2] in PERSONAL
    )


def since(center: Center, name: str, moment: datetime) -> list[Entry]:
    """What was done to one table after a moment, as far as a message can hold it."""
    frames = [TABLES[name]] if name in TABLES else []
    names = {table.model._meta.model_name for table in frames} or {"center"}
    if name == "participants":
        names.add("drivervolume")
    found = entries_of(center).filter(timestamp__gte=moment, content_type__model__in=names)
    return worded(found[:20])


def worded(found: Iterable[LogEntry]) -> list[Entry]:
    """Entries in the reader's words."""
    listed = list(found)
    referred = _referred(listed)
    return [_entry(entry, referred) for entry in listed]


def filters(center: Center) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The tables and the persons that the history speaks of, to choose from."""
    found = entries_of(center).order_by()
    types = ContentType.objects.filter(pk__in=found.values("content_type").distinct())
    tables = sorted(((one.model, _table(one)) for one in types), key=lambda pair: pair[1])
    people = found.exclude(actor=None).values_list(
        "actor_id", "actor__username", "actor__first_name", "actor__last_name"
    )
    persons = sorted(
        {(str(pk), f"{first} {last}".strip() or name) for pk, name, first, last in people.distinct()}
    )
    return tables, sorted(persons, key=lambda pair: pair[1].casefold())


def filtered(
    found: models.QuerySet[LogEntry], table: str, person: str, words: str
) -> models.QuerySet[LogEntry]:
    """Entries of one table, by one person, about rows of which the code holds a word."""
    if table:
        found = found.filter(content_type__model=table)
    if person.isdigit():
        found = found.filter(actor_id=int(person))
    for word in words.split():
        found = found.filter(Q(object_repr__icontains=word))
    return found


def _referred(entries: Iterable[LogEntry]) -> dict[tuple[type[models.Model], str], str]:
    """What the history of a single save has as a primary key, in words: a query per table referred to."""
    wanted: dict[type[models.Model], set[str]] = {}
    for entry in entries:
        for name, pair in (entry.changes or {}).items():
            related = _related(entry.content_type.model_class(), name)
            if related and isinstance(pair, list):
                wanted.setdefault(related, set()).update(part for part in pair if str(part).isdigit())
    return {
        (model, str(pk)): str(row)
        for model, pks in wanted.items()
        for pk, row in model._default_manager.in_bulk([int(pk) for pk in pks]).items()
    }


def _related(model: type[models.Model] | None, name: str) -> type[models.Model] | None:
    try:
        found = model._meta.get_field(name).related_model if model else None
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, type) and issubclass(found, CenterRow) else None


def _entry(entry: LogEntry, referred: Mapping[tuple[type[models.Model], str], str]) -> Entry:
    model = entry.content_type.model_class()
    changes = _changes(model, entry.changes or {}, referred)
    action = _ACTIONS.get(entry.action, "")
    if model is ParticipantSeal and entry.action != LogEntry.Action.DELETE:
        action, changes = _("confirmed"), []
    return Entry(
        at=entry.timestamp,
        who=(entry.actor.get_full_name() or entry.actor.get_username())
        if entry.actor
        else gettext("the system"),
        table=_table(entry.content_type),
        row=entry.object_repr,
        action=str(action),
        kind=_KINDS.get(entry.action, ""),
        changes=changes,
    )


def _table(content_type: ContentType) -> str:
    model = content_type.model_class()
    if model is Center:
        return title("center")
    for name, table in TABLES.items():
        if table.model is model and name != "base_volumes":
            return gettext("Volumes") if name == "volumes" else title(name)
    word = str(model._meta.verbose_name_plural) if model else content_type.model
    return word[:1].upper() + word[1:]


def _changes(
    model: type[models.Model] | None,
    changes: Mapping[str, Any],
    referred: Mapping[tuple[type[models.Model], str], str],
) -> list[Change]:
    known = _columns(model)
    out = []
    for name, pair in changes.items():
        if name in _SILENT or not isinstance(pair, list) or len(pair) != 2 or _is_reverse(model, name):
            continue
        column, label = known.get(name, (None, _field_label(model, name)))
        if related := _related(model, name):
            pair = [referred.get((related, str(text)), text) for text in pair]
        if column is None:
            pair = [_choice(model, name, text) for text in pair]
        out.append(Change(label, _value(column, pair[0]), _value(column, pair[1])))
    return out


def _is_reverse(model: type[models.Model] | None, name: str) -> bool:
    """Rows that hang on this one have entries of their own."""
    try:
        return model is not None and not model._meta.get_field(name).concrete
    except FieldDoesNotExist:
        return False


def _columns(model: type[models.Model] | None) -> dict[str, tuple[Column, str]]:
    """Columns by the names that the history has for them: of frames, and of fields where these differ."""
    if model is Center:
        return {column.name: (column, setting_words(column.name)) for column in SETTINGS}
    for name, table in TABLES.items():
        if table.model is model:
            found = {column.name: (column, column_words(column.name)) for column in columns(name)}
            return found | {table.path(word): pair for word, pair in found.items()}
    return {}


def _field_label(model: type[models.Model] | None, name: str) -> str:
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        field = None
    word = str(getattr(field, "verbose_name", name))
    return word[:1].upper() + word[1:]


def _choice(model: type[models.Model] | None, name: str, text: Any) -> Any:
    """A word of a closed list as it is called on pages; anything else as it is."""
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        field = None
    return dict(getattr(field, "flatchoices", None) or ()).get(text, text)


def _value(column: Column | None, text: Any) -> str:
    if text in _NOTHING:
        return ""
    if column is None:
        return str(text)
    if column.dtype == "bool":
        return shown_value(column, text == "True")
    if column.dtype == "object":
        return shown_value(column, str(text))
    try:
        return shown_value(column, float(Decimal(str(text))) if column.dtype == "float64" else int(text))
    except (InvalidOperation, ValueError):
        return str(text)
