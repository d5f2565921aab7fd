"""Why a contribution changes, in a sentence: the largest steps first, what stands against them, nothing invented."""

import pytest
from django.utils import translation

from portfolio.engine.comparison import Step
from portfolio.reports.bill_tables import sheet_names
from portfolio.reports.contributions import why_chart
from portfolio.reports.payers import Payer
from portfolio.reports.reasons import because


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def payer(was, becomes, **exact):
    steps = {Step(step): float(amount) for step, amount in exact.items()}
    return Payer("A", "Alfa", was, becomes, None, 0.0, 0.0, steps or dict.fromkeys(Step, 0.0))


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (payer(100.0, 190.0, portfolio=80, key=10), "Mostly because of other services (+€80)."),
        (
            payer(100.0, 190.0, portfolio=50, interaction=40),
            "Mostly because of other services (+€50) and what the changes do together (+€40).",
        ),
        (
            payer(100.0, 60.0, portfolio=-90, indexation=50),
            "Mostly because of other services (−€90). Against that stands: growth of wages and prices (+€50).",
        ),
        (payer(100.0, 11.0, portfolio=-90, indexation=1), "Mostly because of other services (−€90)."),
        (
            payer(100.0, 100.0, volume=5, key=-5),
            "The steps cancel each other out; the largest are another sharing key (−€5) and other volumes (+€5).",
        ),
        (payer(0.0, 0.0), "Nothing changes: no step does anything in this year."),
        (payer(None, 90.0), "What Alfa pays today is not known, so the change cannot be explained."),
    ],
)
def test_it_names_what_does_most(one, said):
    assert because(one) == said


def test_interaction_is_a_bar_of_its_own_and_a_step_of_nothing_stands_in_the_table_alone():
    chart = why_chart(payer(100.0, 120.0, portfolio=15, interaction=5, key=0), 2029)

    assert chart.options["yAxis"]["data"] == ["Today", "Other services", "Combined effect", "In 2029"]
    assert ["Combined effect", "+€5"] in chart.rows
    assert ["Other sharing key", "±€0"] in chart.rows
    assert [chart.rows[0][1], chart.rows[-1][1]] == ["€100", "€120"]


@pytest.mark.parametrize("one", [payer(0.0, 0.0), payer(None, 90.0)])
def test_without_a_change_or_without_today_there_is_no_chart(one):
    assert why_chart(one, 2029) is None


def test_bars_below_zero_are_in_sight():
    axis = why_chart(payer(10.0, -40.0, portfolio=-50), 2029).options["xAxis"]

    assert (axis["min"], axis["max"]) == (-40.0, 10.0)


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["A/B: [x]", "a b  X"], ["A B x", "a b X 2"]),
        (["'", "History", ""], ["x", "History 2", "x 2"]),
        (["B" * 40, "b" * 40], ["B" * 31, "b" * 29 + " 2"]),
    ],
)
def test_sheets_have_names_that_excel_takes(titles, names):
    assert sheet_names(titles) == names
