"""The placement board for HR: who waits, who has which post and why, and which posts nobody fills."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.engine.placement import Objective
from portfolio.engine.posts import MARK
from portfolio.engine.reasons import Blocked
from portfolio.engine.staffing import ELSEWHERE, OUTFLOW, Staffing
from portfolio.engine.terms import Unplaced
from portfolio.frames.staff import Person
from portfolio.reports.names import Names

GROUNDS = {
    1: gettext_lazy("follows the function"),
    2: gettext_lazy("exchangeable"),
    3: gettext_lazy("suitable"),
    4: gettext_lazy("acceptable"),
}
REASONS = {
    Unplaced.PENSION: gettext_lazy("Reaches the state pension age before the new structure stands"),
    Unplaced.TEMPORARY: gettext_lazy("The contract ends before the new structure stands"),
    Unplaced.EXTERNAL: gettext_lazy("Is hired: hired staff leave first"),
    Unplaced.STAYS: gettext_lazy("Stays with the participant"),
    Unplaced.LOCKS_CONFLICT: gettext_lazy("Is locked to a post that cannot hold everybody locked to it"),
    Unplaced.REFLECTION: gettext_lazy("Designated by age band, since the group is larger than its posts"),
    Unplaced.NO_OPTION: gettext_lazy("No post is possible on any ground"),
    Unplaced.TOO_SMALL: gettext_lazy("Every possible post is smaller than the FTE of this person"),
    Unplaced.NO_ROOM: gettext_lazy("Every possible post is filled by others"),
    Unplaced.NOT_SOUGHT: gettext_lazy("The search was cut off"),
}
BLOCKS = {
    Blocked.CHOSEN: gettext_lazy("chosen"),
    Blocked.LOCKED: gettext_lazy("locked in another post"),
    Blocked.TOO_SMALL: gettext_lazy("the post is smaller than the FTE of this person"),
    Blocked.APART: gettext_lazy("may not be combined with the post this person is locked to"),
    Blocked.NO_ROOM: gettext_lazy("filled by others"),
    Blocked.PLACED_STRONGER: gettext_lazy("placed on a stronger ground"),
    Blocked.PLACED: gettext_lazy("placed elsewhere, which weighs as much or more"),
    Blocked.NOTHING: gettext_lazy("nothing"),
}
OBJECTIVES = {
    Objective.FOLLOWER: (gettext_lazy("Persons who follow their function"), gettext_lazy("persons")),
    Objective.EXCHANGEABLE: (gettext_lazy("Persons on an exchangeable post"), gettext_lazy("persons")),
    Objective.SUITABLE: (gettext_lazy("Persons on a suitable post"), gettext_lazy("persons")),
    Objective.ACCEPTABLE: (gettext_lazy("Persons on an acceptable post"), gettext_lazy("persons")),
    Objective.CRITICAL_FTE: (gettext_lazy("Critical posts filled"), gettext_lazy("FTE")),
    Objective.PREFERENCES: (gettext_lazy("Preferences (first 3, second 2, third 1)"), gettext_lazy("points")),
    Objective.TRAINING_COST: (gettext_lazy("Cost of training"), gettext_lazy("EUR")),
    Objective.SCALE_LOSS: (gettext_lazy("Scales lost"), gettext_lazy("scales")),
}


@dataclass(frozen=True)
class Choice:
    """A post that somebody might have. `value` names it in a form."""

    value: str
    post: str
    ground: str
    training_cost: float
    scale_loss: float
    preference: int
    blocked: str
    is_chosen: bool


@dataclass(frozen=True)
class BoardRow:
    """One person of the board: where from, the post or why there is none, and the best alternatives."""

    number: str
    name: str
    role: str
    service: str
    fte: float
    reason: str
    choices: tuple[Choice, ...]
    is_locked: bool

    @property
    def chosen(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.is_chosen]

    @property
    def others(self) -> list[Choice]:
        return [choice for choice in self.choices if not choice.is_chosen]


@dataclass(frozen=True)
class Board:
    """Three lanes: who waits, who leaves by themselves or stays elsewhere, who has a post."""

    waiting: list[BoardRow]
    leaving: list[BoardRow]
    placed: list[BoardRow]


@dataclass(frozen=True)
class EmptyPost:
    """A post with room, and who comes nearest."""

    post: str
    fte: float
    nearest: list[tuple[str, str, str]]

    @property
    def others(self) -> int:
        return len(self.nearest) - 1


@dataclass(frozen=True)
class Proof:
    """One objective: what was reached, what no placement can pass, and whether they meet."""

    name: Any
    unit: Any
    value: float
    bound: float
    is_proved: bool
    decimals: int


def board(
    found: Staffing, people: Mapping[str, Person], names: Names, locked: Collection[str] = frozenset()
) -> Board:
    """Everybody in one of three lanes, by name. `locked` are numbers, also of those whose lock cannot hold."""
    choices = _choices(found, names)
    reasons = {row.person: Unplaced(row.reason) for row in found.unplaced.itertuples()}
    rows = sorted(
        (
            _row(people[number], names, reasons.get(number), choices.get(number, ()), number in locked)
            for number in {*reasons, *found.placed["person"]}
        ),
        key=lambda row: (row.name, row.number),
    )
    gone = OUTFLOW | ELSEWHERE
    return Board(
        [row for row in rows if row.number in reasons and reasons[row.number] not in gone],
        [row for row in rows if row.number in reasons and reasons[row.number] in gone],
        [row for row in rows if row.number not in reasons],
    )


def empty_posts(found: Staffing, people: Mapping[str, Person], names: Names) -> list[EmptyPost]:
    """Posts that are not full, the emptiest first, with up to three persons each and what stands in the way."""
    posts: dict[str, EmptyPost] = {}
    for row in found.nearest().itertuples():
        post = posts.setdefault(row.post, EmptyPost(_named(row.post, names), row.empty_fte, []))
        if row.position:
            person = people[row.person]
            ground = str(GROUNDS[int(row.ground)])
            post.nearest.append((person.name or person.number, ground, str(BLOCKS[Blocked(row.blocked)])))
    return sorted(posts.values(), key=lambda post: (-post.fte, post.post))


def proofs(found: Staffing) -> list[Proof]:
    """The objectives in their strict order."""
    return [
        Proof(
            *OBJECTIVES[Objective(row.name)],
            row.value,
            row.bound,
            bool(row.proved),
            2 if row.name in (Objective.CRITICAL_FTE, Objective.SCALE_LOSS) else 0,
        )
        for row in found.placement.objectives.itertuples(index=False)
    ]


def _row(
    person: Person, names: Names, reason: Unplaced | None, choices: tuple[Choice, ...], is_locked: bool
) -> BoardRow:
    return BoardRow(
        person.number,
        person.name or _("number %(number)s") % {"number": person.number},
        names.role(person.role),
        names.service(person.service) if person.service else "",
        person.fte,
        str(REASONS[reason]) if reason else "",
        choices,
        is_locked,
    )


def _choices(found: Staffing, names: Names) -> dict[str, tuple[Choice, ...]]:
    rows: dict[str, tuple[Choice, ...]] = {}
    for row in found.alternatives().itertuples():
        choice = Choice(
            "/".join(row.post.split(MARK)),
            _named(row.post, names),
            str(GROUNDS[int(row.ground)]),
            float(row.training_cost),
            float(row.scale_loss),
            int(row.preference),
            str(BLOCKS[Blocked(row.blocked)]),
            row.blocked == Blocked.CHOSEN,
        )
        rows[row.person] = (*rows.get(row.person, ()), choice)
    return rows


def _named(post: str, names: Names) -> str:
    service, role = post.split(MARK)
    return f"{names.role(role)}, {names.service(service)}"
