"""From frames to rows: what is new, changed and gone is found first, then written in a fixed number of bulk queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import pandas as pd
from auditlog.context import disable_auditlog
from django.db import models, transaction
from django.db.models import RestrictedError

from portfolio.engine.findings import Finding, Refused, error, refuse_errors
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import FRAMES, SETTINGS, tidy
from portfolio.engine.terms import Status
from portfolio.frames import history
from portfolio.frames.mapping import PARENTS, TABLES, Reference, Table, stored
from portfolio.models.catalogue import Service
from portfolio.models.center import Center

Key = tuple[Any, ...]
Values = dict[str, Any]

#: Rows per query where primary keys are listed; SQLite takes 32,766 values at most.
AT_ONCE = 10_000


class Absent(StrEnum):
    """What happens to a row that the incoming frames do not hold."""

    KEEP = "keep"
    DELETE = "delete"


@dataclass(frozen=True)
class FrameChanges:
    """What incoming rows would do to one table. Keys are those of the frame; values as columns keep them."""

    new: dict[Key, Values] = field(default_factory=dict)
    changed: dict[Key, tuple[Values, Values]] = field(default_factory=dict)
    gone: dict[Key, Values] = field(default_factory=dict)
    unchanged: int = 0

    def differing(self, key: Key) -> list[str]:
        """The columns in which a changed row differs."""
        old, new = self.changed[key]
        return [name for name in new if old[name] != new[name]]


@dataclass(frozen=True)
class Changes:
    """What incoming frames would do to a center. ``ids`` are the primary keys of the rows that stand."""

    frames: dict[str, FrameChanges]
    settings: dict[str, tuple[Any, Any]]
    ids: dict[str, dict[Key, int]] = field(repr=False)

    @property
    def is_empty(self) -> bool:
        return not self.settings and not any(
            part.new or part.changed or part.gone for part in self.frames.values()
        )

    @property
    def counts(self) -> dict[str, int]:
        """Totals of new, changed, unchanged and gone rows."""
        parts = self.frames.values()
        return {
            "new": sum(len(part.new) for part in parts),
            "changed": sum(len(part.changed) for part in parts) + bool(self.settings),
            "unchanged": sum(part.unchanged for part in parts),
            "gone": sum(len(part.gone) for part in parts),
        }


def as_stored(inputs: CenterInputs) -> CenterInputs:
    """Inputs as they come back after writing: numbers rounded to what their columns hold, codes in one order."""
    frames = {}
    for name, frame in inputs.frames.items():
        table, frame = TABLES[name], frame.copy()
        for column in table.columns:
            if column.dtype == "float64" or column.name == "depends_on":
                kept = [stored(column, table.fields.get(column.name), cell) for cell in frame[column.name]]
                frame[column.name] = pd.Series(
                    [cell if column.dtype == "object" or cell is None else float(cell) for cell in kept],
                    dtype=column.dtype,
                    index=frame.index,
                )
        frames[name] = frame
    settings = {name: float(value) if isinstance(inputs.settings[name], float) else value
                for name, value in _settings(inputs.settings).items()}  # fmt: skip
    return CenterInputs(settings, frames)


def compare(center: Center, inputs: CenterInputs | Mapping[str, pd.DataFrame], *, absent: Absent) -> Changes:
    """What writing would do, without doing it: the preview of an import.

    With ``CenterInputs`` the settings and every table are compared; with a mapping only the frames in it.
    """
    frames = inputs.frames if isinstance(inputs, CenterInputs) else {n: tidy(n, f) for n, f in inputs.items()}
    refuse_errors(_unfit(frames))
    parts: dict[str, FrameChanges] = {}
    ids: dict[str, dict[Key, int]] = {}
    for name, table in TABLES.items():
        if name not in frames and name not in PARENTS:
            continue
        standing = _standing(table, center)
        ids[name] = {key: pk for key, (pk, _) in standing.items()}
        if name in frames:
            parts[name] = _compared(standing, _incoming(table, frames[name]), absent)
    settings: dict[str, tuple[Any, Any]] = {}
    if isinstance(inputs, CenterInputs):
        then = _settings(inputs.settings)
        now = {name: getattr(center, name) for name in then}
        settings = {name: (now[name], then[name]) for name in then if now[name] != then[name]}
    return Changes(parts, settings, ids)


def write_center(
    center: Center,
    inputs: CenterInputs | Mapping[str, pd.DataFrame],
    *,
    user: Any,
    at: datetime,
    absent: Absent,
) -> Changes:
    """Make the rows of a center those of the frames, and note every change in the history.

    All or nothing. Unchanged rows are not touched. Raises ``Refused`` when a code is not known or a row
    that should go is still used.
    """
    with transaction.atomic(), disable_auditlog():
        # Whoever else writes this center waits here, so that nobody compares with rows that are about to change.
        Center.objects.select_for_update().filter(pk=center.pk).first()
        changes = compare(center, inputs, absent=absent)
        noted: list[history.Noted] = []
        if changes.settings:
            for name, (_old, new) in changes.settings.items():
                setattr(center, name, new)
            center.save(update_fields=list(changes.settings))
            noted.append(history.changed(Center, center.pk, (center.name,), changes.settings))
        for name, part in changes.frames.items():
            noted += _upsert(TABLES[name], part, changes.ids, center, user, at)
        for name in reversed(changes.frames):
            noted += _delete(TABLES[name], changes.frames[name], changes.ids)
        history.write(noted, center=center, user=user, at=at)
    return changes


def new_center(inputs: CenterInputs, *, user: Any, at: datetime) -> Center:
    """A center with all its rows."""
    with transaction.atomic():
        center = Center.objects.create(**_settings(inputs.settings))
        write_center(center, inputs, user=user, at=at, absent=Absent.KEEP)
    return center


# --- Comparing ---


def _settings(settings: Mapping[str, Any]) -> Values:
    return {
        column.name: stored(column, Center._meta.get_field(column.name), settings[column.name])  # type: ignore[arg-type]
        for column in SETTINGS
    }


def _standing(table: Table, center: Center) -> dict[Key, tuple[int, Values]]:
    """The rows of a table by key: primary key and values."""
    names = table.names
    paths = [table.path(name) for name in names]
    rows = table.model._default_manager.filter(
        **{table.center_path: center}, **_share_of_table(table)
    ).order_by()
    needed: dict[str, list[str]] = {}
    if table.frame == "shared_use":
        found = rows.values_list("pk", "asset__code", "contract__code", *paths[1:])
        values = [(pk, asset or contract, *rest) for pk, asset, contract, *rest in found]
    elif table.frame == "services":
        at = names.index("depends_on")
        paths[at] = "template_id"
        for code, other in rows.filter(depends_on__isnull=False).values_list("code", "depends_on__code"):
            needed.setdefault(code, []).append(other)
        found = rows.values_list("pk", "code", *paths[1:])
        values = [
            (*row[: at + 1], ", ".join(sorted(needed.get(row[1], []))), *row[at + 2 :]) for row in found
        ]
    else:
        values = list(rows.values_list("pk", *paths))
    blank = {column.name for column in table.columns if column.dtype == "object"}
    standing = {}
    for pk, *cells in values:
        held = {n: "" if cell is None and n in blank else cell for n, cell in zip(names, cells, strict=True)}
        standing[tuple(held[name] for name in names[: table.key_size])] = (pk, held)
    return standing


def _share_of_table(table: Table) -> Values:
    """Two frames share the table of volumes: a row without a year is of the base year."""
    if table.frame == "base_volumes":
        return {"year__isnull": True}
    return {"year__isnull": False} if table.frame == "volumes" else {}


def _incoming(table: Table, frame: pd.DataFrame) -> dict[Key, Values]:
    """The rows of a frame by key, with values as the columns keep them."""
    kept = [
        [stored(column, table.fields.get(column.name), cell) for cell in frame[column.name]]
        for column in table.columns
    ]
    rows = (dict(zip(table.names, cells, strict=True)) for cells in zip(*kept, strict=True))
    return {tuple(row[name] for name in table.names[: table.key_size]): row for row in rows}


def _compared(
    standing: dict[Key, tuple[int, Values]], incoming: dict[Key, Values], absent: Absent
) -> FrameChanges:
    both = {key: (standing[key][1], values) for key, values in incoming.items() if key in standing}
    changed = {key: (old, new) for key, (old, new) in both.items() if old != new}
    gone = {key: old for key, (_pk, old) in standing.items() if key not in incoming}
    return FrameChanges(
        new={key: values for key, values in incoming.items() if key not in standing},
        changed=changed,
        gone=gone if absent is Absent.DELETE else {},
        unchanged=len(both) - len(changed),
    )


def _unfit(frames: Mapping[str, pd.DataFrame]) -> Iterable[Finding]:
    """Words too long and numbers too large for their columns: SQLite would take them, PostgreSQL fail on them."""
    for name, frame in frames.items():
        table, size = TABLES[name], len(FRAMES[name].key)
        for column in table.columns:
            limit = _longest(table, column.name) if column.dtype == "object" else None
            for row, cell in enumerate(frame[column.name]):
                if column.dtype == "object" and limit and len(cell) > limit:
                    yield error("too_long", name, tuple(frame.iloc[row, :size]), column.name, value=cell[:40],
                                length=len(cell), longest=limit)  # fmt: skip
                elif column.dtype == "float64" and cell > 999_999_999:
                    yield error("out_of_range", name, tuple(frame.iloc[row, :size]), column.name, value=cell,
                                low=0, high=999_999_999)  # fmt: skip


def _longest(table: Table, column: str) -> int | None:
    model_field = table.fields.get(column)
    return getattr(model_field, "max_length", None)


# --- Writing ---


def _upsert(
    table: Table, part: FrameChanges, ids: dict[str, dict[Key, int]], center: Center, user: Any, at: datetime
) -> list[history.Noted]:
    """Create and change rows; their primary keys join ``ids``, for the tables that refer to them."""
    known = ids[table.frame]
    objects = {
        key: _object(table, values, ids, center, user, at, pk=known.get(key))
        for key, values in [*part.new.items(), *((key, new) for key, (_old, new) in part.changed.items())]
    }
    _create(table.model, [objects[key] for key in part.new])
    _overwrite(table, [objects[key] for key in part.changed])
    known.update({key: objects[key].pk for key in part.new})
    if table.frame == "services":
        _depend(part, known)
    return [
        *(history.created(table.model, known[key], key, values) for key, values in part.new.items()),
        *(
            history.changed(
                table.model, known[key], key, {name: (old[name], new[name]) for name in part.differing(key)}
            )
            for key, (old, new) in part.changed.items()
        ),
    ]


def _object(
    table: Table,
    values: Values,
    ids: dict[str, dict[Key, int]],
    center: Center,
    user: Any,
    at: datetime,
    *,
    pk: int | None,
) -> Any:
    fields = {table.path(name): values[name] for name in table.fields if name not in table.references}
    fields |= table.fixed
    for name, reference in table.references.items():
        fields[f"{name}_id"] = _referred(table, name, reference, values, ids)
    if table.center_path == "center":
        fields["center_id"] = center.pk
    is_confirmed = values["status"] == Status.CONFIRMED
    return table.model(
        pk=pk,
        **fields,
        confirmed_by=user if is_confirmed else None,
        confirmed_at=at if is_confirmed else None,
    )


def _referred(
    table: Table, name: str, reference: Reference, values: Values, ids: dict[str, dict[Key, int]]
) -> int | None:
    key = tuple(values[column] for column in reference.by)
    if key == ("",):
        return None
    found = ids[reference.frame].get(key)
    if name == "contract" and table.frame == "shared_use" and key in ids["assets"]:
        return None
    if found is None and not (name == "asset" and table.frame == "shared_use" and key in ids["contracts"]):
        row = tuple(values[column] for column in table.names[: table.key_size])
        value = "+".join(map(str, key))
        raise Refused(
            [error("unknown_code", table.frame, row, reference.by[-1], value=value, sheet=reference.frame)]
        )
    return found


def _create(model: type[models.Model], objects: list[Any]) -> None:
    if objects:
        model._default_manager.bulk_create(objects)


def _overwrite(table: Table, objects: list[Any]) -> None:
    """One upsert on the primary key: many times faster than an UPDATE with a CASE per row."""
    if not objects:
        return
    fields = {table.path(name) for name in table.fields if name not in table.references}
    fields |= set(table.references) | {"confirmed_by", "confirmed_at"}
    table.model._default_manager.bulk_create(
        objects, update_conflicts=True, unique_fields=["pk"], update_fields=sorted(fields)
    )


def _depend(part: FrameChanges, ids: dict[Key, int]) -> None:
    """The services that new and changed services need."""
    through: Any = Service.depends_on.through
    moved = [key for key in part.changed if "depends_on" in part.differing(key)]
    if moved:
        through.objects.filter(from_service_id__in=[ids[key] for key in moved]).delete()
    wanted = [(key, part.new[key]) for key in part.new] + [(key, part.changed[key][1]) for key in moved]
    links = []
    for key, values in wanted:
        for code in filter(None, values["depends_on"].split(", ")):
            if (code,) not in ids:
                raise Refused(
                    [error("unknown_code", "services", key, "depends_on", value=code, sheet="services")]
                )
            links.append(through(from_service_id=ids[key], to_service_id=ids[(code,)]))
    _create(through, links)


def _delete(table: Table, part: FrameChanges, ids: dict[str, dict[Key, int]]) -> list[history.Noted]:
    known = ids[table.frame]
    pks = [known[key] for key in part.gone]
    for start in range(0, len(pks), AT_ONCE):
        try:
            table.model._default_manager.filter(pk__in=pks[start : start + AT_ONCE]).delete()
        except RestrictedError as restricted:
            used = next(iter(restricted.restricted_objects))
            raise Refused([error("still_used", table.frame, value=str(used))]) from restricted
    return [history.deleted(table.model, known[key], key, values) for key, values in part.gone.items()]
