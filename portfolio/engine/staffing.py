"""From was to wordt for one plan: who has left, who follows, who keeps the ground, who goes where (method, 7).

The order is that of the method: natural outflow, staff of participants into their pools, reflection by age band,
placement. It is advice to the placement committee. Nothing here decides about a person.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from portfolio.engine import reasons
from portfolio.engine.findings import Finding
from portfolio.engine.grounds import FOLLOWER, Grounds, Option
from portfolio.engine.hr_inputs import HrInputs, day
from portfolio.engine.hr_schema import CENTER, EXTERNAL
from portfolio.engine.pension import pension_date
from portfolio.engine.placement import Outcome, Placement, Rules, place
from portfolio.engine.posts import Post, posts_of, separated, settled_month
from portfolio.engine.reflecting import Reflection, reflections
from portfolio.engine.rounding import whole_steps
from portfolio.engine.terms import Unplaced
from portfolio.engine.working import Worked

PLACED_COLUMNS = ("scenario", "person", "ground", "service", "role", "fte", "from")
UNPLACED_COLUMNS = ("scenario", "person", "reason")
#: They leave by themselves, before anybody is placed.
OUTFLOW = frozenset({Unplaced.PENSION, Unplaced.TEMPORARY, Unplaced.EXTERNAL})
ELSEWHERE = frozenset({Unplaced.STAYS})
OPTION_COLUMNS = ("person", "post", "ground", "preference", "training_cost", "scale_loss")


@dataclass(frozen=True, eq=False)
class Staffing:
    """Everybody of ``staff`` once: in `placed` (a row per person and post) or in `unplaced`; and the proof.

    `placed`: scenario, person, ground (1 follower to 4 acceptable), service, role, fte, from (the month in which the
    post opens). `unplaced`: scenario, person, reason (`terms.Unplaced`).
    """

    scenario: str
    placed: pd.DataFrame
    unplaced: pd.DataFrame
    placement: Placement
    findings: tuple[Finding, ...]
    posts: tuple[Post, ...]
    grounds: Grounds
    question: "Question"
    reflections: tuple[Reflection, ...]

    def proposals(self) -> dict[str, tuple[tuple[str, str, float, int], ...]]:
        """Per person the posts proposed (service, role, fte, ground), none for who waits.

        Who leaves by themselves or stays with a participant is not in it.
        """
        found: dict[str, tuple[tuple[str, str, float, int], ...]] = {
            row.person: () for row in self.unplaced.itertuples() if row.reason not in OUTFLOW | ELSEWHERE
        }
        for row in self.placed.itertuples():
            post = (row.service, row.role, round(float(row.fte), 10), int(row.ground))
            found[row.person] = (*found.get(row.person, ()), post)
        return {person: tuple(sorted(posts)) for person, posts in sorted(found.items())}

    def alternatives(self) -> pd.DataFrame:
        """Per person the best options, and what blocks them: see `reasons.alternatives`."""
        asked = self.question
        return reasons.alternatives(
            asked.people, asked.posts, asked.options, self.placement, asked.rules, step=asked.step
        )

    def nearest(self) -> pd.DataFrame:
        """Per post that is not full, who comes nearest: see `reasons.nearest`."""
        asked = self.question
        return reasons.nearest(
            asked.people, asked.posts, asked.options, self.placement, asked.rules, step=asked.step
        )


@dataclass(frozen=True, eq=False)
class Question:
    """What ``placement.place`` was asked: people, posts and options as it takes them."""

    people: pd.DataFrame
    posts: pd.DataFrame
    options: pd.DataFrame
    rules: Rules
    step: float


def staff(done: Worked, hr: HrInputs, *, first: Collection[str] = frozenset()) -> Staffing:
    """Place the people of an HR workbook, which has passed ``hr_checks.find``, in the posts of a plan.

    The order of rows has no influence; a person who could go two equal ways goes by a lot from the codes. `first` are
    those whom HR chose where reflection leaves people equal.
    """
    posts = posts_of(done)
    grounds = Grounds(done, hr, posts)
    stands = date.fromisoformat(f"{settled_month(done)}-01")
    gone = _outflow(hr.rows("staff"), stands, hr.reference_date)
    people = [row for row in hr.rows("staff") if row.person not in gone]
    case = _Case(done.inputs.settings["fte_step"], posts, grounds, tuple(separated(done, posts)))

    held, clash = case.first(people)
    gone |= dict.fromkeys(clash, Unplaced.LOCKS_CONFLICT)
    people = [row for row in people if row.person not in clash]
    groups = reflections(grounds, people, held, case.step, first=first)
    designated = frozenset[str]().union(*(group.designated for group in groups))
    options = _without(grounds.options(people, designated), grounds, clash)
    rules = case.rules(people, held)
    found = case.place(people, options, rules)

    stay = {row.person for row in people if row.employer != CENTER}
    for person, reason in case.unplaced(people, options, found, rules):
        gone[person] = (
            Unplaced.REFLECTION
            if person in designated
            else Unplaced.STAYS
            if person in stay
            else Unplaced(reason)
        )
    scenario = done.inputs.scenario
    return Staffing(
        scenario,
        _placed(scenario, found, options, posts),
        _left(scenario, gone),
        found,
        tuple(finding for group in groups for finding in group.findings),
        tuple(posts),
        grounds,
        case.question(people, options, rules),
        groups,
    )


def _outflow(rows: Iterable[Any], stands: date, reference: date) -> dict[str, Unplaced]:
    """Who is gone by the day on which the new structure stands: hired staff, ended contracts, state pension age.

    A contract that ends before the reference date has ended for the age bands too.
    """
    gone = {}
    for row in rows:
        born, until = day(row.born), day(row.until)
        if row.employer == EXTERNAL:
            gone[row.person] = Unplaced.EXTERNAL
        elif until and until < max(stands, reference):
            gone[row.person] = Unplaced.TEMPORARY
        elif born and pension_date(born) <= stands:
            gone[row.person] = Unplaced.PENSION
    return gone


@dataclass(frozen=True, eq=False)
class _Case:
    """The posts of a plan as ``placement.place`` takes them."""

    step: float
    posts: list[Post]
    grounds: Grounds
    apart: tuple[tuple[str, str], ...]

    def first(self, people: list[Any]) -> tuple[dict[tuple[str, str], int], frozenset[str]]:
        """Staff of participants go into their pools before anybody else is considered, beside those who are locked.

        Gives the steps by person and post, and the persons whose locks cannot hold together in this plan.
        """
        clash: frozenset[str] = frozenset()
        while True:
            locked = {person for person, _post in self.grounds.locks}
            some = [
                row
                for row in people
                if row.person not in clash and (row.employer != CENTER or row.person in locked)
            ]
            options = [
                option
                for option in self.grounds.options(some)
                if option.ground == FOLLOWER or option.person in locked
            ]
            found = self.place(some, _without(options, self.grounds, clash), self.rules(some, ()))
            if found.outcome is not Outcome.IMPOSSIBLE:
                break
            clash |= {str(person) for conflict in found.conflicts for person in conflict.persons}
        rows = found.assignments.itertuples(index=False, name=None)
        return {(person, post): whole_steps(fte, self.step) for person, post, fte in rows}, clash

    def rules(self, people: list[Any], held: Iterable[tuple[str, str]]) -> Rules:
        """Role separation, who may be split, the locks, and what staff of participants hold already."""
        here = {row.person: row.employer for row in people}
        locked = {(person, post) for person, post in self.grounds.locks if person in here}
        locked |= {(person, post) for person, post in held if here.get(person, CENTER) != CENTER}
        return Rules(self.apart, self.grounds.splittable & here.keys(), locked)

    def question(self, people: list[Any], options: list[Option], rules: Rules) -> Question:
        return Question(self._people(people), self._posts(), _frame(options), rules, self.step)

    def place(self, people: list[Any], options: list[Option], rules: Rules) -> Placement:
        asked = self.question(people, options, rules)
        return place(asked.people, asked.posts, asked.options, rules, step=self.step)

    def unplaced(
        self, people: list[Any], options: list[Option], found: Placement, rules: Rules
    ) -> list[tuple[str, str]]:
        rows = reasons.unplaced(
            self._people(people), self._posts(), _frame(options), found, rules, step=self.step
        )
        return list(rows.itertuples(index=False, name=None))

    def _people(self, people: list[Any]) -> pd.DataFrame:
        return pd.DataFrame({
            "person": pd.Series([row.person for row in people], dtype=object),
            "fte": pd.Series([row.fte for row in people], dtype=float),
        })  # fmt: skip

    def _posts(self) -> pd.DataFrame:
        return pd.DataFrame({
            "post": pd.Series([post.code for post in self.posts], dtype=object),
            "fte": pd.Series([round(post.steps * self.step, 10) for post in self.posts], dtype=float),
            "critical": pd.Series([post.role in self.grounds.critical for post in self.posts], dtype=bool),
        })  # fmt: skip


def _without(options: list[Option], grounds: Grounds, clash: Collection[str]) -> list[Option]:
    """Posts that a conflict of locks is about stay free for whoever resolves it."""
    kept_free = {post for person, post in grounds.locks if person in clash}
    return [
        option
        for option in options
        if option.post not in kept_free or (option.person, option.post) in grounds.locks
    ]


def _frame(options: list[Option]) -> pd.DataFrame:
    rows = [tuple(getattr(option, name) for name in OPTION_COLUMNS) for option in options]
    return pd.DataFrame(rows, columns=list(OPTION_COLUMNS))


def _placed(scenario: str, found: Placement, options: list[Option], posts: list[Post]) -> pd.DataFrame:
    ground = {(option.person, option.post): option.ground for option in options}
    post_of = {post.code: post for post in posts}
    rows = []
    for person, code, fte in found.assignments.itertuples(index=False, name=None):
        post = post_of[code]
        rows.append((scenario, person, ground[person, code], post.service, post.role, fte, post.opens))
    return pd.DataFrame(sorted(rows), columns=list(PLACED_COLUMNS))


def _left(scenario: str, gone: Mapping[str, Unplaced]) -> pd.DataFrame:
    rows = [(scenario, person, reason.value) for person, reason in sorted(gone.items())]
    return pd.DataFrame(rows, columns=list(UNPLACED_COLUMNS))
