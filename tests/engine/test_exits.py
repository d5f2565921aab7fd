"""Exit sums and dates, worked out by hand and against the one case that was published with its dates."""

from datetime import date
from fractions import Fraction

import pytest

from portfolio.engine.exits import (
    COURT_PERCENTAGES,
    Damage,
    Yearly,
    by_damage,
    by_percentages,
    earliest_exit,
    percentages,
)
from portfolio.engine.terms import ExitBase

LEAVES = date(2029, 1, 1)


def plan_of(amounts):
    return lambda year: Yearly(year, amounts.get(year), "plan")


def test_bergen_op_zoom_asked_on_3_july_2020_and_was_out_on_1_january_2022():
    """ICT Samenwerking West-Brabant-West: exit per 31 December 2021; a year's notice and only on 1 January fit it."""
    assert earliest_exit(date(2020, 7, 3), 12, True) == date(2022, 1, 1)


@pytest.mark.parametrize(
    ("given", "months", "only_january", "out"),
    [
        (date(2027, 12, 31), 12, True, date(2029, 1, 1)),
        (date(2028, 1, 1), 12, True, date(2029, 1, 1)),
        (date(2028, 1, 2), 12, True, date(2030, 1, 1)),
        (date(2027, 8, 31), 6, False, date(2028, 3, 1)),
        (date(2027, 8, 1), 0, False, date(2027, 8, 1)),
        (date(2027, 11, 30), 0, True, date(2028, 1, 1)),
    ],
)
def test_notice_runs_and_then_the_first_of_a_month_or_of_january_comes(given, months, only_january, out):
    assert earliest_exit(given, months, only_january) == out


def test_the_courts_percentages_are_three_contributions_of_the_last_year():
    found = by_percentages(
        percentages(COURT_PERCENTAGES), plan_of({2028: 1_000_001}), LEAVES, ExitBase.LAST_YEAR
    )

    assert [(line.year, line.eur) for line in found.lines] == [
        (2029, 1_000_001), (2030, 800_001), (2031, 600_001), (2032, 400_000), (2033, 200_000),
    ]  # fmt: skip
    assert found.total == 3_000_003 == sum(line.eur for line in found.lines)


def test_percentages_of_each_year_take_each_years_contribution():
    found = by_percentages(percentages("100/50"), plan_of({2029: 100, 2030: 300}), LEAVES, ExitBase.EACH_YEAR)

    assert [line.eur for line in found.lines] == [100, 150]


def test_an_unknown_contribution_gives_no_sum():
    assert by_percentages(percentages("100"), plan_of({}), LEAVES, ExitBase.LAST_YEAR).total is None
    assert by_percentages([], plan_of({2028: 1}), LEAVES, ExitBase.LAST_YEAR).total is None


def test_damage_is_added_up_per_year_and_beyond_the_bridging_years_it_does_not_count():
    lines = [Damage("rent", Fraction("100.50"), 2029, 2034), Damage("move", Fraction("0.50"), 2029, 2029)]

    assert by_damage(lines, LEAVES).total == 604  # 603.50, half up
    bridged = by_damage(lines, LEAVES, 5)
    assert bridged.total == 503
    assert [line.year for line in bridged.lines if not line.is_counted] == [2034]


def test_no_line_is_no_sum_rather_than_nothing():
    assert by_damage([], LEAVES).total is None
