"""The posts of a plan: the roles of its teams at the end of the horizon, with their FTE and the month each opens."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from portfolio.engine.rounding import largest_remainder
from portfolio.engine.schema import month_text
from portfolio.engine.terms import SEPARATED, Phase
from portfolio.engine.working import Worked

#: Stands between service and role in the code of a post; no code of a workbook can hold it.
MARK = "\x1f"


@dataclass(frozen=True)
class Post:
    """A role in the team of a service. ``steps`` of FTE; ``opens`` is a month.

    ``is_continued``: the service runs today and never stops.
    """

    service: str
    role: str
    steps: int
    opens: str
    is_continued: bool
    takers: frozenset[str]

    @property
    def code(self) -> str:
        """One code that names it."""
        return f"{self.service}{MARK}{self.role}"


def posts_of(done: Worked) -> list[Post]:
    """Posts of the last month, by service and role. A team in whole steps goes to its roles by largest remainder.

    A post opens in the first month of the last unbroken run of months in which it has FTE.
    """
    participants = np.array(list(done.inputs.participant_at))
    phase = {row.service: row.phase for row in done.inputs.rows("services")}
    found = []
    for (service, role), held in role_steps(done).items():
        if not held[-1]:
            continue
        place = done.inputs.service_at[service]
        first = int(np.flatnonzero(held == 0)[-1]) + 1 if (held == 0).any() else 0
        found.append(
            Post(
                service,
                role,
                int(held[-1]),
                month_text(int(done.time.starts[first])),
                phase[service] == Phase.CURRENT and bool(done.planned.live[place].all()),
                frozenset(participants[done.uptake.takes[place]].tolist()),
            )
        )
    return found


def role_steps(done: Worked) -> dict[tuple[str, str], np.ndarray]:
    """Steps of FTE (E) that the team of a service asks of a role, by service and role in that order."""
    mixes: dict[str, dict[str, float]] = {}
    for row in done.inputs.rows("role_mix"):
        if row.share > 0:
            mixes.setdefault(row.service, {})[row.role] = row.share
    found = {}
    for service, mix in sorted(mixes.items()):
        teams = [
            _divided(round(float(team)), mix) for team in done.need.team[done.inputs.service_at[service]]
        ]
        for role in sorted(mix):
            found[service, role] = np.array([team.get(role, 0) for team in teams], dtype=np.int64)
    return found


def settled_month(done: Worked) -> str:
    """The month from which the new structure stands whole: the last in which a service begins, ends or goes out.

    The first month of the horizon when nothing changes.
    """
    changes = np.zeros(len(done.time.starts), dtype=bool)
    for kind in (done.planned.live, done.planned.outsourced, done.planned.factor):
        changes[1:] |= (kind[:, 1:] != kind[:, :-1]).any(axis=0)
    turned = np.flatnonzero(changes)
    return month_text(int(done.time.starts[turned[-1] if len(turned) else 0]))


def separated(done: Worked, posts: list[Post]) -> list[tuple[str, str]]:
    """Pairs of posts that one person may not share: separated families that serve one and the same participant."""
    family = {row.role: row.family.lower() for row in done.inputs.rows("roles")}
    return [
        (one.code, two.code)
        for one, two in combinations(posts, 2)
        if frozenset({family[one.role], family[two.role]}) in SEPARATED and one.takers & two.takers
    ]


def _divided(steps: int, mix: dict[str, float]) -> dict[str, int]:
    """The steps of a team per role. Shares sum to 1 within a tolerance, so they are weighed by their own sum."""
    if not steps or not mix:
        return {}
    total = sum(mix.values())
    return dict(largest_remainder({role: steps * share / total for role, share in mix.items()}, steps))
