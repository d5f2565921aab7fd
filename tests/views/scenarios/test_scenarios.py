"""The list of scenarios, and making, describing and deleting one."""

import pytest

from portfolio.actions.plans import compute_plan
from portfolio.actions.scenarios import copy_scenario, create_scenario
from portfolio.frames.read import read_center
from portfolio.models.scenarios import Decision, Scenario
from tests.views.conftest import Cast

WRITING = ["new_scenario", "edit_scenario", "delete_scenario"]


def address(cast: Cast, name: str) -> str:
    return cast.url(name) if name in ("scenarios", "new_scenario") else cast.url(name, scenario="regie")


def test_it_shows_how_far_each_is_decided_and_what_it_comes_to(cast, client_of):
    copy_scenario(scenario=cast.scenario, name="Kopie", user=cast.director)

    rows = [row for row, _color in client_of(cast.director).get(cast.url("scenarios")).context["rows"]]

    assert [(row.name, row.decided, row.services, row.seal) for row in rows] == [
        ("Kopie", 3, 4, "missing"),
        ("Regiecentrum", 3, 4, "current"),
    ]
    sealed = rows[1]
    assert sealed.contributions.difference == sealed.contributions.becomes - sealed.contributions.was
    assert sealed.team.becomes > 0
    assert rows[0].contributions is None


def test_a_changed_input_shows_as_behind(cast, client_of):
    Decision.objects.filter(service__code="HELP").update(decision="stop")

    [(row, _color)] = client_of(cast.director).get(cast.url("scenarios")).context["rows"]

    assert row.seal == "behind"


def test_a_new_scenario_is_empty(cast, client_of):
    response = client_of(cast.director).post(
        cast.url("new_scenario"), {"name": "Niets doen", "description": "Als nu"}
    )

    made = Scenario.objects.get(name="Niets doen")
    assert response.url == cast.url("decisions", scenario=made.code)
    assert (made.code, made.description, made.decisions.count()) == ("niets-doen", "Als nu", 0)


def test_a_copy_comes_to_the_same_plan(cast, client_of):
    client_of(cast.director).post(cast.url("new_scenario"), {"name": "Kopie", "start": "regie"})

    copy = Scenario.objects.get(name="Kopie")
    plans = [compute_plan(scenario=one, user=cast.director) for one in (cast.scenario, copy)]
    ours, theirs = ({h.name: h.value for h in plan.headlines.all()} for plan in plans)
    assert ours == theirs


def test_two_scenarios_of_one_name_get_two_codes(cast):
    codes = [create_scenario(center=cast.center, name="Plan").code for _ in range(2)]

    assert codes == ["plan", "plan-2"]


def test_a_name_is_needed_and_what_was_typed_comes_back(cast, client_of):
    response = client_of(cast.director).post(cast.url("new_scenario"), {"description": "Zonder naam"})

    assert response.status_code == 422
    assert "Zonder naam" in response.content.decode()
    assert Scenario.objects.count() == 1


def test_a_name_can_change_and_the_code_stays(cast, client_of):
    for _ in range(2):
        client_of(cast.director).post(
            address(cast, "edit_scenario"), {"name": "Nieuw", "description": "Anders"}
        )

    cast.scenario.refresh_from_db()
    assert (cast.scenario.code, cast.scenario.name, cast.scenario.description) == ("regie", "Nieuw", "Anders")


def test_deleting_asks_first_and_then_takes_all_that_hangs_on_it(cast, client_of):
    other = copy_scenario(scenario=cast.scenario, name="Kopie", user=cast.director)
    compute_plan(scenario=other, user=cast.director)
    client, where = client_of(cast.director), cast.url("delete_scenario", scenario=other.code)

    assert "4" in client.get(where).content.decode()
    assert Scenario.objects.count() == 2
    client.post(where)

    assert list(Scenario.objects.all()) == [cast.scenario]
    assert client.post(where).status_code == 404
    assert set(read_center(cast.center).frames["decisions"]["scenario"]) == {"regie"}


def test_the_last_scenario_stays(cast, client_of):
    client = client_of(cast.director)
    client.post(address(cast, "delete_scenario"))

    assert Scenario.objects.count() == 1
    assert "last one" in client.get(address(cast, "delete_scenario")).content.decode()


def test_it_refuses_a_stranger_and_a_reviewer(cast, client_of):
    for name in ("scenarios", *WRITING):
        assert client_of(cast.stranger).get(address(cast, name)).status_code == 404
        assert client_of(cast.reviewer).get(address(cast, name)).status_code == 403


@pytest.mark.parametrize("who", ["controller", "hr"])
def test_who_only_reads_cannot_change_anything(cast, client_of, who):
    client = client_of(getattr(cast, who))

    assert client.get(cast.url("scenarios")).status_code == 200
    for name in WRITING:
        assert client.get(address(cast, name)).status_code == 403
        assert client.post(address(cast, name), {"name": "X"}).status_code == 403


def test_the_number_of_queries_does_not_grow_with_scenarios(cast, client_of, django_assert_max_num_queries):
    client = client_of(cast.director)
    for number in range(4):
        compute_plan(
            scenario=copy_scenario(scenario=cast.scenario, name=f"Kopie {number}", user=cast.director),
            user=cast.director,
        )
    with django_assert_max_num_queries(30):
        assert client.get(cast.url("scenarios")).status_code == 200


@pytest.mark.parametrize("code", ["2029/B", "A~2FB", "..", "een & twee?"])
def test_a_code_of_any_making_has_pages(cast, client_of, code):
    Scenario.objects.filter(pk=cast.scenario.pk).update(code=code)
    client = client_of(cast.director)
    for name in ("overview", "decisions", "grid", "contributions", "for_us", "edit_scenario", "take_over"):
        address = cast.url(name, scenario=code)
        assert client.get(address, follow=True).status_code == 200, address
    address = cast.url("grid_file", scenario=code, kind="xlsx")
    answer = client.get(address)
    assert answer.status_code == 200
    assert "/" not in answer["Content-Disposition"]
