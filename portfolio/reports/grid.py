"""The FTE grid as rows for a page: cells with their words and marks, totals both ways, and whether they close."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from portfolio.engine.inputs import CenterInputs, months_of
from portfolio.engine.schema import month_text
from portfolio.frames.uptake import Pair, Take, takes_of
from portfolio.reports.charts import Chart, stacked_area
from portfolio.reports.grid_figures import ASKED, DIVIDED, EUR, Figures, Shown, figures
from portfolio.reports.names import Names
from portfolio.reports.plan_tables import EUR as MONEY
from portfolio.reports.plan_tables import FTE, TEXT, Table
from portfolio.templatetags.figures import heat, number, number_signed

NOISE = 1e-9


@dataclass(frozen=True)
class Cell:
    """One figure: ``text`` as printed, ``value`` to add up (None: the participant does not take the service)."""

    name: str
    text: str
    value: float | None
    heat: str = ""
    mark: str = ""
    words: str = ""
    can_edit: bool = False


@dataclass(frozen=True)
class Row:
    """One service; ``target`` is the team that is divided, None where nothing is."""

    code: str
    name: str
    cells: Sequence[Cell]
    total: float
    target: float | None
    team: float
    why_not: str = ""


@dataclass(frozen=True)
class Group:
    """The services of one category."""

    name: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Grid:
    """All that the table shows; ``idle`` are the names of services that do nothing in the period."""

    shown: Shown
    write: "Writer"
    heads: Sequence[tuple[str, str]]
    groups: Sequence[Group]
    sums: Sequence[float]
    total: float
    target: float
    idle: Sequence[str]
    step: Decimal
    known: Mapping[str, Pair]

    @property
    def closes(self) -> bool:
        return abs(self.total - self.target) < 0.005

    @property
    def cells(self) -> dict[str, Cell]:
        return {cell.name: cell for group in self.groups for row in group.rows for cell in row.cells}

    @property
    def decimals(self) -> int:
        return self.write.decimals


def cell_name(pair: Pair) -> str:
    """How a cell is called in a form."""
    return ",".join(pair)


def grid(
    inputs: CenterInputs, scenario: str, frames: Mapping[str, pd.DataFrame], shown: Shown, names: Names,
    *, may_edit: bool,
) -> Grid:  # fmt: skip
    """The grid of a plan, or of a preview of one."""
    found = figures(inputs, scenario, frames, shown)
    takes = takes_of(inputs, scenario)
    step = Decimal(f"{inputs.settings['fte_step']:.12g}")
    decimals = 0 if shown.unit == EUR else max(2, -int(step.normalize().as_tuple().exponent))
    write = Writer(shown, decimals)
    services = inputs.frames["services"]
    categories = dict(zip(services["service"], services["category"], strict=True))
    most = float(np.nanmax(np.abs(found.values), initial=0)) if found.values.size else 0.0
    groups: dict[tuple[bool, str], list[Row]] = {}
    idle = []
    for at, code in enumerate(found.services):
        if not _counts(found.values[at], shown):
            idle += [names.service(code)] if code else []
            continue
        category = categories.get(code, "")
        row = _row(found, at, shown, takes, names, most, write, may_edit)
        groups.setdefault((not code, category if code else _("Whole center")), []).append(row)
    held = [Group(name or _("Without a group"), rows) for (_last, name), rows in sorted(groups.items())]
    rows = [row for group in held for row in group.rows]
    return Grid(
        shown=shown,
        write=write,
        heads=[(code, names.participant(code)) for code in found.participants],
        groups=held,
        sums=[sum(row.cells[at].value or 0.0 for row in rows) for at in range(len(found.participants))],
        total=sum(row.total for row in rows),
        target=float(found.teams.sum()),
        idle=idle,
        step=step,
        known={cell_name((s, p)): (s, p) for s in found.services for p in found.participants},
    )


def _counts(values: np.ndarray, shown: Shown) -> bool:
    """Whether a service has anything to show in the period."""
    known = values[~np.isnan(values)]
    if shown.is_difference:
        return bool((np.abs(known) > NOISE).any())
    return len(known) > 0


def _row(
    found: Figures, at: int, shown: Shown, takes: Mapping[Pair, Take], names: Names, most: float, write: "Writer",
    may_edit: bool,
) -> Row:  # fmt: skip
    code = found.services[at]
    name = names.service(code) if code else _("One-off lines")
    steady = bool(found.steady[at])
    can_edit = may_edit and shown.can_edit and steady
    cells = []
    for column, participant in enumerate(found.participants):
        value = found.values[at, column]
        pair = (code, participant)
        take = takes.get(pair, Take())
        if np.isnan(value):
            words = _("does not take this service") if not take.takes else ""
            cells.append(Cell(cell_name(pair), "–", None, words=words))
            continue
        mark = "" if shown.unit == EUR else "locked" if take.locked_fte is not None else ""
        mark = mark or ("requested" if shown.unit != EUR and take.fte is not None else "")
        cells.append(
            Cell(
                name=cell_name(pair),
                text=write(value),
                value=float(value),
                heat=_heat(value, most, shown),
                mark=mark,
                words=_words(take, write.decimals) if mark else "",
                can_edit=can_edit,
            )
        )
    total = float(np.nansum(found.values[at]))
    target = float(found.teams[at]) if shown.unit == DIVIDED and not shown.is_difference else None
    why_not = _("changes during the year: choose a month to edit it") if may_edit and not steady else ""
    return Row(code, name, cells, total, target, float(found.teams[at]), why_not if shown.can_edit else "")


def _words(take: Take, decimals: int) -> str:
    """What was agreed about a cell, beside its mark."""
    said = []
    if take.fte is not None:
        said.append(_("requested %(fte)s") % {"fte": number(take.fte, max(decimals, 2))})
    if take.locked_fte is not None:
        said.append(_("locked at %(fte)s") % {"fte": number(take.locked_fte, max(decimals, 2))})
    return ", ".join(said)


def _heat(value: float, most: float, shown: Shown) -> str:
    if shown.is_difference:
        return "" if abs(value) < NOISE else "less" if value < 0 else heat(value, most)
    return heat(value, most)


class Writer:
    """Writes figures once each: a grid has hundreds of cells and few different ones."""

    def __init__(self, shown: Shown, decimals: int) -> None:
        self._write = number_signed if shown.is_difference else number
        self.decimals = decimals
        self._known: dict[float, str] = {}

    def __call__(self, value: float) -> str:
        key = round(float(value), 9)
        if key not in self._known:
            self._known[key] = self._write(key, self.decimals)
        return self._known[key]


# --- Over time, and as files ---


def over_time(inputs: CenterInputs, teams: pd.DataFrame) -> Chart:
    """FTE of all teams month by month, stacked by category, the largest at the bottom."""
    months, series = _by_category(inputs, teams)
    return stacked_area("fte-over-time", _("FTE of all teams over time"), months, series)


def over_time_table(inputs: CenterInputs, teams: pd.DataFrame) -> Table:
    """The same as a table."""
    months, series = _by_category(inputs, teams)
    columns = [(_("Month"), TEXT), *((name, FTE) for name in series), (_("Total"), FTE)]
    rows = [(month, *values, sum(values)) for month, *values in zip(months, *series.values(), strict=True)]
    return Table(_("FTE over time"), columns, rows)


def _by_category(inputs: CenterInputs, teams: pd.DataFrame) -> tuple[list[str], dict[str, list[float]]]:
    services = inputs.frames["services"]
    category = dict(zip(services["service"], services["category"], strict=True))
    named = teams.assign(category=teams["service"].map(category).fillna(""))
    table = named.groupby(["month", "category"])["fte"].sum().unstack().fillna(0.0)
    months = [month_text(int(month)) for month in months_of(inputs.settings)]
    table = table.reindex(index=[month for month in months if month in table.index])
    order = sorted(table.columns, key=lambda name: (-table[name].sum(), name))
    series = {
        name or _("Without a group"): [round(float(value), 10) for value in table[name]]
        for name in order
        if table[name].any()
    }
    return table.index.tolist(), series


def grid_table(found: Grid, title: str) -> Table:
    """What is on screen, as a sheet of figures."""
    kind = MONEY if found.shown.unit == EUR else FTE
    last = _("Asked") if found.shown.unit == ASKED else _("Total") if kind == MONEY else _("Team")
    columns = [(_("Group"), TEXT), (_("Code"), TEXT), (_("Service"), TEXT)]
    columns += [(name, kind) for _code, name in found.heads] + [(last, kind)]
    rows = [
        (group.name, row.code, row.name, *(cell.value for cell in row.cells), row.total)
        for group in found.groups
        for row in group.rows
    ]
    total = ("", "", _("Total"), *found.sums, found.total)
    return Table(title, columns, [*rows, total], frozenset({len(rows)}))
