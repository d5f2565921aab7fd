"""What HR says before anybody is placed: a lock to a post, a choice between equals. Advice until a person decides."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from portfolio.models.careers import Agreement
from portfolio.models.catalogue import Role, RoleMix, Service
from portfolio.models.center import Center
from portfolio.models.placement import TieChoice
from portfolio.models.scenarios import Scenario
from portfolio.models.staff import StaffMember


class NoSuchPost(Exception):
    """The team of this service has no such function, or nobody has this number."""


@transaction.atomic
def lock_person(*, center: Center, number: str, service: str, role: str, reason: str = "") -> Agreement:
    """Lock somebody to one post. An earlier lock gives way, unless the person may be split over two posts."""
    person, post = _found(center, number, service, role)
    own = Agreement.objects.select_for_update(of=("self",)).filter(staff_member=person)
    if not own.filter(may_split=True).exists():
        for other in own.filter(is_locked=True).exclude(**post):
            _let_go(other)
    agreement = own.filter(**post).first() or Agreement(staff_member=person, accepts=False, **post)
    agreement.is_locked = True
    agreement.reason = reason or agreement.reason
    agreement.full_clean()
    agreement.save()
    return agreement


@transaction.atomic
def unlock_person(*, center: Center, number: str) -> int:
    """Let go of every lock of somebody; gives how many there were."""
    held = Agreement.objects.select_for_update(of=("self",)).filter(
        staff_member__center=center, staff_member__number=number, is_locked=True
    )
    locks = list(held)
    for lock in locks:
        _let_go(lock)
    return len(locks)


def _let_go(agreement: Agreement) -> None:
    """A row that was there for the lock alone goes; what else was agreed stays."""
    if agreement.accepts or agreement.may_split:
        agreement.is_locked = False
        agreement.save()
    else:
        agreement.delete()


def _found(center: Center, number: str, service: str, role: str) -> tuple[StaffMember, dict[str, Any]]:
    person = StaffMember.objects.select_for_update().filter(center=center, number=number).first()
    team = RoleMix.objects.filter(service__center=center, service__code=service, role__code=role, share__gt=0)
    if person is None or not team.exists():
        raise NoSuchPost
    return person, {
        "role": Role.objects.get(center=center, code=role),
        "service": Service.objects.get(center=center, code=service),
    }


@transaction.atomic
def choose_in_tie(
    *,
    scenario: Scenario,
    between: Collection[str],
    chosen: Collection[str],
    reason: str,
    user: Any,
    at: datetime,
) -> None:
    """HR's choice between people whom reflection leaves equal: who goes first, and why.

    It takes the place of an earlier one; with nobody chosen that is let go. Numbers of persons; raises `NoSuchPost`
    for one who is not there.
    """
    people = {
        person.number: person
        for person in StaffMember.objects.select_for_update(of=("self",)).filter(
            center=scenario.center_id, number__in=[*between, *chosen]
        )
    }
    if not set(chosen) <= set(between) or not set(between) <= people.keys():
        raise NoSuchPost
    TieChoice.objects.filter(scenario=scenario, staff_member__in=people.values()).delete()
    for number in sorted(chosen):
        choice = TieChoice(
            scenario=scenario, staff_member=people[number], reason=reason, made_at=at, made_by=user
        )
        choice.full_clean()
        choice.save()
