"""Whether the locked placements can hold together; where not, which persons and posts stand in each other's way."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from portfolio.engine.candidates import Candidates
from portfolio.engine.programs import program_of
from portfolio.engine.solver import Ending, maximize


class Clash(StrEnum):
    """Why locks cannot hold."""

    NO_OPTION = "no_option"  # no option allows what is locked, or the post is too small for it
    NO_ROOM = "no_room"  # together, the persons locked in these posts need more FTE than there is


@dataclass(frozen=True)
class Conflict:
    """Locks that cannot hold together: none of the persons can be left out of it."""

    clash: Clash
    persons: tuple[Hashable, ...]
    posts: tuple[Hashable, ...]

    def __str__(self) -> str:
        persons, posts = (", ".join(map(str, codes)) for codes in (self.persons, self.posts))
        if self.clash is Clash.NO_OPTION:
            return f"{persons} cannot be placed in {posts} as locked: no option, rule or post size allows it"
        return f"the locks of {persons} need more FTE than {posts} have together"


def hold(case: Candidates) -> tuple[np.ndarray | None, tuple[Conflict, ...]]:
    """A solution of `program_of(case)` in which only the locked persons are placed, or the conflicts.

    Each conflict is minimal: without any one of its persons, the others could be placed as locked.
    """
    conflicts = [
        Conflict(Clash.NO_OPTION, (case.people[person],), tuple(case.posts[post] for post in sorted(posts)))
        for person, posts in sorted(case.locked.items())
        if not np.any(case.person == person)
    ]
    if conflicts:
        return None, tuple(conflicts)
    persons = sorted(case.locked)
    found = _place(case, persons)
    if found is not None:
        return found, ()
    while persons:  # take out what is not needed for the conflict; then look for a next one among the others
        needed = list(persons)
        for person in persons:
            without = [other for other in needed if other != person]
            if _place(case, without) is None:
                needed = without
        posts = sorted(set().union(*(case.locked[person] for person in needed)))
        conflicts.append(
            Conflict(
                Clash.NO_ROOM, tuple(case.people[p] for p in needed), tuple(case.posts[p] for p in posts)
            )
        )
        persons = [person for person in persons if person not in needed]
        if _place(case, persons) is not None:
            break
    return None, tuple(conflicts)


def _place(case: Candidates, persons: list[int]) -> np.ndarray | None:
    """A solution in which just these locked persons are placed, or None."""
    program = program_of(case, frozenset(persons))
    answer = maximize(program, np.zeros(len(program.upper), dtype=np.int64))
    return None if answer.ending is Ending.INFEASIBLE else answer.x
