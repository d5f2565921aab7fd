"""Cost sharing on paper: a game small enough to work out by hand, and the laws for any center."""

import os
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.pipeline import compute
from portfolio.engine.results import PlanResults
from tests.engine.centers import centers
from tests.engine.small import center, codes

law = settings(
    max_examples=int(os.environ.get("LAWS", "8")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# One FTE per 1,000 inhabitants at 120,000, a fixed half FTE for whoever does it together, 60,000 besides people.
DESK = {"service": "DESK", "fixed_fte": 0.5, "fixed_cost": 60_000}
SIZING = [{"service": "DESK", "driver": "inhabitants", "per": 1000, "fte": 1}]
THREE = {"A": 3000, "B": 1000, "C": 1000}


def shared(*args, blocking: int = 100, **kwargs) -> PlanResults:
    return compute(center(*args, **kwargs).plan_inputs("s"), blocking=blocking)


desk = partial(shared, [DESK], sizing=SIZING, people=THREE)


def eur(results: PlanResults, method: str, year: int = 2027) -> dict[str, float]:
    rows = results["sharing"].query("year == @year and method == @method")
    return {code: cents / 100 for code, cents in zip(rows["participant"], rows["eur_cents"], strict=True)}


def solo(results: PlanResults, year: int = 2027) -> dict[str, tuple[float, str]]:
    rows = results["solo"].query("year == @year")
    return {row.participant: (row.eur_cents / 100, row.basis) for row in rows.itertuples()}


def blocking(results: PlanResults, method: str, year: int = 2027) -> dict[str, float]:
    rows = results["core"].query("year == @year and method == @method")
    return {row.coalition: row.excess_eur_cents / 100 for row in rows.itertuples()}


def test_alone_is_demand_without_the_parts_of_a_pool():
    # A 3 FTE x 120,000 + 60,000; B and C 1 FTE x 120,000 + 60,000.
    assert solo(desk()) == {
        "A": (420_000, "estimate"),
        "B": (180_000, "estimate"),
        "C": (180_000, "estimate"),
    }


def test_what_is_stated_for_going_alone_replaces_what_is_shared():
    results = shared([DESK | {"solo_fixed_cost": 10_000, "solo_min_fte": 1.5}], sizing=SIZING, people=THREE)
    assert solo(results)["B"] == (1.5 * 120_000 + 10_000, "estimate")
    assert solo(results)["A"] == (3 * 120_000 + 10_000, "estimate")


def test_together_is_the_team_sized_for_them_alone():
    results = desk()
    # All three: 5 + 0.5 FTE and 60,000 = 720,000. A+B: 4.5 FTE = 600,000, both alone 600,000. B+C: 2.5 FTE = 360,000.
    assert sum(eur(results, "contribution").values()) == 720_000
    assert eur(results, "scrb") == {"A": 400_000, "B": 160_000, "C": 160_000}
    assert eur(results, "nucleolus") == {"A": 400_000, "B": 160_000, "C": 160_000}
    assert eur(results, "shapley") == {"A": 400_000, "B": 160_000, "C": 160_000}


def test_a_key_that_is_too_dear_for_someone_is_named_with_its_mending():
    results = desk()
    assert eur(results, "key:equal") == dict.fromkeys(THREE, 240_000)
    assert blocking(results, "key:equal") == {"B+C": 120_000, "B": 60_000, "C": 60_000}
    assert blocking(results, "key:demand") == {"A": 12_000}
    mending = results["mending"].query("year == 2027 and method == 'key:equal'")
    assert mending.set_index("participant")["eur_cents"].to_dict()["A"] == 120_000_00
    verdicts = results["stability"].query("year == 2027").set_index("method")["verdict"]
    assert (verdicts["key:equal"], verdicts["nucleolus"]) == ("mendable", "stable")


def test_stated_own_effort_counts_before_an_estimate_and_a_package_where_it_is_cheaper():
    results = desk(
        settings={"price_growth": 0.1},
        own_effort=[
            {"participant": "A", "service": "DESK", "annual_cost": 300_000.0, "remains": 0},
            {"participant": "B", "service": "DESK", "fte": 2.0, "remains": 0},
        ],
        alternatives=[
            {"participant": "A", "option": "host", "annual_cost": 310_000.0},
            {"participant": "C", "option": "managed", "annual_cost": 90_000.0},
            {"participant": "C", "option": "host", "annual_cost": None},
        ],
    )
    assert solo(results) == {"A": (300_000, "stated"), "B": (240_000, "stated"), "C": (90_000, "managed")}
    assert solo(results, 2028)["A"] == (330_000, "stated")
    assert solo(results, 2028)["C"] == (99_000, "managed")


def test_a_number_that_is_missing_makes_going_alone_unknown():
    sizing = [{"service": "DESK", "driver": "applications", "per": 10, "fte": 1}]
    results = shared([DESK], sizing=sizing, drivers=[{"driver": "applications"}])
    assert {basis for _, basis in solo(results).values()} == {"unknown"}


def test_who_takes_nothing_pays_nothing_and_is_in_no_group():
    results = desk(uptake=[{"scenario": "", "service": "DESK", "participant": "C", "takes": False}])
    assert {eur(results, method)["C"] for method in results["sharing"]["method"].unique()} == {0}
    assert set(solo(results)) == {"A", "B"}
    assert not results["core"]["coalition"].str.contains("C").any()


def test_a_year_without_anything_live_has_no_game():
    results = shared([DESK | {"phase": "new"}], sizing=SIZING)
    assert results["solo"].empty
    assert (results["sharing"]["eur_cents"] == 0).all()


def test_one_participant_alone_is_a_game_too():
    results = shared([DESK], sizing=SIZING, people={"A": 3000})
    assert eur(results, "nucleolus") == eur(results, "shapley") == eur(results, "scrb") == {"A": 480_000}


def test_one_off_lines_stay_outside():
    line = {"line": "L", "kind": "one_off", "year": 2027, "amount": 90_000.0, "payer_key": "equal"}
    assert eur(desk(lines=[line]), "contribution") == eur(desk(), "contribution")


def test_where_being_together_is_dearer_no_division_keeps_everyone_in():
    results = shared([DESK | {"min_fte": 20}], sizing=SIZING, people=THREE)
    verdicts = results["stability"].query("year == 2027").set_index("method")["verdict"]
    assert set(verdicts) == {"none"}
    assert results["mending"].query("year == 2027").empty


@pytest.mark.parametrize(("size", "said"), [(21, {"game_sampled"}), (41, {"game_left_out"})])
def test_a_large_center_is_sampled_and_a_very_large_one_left_out(size, said):
    people = {f"P{n:02}": 1000.0 + 100 * n for n in range(size)}
    results = shared([DESK], sizing=SIZING, people=people, settings={"years": 1})
    assert codes(results) & {"game_sampled", "game_left_out"} == said
    methods = set(results["sharing"]["method"])
    assert ("shapley" in methods) == (size == 21)
    if size == 21:
        errors = results["sharing"].query("method == 'shapley'")["error_eur_cents"]
        assert (errors > 0).any()
        assert set(results["stability"]["checked"]) == {"searched"}


@law
@given(centers())
def test_every_division_of_a_year_has_the_same_total(made: CenterInputs):
    results = compute(made.plan_inputs("s"), blocking=10)  # asserts it
    assert not results["sharing"].isna().any().any()
    exact = results["cost"].query("part != 'one_off'").groupby("year")["eur_cents"].sum()
    plan = results["sharing"].query("method == 'contribution'").groupby("year")["eur_cents"].sum()
    assert np.allclose(exact.reindex(plan.index), plan, atol=len(results["cost"]))


@law
@given(centers())
def test_the_order_of_rows_does_not_matter(made: CenterInputs):
    turned = CenterInputs.of(made.settings, {name: frame.iloc[::-1] for name, frame in made.frames.items()})
    one, other = (compute(inputs.plan_inputs("s"), blocking=10) for inputs in (made, turned))
    for name in ("sharing", "core", "stability", "mending", "alone", "solo"):
        pd.testing.assert_frame_equal(one[name], other[name], check_exact=True)


@law
@given(centers())
def test_no_division_is_worse_for_its_worst_group_than_the_nucleolus(made: CenterInputs):
    results = compute(made.plan_inputs("s"), blocking=10)
    worst = results["stability"].pivot(index="year", columns="method", values="worst_eur_cents")
    if not worst.empty:
        assert (worst["nucleolus"] <= worst.min(axis=1) + 1).all()
