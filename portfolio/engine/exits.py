"""Exit sums: what a participant that leaves still pays, by the arrangement's own rule or by a method courts accept.

Every sum shows its lines, in whole euros that add up. Dates are arguments: nothing here knows what day it is.
"""

import calendar
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portfolio.engine.rounding import largest_remainder
from portfolio.engine.terms import ExitBase

#: Where an arrangement is silent, courts accepted continued payment that falls 20 points a year for five years.
COURT_PERCENTAGES = "100/80/60/40/20"
#: ... or the actual direct damage over a bridging period of five years.
BRIDGING_YEARS = 5


@dataclass(frozen=True)
class Yearly:
    """A yearly contribution in whole EUR, and how it is known: ``plan`` of that ``year``, ``today``, ``last`` or "".

    ``one_off`` was left out of it; ``months`` the plan counts of that year, made up to twelve.
    """

    year: int
    eur: int | None
    origin: str
    one_off: int = 0
    months: int = 12


@dataclass(frozen=True)
class ExitLine:
    """One year of the computation: ``share`` percent of ``base``, or a stated amount (``base`` None)."""

    year: int
    what: str
    share: Fraction | None
    base: Yearly | None
    eur: int
    is_counted: bool = True


@dataclass(frozen=True)
class ExitSum:
    """A sum in whole euros with its lines; ``total`` is None when a contribution it rests on is unknown."""

    lines: Sequence[ExitLine]
    total: int | None


@dataclass(frozen=True)
class Damage:
    """A stated loss: so much a year, from ``year`` to ``last_year`` inclusive."""

    what: str
    amount: Fraction
    year: int
    last_year: int


def percentages(text: str) -> list[Fraction]:
    """Shares of the contribution in the years after leaving.

    >>> [str(each) for each in percentages("100/80/62.5")]
    ['1', '4/5', '5/8']
    """
    return [Fraction(part) / 100 for part in text.split("/") if part]


def earliest_exit(given: date, notice_months: int, only_january: bool) -> date:
    """The first day on which one who gives notice on a day no longer takes part: always the first of a month.

    >>> earliest_exit(date(2020, 7, 3), 12, True), earliest_exit(date(2027, 1, 31), 1, False)
    (datetime.date(2022, 1, 1), datetime.date(2027, 3, 1))
    >>> earliest_exit(date(2027, 1, 1), 12, True), earliest_exit(date(2027, 1, 2), 0, False)
    (datetime.date(2028, 1, 1), datetime.date(2027, 2, 1))
    """
    year, month = divmod(given.year * 12 + given.month - 1 + notice_months, 12)
    day = min(given.day, calendar.monthrange(year, month + 1)[1])
    if day > 1:
        year, month = divmod(year * 12 + month + 1, 12)
    if only_january and month:
        year, month = year + 1, 0
    return date(year, month + 1, 1)


def by_percentages(
    shares: Sequence[Fraction], yearly: Callable[[int], Yearly], leaves: date, base: ExitBase
) -> ExitSum:
    """Falling shares of a contribution: that of the last year before leaving, or of each year by itself.

    Who leaves on 1 January 2029 was a participant until the end of 2028; one who leaves in July, of its last whole
    year 2028 as well, and the first year of payment is then the twelve months from July.
    """
    bases = [
        yearly(leaves.year - 1 if base is ExitBase.LAST_YEAR else leaves.year + at)
        for at in range(len(shares))
    ]
    if not shares or any(each.eur is None for each in bases):
        empty = zip(range(leaves.year, leaves.year + len(shares)), shares, bases, strict=True)
        return ExitSum([ExitLine(year, "", share, each, 0) for year, share, each in empty], None)
    exact = {at: share * (each.eur or 0) for at, (share, each) in enumerate(zip(shares, bases, strict=True))}
    whole = dict(largest_remainder(exact))
    lines = [ExitLine(leaves.year + at, "", shares[at], bases[at], whole[at]) for at in exact]
    return ExitSum(lines, sum(whole.values()))


def by_damage(damages: Iterable[Damage], leaves: date, bridging: int | None = None) -> ExitSum:
    """The stated losses, year by year; with ``bridging`` only those of so many years from leaving count.

    Without any line there is no sum: nothing stated is not the same as no damage.
    """
    rows = [(damage, year) for damage in damages for year in range(damage.year, damage.last_year + 1)]
    if not rows:
        return ExitSum([], None)
    rows.sort(key=lambda row: (row[1], row[0].what))
    counted = [bridging is None or year < leaves.year + bridging for _damage, year in rows]
    whole = dict(largest_remainder({at: row[0].amount for at, row in enumerate(rows) if counted[at]}))
    lines = [
        ExitLine(year, damage.what, None, None, whole.get(at, 0), counted[at])
        for at, (damage, year) in enumerate(rows)
    ]
    return ExitSum(lines, sum(whole.values()))
