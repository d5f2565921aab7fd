"""The corridor to personal data: counts for everyone who may plan, persons for the HR officer alone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
from auditlog.context import disable_auditlog
from django.db import transaction

from portfolio.frames import history
from portfolio.frames.mapping import stored_decimal
from portfolio.models.catalogue import Role, Service
from portfolio.models.center import Center, Participant
from portfolio.models.staff import Employer, PersonName, StaffMember, masked


@dataclass(frozen=True)
class Person:
    """One row of the HR workbook. ``employer``: center, external, or a participant's code."""

    number: str
    role: str
    fte: float
    employer: str = "center"
    scale: str = ""
    born: date | None = None
    employed_since: date | None = None
    until: date | None = None
    service: str = ""
    name: str = ""


def read_counts(center: Center) -> pd.DataFrame:
    """Persons and FTE per role, service and employer: no more than a director may know."""
    found = StaffMember.objects.filter(center=center).order_by()
    cells = found.values_list("role__code", "service__code", "employer", "fte")
    counted: dict[tuple[str, str, str], tuple[int, Decimal]] = {}
    for role, service, employer, fte in cells:
        persons, total = counted.get((role, service or "", employer), (0, Decimal(0)))
        # Added up here, since SQLite would add decimals as floats.
        counted[(role, service or "", employer)] = (persons + 1, total + fte)
    rows = [(*key, persons, float(total)) for key, (persons, total) in sorted(counted.items())]
    return pd.DataFrame(rows, columns=["role", "service", "employer", "persons", "fte"])


def read_persons(center: Center) -> list[Person]:
    """Everybody, with names. Only a page that asked ``may(membership, "see_staff")`` calls this."""
    found = StaffMember.objects.filter(center=center).order_by("number").values_list(
        "number", "role__code", "fte", "employer", "scale", "born", "employed_since", "until", "service__code",
        "person_name__name", "participant__code",
    )  # fmt: skip
    return [
        Person(
            number,
            role,
            float(fte),
            participant or employer,
            scale,
            born,
            since,
            until,
            service or "",
            name or "",
        )
        for number, role, fte, employer, scale, born, since, until, service, name, participant in found
    ]


def write_persons(center: Center, persons: Iterable[Person], *, user: Any, at: datetime) -> None:
    """Make the staff of a center these persons, all or nothing. The history says who changed, not what."""
    incoming = {person.number: _kept(person) for person in persons}
    with transaction.atomic(), disable_auditlog():
        standing = {person.number: person for person in read_persons(center)}
        pks = dict(StaffMember.objects.filter(center=center).values_list("number", "pk"))
        gone = standing.keys() - incoming.keys()
        new = [number for number in incoming if number not in standing]
        changed = [
            number for number in incoming if number in standing and incoming[number] != standing[number]
        ]
        noted = [history.deleted(StaffMember, pks[number], (number,), {}) for number in sorted(gone)]
        StaffMember.objects.filter(pk__in=[pks[number] for number in gone]).delete()

        rows = _rows(center, [incoming[number] for number in [*new, *changed]], pks)
        StaffMember.objects.bulk_create([rows[number] for number in new])
        StaffMember.objects.bulk_create(
            [rows[number] for number in changed],
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=FIELDS,
        )
        pks |= {number: rows[number].pk for number in new}
        _write_names(pks, {number: incoming[number].name for number in [*new, *changed]})
        noted += [
            history.created(StaffMember, pks[number], (number,), {"fte": incoming[number].fte})
            for number in new
        ]
        noted += [
            history.changed(
                StaffMember, pks[number], (number,), _differing(standing[number], incoming[number])
            )
            for number in changed
        ]
        history.write(noted, center=center, user=user, at=at)


FIELDS = ["role", "fte", "employer", "participant", "scale", "born", "employed_since", "until", "service"]


def _kept(person: Person) -> Person:
    return replace(person, fte=float(stored_decimal(person.fte, 12)))


def _rows(center: Center, persons: list[Person], pks: dict[str, int]) -> dict[str, StaffMember]:
    codes = {
        model: dict(model._default_manager.filter(center=center).values_list("code", "pk"))
        for model in (Role, Service, Participant)
    }
    rows = {}
    for person in persons:
        of_participant = person.employer not in (Employer.CENTER, Employer.EXTERNAL)
        rows[person.number] = StaffMember(
            pk=pks.get(person.number),
            center=center,
            number=person.number,
            role_id=codes[Role][person.role],
            fte=stored_decimal(person.fte, 12),
            employer=Employer.PARTICIPANT if of_participant else person.employer,
            participant_id=codes[Participant][person.employer] if of_participant else None,
            scale=person.scale,
            born=person.born,
            employed_since=person.employed_since,
            until=person.until,
            service_id=codes[Service][person.service] if person.service else None,
        )
    return rows


def _write_names(pks: dict[str, int], names: dict[str, str]) -> None:
    PersonName.objects.filter(pk__in=[pks[number] for number in names]).delete()
    PersonName.objects.bulk_create(
        PersonName(pk=pks[number], name=name) for number, name in names.items() if name
    )


def _differing(old: Person, new: Person) -> dict[str, tuple[Any, Any]]:
    """What changed; personal data masked as the history of a single save masks it."""
    plain = {"role", "fte", "employer", "service"}
    pairs = {field: (getattr(old, field), getattr(new, field)) for field in old.__dataclass_fields__}
    return {
        field: (before, after) if field in plain else (masked(str(before)), masked(str(after)))
        for field, (before, after) in pairs.items()
        if before != after
    }
