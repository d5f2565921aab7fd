"""From was to wordt, by hand: three services, six posts, a handful of people.

NET (current) has 2 FTE SYS; OLD (current) 1 FTE SYS, stopped in 2027-07; POOL (new, 2027-07) 1 FTE REG and 1 FTE CIS.
"""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.engine.grounds import scale_number
from portfolio.engine.hr_checks import find
from portfolio.engine.hr_inputs import HrInputs
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.posts import posts_of, settled_month
from portfolio.engine.staffing import staff
from portfolio.engine.working import work


def center(**fixed):
    teams = {"NET": 2, "OLD": 1, "POOL": 2} | fixed
    return CenterInputs.of(
        {"name": "SSC", "start": "2027-01", "years": 2},
        {
            "participants": pd.DataFrame({"code": ["A", "B"], "name": ["A", "B"]}),
            "roles": pd.DataFrame({"role": ["SYS", "REG", "CIS", "WEB"], "name": "x", "annual_cost": 1.0,
                                   "scale": ["9", "10", "12", "9"]}),
            "services": pd.DataFrame({"service": list(teams), "name": "x", "phase": ["current", "current", "new"],
                                      "fixed_fte": list(teams.values())}),
            "role_mix": pd.DataFrame([("NET", "SYS", 1.0), ("OLD", "SYS", 1.0), ("POOL", "REG", 0.5),
                                      ("POOL", "CIS", 0.5)], columns=["service", "role", "share"]),
            "scenarios": pd.DataFrame({"scenario": ["s"]}),
            "decisions": pd.DataFrame([("s", "OLD", "stop", "2027-07"), ("s", "POOL", "start", "2027-07")],
                                      columns=["scenario", "service", "decision", "from"]),
            "own_effort": pd.DataFrame({"participant": ["A"], "service": ["POOL"], "fte": [1.0], "remains": [0.0]}),
        },
    )  # fmt: skip


def person(number, service="NET", **more):
    return {"person": number, "role": "SYS", "fte": 1.0, "service": service, "born": "1980-01-01",
            "employed_since": "2010-01-01"} | more  # fmt: skip


def hr(*people, plan=None, **frames):
    frames = {name: pd.DataFrame(rows) for name, rows in frames.items()}
    return HrInputs.of(plan or {}, {"staff": pd.DataFrame(list(people)), **frames}, start="2027-01")


def placed(inputs, at=None):
    at = at or center()
    assert [finding.code for finding in find(inputs, at)] == []
    result = staff(work(at.plan_inputs("s")), inputs)
    rows = {(row.person, row.service, row.role): row for row in result.placed.itertuples()}
    return (
        {key: (row.ground, row.fte) for key, row in rows.items()},
        dict(zip(result.unplaced["person"], result.unplaced["reason"], strict=True)),
        result,
    )


def test_posts_are_the_roles_of_the_last_teams_with_the_month_in_which_each_opens():
    done = work(center().plan_inputs("s"))

    assert [
        (post.service, post.role, post.steps, post.opens, post.is_continued) for post in posts_of(done)
    ] == [
        ("NET", "SYS", 40, "2027-01", True),
        ("POOL", "CIS", 20, "2027-07", False),
        ("POOL", "REG", 20, "2027-07", False),
    ]
    assert settled_month(done) == "2027-07"


def test_a_team_goes_to_its_roles_by_largest_remainder():
    posts = posts_of(work(center(POOL=0.15).plan_inputs("s")))

    assert sum(post.steps for post in posts if post.service == "POOL") == 3


def test_who_stays_in_a_service_that_goes_on_follows_and_who_is_freed_takes_an_equal_post():
    where, left, result = placed(hr(person("1"), person("2", "OLD")))

    assert where == {("1", "NET", "SYS"): (1, 1.0), ("2", "NET", "SYS"): (2, 1.0)}
    assert left == {}
    assert result.placement.objectives["proved"].all()


def test_a_function_that_hr_calls_unchanged_takes_its_people_along_to_another_service():
    functions = [{"role": "SYS", "new_role": "REG", "comparison": "unchanged"}]

    where, _left, result = placed(hr(person("1", "OLD"), functions=functions), center(NET=0))

    assert where == {("1", "POOL", "REG"): (1, 1.0)}
    assert result.placed["from"].tolist() == ["2027-07"]


@pytest.mark.parametrize(
    ("plan", "scale", "functions", "ground"),
    [
        ({}, "9", {}, 3),
        ({"scales_up": 0.5}, "9", {}, None),
        ({"scales_down": 1}, "11", {}, 3),
        ({"scales_down": 1}, "11A", {}, None),
        ({"training_months": 5}, "9", {"training_months": 6}, None),
        ({"training_months": 6}, "9", {"training_months": 6}, 3),
    ],
)
def test_a_changed_function_is_suitable_within_the_social_plan(plan, scale, functions, ground):
    one = person("1", "OLD", scale=scale)
    rows = [{"role": "SYS", "new_role": "REG", "comparison": "changed"} | functions]

    where, left, _ = placed(hr(one, plan=plan, functions=rows), center(NET=0))

    assert where == ({("1", "POOL", "REG"): (ground, 1.0)} if ground else {})
    assert left == ({} if ground else {"1": "no_option"})


def test_levels_that_lack_ask_for_training():
    competences = [
        {"role": "REG", "competence": "D.8", "level": 4},
        {"person": "1", "competence": "D.8", "level": 2},
    ]
    functions = [{"role": "SYS", "new_role": "REG", "comparison": "changed"}]
    inputs = {"competences": competences, "functions": functions}

    _, _, result = placed(hr(person("1", "OLD"), plan={"training_cost": 500}, **inputs), center(NET=0))
    _, left, _ = placed(hr(person("1", "OLD"), plan={"training_months": 5}, **inputs), center(NET=0))

    costs = result.placement.objectives.set_index("name")["value"]
    assert costs["training_cost"] == 2 * 3 * 500
    assert left == {"1": "no_option"}


def test_beyond_the_social_plan_a_post_takes_agreement():
    agreed = [{"person": "1", "role": "CIS"}, {"person": "2", "role": "CIS", "accepts": False}]

    where, left, _ = placed(hr(person("1", "OLD"), person("2", "OLD"), agreements=agreed), center(NET=0))

    assert where == {("1", "POOL", "CIS"): (4, 1.0)}
    assert left == {"2": "no_option"}


def test_natural_outflow_comes_first():
    people = [
        person("1", born="1960-06-01"),  # 67 on 1 June 2027, and the new structure stands on 1 July
        person("2", until="2027-06-30"),
        person("3", until="2027-07-01"),
        person("4", employer="external"),
        person("5", born="1960-07-02"),
    ]

    where, left, _ = placed(hr(*people))

    assert left == {"1": "pension", "2": "temporary", "4": "external"}
    assert {key[0] for key in where} == {"3", "5"}


def test_an_equal_group_larger_than_its_posts_is_reflected_by_age_band():
    # Three of one band for two posts: the shortest service is designated, though it stays in its own service.
    people = [
        person("1", employed_since="2020-01-01"),
        person("2"),
        person("3", "OLD", employed_since="2005-01-01"),
    ]

    where, left, result = placed(hr(*people))

    assert where == {("2", "NET", "SYS"): (1, 1.0), ("3", "NET", "SYS"): (2, 1.0)}
    assert left == {"1": "reflection"}
    [group] = result.reflections
    assert (group.old, group.new, group.persons) == (("SYS",), ("SYS",), ("1", "2", "3"))
    assert (group.fte, group.room, group.designated) == (3.0, 2.0, {"1"})
    assert group.said.table["leaving"].sum() == 1


def test_who_was_designated_may_still_go_elsewhere():
    functions = [{"role": "SYS", "new_role": "REG", "comparison": "changed"}]
    people = [person("1", employed_since="2020-01-01"), person("2"), person("3", "OLD")]

    where, left, _ = placed(hr(*people, functions=functions))

    assert where[("1", "POOL", "REG")] == (3, 1.0)
    assert left == {}


def test_without_a_birth_date_nobody_of_the_group_is_designated_and_it_is_said():
    _where, left, result = placed(hr(person("1", born=""), person("2"), person("3", "OLD")))

    assert [finding.code for finding in result.findings] == ["reflection_unknown"]
    assert [(group.said, group.designated) for group in result.reflections] == [(None, frozenset())]
    assert list(left.values()) == ["no_room"]


def test_staff_of_participants_follow_into_the_pool_before_freed_staff():
    theirs = person("P", "", role="REG", employer="A")
    freed = person("1", "OLD")
    functions = [{"role": "SYS", "new_role": "REG", "comparison": "unchanged"}]

    where, left, _ = placed(hr(theirs, freed, functions=functions), center(NET=0))

    assert where == {("P", "POOL", "REG"): (1, 1.0)}
    assert left == {"1": "no_room"}


def test_staff_of_a_participant_without_a_pool_stay_there():
    _, left, _ = placed(hr(person("P", "NET", role="WEB", employer="B")))

    assert left == {"P": "stays"}


def test_a_first_preference_is_worth_more_than_a_second():
    functions = [{"role": "SYS", "new_role": role, "comparison": "changed"} for role in ("REG", "CIS")]
    wishes = [
        {"person": "1", "rank": 1, "role": "CIS"},
        {"person": "2", "rank": 1, "role": "REG", "service": "POOL"},
        {"person": "2", "rank": 2, "role": "CIS"},
    ]

    where, _, _ = placed(
        hr(person("1", "OLD"), person("2", "OLD"), functions=functions, preferences=wishes), center(NET=0)
    )

    assert set(where) == {("1", "POOL", "CIS"), ("2", "POOL", "REG")}


def test_a_lock_holds_and_a_split_needs_agreement():
    agreed = [
        {"person": "1", "role": "REG", "service": "POOL", "locked": True},
        {"person": "2", "may_split": True, "accepts": False},
    ]
    functions = [{"role": "SYS", "new_role": role, "comparison": "changed"} for role in ("REG", "CIS")]

    where, left, _ = placed(
        hr(person("1"), person("2", "OLD"), agreements=agreed, functions=functions), center(NET=0.5, POOL=2)
    )

    assert where[("1", "POOL", "REG")][1] == 1.0
    assert sum(fte for (who, _, _), (_, fte) in where.items() if who == "2") == 1.0
    assert left == {}


def test_locks_without_room_leave_their_persons_unplaced_and_the_post_free():
    agreed = [{"person": who, "role": "REG", "service": "POOL", "locked": True} for who in ("1", "2")]
    functions = [{"role": "SYS", "new_role": "REG", "comparison": "changed"}]

    where, left, _ = placed(
        hr(*(person(who, "OLD") for who in "123"), agreements=agreed, functions=functions), center(NET=0)
    )

    assert where == {}
    assert left == {"1": "locks_conflict", "2": "locks_conflict", "3": "no_option"}


def test_what_is_wrong_is_named():
    people = [
        person("1", born="2028-01-01"), person("2", fte=0.33), person("3", role="XXX"), person("4", employer="Z"),
        person("5", born="2015-01-01", employed_since=""), person("6", until="2009-01-01"),
    ]  # fmt: skip
    inputs = hr(
        *people,
        functions=[{"role": "SYS", "comparison": "changed"}],
        competences=[{"competence": "D.8", "level": 1}],
        preferences=[
            {"person": "2", "rank": 1, "role": "WEB"},
            {"person": "9", "rank": 1, "role": "REG"},
            {"person": "2", "rank": 2, "role": "REG", "service": "NET"},
        ],
        agreements=[
            {"person": "2", "role": "REG", "service": "POOL", "locked": True},
            {"person": "2", "role": "CIS", "service": "POOL", "locked": True},
            {"person": "6", "role": "SYS", "locked": True},
        ],
    )

    assert {(str(finding.place), finding.code) for finding in find(inputs, center())} == {
        ("staff:1:born", "future_birth"),
        ("staff:2:fte", "fte_not_in_steps"),
        ("staff:3:role", "unknown_code"),
        ("staff:4:employer", "unknown_code"),
        ("staff:5:born", "under_age"),
        ("staff:6:until", "not_after"),
        ("functions:SYS+:new_role", "new_role_missing"),
        ("competences:++D.8:competence", "person_or_role"),
        ("preferences:2+1.0:role", "no_such_post_anywhere"),
        ("preferences:9+1.0:person", "unknown_code"),
        ("preferences:2+2.0:service", "no_such_post"),
        ("agreements:2+CIS+POOL:locked", "lock_circle"),
        ("agreements:6+SYS+:service", "lock_without_service"),
    }


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_everybody_stands_in_one_of_the_two_and_the_order_of_rows_has_no_influence(data):
    rows = [
        person(
            str(number),
            data.draw(st.sampled_from(["NET", "OLD", ""])),
            fte=data.draw(st.sampled_from([0.4, 0.6, 0.8, 1.0])),
            born=f"{data.draw(st.integers(1958, 2000))}-03-01",
            employed_since=f"{data.draw(st.integers(2019, 2026))}-01-01",
            employer=data.draw(st.sampled_from(["center", "center", "external", "A"])),
        )
        for number in range(data.draw(st.integers(1, 7)))
    ]
    functions = [
        {
            "role": "SYS",
            "new_role": "REG",
            "comparison": data.draw(st.sampled_from(["changed", "exchangeable"])),
        }
    ]

    where, left, result = placed(hr(*rows, functions=functions))
    again = placed(hr(*data.draw(st.permutations(rows)), functions=functions))[2]

    assert {key[0] for key in where} | set(left) == {row["person"] for row in rows}
    assert not {key[0] for key in where} & set(left)
    held = result.placed.groupby(["service", "role"])["fte"].sum()
    for post in posts_of(work(center().plan_inputs("s"))):
        assert held.get((post.service, post.role), 0) <= post.steps * 0.05 + 1e-9
    pd.testing.assert_frame_equal(result.placed, again.placed)
    pd.testing.assert_frame_equal(result.unplaced, again.unplaced)


def test_an_a_scale_lies_halfway():
    assert [scale_number(text) for text in ("10", "10A", "11 a", "", "hoog")] == [
        10.0,
        10.5,
        11.5,
        None,
        None,
    ]
