"""The search for the best placement: block by block, objective by objective, and large blocks in parts first."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from portfolio.engine.candidates import Candidates
from portfolio.engine.programs import gains, program_of
from portfolio.engine.solver import Ending, IntegerProgram, Relaxed, maximize, relax

SHARE = 3  # an objective gets a third of the time that is left: what stands higher weighs more
LARGE = 1_500  # columns; a larger block is first bettered in parts
PART_POSTS, PART_SECONDS = 35, 1.0  # of a part: so many posts, so long at most
WEIGHT = 30  # of a ground over the next, where a large block begins; only a start, so it need not be exact
TRIES = 8  # parts in a row that may bring nothing
LOT = 1 << 20  # lots that settle what the objectives leave equal


@dataclass(eq=False)
class Block:
    """People and posts that share no option with any others.

    `columns` (n,) are its columns in the program of the case; `person`, `first` and `second` (n,) what each stands
    for (`second` is `first` for a whole placement); `gains` is (8, n), `ceilings` (8,) what no solution exceeds,
    `x` (n,) the solution so far.
    """

    columns: np.ndarray
    person: np.ndarray
    first: np.ndarray
    second: np.ndarray
    program: IntegerProgram
    gains: np.ndarray
    ceilings: np.ndarray
    x: np.ndarray


class Search:
    """The best placement so far; `seconds` are those of the solver."""

    def __init__(
        self, case: Candidates, start: np.ndarray, cancelled: Callable[[], bool] | None, seed: int
    ) -> None:
        self.case, self.cancelled, self.seed = case, cancelled, seed
        self.random = np.random.default_rng(seed)
        self.seconds, self.is_cancelled, self.size = 0.0, False, len(start)
        self.blocks = _blocks(case, start)

    def solution(self) -> np.ndarray:
        """The solution (columns,) of the whole program."""
        x = np.zeros(self.size, dtype=np.int64)
        for block in self.blocks:
            x[block.columns] = block.x
        return x

    def begin(self, time_left: float) -> None:
        """Give large blocks a start: all grounds weighed together, and only those placed anew whom that divides."""
        until = self.seconds + time_left / 8
        for block in self.blocks:
            if len(block.columns) <= LARGE or not self._may_go_on(until):
                continue
            gain = np.array([WEIGHT**3, WEIGHT**2, WEIGHT, 1]) @ block.gains[:4]
            loose = relax(block.program, gain, until - self.seconds)
            self.seconds += loose.seconds
            sure = (loose.x > 1 - 1e-6) & (block.program.upper == 1)
            part = replace(block.program, lower=np.where(sure, 1, block.program.lower))
            if self._may_go_on(until):
                self._maximize(block, part, gain, until - self.seconds, None)

    def improve(self, level: int, time_left: float) -> tuple[int, int]:
        """Raise one objective as far as it goes without touching those above; its value and bound, as integers."""
        until = self.seconds + time_left / (SHARE if level < 7 else 1)
        value, bound = 0, 0
        for block in self.blocks:
            gain, most = block.gains[level], int(block.ceilings[level])
            if gain @ block.x < most and self._may_go_on(until):
                most = min(most, self._solve(block, gain, until))
            here = int(gain @ block.x)
            if gain.any():
                block.program = block.program.between(gain, here, most)
            value, bound = value + here, bound + most
        return value, bound

    def draw_lots(self, time_left: float) -> None:
        """Settle what the objectives left equal, by a lot that depends on the codes of a bundle alone."""
        until, case = self.seconds + time_left, self.case
        lots = np.array([
            crc32(f"{case.people[person]}\n{case.posts[a]}\n{case.posts[b] if b >= 0 else ''}".encode()) % LOT + 1
            for person, a, b in zip(case.person, case.first, case.second, strict=True)
        ], dtype=np.int64)  # fmt: skip
        lots = np.append(lots, np.ones(len(case.split), dtype=np.int64))
        for block in self.blocks:
            if self._may_go_on(until):
                self._solve(block, lots[block.columns], until)

    def _may_go_on(self, until: float) -> bool:
        self.is_cancelled = self.is_cancelled or (self.cancelled is not None and self.cancelled())
        return not self.is_cancelled and self.seconds < until

    def _solve(self, block: Block, gain: np.ndarray, until: float) -> int:
        """Better the solution of a block; the bound. Columns that no solution as good can use are left out for good."""
        loose = relax(block.program, gain, until - self.seconds)
        self.seconds += loose.seconds
        bound = loose.bound
        if len(block.columns) > LARGE:
            self._better_in_parts(block, gain, loose, until)
        if gain @ block.x < bound and self._may_go_on(until):
            block.program = loose.settle(block.program, int(gain @ block.x))
            bound = min(bound, self._maximize(block, block.program, gain, until - self.seconds, block.x))
        block.program = loose.settle(block.program, int(gain @ block.x))
        return bound

    def _better_in_parts(self, block: Block, gain: np.ndarray, loose: Relaxed, until: float) -> None:
        """Solve in parts: a good start long before the whole is solved. It takes at most half of the time.

        Again and again for some posts at a time, all else as it is (a large neighborhood search).
        """
        until -= (until - self.seconds) / 2
        near = _neighbors(block)
        tries = 0
        while tries < TRIES and gain @ block.x < loose.bound and self._may_go_on(until):
            posts = self._some_posts(near)
            used = np.bincount(block.person, weights=block.x > 0) > 0
            inside = posts[block.first] & posts[block.second]
            outside = np.bincount(block.person, weights=(block.x > 0) & ~inside, minlength=len(used)) > 0
            fixed = ~inside | outside[block.person]
            part = replace(
                block.program,
                lower=np.where(fixed, block.x, block.program.lower),
                upper=np.where(fixed, block.x, block.program.upper),
            )
            before = int(gain @ block.x)
            self._maximize(block, part, gain, min(PART_SECONDS, until - self.seconds), block.x)
            tries = 0 if gain @ block.x > before else tries + 1

    def _some_posts(self, near: np.ndarray) -> np.ndarray:
        """Which posts make up a part: one at random, and those that share most candidates with them."""
        chosen = np.zeros(len(near), dtype=bool)
        weight = np.ones(len(near))
        for _ in range(min(PART_POSTS, len(near))):
            weight[chosen] = 0
            if not weight.any():
                weight[~chosen] = 1
            post = self.random.choice(len(near), p=weight / weight.sum())
            chosen[post] = True
            weight = near[chosen].sum(axis=0).astype(float)
        return chosen

    def _maximize(
        self,
        block: Block,
        program: IntegerProgram,
        gain: np.ndarray,
        time_limit: float,
        start: np.ndarray | None,
    ) -> int:
        """Take over what is found where it is better; the bound of the program."""
        answer = maximize(
            program, gain, start=start, time_limit=time_limit, cancelled=self.cancelled, seed=self.seed
        )
        self.seconds += answer.seconds
        self.is_cancelled = self.is_cancelled or answer.ending is Ending.CANCELLED
        if answer.x is not None and gain @ answer.x > gain @ block.x:
            block.x = answer.x
        return answer.bound


def _neighbors(block: Block) -> np.ndarray:
    """How many persons are candidates for both of two posts: (posts, posts)."""
    ends = np.concatenate([block.person, block.person]), np.concatenate([block.first, block.second])
    shape = int(block.person.max()) + 1, int(max(block.first.max(), block.second.max())) + 1
    asks = (coo_array((np.ones(len(ends[0])), ends), shape=shape).tocsr() > 0).astype(np.int64)
    return (asks.T @ asks).toarray()


def _blocks(case: Candidates, start: np.ndarray) -> list[Block]:
    """The connected parts of the case, the smallest first."""
    people, posts, split = len(case.people), len(case.posts), case.split
    second = np.where(case.second < 0, case.first, case.second)
    person, first, second = (np.concatenate([of, of[split]]) for of in (case.person, case.first, second))
    ends = np.concatenate([person, person]), people + np.concatenate([first, second])
    links = coo_array((np.ones(len(ends[0])), ends), shape=(people + posts, people + posts))
    label = connected_components(links, directed=False)[1]
    of_column = label[person]
    of_row = np.concatenate([label, label[case.person[split]], label[case.person[split]]])
    whole, table, ceilings = program_of(case), gains(case), _ceilings(case)
    blocks = []
    for part in np.unique(of_column):
        columns, rows = np.flatnonzero(of_column == part), np.flatnonzero(of_row == part)
        program = IntegerProgram(
            whole.lower[columns],
            whole.upper[columns],
            whole.rows[rows][:, columns],
            whole.row_lower[rows],
            whole.row_upper[rows],
        )
        ceiling = ceilings[:, label[:people] == part].sum(axis=1)
        ends_ = person[columns], first[columns], second[columns]
        blocks.append(Block(columns, *ends_, program, table[:, columns], ceiling, start[columns]))
    return sorted(blocks, key=lambda block: len(block.columns))


def _ceilings(case: Candidates) -> np.ndarray:
    """What each person adds to each objective at most, were they alone: int64 (8, people)."""
    table, count = gains(case), len(case.person)
    reach, part = table[:, :count].copy(), table[:, count:]
    reach[:, case.split] += np.maximum(part * case.least[case.split], part * case.most[case.split])
    best = np.zeros((len(table), len(case.people)), dtype=np.int64)
    best[:, list(case.locked)] = np.iinfo(np.int64).min
    for level in range(len(table)):
        np.maximum.at(best[level], case.person, reach[level])
    return best
