"""Who of a group of exchangeable functions loses the ground when it is larger than its posts (method, 7)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from portfolio.engine.findings import Finding, warning
from portfolio.engine.grounds import Grounds
from portfolio.engine.hr_schema import CENTER
from portfolio.engine.redundancy import Redundancy, reflect
from portfolio.engine.rounding import whole_steps


@dataclass(frozen=True, eq=False)
class Reflection:
    """One group that is larger than its posts, and what ``redundancy.reflect`` said of it.

    `old` and `new`: role codes. `fte` of the `persons`, and `room` that the posts leave them, in FTE. `said` is None
    where dates that it takes are `missing` (the persons of whom): nobody is designated then.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    persons: tuple[str, ...]
    fte: float
    room: float
    said: Redundancy | None
    missing: tuple[str, ...] = ()

    @property
    def designated(self) -> frozenset[str]:
        return frozenset() if self.said is None else frozenset(self.said.leaving["person"])

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Who keeps it from being done."""
        roles = ", ".join(self.old)
        return tuple(
            warning("reflection_unknown", "staff", (person,), "born", person=person, roles=roles)
            for person in self.missing
        )


def reflections(
    grounds: Grounds,
    people: Iterable[Any],
    held: Mapping[tuple[str, str], int],
    step: float,
    *,
    first: Collection[str] = frozenset(),
) -> tuple[Reflection, ...]:
    """Every group of exchangeable functions that is larger than its posts, in the order of its roles.

    People leave as persons, posts lapse in FTE: as many are designated as it takes for the others to fit. `people` are
    rows of ``staff``; `held` says which steps of a post somebody has already: staff of participants and those who are
    locked come first, and are not in a group. `first` are the persons whom HR chose in a tie.
    """
    placed = {person for person, _post in held}
    own = [row for row in people if row.employer == CENTER and row.person not in placed]
    taken: dict[str, int] = {}
    for (_person, post), steps in held.items():
        taken[post] = taken.get(post, 0) + steps
    found = []
    for old, new in _groups(grounds, own):
        group = {row.person: row for row in own if row.role in old}
        steps_of = {person: whole_steps(row.fte, step) for person, row in group.items()}
        room = sum(max(post.steps - taken.get(post.code, 0), 0) for post in grounds.posts if post.role in new)
        steps = sum(steps_of.values())
        if not room or steps <= room:
            continue  # with no post left there is nothing to choose
        missing = tuple(person for person, row in group.items() if not (row.born and row.employed_since))
        found.append(
            Reflection(
                tuple(sorted(old)),
                tuple(sorted(new)),
                tuple(group),
                round(steps * step, 10),
                round(room * step, 10),
                None if missing else _fewest(grounds, group, steps_of, room, first),
                missing,
            )
        )
    return tuple(found)


def _fewest(
    grounds: Grounds, group: Mapping[str, Any], steps_of: Mapping[str, int], room: int, first: Collection[str]
) -> Redundancy:
    """The fewest persons, by reflection, without whom the others fit."""
    rows = group.values()
    table = pd.DataFrame({
        "person": list(group),
        "born": [row.born for row in rows],
        "employed_since": [row.employed_since for row in rows],
        "temporary_until": [row.until or None for row in rows],
        "external": False,
    })  # fmt: skip
    steps = sum(steps_of.values())
    fewest = -((room - steps) // max(steps_of.values()))
    while True:
        said = reflect(table, fewest, grounds.hr.reference_date, first=first)
        if steps - sum(steps_of[person] for person in said.leaving["person"]) <= room:
            return said
        fewest += 1  # at most everybody, and nobody fits in any room


def _groups(grounds: Grounds, people: list[Any]) -> list[tuple[set[str], set[str]]]:
    """Groups of exchangeable functions: old roles, and the new roles that any of them is exchangeable with."""
    new_roles = sorted({post.role for post in grounds.posts})
    groups: list[tuple[set[str], set[str]]] = []
    for role in sorted({row.role for row in people}):
        reach = {new for new in new_roles if grounds.is_exchangeable(role, new)}
        joined = [group for group in groups if group[1] & reach]
        groups = [group for group in groups if group not in joined]
        old = {role}.union(*(group[0] for group in joined))
        groups.append((old, reach.union(*(group[1] for group in joined))))
    return groups
