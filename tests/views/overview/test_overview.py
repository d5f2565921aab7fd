"""The home of a scenario: figures for the director, checks for the controller, counts for HR, nothing for others."""

import pandas as pd
import pytest
from django.utils import timezone

from portfolio.frames.staff import Person, write_persons
from portfolio.models.scenarios import Decision


@pytest.fixture
def home(cast):
    return cast.url("overview", scenario="regie")


def test_the_director_sees_six_figures_with_was_and_difference(cast, client_of, home):
    answer = client_of(cast.director).get(home)

    tiles = answer.context["tiles"]
    assert [tile.label for tile in tiles] == [
        "Contributions in 2029", "Own effort of participants in 2029", "Contributions and own effort together",
        "Team FTE", "One-off costs", "New services started",
    ]  # fmt: skip
    assert (tiles[0].was, tiles[0].verdict) == ("€1.80m", "better")
    assert (tiles[3].was, tiles[3].verdict) == ("12.50\N{NO-BREAK SPACE}FTE", "")
    assert (tiles[5].becomes, tiles[5].note) == ("1 of 2", "1 not yet decided")


def test_an_unknown_contribution_of_today_is_unknown_not_nothing(make_cast, small_inputs, client_of):
    people = pd.DataFrame(
        {"code": ["A", "B", "C"], "name": ["A", "B", "C"], "current_contribution": [1.0, None, 2.0]}
    )
    cast = make_cast(small_inputs(participants=people))

    tiles = client_of(cast.director).get(cast.url("overview", scenario="regie")).context["tiles"]

    assert (tiles[0].was, tiles[0].difference) == ("unknown", "")
    assert (tiles[2].was, tiles[2].difference) == ("unknown", "")


def test_it_says_how_far_the_decisions_are(cast, client_of, home):
    decided = client_of(cast.director).get(home).context["decided"]

    assert (decided.count, decided.total) == (3, 4)
    assert {part["kind"]: part["value"] for part in decided.parts} == {
        "keep": 1,
        "out": 1,
        "new": 1,
        "open": 1,
    }


def test_a_decision_counts_before_the_plan_is_computed_again(cast, client_of, home):
    Decision.objects.filter(service__code="BI").update(decision="start")

    answer = client_of(cast.director).get(home)

    assert answer.context["decided"].is_complete
    assert "behind the inputs" in answer.content.decode()
    assert answer.context["tiles"][5].becomes == "1 of 2"


def test_warnings_name_things_and_come_worst_first(demo_cast, client_of):
    answer = client_of(demo_cast.director).get(demo_cast.url("overview", scenario="regie"))

    first = answer.context["warnings"][0]
    assert first["message"] == "“Serverhosting” is outsourced from jan 2029"
    assert first["detail"].startswith("Settle how these connect to it: Databasebeheer, Koppelingen")
    assert {finding["level"] for finding in answer.context["warnings"]} == {"warning"}


def test_the_inputs_most_worth_collecting_are_said_in_words(demo_cast, client_of):
    answer = client_of(demo_cast.director).get(demo_cast.url("overview", scenario="regie"))

    worth = answer.context["worth"]
    assert len(worth) == 5
    assert [each.swing for each in worth] == sorted((each.swing for each in worth), reverse=True)
    assert all("+" not in each.what for each in worth)


def test_the_controller_sees_whether_it_adds_up_and_the_director_does_not(cast, client_of, home):
    checks = client_of(cast.controller).get(home).context["checks"]

    assert checks[0].is_well
    assert [check.label for check in checks][1] == "Not explained today"
    assert client_of(cast.director).get(home).context["checks"] is None


def test_hr_sees_counts_and_no_names(cast, client_of, home):
    now = timezone.now()
    persons = [
        Person("P1", "SUP", 0.8, service="HELP", name="Wilhelmina Zonnebloem"),
        Person("P2", "SUP", 1.0),
    ]
    write_persons(cast.center, persons, user=cast.hr, at=now)

    answer = client_of(cast.hr).get(home)

    found = answer.context["headcount"]
    assert (found.total.persons, found.total.staff_fte, found.loose.persons) == (2, 1.8, 1)
    assert "Zonnebloem" not in answer.content.decode()
    assert "tile-becomes" in answer.content.decode()


def test_without_a_plan_it_says_what_to_do(make_cast, client_of):
    cast = make_cast(compute=False)

    for user in (cast.director, cast.hr):
        answer = client_of(user).get(cast.url("overview", scenario="regie"))
        assert "Not computed yet" in answer.content.decode()


def test_a_reviewer_may_not_and_a_stranger_finds_nothing(cast, client_of, home):
    assert client_of(cast.reviewer).get(home).status_code == 403
    assert client_of(cast.stranger).get(home).status_code == 404


def test_an_unknown_scenario_is_not_found(cast, client_of):
    assert client_of(cast.director).get(cast.url("overview", scenario="nope")).status_code == 404


def test_queries_do_not_grow_with_rows(demo_cast, demo_twice, client_of, django_assert_max_num_queries):
    counts = []
    for cast in (demo_cast, demo_twice):
        for user in (cast.director, cast.controller, cast.hr):
            client = client_of(user)
            with django_assert_max_num_queries(30) as found:
                assert client.get(cast.url("overview", scenario="regie")).context["tiles"]
            counts.append(len(found))
    assert counts[:3] == counts[3:]
