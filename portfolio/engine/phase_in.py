"""Growing into a new division over some years: each year a larger part of it, the rest by the shares of today."""

import numpy as np

from portfolio.engine.rounding import apportion, half_up


def phased_in(new: np.ndarray, old: np.ndarray, years: int) -> np.ndarray:
    """Whole EUR (P, Y) on the way from the shares of ``old`` (P, Y) EUR to the division ``new`` (P, Y) EUR.

    In the first year 1 part in ``years`` of the new division counts, in year ``years`` and later all of it. Every year
    adds up to the total of the new division in whole euros. A year in which nothing was paid has no old shares, and
    takes the new division at once. Raises ValueError for less than one year, and for old figures that are unknown
    or negative.

    >>> phased_in(np.array([[90.0, 90.0], [10.0, 10.0]]), np.array([[1.0, 1.0], [1.0, 1.0]]), 2).tolist()
    [[70, 90], [30, 10]]
    """
    if years < 1:
        raise ValueError("a path takes one year at least")
    if not np.isfinite(old).all() or (old < 0).any():
        raise ValueError("the old division is not known")
    paid = old.sum(axis=0)
    by_old = np.where(paid > 0, old / np.where(paid > 0, paid, 1.0) * new.sum(axis=0), new)
    alpha = weights(new.shape[1], years)
    return whole(alpha * new + (1 - alpha) * by_old)


def weights(count: int, years: int) -> np.ndarray:
    """The part (count) of the new division that counts in each year.

    >>> weights(4, 2).tolist()
    [0.5, 1.0, 1.0, 1.0]
    """
    return np.minimum(np.arange(1, count + 1) / years, 1.0)


def whole(division: np.ndarray) -> np.ndarray:
    """Whole EUR (P, Y) by largest remainder, each year adding up to its total rounded half up."""
    totals = np.asarray(half_up(division.sum(axis=0))).astype("int64")
    return apportion(division.T, totals).T
