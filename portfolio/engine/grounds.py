"""On which ground somebody may have which post: functions are compared, then the social plan and what is agreed."""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from portfolio.engine.hr_inputs import HrInputs
from portfolio.engine.hr_schema import CENTER, EXTERNAL
from portfolio.engine.posts import Post
from portfolio.engine.terms import Comparison
from portfolio.engine.working import Worked

FOLLOWER, EXCHANGEABLE, SUITABLE, ACCEPTABLE = 1, 2, 3, 4

_SCALE = re.compile(r"([0-9]{1,2})\s*([a-z]?)")


@dataclass(frozen=True)
class Step:
    """What becomes of a function in one direction; `is_stated` when HR has written it down. NaN: not stated."""

    comparison: Comparison
    is_stated: bool
    training_months: float = math.nan
    training_cost: float = math.nan


@dataclass(frozen=True)
class Option:
    """A post that a person may have. `training_cost` in EUR, `scale_loss` in scales."""

    person: str
    post: str
    ground: int
    preference: int
    training_cost: float
    scale_loss: float


def scale_number(text: str) -> float | None:
    """The place of a salary scale; an A scale lies halfway. None where it is no scale.

    >>> scale_number("10"), scale_number("10A"), scale_number("schaal x")
    (10.0, 10.5, None)
    """
    match = _SCALE.fullmatch(text.strip().lower())
    return int(match[1]) + 0.5 * bool(match[2]) if match else None


@dataclass(frozen=True, eq=False)
class Grounds:
    """The comparisons, competences, wishes and agreements of an HR workbook, beside one plan."""

    done: Worked
    hr: HrInputs
    posts: list[Post]

    @cached_property
    def steps(self) -> dict[tuple[str, str], Step]:
        """Per old and new role what HR has stated."""
        return {
            (row.role, row.new_role): Step(
                Comparison(row.comparison), True, row.training_months, row.training_cost
            )
            for row in self.hr.rows("functions")
            if row.new_role
        }

    @cached_property
    def lapsed(self) -> frozenset[str]:
        """Old roles that HR has let lapse."""
        return frozenset(row.role for row in self.hr.rows("functions") if row.comparison == Comparison.LAPSED)

    @cached_property
    def critical(self) -> frozenset[str]:
        """New roles of which no post may stay empty."""
        return frozenset(row.new_role for row in self.hr.rows("functions") if row.critical)

    def step(self, old: str, new: str) -> Step | None:
        """How the new role compares with the old; a role that nothing is said of remains what it is."""
        stated = self.steps.get((old, new))
        if stated or old != new or old in self.lapsed:
            return stated
        return Step(Comparison.UNCHANGED, False)

    def is_exchangeable(self, old: str, new: str) -> bool:
        """Whether the functions are the same in content, level and pay."""
        step = self.step(old, new)
        return step is not None and step.comparison in (Comparison.UNCHANGED, Comparison.EXCHANGEABLE)

    @cached_property
    def scale(self) -> dict[str, float | None]:
        """The scale of a role."""
        return {row.role: scale_number(row.scale) for row in self.done.inputs.rows("roles")}

    @cached_property
    def levels(self) -> dict[tuple[str, str], dict[str, float]]:
        """Levels by competence of ("person", number) and of ("role", code)."""
        found: dict[tuple[str, str], dict[str, float]] = {}
        for row in self.hr.rows("competences"):
            owner = ("person", row.person) if row.person else ("role", row.role)
            found.setdefault(owner, {})[row.competence] = row.level
        return found

    @cached_property
    def wishes(self) -> dict[str, list[Any]]:
        return _by_person(self.hr.rows("preferences"))

    @cached_property
    def agreements(self) -> dict[str, list[Any]]:
        return _by_person(self.hr.rows("agreements"))

    @cached_property
    def locks(self) -> frozenset[tuple[str, str]]:
        """Persons and the posts that they are locked to, as far as this plan has those posts."""
        return frozenset(
            (row.person, post.code)
            for row in self.hr.rows("agreements")
            if row.locked
            for post in self.posts
            if _names(row, post)
        )

    @cached_property
    def splittable(self) -> frozenset[str]:
        return frozenset(row.person for row in self.hr.rows("agreements") if row.may_split)

    @cached_property
    def own_work(self) -> Mapping[str, frozenset[str]]:
        """The services on which a participant spends effort of its own."""
        found: dict[str, set[str]] = {}
        for row in self.done.inputs.rows("own_effort"):
            found.setdefault(row.participant, set()).add(row.service)
        return {code: frozenset(services) for code, services in found.items()}

    def options(self, people: Iterable[Any], designated: Collection[str] = ()) -> list[Option]:
        """Every post that these rows of ``staff`` may have. Who is designated by reflection has lost the posts that
        are exchangeable with the own function, unless locked to one.
        """
        return [option for person in people for option in self._of(person, person.person in designated)]

    def _of(self, person: Any, is_designated: bool) -> Iterator[Option]:
        own = scale_number(person.scale) or self.scale.get(person.role)
        for post in self._within_reach(person):
            months, cost = self.training(person, post.role)
            new = self.scale.get(post.role)
            loss = max(own - new, 0.0) if own and new else 0.0
            rise = max(new - own, 0.0) if own and new else 0.0
            ground = self._ground(person, post, is_designated, months, loss, rise)
            if ground is not None:
                yield Option(person.person, post.code, ground, self._rank(person, post), cost, loss)

    def _within_reach(self, person: Any) -> Iterator[Post]:
        """Staff of a participant go with their work into a pool that their employer takes, and nowhere else."""
        if person.employer in (CENTER, EXTERNAL):
            yield from self.posts
            return
        work = {person.service} if person.service else self.own_work.get(person.employer, frozenset())
        for post in self.posts:
            is_locked = (person.person, post.code) in self.locks
            if is_locked or (post.service in work and person.employer in post.takers):
                yield post

    def _ground(
        self, person: Any, post: Post, is_designated: bool, months: float, loss: float, rise: float
    ) -> int | None:
        step = self.step(person.role, post.role)
        if step and self.is_exchangeable(person.role, post.role) and not is_designated:
            return FOLLOWER if self._follows(person, post, step) else EXCHANGEABLE
        plan = self.hr.social_plan
        is_suitable = (
            loss <= plan["scales_down"]
            and not (plan["scales_up"] is not None and rise > plan["scales_up"])
            and months <= plan["training_months"]
        )
        if step and step.comparison is Comparison.CHANGED and is_suitable:
            return SUITABLE
        agreed = any(
            (row.accepts or row.locked) and _names(row, post)
            for row in self.agreements.get(person.person, [])
        )
        return ACCEPTABLE if agreed else None

    def _follows(self, person: Any, post: Post, step: Step) -> bool:
        """The function continues: in the own service; or, when that ends, where HR has stated it unchanged."""
        if step.comparison is not Comparison.UNCHANGED:
            return False
        if person.employer != CENTER:
            return True
        if person.service == post.service or (not person.service and post.is_continued):
            return True
        own = {
            self.is_exchangeable(person.role, other.role)
            for other in self.posts
            if other.service == person.service
        }
        return step.is_stated and True not in own

    def training(self, person: Any, role: str) -> tuple[float, float]:
        """Months and EUR of training toward a role: as stated, else by the levels that are lacking.

        Of who has no competences on record nothing is known to lack.
        """
        step = self.step(person.role, role)
        if step and step.comparison is Comparison.UNCHANGED:
            return 0.0, 0.0
        months = step.training_months if step else math.nan
        if math.isnan(months):
            is_same = step is not None and step.comparison is Comparison.EXCHANGEABLE
            has = self.levels.get(("person", person.person))
            asked = {} if has is None or is_same else self.levels.get(("role", role), {})
            lacking = sum(max(level - (has or {}).get(code, 0), 0) for code, level in asked.items())
            months = lacking * self.hr.social_plan["months_per_level"]
        cost = step.training_cost if step else math.nan
        return months, months * self.hr.social_plan["training_cost"] if math.isnan(cost) else cost

    def _rank(self, person: Any, post: Post) -> int:
        """The best rank of a wish that names the post; 0 for none."""
        return min(
            (int(row.rank) for row in self.wishes.get(person.person, []) if _names(row, post)), default=0
        )


def _names(row: Any, post: Post) -> bool:
    """Whether a wish or an agreement names a post: its role, and its service where one is given."""
    return row.role == post.role and row.service in ("", post.service)


def _by_person(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.person, []).append(row)
    return found
