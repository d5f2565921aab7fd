"""Estimating from totals: teams, cost and today's key of a center, scaled until they add up to what is known of it.

Templates say how services relate to each other; the totals say how large the whole is. What the totals do not
explain stands apart, as a service without people (``UNEXPLAINED``), so that no plan shows it as a saving.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from portfolio.engine.costing import PARTS
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.rounding import half_up, largest_remainder
from portfolio.engine.scaling import (
    UNEXPLAINED,
    as_it_stands,
    contributions,
    refilled,
    resized,
    with_key_of_today,
    with_unexplained,
)
from portfolio.engine.terms import Part, Phase
from portfolio.engine.working import Worked, work

#: Euro of software and infrastructure per euro of staff, at most; above it an estimate would hide a question.
#: M&I/Partners, ICT benchmark 2022: 53 euro staff, 36 software and 17 infrastructure per inhabitant.
MATERIAL_PER_STAFF = 1.0

STAFF = (Part.PEOPLE, Part.OVERHEAD)
MATERIAL = (Part.CAPITAL, Part.CONTRACTS, Part.QUANTITY)


# --- Volumes ---


@dataclass(frozen=True)
class Ratio:
    """How many of a driver a municipality has: ``base`` plus so many per 1,000 inhabitants; ``spread`` as a share."""

    base: float
    per_thousand: float
    spread: float


#: Assumptions, to be replaced by counts. Workplaces: 74 euro of ICT per inhabitant against 6,101 per workplace
#: (M&I/Partners, ICT benchmark 2013) is 12 per 1,000; the others are rules of thumb without a source.
RATIOS: Mapping[str, Ratio] = {
    "workplaces": Ratio(0, 12, 0.3),
    "servers": Ratio(0, 2, 0.5),
    "applications": Ratio(60, 2.4, 0.4),
    "suppliers": Ratio(15, 1.1, 0.4),
    "projects": Ratio(0, 0.2, 0.5),
}
INHABITANTS, WORKPLACES = "inhabitants", "workplaces"


def estimated_volumes(inhabitants: float | None, workplaces: float | None = None) -> dict[str, float]:
    """Whole numbers per driver: from inhabitants, or for another body from its workplaces, without a base.

    >>> estimated_volumes(20_000)["workplaces"], estimated_volumes(None, 120)["servers"]
    (240.0, 20.0)
    """
    thousands = size_of(inhabitants, workplaces) / 1000
    found = {
        driver: half_up((ratio.base if inhabitants is not None else 0) + ratio.per_thousand * thousands)
        for driver, ratio in RATIOS.items()
    }
    return found | ({} if workplaces is None else {WORKPLACES: float(workplaces)})


def size_of(inhabitants: float | None, workplaces: float | None = None) -> float:
    """Inhabitants; of another body those that would have its workplaces."""
    if inhabitants is not None:
        return float(inhabitants)
    return 1000 * (workplaces or 0) / RATIOS[WORKPLACES].per_thousand


def divided(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """A whole total over weights, by largest remainder; equally where all weights are zero.

    >>> divided(100, {"b": 1, "a": 2}), divided(3, {"a": 0, "b": 0})
    ({'b': 33, 'a': 67}, {'a': 2, 'b': 1})
    """
    exact = {name: Fraction(weight) for name, weight in weights.items()}
    whole = sum(exact.values())
    if not whole:
        exact, whole = dict.fromkeys(exact, Fraction(1)), Fraction(len(exact))
    return dict(largest_remainder({name: total * part / whole for name, part in exact.items()}, total))


# --- The center as it is ---


@dataclass(frozen=True, eq=False)
class AsItIs:
    """The current services as they are today, by code: FTE, and EUR per year at the prices of the base year.

    ``needs`` FTE before rounding to the step, ``teams`` steps; ``material`` is depreciation, contracts and P x Q;
    ``quantity`` EUR of P x Q by participant, who pays it whatever the key.
    """

    needs: dict[str, float]
    teams: dict[str, int]
    people: dict[str, float]
    staff: dict[str, float]
    material: dict[str, float]
    fixed: dict[str, float]
    quantity: dict[str, float]
    step: float

    @property
    def fte(self) -> float:
        return round(sum(self.teams.values()) * self.step, 10)

    def eur(self, service: str) -> float:
        """What a service costs."""
        return self.staff[service] + self.material[service] + self.fixed[service]

    @property
    def total(self) -> float:
        """What the services cost together, the unexplained one left out."""
        return math.fsum(self.eur(service) for service in sorted(self.teams) if service != UNEXPLAINED)


def as_it_is(center: CenterInputs) -> AsItIs:
    """The first year of the horizon, as a whole year, without decisions, indexation or growth."""
    done = work(as_it_stands(center))
    current = _current(center)
    services = {code: row for code, row in done.inputs.service_at.items() if code in current}
    least = done.inputs.column("services", "min_fte")
    return AsItIs(
        needs={code: float(max(done.need.raw[row, 0], least[row])) for code, row in services.items()},
        teams={code: int(done.need.team[row, 0]) for code, row in services.items()},
        people=_yearly(done, services, (Part.PEOPLE,)),
        staff=_yearly(done, services, STAFF),
        material=_yearly(done, services, MATERIAL),
        fixed=_yearly(done, services, (Part.FIXED,)),
        quantity={
            code: float(done.cost.paid[:-1, PARTS.index(Part.QUANTITY), row, 0].sum() * 12 / done.time.months_in[0])
            for code, row in done.inputs.participant_at.items()
        },
        step=center.settings["fte_step"],
    )  # fmt: skip


def _yearly(done: Worked, services: Mapping[str, int], parts: tuple[Part, ...]) -> dict[str, float]:
    chosen = [PARTS.index(part) for part in parts]
    by_service = done.cost.paid[..., 0][:, chosen].sum(axis=(1, 2)) * 12 / done.time.months_in[0]
    return {code: float(by_service[row]) for code, row in services.items()}


def _current(center: CenterInputs) -> set[str]:
    services = center.frames["services"]
    return set(services.loc[services["phase"] == Phase.CURRENT, "service"])


# --- From totals to services ---


@dataclass(frozen=True, eq=False)
class Fit:
    """A center that adds up to its totals; ``unexplained`` EUR per year is what nothing accounts for."""

    inputs: CenterInputs
    unexplained: int


def fit(center: CenterInputs, *, fte: float, eur: int, words: Mapping[str, str]) -> Fit:
    """Scale the current services to ``fte``, their other cost to ``eur`` per year, and divide it as today.

    The FTE are rounded to the step. ``words`` are ``name``, ``category`` and ``source`` of the unexplained service.
    """
    sized = resized(center, proportional_teams(center, fte))
    now = as_it_is(sized)
    fixed, _left = other_cost(now, eur)
    filled = refilled(sized, fixed)
    keyed = with_key_of_today(filled, now.quantity) if contributions(filled) else filled
    return reconciled(keyed, eur, words=words)


def proportional_teams(center: CenterInputs, fte: float) -> dict[str, int]:
    """A total of FTE over the current services, in whole steps, in proportion to what each needs."""
    now = as_it_is(center)
    needs = {code: need for code, need in now.needs.items() if code != UNEXPLAINED}
    return divided(int(half_up(fte / now.step)), needs) if needs else {}


def other_cost(now: AsItIs, eur: int) -> tuple[dict[str, int], float]:
    """What is left after staff, contracts and licenses, in whole euros over the services; and what is left of that.

    In proportion to the staff of each, and to cost that it states; at most what staff makes plausible.
    """
    services = sorted(code for code in now.teams if code != UNEXPLAINED)
    known = math.fsum(now.staff[code] + now.material[code] for code in services)
    plausible = MATERIAL_PER_STAFF * math.fsum(now.people[code] for code in services) - math.fsum(
        now.material[code] for code in services
    )
    stated = math.fsum(now.fixed[code] for code in services)
    left = eur - known
    spread = max(0, min(_half_down(left), math.floor(max(plausible, stated))))
    weights = {code: now.staff[code] + now.fixed[code] for code in services}
    return divided(spread, weights) if services else {}, left - spread


def _half_down(eur: float) -> int:
    """So that what is left is half a euro at most, and the sum, rounded half up, is still the total."""
    return math.ceil(round(eur - 0.5, 6))


def reconciled(center: CenterInputs, eur: float, *, words: Mapping[str, str]) -> Fit:
    """Let what the current services do not explain of a total stand apart, so that the whole adds up to it."""
    gap = _half_down(eur - as_it_is(center).total)
    return Fit(with_unexplained(center, gap, words=words), gap)
