"""The bill of services: what a participant pays per service and part of cost, closing on its contribution.

Written in whole euros: per service they are those of the participant's own page, and the parts of a service add up
to it. The plan holds the bill in cents that add up to the whole euro, so no line for rounding is left over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portfolio.engine.demand import volumes
from portfolio.engine.inputs import CenterInputs, PlanInputs
from portfolio.engine.rounding import half_up
from portfolio.engine.terms import Part
from portfolio.engine.timeline import timeline
from portfolio.models.labels import PARTS
from portfolio.reports import payers
from portfolio.reports.names import Names
from portfolio.reports.payers import Payer, whole_euros
from portfolio.reports.reasons import because
from portfolio.templatetags.figures import eur

#: The frames of a plan that bills are made of.
FRAMES = frozenset({*payers.FRAMES, "shares", "own_effort"})


@dataclass(frozen=True)
class Quantity:
    """How many units of a driver a participant has in the year, by which a service is priced or sized."""

    driver: str
    count: float


@dataclass(frozen=True)
class BillLine:
    """A service on the bill, in whole euros: an amount per part, the year before, and what it spends itself."""

    code: str
    name: str
    amounts: Sequence[int]
    before: int
    own_was: int
    own: int
    quantity: Quantity | None

    @property
    def total(self) -> int:
        return sum(self.amounts)

    @property
    def per_unit(self) -> float | None:
        return self.total / self.quantity.count if self.quantity and self.total else None


@dataclass(frozen=True)
class Bill:
    """A participant's bill of one year; ``before`` is the year before, None where it counts other months."""

    payer: Payer
    year: int
    months: int
    before: int | None
    parts: Sequence[Part]
    lines: Sequence[BillLine]
    cents: int

    @property
    def heads(self) -> list[str]:
        return [capfirst(str(PARTS[part])) for part in self.parts]

    @cached_property
    def amounts(self) -> list[int]:
        return [sum(line.amounts[at] for line in self.lines) for at in range(len(self.parts))]

    @property
    def total(self) -> int:
        return sum(self.amounts)

    @property
    def before_total(self) -> int:
        return sum(line.before for line in self.lines)

    @property
    def own_was(self) -> int:
        return sum(line.own_was for line in self.lines)

    @property
    def own(self) -> int:
        return sum(line.own for line in self.lines)

    @property
    def closes(self) -> bool:
        """Whether the cents of the plan, and the euros written, are the contribution."""
        return self.cents == round(self.payer.becomes * 100) and self.total == round(self.payer.becomes)

    @property
    def has_units(self) -> bool:
        return any(line.per_unit is not None for line in self.lines)


def bills(
    frames: Mapping[str, pd.DataFrame],
    inputs: CenterInputs,
    plan: PlanInputs | None,
    year: int,
    only: str = "",
) -> list[Bill]:
    """The bills of a year, of one participant or of all, in the order of their codes.

    ``plan`` says what was counted; without it (inputs have changed since) bills have no quantities.
    """
    found = payers.contributions(frames, inputs, year)
    chosen = [payer for payer in found.payers if only in ("", payer.code)]
    before = year - 1 if payers.months_in(inputs, year - 1) == found.months else None
    names, counted = Names(inputs.frames), quantities(plan, year) if plan else {}
    return [
        _bill(payer, year, found.months, before, names, counted,
              *(frames[name][frames[name]["participant"] == payer.code]
                for name in ("shares", "own_effort", "today_own_effort")))
        for payer in chosen
    ]  # fmt: skip


def _bill(
    payer: Payer, year: int, months: int, before: int | None, names: Names,
    counted: Mapping[tuple[str, str], Quantity], shares: pd.DataFrame, own: pd.DataFrame, own_today: pd.DataFrame,
) -> Bill:  # fmt: skip
    now = shares[shares["year"] == year]
    parts = [part for part in Part if (now["part"] == part.value).any()]
    cells = dict(zip(zip(now["service"], now["part"], strict=True), now["eur_cents"].tolist(), strict=True))
    totals = _euros(now, int(half_up(now["eur_cents"].sum() / 100)))
    earlier = _euros(shares[shares["year"] == before]) if before else {}
    spent = _euros(own[own["year"] == year], int(half_up(payer.own_becomes)))
    spent_today = _euros(own_today, int(half_up(payer.own_was)), months / 12)
    lines = []
    for code in sorted({*totals, *earlier, *spent, *spent_today}):
        exact = {part: cells.get((code, part.value), 0) / 100 for part in parts}
        amounts = whole_euros(exact, totals.get(code, 0))
        line = BillLine(
            code, names.service(code) if code else _("The center as a whole"), [amounts[part] for part in parts],
            earlier.get(code, 0), spent_today.get(code, 0), spent.get(code, 0), counted.get((payer.code, code)),
        )  # fmt: skip
        if any(line.amounts) or line.before or line.own_was or line.own:
            lines.append(line)
    lines.sort(key=lambda line: (not line.code, -line.total, line.name))
    return Bill(payer, year, months, before, parts, lines, int(now["eur_cents"].sum()))


def _euros(frame: pd.DataFrame, total: int | None = None, share: float = 1.0) -> dict[str, int]:
    """Whole euros per service that sum to a stated total, else to their own."""
    cents = frame.groupby("service")["eur_cents"].sum()
    exact = {str(service): value / 100 * share for service, value in cents.items()}
    return whole_euros(exact, int(half_up(sum(exact.values()))) if total is None else total)


def quantities(plan: PlanInputs, year: int) -> dict[tuple[str, str], Quantity]:
    """By participant and service: how much it has of the one driver that prices the service, else that sizes it.

    A service that goes by several drivers has no cost per unit, and what is unknown or nothing divides nothing.
    """
    time, names = timeline(plan), Names(plan.frames)
    at = int(year - time.years[0])
    if not 0 <= at < len(time.years):
        return {}
    known = volumes(plan, time)[:, :, at]
    found = {}
    for service, driver in _drivers(plan).items():
        for participant, row in plan.participant_at.items():
            count = float(known[row, plan.driver_at[driver]])
            if np.isfinite(count) and count > 0:
                found[participant, service] = Quantity(names.driver(driver), count)
    return found


def _drivers(plan: PlanInputs) -> dict[str, str]:
    """The driver that a service goes by, for the services that go by one."""
    priced: dict[str, set[str]] = {}
    sized: dict[str, set[str]] = {}
    for row in plan.rows("sizing"):
        sized.setdefault(row.service, set()).add(row.driver)
        if row.price > 0:
            priced.setdefault(row.service, set()).add(row.driver)
    for row in plan.rows("offers"):
        if row.driver and row.price > 0:
            priced.setdefault(row.service, set()).add(row.driver)
    drivers = sized | priced
    return {service: next(iter(found)) for service, found in drivers.items() if len(found) == 1}


# --- The sentence on top ---


def message(bill: Bill) -> dict[str, str]:
    """What is paid in the year, how that differs from today and mostly why, and what it is for."""
    payer, difference = bill.payer, bill.payer.difference
    words = {"year": bill.year, "name": payer.name, "becomes": eur(payer.becomes)}
    if difference is None:
        head = _("In %(year)s the bill of %(name)s is %(becomes)s.") % words
    elif round(difference) == 0:
        head = _("In %(year)s the bill of %(name)s is %(becomes)s, as much as today.") % words
    else:
        words["difference"] = eur(abs(difference))
        text = (_("In %(year)s the bill of %(name)s is %(becomes)s, %(difference)s more than today.") if difference > 0
                else _("In %(year)s the bill of %(name)s is %(becomes)s, %(difference)s less than today."))  # fmt: skip
        head = text % words
    kind = "plain" if difference is None or round(difference) == 0 else "ok" if difference < 0 else ""
    return {"kind": kind, "head": head, "rest": because(payer)}
