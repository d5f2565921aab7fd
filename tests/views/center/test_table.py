"""The one page of every table: it saves all or nothing, refuses in place, and never writes over someone else."""

import re
from decimal import Decimal

import pandas as pd
import pytest
from django.utils import timezone

from portfolio.access import OF_OWN_PARTICIPANT
from portfolio.frames.center_table import NAMES
from portfolio.frames.history import of_center
from portfolio.frames.read import read_center
from portfolio.frames.write import Absent, write_center
from portfolio.models.catalogue import OwnEffort, RoleMix, Service, Sizing
from portfolio.models.center import Driver, DriverVolume, Participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(make_cast):
    """The small center; no table needs its plan."""
    return make_cast(compute=False)


@pytest.fixture
def save(cast, client_of):
    """Posts changed cells of a table as its page would, with the version that the page hands out."""

    def post(table, who=None, version=None, follow=False, **cells):
        client = client_of(who or cast.director)
        address = cast.url("center_table", table=table)
        version = version or version_in(client.get(address))
        return client.post(address, {"version": version, **cells.get("cells", {})}, follow=follow)

    return post


def version_in(response):
    return re.search(r'name="version" value="([^"]+)"', response.content.decode())[1]


def messages(response):
    return [str(message) for message in response.context["messages"]]


# --- It does it ---


def test_every_table_opens_for_who_may_see_the_planning(cast, client_of):
    client = client_of(cast.hr)
    shown = {table: client.get(cast.url("center_table", table=table)).status_code for table in NAMES}

    assert set(shown.values()) == {200}


def test_a_changed_cell_is_saved_and_noted(cast, save):
    response = save("participants", cells={"A:name": "Nieuw Alfadam", "B:inhabitants": "21,500"}, follow=True)

    assert cast.participant("A").name == "Nieuw Alfadam"
    assert DriverVolume.objects.get(participant__code="B", driver__code="inhabitants").volume == 21_500
    assert messages(response) == ["Saved: 2 rows changed."]
    entries = of_center(cast.center).filter(actor=cast.director)
    assert {entry.object_repr for entry in entries} == {"A", "B + inhabitants"}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("0,35", "0.35"), ("0.35", "0.35"), ("35%", "0.35"), ("1", "1"), ("12,5 %", "0.125")],
)
def test_a_share_is_read_in_either_notation(cast, save, typed, stored):
    assert save("own_effort", cells={"A+CISO:remains": typed}).status_code == 302

    assert OwnEffort.objects.get().remains == Decimal(stored)


@pytest.mark.parametrize(
    ("language", "typed", "stored"),
    [("nl", "21.500", 21_500), ("nl", "21,500", 21.5), ("en", "21,500", 21_500), ("en", "21.500", 21.5)],
)
def test_the_language_of_the_page_decides_what_a_point_means(cast, client_of, language, typed, stored):
    client = client_of(cast.director)
    client.cookies["django_language"] = language
    address = cast.url("center_table", table="participants")
    client.post(address, {"version": version_in(client.get(address)), "B:inhabitants": typed})

    volume = DriverVolume.objects.get(participant__code="B", driver__code="inhabitants").volume
    assert volume == Decimal(str(stored))


def test_a_block_of_new_rows_comes_in(cast, save):
    cells = {
        "*1:participant": "A", "*1:year": "2027", "*1:amount": "900,000",
        "*2:participant": "B", "*2:year": "2027", "*2:amount": "510,000.50",
        "*3:participant": "", "*3:status": "entered",
    }  # fmt: skip

    response = save("budget", who=cast.controller, cells=cells, follow=True)

    budget = read_center(cast.center).frames["budget"]
    assert budget[["participant", "year", "amount"]].values.tolist() == [
        ["A", 2027, 900_000],
        ["B", 2027, 510_000.5],
    ]
    assert messages(response) == ["Saved: 2 rows added."]


def test_a_new_participant_brings_its_volumes(cast, save):
    cells = {"*1:code": "D", "*1:name": "Deltaveen", "*1:inhabitants": "12000", "*1:status": "estimated"}

    save("participants", cells=cells)

    volume = DriverVolume.objects.get(participant__code="D")
    assert (volume.volume, volume.status) == (12_000, "estimated")


def test_a_service_goes_with_its_sizing_and_team(cast, save):
    save("services", cells={"BI:*delete": "yes"})
    refused = (
        save("services", cells={"BI:*delete": "yes"}) if Service.objects.filter(code="BI").exists() else None
    )

    # A decision names it, so it stays until that is taken away.
    assert refused is not None
    assert "still used" in refused.content.decode()
    write_center(
        cast.center,
        {"decisions": read_center(cast.center).frames["decisions"].query("service != 'BI'")},
        user=None,
        at=timezone.now(),
        absent=Absent.DELETE,
    )
    assert save("services", cells={"BI:*delete": "yes"}).status_code == 302
    assert not RoleMix.objects.filter(service__code="BI").exists()


def test_the_settings_are_a_table_too(cast, save):
    save("center", cells={"wage_growth:value": "3,5%", "years:value": "4"})

    cast.center.refresh_from_db()
    assert (cast.center.wage_growth, cast.center.years) == (Decimal("0.035"), 4)


def test_a_table_with_one_row_can_be_emptied(cast, save):
    save("own_effort", cells={"A+CISO:*delete": "yes"})

    assert not OwnEffort.objects.exists()


# --- How sure a figure is ---


def test_who_types_an_estimated_figure_has_entered_it(cast, save):
    save("sizing", cells={"CISO+inhabitants:status": "estimated", "CISO+inhabitants:spread": "30%"})
    save("sizing", cells={"CISO+inhabitants:fte": "1,2"})

    rule = Sizing.objects.get(service__code="CISO")
    assert (rule.status, rule.spread, rule.fte) == ("entered", None, Decimal("1.2"))


def test_a_corrected_name_leaves_the_status(cast, save):
    save("services", cells={"BI:status": "estimated"})
    save("services", cells={"BI:name": "BI"})

    assert Service.objects.get(code="BI").status == "estimated"


def test_rows_marked_as_confirmed_say_who_did(cast, save):
    save("participants", who=cast.controller, cells={"A:status": "confirmed", "B:status": "confirmed"})

    assert cast.participant("A").confirmed_by == cast.controller
    assert set(DriverVolume.objects.filter(participant__code="A").values_list("status", flat=True)) == {
        "confirmed"
    }


# --- It refuses, in place, and loses nothing ---


#: Table, control, what is typed in it, and what is said of it.
REFUSALS = [
    ("participants", "A:inhabitants", "veel", "is not a number"),
    ("participants", "A:inhabitants", "-1", "0 or more was expected"),
    ("participants", "A:name", "", "the cell is blank"),
    ("center", "start:value", "2027-13", "is not a month"),
    ("sizing", "CISO+inhabitants:per", "0", "more than 0 was expected"),
    ("services", "CISO:cost_key", "noodzaak", "is not known"),
    ("services", "CISO:depends_on", "NETWERK", "is not known"),
    ("role_mix", "CISO+CISO:share", "0,8", "expected 1"),
    ("own_effort", "A+CISO:remains", "2", "is more than 1"),
    ("own_effort", "A+CISO:fte", "1,234", "could be"),
    ("budget", "*1:participant", "X", "the cell is blank"),
    ("drivers", "inhabitants:*delete", "yes", "still used"),
    ("participants", "A:*delete", "yes", "still used"),
]


def test_what_is_not_right_is_told_and_kept(cast, save):
    before = read_center(cast.center)
    for table, cell, typed, said in REFUSALS:
        response = save(table, who=cast.controller, cells={cell: typed, "B:name": "Anders"})

        page = response.content.decode()
        assert response.status_code == 422, cell
        assert said in page, cell
        assert typed in page, cell
    after = read_center(cast.center)
    assert all(before.frames[name].equals(after.frames[name]) for name in before.frames)


def test_a_row_that_is_there_already_is_not_added_again(cast, save):
    response = save("own_effort", cells={"*1:participant": "A", "*1:service": "CISO", "*1:remains": "0"})

    assert response.status_code == 422
    assert "stands in the table already" in response.content.decode()


def test_nothing_of_a_half_right_save_is_written(cast, save):
    save("participants", cells={"A:name": "Ander", "B:inhabitants": "x"})

    assert cast.participant("A").name == "Alfadam"


def test_what_is_still_missing_does_not_block_filling_in(cast, save):
    cells = {"*1:service": "GEO", "*1:name": "GEO-team", "*1:phase": "new", "*1:min_fte": "2"}

    response = save("services", cells=cells, follow=True)

    assert Service.objects.filter(code="GEO").exists()
    assert "no role mix" in response.content.decode()


# --- Someone else was there too ---


def test_a_stale_save_is_told_what_changed_and_keeps_what_was_typed(cast, save, client_of):
    version = version_in(client_of(cast.director).get(cast.url("center_table", table="participants")))
    save("participants", who=cast.controller, cells={"A:name": "Van de controller"})

    response = save("participants", version=version, cells={"B:name": "Van de directeur"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "controller" in page
    assert "Van de controller" in page
    assert "Van de directeur" in page
    assert cast.participant("B").name == "Betadorp"

    save("participants", version=version_in(response), cells={"B:name": "Van de directeur"})
    assert cast.participant("B").name == "Van de directeur"


def test_a_save_of_another_table_is_no_hindrance(cast, save, client_of):
    version = version_in(client_of(cast.director).get(cast.url("center_table", table="roles")))
    save("participants", cells={"A:name": "Anders"})

    assert save("roles", version=version, cells={"SUP:annual_cost": "71000"}).status_code == 302


# --- Taking back ---


def test_a_save_can_be_taken_back(cast, client_of):
    client = client_of(cast.director)
    address = cast.url("center_table", table="participants")
    before = read_center(cast.center)
    cells = {"A:name": "Anders", "B:inhabitants": "", "*1:code": "D", "*1:name": "Deltaveen"}
    client.post(address, {"version": version_in(client.get(address)), **cells})
    assert Participant.objects.count() == 4

    client.post(cast.url("undo_table", table="participants"))

    after = read_center(cast.center)
    assert all(before.frames[name].equals(after.frames[name]) for name in ("participants", "base_volumes"))


def test_what_others_saved_since_is_not_taken_back(cast, client_of, save):
    client = client_of(cast.director)
    address = cast.url("center_table", table="participants")
    client.post(address, {"version": version_in(client.get(address)), "A:name": "Anders"})
    save("participants", who=cast.controller, cells={"A:name": "Nog anders"})

    client.post(cast.url("undo_table", table="participants"))

    assert cast.participant("A").name == "Nog anders"


def test_undo_is_a_post(cast, client_of):
    assert client_of(cast.director).get(cast.url("undo_table", table="participants")).status_code == 405


# --- Who may what ---


def test_a_stranger_finds_nothing(cast, client_of):
    assert client_of(cast.stranger).get(cast.url("center_table", table="participants")).status_code == 404


def test_an_unknown_table_is_not_there(cast, client_of):
    assert client_of(cast.director).get(cast.url("center_table", table="decisions")).status_code == 404


@pytest.mark.parametrize(
    ("who", "table", "status"),
    [
        ("director", "contracts", 403),
        ("director", "services", 302),
        ("controller", "contracts", 302),
        ("controller", "uptake", 403),
        ("hr", "participants", 403),
        ("reviewer", "services", 403),
    ],
)
def test_each_role_edits_its_own_tables(cast, client_of, who, table, status):
    response = client_of(getattr(cast, who)).post(cast.url("center_table", table=table), {"version": ""})

    assert response.status_code == status


def test_a_reviewer_sees_and_edits_the_own_participant_alone(cast, client_of, save):
    client = client_of(cast.reviewer)
    page = client.get(cast.url("center_table", table="participants")).content.decode()
    assert "Alfadam" in page
    assert "Betadorp" not in page

    save("participants", who=cast.reviewer, cells={
        "A:inhabitants": "41000", "A:name": "Anders", "B:inhabitants": "1", "*1:code": "D", "*1:name": "D",
        "A:*delete": "yes",
    })  # fmt: skip

    assert DriverVolume.objects.get(participant__code="A", driver__code="inhabitants").volume == 41_000
    assert DriverVolume.objects.get(participant__code="B", driver__code="inhabitants").volume == 20_000
    assert cast.participant("A").name == "Alfadam"
    assert Participant.objects.count() == 3


def test_a_reviewers_new_row_is_of_the_own_participant(cast, save):
    save(
        "own_effort",
        who=cast.reviewer,
        cells={"*1:participant": "B", "*1:service": "BI", "*1:fte": "0.5", "*1:remains": "0"},
    )

    assert list(OwnEffort.objects.filter(service__code="BI").values_list("participant__code", flat=True)) == [
        "A"
    ]


def test_a_reviewer_opens_no_other_table(cast, client_of):
    client = client_of(cast.reviewer)
    shown = {table: client.get(cast.url("center_table", table=table)).status_code for table in NAMES}

    assert {table for table, status in shown.items() if status == 200} == OF_OWN_PARTICIPANT
    assert set(shown.values()) == {200, 403}


# --- However much there is ---


@pytest.mark.parametrize("table", ["participants", "services", "own_effort", "center"])
def test_a_page_asks_no_more_queries_for_more_rows(
    demo_cast, client_of, django_assert_max_num_queries, table
):
    client = client_of(demo_cast.director)
    with django_assert_max_num_queries(30) as first:
        client.get(demo_cast.url("center_table", table=table))
    more = pd.DataFrame({"code": [f"X{n}" for n in range(40)], "name": "Extra"})
    roles = pd.DataFrame({"role": [f"X{n}" for n in range(40)], "name": "Extra", "annual_cost": 1.0})
    write_center(
        demo_cast.center,
        {"participants": more, "roles": roles},
        user=None,
        at=timezone.now(),
        absent=Absent.KEEP,
    )
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(demo_cast.url("center_table", table=table))


def test_a_long_table_is_paged_and_searched(cast, client_of):
    rows = pd.DataFrame(
        {"driver": [f"d{n:04}" for n in range(900)], "label": [f"Aantal {n}" for n in range(900)]}
    )
    write_center(cast.center, {"drivers": rows}, user=None, at=timezone.now(), absent=Absent.KEEP)
    assert Driver.objects.count() == 902
    client = client_of(cast.director)

    page = client.get(cast.url("center_table", table="drivers"), {"page": "2"}).content.decode()
    assert "d0500" in page
    assert "d0001" not in page
    found = client.get(cast.url("center_table", table="drivers"), {"q": "aantal 777"}).content.decode()
    assert "d0777" in found
    assert "d0500" not in found


def test_the_parts_of_a_key_are_named(cast, client_of):
    rows = [("mix", "demand", 0.5), ("mix", "inhabitants", 0.3), ("mix", "A", 0.2)]
    keys = pd.DataFrame(rows, columns=["key", "part", "share"])
    keys = keys.assign(status="entered", source="", spread=float("nan"))
    write_center(cast.center, {"keys": keys}, user=cast.controller, at=timezone.now(), absent=Absent.KEEP)
    client = client_of(cast.controller)
    client.cookies["django_language"] = "nl"

    page = re.sub(r"\s+", " ", client.get(cast.url("center_table", table="keys")).content.decode())

    for words in (">afname</td>", '>A <span class="note">Alfadam</span>'):
        assert words in page
