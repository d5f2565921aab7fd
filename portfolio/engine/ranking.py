"""Ranks options by weighted scores, and tells how firm that order is: exact turning points, and a share of weightings.

Plain arrays in and out: ``scores`` (options x criteria) without gaps, ``weights`` (criteria) of 0 or more.
Knows nothing of what the options are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

#: Totals that differ by less are equal: scores are judgments, and sums of decimals are not exact.
TIE = 1e-9


@dataclass(frozen=True)
class Turn:
    """A weight beyond which another option comes first, and which: several when they do so together."""

    weight: float
    options: tuple[int, ...]


@dataclass(frozen=True)
class Turns:
    """How far one weight can move, the others as they are: None when no move that way brings another first."""

    below: Turn | None = None
    above: Turn | None = None


def totals(scores: np.ndarray, weights: np.ndarray) -> np.ndarray | None:
    """The weighted mean of each option, on the scale of the scores; None when every weight is 0.

    >>> totals(np.array([[1.0, 5.0], [3.0, 3.0]]), np.array([3.0, 1.0])).tolist()
    [2.0, 3.0]
    """
    whole = float(np.sum(weights))
    return None if whole <= 0 else scores @ (weights / whole)


def ranks(values: np.ndarray) -> list[int]:
    """Places from 1, the highest first; equal values share the better place.

    >>> ranks(np.array([3.0, 4.0, 3.0, 1.0]))
    [2, 1, 2, 4]
    """
    return [1 + int(np.sum(values > value + TIE)) for value in values]


def turns(scores: np.ndarray, weights: np.ndarray) -> list[Turns]:
    """Per criterion the weights between which the first option stays first.

    Totals are linear in each weight, so the turning points are exact. A shared first place has none: any move may
    decide it. Neither has a ranking without weights.
    """
    criteria = scores.shape[1]
    means = totals(scores, weights)
    if means is None or len(scores) < 2 or ranks(means).count(1) != 1:
        return [Turns()] * criteria
    first = int(np.argmax(means))
    gaps = (scores[first] - scores) @ weights
    out = []
    for criterion in range(criteria):
        gains = scores[:, criterion] - scores[first, criterion]
        weight = float(weights[criterion])
        out.append(Turns(_nearest(gaps, gains, weight, -1), _nearest(gaps, gains, weight, 1)))
    return out


def _nearest(gaps: np.ndarray, gains: np.ndarray, weight: float, way: int) -> Turn | None:
    """The first turning point downward (-1) or upward (1) of a weight."""
    moving = way * gains > TIE
    if not moving.any():
        return None
    moves = np.full(len(gaps), np.inf)
    moves[moving] = gaps[moving] / np.abs(gains[moving])
    near = moves.min()
    # At 0 the criterion no longer counts, and a weight cannot go on below it.
    if weight + way * near <= TIE:
        return None
    level = moves <= near + TIE
    # Of those that draw level at once, the fastest goes on to be first.
    fastest = np.abs(gains[level]).max()
    winners = np.flatnonzero(level & (np.abs(gains) >= fastest - TIE))
    return Turn(float(weight + way * near), tuple(int(winner) for winner in winners))


def first_shares(scores: np.ndarray, *, samples: int, seed: int) -> np.ndarray:
    """The share of all weightings in which each option comes first: the sum is 1.

    Weightings are drawn evenly from the simplex (all ways to divide 100 % over the criteria); options that share a
    first place share the draw. The standard error of a share s is the root of s (1 - s) / samples.
    """
    options, criteria = scores.shape
    if options == 0 or criteria == 0:
        return np.zeros(options)
    # Exponential draws are uniform on the simplex but for their sum, which no order depends on.
    drawn = np.random.default_rng(seed).exponential(size=(samples, criteria)) @ scores.T
    wins = drawn >= drawn.max(axis=1, keepdims=True) - TIE
    return (wins / wins.sum(axis=1, keepdims=True)).mean(axis=0)


def complete(scores: Sequence[Sequence[float | None]]) -> tuple[list[int], list[int]]:
    """Which options can be ranked, and on which criteria: those that are judged for any option at all.

    An option is left out when it misses a score on one of them: a guess in its place could decide the order.

    >>> complete([[3.0, None, 2.0], [4.0, None, None], [None, None, None]])
    ([0], [0, 2])
    """
    width = len(scores[0]) if scores else 0
    criteria = [at for at in range(width) if any(row[at] is not None for row in scores)]
    options = [number for number, row in enumerate(scores) if all(row[at] is not None for at in criteria)]
    return (options, criteria) if criteria else ([], [])
