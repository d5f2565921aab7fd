"""Reflection by age band (afspiegeling): who of an exchangeable group is designated where posts lapse (method, 7)."""

import math
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import combinations, islice
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from portfolio.engine.pension import age_on, pension_date
from portfolio.engine.rounding import largest_remainder, tied

__all__ = ["BANDS", "Outcome", "Reason", "Redundancy", "Tie", "pension_date", "reflect"]

#: The bands and the age at which each begins; the last ends at the state pension age.
BANDS: Mapping[str, int] = {"15-24": 15, "25-34": 25, "35-44": 35, "45-54": 45, "55+": 55}
SOON = timedelta(weeks=26)  # a temporary contract that ends within this time goes first in its band
OUTCOMES = 1_000  # of a tie are written out at most
COLUMNS = ("person", "born", "employed_since", "temporary_until", "external")


class Reason(StrEnum):
    """Why someone is designated, in the order in which they go."""

    EXTERNAL = "external"
    PENSION_AGE = "pension_age"
    TEMPORARY = "temporary"
    BAND = "band"


@dataclass(frozen=True)
class Outcome:
    """One way to resolve a tie: how many leave per group that the tie is about, and who leaves of those groups."""

    leaving: Mapping[str, int]
    persons: tuple[Hashable, ...]


@dataclass(frozen=True)
class Tie:
    """A choice that the rules leave open, so that HR gives the reason; `outcomes[0]` is the one that was taken.

    `between` is `bands` (equal fractions, `candidates` are bands: the youngest band was taken) or `persons` (equal
    service at the cut, `candidates` are persons: the first code was taken). `places` of the candidates leave, or
    give up one more; `group` is the band, `external` or `pension_age` of those persons, "" for bands.
    `possible` counts all outcomes; at most 1,000 of them are written out. `choices` are the persons of whom `places`
    can be named in `first` of ``reflect``: the candidates, or the one of each band who would go there.
    """

    between: str
    group: str
    candidates: tuple[Hashable, ...]
    places: int
    possible: int
    outcomes: tuple[Outcome, ...]
    choices: tuple[Hashable, ...] = ()


@dataclass(frozen=True, eq=False)
class Redundancy:
    """Who is designated and why.

    `leaving`: person, band (None for externals and people past pension age), reason, order (1 goes first).
    `table`: band, staff (persons), quota (exact, persons), leaving (persons); always the five bands.
    """

    leaving: pd.DataFrame
    table: pd.DataFrame
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class _Person:
    code: Hashable
    group: str  # a band, or the reason of those who are in no band
    temporary: bool
    since: date | None

    @property
    def turn(self) -> tuple[bool, int]:
        """Who goes first within a group: a contract that ends soon, then the shortest service. Equal is a tie.

        An external whose start is not known goes last.
        """
        return (not self.temporary, -self.since.toordinal() if self.since else 0)

    @property
    def reason(self) -> Reason:
        if self.group not in BANDS:
            return Reason(self.group)
        return Reason.TEMPORARY if self.temporary else Reason.BAND


def reflect(
    staff: pd.DataFrame,
    redundant: int,
    reference_date: date | datetime | str,
    *,
    first: Collection[Hashable] = frozenset(),
) -> Redundancy:
    """Designate `redundant` persons of one exchangeable group, by its make-up on the reference date.

    `staff` has a row per person: person (a code), born, employed_since, temporary_until (None: permanent), external
    (bool). Dates are date, datetime, Timestamp or ISO text; an external may lack the first two. Externals go first,
    then those who have reached the state pension age; they count toward `redundant` and are in no band. What is left
    is divided over the bands by largest remainder of `staff of the band x left / staff of all bands`, exactly. In a
    band go first the temporary contracts that end at most 26 weeks after the reference date, then the shortest
    service; among externals and people past pension age also the shortest service. In a tie goes who is in `first`,
    which HR chose; else it is taken by the order of the bands and of the person codes. Ties are reported all the same.
    Where nothing is tied `first` changes nothing. The order of rows has no influence.

    Source: UWV rules as in the worked example of boventallig.nl (267 staff, 50 leave: 10, 15, 13, 8, 4). UWV's rule
    for equal fractions could not be verified, so they are left to HR.

    Raises ValueError, naming the person and the column, for input that cannot be right.

    >>> staff = pd.DataFrame({"person": ["A", "B"], "born": ["1990-01-01", "1991-01-01"], "external": False,
    ...                       "employed_since": ["2010-01-01", "2020-01-01"], "temporary_until": None})
    >>> reflect(staff, 1, "2026-12-01").leaving.values.tolist()
    [['B', '35-44', 'band', 1]]
    """
    day = _day(reference_date, "the reference date")
    if day is None:
        raise ValueError("the reference date is missing")
    groups = _groups(_people(staff, day), first)
    total = sum(map(len, groups.values()))
    left = _count(redundant, total)
    numbers = {}
    for early in (Reason.EXTERNAL, Reason.PENSION_AGE):
        numbers[early.value] = min(left, len(groups[early.value]))
        left -= numbers[early.value]
    in_bands = sum(len(groups[band]) for band in BANDS)
    quotas = {band: Fraction(len(groups[band]) * left, in_bands or 1) for band in BANDS}
    numbers |= largest_remainder(quotas, left)
    equal = _equal_bands(quotas, numbers, left, groups, first)

    chosen = [person for group, people in groups.items() for person in people[: numbers[group]]]
    leaving = pd.DataFrame({
        "person": pd.Series([person.code for person in chosen], dtype=object if not chosen else None),
        "band": pd.Series([person.group if person.group in BANDS else None for person in chosen], dtype=object),
        "reason": pd.Series([person.reason.value for person in chosen], dtype=object),
        "order": np.arange(1, len(chosen) + 1),
    })  # fmt: skip
    table = pd.DataFrame({
        "band": list(BANDS),
        "staff": [len(groups[band]) for band in BANDS],
        "quota": [float(quotas[band]) for band in BANDS],
        "leaving": [numbers[band] for band in BANDS],
    })  # fmt: skip
    ties = [*_tie_of_bands(quotas, numbers, equal, groups)]
    for group, people in groups.items():
        ties += _tie_of_persons(group, people, numbers[group])
    return Redundancy(leaving, table, tuple(ties))


def _groups(people: list[_Person], first: Collection[Hashable]) -> dict[str, list[_Person]]:
    """The people per group, groups and people in the order in which they go."""
    names = (Reason.EXTERNAL.value, Reason.PENSION_AGE.value, *BANDS)
    return {
        name: sorted(
            (one for one in people if one.group == name), key=lambda one: (*one.turn, one.code not in first)
        )
        for name in names
    }


def _equal_bands(
    quotas: Mapping[str, Fraction],
    numbers: dict[str, int],
    left: int,
    groups: Mapping[str, Sequence[_Person]],
    first: Collection[Hashable],
) -> list[str]:
    """Bands with equal fractions, those that give up one more in front; puts HR's choice in `numbers`."""
    tied_bands = tied(quotas, left)
    equal = [band for band in BANDS if band in tied_bands]
    equal.sort(key=lambda band: groups[band][math.floor(quotas[band])].code not in first)
    places = sum(numbers[band] - math.floor(quotas[band]) for band in equal)
    numbers |= {band: math.floor(quotas[band]) + (place < places) for place, band in enumerate(equal)}
    return equal


def _tie_of_bands(
    quotas: Mapping[str, Fraction],
    numbers: Mapping[str, int],
    equal: Sequence[str],
    groups: Mapping[str, Sequence[_Person]],
) -> list[Tie]:
    if not equal:
        return []
    floors = {band: math.floor(quotas[band]) for band in equal}
    places = sum(numbers[band] - floors[band] for band in equal)
    outcomes = []
    for more in combinations(equal, places):
        leaving = {band: floors[band] + int(band in more) for band in equal}
        outcomes.append(
            Outcome(leaving, tuple(one.code for band in equal for one in groups[band][: leaving[band]]))
        )
    choices = tuple(groups[band][floors[band]].code for band in equal)
    return [Tie("bands", "", tuple(equal), places, len(outcomes), tuple(outcomes), choices)]


def _tie_of_persons(group: str, people: Sequence[_Person], number: int) -> list[Tie]:
    if not 0 < number < len(people) or people[number - 1].turn != people[number].turn:
        return []
    at_the_cut = people[number].turn
    before = tuple(one.code for one in people[:number] if one.turn < at_the_cut)
    equal = tuple(one.code for one in people if one.turn == at_the_cut)
    places = number - len(before)
    outcomes = tuple(
        Outcome({group: number}, before + some) for some in islice(combinations(equal, places), OUTCOMES)
    )
    return [Tie("persons", group, equal, places, math.comb(len(equal), places), outcomes, equal)]


def _people(staff: pd.DataFrame, day: date) -> list[_Person]:
    """Everyone of the frame, in the order of their codes."""
    absent = [column for column in COLUMNS if column not in staff.columns]
    if absent and (len(staff) or len(staff.columns)):
        raise ValueError(f"staff lacks the column {absent[0]!r}")
    rows = [] if absent else list(zip(*(staff[column].tolist() for column in COLUMNS), strict=True))
    people: dict[Hashable, _Person] = {}
    for code, *cells in rows:
        if _is_missing(code) or code == "":
            raise ValueError("a row of staff has no person")
        if code in people:
            raise ValueError(f"person {code!r} occurs twice in staff")
        people[code] = _person(code, *cells, day=day)
    return sorted(people.values(), key=lambda one: (type(one.code).__name__, one.code))


def _person(code: Any, born: Any, since: Any, until: Any, external: Any, *, day: date) -> _Person:
    who = f"person {code!r}"
    if _is_missing(external) or external not in (0, 1):
        raise ValueError(f"{who}: external is {external!r}, not true or false")
    born, since = _day(born, f"{who}: born"), _day(since, f"{who}: employed_since")
    until = _day(until, f"{who}: temporary_until")
    for value, column in ((born, "born"), (since, "employed_since")):
        if value is None and not external:
            raise ValueError(f"{who}: {column} is missing")
        if value is not None and value > day:
            raise ValueError(f"{who}: {column} {value} lies after the reference date {day}")
    if born and since and since <= born:
        raise ValueError(f"{who}: employed_since {since} is not after born {born}")
    if until and until < day:
        raise ValueError(f"{who}: temporary_until {until} lies before the reference date {day}")
    soon = until is not None and until - day <= SOON
    if external:
        return _Person(code, Reason.EXTERNAL.value, False, since)
    assert born is not None
    if pension_date(born) <= day:
        return _Person(code, Reason.PENSION_AGE.value, False, since)
    age = age_on(day, born)
    bands = [band for band, start in BANDS.items() if start <= age]
    if not bands:
        raise ValueError(f"{who}: born {born} is {age} years old on {day}, under the first band")
    return _Person(code, bands[-1], soon, since)


def _day(value: Any, what: str) -> date | None:
    """A day from a date, datetime, Timestamp, datetime64 or ISO text; None where it is missing."""
    if _is_missing(value) or value == "":
        return None
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value.strip()).date()
        except ValueError:
            raise ValueError(f"{what} {value!r} is not a date; expected one like 2027-01-31") from None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    raise ValueError(f"{what} {value!r} is not a date")


def _count(redundant: Any, staff: int) -> int:
    odd = isinstance(redundant, (bool, np.bool_)) or not isinstance(redundant, Real)
    if odd or redundant != redundant or redundant % 1 != 0:
        raise ValueError(f"redundant {redundant!r} is not a whole number of persons")
    if not 0 <= redundant <= staff:
        raise ValueError(f"redundant is {redundant:g}; between 0 and all {staff} of the staff can leave")
    return int(redundant)


def _is_missing(value: Any) -> bool:
    return (
        value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)) or value is pd.NA
    )
