"""A newcomer beside the plan as it is: what it would pay and bring, what entering takes, and what was estimated."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portfolio.engine.inputs import PlanInputs
from portfolio.engine.membership import (
    STAFF,
    Newcomer,
    Switch,
    joining,
    per_inhabitant,
    places_in_tables,
    switched,
)
from portfolio.engine.rounding import half_up
from portfolio.engine.terms import Status
from portfolio.reports.leaving import Outcome
from portfolio.reports.names import Names
from portfolio.reports.payers import INHABITANTS
from portfolio.templatetags.figures import eur, number, pct


@dataclass(frozen=True, eq=False)
class Guess:
    """A newcomer, and in words what was estimated of it."""

    newcomer: Newcomer
    volumes: Mapping[str, float]
    estimates: Sequence[str]


@dataclass(frozen=True)
class Entry:
    """What entering takes once, in EUR, and what the others pay less by it, per year of the plan from joining on."""

    effort: int
    cost: int
    by_others: int
    savings: Mapping[int, int]

    @property
    def total(self) -> int:
        return self.effort + self.cost

    @property
    def saved(self) -> int:
        """What the others pay less over the plan."""
        return sum(self.savings.values())

    @property
    def last_year(self) -> int:
        return max(self.savings)

    @property
    def earned_back(self) -> int | None:
        """The year of the plan in which the others have paid as much less as they put in; None when they never do."""
        left = self.by_others
        for year, saving in self.savings.items():
            left -= saving
            if left <= 0:
                return year
        return None


@dataclass(frozen=True)
class Own:
    """What the newcomer spends itself in a year, before and after, beside what it would pay."""

    was: int
    becomes: int
    pays: int

    @property
    def difference(self) -> int:
        return self.becomes + self.pays - self.was


def inhabitants_driver(inputs: PlanInputs) -> str:
    """The driver under which this center counts inhabitants; empty when it counts none."""
    return next((name for name in INHABITANTS if name in inputs.driver_at), "")


def newcomer(inputs: PlanInputs, name: str, typed: Mapping[str, float], services: Sequence[str]) -> Guess:
    """A newcomer of a size: blanks estimated by its inhabitants, as the participants have them on average."""
    names, counted = Names(inputs.frames), inhabitants_driver(inputs)
    volumes, own, estimates = dict(typed), typed.get(counted), []
    for driver, each in per_inhabitant(inputs, counted).items() if counted and own else []:
        if driver not in volumes:
            volumes[driver] = half_up(each * (own or 0))
            text = _("%(driver)s: %(volume)s, estimated by inhabitants as the participants have them")
            estimates.append(text % {"driver": names.driver(driver), "volume": number(volumes[driver])})
    for driver in inputs.driver_at:
        if driver not in volumes:
            estimates.append(_("%(driver)s: not known, counts as none") % {"driver": names.driver(driver)})
    code = _free_code(inputs)
    weights = {row.participant: row.volume for row in inputs.rows("base_volumes") if row.driver == counted}
    places = places_in_tables(inputs, weights, own)
    total = inputs["keys"].groupby("key")["share"].sum()
    for key, share in places.items():
        text = _("Place in the table %(key)s: %(share)s, estimated; the center's table does not name it")
        estimates.append(
            text % {"key": key, "share": pct(share / (share + float(total[key])), 1) if share else pct(0)}
        )
    sure = {"status": Status.ESTIMATED.value}
    skipped = [service for service in inputs.service_at if service not in set(services)]
    frames: dict[str, list[dict[str, Any]]] = {
        "participants": [{"code": code, "name": name, **sure}],
        "base_volumes": [{"participant": code, "driver": d, "volume": v, **sure} for d, v in volumes.items()],
        "keys": [{"key": key, "part": code, "share": share, **sure} for key, share in places.items()],
        "uptake": [{"scenario": inputs.scenario, "service": service, "participant": code, "takes": False, **sure}
                   for service in skipped],
    }  # fmt: skip
    made = {name: pd.DataFrame(rows) for name, rows in frames.items() if rows}
    return Guess(Newcomer(code, made), volumes, estimates)


def together(inputs: PlanInputs, guess: Guess, month: int) -> Switch:
    return switched(inputs, joining(inputs, guess.newcomer), month)


def entry(switch: Switch, found: Outcome, asked: Mapping[str, Any]) -> Entry:
    """Entering costs the center's own FTE at what one of its FTE costs in the year of joining, and the one-off cost."""
    year = min(max(switch.month // 12, min(switch.years)), max(switch.years))
    rows = switch.cost[
        (switch.cost["year"] == year) & switch.cost["part"].isin([part.value for part in STAFF])
    ]
    team = float(switch.teams(year)["was"].sum())
    each = float(rows["was"].sum()) * 12 / switch.months_in[year] / team if team else 0.0
    effort = int(half_up((asked.get("entry_fte") or 0) * each))
    cost = int(half_up(asked.get("entry_eur") or 0))
    paid = switch.contributions.groupby("year")["becomes"].sum()
    others = switch.contributions[~switch.contributions["participant"].isin(found.codes)].groupby("year")
    by_others = 0
    if asked.get("entry_payer") == "all" and paid[year]:
        by_others = int(half_up((effort + cost) * float(others["becomes"].sum()[year]) / float(paid[year])))
    saved = others["was"].sum() - others["becomes"].sum()
    return Entry(effort, cost, by_others, {each: int(saved[each]) for each in switch.years if each >= year})


def as_participant(guess: Guess, inputs: PlanInputs, name: str, typed: Collection[str]) -> Newcomer:
    """The newcomer as rows of the center, in every scenario: under a code of its own, paying nothing today.

    What was typed is entered, what was estimated stays so.
    """
    code = _free_code(inputs, slugify(name).replace("-", "").upper()[:3] or "NEW")
    frames = dict(guess.newcomer.frames)
    entered = Status.ENTERED.value
    people = {"code": [code], "name": [name], "current_contribution": [0.0], "status": [entered]}
    frames["participants"] = pd.DataFrame(people)
    if "base_volumes" in frames:
        volumes = frames["base_volumes"]
        frames["base_volumes"] = volumes.assign(
            participant=code, status=volumes["status"].where(~volumes["driver"].isin(list(typed)), entered)
        )
    if "keys" in frames:
        frames["keys"] = frames["keys"].assign(part=code)
    if "uptake" in frames:
        frames["uptake"] = frames["uptake"].assign(participant=code, scenario="", status=entered)
    return Newcomer(code, frames)


def own(asked: Mapping[str, Any], found: Outcome) -> Own | None:
    """None when what it spends today was not filled in: no verdict then."""
    if asked.get("own_eur") is None:
        return None
    was = int(half_up(asked["own_eur"] * found.months / 12))
    return Own(was, int(half_up(was * asked["remains"])), found.movers[0].becomes)


def message(found: Outcome, name: str) -> dict[str, str]:
    """The sentence on top: what joining does to those who are there."""
    words = {"name": name, "year": found.year, "pays": eur(found.movers[0].becomes),
             "difference": eur(abs(found.rest.difference)), "share": pct(abs(found.rest.share or 0), 1)}  # fmt: skip
    if found.is_before:
        return {"kind": "plain", "head": _("In %(year)s nothing changes yet.") % words, "rest": ""}
    if found.rest.difference < 0:
        text = _("%(name)s pays %(pays)s in %(year)s, and the others pay %(difference)s less (%(share)s).")
    elif found.rest.difference > 0:
        text = _("%(name)s pays %(pays)s in %(year)s, yet the others pay %(difference)s more (%(share)s).")
    else:
        text = _("%(name)s pays %(pays)s in %(year)s; the others pay the same.")
    kind = "ok" if found.rest.difference < 0 else "bad" if found.rest.difference > 0 else "plain"
    return {"kind": kind, "head": text % words, "rest": ""}


def _free_code(inputs: PlanInputs, stem: str = "NEW") -> str:
    """A code that nobody has, and that is no key."""
    taken = {*inputs.participant_at, *inputs.driver_at, *inputs["keys"]["key"], "equal", "demand"}
    return next(
        code for code in (stem, *(f"{stem}{number}" for number in range(2, 10_000))) if code not in taken
    )
