"""Who may what: a director, a controller, an HR officer, a reviewer of one municipality, a stranger."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from portfolio import access
from portfolio.models.center import Center, Membership, Participant
from portfolio.models.plans import Plan
from portfolio.models.scenarios import Scenario
from tests.models.cast import make_cast

pytestmark = pytest.mark.django_db
ROLES = ("director", "controller", "hr", "reviewer")


@pytest.fixture
def people():
    User = get_user_model()
    cast = make_cast()
    village = Participant.objects.create(center=cast.center, code="DORP", name="Dorp")
    members = {
        role: Membership.objects.create(
            user=User.objects.create(username=role),
            center=cast.center,
            role=role,
            participant=cast.town if role == "reviewer" else None,
        )
        for role in ROLES
    }
    stranger = User.objects.create(username="stranger", is_superuser=True)
    return SimpleNamespace(cast=cast, village=village, stranger=stranger, **members)


@pytest.mark.parametrize(
    ("capability", "allowed"),
    [
        ("see_planning", {"director", "controller", "hr"}),
        ("see_staff", {"hr"}),
        ("see_staff_counts", {"director", "controller", "hr"}),
        ("edit_decisions", {"director"}),
        ("edit_center", {"director", "controller"}),
        ("test_leaving", {"director", "controller"}),
        ("see_sharing", {"director", "controller", "reviewer"}),
        ("see_all_shares", {"director", "controller"}),
        ("edit_figures", {"controller"}),
        ("edit_staff", {"hr"}),
        ("import_workbook", {"director", "controller"}),
        ("export_workbook", {"director", "controller", "hr"}),
        ("see_catalogue", set(ROLES)),
        ("weigh_own_options", {"director", "controller"}),  # a reviewer for the own participant alone
    ],
)
def test_a_role_may_what_the_table_says(people, capability, allowed):
    assert {role for role in ROLES if access.may(getattr(people, role), capability)} == allowed


def test_a_reviewer_sees_the_own_participant_only(people):
    reviewer = people.reviewer

    assert access.may(reviewer, "see_own_participant", people.cast.town)
    assert access.may(reviewer, "weigh_own_options", people.cast.town)
    assert not access.may(reviewer, "weigh_own_options", people.village)
    assert not access.may(reviewer, "see_own_participant", people.village)
    assert not access.may(reviewer, "see_own_participant")
    assert access.may(people.director, "see_own_participant", people.village)


def test_nobody_may_anything_at_another_center(people):
    elsewhere = make_cast("Elsewhere")

    assert access.membership_of(people.director.user, elsewhere.center) is None
    assert not access.may(people.director, "see_own_participant", elsewhere.town)


def test_a_stranger_may_nothing_even_as_superuser(people):
    membership = access.membership_of(people.stranger, people.cast.center)

    assert membership is None
    assert not any(access.may(membership, capability) for capability in access.PERMISSIONS)
    assert access.capabilities(membership) == frozenset()


@pytest.mark.parametrize("user", ["stranger", "anonymous", "inactive"])
def test_who_is_no_member_sees_no_center_scenario_or_plan(people, user):
    inactive = people.director.user
    inactive.is_active = False
    user = {"stranger": people.stranger, "anonymous": AnonymousUser(), "inactive": inactive}[user]

    assert access.membership_of(user, people.cast.center) is None
    assert not Center.objects.visible_to(user).exists()
    assert not Scenario.objects.visible_to(user).exists()
    assert not Plan.objects.visible_to(user).exists()


def test_a_member_sees_the_own_center_only(people):
    make_cast("Elsewhere")
    user = people.controller.user

    assert list(Center.objects.visible_to(user)) == [people.cast.center]
    assert list(Scenario.objects.visible_to(user)) == [people.cast.scenario]
    assert list(Plan.objects.visible_to(user)) == [people.cast.plan]


def test_an_unknown_capability_is_a_mistake(people):
    with pytest.raises(KeyError):
        access.may(people.director, "fly")


def test_a_menu_shows_what_a_role_may(people):
    assert "edit_decisions" in access.capabilities(people.director)
    assert "see_planning" not in access.capabilities(people.reviewer)
