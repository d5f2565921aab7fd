"""Computing a plan: once for the same inputs, outside any transaction, never silently different."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from portfolio.actions import plans
from portfolio.actions.plans import compute_center, compute_plan, is_behind
from portfolio.engine import pipeline
from portfolio.engine.findings import Refused, error
from portfolio.frames.files import read_folder
from portfolio.frames.read import read_scenario
from portfolio.frames.store import load_frame, load_headlines, unpack_findings
from portfolio.frames.write import new_center
from portfolio.models.catalogue import RoleMix, Service
from portfolio.models.plans import Plan, PlanFrame, PlanStatus
from portfolio.models.scenarios import Scenario

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, tzinfo=UTC)
DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"


@pytest.fixture
def user():
    return get_user_model().objects.create(username="director")


@pytest.fixture
def scenario():
    center = new_center(read_folder(DEMO), user=None, at=AT)
    return Scenario.objects.select_related("center").get(center=center, code="regie")


def change(scenario, fixed_fte=1):
    Service.objects.filter(center=scenario.center, code="DESK").update(fixed_fte=fixed_fte)


def test_a_plan_carries_its_figures_and_its_maker(scenario, user):
    plan = compute_plan(scenario=scenario, user=user)

    inputs = read_scenario(scenario)
    expected = pipeline.compute(inputs)
    assert (plan.status, plan.created_by, plan.engine_version) == (
        PlanStatus.DONE,
        user,
        pipeline.ENGINE_VERSION,
    )
    assert plan.digest == inputs.digest
    pd.testing.assert_frame_equal(load_frame(plan, "fte_allocation"), expected["fte_allocation"])
    assert load_headlines(plan)["team_fte"] == pytest.approx(expected.headlines["team_fte"])
    assert {finding.code for finding in expected.findings} <= {f.code for f in unpack_findings(plan.findings)}
    assert plan.seconds >= 0


def test_it_becomes_the_current_plan_of_its_scenario(scenario, user):
    plan = compute_plan(scenario=scenario, user=user)

    assert scenario.current_plan == plan
    assert Scenario.objects.get(pk=scenario.pk).current_plan == plan


def test_the_same_inputs_are_computed_once(scenario, user, monkeypatch):
    first = compute_plan(scenario=scenario, user=user)
    monkeypatch.setattr(pipeline, "compute", lambda inputs, **_options: pytest.fail("computed again"))

    assert compute_plan(scenario=scenario, user=user) == first
    assert Plan.objects.count() == 1


def test_a_changed_input_puts_a_plan_behind_and_leaves_its_figures(scenario, user):
    plan = compute_plan(scenario=scenario, user=user)
    before = bytes(PlanFrame.objects.get(plan=plan, name="team_fte").blob)
    assert not is_behind(plan, read_scenario(scenario))

    change(scenario)

    assert is_behind(plan, read_scenario(scenario))
    assert bytes(PlanFrame.objects.get(plan=plan, name="team_fte").blob) == before


def test_no_plan_or_one_of_an_older_engine_is_behind(scenario, user, monkeypatch):
    plan = compute_plan(scenario=scenario, user=user)
    monkeypatch.setattr(pipeline, "ENGINE_VERSION", "next")

    assert is_behind(None, read_scenario(scenario))
    assert is_behind(plan, read_scenario(scenario))
    assert compute_plan(scenario=scenario, user=user) != plan


def test_going_back_makes_the_old_plan_current_again(scenario, user):
    first = compute_plan(scenario=scenario, user=user)
    fixed_fte = Service.objects.get(center=scenario.center, code="DESK").fixed_fte
    change(scenario)
    second = compute_plan(scenario=scenario, user=user)
    change(scenario, fixed_fte)

    assert second != first
    assert compute_plan(scenario=scenario, user=user) == first
    assert Scenario.objects.get(pk=scenario.pk).current_plan == first


def test_refused_inputs_say_why_and_leave_the_current_plan(scenario, user):
    done = compute_plan(scenario=scenario, user=user)
    RoleMix.objects.filter(service__center=scenario.center, service__code="DESK").delete()

    refused = compute_plan(scenario=scenario, user=user)

    assert refused.status == PlanStatus.REFUSED
    assert [f.code for f in unpack_findings(refused.findings) if f.level == "error"] == ["no_role_mix"]
    assert not refused.frames.exists()
    assert Scenario.objects.get(pk=scenario.pk).current_plan == done
    assert compute_plan(scenario=scenario, user=user) == refused


def test_what_the_computation_refuses_is_told_too(scenario, user, monkeypatch):
    def refuse(inputs, **_options):
        raise Refused([error("locks_above_team", "uptake", service="NET", locked=2, team=1, month="2027-01")])

    monkeypatch.setattr(pipeline, "compute", refuse)

    assert compute_plan(scenario=scenario, user=user).findings[0]["code"] == "locks_above_team"


def test_of_two_at_once_one_plan_is_kept(scenario, user, monkeypatch):
    real, rivals = pipeline.compute, []

    def compute_twice(inputs, **options):
        if not rivals:
            rivals.append(None)
            rivals.append(compute_plan(scenario=Scenario.objects.get(pk=scenario.pk), user=None))
        return real(inputs, **options)

    monkeypatch.setattr(pipeline, "compute", compute_twice)

    assert compute_plan(scenario=scenario, user=user) == rivals[1]
    assert Plan.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_computation_holds_no_transaction(scenario, user, monkeypatch):
    real, seen = pipeline.compute, []

    def watch(inputs, **options):
        seen.append(connection.in_atomic_block)
        return real(inputs, **options)

    monkeypatch.setattr(pipeline, "compute", watch)
    compute_plan(scenario=scenario, user=user)

    assert seen == [False]


def test_a_whole_center_is_read_once(scenario, user, monkeypatch):
    real, calls = plans.read_center, []
    monkeypatch.setattr(plans, "read_center", lambda center: calls.append(center) or real(center))

    made = compute_center(center=scenario.center, user=user)

    assert [plan.status for plan in made] == [PlanStatus.DONE] * 3
    assert len(calls) == 1


def test_a_stored_plan_costs_few_queries(scenario, user, django_assert_max_num_queries):
    compute_plan(scenario=scenario, user=user)

    with django_assert_max_num_queries(20):
        compute_plan(scenario=scenario, user=user)
