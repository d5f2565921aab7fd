"""Importing the HR workbook of a center: previewed, then all of it or nothing."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from django.db import transaction
from django.utils import timezone

from portfolio.actions.imports import ChangedSince
from portfolio.actions.safeguards import check_cleared
from portfolio.engine.hr_inputs import HrInputs, day
from portfolio.frames.hr import read_hr
from portfolio.frames.hr_write import write_hr
from portfolio.frames.read import read_center
from portfolio.frames.staff import Person, read_persons, write_persons
from portfolio.models.center import Center
from portfolio.sheets.comparing import Changes, compare_hr
from portfolio.sheets.hr_reading import HrReading
from portfolio.sheets.hr_reading import read_hr as read_workbook


@dataclass(frozen=True)
class StaffPreview:
    """What an HR workbook would do: persons that are new, changed (old and new), the same, and gone.

    `others` are the changes of the other sheets, by name.
    """

    reading: HrReading
    new: list[Person]
    changed: list[tuple[Person, Person]]
    unchanged: list[Person]
    gone: list[Person]
    others: dict[str, Changes]
    version: str

    @property
    def can_apply(self) -> bool:
        differs = any(not changes.is_empty for changes in self.others.values())
        return not self.reading.errors and bool(self.new or self.changed or self.gone or differs)


def whole_hr(center: Center) -> HrInputs:
    """All that HR has on record as the workbook holds it, names included."""
    hr = read_hr(center, on=None)
    names = {person.number: person.name for person in read_persons(center)}
    staff = hr["staff"].assign(name=[names[number] for number in hr["staff"]["person"]])
    return HrInputs.of(hr.social_plan, {**hr.frames, "staff": staff}, start=center.start)


def preview_staff(*, center: Center, path: Path, keep: bool) -> StaffPreview:
    """Read an HR workbook and compare it with what is known; with ``keep`` nobody and nothing goes."""
    standing = whole_hr(center)
    with path.open("rb") as file:
        reading = read_workbook(file, read_center(center), path.name, onto=standing, keep=keep)
    after = reading.inputs or standing
    changes = compare_hr(standing, after)
    old = {person.number: person for person in persons_of(standing)}
    new = {person.number: person for person in persons_of(after)}
    both = [(old[number], person) for number, person in new.items() if number in old]
    return StaffPreview(
        reading=reading,
        new=[person for number, person in new.items() if number not in old],
        changed=[pair for pair in both if pair[0] != pair[1]],
        unchanged=[person for before, person in both if before == person],
        gone=[person for number, person in old.items() if number not in new],
        others={name: found for name, found in changes.items() if name != "staff"},
        version=_digest(standing),
    )


def import_staff(
    *, center: Center, path: Path, keep: bool, version: str, user: Any, today: date
) -> StaffPreview:
    """Write an HR workbook that was previewed; refused when anything has changed meanwhile, and before the DPIA and
    the consent are on record.
    """
    with transaction.atomic():
        Center.objects.select_for_update().filter(pk=center.pk).first()
        check_cleared(center, today)
        preview = preview_staff(center=center, path=path, keep=keep)
        if preview.version != version or preview.reading.inputs is None:
            raise ChangedSince
        at = timezone.now()
        write_persons(center, persons_of(preview.reading.inputs), user=user, at=at)
        write_hr(center, preview.reading.inputs, user=user, at=at)
    return preview


def persons_of(hr: HrInputs) -> list[Person]:
    """The sheet ``staff`` as persons, by number."""
    return [
        Person(
            number=row.person,
            role=row.role,
            fte=row.fte,
            employer=row.employer,
            scale=row.scale,
            born=day(row.born),
            employed_since=day(row.employed_since),
            until=day(row.until),
            service=row.service,
            name=row.name,
        )
        for row in hr.rows("staff")
    ]


def _digest(hr: HrInputs) -> str:
    """Of all that is on record; the order of rows makes no difference, since frames are tidy."""
    told = [
        repr(sorted(hr.social_plan.items())),
        *(_text(name, frame) for name, frame in sorted(hr.frames.items())),
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _text(name: str, frame: pd.DataFrame) -> str:
    return f"{name}\n{frame.to_csv(index=False)}"
