"""Leaving and joining: a center without some of its participants, or with one more, beside the center as it is.

The engine knows no periods of participation, and needs none: nothing in a month depends on who took part in an
earlier one. So a plan in which someone leaves in a month is the plan as it is up to that month, and the plan without
them from then on. Stated one-off lines of the very year fall whole in the part before, when that year is parted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from portfolio.engine.costing import PARTS
from portfolio.engine.findings import Finding
from portfolio.engine.guards import short_of_persons
from portfolio.engine.inputs import PlanInputs
from portfolio.engine.rounding import apportion, half_up
from portfolio.engine.schema import month_text, tidy
from portfolio.engine.terms import Level, Part
from portfolio.engine.working import Worked, divide, work

#: The parts of cost that go with the size of a team.
STAFF = (Part.PEOPLE, Part.OVERHEAD)
#: Columns that name a participant, by frame; elsewhere it is ``participant``.
NAMED_IN = {"participants": "code", "keys": "part", "lines": "payer_key"}


# --- Inputs ---


@dataclass(frozen=True, eq=False)
class Newcomer:
    """One participant and its rows in every frame that has any: volumes, own effort, uptake, its place in tables."""

    code: str
    frames: Mapping[str, pd.DataFrame]


def leaving(inputs: PlanInputs, codes: Iterable[str]) -> PlanInputs:
    """The plan without these participants: they take nothing, pay nothing and stand in no key.

    Shares of the others in a table of the center stay as they are typed: the engine divides by the sum over the
    takers. A table of which nobody is left divides equally. A line that a leaver alone pays goes with it.
    Raises KeyError for an unknown code, ValueError when nobody stays.
    """
    gone = set(codes)
    people = inputs.participant_at
    if unknown := sorted(gone - set(people)):
        raise KeyError(unknown[0])
    if gone >= set(people):
        raise ValueError("nobody stays")
    frames = dict(inputs.frames)
    for name, frame in inputs.frames.items():
        if (column := _naming(name, frame)) and (named := frame[column].isin(gone)).any():
            frames[name] = frame[~named].reset_index(drop=True)
    emptied = set(inputs["keys"]["key"]) - set(frames["keys"]["key"])
    if emptied:
        stay = frames["participants"]["code"]
        equal = [{"key": key, "part": code, "share": 0.0} for key in emptied for code in stay]
        frames["keys"] = tidy("keys", pd.concat([frames["keys"], tidy("keys", pd.DataFrame(equal))]))
    return replace(inputs, frames=frames)


def joining(inputs: PlanInputs, newcomer: Newcomer) -> PlanInputs:
    """The plan with one participant more. Raises ValueError when its code is taken."""
    if newcomer.code in inputs.participant_at:
        raise ValueError(f"{newcomer.code} takes part already")
    frames = dict(inputs.frames)
    for name, rows in newcomer.frames.items():
        if len(rows):
            frames[name] = tidy(name, pd.concat([frames[name], tidy(name, rows)], ignore_index=True))
    return replace(inputs, frames=frames)


def newcomer_of(inputs: PlanInputs, code: str) -> Newcomer:
    """A participant as it takes part now: leaving and then joining as this gives the plan back."""
    frames = {}
    for name, frame in inputs.frames.items():
        if column := _naming(name, frame):
            frames[name] = frame[frame[column] == code]
    return Newcomer(code, frames)


def lines_of(inputs: PlanInputs, codes: Iterable[str]) -> list[str]:
    """Codes of the stated lines that these participants alone pay, or alone receive."""
    gone = set(codes)
    return [row.line for row in inputs.rows("lines") if row.payer_key in gone]


def _naming(name: str, frame: pd.DataFrame) -> str:
    column = NAMED_IN.get(name, "participant")
    return column if column in frame else ""


def per_inhabitant(inputs: PlanInputs, inhabitants: str) -> dict[str, float]:
    """How many of each other driver the participants have per inhabitant, over those of whom both are known."""
    volumes = inputs["base_volumes"].pivot(index="participant", columns="driver", values="volume")
    found = {}
    for driver in volumes.columns:
        if driver != inhabitants and inhabitants in volumes:
            both = volumes[volumes[driver].notna() & (volumes[inhabitants] > 0)]
            if total := float(both[inhabitants].sum()):
                found[str(driver)] = float(both[driver].sum()) / total
    return found


def places_in_tables(inputs: PlanInputs, weights: Mapping[str, float], own: float | None) -> dict[str, float]:
    """A share for a newcomer in every table of the center: by weight (inhabitants) among those with one, else the mean.

    A table over participants says nothing of a newcomer; without a place in it the newcomer would pay nothing.
    """
    found = {}
    for key, rows in inputs["keys"].groupby("key"):
        shares = dict(zip(rows["part"], rows["share"], strict=True))
        if not set(shares) <= set(inputs.participant_at):
            continue
        weighed = {part: share for part, share in shares.items() if weights.get(part)}
        total = sum(weights[part] for part in weighed)
        if own is not None and total:
            found[str(key)] = sum(weighed.values()) * own / total
        else:
            found[str(key)] = sum(shares.values()) / len(shares)
    return found


# --- Two plans, the one taking over from the other in a month ---


@dataclass(frozen=True, eq=False)
class Switch:
    """A plan as it is (``one``), and with others taking part from ``month`` on (``other``).

    ``paid`` is EUR (2, S + 1, parts, P, Y), as it is and with the change; P are all participants of either, sorted.
    """

    one: Worked
    other: Worked
    month: int
    people: list[str]
    paid: np.ndarray

    @property
    def years(self) -> list[int]:
        return self.one.time.years.tolist()

    @cached_property
    def months_in(self) -> dict[int, int]:
        """Months of the horizon by year."""
        return dict(zip(self.years, self.one.time.months_in.tolist(), strict=True))

    @property
    def services(self) -> list[str]:
        return self.one.planned.services

    @property
    def since(self) -> np.ndarray:
        """Which months (T) lie in the change."""
        return self.one.time.months >= self.month

    @cached_property
    def contributions(self) -> pd.DataFrame:
        """Whole EUR per participant and year, as a plan writes them: ``was`` and ``becomes``; ``one_off`` of each."""
        whole = []
        for exact in self.paid.sum(axis=(1, 2)):
            whole.append(apportion(exact.T, half_up(exact.sum(axis=0)).astype("int64")).T.ravel())
        one_off = self.paid[:, :, PARTS.index(Part.ONE_OFF)].sum(axis=1)
        return pd.DataFrame(
            {
                "participant": np.repeat(np.array(self.people, dtype=object), len(self.years)),
                "year": np.tile(self.years, len(self.people)),
                "was": whole[0],
                "becomes": whole[1],
                "one_off_was": half_up(one_off[0].ravel()),
                "one_off_becomes": half_up(one_off[1].ravel()),
            }
        )

    @cached_property
    def cost(self) -> pd.DataFrame:
        """EUR per part and year, ``was`` and ``becomes``."""
        was, becomes = self.paid.sum(axis=(1, 3))
        return pd.DataFrame(
            {
                "part": np.repeat([part.value for part in PARTS], len(self.years)),
                "year": np.tile(self.years, len(PARTS)),
                "was": was.ravel(),
                "becomes": becomes.ravel(),
            }
        )

    def staff_cost(self, year: int) -> float:
        """EUR that people and overhead cost less (or, below 0, more) in a year, once the teams have their new size."""
        rows = self.cost[(self.cost["year"] == year) & self.cost["part"].isin([part.value for part in STAFF])]
        return float((rows["was"] - rows["becomes"]).sum())

    @cached_property
    def fte(self) -> tuple[np.ndarray, np.ndarray]:
        """Teams (S, T) in FTE, as it is and with the change."""
        was, after = (_monthly(done, done.need.team) * self._step for done in (self.one, self.other))
        return was, np.where(self.since, after, was)

    @property
    def _step(self) -> float:
        return float(self.one.inputs.settings["fte_step"])

    def teams(self, year: int) -> pd.DataFrame:
        """Per service with a team, in FTE: the mean of the year's months, and the first month of the change."""
        was, becomes = self.fte
        months = self.one.time.months
        of_year = months // 12 == year
        at = int(np.argmax(self.since)) if self.since.any() else len(months) - 1
        found = pd.DataFrame(
            {
                "service": np.array(self.services, dtype=object),
                "was": was[:, of_year].mean(axis=1),
                "becomes": becomes[:, of_year].mean(axis=1),
                "was_at": was[:, at],
                "becomes_at": becomes[:, at],
            }
        ).round(10)
        return found[(found.drop(columns="service") > 0).any(axis=1)].reset_index(drop=True)

    @cached_property
    def pools(self) -> list[tuple[str, str, str]]:
        """Services that fall to a minimum they kept clear of before: service, ``minimum`` or ``persons``, first month.

        ``minimum``: the smallest team that works is more than what is asked; ``persons``: too few to stand in.
        """
        return self._fallen(self.one, self.other)

    @cached_property
    def lifted(self) -> list[tuple[str, str, str]]:
        """The reverse of ``pools``: services that come clear of a minimum."""
        return self._fallen(self.other, self.one)

    def _fallen(self, one: Worked, other: Worked) -> list[tuple[str, str, str]]:
        found = []
        for what, of in (("minimum", _bound), ("persons", short_of_persons)):
            was, becomes = (_monthly(done, of(done)) for done in (one, other))
            served = _monthly(one, one.need.team > 0)
            fallen = becomes & ~was & served & self.since
            for row in np.flatnonzero(fallen.any(axis=1)):
                first = int(self.one.time.months[np.argmax(fallen[row])])
                found.append((self.services[row], what, month_text(first)))
        return sorted(found)

    def untaken(self, year: int) -> list[tuple[str, float]]:
        """Services that run on although nobody takes them any more, with what they still cost in the year, for all."""
        lost = self.one.uptake.takes.any(axis=1) & ~self.other.uptake.takes.any(axis=1)
        live = (_monthly(self.other, self.other.planned.live) & self.since).any(axis=1)
        recurring = [part is not Part.ONE_OFF for part in PARTS]
        cost = self.paid[1][:, recurring][..., self.years.index(year)].sum(axis=(1, 2))
        return [(self.services[row], float(cost[row])) for row in np.flatnonzero(lost & live)]

    @cached_property
    def locks(self) -> list[str]:
        """Services in which locked FTE no longer fits the team: to be looked at again."""
        _steps, found = divide(self.other)
        return sorted({str(each.params["service"]) for each in found if each.level is Level.ERROR})

    @cached_property
    def refusals(self) -> list[Finding]:
        """Why the plan as it is cannot be computed; such a plan has no page at all."""
        return [each for each in divide(self.one)[1] if each.level is Level.ERROR]


def switched(inputs: PlanInputs, other: PlanInputs, month: int) -> Switch:
    """``inputs`` until ``month`` (a month number), ``other`` from then on."""
    people = sorted({*inputs.participant_at, *other.participant_at})
    one, after = work(inputs), work(other)
    was = _spread(one, people)
    first, size = int(one.time.months[0]), len(one.time.months)
    held = min(max(month - first, 0), size)
    if held == 0:
        becomes = _spread(after, people)
    elif held == size:
        becomes = was
    elif month % 12 == 0:
        later = one.time.years >= month // 12
        becomes = np.where(later, _spread(after, people), was)
    else:
        # What the other plan costs before the month is taken out of it, and what this one does put in its place.
        cut = [_spread(work(_cut(each, held)), people, len(one.time.years)) for each in (inputs, other)]
        becomes = cut[0] + _spread(after, people) - cut[1]
    return Switch(one, after, month, people, np.stack([was, becomes]))


def _cut(inputs: PlanInputs, months: int) -> PlanInputs:
    return replace(inputs, settings={**inputs.settings, "years": months / 12})


def _spread(done: Worked, people: list[str], years: int | None = None) -> np.ndarray:
    """What is paid (S + 1, parts, P, Y) by all these people, whether they take part here or not."""
    paid = done.cost.paid
    out = np.zeros((*paid.shape[:2], len(people), years or paid.shape[3]))
    out[:, :, [people.index(code) for code in done.inputs.participant_at], : paid.shape[3]] = paid
    return out


def _monthly(done: Worked, by_epoch: np.ndarray) -> np.ndarray:
    return by_epoch[:, done.time.epoch_of]


def _bound(done: Worked) -> np.ndarray:
    return done.need.by_minimum & (done.need.team > 0)
