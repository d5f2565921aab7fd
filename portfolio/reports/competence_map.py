"""Competences that the new functions ask, beside who could have those functions: where people or levels are missing."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portfolio.engine.grounds import SUITABLE
from portfolio.engine.hr_inputs import HrInputs
from portfolio.engine.posts import MARK
from portfolio.engine.staffing import Staffing
from portfolio.reports.competences import COMPETENCES
from portfolio.reports.names import Names
from portfolio.reports.placement import SMALLEST
from portfolio.templatetags.figures import heat


@dataclass(frozen=True)
class Cell:
    """A competence in a function: the `level` asked, by `needed` persons, held by `present` of its candidates.

    `gap` persons are short; `months` of training closes it for those who come nearest, and `nobody` are left then.
    """

    level: int
    needed: int
    candidates: int
    present: int
    gap: int
    months: float
    nobody: int

    @property
    def is_small(self) -> bool:
        """Whether so few persons could have the function that a figure would tell of one of them."""
        return 0 < self.candidates < SMALLEST

    @property
    def tone(self) -> str:
        return heat(self.gap, self.needed)


@dataclass(frozen=True)
class Shown:
    """A cell as a reader may see it. `present` and `gap` in words; `months` None where it is not to be told."""

    level: int
    needed: int
    present: str
    gap: str
    months: float | None
    nobody: int
    tone: str


@dataclass(frozen=True)
class Row:
    """One competence: a cell per function, None where it is not asked, and persons short over all functions."""

    code: str
    name: str | Promise
    cells: tuple[Shown | None, ...]
    gap: str


@dataclass(frozen=True)
class CompetenceMap:
    """`functions` with the persons that their posts ask, rows by competence."""

    functions: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]


def competence_map(found: Staffing, hr: HrInputs, names: Names, *, is_exact: bool) -> CompetenceMap:
    """The map of one scenario; who may not know persons gets no figure of fewer than five."""
    asked, held = levels(hr)
    steps: dict[str, int] = {}
    for post in found.posts:
        steps[post.role] = steps.get(post.role, 0) + post.steps
    step, able = found.question.step, candidates(found)
    roles = sorted(
        (role for role in steps if role in asked), key=lambda role: (names.role(role).casefold(), role)
    )
    # FTE snapped before the ceiling, so that 2.0000000001 does not ask for a third person.
    needed = {role: math.ceil(round(steps[role] * step, 6)) for role in roles}
    codes = sorted({code for role in roles for code in asked[role]}, key=_order)
    months = float(hr.social_plan["months_per_level"])
    rows = []
    for code in codes:
        cells = [
            _cell(asked[role][code], needed[role], able.get(role, frozenset()), code, held, months)
            if code in asked[role]
            else None
            for role in roles
        ]
        shown = tuple(None if cell is None else _shown(cell, is_exact=is_exact) for cell in cells)
        rows.append(Row(code, COMPETENCES.get(code, ""), shown, _total(cells, is_exact=is_exact)))
    return CompetenceMap(tuple((names.role(role), needed[role]) for role in roles), tuple(rows))


def levels(hr: HrInputs) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """Levels by competence: asked by role, held by person."""
    asked: dict[str, dict[str, int]] = {}
    held: dict[str, dict[str, int]] = {}
    for row in hr.rows("competences"):
        owner = held.setdefault(row.person, {}) if row.person else asked.setdefault(row.role, {})
        owner[row.competence] = int(row.level)
    return asked, held


def candidates(found: Staffing) -> dict[str, frozenset[str]]:
    """Per new role who is placed in it, or may have it as follower, exchangeable or suitable."""
    able: dict[str, set[str]] = {}
    for row in found.placed.itertuples():
        able.setdefault(str(row.role), set()).add(str(row.person))
    options = found.question.options
    for person, post in options.loc[options["ground"] <= SUITABLE, ["person", "post"]].itertuples(
        index=False
    ):
        able.setdefault(post.partition(MARK)[2], set()).add(person)
    return {role: frozenset(people) for role, people in able.items()}


def _cell(
    level: int,
    needed: int,
    people: Iterable[str],
    code: str,
    held: Mapping[str, Mapping[str, int]],
    months: float,
) -> Cell:
    """Of who has no competences on record nothing is known, so nobody counts on them, nor on training them."""
    candidates = set(people)
    known = sorted(max(level - held[person].get(code, 0), 0) for person in candidates if person in held)
    present = sum(not lacking for lacking in known)
    gap = max(needed - present, 0)
    trained = known[present : present + gap]
    return Cell(level, needed, len(candidates), present, gap, sum(trained) * months, gap - len(trained))


def _shown(cell: Cell, *, is_exact: bool) -> Shown:
    gap = _("none") if not cell.gap else str(cell.gap)
    if is_exact:
        return Shown(cell.level, cell.needed, str(cell.present), gap, cell.months, cell.nobody, cell.tone)
    if cell.is_small:
        return Shown(cell.level, cell.needed, f"<{SMALLEST}", "", None, 0, "")
    if 0 < cell.present < SMALLEST:
        # With what is needed beside it, a gap would say how few. Where five or more are needed, it is short anyhow.
        is_short = cell.needed >= SMALLEST
        hidden = (f"<{SMALLEST}", _("short") if is_short else "", None, 0, "heat-3" if is_short else "")
        return Shown(cell.level, cell.needed, *hidden)
    nobody = 0 if cell.candidates else cell.nobody
    return Shown(cell.level, cell.needed, str(cell.present), gap, None, nobody, cell.tone)


def _total(cells: Iterable[Cell | None], *, is_exact: bool) -> str:
    """Persons short over all functions; a single cell that is hidden could be told from the others and their sum."""
    asked = [cell for cell in cells if cell is not None]
    gap = sum(cell.gap for cell in asked)
    hidden = sum(cell.is_small or 0 < cell.present < SMALLEST for cell in asked)
    if is_exact or not hidden:
        return str(gap)
    return f"<{SMALLEST}" if gap < SMALLEST else "–" if hidden == 1 else str(gap)


def _order(code: str) -> tuple[str, int, str]:
    """A.2 before A.10."""
    area, _dot, number = code.partition(".")
    return area, int(number) if number.isdecimal() else 0, code
