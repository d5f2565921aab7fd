"""Placement from was to wordt: rights before wishes, persons before FTE, each objective with its proof (method, 7).

It is advice to the placement committee. Nothing here decides about a person.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
import pandas as pd

from portfolio.engine.candidates import HUNDREDTHS, STEP, Candidates, Rules, candidates
from portfolio.engine.locks import Conflict, hold
from portfolio.engine.programs import gains, program_of
from portfolio.engine.search import Search

__all__ = ["OBJECTIVES", "Objective", "Outcome", "Placement", "Rules", "place"]

TIME_LIMIT = 20.0  # seconds of the solver


class Objective(StrEnum):
    """The objectives; the first four count persons."""

    FOLLOWER = "follower"
    EXCHANGEABLE = "exchangeable"
    SUITABLE = "suitable"
    ACCEPTABLE = "acceptable"
    CRITICAL_FTE = "critical_fte"
    PREFERENCES = "preferences"  # the sum of 4 - rank
    TRAINING_COST = "training_cost"  # EUR, the less the better
    SCALE_LOSS = "scale_loss"  # scales, the less the better


#: In strict order: no gain in a later one makes up for a loss in an earlier one.
OBJECTIVES = tuple(Objective)
WORDS = {
    Objective.FOLLOWER: "persons placed as follower",
    Objective.EXCHANGEABLE: "persons on exchangeable posts",
    Objective.SUITABLE: "persons on suitable posts",
    Objective.ACCEPTABLE: "persons on acceptable posts",
    Objective.CRITICAL_FTE: "FTE of critical posts filled",
    Objective.PREFERENCES: "preferences",
    Objective.TRAINING_COST: "training cost",
    Objective.SCALE_LOSS: "scale loss",
}
MINIMIZED = frozenset({Objective.TRAINING_COST, Objective.SCALE_LOSS})


class Outcome(StrEnum):
    """How a placement ended; `Placement.status` says it in words."""

    OPTIMAL = "optimal"
    BOUNDED = "bounded"  # the time was up: value and bound differ somewhere
    CANCELLED = "cancelled"
    IMPOSSIBLE = "impossible"  # the locks cannot hold


class Event(Protocol):
    def is_set(self) -> bool: ...


@dataclass(frozen=True)
class Progress:
    """What is known after an objective: its name, position (from 1) and figures, in the units of the objectives."""

    name: Objective
    position: int
    value: float
    bound: float


@dataclass(frozen=True, eq=False)
class Placement:
    """A placement and its proof.

    `assignments`: person, post, fte; a row per person and post, by person and post; who has no row is unplaced.
    `objectives`: name, value, bound, proved; in strict order, in persons, FTE, points, EUR and scales. `proved` is
    True where the value reaches the bound and so it was for all above it; below the first that is not proved, a
    bound holds given the values above it. Without a placement, value and bound are NaN.
    `conflicts` are the locks that cannot hold together, if any.
    """

    assignments: pd.DataFrame
    objectives: pd.DataFrame
    status: str
    outcome: Outcome
    conflicts: tuple[Conflict, ...] = ()


def place(
    people: pd.DataFrame,
    posts: pd.DataFrame,
    options: pd.DataFrame,
    rules: Rules | None = None,
    *,
    step: float = STEP,
    time_limit: float = TIME_LIMIT,
    cancelled: Event | Callable[[], bool] | None = None,
    progress: Callable[[Progress], None] | None = None,
    seed: int = 0,
) -> Placement:
    """Place people in posts so that the objectives are optimal in strict order, and prove it as far as time allows.

    `people`: person, fte. `posts`: post, fte, and optionally critical (bool). `options`: person, post, ground (1
    follower, 2 exchangeable, 3 suitable, 4 acceptable), preference (1 to 3, 0 for none), training_cost (EUR, counted
    in cents) and scale_loss (scales, counted in hundredths). FTE are multiples of `step`.
    A person gets one option whole or, if `rules` calls them splittable, two with parts in steps that add up to the
    own FTE; such a person counts for the weaker ground and the lower preference of the two, with both trainings and
    the larger scale loss. Who has no option stays unplaced. Several persons may share a post, up to its FTE.
    What the objectives leave equal is settled by a lot that depends on the codes of person and post alone, if time
    allows: the same choice whatever the order of rows, and whatever of it is locked.

    `time_limit` is in seconds of the solver. `cancelled` (an event or a function) is asked now and then; the best
    placement so far is returned. `progress` is called after each objective. Locks that cannot hold are a result in
    words. Raises ValueError, naming the place, for input that cannot be right: an unknown code, a row that occurs
    twice, a figure out of its range, FTE that is no multiple of the step.

    >>> people = pd.DataFrame({"person": ["A", "B"], "fte": [1.0, 0.8]})
    >>> posts = pd.DataFrame({"post": ["X"], "fte": [1.0]})
    >>> options = pd.DataFrame({"person": ["A", "B"], "post": "X", "ground": [2, 1], "preference": 0,
    ...                         "training_cost": 0, "scale_loss": 0})
    >>> place(people, posts, options).assignments.values.tolist()
    [['B', 'X', 0.8]]
    """
    case = candidates(people, posts, options, rules, step)
    start, conflicts = hold(case)
    if start is None:
        return _impossible(conflicts)
    asked = cancelled if cancelled is None or callable(cancelled) else cancelled.is_set
    search = Search(case, start, asked, seed)
    search.begin(time_limit)
    rows = []
    for position, name in enumerate(OBJECTIVES):
        value, bound = search.improve(position, time_limit - search.seconds)
        rows.append((name, value, bound))
        if progress is not None:
            progress(Progress(name, position + 1, _shown(name, value, step), _shown(name, bound, step)))
    if not search.is_cancelled:
        search.draw_lots(time_limit - search.seconds)
    x = search.solution()
    if not program_of(case).holds(x):
        raise AssertionError("a placement breaks its own rules")
    values = gains(case) @ x
    objectives, proved = [], True
    for (name, _, bound), value in zip(rows, values.tolist(), strict=True):
        proved = proved and value == bound
        objectives.append((name.value, _shown(name, value, step), _shown(name, bound, step), proved))
    outcome = Outcome.OPTIMAL if proved else Outcome.CANCELLED if search.is_cancelled else Outcome.BOUNDED
    frame = pd.DataFrame(objectives, columns=["name", "value", "bound", "proved"])
    return Placement(_assignments(case, x), frame, _status(outcome, frame["proved"].tolist()), outcome)


def _assignments(case: Candidates, x: np.ndarray) -> pd.DataFrame:
    parts = dict(zip(case.split.tolist(), x[len(case.person) :].tolist(), strict=True))
    rows = []
    for bundle in np.flatnonzero(x[: len(case.person)]).tolist():
        person, first, second = int(case.person[bundle]), int(case.first[bundle]), int(case.second[bundle])
        steps = int(case.fte[person])
        mine = parts.get(bundle, steps)
        rows += [(person, first, mine)] + ([(person, second, steps - mine)] if second >= 0 else [])
    rows.sort()
    return pd.DataFrame({
        "person": pd.Series([case.people[person] for person, _, _ in rows], dtype=None if rows else object),
        "post": pd.Series([case.posts[post] for _, post, _ in rows], dtype=None if rows else object),
        "fte": pd.Series([round(steps * case.step, 10) for _, _, steps in rows], dtype=float),
    })  # fmt: skip


def _shown(name: Objective, value: int, step: float) -> float:
    """A value in the unit in which it is shown."""
    if name is Objective.CRITICAL_FTE:
        return round(value * step, 10)
    return -value / HUNDREDTHS + 0.0 if name in MINIMIZED else float(value)


def _impossible(conflicts: tuple[Conflict, ...]) -> Placement:
    nothing = pd.DataFrame(
        {"person": pd.Series(dtype=object), "post": pd.Series(dtype=object), "fte": 0.0}, index=[]
    )
    frame = pd.DataFrame({"name": [name.value for name in OBJECTIVES], "value": np.nan, "bound": np.nan,
                          "proved": False})  # fmt: skip
    status = f"No placement: {'; '.join(map(str, conflicts))}."
    return Placement(nothing, frame, status, Outcome.IMPOSSIBLE, conflicts)


def _status(outcome: Outcome, proved: Sequence[bool]) -> str:
    if outcome is Outcome.OPTIMAL:
        return "Optimal: every objective is proved."
    first = proved.index(False)
    begin = "Cancelled" if outcome is Outcome.CANCELLED else "Best placement within the time"
    sure = (
        f"proved are {', '.join(WORDS[name] for name in OBJECTIVES[:first])}" if first else "none is proved"
    )
    words = f"{begin}: {sure}; not proved: {WORDS[OBJECTIVES[first]]}"
    if first + 1 < len(OBJECTIVES):
        below = ", ".join(WORDS[name] for name in OBJECTIVES[first + 1 :])
        words += f"; for {below}: bound given the level above"
    return words + "."
