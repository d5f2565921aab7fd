"""Reflection by age band: for HR alone, with who leaves first, the bands, who is designated, and ties left to HR."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portfolio.frames.staff import write_persons
from portfolio.models.placement import TieChoice
from tests.views.placement.people import person

pytestmark = pytest.mark.django_db


def since(year):
    return {"employed_since": datetime.date(year, 1, 1)}


@pytest.fixture
def crowded(cast):
    """Twelve supporters for fewer posts: two in the forties leave one by service, two of the twenties are equal."""
    people = [person(str(number), **since(2000 + number)) for number in range(10, 18)]
    people += [person("30", born=datetime.date(2000, 1, 1), **since(2020)),
               person("31", born=datetime.date(2000, 2, 1), **since(2020)),
               person("40", employer="external"),
               person("41", until=datetime.date(2027, 3, 1))]  # fmt: skip
    write_persons(cast.center, people, user=cast.hr, at=timezone.now())
    return cast


def address(cast):
    return cast.url("reflection", scenario="regie")


def test_a_group_larger_than_its_posts_is_divided_over_the_bands(crowded, client_of):
    page = client_of(crowded.hr).get(address(crowded))
    assert page.status_code == 200
    [group] = page.context["groups"]
    assert group.old == group.new == "Supportmedewerker"
    assert group.persons == 10
    assert group.fte - group.room == pytest.approx(group.too_many)
    assert group.in_bands.leaving == len(group.designated) == page.context["designated"]
    assert group.in_bands.quota == pytest.approx(group.in_bands.leaving)
    assert [one.order for one in group.designated] == list(range(1, len(group.designated) + 1))
    assert group.fte - len(group.designated) <= group.room  # each of them has 1 FTE


def test_who_leaves_by_themselves_stands_first_and_is_in_no_group(crowded, client_of):
    page = client_of(crowded.hr).get(address(crowded))
    assert [one.number for one in page.context["leavers"]] == ["41", "40"]
    assert [one.at for one in page.context["leavers"]] == [datetime.date(2027, 3, 1), None]
    assert page.context["leaving_fte"] == 2
    assert not {"40", "41"} & {one.number for one in page.context["groups"][0].designated}


def test_equal_service_is_told_with_its_outcomes(crowded, client_of):
    page = client_of(crowded.hr).get(address(crowded))
    [tie] = page.context["groups"][0].ties
    assert tie.outcomes == ("Persoon 30 (30)", "Persoon 31 (31)")
    assert "HR gives the reason" in page.content.decode()


def test_a_date_that_is_missing_designates_nobody_and_is_named(crowded, client_of):
    write_persons(
        crowded.center, [person(str(number), born=None) for number in range(10, 18)], user=crowded.hr, at=timezone.now()
    )  # fmt: skip
    page = client_of(crowded.hr).get(address(crowded))
    [group] = page.context["groups"]
    assert not group.designated
    assert len(group.missing) == 8
    assert page.context["designated"] == 0


def test_room_for_everybody_designates_nobody(cast, client_of):
    write_persons(cast.center, [person("11")], user=cast.hr, at=timezone.now())
    page = client_of(cast.hr).get(address(cast))
    assert page.context["groups"] == []
    assert "No group of exchangeable functions is larger than its posts." in page.content.decode()


def test_nobody_on_record_is_a_page_too(cast, client_of):
    assert client_of(cast.hr).get(address(cast)).status_code == 200


def test_a_pension_date_says_how_sure_it_is(cast, client_of):
    people = [person("11", born=datetime.date(1960, 6, 1)), person("12", born=datetime.date(1950, 6, 1))]
    write_persons(cast.center, people, user=cast.hr, at=timezone.now())
    leavers = client_of(cast.hr).get(address(cast)).context["leavers"]
    assert [(one.number, str(one.sureness)[:8]) for one in leavers] == [
        ("12", "not sure"),
        ("11", "sure: pu"),
    ]


def test_a_stranger_finds_nothing(crowded, client_of):
    assert client_of(crowded.stranger).get(address(crowded)).status_code == 404


@pytest.mark.parametrize("who", ["director", "controller", "reviewer"])
def test_it_is_for_hr_alone(crowded, client_of, who):
    assert client_of(getattr(crowded, who)).get(address(crowded)).status_code == 403


def test_it_changes_nothing_so_it_takes_no_post(crowded, client_of):
    assert client_of(crowded.hr).post(address(crowded)).status_code == 405


def test_the_same_people_give_the_same_page(crowded, client_of):
    client = client_of(crowded.hr)
    pages = [client.get(address(crowded)).context["groups"] for _again in range(2)]
    assert pages[0] == pages[1]


def test_more_people_ask_no_more_queries(crowded, client_of):
    client = client_of(crowded.hr)
    client.get(address(crowded))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(crowded)).status_code == 200
        return len(captured)

    before = queries()
    more = [person(str(number), fte=0.5) for number in range(100, 140)]
    write_persons(crowded.center, more, user=crowded.hr, at=timezone.now())
    client.get(address(crowded))  # that somebody saw the longer list is noted once
    assert queries() == before <= 40


def choose(client, cast, *chosen, between=("30", "31"), reason="Zorgt voor een zieke ouder", places="1"):
    data = {"between": between, "chosen": chosen, "reason": reason, "places": places}
    return client.post(cast.url("choose_in_tie", scenario="regie"), data, follow=True)


def test_hr_s_choice_between_equals_is_taken_with_its_reason_and_can_be_let_go(crowded, client_of):
    client = client_of(crowded.hr)
    assert "30" in {one.number for one in client.get(address(crowded)).context["groups"][0].designated}
    page = choose(client, crowded, "31")
    [group] = page.context["groups"]
    numbers = {one.number for one in group.designated}
    assert "31" in numbers
    assert "30" not in numbers
    [tie] = group.ties
    assert tie.outcomes[0] == "Persoon 31 (31)"
    assert tie.made.reason == "Zorgt voor een zieke ouder"
    assert tie.made.by == str(crowded.hr)
    again = choose(client, crowded, "30").context["groups"][0]
    assert again.ties[0].made.persons == "Persoon 30 (30)"
    assert TieChoice.objects.count() == 1
    back = choose(client, crowded).context["groups"][0]
    assert back.ties[0].made is None
    assert not TieChoice.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"reason": " "}, {"places": "2"}, {"between": ("30",)}, {"between": ("30", "31", "999")}]
)
def test_a_choice_that_is_none_changes_nothing(crowded, client_of, wrong):
    choose(client_of(crowded.hr), crowded, "31", **wrong)
    assert not TieChoice.objects.exists()


def test_a_choice_is_for_hr_and_for_one_scenario(crowded, client_of):
    for who, status in (("director", 403), ("controller", 403), ("reviewer", 403), ("stranger", 404)):
        assert choose(client_of(getattr(crowded, who)), crowded, "31").status_code == status
    assert not TieChoice.objects.exists()
