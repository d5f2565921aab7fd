"""Staff over time in words: the largest gap, roles from begin to end, cost by kind and year, and who leaves why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.engine.staff_costs import StaffCost, StaffCosts
from portfolio.engine.staff_flow import CAUSES, CONTRACT_ENDS, EXTERNAL_ENDS, PENSION, WORK_ENDS, Flow
from portfolio.reports.charts import FORMATS, FTE, Chart
from portfolio.reports.names import Names
from portfolio.templatetags.figures import fte, month

KINDS = {
    StaffCost.HIRE: (
        gettext_lazy("Hired staff for what nobody fills"),
        gettext_lazy("What hire costs above the salary that the plan counts already"),
    ),
    StaffCost.TRAINING: (
        gettext_lazy("Training"),
        gettext_lazy("In the year in which somebody goes to the new post"),
    ),
    StaffCost.REDUCED_OUTPUT: (
        gettext_lazy("Less output during training"),
        gettext_lazy("The part of the salary for which no work is done, from the move on"),
    ),
    StaffCost.SALARY_GUARANTEE: (
        gettext_lazy("Salary guarantee"),
        gettext_lazy(
            "The difference with the salary of the old function, as long as the social plan guarantees it"
        ),
    ),
    StaffCost.WAITING: (
        gettext_lazy("Waiting for a post that opens later"),
        gettext_lazy("The salary of who came free before the new post is there"),
    ),
    StaffCost.TRACK: (
        gettext_lazy("From work to work"),
        gettext_lazy("Salary and guidance of who has no post and a right to the track"),
    ),
}
CAUSE_WORDS = {
    EXTERNAL_ENDS: gettext_lazy("Hire ends"),
    CONTRACT_ENDS: gettext_lazy("Temporary contract ends"),
    PENSION: gettext_lazy("State pension"),
    WORK_ENDS: gettext_lazy("Work ends before there is a post"),
}


@dataclass(frozen=True)
class Gap:
    """The largest gap of a role, in FTE, and its first month."""

    role: str
    fte: float
    month: str


@dataclass(frozen=True)
class RoleOverTime:
    """A role at the beginning and the end, in FTE; `worst` is its largest gap; `free` the most that is free at once."""

    code: str
    name: str
    asked_first: float
    there_first: float
    asked_last: float
    there_last: float
    worst: Gap | None
    free: float


@dataclass(frozen=True)
class CostRow:
    """A kind of cost by year, in EUR."""

    name: Any
    meaning: Any
    years: tuple[float, ...]
    total: float


def roles(way: Flow, names: Names) -> list[RoleOverTime]:
    """Every role with posts or people, the largest gap first."""
    rows = []
    for place, code in enumerate(way.roles):
        asked, there, free = way.demand[place], way.supply[place], way.free[place]
        if not (asked.any() or there.any() or free.any()):
            continue
        worst = int(np.argmax(way.gap[place]))
        gap = int(way.gap[place, worst])
        rows.append(
            RoleOverTime(
                code,
                names.role(code),
                *(float(way.fte(one)) for one in (asked[0], there[0], asked[-1], there[-1])),
                Gap(names.role(code), float(way.fte(gap)), way.months[worst]) if gap > 0 else None,
                float(way.fte(free.max())),
            )
        )
    return sorted(rows, key=lambda row: (-(row.worst.fte if row.worst else 0), row.name))


def costs(found: StaffCosts, years: Sequence[int]) -> list[CostRow]:
    """The kinds that cost anything, in the order of the work, each year a column."""
    rows = [
        CostRow(
            *KINDS[kind],
            tuple(found.total(year=year, kind=kind) / 100 for year in years),
            found.total(kind=kind) / 100,
        )
        for kind in StaffCost
    ]
    return [row for row in rows if row.total]


def cost_total(found: StaffCosts, years: Sequence[int]) -> CostRow:
    """All kinds together."""
    return CostRow(_("Total"), "", tuple(found.total(year=year) / 100 for year in years), found.total() / 100)


def leavers(way: Flow) -> list[tuple[str, Any, float]]:
    """Who leaves or comes free: month, why, FTE; in the order of the months."""
    found = [
        (way.months[at], CAUSE_WORDS[cause], float(way.fte(way.left[cause][at])))
        for cause in CAUSES
        for at in np.flatnonzero(way.left[cause]).tolist()
    ]
    return sorted(found, key=lambda row: row[0])


def chart(way: Flow, code: str, names: Names) -> Chart:
    """Supply against demand of one role, month by month."""
    place = way.roles.index(code)
    labels = [month(name) for name in way.months]
    series = {
        _("Posts ask"): (way.fte(way.demand[place]).tolist(), "--app-brand"),
        _("At work"): (way.fte(way.supply[place]).tolist(), "--app-good"),
        _("Free, without a post"): (way.fte(way.free[place]).tolist(), "--app-bad"),
    }
    options = {
        "format": FORMATS[FTE],
        "xAxis": {"type": "category", "data": labels, "boundaryGap": False},
        "yAxis": {"type": "value"},
        "series": [
            {
                "type": "line", "name": name, "data": values, "step": "end", "symbol": "none",
                "lineStyle": {"width": 3, "color": color, "type": kind}, "itemStyle": {"color": color},
            }
            for (name, (values, color)), kind in zip(series.items(), ("solid", "solid", "dashed"), strict=True)
        ],
    }  # fmt: skip
    rows = [
        [label, *(fte(values[at]) for values, _color in series.values())] for at, label in enumerate(labels)
    ]
    worst = int(np.argmax(way.gap[place]))
    gap = float(way.fte(way.gap[place, worst]))
    sentence = (
        _("The gap is largest in %(month)s: %(fte)s.") % {"month": labels[worst], "fte": fte(gap, "unit")}
        if gap > 0
        else _("There are at least as many people as posts ask in every month.")
    )
    caption = _("%(role)s: what posts ask and who is there") % {"role": names.role(code)}
    return Chart("staff-flow", caption, sentence, options, [_("Month"), *series], rows)
