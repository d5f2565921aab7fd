"""The division with the least objection, and the test that proves it: by linear programs that see few coalitions.

The prenucleolus makes the worst excess `x(S) - C(S)` of all coalitions S as small as it can be, then the next worst,
and so on (Schmeidler, "The nucleolus of a characteristic function game", SIAM J. Appl. Math. 17, 1969). Stage by
stage a linear program lowers the worst excess among the coalitions that are not settled; those with a price in it can
go no lower in any optimum, which settles them and all they span (Maschler, Peleg and Shapley, "Geometric properties
of the kernel, nucleolus, and related solution concepts", Math. Oper. Res. 4, 1979). A program starts with few
coalitions; a scan adds what it violates. At the end, the equations that were found are solved once more, all
together, so that the answer is as exact as floats can be, whatever the tolerance of the programs.
"""

from typing import Protocol

import numpy as np

from portfolio.engine.solver import LinearProgram
from portfolio.engine.subsets import Span, rows_of, subset_sums

VIOLATED = 4e-9  # of the scale of the game: more than the programs may be off
PRICED = 1e-8  # the prices of a stage sum to 1; less than this is no price
LEVEL = 1e-8  # of the scale of the game: excesses so near to each other count as equal
FALLS = 1e-6  # a direction has entries up to 1; a sum that falls by less does not fall
AT_ONCE = 256  # coalitions that a program takes without a scan


class Coalitions(Protocol):
    """Where a stage finds the coalitions that it violates."""

    def settle(self, span: Span) -> None: ...

    def above(self, division: np.ndarray, bar: float) -> tuple[np.ndarray, np.ndarray]: ...


def least_objection(source: Coalitions, alone: np.ndarray, but_one: np.ndarray, total: float) -> np.ndarray:
    """The prenucleolus (n,) of a game with costs near 1, n at least 2.

    `alone` and `but_one` (n,) are the costs of every player and of all but that player, `total` that of all.
    The answer is exact if the source misses no coalition that is violated, as `Listed` does not.
    """
    n = len(alone)
    span = Span(n)
    rows, costs = np.zeros((0, n), dtype=bool), np.zeros(0)
    free = np.full(n + 1, np.inf)
    program = LinearProgram(np.append(np.zeros(n), 1.0), -free, free)
    program.add_rows(np.append(np.ones(n), 0.0)[None], np.array([total]), np.array([total]))
    binding: list[list[int]] = []  # per stage, the coalitions with a price
    live: set[int] = set()  # those in the program that are not settled
    known: set[bytes] = set()

    def meet(new: np.ndarray, new_costs: np.ndarray) -> bool:
        nonlocal rows, costs
        fresh = [place for place, row in enumerate(new) if row.tobytes() not in known]
        known.update(new[place].tobytes() for place in fresh)
        if fresh:
            live.update(range(len(rows), len(rows) + len(fresh)))
            rows, costs = np.concatenate([rows, new[fresh]]), np.concatenate([costs, new_costs[fresh]])
            bounded = np.column_stack([new[fresh], np.full(len(fresh), -1.0)])
            program.add_rows(bounded, np.full(len(fresh), -np.inf), new_costs[fresh])
        return bool(fresh)

    source.settle(span)
    one = np.eye(n, dtype=bool)
    meet(*(np.concatenate(parts)[: 2 * n if n > 2 else n] for parts in ((one, ~one), (alone, but_one))))
    while span.free:
        answer, prices = program.solve()
        while meet(*source.above(answer[:n], answer[n] + VIOLATED)):
            answer, prices = program.solve()
        priced = [row for row in sorted(live) if -prices[row + 1] > PRICED]
        if not priced:
            raise RuntimeError("no coalition has a price: the costs differ too much in size")
        binding.append(priced)
        for row in sorted(priced, key=lambda row: prices[row + 1]):
            if span.add(rows[row]):
                program.set_coefficient(row + 1, n, 0.0)
                program.bound_row(row + 1, costs[row] + answer[n], costs[row] + answer[n])
                live.remove(row)
        listed = sorted(live)
        for row in np.array(listed, dtype=int)[span.settled(rows[listed])].tolist():
            program.bound_row(row + 1, -np.inf, np.inf)
            live.remove(row)
        source.settle(span)
    return _solved(binding, rows, costs, total)


def _solved(binding: list[list[int]], rows: np.ndarray, costs: np.ndarray, total: float) -> np.ndarray:
    """The division (n,) at which, in each stage, the coalitions with a price have one and the same excess."""
    n = rows.shape[1]
    pairs = [(row, stage) for stage, priced in enumerate(binding) for row in priced]
    equations = np.zeros((len(pairs) + 1, n + len(binding)))
    equations[0, :n] = 1
    for place, (row, stage) in enumerate(pairs, start=1):
        equations[place, :n] = rows[row]
        equations[place, n + stage] = -1
    return np.linalg.lstsq(equations, np.append(total, costs[[row for row, _ in pairs]]))[0][:n]


def has_least_objection(costs: np.ndarray, division: np.ndarray, width: float = LEVEL) -> bool:
    """Whether the division (n,) of `costs[-1]` is the prenucleolus of the costs by mask (2**n,), near 1 in size.

    Kohlberg's test ("On the nucleolus of a characteristic function game", SIAM J. Appl. Math. 20, 1971): whatever the
    bar, the coalitions with an excess over it must be balanced, that is, positive weights let them count every player
    equally often. Level by level, from the top, it looks for the opposite: a direction in which none of the level
    rises and some fall while the levels above stay. Excesses within `width` of the highest are one level with it.
    """
    n = len(division)
    span = Span(n)
    excess = subset_sums(division)
    excess -= costs
    if abs(excess[-1]) > width:
        return False
    while span.free:
        excess[subset_sums(span.key) == 0] = -np.inf
        top = excess.max()
        near = excess[excess > top - 2 * width]
        # The level ends in the widest gap between one and two times its width, so that noise does not cut it in two.
        band = np.sort(np.append(near[near < top - width], [top - width, top - 2 * width]))
        widest = int(np.diff(band).argmax())
        level = np.flatnonzero(excess >= (band[widest] + band[widest + 1]) / 2)
        if not _balanced(level, span):
            return False
        while len(level):
            span.add(rows_of(level[:1], n)[0])
            level = level[subset_sums(span.key)[level] != 0]
    return True


def _balanced(level: np.ndarray, span: Span) -> bool:
    """Whether no direction leaves the span as it is, raises no coalition (masks) of the level and lowers some."""
    n = span.players
    inside = np.array([np.count_nonzero(level >> player & 1) for player in range(n)], dtype=float)
    program = LinearProgram(inside / len(level), np.full(n, -1.0), np.full(n, 1.0))
    settled = np.array(span.basis, dtype=float)
    program.add_rows(settled, np.zeros(len(settled)), np.zeros(len(settled)))
    fresh = level if len(level) <= AT_ONCE else level[:: len(level) // AT_ONCE]
    known: set[int] = set()
    while len(fresh):
        known.update(fresh.tolist())
        program.add_rows(rows_of(fresh, n).astype(float), np.full(len(fresh), -np.inf), np.zeros(len(fresh)))
        direction = program.solve()[0]
        moved = subset_sums(direction)[level]
        rising = np.argsort(-moved, kind="stable")[:AT_ONCE]
        rising = level[rising[moved[rising] > VIOLATED]]
        fresh = np.array([mask for mask in rising.tolist() if mask not in known], dtype=np.int64)
    return bool(moved.min() > -FALLS)
