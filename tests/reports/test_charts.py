"""Charts as data: the options, the table twin and the sentence tell the same figures."""

import json

import numpy as np
import pytest
from django.utils import translation

from portfolio.reports import charts


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def tops(chart: charts.Chart) -> list[tuple[float, float]]:
    """Where each visible bar of a bridge starts and ends, once stacked."""
    hidden, above, below = (one["data"] for one in chart.options["series"])
    return [
        (base, base + (up["value"] or 0)) if up["value"] else (base, base + (down["value"] or 0))
        for base, up, down in zip(hidden, above, below, strict=True)
    ]


def test_area_over_time() -> None:
    chart = charts.stacked_area(
        "fte", "FTE", ["2027-01", "2027-02"], {"A": np.array([1.0, 2.0]), "B": [3.0, float("nan")]}
    )
    assert chart.options["series"][0]["data"] == [1.0, 2.0]
    assert chart.options["series"][1]["data"] == [3.0, None]
    assert [row[1] for row in chart.rows] == [
        "1.00 FTE".replace(" ", "\u00a0"),
        "2.00 FTE".replace(" ", "\u00a0"),
    ]
    assert len(chart.head) == len(chart.rows[0]) == 4
    json.dumps(chart.options)


def test_area_names_its_peak() -> None:
    chart = charts.stacked_area("fte", "FTE", ["2027-01", "2027-02", "2027-03"], {"A": [1.0, 5.0, 2.0]})
    assert "at most 5.00" in chart.sentence
    assert charts.stacked_area("fte", "FTE", [], {}).sentence == "There is nothing to show yet."


def test_bridge_walks_from_start_to_end() -> None:
    chart = charts.bridge("b", "Why", ("Now", 100), [("More", 30), ("Less", -50)], "Then")
    assert tops(chart) == [(0, 100), (100, 130), (80, 130), (0, 80)]
    assert [row[0] for row in chart.rows] == ["Now", "More", "Less", "Then"]
    assert chart.rows[2][1] == "−€50"
    assert "€80" in chart.sentence
    assert "−€20" in chart.sentence
    json.dumps(chart.options)


def test_bridge_below_zero() -> None:
    chart = charts.bridge("b", "Why", ("Now", -10), [("Less", -5), ("More", 25)], "Then")
    hidden, above, below = (one["data"] for one in chart.options["series"])
    assert below[0]["value"] == -10
    assert (hidden[1], below[1]["value"]) == (-10, -5)
    assert (hidden[2], above[2]["value"], below[2]["value"]) == (0, 10, -15), (
        "across zero is one bar on each side"
    )
    assert above[3]["value"] == 10


def test_bridge_whose_steps_would_be_slivers_says_where_its_axis_starts() -> None:
    chart = charts.bridge("b", "Why", ("Now", 1_714_000), [("More", 27_000)], "Then")
    assert 0 < chart.options["xAxis"]["min"] < 1_714_000
    assert "The axis starts at" in chart.note


def test_bars_color_was_and_becomes() -> None:
    chart = charts.bars("b", "Contribution", ["A", "B"], {"was": [3, 1], "becomes": [2, 4]})
    assert [one["itemStyle"]["color"] for one in chart.options["series"]] == [
        "--app-line-strong",
        "--scenario",
    ]
    assert "most for B (€4)" in chart.sentence
    assert charts.bars("b", "Contribution", [], {"was": []}).sentence == "There is nothing to show yet."
