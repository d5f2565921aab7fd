"""From was to wordt: counts for who plans, the board with names for HR alone, and a lock that holds."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portfolio.frames.hr import read_hr
from portfolio.frames.read import read_center
from portfolio.frames.staff import write_persons
from portfolio.frames.staffing import find_staffing
from portfolio.models.careers import Agreement, ContractPeriod
from portfolio.models.functions import FunctionChange
from portfolio.models.staff import StaffMember
from tests.views.placement.people import person

pytestmark = pytest.mark.django_db
PAGES = ["placement", "placement_board"]


@pytest.mark.parametrize("who", ["director", "controller", "hr"])
def test_who_plans_sees_counts(staffed, client_of, who):
    page = client_of(getattr(staffed, who)).get(staffed.url("placement", scenario="regie"))
    assert page.status_code == 200
    counts = page.context["counts"]
    assert counts.everybody == 5
    assert counts.placed + counts.not_placed + counts.outflow + counts.elsewhere == 5
    assert counts.outflow == 1
    assert sum(counts.grounds.values()) == counts.placed


@pytest.mark.parametrize("who", ["director", "controller"])
def test_no_person_shows_to_who_is_not_hr(staffed, client_of, who):
    text = client_of(getattr(staffed, who)).get(staffed.url("placement", scenario="regie")).content.decode()
    assert "Persoon" not in text
    assert not any(f">{number}<" in text for number in ("11", "12", "13", "14", "15"))


def test_small_groups_are_not_told_apart_for_a_director(staffed, client_of):
    address = staffed.url("placement", scenario="regie")
    director = client_of(staffed.director).get(address)
    assert not director.context["shows_grounds"]
    assert all(row[2] == "1 tot 4" or row[2] == "1 to 4" for row in director.context["chart"].rows)
    hr = client_of(staffed.hr).get(address)
    assert hr.context["shows_grounds"]
    assert sum(int(row[2]) for row in hr.context["chart"].rows) == 4


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_finds_nothing(staffed, client_of, name):
    address = staffed.url(name, scenario="regie")
    assert client_of(staffed.stranger).get(address).status_code == 404


def test_a_reviewer_sees_neither(staffed, client_of):
    for name in PAGES:
        assert client_of(staffed.reviewer).get(staffed.url(name, scenario="regie")).status_code == 403


@pytest.mark.parametrize("who", ["director", "controller"])
def test_the_board_is_for_hr_alone(staffed, client_of, who):
    client = client_of(getattr(staffed, who))
    assert client.get(staffed.url("placement_board", scenario="regie")).status_code == 403
    data = {"person": "11", "post": "HELP/SUP"}
    assert client.post(staffed.url("lock_person", scenario="regie"), data).status_code == 403
    assert not Agreement.objects.exists()


def test_everybody_stands_on_the_board_once(staffed, client_of):
    board = client_of(staffed.hr).get(staffed.url("placement_board", scenario="regie")).context["board"]
    numbers = [row.number for lane in (board.waiting, board.leaving, board.placed) for row in lane]
    assert sorted(numbers) == ["11", "12", "13", "14", "15"]
    assert [row.number for row in board.leaving] == ["14"]
    assert all(row.chosen for row in board.placed)


def test_who_is_locked_gets_the_post_and_others_make_room(staffed, client_of):
    client = client_of(staffed.hr)
    data = {"person": "15", "post": "HELP/SUP"}
    page = client.post(staffed.url("lock_person", scenario="regie"), data, follow=True)
    row = next(row for row in page.context["board"].placed if row.number == "15")
    assert row.is_locked
    assert [choice.value for choice in row.chosen] == ["HELP/SUP"]
    again = client.post(staffed.url("lock_person", scenario="regie"), data, follow=True)
    assert again.status_code == 200
    assert Agreement.objects.count() == 1


def test_another_lock_takes_the_place_of_the_first_and_letting_go_leaves_nothing(staffed, client_of):
    client = client_of(staffed.hr)
    address = staffed.url("lock_person", scenario="regie")
    client.post(address, {"person": "15", "post": "HELP/SUP"})
    client.post(address, {"person": "15", "post": "CISO/CISO"})
    assert [str(one.service.code) for one in Agreement.objects.filter(is_locked=True)] == ["CISO"]
    client.post(address, {"person": "15", "post": ""})
    assert not Agreement.objects.exists()


def test_letting_go_keeps_what_else_was_agreed(staffed, client_of):
    member = StaffMember.objects.get(number="15")
    post = {"role": member.role, "service": member.center.services.get(code="CISO")}
    Agreement.objects.create(staff_member=member, accepts=True, **post)
    client = client_of(staffed.hr)
    address = staffed.url("lock_person", scenario="regie")
    client.post(address, {"person": "15", "post": "CISO/CISO"})
    client.post(address, {"person": "15", "post": ""})
    kept = Agreement.objects.get()
    assert kept.accepts
    assert not kept.is_locked


@pytest.mark.parametrize(
    "data", [{"person": "99", "post": "HELP/SUP"}, {"person": "11", "post": "HELP/CISO"}, {"person": "11", "post": "x"}]
)  # fmt: skip
def test_a_person_or_post_that_is_not_there_changes_nothing(staffed, client_of, data):
    page = client_of(staffed.hr).post(staffed.url("lock_person", scenario="regie"), data, follow=True)
    assert page.status_code == 200
    assert not Agreement.objects.exists()


def test_a_lock_is_not_a_get(staffed, client_of):
    assert client_of(staffed.hr).get(staffed.url("lock_person", scenario="regie")).status_code == 405


def test_nobody_on_record_says_so(cast, client_of):
    for name in PAGES:
        assert client_of(cast.hr).get(cast.url(name, scenario="regie")).status_code == 200


def test_what_does_not_hold_together_is_told_to_hr_and_places_nobody(staffed, client_of):
    member = StaffMember.objects.get(number="11")
    center = member.center
    for service in ("HELP", "WERK"):
        Agreement.objects.create(
            staff_member=member, role=member.role, service=center.services.get(code=service), is_locked=True
        )
    address = staffed.url("placement", scenario="regie")
    assert client_of(staffed.hr).get(address).context["errors"]
    assert not client_of(staffed.director).get(address).context["errors"]


def test_a_contract_counts_as_it_is_when_the_new_structure_stands(staffed):
    member = StaffMember.objects.get(number="11")
    ContractPeriod.objects.create(staff_member=member, start_date=datetime.date(2027, 6, 1), fte="0.6")
    ContractPeriod.objects.create(staff_member=member, start_date=datetime.date(2030, 1, 1), fte="0.2")
    rows = {
        day: read_hr(staffed.center, on=datetime.date(day, 1, 1))["staff"].set_index("person")["fte"]["11"]
        for day in (2027, 2028, 2030)
    }
    assert rows == {2027: 1.0, 2028: 0.6, 2030: 0.2}
    assert (
        find_staffing(staffed.center, read_center(staffed.center), "regie").stands.isoformat() == "2028-01-01"
    )


def test_a_function_that_lapses_leaves_its_people_without_a_ground(staffed):
    role = StaffMember.objects.get(number="11").role
    FunctionChange.objects.create(center=staffed.center, role=role, comparison="lapsed")
    found = find_staffing(staffed.center, read_center(staffed.center), "regie")
    assert {"11", "12", "13"} <= set(found.staffing.unplaced["person"])


@pytest.mark.parametrize("name", PAGES)
def test_more_people_ask_no_more_queries(staffed, client_of, name):
    client = client_of(staffed.hr)
    address = staffed.url(name, scenario="regie")
    client.get(address)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    before = queries()
    more = [person(str(number), fte=0.5) for number in range(100, 140)]
    write_persons(staffed.center, more, user=staffed.hr, at=timezone.now())
    client.get(address)  # that somebody saw the longer list is noted once
    assert queries() == before <= 40


def test_who_is_locked_to_a_post_that_is_too_small_is_told_so_and_can_be_let_go(staffed, client_of):
    client = client_of(staffed.hr)
    ContractPeriod.objects.create(
        staff_member=StaffMember.objects.get(number="12"), start_date=datetime.date(2027, 1, 1), fte=1
    )
    for number in ("11", "12", "13", "15"):
        client.post(staffed.url("lock_person", scenario="regie"), {"person": number, "post": "WERK/SUP"})
    page = client.get(staffed.url("placement_board", scenario="regie"))
    waiting = {row.number: row for row in page.context["board"].waiting}
    assert waiting
    assert all(row.is_locked for row in waiting.values())
    number = next(iter(waiting))
    client.post(staffed.url("lock_person", scenario="regie"), {"person": number, "post": ""})
    assert not Agreement.objects.filter(staff_member__number=number).exists()
