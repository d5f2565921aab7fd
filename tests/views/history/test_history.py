"""The history: who changed what, in words, per table and person; never who works how much."""

import pytest
from django.utils import timezone

from portfolio.frames.staff import Person, write_persons
from portfolio.models.scenarios import Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(cast, client_of):
    """Two changes: one by the director as a single save, one by the controller of a table."""
    director, controller = client_of(cast.director), client_of(cast.controller)
    for client, table, cells in (
        (director, "services", {"BI:name": "BI en data"}),
        (controller, "lines", {
            "*1:line": "L1", "*1:kind": "one_off", "*1:year": "2028", "*1:amount": "250000", "*1:payer_key": "A",
        }),
    ):  # fmt: skip
        page = client.get(cast.url("center_table", table=table))
        client.post(page.request["PATH_INFO"], {"version": page.context["version"], **cells})
    return director


def test_it_tells_old_and_new_in_words(cast, client):
    entries = client.get(cast.url("history")).context["entries"]

    line, service = entries[0], entries[1]
    assert (line.who, line.table, line.row, line.action) == (
        "controller",
        "One-off costs and income",
        "L1",
        "added",
    )
    assert [(one.label, one.old, one.new) for one in service.changes] == [("Name", "BI-team", "BI en data")]
    assert ("Kind", "", "one-off cost") in [(one.label, one.old, one.new) for one in line.changes]


def test_a_single_save_is_told_in_the_same_words(cast, client):
    decision = Decision.objects.get(service__code="HELP")
    decision.decision = "stop"
    decision.save()

    change = client.get(cast.url("history")).context["entries"][0].changes[0]
    assert (change.label, change.old, change.new) == ("Decision", "keep", "stop")


def test_it_is_filtered_by_table_person_and_row(cast, client):
    by_person = client.get(cast.url("history"), {"person": cast.controller.pk}).context["entries"]
    by_table = client.get(cast.url("history"), {"table": "service", "q": "bi"}).context["entries"]

    assert {entry.who for entry in by_person} == {"controller"}
    assert {entry.row for entry in by_table} == {"BI"}
    assert client.get(cast.url("history"), {"person": "x' or 1", "page": "zz"}).status_code == 200


def test_staff_is_not_in_it(cast, client):
    write_persons(cast.center, [Person("1", "CISO", 0.8, name="Anna")], user=cast.hr, at=timezone.now())

    page = client.get(cast.url("history")).content.decode()
    assert "Anna" not in page
    assert "staff" not in page.split("<main")[1].casefold()


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 404), ("reviewer", 403), ("hr", 403), ("controller", 200)]
)
def test_each_role_gets_what_it_may(cast, client_of, who, status):
    assert client_of(getattr(cast, who)).get(cast.url("history")).status_code == status


def test_queries_do_not_grow(demo_cast, client_of, django_assert_max_num_queries):
    client = client_of(demo_cast.director)
    with django_assert_max_num_queries(30):
        client.get(demo_cast.url("history"))
