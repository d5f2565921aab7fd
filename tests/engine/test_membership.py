"""Leaving and joining: cases worked out by hand, and laws: it closes, order is nothing, who comes back restores all."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.engine.membership import (
    joining,
    leaving,
    newcomer_of,
    per_inhabitant,
    places_in_tables,
    switched,
)
from portfolio.engine.pipeline import compute
from portfolio.engine.schema import month_number
from portfolio.engine.working import work
from tests.engine.centers import centers
from tests.engine.small import center

law = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
JANUARY_2028 = month_number("2028-01")
#: 1 FTE for the pool and 1 per 1,000 inhabitants: 5 FTE at 120,000 for A (3) and B (1), 4 without B.
DESK = {"service": "DESK", "fixed_fte": 1.0, "min_fte": 4.5, "min_persons": 5}
SIZING = [{"service": "DESK", "driver": "inhabitants", "per": 1000, "fte": 1}]


def paid(switch, year):
    rows = switch.contributions
    return rows[rows["year"] == year].set_index("participant")[["was", "becomes"]].T.to_dict("list")


def small(**frames):
    return center([DESK], sizing=SIZING, **frames).plan_inputs("s")


def test_who_stays_pays_the_fixed_part_and_the_minimum_team_holds():
    switch = switched(small(), leaving(small(), ["B"]), JANUARY_2028)

    assert paid(switch, 2027) == {"A": [450_000, 450_000], "B": [150_000, 150_000]}
    assert paid(switch, 2028) == {"A": [450_000, 540_000], "B": [150_000, 0]}
    assert switch.teams(2028).to_dict("records") == [
        {"service": "DESK", "was": 5.0, "becomes": 4.5, "was_at": 5.0, "becomes_at": 4.5}
    ]
    assert switch.staff_cost(2028) == pytest.approx(60_000)
    assert switch.pools == [("DESK", "minimum", "2028-01")]  # 4.5 FTE are five persons still
    assert switched(leaving(small(), ["B"]), small(), JANUARY_2028).lifted == switch.pools


def test_leaving_within_a_year_parts_it_by_months():
    switch = switched(small(), leaving(small(), ["B"]), month_number("2028-04"))

    assert paid(switch, 2028) == {
        "A": [450_000, 450_000 * 3 // 12 + 540_000 * 9 // 12],
        "B": [150_000, 37_500],
    }
    assert paid(switch, 2029) == {"A": [450_000, 540_000], "B": [150_000, 0]}
    assert switch.teams(2028)["becomes"].tolist() == [pytest.approx((3 * 5 + 9 * 4.5) / 12)]


def test_a_service_that_nobody_takes_any_more_still_costs_all_its_fixed_part():
    plan = center(
        [{"service": "OWN", "fixed_cost": 12_000.0}],
        people={"A": 1, "B": 1, "C": 1},
        uptake=[{"scenario": "", "service": "OWN", "participant": code, "takes": False} for code in "AB"],
    ).plan_inputs("s")
    switch = switched(plan, leaving(plan, ["C"]), JANUARY_2028)

    assert switch.untaken(2028) == [("OWN", 12_000.0)]
    assert paid(switch, 2028) == {"A": [0, 6_000], "B": [0, 6_000], "C": [12_000, 0]}


def test_a_table_is_divided_over_those_who_stay_and_an_empty_one_equally():
    desk = {"service": "X", "fixed_cost": 90_000.0, "cost_key": "table"}
    keys = [
        {"key": "table", "part": code, "share": share} for code, share in (("A", 0.2), ("B", 0.4), ("C", 0.4))
    ]
    plan = center([desk], people={"A": 1, "B": 1, "C": 1}, keys=keys).plan_inputs("s")

    assert paid(switched(plan, leaving(plan, ["C"]), JANUARY_2028), 2028)["A"] == [18_000, 30_000]
    plan = center([desk], people={"A": 1, "B": 1, "C": 1}, keys=keys[2:]).plan_inputs("s")
    assert paid(switched(plan, leaving(plan, ["C"]), JANUARY_2028), 2028)["A"] == [0, 45_000]


def test_a_line_that_the_leaver_alone_pays_goes_with_it_and_others_stay():
    lines = [
        {"line": key, "kind": "one_off", "year": 2028, "amount": 800.0, "payer_key": key}
        for key in ("B", "equal")
    ]
    plan = small(lines=lines)
    switch = switched(plan, leaving(plan, ["B"]), JANUARY_2028)

    assert paid(switch, 2028) == {"A": [450_400, 540_800], "B": [151_200, 0]}
    assert switch.contributions["one_off_was"].sum() == 1_600


def test_locked_fte_that_no_longer_fits_is_told():
    lock = [{"scenario": "", "service": "DESK", "participant": "A", "takes": True, "locked_fte": 4.75}]
    plan = small(uptake=lock)

    assert switched(plan, leaving(plan, ["B"]), JANUARY_2028).locks == ["DESK"]


def test_an_unknown_leaver_and_the_last_one_out_are_refused():
    with pytest.raises(KeyError):
        leaving(small(), ["Z"])
    with pytest.raises(ValueError, match="nobody stays"):
        leaving(small(), ["A", "B"])
    with pytest.raises(ValueError, match="already"):
        joining(small(), newcomer_of(small(), "A"))


def test_what_is_not_known_of_a_newcomer_is_estimated_by_inhabitants():
    volumes = [
        {"participant": "A", "driver": "inhabitants", "volume": 3000},
        {"participant": "A", "driver": "desks", "volume": 30},
        {"participant": "B", "driver": "inhabitants", "volume": 1000},
    ]
    keys = [{"key": "t", "part": "A", "share": 0.6}, {"key": "t", "part": "B", "share": 0.4}]
    plan = small(base_volumes=volumes, keys=keys)

    assert per_inhabitant(plan, "inhabitants") == {"desks": 0.01}
    assert places_in_tables(plan, {"A": 3000, "B": 1000}, 2000) == {"t": 0.5}
    assert places_in_tables(plan, {}, None) == {"t": 0.5}


@law
@given(centers(locks=True), st.integers(0, 4))
def test_who_leaves_and_comes_back_gives_the_same_plan(center, which):
    plan = center.plan_inputs("s")
    people = list(plan.participant_at)
    code = people[which % len(people)]
    if len(people) > 1:
        back = joining(leaving(plan, [code]), newcomer_of(plan, code))
        assert back.digest == plan.digest


@law
@given(centers(), st.permutations(range(4)))
def test_the_order_of_leaving_is_nothing(center, order):
    plan = center.plan_inputs("s")
    gone = [code for code in (list(plan.participant_at)[at : at + 1] for at in order) if code][:2]
    gone = [code for [code] in gone]
    if len(plan.participant_at) > 2:
        one = leaving(leaving(plan, gone[:1]), gone[1:])
        assert one.digest == leaving(plan, gone).digest == leaving(plan, gone[::-1]).digest


@law
@given(centers(), st.sampled_from(["2027-07", "2028-01", "2028-05", "2031-12"]))
def test_all_closes_and_before_the_month_it_is_the_plan_as_computed(center, month):
    plan = center.plan_inputs("s")
    if len(plan.participant_at) < 2:
        return
    other = leaving(plan, list(plan.participant_at)[:1])
    switch = switched(plan, other, month_number(month))
    rows, cost = switch.contributions, switch.cost.groupby("year")[["was", "becomes"]].sum()

    written = compute(plan)["contributions"]
    assert rows["was"].tolist() == written["eur"].tolist()
    assert np.allclose(rows.groupby("year")[["was", "becomes"]].sum(), cost, atol=0.501)
    before = rows["year"] < int(month[:4])
    assert (rows["was"] == rows["becomes"])[before].all()
    after = rows["year"] > int(month[:4])
    assert (rows["becomes"][after & (rows["participant"] == next(iter(plan.participant_at)))] == 0).all()
    exact = pd.Series(work(other).cost.contributions.sum(axis=0), index=switch.years)
    assert np.allclose(cost["becomes"][cost.index > int(month[:4])], exact[exact.index > int(month[:4])])
