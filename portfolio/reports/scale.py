"""Whether scale still pays at this center: cost of a unit against size, as a chart, a table and a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portfolio.engine.inputs import PlanInputs
from portfolio.engine.scale import Group, Size, falls, groups, sizes, turning_point
from portfolio.engine.scaling import USUAL_DRIVERS
from portfolio.reports.charts import Chart
from portfolio.reports.names import Names
from portfolio.templatetags.figures import eur, fte, number, pct

#: From which fall per tenth of growth scale is said to pay: a choice of the reader.
LIMITS = (0.005, 0.01, 0.02, 0.03)
LIMIT = 0.01


@dataclass(frozen=True)
class GroupRow:
    """The pool with one participant more; ``fall`` is the share by which a unit gets cheaper, None for the first."""

    name: str
    group: Group
    fall: float | None

    @property
    def down(self) -> float:
        return -(self.fall or 0.0)


@dataclass(frozen=True)
class ScaleReport:
    """What the page shows for one driver and year."""

    unit: str
    chart: Chart
    message: dict[str, str]
    groups: Sequence[GroupRow]
    today: Size


def drivers(inputs: PlanInputs) -> list[str]:
    """What cost can be counted by: workplaces and inhabitants where the center counts them, else all drivers."""
    counted = {row.driver for row in inputs.rows("base_volumes") if row.volume > 0}
    return [driver for driver in USUAL_DRIVERS if driver in counted] or sorted(counted)


def scale(inputs: PlanInputs, driver: str, year: int, limit: float) -> ScaleReport | None:
    """None when nothing of the driver is counted in that year."""
    names = Names(inputs.frames)
    found = sizes(inputs, driver, year)
    if not found:
        return None
    unit = names.driver(driver)
    made, before = [], None
    for group in groups(inputs, driver, year):
        fall: float | None = 1 - group.each / before if before and group.each is not None else None
        made.append(GroupRow(names.participant(group.joined), group, fall))
        before = group.each or before
    today = found[len(found) // 2]
    return ScaleReport(unit, _chart(found, unit, year), _message(found, unit, limit), made, today)


def _message(found: Sequence[Size], unit: str, limit: float) -> dict[str, str]:
    """From which size on a tenth of growth makes a unit cheaper by less than the limit, by both lines."""
    middle = len(found) // 2
    along, still = ([getattr(size, name) for size in found] for name in ("most_each", "least_each"))
    at, now = turning_point(along, limit), falls(along)[middle]
    words = {"unit": unit.lower(), "now": pct(now, 1), "best": pct(falls(still)[middle], 1), "limit": pct(limit, 1),
             "end": pct(found[-1].factor)}  # fmt: skip
    if at is None:
        head, kind = _("Scale still pays at every size tried, up to %(end)s of today's: every tenth of growth makes a"
                       " unit at least %(limit)s cheaper."), "ok"  # fmt: skip
    else:
        words |= {"size": pct(found[at].factor), "units": number(found[at].units)}
        if at <= middle:
            head, kind = _("Scale hardly pays any more: from %(size)s of today's size on (%(units)s %(unit)s), a tenth"
                           " of growth makes a unit less than %(limit)s cheaper."), "bad"  # fmt: skip
        else:
            head, kind = _("Scale pays until %(size)s of today's size (%(units)s %(unit)s); from there on a tenth of"
                           " growth makes a unit less than %(limit)s cheaper."), ""  # fmt: skip
    rest = _(
        "At today's size a tenth of growth makes a unit %(now)s cheaper,"
        " and %(best)s if assets and contracts stand still."
    )
    return {"kind": kind, "head": head % words, "rest": rest % words}


def _chart(found: Sequence[Size], unit: str, year: int) -> Chart:
    """Two lines over size; the table says at each size what it is in units, EUR and FTE."""
    labels = [pct(size.factor) for size in found]
    series = {
        _("Assets and contracts grow along"): [size.most_each for size in found],
        _("Assets and contracts stand still"): [size.least_each for size in found],
    }
    options = {
        "format": {"prefix": "€\N{NO-BREAK SPACE}", "decimals": 0},
        "xAxis": {"type": "category", "data": labels, "boundaryGap": False},
        "yAxis": {"type": "value", "scale": True},
        "series": [
            {"type": "line", "name": name, "data": [round(value, 2) for value in values],
             "symbol": "circle" if at == 0 else "emptyCircle", "symbolSize": 7,
             "lineStyle": {"width": 2, "type": "solid" if at == 0 else "dashed"}}
            for at, (name, values) in enumerate(series.items())
        ],
    }  # fmt: skip
    down = [None, *falls(series[_("Assets and contracts grow along")])]
    rows = [[label, number(size.units), fte(size.fte), eur(size.most_each, 2), "–" if fall is None else pct(fall, 1),
             eur(size.least_each, 2)]
            for label, size, fall in zip(labels, found, down, strict=True)]  # fmt: skip
    caption = _("Cost per unit (%(unit)s) against size, %(year)s") % {"unit": unit.lower(), "year": year}
    sentence = _("At %(low)s of today's size a unit costs %(much)s, at today's %(now)s, at %(high)s %(little)s.") % {
        "low": labels[0], "much": eur(found[0].most_each), "now": eur(found[len(found) // 2].most_each),
        "high": labels[-1], "little": eur(found[-1].most_each),
    }  # fmt: skip
    head = [_("Size"), unit, _("FTE"), _("Per unit, grow along"), _("Cheaper than one size down"),
            _("Per unit, stand still")]  # fmt: skip
    return Chart("scale", caption, sentence, options, head, rows, _("The axis does not start at zero."))
