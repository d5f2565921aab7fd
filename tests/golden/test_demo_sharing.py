"""Cost sharing of six of the demo's participants against an independent recomputation in exact fractions.

Six, since fractions are slow and every one more doubles the number of groups.
"""

from functools import cache

import pytest

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.pipeline import compute
from portfolio.engine.results import PlanResults
from tests.golden.demo import FOLDER, center
from tests.golden.game_oracle import GameOracle
from tests.golden.oracle import read

YEAR = 2029  # in which services move halfway
LEFT_OUT = {"DUI", "WOL", "MAA"}
NAMES = {"participants": "code", "keys": "part"}


@cache
def plan(scenario: str) -> PlanResults:
    whole = center()
    frames = {}
    for name, frame in whole.frames.items():
        column = NAMES.get(name, "participant")
        frames[name] = frame[~frame[column].isin(LEFT_OUT)] if column in frame else frame
    return compute(CenterInputs.of(whole.settings, frames).plan_inputs(scenario), blocking=1000)


@cache
def oracle(scenario: str) -> GameOracle:
    tables = {
        name: [row for row in rows if row.get(NAMES.get(name, "participant")) not in LEFT_OUT]
        for name, rows in read(FOLDER).items()
    }
    return GameOracle(tables, scenario)


def cents(scenario: str, method: str) -> dict[str, int]:
    rows = plan(scenario)["sharing"].query("year == @YEAR and method == @method")
    return dict(zip(rows["participant"], rows["eur_cents"], strict=True))


@pytest.mark.parametrize("scenario", ["niets", "regie"])
@pytest.mark.parametrize(
    ("method", "name"), [("contribution", "recurring"), ("shapley", "shapley"), ("scrb", "scrb")]
)
def test_divisions_are_exact_to_the_cent(scenario: str, method: str, name: str) -> None:
    exact = getattr(oracle(scenario), name)(YEAR)
    assert cents(scenario, method) == {
        code: pytest.approx(float(eur) * 100, abs=1) for code, eur in exact.items()
    }


@pytest.mark.parametrize("scenario", ["niets", "regie"])
def test_going_alone_is_exact_to_the_cent(scenario: str) -> None:
    rows = plan(scenario)["solo"].query("year == @YEAR")
    expected = {code: oracle(scenario).solo(code, YEAR) for code in oracle(scenario).players(YEAR)}
    found = dict(zip(rows["participant"], rows["eur_cents"], strict=True))
    assert found == {code: pytest.approx(float(eur) * 100, abs=0.5) for code, eur in expected.items()}


@pytest.mark.parametrize("scenario", ["niets", "regie"])
def test_groups_that_are_better_off_alone_are_all_named(scenario: str) -> None:
    rows = plan(scenario)["core"].query("year == @YEAR and method == 'contribution'")
    found = {frozenset(row.coalition.split("+")): row.excess_eur_cents for row in rows.itertuples()}
    exact = oracle(scenario).excess(oracle(scenario).recurring(YEAR), YEAR)
    gaps = {members: float(gap) * 100 for members, gap in exact.items() if gap >= 0.005}
    assert found == {members: pytest.approx(gap, abs=0.51) for members, gap in gaps.items()}
    assert list(rows["excess_eur_cents"]) == sorted(rows["excess_eur_cents"], reverse=True)


@pytest.mark.parametrize("scenario", ["niets", "regie"])
def test_no_group_blocks_the_nucleolus_more_than_it_must(scenario: str) -> None:
    """Its worst excess is the least of all divisions, so never more than that of another."""
    worst = plan(scenario)["stability"].query("year == @YEAR").set_index("method")["worst_eur_cents"]
    assert worst["nucleolus"] <= worst.min() + 1


@pytest.mark.parametrize("scenario", ["niets", "regie"])
def test_a_mended_division_keeps_everyone_in(scenario: str) -> None:
    mending = plan(scenario)["mending"].query("year == @YEAR")
    verdicts = plan(scenario)["stability"].query("year == @YEAR").set_index("method")["verdict"]
    assert set(mending["method"]) == set(verdicts[verdicts == "mendable"].index)
    for method, change in mending.groupby("method"):
        assert change["eur_cents"].sum() == 0
        paid = cents(scenario, str(method))
        for code, cent in zip(change["participant"], change["eur_cents"], strict=True):
            paid[code] += cent
        after = oracle(scenario).excess({code: cent / 100 for code, cent in paid.items()}, YEAR)
        assert max(after.values(), default=0) < 0.1
