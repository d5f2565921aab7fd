"""The demo region is valid, has the size that was promised, and is plausible."""

import pandas as pd
import pytest

from portfolio.engine.pipeline import compute
from portfolio.engine.terms import Level
from tests.golden.demo import FOLDER, center
from tests.golden.oracle import Oracle, read


@pytest.mark.parametrize("scenario", ["infra", "niets", "regie"])
def test_no_scenario_has_an_error(scenario: str) -> None:
    findings = compute(center().plan_inputs(scenario)).findings
    assert [finding for finding in findings if finding.level is Level.ERROR] == []


def test_it_has_the_promised_size() -> None:
    frames = center().frames
    assert frames["services"]["phase"].value_counts().to_dict() == {"current": 28, "new": 8}
    assert frames["participants"]["kind"].value_counts().to_dict() == {"municipality": 8, "other": 1}
    inhabitants = frames["base_volumes"].query("driver == 'inhabitants'")["volume"]
    assert (inhabitants.min(), inhabitants.max(), inhabitants.sum()) == (9_200, 60_000, 238_000)
    decided = frames["decisions"].query("scenario == 'regie' and decision != 'undecided'")
    assert len(decided) == 31


def test_the_books_of_2027_nearly_close() -> None:
    oracle = Oracle(read(FOLDER), "niets")
    budget = center().frames["budget"].query("year == 2027")["amount"].sum()
    cost = sum(oracle.contributions(2027).values())
    assert (budget, cost) == (9_840_000, 9_702_753)


def test_staff_fills_the_teams_but_for_a_few_vacancies() -> None:
    staff = pd.read_csv(FOLDER / "staff.csv", dtype={"scale": str, "person": str}, keep_default_na=False)
    oracle = Oracle(read(FOLDER), "niets")
    formation = sum(oracle.team(service, oracle.start)[0] for service in oracle.services)
    assert len(staff) == 60
    assert staff["person"].is_unique
    assert staff["name"].is_unique
    assert staff["fte"].between(0.4, 1.0).all()
    assert set(staff["role"]) <= set(center().frames["roles"]["role"])
    assert set(staff["service"]) <= set(center().frames["services"]["service"])
    assert (float(formation), round(staff["fte"].sum(), 2)) == (59.6, 55.1)
