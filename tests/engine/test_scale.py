"""Whether scale pays: a service with a fixed part gets cheaper with size by what can be reckoned on paper."""

import pytest

from portfolio.engine.scale import STEPS, groups, sizes, turning_point
from tests.engine.small import center

SIZING = [{"service": "X", "driver": "inhabitants", "per": 1, "price": 100.0}]


def plan(**frames):
    """100 per inhabitant and 400,000 for the pool: with 4,000 inhabitants 200 each."""
    frames = {"sizing": SIZING} | frames
    return center([{"service": "X", "fixed_cost": 400_000.0}], **frames).plan_inputs("s")


def test_the_fixed_part_is_spread_over_more_units():
    found = sizes(plan(), "inhabitants", 2028)

    today = found[STEPS]
    assert (today.factor, today.units, today.least_each, today.most_each) == (1.0, 4000, 200, 200)
    assert found[STEPS + 1].least_each == pytest.approx(100 + 100 / 1.1)
    assert found[0].least_each == pytest.approx(100 + 100 * 1.1**STEPS)


def test_holdings_stand_still_or_grow_along():
    contracts = [{"contract": "C", "supplier": "x", "service": "X", "annual_cost": 40_000.0}]
    larger = sizes(plan(contracts=contracts), "inhabitants", 2028)[STEPS + 1]

    assert larger.most - larger.least == pytest.approx(4_000)


def test_without_a_fixed_part_scale_never_pays():
    found = sizes(center([{"service": "X"}], sizing=SIZING).plan_inputs("s"), "inhabitants", 2028)

    assert turning_point([size.least_each for size in found], 0.001) == 0


def test_groups_grow_from_the_largest_and_leave_out_what_nobody_takes():
    uptake = [{"scenario": "", "service": "X", "participant": "A", "takes": False}]
    found = groups(plan(), "inhabitants", 2028)

    assert [(group.joined, group.units, group.eur) for group in found] == [
        ("A", 3000, 700_000), ("B", 4000, 800_000),
    ]  # fmt: skip
    assert groups(plan(uptake=uptake), "inhabitants", 2028)[0].eur == 0


def test_nothing_counted_is_no_curve():
    nothing = plan(people={"A": 0, "B": 0})

    assert sizes(nothing, "inhabitants", 2028) == []
    assert groups(nothing, "inhabitants", 2028)[0].each is None


def test_a_year_that_is_there_in_part_is_made_up_to_twelve_months():
    half = plan(settings={"start": "2027-07", "years": 1})

    assert sizes(half, "inhabitants", 2027)[STEPS].least == pytest.approx(800_000)
