"""One plan of national size beside the same arithmetic in pandas, and beside plain passes over its numbers.

342 participants x 60 services x 120 months: teams, quotas and what every participant pays per year. Ours goes from
the inputs as they were read to the contributions (`engine.working.work`, FTE shares included). Pandas starts further
on, from frames of teams and shares that are ready, and does what spreadsheets do: merge, round every cell, group.
A pass is one `np.add` over as many numbers as there are cells.
"""

import numpy as np
import pandas as pd

from bench.pairs import in_turn, milliseconds, print_table, spread
from portfolio.engine.inputs import CenterInputs, PlanInputs
from portfolio.engine.pipeline import compute
from portfolio.engine.working import work

SEEDS = range(5)
DRIVERS = ("applications", "inhabitants", "workplaces")


def main() -> None:
    rows = []
    for people, services, years in [(342, 60, 10), (12, 20, 5)]:
        pandas, passes, whole = [], [], []
        for seed in SEEDS:
            inputs = center(people, services, years, seed).plan_inputs("s")
            frames = ready(inputs)
            cells = np.ones(people * services * years * 12), np.ones(people * services * years * 12)
            out = np.empty_like(cells[0])
            pandas.append(in_turn(lambda: shared(fresh(inputs)), lambda: merged(*frames)))  # noqa: B023
            passes.append(in_turn(lambda: shared(fresh(inputs)), lambda: np.add(*cells, out=out)))  # noqa: B023
            whole.append(in_turn(lambda: compute(fresh(inputs)), lambda: None))  # noqa: B023
        rows.append(
            [
                f"{people} x {services} x {years * 12}",
                milliseconds([t for pairs in pandas + passes for t in pairs.ours]),
                milliseconds([t for pairs in pandas for t in pairs.theirs]),
                spread([pairs.ratios for pairs in pandas]),
                spread([[1 / ratio for ratio in pairs.ratios] for pairs in passes]),
                milliseconds([t for pairs in whole for t in pairs.ours]),
            ]
        )
    print_table(["plan", "ours, ms", "pandas, ms", "pandas / ours", "passes", "whole compute, ms"], rows)


def fresh(inputs: PlanInputs) -> PlanInputs:
    """The same inputs with nothing remembered."""
    return PlanInputs(inputs.settings, inputs.frames, inputs.scenario)


def shared(inputs: PlanInputs) -> np.ndarray:
    """FTE and contributions per participant."""
    done = work(inputs)
    fte = (
        done.keys.shares(done.planned.fte_key, done.uptake.takes, done.need.demand)
        * done.need.team[:, None, :]
    )
    return done.cost.contributions + fte.sum(axis=(0, 2))[:, None]


def ready(inputs: PlanInputs) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Teams with their monthly cost, and shares, as the long frames that pandas starts from."""
    done = work(inputs)
    shares = done.keys.shares(done.planned.cost_key, done.uptake.takes, done.need.demand)
    services, people, epochs = shares.shape
    months = len(done.time.months)
    cost = done.cost.paid[:-1].sum(axis=(1, 2))[:, done.time.months // 12 - done.time.years[0]] / 12
    teams = pd.DataFrame({
        "service": np.repeat(np.arange(services), months),
        "month": np.tile(done.time.months, services),
        "epoch": np.tile(done.time.epoch_of, services),
        "fte": (done.need.team[:, done.time.epoch_of] * inputs.settings["fte_step"]).ravel(),
        "eur": cost.ravel(),
    })  # fmt: skip
    parts = pd.DataFrame({
        "service": np.repeat(np.arange(services), people * epochs),
        "participant": np.tile(np.repeat(np.arange(people), epochs), services),
        "epoch": np.tile(np.arange(epochs), services * people),
        "share": shares.ravel(),
    })  # fmt: skip
    return teams, parts


def merged(teams: pd.DataFrame, parts: pd.DataFrame) -> pd.Series:
    """The spreadsheet way: every cell of every month is a row, rounded on its own."""
    cells = teams.merge(parts, on=["service", "epoch"])
    cells["fte"] = (cells["fte"] * cells["share"] / 0.05).round() * 0.05
    cells["eur"] = cells["eur"] * cells["share"]
    cells["year"] = cells["month"] // 12
    return cells.groupby(["participant", "year"])[["fte", "eur"]].sum()


def center(people: int, services: int, years: int, seed: int) -> CenterInputs:
    """A center with every kind of cost and a decision on a third of its services."""
    rng = np.random.default_rng(seed)
    who = [f"P{number:03d}" for number in range(people)]
    what = [f"S{number:03d}" for number in range(services)]
    outsourced, started = what[: services // 5], what[services - services // 4 :]
    frames = {
        "participants": [{"code": code, "name": code, "current_contribution": 1e6} for code in who],
        "base_volumes": [{"participant": code, "driver": driver, "volume": float(rng.integers(100, 60_000))}
                         for code in who for driver in DRIVERS],
        "drivers": [{"driver": driver, "growth": 0.01} for driver in DRIVERS],
        "roles": [{"role": f"R{number}", "name": "role", "annual_cost": 60_000.0 + 5_000 * number}
                  for number in range(10)],
        "services": [{"service": code, "name": code, "phase": "new" if code in started else "current",
                      "base_fte": 0.05, "fixed_fte": 0.3, "min_fte": 1.0, "fixed_cost": 20_000.0,
                      "cost_key": ("demand", "inhabitants", "mix")[number % 3]} for number, code in enumerate(what)],
        "sizing": [{"service": code, "driver": driver, "per": 1000.0, "fte": float(rng.integers(1, 20)) / 1000,
                    "price": 1.0} for code in what for driver in DRIVERS[1:]],
        "role_mix": [{"service": code, "role": f"R{(number + other) % 10}", "share": 0.5}
                     for number, code in enumerate(what) for other in (0, 1)],
        "keys": [{"key": "mix", "part": part, "share": 0.5} for part in ("equal", "inhabitants")],
        "offers": [{"service": code, "decision": "outsource", "driver": "workplaces", "per": 1.0, "price": 20.0,
                    "fixed_cost": 10_000.0, "retained_share": 0.3} for code in outsourced],
        "scenarios": [{"scenario": "s"}],
        "decisions": [{"scenario": "s", "service": code, "decision": kind, "from": "2029-01"}
                      for kind, codes in (("outsource", outsourced), ("start", started)) for code in codes],
        "assets": [{"asset": f"A{number}", "service": what[number % services], "purchased": "2024-03",
                    "amount": 100_000.0, "term_months": 60.0} for number in range(40)],
        "contracts": [{"contract": f"C{number}", "supplier": "x", "service": what[number % services],
                       "annual_cost": 50_000.0} for number in range(40)],
    }  # fmt: skip
    settings = {"name": "Bench", "start": "2027-01", "years": years, "wage_growth": 0.03, "price_growth": 0.02,
                "overhead_per_fte": 15_000, "interest": 0.02}  # fmt: skip
    return CenterInputs.of(settings, {name: pd.DataFrame(rows) for name, rows in frames.items()})
