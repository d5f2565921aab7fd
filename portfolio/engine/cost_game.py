"""A cost game: what every group of players would pay on its own, from a table or from a function.

Inside, players stand in sorted order, so the order in which they are given changes no figure.
"""

import math
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from functools import cached_property
from itertools import compress
from typing import Any, Self

import numpy as np

from portfolio.engine.subsets import ROWS, rows_of

LISTED = 22  # players at most for a list of all coalitions: 32 MB of costs

Coalition = frozenset[Any]


class CostGame:
    """What every group of players would pay on its own, and all of them together.

    `costs` gives the cost of every coalition but the empty one, as a mapping from frozenset. Worths are given as
    negative costs. Raises ValueError, naming the coalition, for a cost that is missing or no finite number, and for
    a player that is unknown or stands twice.

    >>> game = CostGame("ba", {frozenset("a"): 6, frozenset("b"): 4, frozenset("ab"): 8})
    >>> game.total, game.table.tolist(), game.by_player(np.array([5.0, 3.0]))
    (8.0, [0.0, 6.0, 4.0, 8.0], {'b': 3.0, 'a': 5.0})
    >>> CostGame("ab", {frozenset("a"): 6, frozenset("ab"): 8})
    Traceback (most recent call last):
    ValueError: the cost of {b} is missing
    """

    _order: np.ndarray  # of a game by a function: the sorted place of each player as given
    _cost_of: Callable[[np.ndarray], np.ndarray]

    def __init__(self, players: Iterable[Hashable], costs: Mapping[frozenset, float]) -> None:
        self._enlist(players)
        bits = {player: 1 << place for place, player in enumerate(self._sorted)}
        table = np.full(1 << len(bits), np.nan)
        for coalition, cost in costs.items():
            if not isinstance(coalition, frozenset):
                raise ValueError(f"the coalition {coalition!r} is not given as a frozenset")
            strange = [player for player in coalition if player not in bits]
            if strange:
                raise ValueError(f"coalition {_named(coalition)} has an unknown player: {strange[0]!r}")
            table[sum(bits[player] for player in coalition)] = self._finite(coalition, cost)
        if not math.isnan(table[0]) and table[0] != 0:
            raise ValueError("the empty coalition has a cost; it must be 0")
        table[0] = 0
        missing = np.flatnonzero(np.isnan(table))
        if len(missing):
            more = f", and {len(missing) - 1} more" if len(missing) > 1 else ""
            raise ValueError(f"the cost of {_named(self._coalition(int(missing[0])))} is missing{more}")
        self.table = table

    @classmethod
    def from_function(cls, players: Iterable[Hashable], cost_of: Callable[[np.ndarray], np.ndarray]) -> Self:
        """A game by a function from booleans (coalitions, players), in the order given, to costs (coalitions,).

        It is never asked for the empty coalition, and up to 22 players at most once for any other where all are
        needed. The same coalition must always have the same cost. A cost that is not finite raises ValueError when
        it is met.
        """
        game = cls.__new__(cls)
        game._enlist(players)
        places = {player: place for place, player in enumerate(game._sorted)}
        game._order = np.array([places[player] for player in game.players])
        game._cost_of = cost_of
        return game

    @classmethod
    def from_table(cls, players: Iterable[Hashable], costs: np.ndarray) -> Self:
        """A game by its costs, floats by mask of the players in the order given (2**n,), that of no one 0.

        Raises ValueError for more than 22 players, for another number of costs and for a cost that is not finite.

        >>> CostGame.from_table("ba", np.array([0.0, 4.0, 6.0, 8.0])).table.tolist()
        [0.0, 6.0, 4.0, 8.0]
        """
        game = cls.__new__(cls)
        game._enlist(players)
        n = len(game.players)
        if n > LISTED:
            raise ValueError(f"{n} players have too many coalitions to list: {LISTED} is the most")
        if costs.shape != (1 << n,) or costs[0] != 0:
            raise ValueError(f"{n} players need {1 << n} costs by mask, the first 0")
        axes = [n - 1 - game.players.index(player) for player in reversed(game._sorted)]
        game.table = costs.reshape((2,) * n).transpose(axes).reshape(-1)
        if not np.isfinite(game.table).all():
            mask = int(np.flatnonzero(~np.isfinite(game.table))[0])
            game._finite(game._coalition(mask), float(game.table[mask]))
        return game

    @cached_property
    def table(self) -> np.ndarray:
        """The costs of all coalitions by mask of the sorted players (2**n,), the empty one 0; made when first needed.

        Raises ValueError for more than 22 players.
        """
        n = len(self.players)
        if n > LISTED:
            raise ValueError(f"{n} players have too many coalitions to list: {LISTED} is the most")
        table = np.zeros(1 << n)
        for start in range(1, 1 << n, ROWS):
            masks = np.arange(start, min(start + ROWS, 1 << n))
            table[masks] = self._ask(rows_of(masks, n))
        return table

    @property
    def is_listed(self) -> bool:
        """Whether all coalitions are looked at, so that everything is exact."""
        return "table" in self.__dict__ or len(self.players) <= LISTED

    @cached_property
    def total(self) -> float:
        """The cost of all players together."""
        return float(self.costs_of(np.ones((1, len(self.players)), dtype=bool))[0])

    def costs_of(self, rows: np.ndarray) -> np.ndarray:
        """The costs (coalitions,) of coalitions of the sorted players, bool (coalitions, n), none of them empty."""
        if "table" in self.__dict__:
            return self.table[rows @ (1 << np.arange(len(self.players)))]
        return np.concatenate([self._ask(rows[at : at + ROWS]) for at in range(0, len(rows), ROWS)])

    def by_player(self, amounts: np.ndarray) -> dict:
        """Amounts (n,) of the sorted players, by player in the order given."""
        figures = dict(zip(self._sorted, amounts.tolist(), strict=True))
        return {player: figures[player] for player in self.players}

    def amounts(self, allocation: Mapping[Any, float]) -> np.ndarray:
        """An allocation by player as amounts (n,) of the sorted players.

        Raises ValueError for a player that is missing or unknown, and an amount that is no finite number.
        """
        strange = [player for player in allocation if player not in self.players]
        missing = [player for player in self.players if player not in allocation]
        if strange or missing:
            what = f"lacks {missing[0]!r}" if missing else f"has an unknown player: {strange[0]!r}"
            raise ValueError(f"the allocation {what}")
        return np.array([self._finite([player], allocation[player], "share") for player in self._sorted])

    def coalitions(self, rows: np.ndarray) -> list[Coalition]:
        """Booleans (coalitions, n) of the sorted players as sets."""
        return [frozenset(compress(self._sorted, row)) for row in np.asarray(rows).tolist()]

    def rows(self, coalitions: Iterable[Collection]) -> np.ndarray:
        """Sets of players as booleans (coalitions, n) of the sorted players."""
        sets = [frozenset(coalition) for coalition in coalitions]
        return np.array([[player in members for player in self._sorted] for members in sets], dtype=bool)

    def _enlist(self, players: Iterable[Hashable]) -> None:
        self.players = tuple(players)
        if not self.players:
            raise ValueError("a game needs at least one player")
        seen: set[Hashable] = set()
        for player in self.players:
            if player in seen:
                raise ValueError(f"player {player!r} occurs twice")
            seen.add(player)
        self._sorted = tuple(sorted(self.players, key=_rank))

    def _ask(self, rows: np.ndarray) -> np.ndarray:
        costs = np.asarray(self._cost_of(rows.take(self._order, axis=1)), dtype=float)
        if costs.shape != (len(rows),):
            raise ValueError(f"cost_of gave an array of shape {costs.shape} for {len(rows)} coalitions")
        wrong = np.flatnonzero(~np.isfinite(costs))
        if len(wrong):
            self._finite(self.coalitions(rows[wrong[:1]])[0], float(costs[wrong[0]]))
        return costs

    def _coalition(self, mask: int) -> Coalition:
        return self.coalitions(rows_of(np.array([mask]), len(self.players)))[0]

    @staticmethod
    def _finite(coalition: Collection, amount: Any, what: str = "cost") -> float:
        try:
            number = float(amount)
        except (TypeError, ValueError):
            number = math.nan
        if not math.isfinite(number):
            raise ValueError(f"the {what} of {_named(coalition)} is {amount!r}, not a finite number")
        return number


def _named(coalition: Collection) -> str:
    return "{" + ", ".join(str(player) for player in sorted(coalition, key=_rank)) + "}"


def _rank(player: Hashable) -> tuple[str, Any]:
    """A place in order for players of any type; texts and numbers by themselves, others by how they are written."""
    if isinstance(player, str):
        return ("str", player)
    if isinstance(player, int | float):
        return ("number", player)
    return (type(player).__name__ + " as written", repr(player))
