"""The only door to HiGHS: linear programs that grow row by row, and searches among whole numbers."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce

import highspy
import numpy as np
from scipy.sparse import csr_array, vstack

TOLERANCE = 1e-9  # how far HiGHS may be off in a bound or in a price: keep figures near 1
EDGE, RELATIVE_EDGE = 1e-6, 1e-10  # how far its bound may lie from the whole number that it stands for
UNBOUNDED = 1 << 60  # a bound of a row that never binds


class _Quiet(highspy.Highs):
    """HiGHS without its banner, which else goes to standard output once per process."""

    def enableCallbacks(self) -> None:
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()


class Failed(RuntimeError):
    """HiGHS gave no optimum, also not from scratch."""


class LinearProgram:
    """Minimize `cost @ x` over `lower <= x <= upper`, with rows `low <= a @ x <= high` that may be added and changed.

    All are floats (columns,), infinity where there is no bound. Solved by the simplex method on one thread, so the
    answer is a vertex with the prices that belong to it, and the same on every run.

    >>> program = LinearProgram(np.array([1.0]), np.array([-np.inf]), np.array([np.inf]))
    >>> program.add_rows(np.array([[1.0], [2.0]]), np.array([1.0, 6.0]), np.array([np.inf, np.inf]))
    >>> [answer.tolist() for answer in program.solve()]
    [[3.0], [0.0, 0.5]]
    """

    def __init__(self, cost: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> None:
        self.columns = len(cost)
        self.rows = 0
        self._highs = _Quiet()
        for option, value in (
            ("threads", 1),
            ("presolve", "off"),
            ("solver", "simplex"),
            ("primal_feasibility_tolerance", TOLERANCE),
            ("dual_feasibility_tolerance", TOLERANCE),
        ):
            self._highs.setOptionValue(option, value)
        for c, low, high in zip(cost, lower, upper, strict=True):
            self._highs.addCol(c, low, high, 0, np.empty(0, dtype=np.int32), np.empty(0))

    def add_rows(self, matrix: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        """Rows (rows, columns) below those there are, with their bounds (rows,)."""
        row, column = np.nonzero(matrix)
        starts = np.searchsorted(row, np.arange(len(matrix))).astype(np.int32)
        values = matrix[row, column].astype(float)
        self._highs.addRows(len(matrix), low, high, len(column), starts, column.astype(np.int32), values)
        self.rows += len(matrix)

    def bound_row(self, row: int, low: float, high: float) -> None:
        self._highs.changeRowBounds(row, low, high)

    def bound_rows(self, first: int, high: np.ndarray) -> None:
        """Bound rows from one on from above alone, by (rows,)."""
        rows = np.arange(first, first + len(high), dtype=np.int32)
        lower = np.full(len(high), -np.inf)
        self._highs.changeRowsBounds(len(high), rows, lower, high)  # type: ignore[attr-defined]

    def set_coefficient(self, row: int, column: int, value: float) -> None:
        self._highs.changeCoeff(row, column, value)

    def solve(self) -> tuple[np.ndarray, np.ndarray]:
        """The optimum (columns,) and the price of every row (rows,): what the minimum rises by per unit of its bound.

        Raises Failed where there is no optimum: nothing satisfies the rows, or the minimum is unbounded.
        """
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self._highs.clearSolver()  # a start that went astray is no reason to give up
            self._highs.run()
        status = self._highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise Failed(f"HiGHS found no optimum: {self._highs.modelStatusToString(status)}")
        solution = self._highs.getSolution()
        values: Sequence[float] = solution.col_value
        prices: Sequence[float] = solution.row_dual
        return np.array(values), np.array(prices)


class Ending(StrEnum):
    """How a search among whole numbers ended."""

    OPTIMAL = "optimal"
    TIME = "time"  # the time was up, or the solver gave up
    CANCELLED = "cancelled"
    INFEASIBLE = "infeasible"


@dataclass(frozen=True, eq=False)
class IntegerProgram:
    """The whole x with `lower <= x <= upper` and `row_lower <= rows @ x <= row_upper`; all arrays are int64.

    `lower` and `upper` are (columns,), `rows` is a sparse (rows, columns), the row bounds are (rows,).
    """

    lower: np.ndarray
    upper: np.ndarray
    rows: csr_array
    row_lower: np.ndarray
    row_upper: np.ndarray

    def holds(self, x: np.ndarray) -> bool:
        """Whether x satisfies every bound and row, in integers."""
        sums = self.rows @ x
        return bool(
            np.all((x >= self.lower) & (x <= self.upper))
            and np.all((sums >= self.row_lower) & (sums <= self.row_upper))
        )

    def between(self, gain: np.ndarray, value: int, bound: int) -> "IntegerProgram":
        """The same, with `value <= gain @ x <= bound` as one row more."""
        return replace(
            self,
            rows=csr_array(vstack([self.rows, csr_array(gain[None, :])], format="csr")),
            row_lower=np.append(self.row_lower, value),
            row_upper=np.append(self.row_upper, bound),
        )

    def most(self, gain: np.ndarray) -> int:
        """What `gain @ x` cannot exceed by the bounds of the columns alone."""
        return int(np.maximum(gain * self.lower, gain * self.upper).sum())


@dataclass(frozen=True, eq=False)
class Answer:
    """The best x that was found, or None; its value; what no x exceeds; the seconds that the solver took.

    `value` and `bound` are exact integers; the value is None without x. Proved optimal is `value == bound`.
    """

    ending: Ending
    x: np.ndarray | None
    value: int | None
    bound: int
    seconds: float


def maximize(
    program: IntegerProgram,
    gain: np.ndarray,
    *,
    start: np.ndarray | None = None,
    time_limit: float = math.inf,
    cancelled: Callable[[], bool] | None = None,
    seed: int = 0,
) -> Answer:
    """Maximize `gain @ x`, int64 (columns,), over a program, in at most `time_limit` seconds of the solver.

    `start` is a solution to begin with; the answer is never worse. `cancelled` is asked now and then; once it says
    yes the search ends. One thread and a fixed seed: the same input gives the same answer, unless the time is up.
    Raises ValueError for a start that does not hold.

    A solver's status alone is no proof: with presolve and a start, highspy 1.16.0 has reported an optimum of 460 with
    gap 0 and handed back the start, worth 459. So feasibility and value are recomputed in integers from what is handed
    back, and where they do not fit what was said, the program is solved again without the start.

    >>> knapsack = IntegerProgram(*np.array([[0, 0], [1, 1]]), csr_array([[3, 2]]), np.array([0]), np.array([4]))
    >>> maximize(knapsack, np.array([3, 2])).value, maximize(knapsack, np.array([0, 0])).value
    (3, 0)
    """
    if start is not None and not program.holds(start):
        raise ValueError("the start is no solution of the program")
    most = program.most(gain)
    if start is not None and gain @ start == most:
        return Answer(Ending.OPTIMAL, start, most, most, 0.0)
    said = _search(program, gain, start, time_limit, cancelled, seed)
    if said.is_doubtful(None if start is None else int(gain @ start)) and time_limit > said.seconds:
        again = _search(program, gain, None, time_limit - said.seconds, cancelled, seed)
        said = replace(again, seconds=again.seconds + said.seconds)
    x, value, bound, ending = said.x, said.value, most, said.ending
    if said.bound is not None:
        bound = min(said.bound, most)
    if start is not None and (value is None or value < gain @ start):
        x, value = start, int(gain @ start)
    if value is not None and (value > bound or ending is Ending.INFEASIBLE):
        ending, bound = Ending.TIME, most  # what the solver says cannot be: it proves nothing
    if value is not None and value == bound:
        ending = Ending.OPTIMAL
    elif ending is Ending.OPTIMAL:
        ending = Ending.TIME
    return Answer(ending, x, value, bound, said.seconds)


@dataclass(frozen=True, eq=False)
class Relaxed:
    """The program with fractions allowed: no x has a `gain @ x` above `limit` (float), and what each column is worth.

    `prices` are (columns,): a column with a price below 0 takes that much off the limit with each unit above its
    lower bound, one with a price above 0 with each unit below its upper. Whatever the solver says, this holds: the
    limit is the Lagrangian bound of its row duals, computed here. `x` (columns,) is what the solver gave: floats.
    """

    limit: float
    prices: np.ndarray
    x: np.ndarray
    seconds: float

    @property
    def bound(self) -> int:
        return math.floor(self.limit + _edge(self.limit))

    def settle(self, program: IntegerProgram, value: int) -> IntegerProgram:
        """The program with every column that cannot leave its bound in any solution worth at least `value`."""
        least = value - 2 * _edge(self.limit)
        lower, upper = program.lower.copy(), program.upper.copy()
        upper[self.limit + self.prices < least] = program.lower[self.limit + self.prices < least]
        lower[self.limit - self.prices < least] = program.upper[self.limit - self.prices < least]
        return replace(program, lower=lower, upper=upper)


def relax(program: IntegerProgram, gain: np.ndarray, time_limit: float = math.inf) -> Relaxed:
    """Solve the linear program of `maximize`, fractions allowed, in at most `time_limit` seconds."""
    solver = _solver(time_limit, 0)
    solver.setOptionValue("solve_relaxation", True)
    solver.passModel(_model(program, gain))
    solver.run()
    found = solver.getSolution()
    x, duals = np.array(found.col_value, dtype=float), np.array(found.row_dual, dtype=float)
    if len(x) != len(gain) or not np.isfinite(x).all():
        x = program.lower.astype(float)
    if len(duals) != len(program.row_lower) or not np.isfinite(duals).all():
        duals = np.zeros(len(program.row_lower))
    duals[(duals > 0) & (program.row_upper >= UNBOUNDED)] = 0
    duals[(duals < 0) & (program.row_lower <= -UNBOUNDED)] = 0
    prices = gain - program.rows.T @ duals
    limit = np.where(duals > 0, duals * program.row_upper, duals * program.row_lower).sum()
    limit += np.maximum(prices * program.lower, prices * program.upper).sum()
    return Relaxed(float(limit), prices, x, solver.getRunTime())


@dataclass(frozen=True, eq=False)
class _Said:
    """What HiGHS said and handed back: `x` where it holds, its value recomputed, and the value that was claimed."""

    ending: Ending
    x: np.ndarray | None
    value: int | None
    bound: int | None
    claimed: float
    seconds: float

    def is_doubtful(self, start: int | None) -> bool:
        """Whether what was said does not fit what was handed back, or the value of the start."""
        if self.ending is Ending.INFEASIBLE:
            return start is not None
        if self.ending is Ending.OPTIMAL:
            return self.value is None or self.value != self.bound or abs(self.claimed - self.value) >= 0.5
        known = [value for value in (self.value, start) if value is not None]
        return bool(known) and self.bound is not None and max(known) > self.bound


def _search(
    program: IntegerProgram,
    gain: np.ndarray,
    start: np.ndarray | None,
    time_limit: float,
    cancelled: Callable[[], bool] | None,
    seed: int,
) -> _Said:
    unit = (
        reduce(math.gcd, map(abs, gain.tolist()), 0) or 1
    )  # smaller whole coefficients make a sharper bound
    solver = _solver(time_limit, seed)
    solver.passModel(_model(program, gain // unit))
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = start.astype(float)
        solver.setSolution(given)
    if cancelled is not None:
        _ask(solver, cancelled)
    solver.run()
    status, info, seconds = solver.getModelStatus(), solver.getInfo(), solver.getRunTime()
    known = highspy.HighsModelStatus
    if status in (known.kInfeasible, known.kUnboundedOrInfeasible):
        return _Said(Ending.INFEASIBLE, None, None, None, math.nan, seconds)
    endings = {
        known.kOptimal: Ending.OPTIMAL,
        known.kModelEmpty: Ending.OPTIMAL,
        known.kInterrupt: Ending.CANCELLED,
    }
    handed = np.array(solver.getSolution().col_value, dtype=float)
    x = np.rint(handed).astype(np.int64) if np.isfinite(handed).all() else np.zeros(0, dtype=np.int64)
    holds = len(x) == len(gain) and program.holds(x)
    bound = info.mip_dual_bound
    return _Said(
        ending=endings.get(status, Ending.TIME),
        x=x if holds else None,
        value=int(gain @ x) if holds else None,
        bound=unit * math.floor(bound + _edge(bound)) if math.isfinite(bound) else None,
        claimed=info.objective_function_value * unit,
        seconds=seconds,
    )


def _solver(time_limit: float, seed: int) -> highspy.Highs:
    solver = _Quiet()
    for option, value in (
        ("threads", 1),
        ("random_seed", seed),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.999),  # values are whole: a gap below one is none
        ("time_limit", max(time_limit, 1e-3)),
    ):
        solver.setOptionValue(option, value)
    return solver


def _edge(figure: float) -> float:
    """How far a figure of the solver may lie from the whole number that it stands for."""
    return min(EDGE + RELATIVE_EDGE * abs(figure), 0.25)


def _model(program: IntegerProgram, gain: np.ndarray) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = program.rows.shape
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = gain.astype(float)
    model.col_lower_, model.col_upper_ = program.lower.astype(float), program.upper.astype(float)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(gain)
    model.row_lower_ = np.where(program.row_lower <= -UNBOUNDED, -highspy.kHighsInf, program.row_lower)
    model.row_upper_ = np.where(program.row_upper >= UNBOUNDED, highspy.kHighsInf, program.row_upper)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = program.rows.indptr
    model.a_matrix_.index_ = program.rows.indices
    model.a_matrix_.value_ = program.rows.data.astype(float)
    return model


def _ask(solver: highspy.Highs, cancelled: Callable[[], bool]) -> None:
    def ask(event: highspy.highs.HighsCallbackEvent) -> None:
        if cancelled():
            event.interrupt()

    solver.cbMipInterrupt.subscribe(ask)
    solver.cbSimplexInterrupt.subscribe(ask)
