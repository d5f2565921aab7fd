"""The map of competences: exact for HR, nothing of fewer than five persons for a director, no person for anybody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portfolio.frames.staff import write_persons
from portfolio.models.careers import PersonCompetence
from portfolio.models.catalogue import Role
from portfolio.models.functions import FunctionChange, RoleCompetence
from portfolio.models.staff import StaffMember
from tests.views.placement.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def skilled(cast):
    """Supporters ask C.1 at 2: two have it, one has it at 1, of one nothing is known. The CISO post asks D.1."""
    people = [person(str(number), fte=0.5) for number in (11, 12, 13, 14)]
    write_persons(cast.center, people, user=cast.hr, at=timezone.now())
    role = {row.code: row for row in Role.objects.filter(center=cast.center)}
    RoleCompetence.objects.create(role=role["SUP"], competence="C.1", level=2)
    RoleCompetence.objects.create(role=role["CISO"], competence="D.1", level=4)
    knows(cast, {"11": 3, "12": 2, "13": 1})
    return cast


def knows(cast, levels):
    for number, level in levels.items():
        member = StaffMember.objects.get(center=cast.center, number=number)
        PersonCompetence.objects.create(staff_member=member, competence="C.1", level=level)


def cell(page, competence, function):
    found = page.context["found"]
    at = [name for name, _needed in found.functions].index(function)
    return next(row for row in found.rows if row.code == competence).cells[at]


def test_hr_sees_level_present_gap_and_the_training_of_the_nearest(skilled, client_of):
    page = client_of(skilled.hr).get(skilled.url("competences"))
    assert page.status_code == 200
    helpers = cell(page, "C.1", "Supportmedewerker")
    assert (helpers.level, helpers.present) == (2, "2")
    assert int(helpers.gap) == helpers.needed - 2
    assert helpers.months == 3  # one level of the one who comes nearest
    assert helpers.nobody == helpers.needed - 3
    assert cell(page, "C.1", "CISO") is None
    assert str(page.context["found"].rows[0].name) == "User support"


def test_a_post_that_nobody_may_have_is_to_be_found(skilled, client_of):
    page = client_of(skilled.hr).get(skilled.url("competences"))
    ciso = cell(page, "D.1", "CISO")
    assert (ciso.present, ciso.needed, ciso.nobody) == ("0", 2, 2)


@pytest.mark.parametrize("who", ["director", "controller"])
def test_few_persons_are_not_told_to_a_director(skilled, client_of, who):
    page = client_of(getattr(skilled, who)).get(skilled.url("competences"))
    helpers = cell(page, "C.1", "Supportmedewerker")
    assert (helpers.present, helpers.gap, helpers.months, helpers.nobody, helpers.tone) == (
        "<5",
        "",
        None,
        0,
        "",
    )
    total = next(row for row in page.context["found"].rows if row.code == "C.1").gap
    assert not total.isdecimal()
    assert "Persoon" not in page.content.decode()


def test_a_director_sees_five_and_never_four(skilled, client_of):
    people = [person(str(number), fte=0.25) for number in range(20, 29)]
    write_persons(skilled.center, people, user=skilled.hr, at=timezone.now())
    client = client_of(skilled.director)
    knows(skilled, dict.fromkeys(("20", "21", "22", "23"), 2))
    four = cell(client.get(skilled.url("competences")), "C.1", "Supportmedewerker")
    assert (four.present, four.months, four.nobody) == ("<5", None, 0)
    # Where fewer than five are needed, a word would say how many have it.
    assert four.gap == ("short" if four.needed >= 5 else "")
    knows(skilled, {"24": 2})
    five = cell(client.get(skilled.url("competences")), "C.1", "Supportmedewerker")
    assert (five.present, five.months) == ("5", None)


def test_a_function_within_reach_counts_too(skilled, client_of):
    role = {row.code: row for row in Role.objects.filter(center=skilled.center)}
    FunctionChange.objects.create(
        center=skilled.center,
        role=role["SUP"],
        new_role=role["CISO"],
        comparison="changed",
        training_months=6,
    )
    page = client_of(skilled.hr).get(skilled.url("competences"))
    ciso = cell(page, "D.1", "CISO")
    assert (ciso.present, ciso.nobody) == ("0", 0)
    assert ciso.months == 24  # two persons, four levels of three months each


def test_a_stranger_finds_nothing_and_a_reviewer_may_not(skilled, client_of):
    assert client_of(skilled.stranger).get(skilled.url("competences")).status_code == 404
    assert client_of(skilled.reviewer).get(skilled.url("competences")).status_code == 403


def test_it_takes_no_post(skilled, client_of):
    assert client_of(skilled.hr).post(skilled.url("competences")).status_code == 405


def test_nothing_on_record_says_what_to_do(cast, client_of):
    page = client_of(cast.director).get(cast.url("competences"))
    assert "No competences are known yet" in page.content.decode()


def test_more_people_ask_no_more_queries(skilled, client_of):
    client = client_of(skilled.hr)
    client.get(skilled.url("competences"))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(skilled.url("competences")).status_code == 200
        return len(captured)

    before = queries()
    more = [person(str(number), fte=0.5) for number in range(100, 140)]
    write_persons(skilled.center, more, user=skilled.hr, at=timezone.now())
    assert queries() == before <= 40
