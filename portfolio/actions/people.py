"""What was changed of a person's data, by whom and when: old and new, kept with the person and gone with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from portfolio.models.careers import StaffChange
from portfolio.models.placement import Letter
from portfolio.models.social_plan import Safeguards
from portfolio.models.staff import PersonName, StaffMember


@dataclass(frozen=True)
class Change:
    """One field of one row of a person; `field` is blank when the row came or went whole."""

    table: str
    field: str
    old: str
    new: str


def note_changes(*, person: StaffMember, changes: Iterable[Change], user: Any, at: datetime) -> None:
    """Keep the changes with the person; in the transaction of the change itself."""
    StaffChange.objects.bulk_create(
        StaffChange(
            staff_member=person,
            at=at,
            by=user,
            table=change.table,
            field=change.field or "–",
            old=change.old,
            new=change.new,
        )
        for change in changes
    )


@dataclass(frozen=True)
class Removed:
    """What the end of the term of names took away at one center."""

    center: str
    names: int
    letters: int
    changes: int


@transaction.atomic
def remove_names(*, on: date, dry_run: bool = False) -> list[Removed]:
    """Remove names, letters' texts and the history that holds names, where the term of names has passed.

    A letter keeps its kind and its date: that a decision had one stays provable. Nothing happens twice.
    """
    removed = []
    for safeguards in (
        Safeguards.objects.filter(names_until__lte=on).select_related("center").order_by("center")
    ):
        people = {"staff_member__center": safeguards.center_id}
        names = PersonName.objects.filter(**people)
        letters = Letter.objects.filter(**people).exclude(body=GONE)
        changes = StaffChange.objects.filter(**people)
        found = Removed(safeguards.center.name, names.count(), letters.count(), changes.count())
        if not dry_run:
            names.delete()
            letters.update(body=GONE, subject=GONE)
            changes.delete()
        if found.names or found.letters or found.changes:
            removed.append(found)
    return removed


#: Stands where the text of a letter was.
GONE = "–"
