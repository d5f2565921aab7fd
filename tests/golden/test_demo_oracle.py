"""The engine against an independent recomputation in exact fractions: every team, every cost, every contribution."""

from collections import defaultdict
from fractions import Fraction
from functools import cache

import pytest

from portfolio.engine.pipeline import compute
from portfolio.engine.results import PlanResults
from tests.golden.demo import FOLDER, center
from tests.golden.oracle import Oracle, read

SCENARIOS = ("infra", "niets", "regie")
STEP = 0.05
NOISE = 1e-9


@cache
def plan(scenario: str) -> PlanResults:
    return compute(center().plan_inputs(scenario))


@cache
def oracle(scenario: str) -> Oracle:
    return Oracle(read(FOLDER), scenario)


def month(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:]) - 1


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_team_has_the_same_size_for_the_same_reason(scenario: str) -> None:
    rows = list(plan(scenario)["team_fte"].itertuples())
    assert len(rows) == 36 * 60
    for row in rows:
        size, bound = oracle(scenario).team(row.service, month(row.month))
        assert (row.fte, row.bound_by) == (pytest.approx(float(size), abs=NOISE), bound), (
            row.service,
            row.month,
        )


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_slice_is_a_whole_number_of_steps_next_to_its_quota(scenario: str) -> None:
    quotas: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    given: dict[tuple[str, str], float] = defaultdict(float)
    cells = {
        (row.service, row.month, row.participant): row.fte
        for row in plan(scenario)["fte_allocation"].itertuples()
    }
    known = oracle(scenario)
    for number in known.months:
        text = f"{number // 12:04d}-{number % 12 + 1:02d}"
        for service in known.services:
            for code, quota in known.quotas(service, number).items():
                cell = cells.pop((service, text, code))
                assert abs(cell - float(quota)) < STEP, (service, text, code)
                assert cell / STEP == pytest.approx(round(cell / STEP), abs=NOISE)
                quotas[text, code] += quota
                given[text, code] += cell
    assert not cells
    assert all(abs(given[column] - float(quotas[column])) < STEP for column in quotas)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_cost_is_the_same_to_the_cent(scenario: str) -> None:
    found = {
        (row.service, row.part, row.year): row.eur_cents
        for row in plan(scenario)["cost"].itertuples()
        if row.service
    }
    for service in oracle(scenario).services:
        for year in oracle(scenario).years:
            for part, amount in oracle(scenario).cost(service, year).items():
                cents = found.pop((service, part, year), 0)
                assert abs(cents - amount * 100) <= Fraction(1, 2), (service, part, year)
    assert not any(found.values())


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_contribution_is_the_same_to_the_euro(scenario: str) -> None:
    rows = plan(scenario)["contributions"]
    found = {(row.year, row.participant): row.eur for row in rows.itertuples()}
    known = oracle(scenario)
    assert found == {
        (year, code): eur for year in known.years for code, eur in known.contributions(year).items()
    }
