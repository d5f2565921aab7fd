"""Staff over time: per month who is where, who came free, which posts are open, and the gap per role (method, 7).

Readings: somebody stays at work in the own service until it ends, and no longer; goes to the new post when it is open
and the own work has ended, or when it opens if the own work goes on; and leaves in the first month that begins after a
temporary contract, on or after the state pension date. Hired staff leave when the new structure stands. Staff of a
participant counts from the month in which it comes into its pool.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from portfolio.engine.hr_inputs import HrInputs, day
from portfolio.engine.hr_schema import CENTER, EXTERNAL
from portfolio.engine.pension import pension_date
from portfolio.engine.posts import role_steps, settled_month
from portfolio.engine.rounding import whole_steps
from portfolio.engine.schema import month_number
from portfolio.engine.staffing import Staffing
from portfolio.engine.terms import Unplaced
from portfolio.engine.working import Worked

#: Why FTE leaves or comes free, in the order in which a person is asked.
EXTERNAL_ENDS, CONTRACT_ENDS, PENSION, WORK_ENDS = "external", "temporary", "pension", "work"
CAUSES = (EXTERNAL_ENDS, CONTRACT_ENDS, PENSION, WORK_ENDS)
#: The FTE of contracts over time: per person the months from which another FTE holds.
Periods = Mapping[str, Iterable[tuple[date, float]]]


@dataclass(frozen=True, eq=False)
class Path:
    """The way of one person through the horizon of T months; positions of months, T for never.

    `steps` (T) of FTE, 0 when gone. At work in `role` before `free`; free from there, if before `start`; from `start`
    in `posts`: (role, service, steps).
    """

    person: str
    role: str
    steps: np.ndarray
    free: int
    start: int
    gone: int
    cause: str
    posts: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, eq=False)
class Flow:
    """R roles, T months, steps of FTE: ``demand``, ``supply`` and ``free`` (R, T); ``left`` by cause (T).

    `supply` is at work in the role, be it the old or the new one; `free` came free from it and has no work yet.
    `demand` less `supply` is the gap; below zero there are more people than posts.
    """

    months: tuple[str, ...]
    roles: tuple[str, ...]
    demand: np.ndarray
    supply: np.ndarray
    free: np.ndarray
    left: Mapping[str, np.ndarray]
    paths: tuple[Path, ...]
    step: float

    @cached_property
    def gap(self) -> np.ndarray:
        """What posts ask beyond who is there (R, T), steps; negative where people are too many."""
        return self.demand - self.supply

    def fte(self, steps: Any) -> Any:
        """Steps as FTE."""
        return np.round(np.asarray(steps) * self.step, 10)


def flow(done: Worked, hr: HrInputs, found: Staffing, periods: Periods | None = None) -> Flow:
    """Where everybody of a placement is, month by month. The order of rows has no influence."""
    asked = role_steps(done)
    epoch_of = done.time.epoch_of
    roles = sorted({role for _service, role in asked} | {row.role for row in hr.rows("staff")})
    at = {role: place for place, role in enumerate(roles)}
    shape = (len(roles), len(done.time.months))
    demand, supply, free = (np.zeros(shape, dtype=np.int64) for _array in range(3))
    for (_service, role), held in asked.items():
        demand[at[role]] += held[epoch_of]
    left = {cause: np.zeros(shape[1], dtype=np.int64) for cause in CAUSES}
    paths = tuple(_paths(done, hr, found, asked, periods or {}))
    for path in paths:
        supply[at[path.role], : path.free] += path.steps[: path.free]
        free[at[path.role], path.free : path.start] += path.steps[path.free : path.start]
        for role, steps in _shared(path):
            supply[at[role], path.start :] += steps[path.start :]
        if path.cause and path.gone < shape[1]:
            left[path.cause][path.gone] += path.steps[path.gone - 1] if path.gone else 0
        if path.free < min(path.gone, shape[1]) and path.free < path.start:
            left[WORK_ENDS][path.free] += path.steps[path.free]
    months = tuple(str(name) for name in done.time.month_names)
    return Flow(months, tuple(roles), demand, supply, free, left, paths, done.inputs.settings["fte_step"])


def _shared(path: Path) -> Iterable[tuple[str, np.ndarray]]:
    """Of who has one post the whole contract, of who has two what each asks, as long as somebody is there."""
    if len(path.posts) == 1:
        return [(path.posts[0][0], path.steps)]
    return [(role, np.where(path.steps > 0, steps, 0)) for role, _service, steps in path.posts]


def _paths(
    done: Worked, hr: HrInputs, found: Staffing, asked: Mapping[tuple[str, str], np.ndarray], periods: Periods
) -> Iterable[Path]:
    step, months = done.inputs.settings["fte_step"], done.time.months
    settled = month_number(settled_month(done)) - int(months[0])
    reason = dict(zip(found.unplaced["person"], found.unplaced["reason"], strict=True))
    posts: dict[str, list[tuple[str, str, int]]] = {}
    opens: dict[str, int] = {}
    for row, month in zip(found.placed.itertuples(), found.placed["from"], strict=True):
        posts.setdefault(row.person, []).append((row.role, row.service, whole_steps(row.fte, step)))
        opens[row.person] = max(opens.get(row.person, 0), month_number(month) - int(months[0]))
    never = len(months)
    for row in sorted(hr.rows("staff"), key=lambda one: one.person):
        if reason.get(row.person) == Unplaced.STAYS or (not _is_own(row) and row.person not in posts):
            continue  # works for a participant, now and later
        gone, cause = _gone(row, months, settled)
        own = posts.get(row.person, [])
        ends = _ends(asked, row, done.time.epoch_of)
        if not _is_own(row):
            start = free = opens[row.person]
            before = start
        else:
            before = 0
            start = never if not own else opens[row.person] if ends == never else max(opens[row.person], ends)
            waits = min(ends, settled) if not own and gone == never else ends
            free = min(waits if not own else min(ends, start), start)
        steps = _steps(row, periods.get(row.person, ()), months, step)
        steps[:before] = 0
        steps[gone:] = 0
        yield Path(row.person, row.role, steps, min(free, gone), min(start, gone) if start < never else gone, gone,
                   cause, tuple(sorted(own)))  # fmt: skip


def _is_own(row: Any) -> bool:
    return row.employer in (CENTER, EXTERNAL)


def _gone(row: Any, months: np.ndarray, settled: int) -> tuple[int, str]:
    """From which month somebody is not there any more, and why; T and "" for who stays."""
    never = len(months)
    until, born = day(row.until), day(row.born)
    ways = []
    if row.employer == EXTERNAL:
        ways.append((settled, EXTERNAL_ENDS))
    if until:
        ways.append((until.year * 12 + until.month - int(months[0]), CONTRACT_ENDS))
    if born:
        pension = pension_date(born)
        ways.append((pension.year * 12 + pension.month - 1 + (pension.day > 1) - int(months[0]), PENSION))
    at, cause = min(ways, default=(never, ""))
    return (max(at, 0), cause) if at < never else (never, "")


def _ends(asked: Mapping[tuple[str, str], np.ndarray], row: Any, epoch_of: np.ndarray) -> int:
    """The month from which the own service asks the own role no more; T when it goes on, or is not known."""
    held = asked.get((row.service, row.role))
    if held is None or held[-1]:
        return len(epoch_of)
    working = np.flatnonzero(held[epoch_of])
    return int(working[-1]) + 1 if len(working) else 0


def _steps(row: Any, periods: Iterable[tuple[date, float]], months: np.ndarray, step: float) -> np.ndarray:
    """The FTE of a contract per month, in steps: a period holds from the first month that begins in it."""
    steps = np.full(len(months), whole_steps(row.fte, step), dtype=np.int64)
    for start, fte in sorted(periods):
        at = start.year * 12 + start.month - 1 + (start.day > 1) - int(months[0])
        steps[max(at, 0) :] = whole_steps(fte, step)
    return steps
