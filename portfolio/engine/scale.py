"""Does scale still pay: what one workplace or one inhabitant costs at other sizes of the same center."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from portfolio.engine.costing import PARTS
from portfolio.engine.inputs import PlanInputs
from portfolio.engine.membership import leaving
from portfolio.engine.terms import Part
from portfolio.engine.working import Worked, work

#: A size is so much larger than the one before it.
GROWTH = 0.1
#: Sizes either side of today's: from about half to about twice.
STEPS = 7
#: What a larger center would have more of, yet the plan states as an amount.
HOLDINGS = (Part.CAPITAL, Part.CONTRACTS)


@dataclass(frozen=True)
class Size:
    """The center at a size in one year, one-offs left out: ``units`` of a driver, and EUR.

    ``least`` has assets and contracts stand still, the most that scale can bring; in ``most`` they grow along.
    """

    factor: float
    units: float
    least: float
    most: float
    fte: float

    @property
    def least_each(self) -> float:
        return self.least / self.units

    @property
    def most_each(self) -> float:
        return self.most / self.units


@dataclass(frozen=True)
class Group:
    """The center with its largest participants only; ``joined`` is the last one in."""

    joined: str
    count: int
    units: float
    eur: float
    fte: float

    @property
    def each(self) -> float | None:
        return self.eur / self.units if self.units else None


def scaled(inputs: PlanInputs, factor: float) -> PlanInputs:
    """All volumes and requested FTE times a factor; minimum teams, fixed parts and holdings as they are."""
    frames = dict(inputs.frames)
    for name, column in (("base_volumes", "volume"), ("volumes", "volume"), ("uptake", "fte")):
        frames[name] = frames[name].assign(**{column: frames[name][column] * factor})
    return replace(inputs, frames=frames)


def sizes(inputs: PlanInputs, driver: str, year: int) -> list[Size]:
    """The center at sizes a tenth apart, today's in the middle. Empty when nothing of the driver is counted."""
    factors = [(1 + GROWTH) ** step for step in range(-STEPS, STEPS + 1)]
    done = [work(scaled(inputs, factor)) for factor in factors]
    found = [_size(each, factor, driver, year) for each, factor in zip(done, factors, strict=True)]
    return found if found[0].units > 0 else []


def _size(done: Worked, factor: float, driver: str, year: int) -> Size:
    parts = _by_part(done, year).sum(axis=0)
    held = sum(float(parts[PARTS.index(part)]) for part in HOLDINGS)
    least = float(parts.sum())
    return Size(factor, _units(done, driver, year), least, least + (factor - 1) * held, _fte(done, year))


def groups(inputs: PlanInputs, driver: str, year: int) -> list[Group]:
    """The pool of the largest participant, of the two largest, and so on: services that one of them takes."""
    everyone = list(inputs.participant_at)
    done = work(inputs)
    known = np.nan_to_num(done.known[:, inputs.driver_at[driver], _at(done, year)])
    order = sorted(everyone, key=lambda code: (-known[inputs.participant_at[code]], code))
    found = []
    for count in range(1, len(order) + 1):
        some = done if count == len(order) else work(leaving(inputs, order[count:]))
        taken = some.uptake.takes.any(axis=1)
        eur = float(_by_part(some, year)[:-1][taken].sum())
        units = _units(some, driver, year)
        found.append(Group(order[count - 1], count, units, eur, _fte(some, year)))
    return found


def falls(costs: Sequence[float]) -> list[float]:
    """By which share the cost of a unit falls from each size to the next, a tenth larger.

    >>> [round(each, 3) for each in falls([100, 90, 90])]
    [0.1, 0.0]
    """
    return [1 - after / before if before else 0.0 for before, after in pairwise(costs)]


def turning_point(costs: Sequence[float], limit: float) -> int | None:
    """The position from which on no further tenth of growth makes a unit cheaper by the limit; None: up to the last.

    >>> turning_point([100, 90, 86, 85.9], 0.02), turning_point([100, 90], 0.02), turning_point([5, 5], 0.02)
    (2, None, 0)
    """
    found = len(costs) - 1
    for at, fall in reversed(list(enumerate(falls(costs)))):
        if fall >= limit:
            break
        found = at
    return found if found < len(costs) - 1 else None


def _at(done: Worked, year: int) -> int:
    return int(year - done.time.years[0])


def _by_part(done: Worked, year: int) -> np.ndarray:
    """EUR of a whole year (S + 1, parts), without one-offs; a year that is there in part is made up to twelve."""
    at = _at(done, year)
    paid = done.cost.paid[..., at].sum(axis=2) * 12 / done.time.months_in[at]
    paid[:, PARTS.index(Part.ONE_OFF)] = 0
    return paid


def _units(done: Worked, driver: str, year: int) -> float:
    return float(np.nansum(done.known[:, done.inputs.driver_at[driver], _at(done, year)]))


def _fte(done: Worked, year: int) -> float:
    """Mean FTE of all teams in the year."""
    of_year = done.time.year_of == _at(done, year)
    lengths = done.time.lengths[of_year]
    team = done.need.team[:, of_year].sum(axis=0) * done.inputs.settings["fte_step"]
    return float((team * lengths).sum() / lengths.sum())
