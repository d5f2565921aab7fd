"""Staff over time on its page: figures for who plans, who leaves for HR alone, and lines in and out of a plan."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from portfolio.frames.staff import write_persons
from portfolio.models.scenarios import Line
from portfolio.models.social_plan import SocialPlan
from tests.views.placement.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def staffed(cast):
    people = [person("11"), person("12", until=datetime.date(2027, 8, 31)), person("13", service="WERK")]
    write_persons(cast.center, people, user=cast.hr, at=timezone.now())
    SocialPlan.objects.create(center=cast.center, hire_cost=250_000)
    return cast


def address(cast):
    return cast.url("staff_flow", scenario="regie")


@pytest.mark.parametrize("who", ["director", "controller", "hr"])
def test_who_plans_sees_the_gap_and_its_cost(staffed, client_of, who):
    page = client_of(getattr(staffed, who)).get(address(staffed))
    assert page.status_code == 200
    assert page.context["worst"].fte == max(row.worst.fte for row in page.context["rows"] if row.worst)
    total = page.context["total"]
    assert total.total == pytest.approx(sum(row.total for row in page.context["costs"]))
    assert total.total == pytest.approx(sum(total.years))
    assert len(page.context["chart"].rows) == 12 * staffed.center.years
    assert page.context["sees_leavers"] is (who == "hr")
    assert bool(page.context["leavers"]) is (who == "hr")


def test_another_role_can_be_chosen_and_nonsense_is_the_first(staffed, client_of):
    client = client_of(staffed.director)
    assert client.get(address(staffed), {"role": "SUP"}).context["role"] == "SUP"
    assert (
        client.get(address(staffed), {"role": "x"}).context["role"]
        == client.get(address(staffed)).context["role"]
    )


def test_a_stranger_and_a_reviewer_see_nothing(staffed, client_of):
    assert client_of(staffed.stranger).get(address(staffed)).status_code == 404
    assert client_of(staffed.reviewer).get(address(staffed)).status_code == 403


def test_without_people_it_says_what_to_do(cast, client_of):
    page = client_of(cast.director).get(address(cast))
    assert page.status_code == 200
    assert not page.context["rows"]


def take(client, cast, **data):
    return client.post(cast.url("take_over_costs", scenario="regie"), data, follow=True)


def test_the_cost_goes_into_the_plan_once_and_out_again(staffed, client_of):
    client = client_of(staffed.controller)
    before = set(Line.objects.values_list("code", flat=True))
    total = client.get(address(staffed)).context["total"].total
    take(client, staffed, payer="equal")
    lines = Line.objects.exclude(code__in=before)
    assert sum(line.amount for line in lines) == Decimal(str(round(total, 2)))
    assert {(line.payer_key, line.scenario) for line in lines} == {("equal", staffed.scenario)}
    assert all(line.source for line in lines)
    number = lines.count()
    take(client, staffed, payer="A")
    assert Line.objects.exclude(code__in=before).count() == number
    assert set(Line.objects.exclude(code__in=before).values_list("payer_key", flat=True)) == {"A"}
    take(client, staffed, out="1")
    assert set(Line.objects.values_list("code", flat=True)) == before


@pytest.mark.parametrize("payer", ["", "niemand"])
def test_a_line_has_a_payer(staffed, client_of, payer):
    before = Line.objects.count()
    take(client_of(staffed.controller), staffed, payer=payer)
    assert Line.objects.count() == before


@pytest.mark.parametrize("who", ["director", "hr", "reviewer", "stranger"])
def test_lines_are_for_the_controller(staffed, client_of, who):
    before = Line.objects.count()
    assert take(client_of(getattr(staffed, who)), staffed, payer="equal").status_code in (403, 404)
    assert Line.objects.count() == before


def test_a_get_where_a_post_is_meant_is_refused(staffed, client_of):
    assert (
        client_of(staffed.controller).get(staffed.url("take_over_costs", scenario="regie")).status_code == 405
    )
