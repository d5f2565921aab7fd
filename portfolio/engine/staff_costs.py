"""What the way of staff costs beside the teams of a plan: lines per year, kind and role, that name nobody (method, 7).

Salaries are the yearly cost of a role in the plan, with its index of wages; amounts of the social plan rise with wages
too, costs of training with prices. A line is rounded to cents by itself, and a total is the sum of its lines.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from portfolio.engine.grounds import scale_number
from portfolio.engine.hr_inputs import HrInputs, day
from portfolio.engine.hr_schema import CENTER
from portfolio.engine.rounding import half_up
from portfolio.engine.staff_flow import Flow, Path
from portfolio.engine.staffing import Staffing
from portfolio.engine.working import Worked


class StaffCost(StrEnum):
    """A kind of line."""

    HIRE = "hire"
    TRAINING = "training"
    REDUCED_OUTPUT = "reduced_output"
    SALARY_GUARANTEE = "salary_guarantee"
    WAITING = "waiting"
    TRACK = "track"


@dataclass(frozen=True)
class Terms:
    """The terms of the social plan that cost money: EUR, years and months. None: not foreseen, or without end."""

    hire_cost: float | None = None
    output_in_training: float = 0.75
    protected_salary_years: float | None = None
    track_after_years: float = 2.0
    track_months: float = 24.0
    track_cost: float = 0.0


@dataclass(frozen=True)
class CostLine:
    """What one kind costs for one role in one calendar year, in cents."""

    year: int
    kind: StaffCost
    role: str
    cents: int


@dataclass(frozen=True, eq=False)
class StaffCosts:
    """The lines in the order of year, kind and role; and what is not in them.

    `unhired`: FTE-years of gaps that no hire is foreseen for. `without_right`: persons who come free without a post and
    without a right to the track from work to work; what becomes of them is no figure of the plan.
    """

    lines: tuple[CostLine, ...]
    unhired: float
    without_right: int

    def total(self, *, year: int | None = None, kind: StaffCost | None = None) -> int:
        """Cents."""
        return sum(
            line.cents for line in self.lines if year in (None, line.year) and kind in (None, line.kind)
        )


def staff_costs(done: Worked, hr: HrInputs, found: Staffing, way: Flow, terms: Terms) -> StaffCosts:
    """Every line. The order of rows has no influence."""
    case = _Case(done, hr, found, way, terms)
    for path in way.paths:
        if path.posts:
            case.moves(path)
        else:
            case.waits_for_nothing(path)
    case.hires()
    lines = [
        CostLine(year, kind, role, cents)
        for (year, kind, role), eur in sorted(case.eur.items())
        if (cents := int(half_up(eur * 100)))
    ]
    unhired = 0.0 if terms.hire_cost is not None else float(np.maximum(way.gap, 0).sum()) * way.step / 12
    return StaffCosts(tuple(lines), round(unhired, 10), case.without_right)


class _Case:
    def __init__(self, done: Worked, hr: HrInputs, found: Staffing, way: Flow, terms: Terms) -> None:
        self.way, self.terms, self.hr, self.found = way, terms, hr, found
        self.eur: dict[tuple[int, StaffCost, str], float] = defaultdict(float)
        self.without_right = 0
        self.year_of = [int(name[:4]) for name in way.months]
        place = np.array([int(year) - int(done.time.years[0]) for year in self.year_of])
        self.wages, self.prices = done.time.wages[place], done.time.prices[place]
        roles = done.inputs.rows("roles")
        self.monthly: Mapping[str, float] = {row.role: row.annual_cost / 12 for row in roles}
        self.scale = {row.role: scale_number(row.scale) for row in roles}
        self.rows = {row.person: row for row in hr.rows("staff")}
        asked = found.question.options
        self.training_cost = dict(
            zip(zip(asked["person"], asked["post"], strict=True), asked["training_cost"], strict=True)
        )
        self.code = {(post.service, post.role): post.code for post in found.posts}

    def salary(self, role: str) -> float:
        """EUR per FTE per month at the wages of the base year; 0 where the plan has no cost for a role."""
        cost = self.monthly.get(role, 0.0)
        return 0.0 if cost != cost else cost

    def add(self, kind: StaffCost, role: str, month: int, eur: float) -> None:
        if eur:
            self.eur[self.year_of[month], kind, role] += eur

    def moves(self, path: Path) -> None:
        """Waiting for the post to open, training with its reduced output, and the salary that stays as it was."""
        for month in range(path.free, min(path.start, len(self.year_of))):
            fte = path.steps[month] * self.way.step
            self.add(StaffCost.WAITING, path.role, month, fte * self.salary(path.role) * self.wages[month])
        if path.start >= min(path.gone, len(self.year_of)):
            return
        row = self.rows[path.person]
        for role, service, steps in path.posts:
            months, _cost = self.found.grounds.training(row, role)
            cost = self.training_cost.get((path.person, self.code[service, role]), 0.0)
            self.add(StaffCost.TRAINING, role, path.start, cost * self.prices[path.start])
            less = 1 - self.terms.output_in_training
            whole = steps if len(path.posts) > 1 else None
            self._monthly(path, StaffCost.REDUCED_OUTPUT, role, months, less * self.salary(role), whole)
            own = scale_number(row.scale) or self.scale.get(path.role)
            new = self.scale.get(role)
            if own and new and new < own:
                years = self.terms.protected_salary_years
                lost = max(self.salary(path.role) - self.salary(role), 0.0)
                until = len(self.year_of) if years is None else years * 12
                self._monthly(path, StaffCost.SALARY_GUARANTEE, role, until, lost, whole)

    def waits_for_nothing(self, path: Path) -> None:
        """Who came free and has no post: the track from work to work, for who has a right to it."""
        end = min(path.gone, len(self.year_of))
        if path.free >= end:
            return
        row, began = self.rows[path.person], self.way.months[path.free]
        since = day(row.employed_since)
        served = _years(since, date.fromisoformat(f"{began}-01")) if since else 0.0
        if row.employer != CENTER or row.until or served < self.terms.track_after_years:
            self.without_right += 1
            return
        self.add(StaffCost.TRACK, path.role, path.free, self.terms.track_cost * self.wages[path.free])
        self._monthly(path, StaffCost.TRACK, path.role, self.terms.track_months, self.salary(path.role), None)

    def _monthly(
        self, path: Path, kind: StaffCost, role: str, months: float, eur: float, steps: int | None
    ) -> None:
        """EUR per FTE per month from the move, or from coming free, during so many months, the last one in part."""
        first = path.start if path.posts else path.free
        end = min(path.gone, len(self.year_of))
        for month in range(first, min(end, first + int(np.ceil(months)))):
            part = min(1.0, months - (month - first))
            fte = (path.steps[month] if steps is None else steps) * self.way.step
            self.add(kind, role, month, part * fte * eur * self.wages[month])

    def hires(self) -> None:
        """Hired staff for what posts ask and nobody fills, where it is foreseen: what it costs above the salary.

        The plan counts the salary already, for its teams are full.
        """
        if self.terms.hire_cost is None:
            return
        for place, role in enumerate(self.way.roles):
            for month in np.flatnonzero(self.way.gap[place] > 0).tolist():
                fte = self.way.gap[place, month] * self.way.step
                more = max(self.terms.hire_cost / 12 - self.salary(role), 0.0)
                self.add(StaffCost.HIRE, role, month, fte * more * self.wages[month])


def _years(since: date, on: date) -> float:
    """Whole months of service, in years."""
    return ((on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)) / 12
