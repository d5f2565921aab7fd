"""Reflection by age band for the placement committee: who leaves first, the bands, who is designated, what is tied."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portfolio.engine.hr_inputs import day
from portfolio.engine.pension import pension_age, pension_date
from portfolio.engine.redundancy import Reason, Tie
from portfolio.engine.reflecting import Reflection
from portfolio.engine.staffing import OUTFLOW, Staffing
from portfolio.engine.terms import Unplaced
from portfolio.frames.register import Chosen
from portfolio.frames.staff import Person
from portfolio.reports.names import Names
from portfolio.reports.placement_board import REASONS

#: Outcomes of a tie that a page writes out.
MOST = 12
#: How sure the date of a state pension is, by the basis of its row in ``engine.pension``.
BASIS = {
    "sourced": gettext_lazy("sure: published for this date of birth"),
    "derived": gettext_lazy("likely: follows from the age published for that year"),
    "unverified": gettext_lazy("not sure: the age of that year has not been set, or was not looked up"),
}
WHY = {
    Reason.EXTERNAL: gettext_lazy("hired"),
    Reason.PENSION_AGE: gettext_lazy("past the state pension age"),
    Reason.TEMPORARY: gettext_lazy("contract ends within 26 weeks of the reference date"),
    Reason.BAND: gettext_lazy("shortest service in the band"),
}


@dataclass(frozen=True)
class Leaver:
    """Somebody who leaves before anybody is designated. `at` is None where no day is known."""

    name: str
    number: str
    role: str
    fte: float
    why: str | Promise
    at: date | None
    sureness: str | Promise


@dataclass(frozen=True)
class Band:
    """A band: staff, exact quota, and who leave, in persons."""

    label: str
    staff: int
    quota: float
    leaving: int


@dataclass(frozen=True)
class Designated:
    """Somebody who loses the ground, in the order in which the rules go."""

    order: int
    name: str
    number: str
    band: str
    why: str | Promise
    born: date | None
    since: date | None
    until: date | None


@dataclass(frozen=True)
class Choice:
    """Whom HR chose, why, who did and when."""

    persons: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class TieRow:
    """A choice that the rules leave to HR. `outcomes` in words, the one that was taken first; `more` are not shown.

    `choices` are the persons (number, name) of whom `places` can be named; `made` is HR's choice, or None.
    """

    text: str
    outcomes: tuple[str, ...]
    more: int
    choices: tuple[tuple[str, str], ...]
    places: int
    made: Choice | None


@dataclass(frozen=True)
class GroupRow:
    """A group that is larger than its posts."""

    old: str
    new: str
    persons: int
    fte: float
    room: float
    bands: tuple[Band, ...]
    designated: tuple[Designated, ...]
    ties: tuple[TieRow, ...]
    missing: tuple[str, ...]

    @property
    def too_many(self) -> float:
        return round(self.fte - self.room, 10)

    @property
    def in_bands(self) -> Band:
        """All bands together."""
        return Band(
            _("Total"),
            sum(band.staff for band in self.bands),
            round(sum(band.quota for band in self.bands), 9),
            sum(band.leaving for band in self.bands),
        )


def leavers(found: Staffing, rows: Iterable[Any], people: Mapping[str, Person], names: Names) -> list[Leaver]:
    """Natural outflow: hired staff, contracts that end, and who reaches the state pension age; soonest first."""
    unplaced = zip(found.unplaced["person"], found.unplaced["reason"], strict=True)
    reasons = {person: Unplaced(reason) for person, reason in unplaced}
    listed = []
    for row in rows:
        reason = reasons.get(row.person)
        if reason not in OUTFLOW:
            continue
        born = day(row.born)
        at = day(row.until)
        sure: str | Promise = _("sure: the contract says so")
        if reason is Unplaced.PENSION and born:
            at, sure = pension_date(born), BASIS[pension_age(born).basis]
        elif at is None:
            sure = _("not known: no end date on record")
        listed.append(
            Leaver(
                _name(row.person, people),
                row.person,
                names.role(row.role),
                row.fte,
                REASONS[reason],
                at,
                sure,
            )
        )
    return sorted(listed, key=lambda one: (one.at or date.max, one.number))


def groups(
    found: Staffing, people: Mapping[str, Person], names: Names, chosen: Mapping[str, Chosen]
) -> list[GroupRow]:
    """Every group of exchangeable functions that is larger than its posts; `chosen` by number."""
    return [_group(each, people, names, chosen) for each in found.reflections]


def _group(
    each: Reflection, people: Mapping[str, Person], names: Names, chosen: Mapping[str, Chosen]
) -> GroupRow:
    said = each.said
    bands: tuple[Band, ...] = ()
    designated: tuple[Designated, ...] = ()
    if said is not None:
        bands = tuple(Band(*row) for row in said.table.itertuples(index=False, name=None))
        designated = tuple(
            _designated(
                str(row.person), str(row.band or ""), Reason(str(row.reason)), int(str(row.order)), people
            )
            for row in said.leaving.itertuples()
        )
    return GroupRow(
        ", ".join(map(names.role, each.old)),
        ", ".join(map(names.role, each.new)),
        len(each.persons),
        each.fte,
        each.room,
        bands,
        designated,
        tuple(_tie(tie, people, chosen) for tie in said.ties) if said is not None else (),
        tuple(_who(person, people) for person in each.missing),
    )


def _designated(
    person: str, band: str, reason: Reason, order: int, people: Mapping[str, Person]
) -> Designated:
    found = people.get(person)
    dates = (found.born, found.employed_since, found.until) if found else (None, None, None)
    return Designated(order, _name(person, people), person, band, WHY[reason], *dates)


def _tie(tie: Tie, people: Mapping[str, Person], chosen: Mapping[str, Chosen]) -> TieRow:
    shown = tie.outcomes[:MOST]
    if tie.between == "bands":
        text = ngettext(
            "The fractions of these bands are equal: %(candidates)s. %(n)s of them gives up one person more. "
            "The rules leave that open; the youngest band was taken, and HR gives the reason.",
            "The fractions of these bands are equal: %(candidates)s. %(n)s of them give up one person more each. "
            "The rules leave that open; the youngest bands were taken, and HR gives the reason.",
            tie.places,
        ) % {"n": tie.places, "candidates": ", ".join(map(str, tie.candidates))}
        said = [
            "; ".join(f"{band}: {leaving}" for band, leaving in outcome.leaving.items())
            + f" ({_people(outcome.persons, people)})"
            for outcome in shown
        ]
    else:
        text = ngettext(
            "Equal length of service: %(candidates)s. %(n)s of them is designated. "
            "The rules leave that open; the lowest number was taken, and HR gives the reason.",
            "Equal length of service: %(candidates)s. %(n)s of them are designated. "
            "The rules leave that open; the lowest numbers were taken, and HR gives the reason.",
            tie.places,
        ) % {"n": tie.places, "candidates": _people(tie.candidates, people)}
        said = [
            _people([one for one in outcome.persons if one in tie.candidates], people) for outcome in shown
        ]
    named = [str(person) for person in tie.choices]
    made = [number for number in named if number in chosen]
    choice = None
    if made:
        one = chosen[made[0]]
        choice = Choice(_people(made, people), one.reason, one.by, one.at)
    choices = tuple((number, _who(number, people)) for number in named)
    return TieRow(text, tuple(said), tie.possible - len(shown), choices, tie.places, choice)


def _people(persons: Iterable[Any], people: Mapping[str, Person]) -> str:
    return ", ".join(_who(str(person), people) for person in persons)


def _who(person: str, people: Mapping[str, Person]) -> str:
    name = people[person].name if person in people else ""
    return f"{name} ({person})" if name else person


def _name(person: str, people: Mapping[str, Person]) -> str:
    return people[person].name or person if person in people else person
