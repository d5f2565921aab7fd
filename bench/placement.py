"""Placement beside the same eight objectives, one after the other, in plain highspy.

A region of people of 0.4 to 1.0 FTE and about 5 % too few places: everyone has one post on a strong ground and up to
six others, with ground, training cost and scale loss at random. Both sides start from the same integer program; ours is
the whole call, frames and lots included. "Better / worse" counts the seeds on which our values are lexicographically
better or worse than theirs.
"""

import time

import highspy
import numpy as np
import pandas as pd

from bench.pairs import in_turn, milliseconds, print_table, spread
from portfolio.engine.candidates import candidates
from portfolio.engine.placement import OBJECTIVES, Placement, place
from portfolio.engine.programs import gains, program_of
from portfolio.engine.solver import IntegerProgram

SIZES = (
    (30, 8, 5, 10.0),
    (60, 12, 5, 10.0),
    (120, 24, 5, 10.0),
    (1000, 100, 0, 20.0),
)  # people, posts, pairs, s
SEEDS = range(10)


def main() -> None:
    rows = []
    for people, posts, pairs, limit in SIZES:
        seeds = SEEDS if pairs else SEEDS[:3]
        taken, proved, better, worse = [], 0, 0, 0
        for seed in seeds:
            frames = region(people, posts, seed)
            case = candidates(*frames, None, 0.05)
            program, table = program_of(case), gains(case)
            ours = place(*frames, time_limit=limit)
            theirs = plain(program, table, limit)
            mine = exact(ours)
            proved += bool(ours.objectives["proved"].all())
            better, worse = better + (mine > theirs), worse + (mine < theirs)
            if pairs:
                both = in_turn(
                    lambda: place(*frames, time_limit=limit),  # noqa: B023
                    lambda: plain(program, table, limit),  # noqa: B023
                    pairs,
                )
                taken.append(both)
        rows.append([
            f"{people} in {posts}", f"{proved} of {len(seeds)}", f"{better} / {worse}",
            milliseconds([t for both in taken for t in both.ours]) if taken else f"{limit:g} s",
            milliseconds([t for both in taken for t in both.theirs]) if taken else f"{limit:g} s",
            spread([[1 / ratio for ratio in both.ratios] for both in taken]) if taken else "",
        ])  # fmt: skip
        print_table(
            ["people", "all proved", "better / worse", "ours, ms", "plain highspy, ms", "ours / plain"], rows
        )


def exact(placement: Placement) -> tuple[int, ...]:
    """The values as whole numbers, the more the better."""
    value = placement.objectives["value"].to_numpy() * [1, 1, 1, 1, 20, 1, -100, -100]
    return tuple(np.rint(value).astype(int).tolist())


def plain(program: IntegerProgram, table: np.ndarray, limit: float) -> tuple[int, ...]:
    """The same program, objective by objective: an equal share of the time, the last solution as a start."""
    infinity, begin = highspy.kHighsInf, time.perf_counter()
    count = len(program.upper)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = program.rows.shape
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.zeros(count)
    model.col_lower_, model.col_upper_ = program.lower.astype(float), program.upper.astype(float)
    model.integrality_ = [highspy.HighsVarType.kInteger] * count
    model.row_lower_ = np.where(program.row_lower <= -(1 << 60), -infinity, program.row_lower)
    model.row_upper_ = np.where(program.row_upper >= 1 << 60, infinity, program.row_upper)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = program.rows.indptr, program.rows.indices
    model.a_matrix_.value_ = program.rows.data.astype(float)
    solver.passModel(model)
    every, x = np.arange(count, dtype=np.int32), None
    for level, gain in enumerate(table):
        left = limit - (time.perf_counter() - begin)
        solver.setOptionValue("time_limit", max(left / (len(OBJECTIVES) - level), 1e-3))
        solver.changeColsCost(count, every, gain.astype(float))
        if x is not None:
            start = highspy.HighsSolution()
            start.col_value = x
            solver.setSolution(start)
        solver.run()
        x = np.rint(solver.getSolution().col_value)
        some = np.flatnonzero(gain).astype(np.int32)
        solver.addRow(float(gain @ x), infinity, len(some), some, gain[some].astype(float))
    assert x is not None
    whole = x.astype(np.int64)
    return tuple((table @ whole).tolist()) if program.holds(whole) else (-1,) * len(table)


def region(count: int, places: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """People, posts and options."""
    rng = np.random.default_rng(seed)
    fte = rng.integers(8, 21, count)
    room = np.maximum(8, np.rint(fte.sum() * 0.95 / places * rng.uniform(0.6, 1.4, places))).astype(int)
    people = pd.DataFrame({"person": [f"P{i:04d}" for i in range(count)], "fte": np.round(fte * 0.05, 2)})
    posts = pd.DataFrame({"post": [f"R{j:03d}" for j in range(places)], "fte": np.round(room * 0.05, 2),
                          "critical": rng.random(places) < 0.2})  # fmt: skip
    rows = []
    for person in people["person"]:
        home = int(rng.integers(places))
        others = [int(other) for other in rng.permutation(places)[:6] if other != home]
        ranks = [1, 2, 3] + [0] * 6
        for number, place_ in enumerate([home, *others]):
            ground = int(rng.integers(1, 3)) if number == 0 else int(rng.choice([2, 3, 3, 4, 4]))
            easy = ground <= 2
            rows.append((person, f"R{place_:03d}", ground, ranks[number],
                         0 if easy else 500 * int(rng.integers(13)), 0 if easy else int(rng.integers(3))))  # fmt: skip
    columns = ["person", "post", "ground", "preference", "training_cost", "scale_loss"]
    return people, posts, pd.DataFrame(rows, columns=columns)
