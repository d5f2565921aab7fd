"""Estimating from totals: whatever the center, teams and cost add up to what was told, in any order."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.engine import checks
from portfolio.engine.estimating import (
    as_it_is,
    divided,
    estimated_volumes,
    fit,
    other_cost,
    proportional_teams,
    size_of,
)
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.pipeline import compute
from portfolio.engine.scaling import UNEXPLAINED, TooSmall, refilled, resized, with_unexplained
from portfolio.engine.schema import tidy
from portfolio.engine.terms import Level
from tests.engine import small
from tests.engine.centers import centers

WORDS = {"name": "Not yet explained", "category": "", "source": "test"}
EMPTIED = ("uptake", "volumes", "lines", "decisions", "offers", "budget")


def bare(center: CenterInputs, start: str = "2027-01") -> CenterInputs:
    """As the guided start has a center: nothing decided, everyone takes everything.

    Without growth of prices, since an asset that is replaced in the first year costs that year's price already.
    """
    frames = dict(center.frames) | {name: tidy(name, None) for name in EMPTIED}
    return CenterInputs.of({**center.settings, "start": start, "price_growth": 0}, frames)


def fits(center: CenterInputs, fte: float, eur: int):
    found = fit(center, fte=fte, eur=eur, words=WORDS)
    errors = [one for one in checks.find(found.inputs) if one.level is Level.ERROR]
    assert not errors
    return found


totals = {"fte": st.integers(0, 2000).map(lambda n: n / 10), "eur": st.integers(0, 30_000_000)}


@settings(max_examples=15, deadline=None)
@given(center=centers(), **totals)
def test_teams_and_contributions_add_up_to_what_was_told(center, fte, eur):
    center = bare(center)
    found = fits(center, fte, eur)
    now = as_it_is(found.inputs)

    if set(center.frames["services"]["phase"]) != {"new"}:
        assert sum(now.teams.values()) == round(fte / now.step)
    plan = compute(found.inputs.plan_inputs(found.inputs.scenarios[0]))
    paid = plan.frames["contributions"]
    assert paid.loc[paid["year"] == 2027, "eur"].sum() == eur


@settings(max_examples=8, deadline=None)
@given(center=centers(), seed=st.randoms(use_true_random=False), **totals)
def test_the_order_of_rows_does_not_matter(center, seed, fte, eur):
    center = bare(center)
    shuffled = {
        name: frame.sample(frac=1, random_state=seed.randrange(1000)) for name, frame in center.frames.items()
    }
    one = fits(center, fte, eur)
    other = fits(CenterInputs.of(center.settings, shuffled), fte, eur)

    scenario = center.scenarios[0]
    assert one.inputs.plan_inputs(scenario).digest == other.inputs.plan_inputs(scenario).digest


@settings(max_examples=20, deadline=None)
@given(
    total=st.integers(0, 10**9),
    weights=st.dictionaries(
        st.text("ABC", min_size=1, max_size=3), st.floats(0, 1e6), min_size=1, max_size=9
    ),
)
def test_a_total_is_divided_to_the_last_unit(total, weights):
    found = divided(total, weights)

    assert sum(found.values()) == total
    assert found == divided(total, dict(reversed(weights.items())))
    heaviest = max(weights.values())
    exact = {key: total * weight / sum(weights.values()) for key, weight in weights.items() if heaviest}
    assert all(abs(found[key] - exact[key]) < 1 + 1e-6 * total for key in exact)


def test_keeping_everything_changes_nobodys_bill():
    """Today's key leaves what everyone pays as it is, the part by quantity included."""
    center = small.center(
        [{"service": "DESK", "fixed_fte": 1.0}, {"service": "M365"}],
        sizing=[{"service": "M365", "driver": "inhabitants", "per": 1, "price": 30}],
        participants=[
            {"code": "A", "name": "A", "current_contribution": 700_000},
            {"code": "B", "name": "B", "current_contribution": 300_000},
        ],
    )
    found = fits(center, 4.0, 1_000_000)

    paid = compute(found.inputs.plan_inputs("s")).frames["contributions"]
    first = paid[paid["year"] == 2027].set_index("participant")["eur"]
    assert first.to_dict() == {"A": 700_000, "B": 300_000}


def test_a_total_below_the_cost_of_staff_leaves_income_to_explain():
    found = fits(small.center([{"service": "DESK", "fixed_fte": 1.0}]), 10.0, 1_000_000)

    assert found.unexplained == -200_000  # ten of 120,000
    line = found.inputs.frames["lines"].iloc[0]
    assert (line["line"], line["kind"], line["amount"], bool(line["recurring"])) == (
        UNEXPLAINED, "income", 200_000, True,
    )  # fmt: skip


def test_more_than_staff_makes_plausible_stands_apart():
    found = fits(small.center([{"service": "DESK", "fixed_fte": 1.0}]), 10.0, 3_000_000)

    services = found.inputs.frames["services"].set_index("service")
    assert found.unexplained == 600_000  # 1.2 million staff, as much other cost, and this
    assert services.loc["DESK", "fixed_cost"] == 1_200_000
    assert services.loc[UNEXPLAINED, "fixed_cost"] == 600_000
    assert services.loc[UNEXPLAINED, "status"] == "estimated"


def test_the_unexplained_part_changes_and_goes():
    center = with_unexplained(small.center([{"service": "DESK"}]), 500, words=WORDS)
    negative = with_unexplained(center, -300, words=WORDS)
    gone = with_unexplained(negative, 0, words=WORDS)

    assert negative.frames["services"].set_index("service").loc[UNEXPLAINED, "fixed_cost"] == 0
    assert list(negative.frames["lines"]["amount"]) == [300]
    assert gone.frames["lines"].empty


def test_a_team_is_resized_whatever_made_it():
    center = small.center(
        [{"service": "DESK", "base_fte": 0.2, "fixed_fte": 0.5, "min_fte": 6.0}],
        sizing=[{"service": "DESK", "driver": "inhabitants", "per": 1000, "fte": 0.7}],
        uptake=[{"scenario": "", "service": "DESK", "participant": "A", "fte": 1.0}],
    )
    for steps in (20, 33, 61, 400):
        assert as_it_is(resized(center, {"DESK": steps})).teams == {"DESK": steps}
    with pytest.raises(TooSmall):
        resized(center, {"DESK": 19})


def test_a_service_without_any_rule_gets_its_team_as_fixed_part():
    sized = resized(small.center([{"service": "DESK"}]), {"DESK": 7})

    assert sized.frames["services"].iloc[0]["fixed_fte"] == 0.35


def test_other_cost_follows_staff():
    center = small.center([{"service": "A1", "fixed_fte": 1.0}, {"service": "B1", "fixed_fte": 3.0}])
    fixed, left = other_cost(as_it_is(center), 680_000)

    assert fixed == {"A1": 50_000, "B1": 150_000}
    assert abs(left) <= 0.5
    assert as_it_is(refilled(center, fixed)).total == 680_000


def test_a_partial_first_year_is_scaled_to_a_whole_one():
    center = small.center([{"service": "DESK", "fixed_fte": 1.0}], settings={"start": "2027-07"})
    found = fits(center, 2.0, 300_000)

    paid = compute(found.inputs.plan_inputs("s")).frames["contributions"]
    assert paid.groupby("year")["eur"].sum().to_dict()[2027] == 150_000


def test_proportions_of_the_templates_stay():
    center = small.center([{"service": "A1", "fixed_fte": 1.0}, {"service": "B1", "min_fte": 3.0}])

    assert proportional_teams(center, 10.0) == {"A1": 50, "B1": 150}


def test_other_bodies_are_measured_by_their_workplaces():
    assert estimated_volumes(30_000) == {
        "workplaces": 360, "servers": 60, "applications": 132, "suppliers": 48, "projects": 6,
    }  # fmt: skip
    other = estimated_volumes(None, 120)
    assert (other["workplaces"], other["applications"]) == (120, 24)
    assert size_of(None, 120) == 10_000


def test_a_center_without_current_services_is_all_unexplained():
    new = small.center([{"service": "BI", "phase": "new", "fixed_fte": 1.0}])
    found = fits(replace(new, frames={**new.frames, "decisions": tidy("decisions", None)}), 0.0, 1000)

    assert found.unexplained == 1000
    assert isinstance(found.inputs.frames["services"], pd.DataFrame)
