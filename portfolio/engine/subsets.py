"""Groups out of n players as rows of booleans or as bit masks: their sums, what they span, and which are the worst off.

The subset of a mask holds player i where bit i is 1; an array "by mask" has 2**n places, the empty subset first.
"""

import math
from collections.abc import Callable

import numpy as np

BLOCKS = 6  # a scan goes by the last so many players: 64 blocks, each of which may give a coalition
IN_CACHE = (
    13  # players of whom all subsets are worked on in one go: 2**13 figures fit in the cache of a processor
)
STARTS = 24  # climbs in one search
ROWS = 1 << 14  # coalitions whose cost is asked for in one go
FACTORS = [int(number) | 1 for number in np.random.default_rng(1985).integers(1 << 62, size=64)]


def subset_sums(amounts: np.ndarray) -> np.ndarray:
    """The sum over every subset, by mask (2**n,), of the amounts (n,), in their dtype; integers wrap around.

    >>> subset_sums(np.array([1.0, 2.0, 4.0])).tolist(), subset_sums(np.zeros(0)).tolist()
    ([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], [0.0])
    """
    sums = np.zeros(1 << len(amounts), dtype=amounts.dtype)
    for player, amount in enumerate(amounts):
        half = 1 << player
        np.add(sums[:half], amount, out=sums[half : 2 * half])
    return sums


def spread(amounts: np.ndarray, places: np.ndarray, onto: np.ndarray) -> None:
    """Add amounts by mask of a few players (2**k,) to those by mask of all (2**n,): each by who of the few is in it.

    `places` (k,) says, in order, which players the few are.

    >>> onto = np.zeros(8)
    >>> spread(np.array([0.0, 1.0, 10.0, 12.0]), np.array([0, 2]), onto)
    >>> onto.tolist()
    [0.0, 1.0, 0.0, 1.0, 10.0, 12.0, 10.0, 12.0]
    """
    players = len(onto).bit_length() - 1
    if len(places) == players:
        onto += amounts
        return
    worth = np.zeros(players, dtype=np.intp)
    worth[places] = 1 << np.arange(len(places))
    low = min(players, IN_CACHE)
    within = subset_sums(worth[:low])
    for block, start in zip(onto.reshape(-1, 1 << low), subset_sums(worth[low:]), strict=True):
        block += amounts[start : start + within[-1] + 1].take(within)


def rows_of(masks: np.ndarray, players: int) -> np.ndarray:
    """Masks (subsets,) as booleans (subsets, players).

    >>> rows_of(np.array([0, 5]), 3).astype(int).tolist()
    [[0, 0, 0], [1, 0, 1]]
    """
    return (np.asarray(masks)[:, None] >> np.arange(players) & 1).astype(bool)


class RowSums:
    """The sums over groups given as rows, looked up a byte of players at a time: no product of matrices, so no threads
    that wait for each other on a busy machine, and the same sums on every machine.

    `amounts` are (n,) or (n, k), in any dtype.

    >>> RowSums(np.array([1.0, 2.0, 4.0]))(np.array([[True, False, True]])).tolist()
    [5.0]
    """

    def __init__(self, amounts: np.ndarray) -> None:
        columns = amounts.reshape(len(amounts), -1).T
        tables = [
            np.stack([subset_sums(column[at : at + 8]) for column in columns], axis=1)
            for at in range(0, len(amounts), 8)
        ]
        self._tables = [table.reshape(-1, *amounts.shape[1:]) for table in tables]

    def __call__(self, rows: np.ndarray) -> np.ndarray:
        """The sums (rows,) or (rows, k) over rows of booleans (rows, n)."""
        shape = len(rows), *self._tables[0].shape[1:]
        return self.into(np.empty(shape, self._tables[0].dtype), np.empty(shape, self._tables[0].dtype), rows)

    def into(self, sums: np.ndarray, room: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """The same, written into `sums`; `room` is of that shape too, for what is underway."""
        packed = np.packbits(rows, axis=1, bitorder="little")
        self._tables[0].take(packed[:, 0], axis=0, out=sums, mode="clip")
        for place, table in enumerate(self._tables[1:], start=1):
            sums += table.take(packed[:, place], axis=0, out=room, mode="clip")
        return sums


def words_of(rows: np.ndarray) -> np.ndarray:
    """Each row of booleans (rows, n) as one word, that sorts as the rows do.

    >>> words_of(np.array([[False, True], [True, False]])).argsort().tolist()
    [0, 1]
    """
    packed = np.packbits(rows, axis=1)
    if packed.shape[1] > 8:
        return np.ascontiguousarray(packed).view(f"V{packed.shape[1]}").ravel()
    wide = np.zeros((len(packed), 8), dtype=np.uint8)
    wide[:, : packed.shape[1]] = packed
    return wide.view(">u8").ravel().astype(np.uint64)


def distinct(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rows of booleans without what occurs twice, in order, and where each stood first."""
    first = np.unique(words_of(rows), return_index=True)[1]
    return rows[first], first


class Span:
    """All coalitions whose sum is settled once the sums of some are: exactly, in integers.

    It keeps integer vectors, one per direction in which a division can still move; a coalition is settled if its
    members' entries sum to 0 in each. `key` folds the vectors into one, modulo 2**64, so that one sum tells: a
    coalition that is not settled would sum to 0 by an accident of less than 1 in 2**40.

    >>> span = Span(3)  # the coalition of all is settled from the start
    >>> span.free, span.add(np.array([1, 0, 0])), span.add(np.array([0, 1, 1])), span.free
    (2, True, False, 1)
    """

    def __init__(self, players: int) -> None:
        self.players = players
        self.basis: list[np.ndarray] = [np.ones(players, dtype=bool)]  # independent; together they span it
        self._moves = [
            [1 if place == 0 else -int(place == other) for place in range(players)]
            for other in range(1, players)
        ]

    @property
    def free(self) -> int:
        """In how many independent directions a division can still move."""
        return len(self._moves)

    @property
    def key(self) -> np.ndarray:
        """Wrapping integers (n,), uint64, that sum to 0 over a settled coalition and over no other."""
        sums = [0] * self.players
        for number, move in enumerate(self._moves):
            factor = FACTORS[number % len(FACTORS)] + 2 * (number // len(FACTORS))
            sums = [total + factor * part for total, part in zip(sums, move, strict=True)]
        return np.array([total % (1 << 64) for total in sums], dtype=np.uint64)

    def settled(self, rows: np.ndarray) -> np.ndarray:
        """Which of the coalitions (coalitions, n) are: bool (coalitions,)."""
        return np.asarray(rows).astype(np.uint64) @ self.key == 0

    def add(self, row: np.ndarray) -> bool:
        """Settle a coalition (n,); False where it was already."""
        inside = np.flatnonzero(row).tolist()
        along = [sum(move[place] for place in inside) for move in self._moves]
        pivot = min((j for j, step in enumerate(along) if step), key=lambda j: abs(along[j]), default=None)
        if pivot is None:
            return False
        gone, by = self._moves.pop(pivot), along.pop(pivot)
        for j, step in enumerate(along):
            if step:
                moved = [a * by - b * step for a, b in zip(self._moves[j], gone, strict=True)]
                common = math.gcd(*moved)
                self._moves[j] = [part // common for part in moved]
        self.basis.append(np.asarray(row, dtype=bool))
        return True


class Listed:
    """All coalitions, with their costs by mask: a scan finds the worst off among those that are not settled."""

    def __init__(self, costs: np.ndarray, players: int) -> None:
        self.players = players
        self.costs = costs
        self._low = max(players - BLOCKS, 0)
        self._open = costs.reshape(-1, 1 << self._low).copy()  # infinite where settled
        self._buffer = np.empty(1 << self._low)

    def settle(self, span: Span) -> None:
        """From here on, leave out the coalitions of the span."""
        key = span.key
        low, high = subset_sums(key[: self._low]), subset_sums(key[self._low :])
        for block, rest in zip(self._open, 0 - high, strict=True):
            np.copyto(block, np.inf, where=low == rest)

    def above(self, division: np.ndarray, bar: float) -> tuple[np.ndarray, np.ndarray]:
        """At most 64 coalitions (coalitions, n) with `x(S) - C(S)` over the bar, the worst too, and their costs."""
        low, high = subset_sums(division[: self._low]), subset_sums(division[self._low :])
        found = []
        for number, block in enumerate(self._open):
            np.subtract(low, block, out=self._buffer)
            place = int(self._buffer.argmax())
            if self._buffer[place] + high[number] > bar:
                found.append((number << self._low) + place)
        masks = np.array(found, dtype=np.int64)
        return rows_of(masks, self.players), self.costs[masks]


class Sought:
    """Coalitions of a game too large to list: those met so far, and climbs from there to ever worse ones.

    A climb lets one player in or out at a time, as long as that raises `x(S) - C(S)`. It finds most, not surely all.
    `cost_of` takes booleans (coalitions, n) and gives their costs (coalitions,), near 1 in size; `advice`, if given,
    takes a division (n,) and gives coalitions (coalitions, n) to look at first.
    """

    def __init__(
        self,
        cost_of: Callable[[np.ndarray], np.ndarray],
        players: int,
        advice: Callable[[np.ndarray], np.ndarray] | None = None,
    ) -> None:
        self.players = players
        self._cost_of, self._advice = cost_of, advice
        self._rng = np.random.default_rng(players)
        self._open = RowSums(Span(players).key)
        self._known = words_of(np.zeros((0, players), dtype=bool))
        self.rows = np.zeros((0, players), dtype=bool)
        self.costs = np.zeros(0)
        alone = np.eye(players, dtype=bool)
        first, second = np.triu_indices(players, 1)
        pairs = alone[first] | alone[second]
        self._meet(np.concatenate([alone, ~alone, pairs, ~pairs]))

    def settle(self, span: Span) -> None:
        """From here on, leave out the coalitions of the span."""
        self._open = RowSums(span.key)
        keep = self._is_open(self.rows)
        self.rows, self.costs = self.rows[keep], self.costs[keep]

    def above(self, division: np.ndarray, bar: float) -> tuple[np.ndarray, np.ndarray]:
        """At most 64 coalitions (coalitions, n) with `x(S) - C(S)` over the bar, the worst met, and their costs."""
        worst = self._worst(division, bar)
        if not len(worst):
            self.search(division)
            worst = self._worst(division, bar)
        return self.rows[worst], self.costs[worst]

    def search(self, division: np.ndarray) -> None:
        """Climb from the worst that were met, from what is advised, and from some at random."""
        random = self._rng.random((STARTS // 2, self.players)) < self._rng.random((STARTS // 2, 1))
        starts = [self.rows[self._worst(division, -np.inf)[: STARTS // 2]], random]
        if self._advice is not None:
            starts.append(np.asarray(self._advice(division), dtype=bool).reshape(-1, self.players))
        rows = distinct(np.concatenate(starts))[0]
        shares = RowSums(division)
        height = self._excess(rows, shares)
        flips = np.eye(self.players, dtype=bool)
        seen = [rows]
        while len(rows):
            near = (rows[:, None] ^ flips).reshape(-1, self.players)
            heights = self._excess(near, shares).reshape(len(rows), self.players)
            best, highest = heights.argmax(axis=1), heights.max(axis=1)
            rises = highest > height + 1e-12
            rows, height = (rows ^ flips[best])[rises], highest[rises]
            rows, first = distinct(rows)
            height = height[first]
            seen.append(rows)
        self._meet(np.concatenate(seen))

    def _worst(self, division: np.ndarray, bar: float) -> np.ndarray:
        excess = RowSums(division)(self.rows) - self.costs
        worst = np.argsort(-excess, kind="stable")[: 1 << BLOCKS]
        return worst[excess[worst] > bar]

    def _excess(self, rows: np.ndarray, shares: RowSums) -> np.ndarray:
        """`x(S) - C(S)` (coalitions,), minus infinity for a coalition that is settled."""
        excess = np.full(len(rows), -np.inf)
        free = self._is_open(rows)
        if free.any():
            excess[free] = shares(rows[free]) - self._cost_of(rows[free])
        return excess

    def _is_open(self, rows: np.ndarray) -> np.ndarray:
        """Which coalitions are not settled (see `Span.key`)."""
        return self._open(rows) != 0

    def _meet(self, rows: np.ndarray) -> None:
        rows = distinct(rows[self._is_open(rows)])[0]
        words = words_of(rows)
        fresh = ~np.isin(words, self._known)
        if fresh.any():
            self._known = np.concatenate([self._known, words[fresh]])
            self.rows = np.concatenate([self.rows, rows[fresh]])
            self.costs = np.concatenate([self.costs, self._cost_of(rows[fresh])])
