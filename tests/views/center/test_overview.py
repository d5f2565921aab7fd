"""The center at a glance: how complete each participant is, and whose confirmation still holds."""

import pytest

from portfolio.models.center import DriverVolume, ParticipantSeal

pytestmark = pytest.mark.django_db


def confirm(client, cast, code):
    return client.post(cast.url("confirm_participant", participant=code))


def test_it_shows_participants_tables_and_settings(cast, client_of):
    page = client_of(cast.director).get(cast.url("center"))

    assert [row.name for row in page.context["participants"]] == ["Alfadam", "Betadorp", "Gammastad"]
    assert {row.name for _group, rows in page.context["tables"] for row in rows} >= {"services", "contracts"}
    first = page.context["participants"][0]
    assert (first.known, first.expected) == (4, 6)
    assert first.missing == ["budget 2027", "own effort on BI-team"]


def test_a_confirmation_breaks_when_a_figure_differs(cast, client_of):
    client = client_of(cast.controller)
    confirm(client, cast, "B")
    seal = client.get(cast.url("center")).context["participants"][1].confirmation
    assert (seal.holds, seal.who) == (True, "controller")

    DriverVolume.objects.filter(participant__code="B", driver__code="inhabitants").update(volume=1)

    page = client.get(cast.url("center"))
    assert not page.context["participants"][1].confirmation.holds
    assert "changed since controller confirmed it" in page.content.decode()


def test_confirming_twice_is_one_confirmation(cast, client_of):
    client = client_of(cast.controller)
    confirm(client, cast, "A")
    confirm(client, cast, "A")

    assert ParticipantSeal.objects.count() == 1


def test_a_reviewer_sees_and_confirms_the_own_participant_alone(cast, client_of):
    client = client_of(cast.reviewer)
    page = client.get(cast.url("center"))

    assert [row.code for row in page.context["participants"]] == ["A"]
    assert "Betadorp" not in page.content.decode()
    assert page.context["tables"] == []
    assert confirm(client, cast, "A").status_code == 302
    assert confirm(client, cast, "B").status_code == 403


def test_who_may_not_confirm_is_refused(cast, client_of):
    assert confirm(client_of(cast.director), cast, "A").status_code == 403
    assert confirm(client_of(cast.stranger), cast, "A").status_code == 404
    assert client_of(cast.controller).get(cast.url("confirm_participant", participant="A")).status_code == 405


def test_a_stranger_finds_nothing(cast, client_of):
    assert client_of(cast.stranger).get(cast.url("center")).status_code == 404


def test_queries_do_not_grow(demo_cast, client_of, django_assert_max_num_queries):
    client = client_of(demo_cast.director)
    with django_assert_max_num_queries(30):
        client.get(demo_cast.url("center"))


def test_only_a_director_finds_the_way_to_another_center(cast, client_of):
    link = 'href="/start/"'

    assert link in client_of(cast.director).get(cast.url("center")).content.decode()
    for who in (cast.controller, cast.reviewer):
        assert link not in client_of(who).get(cast.url("center")).content.decode()
