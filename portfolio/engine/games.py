"""Who should pay what for what is bought together: the solutions of cost games, and what would make a group leave.

It knows costs of groups of players (`CostGame`) and nothing else. Amounts are in any one unit, such as EUR. Up to 22
players all coalitions are looked at, and everything is exact; in a larger game, `shapley_sampled` is an estimate with
its error, and `nucleolus` and `core_violations` rest on the coalitions that a search met.
"""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from portfolio.engine.cost_game import Coalition, CostGame
from portfolio.engine.nucleolus import LEVEL, has_least_objection, least_objection
from portfolio.engine.subsets import ROWS, Listed, RowSums, Sought, rows_of, subset_sums, words_of

__all__ = [
    "CostGame",
    "Sampled",
    "core_violations",
    "kohlberg",
    "nucleolus",
    "scrb",
    "shapley",
    "shapley_sampled",
]

FOUND = 1000  # coalitions named at most, where only a search can find them
BLOCK = 14  # of a list, 2**14 costs are weighed in one go: what fits in the cache of a processor
NO_SAVINGS = 1e-15  # a game whose savings are so small a part of its costs has none: float noise is larger

Worst = Callable[[dict[Any, float]], Iterable[Collection]]


@dataclass(frozen=True, eq=False)
class Sampled:
    """Shapley values from sampled orders, by player, and their standard errors; the values add up to the total."""

    values: dict[Any, float]
    errors: dict[Any, float]


def shapley(game: CostGame) -> dict:
    """The Shapley value: what a player adds to the cost on arrival, averaged over all orders in which all may arrive.

    Shapley, "A value for n-person games" (1953). One weighted product over all coalitions and sums of its halves.
    Raises ValueError for more than 22 players (see `shapley_sampled`).
    """
    n = len(game.players)
    low = min(n, BLOCK)
    # With q(s) = s! (n-s-1)! / n!, a player pays the sum of q(|S|-1) C(S) over the S it is in, less that of q(|S|) C(S)
    # over the others. That is the sum of both weights over the S it is in, less an amount that is the same for all.
    weights = [0.0, *(1 / ((n - 1) * math.comb(n - 2, size - 1)) for size in range(1, n)), 1 / n]
    sizes = subset_sums(np.ones(low, dtype=np.intp))
    by_size = np.array(weights)[sizes + np.arange(n - low + 1)[:, None]]
    lower, upper = np.zeros(1 << low), np.empty(1 << (n - low))
    product = np.empty(1 << low)
    for mask, block in enumerate(game.table.reshape(-1, 1 << low)):
        np.multiply(block, by_size[mask.bit_count()], out=product)
        lower += product
        upper[mask] = product.sum()
    sums = np.array(_halves(lower) + _halves(upper))
    return game.by_player(sums - (sums.sum() - game.total) / n)


def shapley_sampled(game: CostGame, samples: int, seed: int) -> Sampled:
    """Shapley values estimated from `samples` random orders of arrival, with their standard errors.

    Every order goes with its reverse: who comes early in one comes late in the other, which evens out where cost per
    head falls with size. Errors are taken over such pairs, so they stay honest where it does not. An odd number of
    samples is raised by one, and fewer than four to four. Raises ValueError for less than one.
    """
    if samples < 1:
        raise ValueError(f"{samples} samples are too few")
    n, pairs = len(game.players), max(-(-samples // 2), 2)
    rng = np.random.default_rng(seed)
    mean, squares, done = np.zeros(n), np.zeros(n), 0
    while done < pairs:
        count = min(max(ROWS // (2 * n), 1), pairs - done)
        ranks = rng.permuted(np.tile(np.arange(n), (count, 1)), axis=1)
        values = (_arrivals(game, ranks) + _arrivals(game, n - 1 - ranks)) / 2
        part = values.mean(axis=0)
        squares += ((values - part) ** 2).sum(axis=0)
        squares += (part - mean) ** 2 * (done * count / (done + count))
        mean += (part - mean) * (count / (done + count))
        done += count
    mean += (game.total - mean.sum()) / n  # rounding only: every order adds up to the total
    return Sampled(game.by_player(mean), game.by_player(np.sqrt(squares / (pairs - 1) / pairs)))


def nucleolus(game: CostGame, worst: Worst | None = None) -> dict:
    """The prenucleolus: of all divisions of the total, the one whose worst objections are the least.

    No player has a bound of its own. Exact up to 22 players. In a larger game it is exact if the search met every
    coalition that binds; `worst`, if given, then helps: it takes an allocation by player and gives the coalitions
    to look at first.

    >>> estate = {"a": 0, "b": 0, "c": 0, "ab": 0, "ac": 0, "bc": -100, "abc": -200}  # debts of 100, 200 and 300
    >>> game = CostGame("abc", {frozenset(who): cost for who, cost in estate.items()})
    >>> {player: round(cost, 9) for player, cost in nucleolus(game).items()}
    {'a': -50.0, 'b': -75.0, 'c': -75.0}
    """
    n = len(game.players)
    savings = _Savings(game)
    equal = (game.total - savings.alone.sum()) / n
    if n == 1 or savings.scale == 0:
        return game.by_player(savings.alone + equal)
    source = Listed(savings.table(), n) if game.is_listed else _sought(game, savings, worst)
    but_one = savings.of(~np.eye(n, dtype=bool))
    division = savings.alone + savings.scale * least_objection(
        source, np.zeros(n), but_one, n * equal / savings.scale
    )
    return game.by_player(division + (game.total - division.sum()) / n)


def kohlberg(game: CostGame, allocation: Mapping[Any, float]) -> bool:
    """Whether the allocation is the nucleolus, by Kohlberg's test: at every bar, the coalitions over it are balanced.

    Excesses within 1e-8 of the largest saving count as equal. Raises ValueError for more than 22 players.
    """
    division, savings = game.amounts(allocation), _Savings(game)
    largest = float(abs(game.table).max())
    scale = savings.scale or max(largest, float(abs(division).max())) or 1.0
    width = max(LEVEL, 1e-14 * len(division) * largest / scale)
    return has_least_objection(savings.table(scale), (division - savings.alone) / scale, width)


def scrb(game: CostGame) -> dict:
    """Separable costs, remaining benefits: each pays what it adds to the others, and the rest by what it saves then.

    A player's separable cost is C(N) - C(N without it); its remaining benefit is its cost alone less that, and counts
    as 0 where it is negative. Where all are 0, the rest is divided equally.
    Source: Young, Okada and Hashimoto, Water Resources Research 18 (1982).
    """
    n = len(game.players)
    one = np.eye(n, dtype=bool)
    alone = game.costs_of(one)
    but_one = game.costs_of(~one) if n > 1 else np.zeros(1)
    separable = game.total - but_one
    benefit = alone - separable
    benefit[benefit <= 1e-13 * (abs(alone) + abs(but_one) + abs(game.total))] = 0
    shares = benefit / benefit.sum() if benefit.any() else np.full(n, 1 / n)
    return game.by_player(separable + (game.total - separable.sum()) * shares)


def core_violations(
    game: CostGame,
    allocation: Mapping[Any, float],
    tolerance: float = 1e-6,
    worst: Worst | None = None,
    most: int | None = None,
) -> list[tuple[Coalition, float]]:
    """The coalitions that would be better off on their own, each with its excess `x(S) - C(S)`, worst first.

    Only an excess over the tolerance (in the unit of the costs) counts; neither the coalition of all nor the empty one
    does. At equal excess the smaller coalition stands first, then the one whose players sort first. Up to 22 players
    the list is complete, or the ``most`` worst; in a larger game it holds at most 1,000 that a search found, with the
    help of `worst` as in `nucleolus`, and an empty list is no proof.
    """
    division = game.amounts(allocation)
    if game.is_listed:
        masks, excess = _over(game, division, tolerance, most)
        rows = rows_of(masks, len(division))
    else:
        savings = _Savings(game)
        source = _sought(game, savings, worst)
        source.search((division - savings.alone) / (savings.scale or 1))
        excess = RowSums(division)(source.rows) - game.costs_of(source.rows)
        rows, excess = source.rows[excess > tolerance], excess[excess > tolerance]
        most = min(most or FOUND, FOUND)
    level = np.rint(excess / _noise(division))
    turn = np.unique(words_of(~rows), return_inverse=True)[1]
    order = np.lexsort([turn, rows.sum(axis=1), -level])[:most]
    return list(zip(game.coalitions(rows[order]), excess[order].tolist(), strict=True))


def count_violations(game: CostGame, allocation: Mapping[Any, float], tolerance: float = 1e-6) -> int:
    """How many coalitions `core_violations` would list. Raises ValueError for more than 22 players."""
    blocks = _excesses(game, game.amounts(allocation))
    return sum(int(np.count_nonzero(excess > tolerance - others)) for _, excess, others in blocks)


def _noise(division: np.ndarray) -> float:
    """Excesses so near to each other are equal: their difference is what sums of floats leave behind."""
    return float(abs(division).sum()) * 2.0**-44 or 1.0


def _over(
    game: CostGame, division: np.ndarray, tolerance: float, most: int | None
) -> tuple[np.ndarray, np.ndarray]:
    """Masks and excesses of the coalitions over the tolerance; of the `most` highest, and all that equal the last."""
    bar = tolerance
    masks, excess = np.zeros(0, dtype=np.intp), np.zeros(0)
    for first, height, others in _excesses(game, division):
        if height.max() <= bar - others:
            continue
        places = np.flatnonzero(height > bar - others)
        masks, excess = np.append(masks, places + first), np.append(excess, height[places] + others)
        if most is not None and len(excess) > most:
            bar = max(bar, float(np.partition(excess, -most)[-most]) - 2 * _noise(division))
            masks, excess = masks[excess > bar], excess[excess > bar]
    return masks, excess


def _excesses(game: CostGame, division: np.ndarray) -> Iterator[tuple[int, np.ndarray, float]]:
    """All excesses, in blocks: the first mask of each, excesses by the lower players, and what the others add to all.

    No one, and all together, have an excess of minus infinity. The next block overwrites the last.
    """
    low = min(len(division), BLOCK)
    some = subset_sums(division[:low])
    excess = np.empty(1 << low)
    blocks = game.table.reshape(-1, 1 << low)
    for number, (block, others) in enumerate(zip(blocks, subset_sums(division[low:]), strict=True)):
        np.subtract(some, block, out=excess)
        if number == 0:
            excess[0] = -np.inf
        if number == len(blocks) - 1:
            excess[-1] = -np.inf
        yield number << low, excess, float(others)


class _Savings:
    """A game in units of its largest saving, each player's own cost taken off: so that tolerances mean something.

    The solutions move along with both (they are covariant). `scale` is 0 for a listed game without savings.
    """

    def __init__(self, game: CostGame) -> None:
        n = len(game.players)
        self._game = game
        if game.is_listed:
            self.alone = game.table[1 << np.arange(n)]
            self._table = game.table - subset_sums(self.alone)
            gains, costs = self._table, game.table
        else:
            one = np.eye(n, dtype=bool)
            self.alone = game.costs_of(one)
            rows = np.concatenate([~one, np.ones((1, n), dtype=bool)])
            costs = game.costs_of(rows)
            gains = costs - rows @ self.alone
        scale, largest = float(abs(gains).max()), float(max(abs(costs).max(), abs(self.alone).max()))
        self.scale = scale if scale > NO_SAVINGS * n * largest else 0.0
        if not game.is_listed:  # other coalitions may save yet
            self.scale = self.scale or largest or 1.0

    def of(self, rows: np.ndarray) -> np.ndarray:
        """The scaled costs (coalitions,) of coalitions (coalitions, n)."""
        return (self._game.costs_of(rows) - rows @ self.alone) / (self.scale or 1)

    def table(self, scale: float = 0) -> np.ndarray:
        """The scaled costs of all coalitions, by mask."""
        return self._table / (scale or self.scale)


def _sought(game: CostGame, savings: _Savings, worst: Worst | None) -> Sought:
    def advice(division: np.ndarray) -> np.ndarray:
        assert worst is not None
        return game.rows(worst(game.by_player(savings.alone + savings.scale * division)))

    return Sought(savings.of, len(game.players), advice if worst else None)


def _arrivals(game: CostGame, ranks: np.ndarray) -> np.ndarray:
    """What each player adds (orders, n) when players arrive in the order of their ranks (orders, n)."""
    orders, n = ranks.shape
    costs = np.zeros((orders, n + 1))
    costs[:, n] = game.total
    if n > 1:
        present = ranks[:, None] < np.arange(1, n)[:, None]
        costs[:, 1:n] = game.costs_of(present.reshape(-1, n)).reshape(orders, n - 1)
    return np.take_along_axis(np.diff(costs), ranks, axis=1)


def _halves(sums: np.ndarray) -> list[float]:
    """For each player of a list by mask (2**n,), the sum over the coalitions that it is in."""
    inside = []
    while len(sums) > 1:
        half = len(sums) // 2
        inside.append(float(sums[half:].sum()))
        sums = sums[:half] + sums[half:]
    return inside[::-1]
