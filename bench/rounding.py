"""Controlled rounding beside a linear program in HiGHS and the min-cost flow of OR-tools.

All three start from the same array of quotas and end with the same kind of integer table; that all are equally near
to the quotas is checked before anything is timed.
"""

import highspy
import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from bench.pairs import in_turn, milliseconds, print_table, spread
from portfolio.engine.rounding import round_matrix

SIZES = [(12, 20), (60, 342), (342, 60)]
KINDS = ["random", "sparse", "equal", "one key"]
SEEDS = range(5)


def main() -> None:
    rows = []
    for size in SIZES:
        for kind in KINDS:
            highs, flow = [], []
            for seed in SEEDS:
                units = quotas(kind, *size, seed)
                check(units)
                highs.append(in_turn(lambda: round_matrix(units), lambda: highs_lp(units)))  # noqa: B023
                flow.append(in_turn(lambda: round_matrix(units), lambda: ortools_flow(units)))  # noqa: B023
            ours, theirs = [[t for pairs in peer for t in pairs.ours] for peer in (highs, flow)]
            rows.append(
                [
                    f"{size[0]} x {size[1]}",
                    kind,
                    milliseconds(ours + theirs),
                    milliseconds([t for pairs in highs for t in pairs.theirs]),
                    spread([pairs.ratios for pairs in highs]),
                    milliseconds([t for pairs in flow for t in pairs.theirs]),
                    spread([[1 / ratio for ratio in pairs.ratios] for pairs in flow]),
                ]
            )
    print_table(
        ["table", "quotas", "ours, ms", "HiGHS LP, ms", "HiGHS / ours", "OR-tools, ms", "ours / OR-tools"],
        rows,
    )


def quotas(kind: str, rows: int, columns: int, seed: int) -> np.ndarray:
    """Quotas in steps (services x participants), NaN for a participant that does not take the service."""
    rng = np.random.default_rng(seed)
    team = rng.integers(1, 2 * columns, rows)
    weights = rng.random((rows, columns))
    if kind == "sparse":
        weights[rng.random((rows, columns)) < 0.8] = np.nan
        weights[:, 0] = rng.random(rows)
    elif kind == "equal":
        weights[:] = 1
    elif kind == "one key":
        weights[:] = rng.lognormal(0, 1, columns)
    return team[:, None] * weights / np.nansum(weights, axis=1, keepdims=True)


def check(units: np.ndarray) -> None:
    near = [
        float(np.nansum(abs(steps - units)))
        for steps in (round_matrix(units), highs_lp(units), ortools_flow(units))
    ]
    if max(near) - min(near) > 1e-4:
        raise SystemExit(f"the tables are not equally near to the quotas: {near}")


def parts(units: np.ndarray):
    """Floors, fractions and the bounds of rows and columns, as every peer needs them."""
    units = np.nan_to_num(units)
    floors = np.floor(units + 1e-9)
    fractions = units - floors
    fractions[fractions < 1e-9] = 0
    sums = fractions.sum(axis=0)
    return floors, fractions, np.rint(fractions.sum(axis=1)), np.floor(sums + 1e-7), np.ceil(sums - 1e-7)


def highs_lp(units: np.ndarray) -> np.ndarray:
    """The linear program through highspy's own interface, arrays passed whole, with its default options."""
    floors, fractions, row_sums, lower, upper = parts(units)
    row, column = np.nonzero(fractions)
    count = len(row)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count, sum(fractions.shape)
    lp.col_cost_ = 1 - 2 * fractions[row, column]
    lp.col_lower_, lp.col_upper_ = np.zeros(count), np.ones(count)
    lp.row_lower_, lp.row_upper_ = np.append(row_sums, lower), np.append(row_sums, upper)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.arange(0, 2 * count + 1, 2, dtype=np.int32)
    lp.a_matrix_.index_ = np.column_stack([row, len(fractions) + column]).ravel().astype(np.int32)
    lp.a_matrix_.value_ = np.ones(2 * count)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)  # the simplex uses one; idle ones would disturb the other side
    solver.passModel(lp)
    solver.run()
    floors[row, column] += np.rint(solver.getSolution().col_value)
    return floors.astype(np.int64)


def ortools_flow(units: np.ndarray) -> np.ndarray:
    """A flow from rows to columns; one row more, at no cost, takes what a column leaves of its upper bound."""
    floors, fractions, row_sums, lower, upper = parts(units)
    rows = len(fractions)
    row, column = np.nonzero(np.vstack([fractions, upper - lower]))
    cost = np.zeros(len(row), dtype=np.int64)
    cells = row < rows
    cost[cells] = np.rint((1 - 2 * fractions[row[cells], column[cells]]) * 2**30)
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(row, rows + 1 + column, np.ones_like(row), cost)
    supply = np.concatenate([row_sums, [upper.sum() - row_sums.sum()], -upper]).astype(np.int64)
    flow.set_nodes_supplies(np.arange(len(supply)), supply)
    if flow.solve() != flow.OPTIMAL:
        raise SystemExit("OR-tools found no flow")
    floors[row[cells], column[cells]] += flow.flows(arcs)[cells]
    return floors.astype(np.int64)
