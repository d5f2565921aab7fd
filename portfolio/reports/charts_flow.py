"""The picture of people going from old functions to new ones, with its table twin."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.reports.charts import Chart


def sankey(
    id: str, caption: str, flows: Sequence[tuple[str, str, int]], *, smallest: int = 1, lost: str = ""
) -> Chart:
    """Persons from the left to the right, those to `lost` in the color of a loss.

    Flows under `smallest` are drawn and written as "1 to 4", never as they are."""

    def shown(count: int) -> str:
        small = _("1 to %(most)s") % {"most": smallest - 1}
        return small if count < smallest else str(count)

    old, new = _totals(flows, 0), _totals(flows, 1)
    # A function may stand at both sides, so the two sides have names of their own.
    nodes = [
        {
            "name": f"{side} {name}",
            "text": f"{name}, {shown(count)}",
            "depth": side,
            "itemStyle": {"color": _color(name, lost)},
            "label": {"position": "left" if side else "right"},
        }
        for side, totals in enumerate((old, new))
        for name, count in totals.items()
    ]
    links = [
        {
            "source": f"0 {one}",
            "target": f"1 {other}",
            "value": max(count, smallest / 2),
            "lineStyle": {"color": _color(other, lost), "opacity": 0.3},
        }
        for one, other, count in flows
    ]
    options = {
        "legend": None,
        "patterned": False,
        "tooltip": {"show": False},  # every function prints its own figure
        "series": [
            {
                "type": "sankey", "data": nodes, "links": links, "left": 8, "right": 8, "top": 8, "bottom": 8,
                "nodeGap": 14, "nodeWidth": 10, "draggable": False, "layoutIterations": 48,
                "label": {"show": True}, "emphasis": {"disabled": True},
            }
        ],
    }  # fmt: skip
    largest = max(flows, key=lambda flow: flow[2])
    total = sum(count for _one, _other, count in flows)
    sentence = ngettext(
        "%(total)s person goes from %(old)s old functions to %(new)s places.",
        "%(total)s persons go from %(old)s old functions to %(new)s places.",
        total,
    ) % {"total": total, "old": len(old), "new": len(new)}
    if largest[2] >= smallest:
        sentence += " " + _("The largest flow is %(old)s to %(new)s: %(count)s.") % {
            "old": largest[0], "new": largest[1], "count": largest[2],
        }  # fmt: skip
    note = (
        _("Groups of %(most)s persons or fewer are not told apart.") % {"most": smallest - 1}
        if smallest > 1
        else ""
    )
    rows = [[one, other, shown(count)] for one, other, count in flows]
    return Chart(
        id, caption, sentence, options, [_("Old function"), _("New function"), _("Persons")], rows, note
    )


def _totals(flows: Sequence[tuple[str, str, int]], side: int) -> dict[str, int]:
    totals: dict[str, int] = {}
    for flow in flows:
        name = (flow[0], flow[1])[side]
        totals[name] = totals.get(name, 0) + flow[2]
    return totals


def _color(name: str, lost: str) -> str:
    return "--app-bad" if name == lost else "--app-brand"
