"""From was to wordt in counts: what a director may know of a placement, by role and by post, without a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from portfolio.engine.hr_schema import EXTERNAL
from portfolio.engine.staffing import ELSEWHERE, OUTFLOW, Staffing
from portfolio.engine.terms import Unplaced
from portfolio.reports.names import Names

#: Smaller groups could be recognized, so a breakdown that has one is not shown to who may not know persons.
SMALLEST = 5


@dataclass(frozen=True)
class Counts:
    """Persons by what becomes of them; together they are everybody. `grounds` by number, 1 to 4."""

    everybody: int
    placed: int
    grounds: dict[int, int]
    not_placed: int
    outflow: int
    elsewhere: int

    @property
    def others(self) -> int:
        """On a suitable or acceptable post."""
        return self.grounds[3] + self.grounds[4]

    @property
    def without(self) -> int:
        """Everybody who has no post, for whatever reason."""
        return self.everybody - self.placed


@dataclass(frozen=True)
class RoleRow:
    """An old function: its persons and how many of them have a post."""

    name: str
    persons: int
    placed: int

    @property
    def without(self) -> int:
        return self.persons - self.placed


@dataclass(frozen=True)
class PostRow:
    """A new post: FTE that the team asks, FTE that is filled, by how many persons, from which month."""

    service: str
    role: str
    opens: str
    fte: float
    filled: float
    persons: int

    @property
    def empty(self) -> float:
        return round(self.fte - self.filled, 10)


def counts(found: Staffing) -> Counts:
    """Everybody once: who is split counts for the weaker ground."""
    ground = found.placed.groupby("person")["ground"].max()
    reasons = [Unplaced(reason) for reason in found.unplaced["reason"]]
    outflow = sum(reason in OUTFLOW for reason in reasons)
    elsewhere = sum(reason in ELSEWHERE for reason in reasons)
    return Counts(
        everybody=len(ground) + len(reasons),
        placed=len(ground),
        grounds={number: int((ground == number).sum()) for number in (1, 2, 3, 4)},
        not_placed=len(reasons) - outflow - elsewhere,
        outflow=outflow,
        elsewhere=elsewhere,
    )


def may_break_down(numbers: Iterable[int]) -> bool:
    """Whether a breakdown has no group so small that persons could be recognized in it."""
    return all(number == 0 or number >= SMALLEST for number in numbers)


def role_rows(found: Staffing, people: Iterable[Any], names: Names) -> list[RoleRow]:
    """Per old function; hired staff, who are never placed, are left out."""
    placed = set(found.placed["person"])
    persons: dict[str, int] = {}
    with_post: dict[str, int] = {}
    for row in people:
        if row.employer == EXTERNAL:
            continue
        persons[row.role] = persons.get(row.role, 0) + 1
        with_post[row.role] = with_post.get(row.role, 0) + (row.person in placed)
    rows = [RoleRow(names.role(role), persons[role], with_post[role]) for role in persons]
    return sorted(rows, key=lambda row: (-row.without, row.name))


def post_rows(found: Staffing, names: Names, step: float) -> list[PostRow]:
    """Per new post, those with most to fill first."""
    filled = found.placed.groupby(["service", "role"]).agg(fte=("fte", "sum"), persons=("person", "nunique"))
    held = {key: (float(row.fte), int(row.persons)) for key, row in filled.iterrows()}
    rows = []
    for post in found.posts:
        fte, persons = held.get((post.service, post.role), (0.0, 0))
        rows.append(
            PostRow(
                names.service(post.service),
                names.role(post.role),
                post.opens,
                round(post.steps * step, 10),
                round(fte, 10),
                persons,
            )
        )
    return sorted(rows, key=lambda row: (-row.empty, row.service, row.role))


def total(rows: Sequence[PostRow]) -> PostRow:
    """All posts together."""
    fte, filled = (round(sum(getattr(row, name) for row in rows), 10) for name in ("fte", "filled"))
    return PostRow("", "", "", fte, filled, sum(row.persons for row in rows))


def flows(
    found: Staffing, people: Iterable[Any], names: Names, *, without: str
) -> list[tuple[str, str, int]]:
    """Persons from each old function to each new one; who has no post goes to `without`."""
    to: dict[str, str] = {}
    for row in found.placed.sort_values("fte").itertuples():
        to[row.person] = names.role(row.role)  # who is split counts for the larger part
    total: dict[tuple[str, str], int] = {}
    for row in people:
        if row.employer != EXTERNAL:
            pair = (names.role(row.role), to.get(row.person, without))
            total[pair] = total.get(pair, 0) + 1
    return sorted((old, new, count) for (old, new), count in total.items())
