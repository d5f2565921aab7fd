"""The fictional region and the people who show it."""

from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from portfolio.actions.participants import confirm_participant
from portfolio.actions.plans import compute_center
from portfolio.actions.reference import link_templates, load_reference
from portfolio.frames.files import read_folder, read_persons
from portfolio.frames.hr_files import load_hr_folder
from portfolio.frames.staff import write_persons
from portfolio.frames.write import Absent, new_center, write_center
from portfolio.models.center import Center, Membership, MembershipRole, Participant
from portfolio.models.plans import Plan

#: Names the demo region in addresses, and tells it from a real center.
KEY = "demo"
PASSWORD = "regiekompas-demo"  # public on purpose: the demo serves one machine
STAFF_ROLES = {
    "directeur": MembershipRole.DIRECTOR,
    "controller": MembershipRole.CONTROLLER,
    "hr": MembershipRole.HR,
}
ADMIN = "beheer"


class NotADemo(Exception):
    """This database is in use by others, and the demo's passwords are public."""


@dataclass(frozen=True)
class Login:
    """Who may sign in to the demo, and as what."""

    username: str
    role: str


@dataclass(frozen=True)
class Demo:
    """What there is to show."""

    center: Center
    plans: list[Plan]
    logins: list[Login]


def load_demo(*, fixtures: Path, reset: bool = False) -> Demo:
    """The demo region with its users and plans, made once; later runs keep what was changed unless ``reset``."""
    User = get_user_model()
    center = Center.objects.filter(key=KEY).first()
    if center is None and User.objects.exists():
        raise NotADemo
    load_reference(folder=fixtures / "reference")
    if center is None or reset:
        center = _load_region(fixtures / "demo", center)
    logins = _load_users(center)
    plans = compute_center(center=center, user=User.objects.get(username="directeur"))
    _confirm_first(center)
    return Demo(center, plans, logins)


@transaction.atomic
def _load_region(folder: Path, center: Center | None) -> Center:
    inputs, now = read_folder(folder), timezone.now()
    if center is None:
        center = new_center(inputs, user=None, at=now)
        center.key = KEY
        center.save(update_fields=["key"])
    else:
        write_persons(center, [], user=None, at=now)
        write_center(center, inputs, user=None, at=now, absent=Absent.DELETE)
    write_persons(center, read_persons(folder / "staff.csv"), user=None, at=now)
    load_hr_folder(center, folder)
    link_templates(center=center)
    return center


@transaction.atomic
def _load_users(center: Center) -> list[Login]:
    """Users that are missing are made; one slow hash serves them all."""
    User = get_user_model()
    reviewers = {
        f"raadpleger-{participant.code.lower()}": participant
        for participant in Participant.objects.filter(center=center).order_by("code")
    }
    names = [*STAFF_ROLES, *reviewers, ADMIN]
    missing = sorted(
        set(names) - set(User.objects.filter(username__in=names).values_list("username", flat=True))
    )
    if missing:
        password = make_password(PASSWORD)
        User.objects.bulk_create(
            User(username=name, password=password, is_staff=name == ADMIN, is_superuser=name == ADMIN)
            for name in missing
        )
    users = User.objects.in_bulk(names, field_name="username")
    member = set(Membership.objects.filter(center=center).values_list("user__username", flat=True))
    for name in names:
        if name in member or name == ADMIN:
            continue
        role = STAFF_ROLES.get(name, MembershipRole.REVIEWER)
        Membership.objects.create(user=users[name], center=center, role=role, participant=reviewers.get(name))
    roles = {name: str(role.label) for name, role in STAFF_ROLES.items()}
    roles |= {
        name: f"{MembershipRole.REVIEWER.label}: {participant}" for name, participant in reviewers.items()
    }
    return [Login(name, roles.get(name, "Django admin")) for name in names]


def _confirm_first(center: Center) -> None:
    """One participant has confirmed its figures, so that the page shows what that looks like."""
    first = Membership.objects.filter(center=center, role=MembershipRole.REVIEWER, participant__seal=None)
    if not Participant.objects.filter(center=center, seal__isnull=False).exists():
        membership = first.select_related("user", "participant__center").order_by("participant__code").first()
        if membership is not None and membership.participant is not None:
            confirm_participant(participant=membership.participant, user=membership.user)
