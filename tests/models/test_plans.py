"""A plan that is done is a fact: no road leads to changing it."""

import pytest
from django.utils import timezone

from portfolio.models.plans import Plan, PlanFrame, PlanHeadline, PlanStatus, Sealed
from tests.models.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    cast = make_cast()
    made = Plan.objects.create(
        scenario=cast.scenario,
        digest="d",
        engine_version="1",
        created_at=timezone.now(),
        status=PlanStatus.DONE,
    )
    PlanHeadline.objects.create(plan=made, name="team_fte", value=1)
    PlanFrame.objects.create(plan=made, name="cost", blob=b"x")
    return made


def test_a_queued_plan_can_still_change():
    plan = make_cast().plan
    plan.status = PlanStatus.DONE
    plan.save()

    assert Plan.objects.get(pk=plan.pk).status == PlanStatus.DONE


def test_a_plan_that_is_done_is_not_saved_again(plan):
    plan.digest = "other"

    with pytest.raises(Sealed):
        plan.save()


def test_a_plan_that_is_done_is_not_updated_in_bulk(plan):
    with pytest.raises(Sealed):
        Plan.objects.update(release="2")
    with pytest.raises(Sealed):
        Plan.objects.bulk_update([plan], ["release"])


@pytest.mark.parametrize("part", [PlanHeadline, PlanFrame])
def test_its_figures_are_written_once(plan, part):
    row = part.objects.get(plan=plan)

    with pytest.raises(Sealed):
        row.save()
    with pytest.raises(Sealed):
        part.objects.update(name="other")
    row.name = "other"
    with pytest.raises(Sealed):
        part.objects.bulk_update([row], ["name"])


def test_whoever_made_it_may_leave(plan):
    cast_user = plan.scenario.center.memberships.model.user.field.related_model.objects.create(
        username="leaver"
    )
    Plan.objects.filter(status=PlanStatus.QUEUED).update(created_by=cast_user)

    cast_user.delete()

    assert Plan.objects.filter(status=PlanStatus.QUEUED, created_by=None).exists()
