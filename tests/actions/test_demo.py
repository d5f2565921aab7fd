"""The demo: from nothing to a region with plans and people, and quick the second time."""

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

from portfolio.access import may, membership_of
from portfolio.actions.demo import PASSWORD
from portfolio.models.catalogue import Service
from portfolio.models.center import Center, Membership, Participant
from portfolio.models.plans import Plan, PlanStatus
from portfolio.models.reference import DriverTemplate, RoleTemplate, SalaryTable, ServiceTemplate

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(capsys):
    def run(**options) -> str:
        call_command("demo", **options)
        return capsys.readouterr().out

    return run


def test_the_demo_loads_a_region_with_plans_and_logins(said):
    out = said()

    center = Center.objects.get()
    assert center.scenarios.filter(current_plan__status=PlanStatus.DONE).count() == 3
    assert center.staff.count() == 60
    director = authenticate(username="directeur", password=PASSWORD)
    assert may(membership_of(director, center), "edit_decisions")
    reviewer = membership_of(authenticate(username="raadpleger-oev", password=PASSWORD), center)
    assert reviewer.participant.code == "OEV"
    assert Membership.objects.filter(role="reviewer").count() == Participant.objects.count() == 9
    for name in ("directeur", "controller", "hr", "raadpleger-oev", "beheer", PASSWORD):
        assert name in out


def test_the_second_time_nothing_is_made_and_edits_stay(said, django_assert_max_num_queries):
    said()
    Service.objects.filter(code="DESK").update(name="Helpdesk")
    users, plans = get_user_model().objects.count(), Plan.objects.count()

    with django_assert_max_num_queries(60):
        said()

    assert (get_user_model().objects.count(), Center.objects.count()) == (users, 1)
    assert Service.objects.get(code="DESK").name == "Helpdesk"
    assert Plan.objects.count() == plans + 3  # the name is part of the inputs


def test_reset_puts_the_region_back(said):
    said()
    Service.objects.filter(code="DESK").update(name="Helpdesk")
    plans = Plan.objects.count()

    said(reset=True)

    assert Service.objects.get(code="DESK").name != "Helpdesk"
    assert Plan.objects.count() == plans


def test_a_database_in_use_is_refused(said):
    get_user_model().objects.create(username="a real one")

    with pytest.raises(CommandError):
        said()
    assert not Center.objects.exists()


def test_the_reference_data_is_well_formed_and_tied_to_the_services(said):
    said()

    for template in ServiceTemplate.objects.all():
        template.full_clean()
        assert {row["role"] for row in template.role_mix} <= set(
            RoleTemplate.objects.values_list("code", flat=True)
        )
        known = set(DriverTemplate.objects.values_list("code", flat=True))
        assert {row["driver"] for row in template.sizing} <= known
        assert set(template.depends_on) <= set(ServiceTemplate.objects.values_list("code", flat=True))
    assert SalaryTable.objects.exists()
    assert Service.objects.exclude(template=None).exists()


def test_the_reference_command_changes_nothing_the_second_time(capsys):
    call_command("load_reference")
    call_command("load_reference")

    assert capsys.readouterr().out.splitlines()[-1].startswith("0 ")
