"""From was to wordt on functions: what becomes of each, what it takes, and FTE before and after. No persons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portfolio.engine.grounds import scale_number
from portfolio.engine.posts import Post
from portfolio.engine.terms import Comparison
from portfolio.frames.functions import Functions
from portfolio.models.catalogue import Role
from portfolio.models.functions import FunctionChange
from portfolio.models.labels import COMPARISONS
from portfolio.reports.competences import COMPETENCES
from portfolio.reports.names import Names
from portfolio.reports.staff import StaffRow

#: How a comparison is colored; the word says it too.
KINDS = {Comparison.CHANGED: "open", Comparison.LAPSED: "gone", Comparison.EXCHANGEABLE: "new"}


@dataclass(frozen=True)
class Gained:
    """A competence of which the new function asks more than the old; `before` is 0 where the old asks none."""

    code: str
    name: str | Promise
    before: int
    after: int


@dataclass(frozen=True)
class Change:
    """What an old function becomes, once for each new one. `is_estimated`: training follows from the levels."""

    pk: int | None
    new: str
    word: str | Promise
    kind: str
    scale: str
    new_scale: str
    difference: float | None
    gained: tuple[Gained, ...]
    months: Decimal | None
    cost: Decimal | None
    is_estimated: bool
    is_critical: bool
    reason: str

    @property
    def levels(self) -> int:
        return sum(each.after - each.before for each in self.gained)


@dataclass(frozen=True)
class OldFunction:
    """A function with persons or posts today, and what becomes of it."""

    code: str
    pk: int | None
    name: str
    persons: int
    fte: float
    changes: tuple[Change, ...]

    @property
    def is_stated(self) -> bool:
        return any(change.pk is not None for change in self.changes)


@dataclass(frozen=True)
class FteRow:
    """A function with its FTE today, the FTE of its posts in the scenario, and the difference."""

    name: str
    persons: int
    today: float
    then: float

    @property
    def difference(self) -> float:
        return round(self.then - self.today, 6)


def old_functions(
    staffed: Iterable[StaffRow],
    compared: Functions,
    posts: Iterable[Post],
    names: Names,
    roles: Mapping[str, Role],
) -> list[OldFunction]:
    """Every function with persons or posts today, or with a comparison; by name.

    A function that has not lapsed and still has posts remains what it is beside whatever else it becomes, as
    ``engine.grounds`` has it, unless HR has compared it with itself.
    """
    remaining = {post.role for post in posts}
    stated: dict[str, list[FunctionChange]] = {}
    for change in compared.changes:
        stated.setdefault(change.role.code, []).append(change)
    known = {row.code: row for row in staffed}
    rows = []
    for code in {*known, *stated}:
        row = known.get(code)
        changes = [_change(each, compared, names) for each in stated.get(code, ())]
        if not changes or (code in remaining and not _is_settled(code, stated[code])):
            changes.append(_unstated(roles[code]))
        rows.append(
            OldFunction(
                code,
                roles[code].pk,
                names.role(code),
                row.persons if row else 0,
                row.fte if row else 0.0,
                tuple(changes),
            )
        )
    return sorted(rows, key=lambda row: (row.name.casefold(), row.code))


def fte_rows(staffed: Iterable[StaffRow], posts: Iterable[Post], names: Names, step: float) -> list[FteRow]:
    """Per function the FTE of its people today and of its posts in the scenario, largest loss first."""
    then: dict[str, int] = {}
    for post in posts:
        then[post.role] = then.get(post.role, 0) + post.steps
    known = {row.code: row for row in staffed if row.persons}
    rows = [
        FteRow(
            names.role(code),
            known[code].persons if code in known else 0,
            known[code].fte if code in known else 0.0,
            round(then.get(code, 0) * step, 6),
        )
        for code in {*known, *then}
    ]
    return sorted(rows, key=lambda row: (row.difference, row.name))


def total(rows: Sequence[FteRow]) -> FteRow:
    """All functions together."""
    return FteRow(
        _("Total"),
        sum(row.persons for row in rows),
        round(sum(row.today for row in rows), 6),
        round(sum(row.then for row in rows), 6),
    )


def arriving(rows: Iterable[OldFunction], posts: Iterable[Post], names: Names) -> list[str]:
    """New functions that no function of today leads to, by name: their people have to be found."""
    led_to = {change.new for row in rows for change in row.changes}
    return sorted({names.role(post.role) for post in posts} - led_to)


def _is_settled(code: str, changes: Iterable[FunctionChange]) -> bool:
    """Whether HR has said what becomes of a function in itself: compared with itself, or lapsed."""
    return any(change.new_role is None or change.new_role.code == code for change in changes)


def _unstated(role: Role) -> Change:
    """A function of which nobody has said that it changes remains what it is."""
    word, scale = _("unchanged, not stated"), role.scale
    return Change(None, role.name, word, "", scale, scale, 0.0, (), Decimal(0), Decimal(0), False, False, "")


def _change(change: FunctionChange, compared: Functions, names: Names) -> Change:
    word = Comparison(change.comparison)
    common = (COMPARISONS[word], KINDS.get(word, ""), change.role.scale)
    rest = (change.is_critical, change.reason)
    if change.new_role is None:
        return Change(change.pk, "", *common, "", None, (), None, None, False, *rest)
    gained = _gained(compared, change.role.code, change.new_role.code)
    # As engine.grounds reckons: what is the same asks no training unless HR has stated some.
    is_same = word in (Comparison.UNCHANGED, Comparison.EXCHANGEABLE)
    by_level = sum(each.after - each.before for each in gained) * compared.months_per_level
    months = Decimal(0) if word is Comparison.UNCHANGED else change.training_months
    is_estimated = months is None and not is_same
    if months is None:
        months = Decimal(0) if is_same else by_level
    cost = change.training_cost if word is not Comparison.UNCHANGED else Decimal(0)
    if cost is None:
        cost = months * compared.month_cost
    return Change(
        change.pk,
        names.role(change.new_role.code),
        *common,
        change.new_role.scale,
        _scales(change.role.scale, change.new_role.scale),
        gained,
        months,
        cost,
        is_estimated,
        *rest,
    )


def _gained(compared: Functions, old: str, new: str) -> tuple[Gained, ...]:
    before, after = compared.levels.get(old, {}), compared.levels.get(new, {})
    return tuple(
        Gained(code, COMPETENCES.get(code, ""), before.get(code, 0), level)
        for code, level in sorted(after.items(), key=lambda pair: _order(pair[0]))
        if level > before.get(code, 0)
    )


def _order(code: str) -> tuple[str, int, str]:
    """A.2 before A.10."""
    area, _dot, number = code.partition(".")
    return area, int(number) if number.isdecimal() else 0, code


def _scales(old: str, new: str) -> float | None:
    before, after = scale_number(old), scale_number(new)
    return None if before is None or after is None else after - before
