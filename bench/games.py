"""Shapley values and the nucleolus beside plain ways to get them.

Every group of municipalities pays for a few joint works that cost less per head the more there are. For Shapley the
table of costs is ready on both sides; the peer is a loop over players and coalitions, and passes of `np.sum` over the
table. For the nucleolus both start from the table; ours includes Kohlberg's test of the answer. The peer puts a row for
every coalition in the linear program of every stage, in HiGHS with its default options and one thread.
"""

import math
from time import perf_counter

import highspy
import numpy as np

from bench.pairs import in_turn, milliseconds, print_table, spread
from portfolio.engine.games import CostGame, kohlberg, nucleolus, shapley

SEEDS = range(5)
ROWS_SEEDS = range(3)  # where the peer takes seconds
WORKS = 12


def main() -> None:
    rows = []
    for n in (16, 20, 22):
        loops, sums = [], []
        for seed in SEEDS:
            game = sample(n, seed)
            table = game.table
            if n == 16:
                check(shapley(game), plain_loop(table, n), 1e-9)
                loops.append(in_turn(lambda: shapley(game), lambda: plain_loop(table, n)))  # noqa: B023
            sums.append(in_turn(lambda: shapley(game), lambda: np.sum(table)))  # noqa: B023
        rows.append(
            [
                f"Shapley, {n}",
                milliseconds([t for pairs in loops + sums for t in pairs.ours]),
                milliseconds([t for pairs in loops for t in pairs.theirs]) if loops else "",
                spread([pairs.ratios for pairs in loops]) if loops else "",
                spread([[1 / ratio for ratio in pairs.ratios] for pairs in sums]),
            ]
        )
    for n in (12, 16):
        peers = []
        for seed in ROWS_SEEDS:
            game = sample(n, seed)
            check(proven(game), all_rows(game.table, n), 1e-5)
            peers.append(in_turn(lambda: proven(game), lambda: all_rows(game.table, n), 7))  # noqa: B023
        ours, theirs = ([t for pairs in peers for t in side(pairs)] for side in (our_side, their_side))
        ratio = spread([pairs.ratios for pairs in peers])
        rows.append([f"nucleolus and proof, {n}", milliseconds(ours), milliseconds(theirs), ratio, ""])
    for n in (20, 22):
        taken = []
        for seed in SEEDS:
            game = sample(n, seed)
            _ = game.table
            start = perf_counter()
            proven(game)
            taken.append(perf_counter() - start)
        worst = f"{milliseconds(taken)} (at most {max(taken) * 1e3:.0f})"
        rows.append([f"nucleolus and proof, {n}", worst, "", "", ""])
    print_table(["work, players", "ours, ms", "plain, ms", "plain / ours", "passes of np.sum"], rows)


def our_side(pairs) -> list[float]:
    return pairs.ours


def their_side(pairs) -> list[float]:
    return pairs.theirs


def sample(n: int, seed: int) -> CostGame:
    rng = np.random.default_rng(seed)
    use = rng.integers(1, 60, (n, WORKS)) * (rng.random((n, WORKS)) < 0.6)
    price, bend = rng.integers(5, 100, WORKS), rng.uniform(0.4, 0.95, WORKS)
    return CostGame.from_function(range(n), lambda rows: ((rows @ use) ** bend) @ price)


def proven(game: CostGame) -> dict:
    found = nucleolus(game)
    if not kohlberg(game, found):
        raise SystemExit("Kohlberg's test refuses our nucleolus")
    return found


def check(ours: dict, theirs: np.ndarray, near: float) -> None:
    if not np.allclose(list(ours.values()), theirs, rtol=near, atol=near):
        raise SystemExit(f"the answers differ: {list(ours.values())} and {theirs.tolist()}")


def plain_loop(table: np.ndarray, n: int) -> np.ndarray:
    costs = table.tolist()
    weight = [math.factorial(size) * math.factorial(n - size - 1) / math.factorial(n) for size in range(n)]
    paid = [0.0] * n
    for mask in range(1 << n):
        for player in range(n):
            if not mask >> player & 1:
                paid[player] += weight[mask.bit_count()] * (costs[mask | 1 << player] - costs[mask])
    return np.array(paid)


def all_rows(table: np.ndarray, n: int) -> np.ndarray:
    """Stage by stage, with all coalitions that are not settled; those with a price are settled, with what they span."""
    masks = np.arange(1, (1 << n) - 1)
    rows = (masks[:, None] >> np.arange(n) & 1).astype(float)
    scale = abs(table).max()
    bars = table[1:-1] / scale
    held, levels = np.ones((1, n)), np.array([table[-1] / scale])
    division = np.zeros(n)
    while np.linalg.matrix_rank(held) < n:
        away = np.linalg.svd(held)[2][np.linalg.matrix_rank(held) :]
        open_rows = (abs(rows @ away.T) > 1e-9).any(axis=1)
        left, left_bars = rows[open_rows], bars[open_rows]
        answer, prices = stage(held, levels, left, left_bars)
        division = answer[:n]
        settled = -prices[len(held) :] > 1e-8
        held = np.vstack([held, left[settled]])
        levels = np.append(levels, left_bars[settled] + answer[n])
        _, first = np.unique(np.round(held, 9), axis=0, return_index=True)
        independent: list[int] = []
        for row in np.sort(first):
            if np.linalg.matrix_rank(held[[*independent, row]]) > len(independent):
                independent.append(int(row))
        held, levels = held[independent], levels[independent]
    return np.linalg.solve(held, levels) * scale if len(held) == n else division * scale


def stage(held: np.ndarray, levels: np.ndarray, left: np.ndarray, bars: np.ndarray):
    matrix = np.block(
        [[held, np.zeros((len(held), 1))], [left, np.full((len(left), 1), -1.0)]]
    )  # the last column is the worst excess
    row, column = np.nonzero(matrix)
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_ = np.append(np.zeros(matrix.shape[1] - 1), 1.0)
    lp.col_lower_ = np.full(matrix.shape[1], -np.inf)
    lp.col_upper_ = np.full(matrix.shape[1], np.inf)
    lp.row_lower_ = np.append(levels, np.full(len(left), -np.inf))
    lp.row_upper_ = np.append(levels, bars)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.searchsorted(row, np.arange(len(matrix) + 1)).astype(np.int32)
    lp.a_matrix_.index_ = column.astype(np.int32)
    lp.a_matrix_.value_ = matrix[row, column]
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(lp)
    solver.run()
    solution = solver.getSolution()
    return np.array(solution.col_value), np.array(solution.row_dual)
