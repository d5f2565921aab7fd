"""Importing the staff of a center from the HR workbook: previewed, then all of it or nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from portfolio.actions.imports import ChangedSince
from portfolio.actions.safeguards import check_cleared
from portfolio.frames.staff import Person, read_persons, write_persons
from portfolio.models.catalogue import Role, Service
from portfolio.models.center import Center, Participant
from portfolio.sheets.staff import StaffReading, read_staff


@dataclass(frozen=True)
class StaffPreview:
    """What a staff sheet would do: persons that are new, changed (old and new), the same, and gone."""

    reading: StaffReading
    new: list[Person]
    changed: list[tuple[Person, Person]]
    unchanged: list[Person]
    gone: list[Person]
    version: str

    @property
    def can_apply(self) -> bool:
        return not self.reading.errors and bool(self.new or self.changed or self.gone)


def preview_staff(*, center: Center, path: Path, keep: bool, today: date) -> StaffPreview:
    """Read a staff sheet and compare it with who is known; with ``keep`` nobody goes."""
    codes = {
        model: set(model._default_manager.filter(center=center).values_list("code", flat=True))
        for model in (Role, Service, Participant)
    }
    with path.open("rb") as file:
        reading = read_staff(
            file, roles=codes[Role], services=codes[Service], participants=codes[Participant], today=today
        )
    standing = {person.number: person for person in read_persons(center)}
    incoming = {person.number: person for person in map(_person, reading.rows)}
    both = [(standing[number], person) for number, person in incoming.items() if number in standing]
    return StaffPreview(
        reading=reading,
        new=[person for number, person in incoming.items() if number not in standing],
        changed=[pair for pair in both if pair[0] != pair[1]],
        unchanged=[new for old, new in both if old == new],
        gone=[] if keep else [person for number, person in standing.items() if number not in incoming],
        version=_digest([*standing.values()]),
    )


def import_staff(
    *, center: Center, path: Path, keep: bool, version: str, user: Any, today: date
) -> StaffPreview:
    """Write a staff sheet that was previewed; refused when the staff has changed meanwhile, and before
    the DPIA and the consent are on record."""
    with transaction.atomic():
        Center.objects.select_for_update().filter(pk=center.pk).first()
        check_cleared(center, today)
        preview = preview_staff(center=center, path=path, keep=keep, today=today)
        if preview.version != version or preview.reading.errors:
            raise ChangedSince
        persons = {person.number: person for person in read_persons(center)} if keep else {}
        persons |= {person.number: person for person in map(_person, preview.reading.rows)}
        write_persons(center, persons.values(), user=user, at=timezone.now())
    return preview


def _person(row: dict[str, Any]) -> Person:
    return Person(
        number=str(row["person"]),
        role=row["role"],
        fte=row["fte"],
        employer=row["employer"],
        scale=row["scale"],
        born=row["born"],
        employed_since=row["employed_since"],
        until=row["until"],
        service=row["service"],
        name=row["name"],
    )


def _digest(persons: Iterable[Person]) -> str:
    return hashlib.sha256(repr(sorted(map(repr, persons))).encode()).hexdigest()
