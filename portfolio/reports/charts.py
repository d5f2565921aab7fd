"""Charts as plain ECharts options, each with its table twin and the sentence that says what it shows.

Colors are names of tokens ("--app-good") and formats are words: ``charts.js`` fills both in, so that options stay
JSON and one look holds for every chart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from portfolio.templatetags.figures import eur, eur_signed, fte, fte_signed, month, number, number_signed

EUR, FTE = "eur", "fte"
FORMATS: dict[str, dict[str, Any]] = {
    EUR: {"prefix": "€\N{NO-BREAK SPACE}", "decimals": 0},
    FTE: {"unit": "fte", "decimals": 2, "axis_decimals": 0},
}
#: One per series where several stand on a line.
SIGNS = ("circle", "rect", "diamond", "triangle")


@dataclass(frozen=True, eq=False)
class Chart:
    """``id`` is unique in its page; ``head`` and ``rows`` hold written figures; ``note`` says what else to know."""

    id: str
    caption: str
    sentence: str
    options: Mapping[str, Any]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = field(default="")

    @property
    def options_id(self) -> str:
        """Where the page keeps the options."""
        return f"{self.id}-options"


def stacked_area(
    id: str, caption: str, months: Sequence[Any], series: Mapping[str, Sequence[float]], *, unit: str = FTE
) -> Chart:
    """How a total is made up over time: one area per name in ``series``, one value per month."""
    totals = [sum(values) for values in zip(*series.values(), strict=True)]
    write = _writer(unit)
    labels = [month(each) for each in months]
    options = {
        "format": FORMATS.get(unit, {}),
        "xAxis": {"type": "category", "data": labels, "boundaryGap": False},
        "yAxis": {"type": "value"},
        "series": [
            {
                "type": "line", "name": name, "data": _plain(values), "stack": "all", "step": "end",
                "symbol": "none", "lineStyle": {"width": 1}, "areaStyle": {"opacity": 0.85},
            }
            for name, values in series.items()
        ],
    }  # fmt: skip
    rows = [
        [label, *(write(values[at]) for values in series.values()), write(totals[at])]
        for at, label in enumerate(labels)
    ]
    return Chart(
        id, caption, _over_time(labels, totals, write), options, [_("Month"), *series, _("Total")], rows
    )


def bridge(
    id: str, caption: str, start: tuple[str, float], steps: Sequence[tuple[str, float]], end_label: str,
    *, unit: str = EUR, good: str = "down",
) -> Chart:  # fmt: skip
    """From one figure to another in steps (a waterfall, lying down so that long names can be read).

    A step of nothing has no bar, but does stand in the table.
    """
    write, write_signed = _writer(unit), _signed_writer(unit)
    at, bars = start[1], [(start[0], 0.0, float(start[1]), "--app-brand", write(start[1]))]
    for label, amount in steps:
        if not amount:
            continue
        color = "--app-good" if (amount < 0) == (good == "down") else "--app-bad"
        bars.append((label, float(at), float(at + amount), color, write_signed(amount)))
        at += amount
    bars.append((end_label, 0.0, float(at), "--app-brand", write(at)))
    low = _cut(bars)
    levels = [end for bar in bars for end in bar[1:3]]
    options = {
        "format": FORMATS.get(unit, {}),
        "legend": None,
        "patterned": False,  # color says nothing here that the sign before each figure does not
        "tooltip": {"show": False},  # every bar prints its own figure
        "grid": {"right": 84},
        "xAxis": {"type": "value", "min": low or min(levels), "max": max(levels), "axisLabel": {"show": False}},
        "yAxis": {"type": "category", "inverse": True, "data": [bar[0] for bar in bars],
                  "axisLabel": _names([bar[0] for bar in bars])},
        "series": _floating(bars, low),
    }  # fmt: skip
    rows = [[label, write_signed(amount)] for label, amount in steps]
    rows = [[start[0], write(start[1])], *rows, [end_label, write(at)]]
    sentence = _("%(from)s: %(start)s. %(to)s: %(end)s. Difference: %(difference)s.") % {
        "from": start[0], "start": write(start[1]), "to": end_label, "end": write(at),
        "difference": write_signed(at - start[1]),
    }  # fmt: skip
    note = _("The axis starts at %(low)s.") % {"low": write(low)} if low else ""
    return Chart(id, caption, sentence, options, [_("Step"), _("Amount")], rows, note)


def bars(
    id: str, caption: str, labels: Sequence[str], series: Mapping[str, Sequence[float]], *,
    unit: str = EUR, sentence: str = "", label_head: str = "",
) -> Chart:  # fmt: skip
    """Things beside each other, such as was and becomes per participant."""
    write = _writer(unit)
    # Was and becomes: gray beside the color of the scenario tells them apart without a pattern.
    colors = (
        ["--app-line-strong", "--scenario"]
        if len(series) == 2
        else ["--scenario"]
        if len(series) == 1
        else []
    )
    options = {
        "format": FORMATS.get(unit, {}),
        "patterned": not colors,
        "xAxis": {"type": "value", "splitNumber": 4},
        "yAxis": {"type": "category", "inverse": True, "data": list(labels), "axisLabel": _names(labels)},
        "series": [
            {"type": "bar", "name": name, "data": _plain(values), "barMaxWidth": 18, "barGap": "10%"}
            | ({"itemStyle": {"color": colors[at]}} if colors else {})
            for at, (name, values) in enumerate(series.items())
        ],
    }  # fmt: skip
    rows = [[label, *(write(values[at]) for values in series.values())] for at, label in enumerate(labels)]
    return Chart(
        id,
        caption,
        sentence or _largest(caption, labels, series, write),
        options,
        [label_head or "", *series],
        rows,
    )


def dots(
    id: str, caption: str, labels: Sequence[str], series: Mapping[str, Sequence[float | None]], *,
    unit: str = EUR, sentence: str, label_head: str = "", whole: Sequence[float | None] = (), note: str = "",
) -> Chart:  # fmt: skip
    """Several figures per thing on one line, each with a sign of its own; what is not known has no dot.

    With ``whole`` they are drawn as a percentage of that, so that small and large things can be compared.
    """
    write = _writer(unit)
    drawn = {
        name: [_percentage(value, of) for value, of in zip(values, whole, strict=True)] if whole else values
        for name, values in series.items()
    }
    options = {
        "format": {"unit": "%", "decimals": 0} if whole else FORMATS.get(unit, {}),
        "patterned": False,  # the signs differ
        "legend": {"icon": None},
        "xAxis": {"type": "value", "splitNumber": 4, "scale": bool(whole)},
        "yAxis": {"type": "category", "inverse": True, "data": list(labels), "axisLabel": _names(labels),
                  "boundaryGap": True},
        "series": [
            {"type": "line", "name": name, "data": _plain(values), "symbol": SIGNS[at % len(SIGNS)], "symbolSize": 13,
             "lineStyle": {"width": 0}, "itemStyle": {"opacity": 0.9}, "connectNulls": False}
            for at, (name, values) in enumerate(drawn.items())
        ],
    }  # fmt: skip
    rows = [[label, *(write(values[at]) for values in series.values())] for at, label in enumerate(labels)]
    return Chart(id, caption, sentence, options, [label_head, *series], rows, note)


def _percentage(value: float | None, of: float | None) -> float | None:
    return None if value is None or not of else 100 * value / of


def _writer(unit: str) -> Any:
    return {EUR: eur, FTE: lambda value: fte(value, "unit")}.get(unit, number)


def _signed_writer(unit: str) -> Any:
    return {EUR: eur_signed, FTE: lambda value: fte_signed(value, "unit")}.get(unit, number_signed)


def _names(labels: Sequence[str]) -> dict[str, Any]:
    """Names beside lying bars: room for the longest, and long ones on two lines."""
    longest = max((len(label) for label in labels), default=0)
    return {"width": min(135, 8 * longest), "overflow": "break", "lineHeight": 15, "color": "--app-ink"}


def _plain(values: Sequence[Any]) -> list[float | None]:
    """numpy's numbers as JSON knows them; what is missing leaves a gap."""
    return [None if value is None or value != value else round(float(value), 6) for value in values]


def _over_time(labels: Sequence[str], totals: Sequence[float], write: Any) -> str:
    if not totals:
        return _("There is nothing to show yet.")
    most = max(range(len(totals)), key=lambda at: totals[at])
    words = {"start": write(totals[0]), "from": labels[0], "end": write(totals[-1]), "until": labels[-1]}
    if totals[most] > max(totals[0], totals[-1]):
        return _("From %(start)s in %(from)s to %(end)s in %(until)s; at most %(most)s, in %(at)s.") % {
            **words, "most": write(totals[most]), "at": labels[most],
        }  # fmt: skip
    return _("From %(start)s in %(from)s to %(end)s in %(until)s.") % words


def _largest(caption: str, labels: Sequence[str], series: Mapping[str, Sequence[float]], write: Any) -> str:
    name, values = list(series.items())[-1]
    if not len(values):
        return _("There is nothing to show yet.")
    top, low = (pick(range(len(values)), key=lambda at: values[at]) for pick in (max, min))
    return _("%(caption)s, %(name)s: most for %(top)s (%(most)s), least for %(low)s (%(least)s).") % {
        "caption": caption, "name": name, "top": labels[top], "most": write(values[top]),
        "low": labels[low], "least": write(values[low]),
    }  # fmt: skip


def _cut(bars: Sequence[tuple[str, float, float, str, str]]) -> float:
    """Where the axis starts: at zero, unless the steps would be slivers beside the totals."""
    levels = [end for _label, _start, end, _color, _text in bars]
    low, high = min(levels), max(levels)
    if low <= 0 or high - low > low / 2:
        return 0
    size = 10 ** (len(str(int(high - low))) - 1) if high > low else 10 ** (len(str(int(low))) - 1)
    return max(0, int((low - (high - low) * 0.6) // size * size))


def _floating(bars: Sequence[tuple[str, float, float, str, str]], low: float) -> list[dict[str, Any]]:
    """A bar from start to end is an invisible one up to its nearest side of zero, and a visible one on top of it.

    ECharts stacks positive and negative values apart, so a bar across zero is one of each.
    """
    hidden, above, below = [], [], []
    for _label, start, end, color, text in bars:
        bottom, top = sorted((max(start, low), max(end, low)) if low else (start, end))
        style = {"color": color}
        positive, negative = max(top, 0) - max(bottom, 0), min(bottom, 0) - min(top, 0)
        hidden.append(max(bottom, 0) or min(top, 0))
        above.append(
            {"value": positive or None, "itemStyle": style, "text": text if positive or not negative else ""}
        )
        below.append(
            {"value": negative or None, "itemStyle": style, "text": text if negative and not positive else ""}
        )
    shown = {"type": "bar", "stack": "all", "barMaxWidth": 22, "label": {"show": True, "position": "right"}}
    ghost = {"color": "transparent", "decal": {"symbol": "none"}}
    return [
        {
            "type": "bar",
            "stack": "all",
            "data": hidden,
            "itemStyle": ghost,
            "silent": True,
            "barMaxWidth": 22,
        },
        {**shown, "name": "above", "data": above},
        {**shown, "name": "below", "data": below},
    ]
