"""What cost sharing of a whole plan takes: 36 services and 5 years, some services with fewer takers.

The peer is the loop that numpy invites to: thousands of groups at once as rows, a product of matrices for what they
need, rounded up, times the rate. Both sides cost every group of participants in one year (of 40 participants, 50,000
groups at random), and are checked to agree to the cent. For 12 participants a loop in plain Python stands beside it.
"All of it" is `sharing.share`: the games of five years, every key and solution, who blocks each, and what mends it.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from bench.pairs import in_turn, milliseconds, print_table, spread
from bench.plan import center
from portfolio.engine.inputs import CenterInputs, PlanInputs
from portfolio.engine.pools import Pool, pool_of
from portfolio.engine.rounding import ceil_steps
from portfolio.engine.sharing import share
from portfolio.engine.subsets import rows_of
from portfolio.engine.working import work

SERVICES, YEARS = 36, 5
CHUNK = 1 << 13
MANY = 50_000


def main() -> None:
    rows = []
    for people, seeds, pairs in [(12, 3, 5), (16, 3, 5), (20, 3, 3), (40, 2, 3)]:
        tables, loops, whole = [], [], []
        for seed in range(seeds):
            inputs = varied(people, seed)
            pool = pool_of(work(inputs), 2)
            ours, groups = sides(pool)
            check(ours(), by_rows(pool, groups))
            tables.append(in_turn(ours, lambda: by_rows(pool, groups), pairs))  # noqa: B023
            if people <= 12:
                check(ours(), by_loop(pool, groups))
                loops.append(in_turn(ours, lambda: by_loop(pool, groups), 3))  # noqa: B023
            whole.append(in_turn(lambda: share(work(fresh(inputs))), lambda: work(fresh(inputs)), 3))  # noqa: B023
        apart = [ours - plan for both in whole for ours, plan in zip(both.ours, both.theirs, strict=True)]
        rows.append(
            [
                str(people),
                milliseconds([t for both in tables for t in both.ours]),
                milliseconds([t for both in tables for t in both.theirs]),
                spread([both.ratios for both in tables]),
                spread([both.ratios for both in loops]) if loops else "",
                f"{milliseconds(apart)} (at most {max(apart) * 1e3:.0f})",
            ]
        )
    print_table(
        ["people", "a year, ms", "numpy rows, ms", "rows / ours", "Python loop / ours", "all of it, ms"], rows
    )


def varied(people: int, seed: int) -> PlanInputs:
    """The center of the benchmark of plans, two in five not taking a sixth of the services."""
    made = center(people, SERVICES, YEARS, seed)
    rng = np.random.default_rng(seed)
    uptake = [
        {"scenario": "", "service": service, "participant": who, "takes": False}
        for service in made.frames["services"]["service"][::6]
        for who in made.frames["participants"]["code"]
        if rng.random() < 0.4
    ]
    frames = dict(made.frames) | {"uptake": pd.DataFrame(uptake)}
    return CenterInputs.of(made.settings, frames).plan_inputs("s")


def fresh(inputs: PlanInputs) -> PlanInputs:
    """The same inputs with nothing remembered."""
    return PlanInputs(inputs.settings, inputs.frames, inputs.scenario)


def sides(pool: Pool) -> tuple[Callable[[], np.ndarray], np.ndarray]:
    """Our way to cost all groups, or many, and those groups as rows."""
    n = len(pool.players)
    if n <= 20:
        return lambda: pool.table()[1:], rows_of(np.arange(1, 1 << n), n)
    groups = np.random.default_rng(1).random((MANY, n)) < 0.5
    return lambda: pool.cost_of(groups), groups


def by_rows(pool: Pool, groups: np.ndarray) -> np.ndarray:
    costs = []
    for start in range(0, len(groups), CHUNK):
        members = groups[start : start + CHUNK]
        taken = members @ pool.takes.T.astype(float) > 0
        need = np.maximum(pool.fixed + members @ pool.demand.T, pool.least)
        team = ceil_steps(need, pool.step) * taken[:, pool.of]
        costs.append(team @ pool.rate + taken @ pool.whole + members @ pool.quantity.sum(axis=0))
    return np.concatenate(costs)


def by_loop(pool: Pool, groups: np.ndarray) -> np.ndarray:
    takes, demand, quantity = pool.takes.tolist(), pool.demand.tolist(), pool.quantity.sum(axis=0).tolist()
    segments = list(
        zip(
            pool.of.tolist(),
            pool.fixed.tolist(),
            pool.least.tolist(),
            pool.rate.tolist(),
            demand,
            strict=True,
        )
    )
    costs = []
    for group in groups:
        members = np.flatnonzero(group).tolist()
        served = [any(takers[who] for who in members) for takers in takes]
        cost = sum(quantity[who] for who in members)
        cost += sum(eur for eur, here in zip(pool.whole.tolist(), served, strict=True) if here)
        for service, fixed, least, rate, asked in segments:
            if served[service]:
                need = max(fixed + sum(asked[who] for who in members), least)
                cost += rate * -((1e-9 - need / pool.step) // 1)
        costs.append(cost)
    return np.array(costs)


def check(ours: np.ndarray, theirs: np.ndarray) -> None:
    if not np.allclose(ours, theirs, rtol=0, atol=0.005):
        raise SystemExit(f"the costs differ by up to {abs(ours - theirs).max()}")
