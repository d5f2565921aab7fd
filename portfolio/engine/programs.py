"""A placement as an integer program: a column per bundle, and per split bundle one for the part of its first post."""

from collections.abc import Set

import numpy as np
from scipy.sparse import coo_array, csr_array

from portfolio.engine.candidates import GROUNDS, Candidates
from portfolio.engine.solver import UNBOUNDED, IntegerProgram


def program_of(case: Candidates, placed: Set[int] | None = None) -> IntegerProgram:
    """The program of a case; `placed`: just these persons (positions) are placed, and they must be.

    By default everyone may be placed, and those with a lock must be. Rows, in this order:

    * person: at most one bundle, exactly one where locked;
    * post: the steps of all bundles fit in its room;
    * part: what the first post of a split bundle gets lies between its least and its most, or is 0.
    """
    count, splits = len(case.person), len(case.split)
    people, posts = len(case.people), len(case.posts)
    bundles, parts = np.arange(count), count + np.arange(splits)
    whole = np.flatnonzero(case.second < 0)
    split, rows = case.split, people + posts
    fte = case.fte[case.person]
    cells = [
        (case.person, bundles, np.ones(count)),
        (people + case.first[whole], whole, fte[whole]),
        (people + case.first[split], parts, np.ones(splits)),
        (people + case.second[split], split, fte[split]),
        (people + case.second[split], parts, -np.ones(splits)),
        (rows + np.arange(splits), parts, np.ones(splits)),
        (rows + np.arange(splits), split, -case.least[split]),
        (rows + splits + np.arange(splits), parts, np.ones(splits)),
        (rows + splits + np.arange(splits), split, -case.most[split]),
    ]
    row, column, value = (np.concatenate(part).astype(np.int64) for part in zip(*cells, strict=True))
    shape = (rows + 2 * splits, count + splits)
    must = np.zeros(people, dtype=np.int64)
    must[list(case.locked if placed is None else placed)] = 1
    may = np.ones(people, dtype=np.int64) if placed is None else must
    free = np.full(splits, UNBOUNDED)
    return IntegerProgram(
        lower=np.zeros(count + splits, dtype=np.int64),
        upper=np.concatenate([np.ones(count, dtype=np.int64), case.most[split]]),
        rows=csr_array(coo_array((value, (row, column)), shape=shape)),
        row_lower=np.concatenate([must, np.full(posts, -UNBOUNDED), 0 * free, -free]),
        row_upper=np.concatenate([may, case.room, free, 0 * free]),
    )


def gains(case: Candidates) -> np.ndarray:
    """What a column adds to each objective, all to be maximized: int64 (8, columns), in persons, steps, worth,
    cents and hundredths, in the order of `placement.OBJECTIVES`."""
    table = np.zeros((8, len(case.person) + len(case.split)), dtype=np.int64)
    bundles, parts = table[:, : len(case.person)], table[:, len(case.person) :]
    for level, ground in enumerate(GROUNDS):
        bundles[level] = case.ground == ground
    critical = case.critical.astype(np.int64)
    second = critical[case.second[case.split]]
    bundles[4] = case.fte[case.person] * critical[case.first] if len(case.person) else 0
    bundles[4, case.split] = case.fte[case.person[case.split]] * second
    parts[4] = critical[case.first[case.split]] - second
    bundles[5], bundles[6], bundles[7] = case.preference, -case.training, -case.scale
    return table
