"""Payers: whole euros that close, totals that know what they do not know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.engine.comparison import Step
from portfolio.reports.contributions import message
from portfolio.reports.payers import Contributions, Payer, everyone, per_inhabitant, total_of, whole_euros

AMOUNTS = st.dictionaries(st.text(max_size=3), st.floats(-1e7, 1e7), min_size=1, max_size=8)


@given(AMOUNTS)
def test_whole_euros_reach_the_stated_total_and_only_the_largest_is_touched(amounts):
    total = round(sum(amounts.values()))

    whole = whole_euros(amounts, total)

    assert sum(whole.values()) == total
    assert sum(abs(whole[key] - amounts[key]) > 0.5 + 1e-6 for key in amounts) <= 1


def test_a_step_of_nothing_shows_nothing():
    assert whole_euros({"key": -0.04, "portfolio": 1000.54}, 1001) == {"key": 0, "portfolio": 1001}


def payer(was, becomes, **more):
    given = {"code": "A", "name": "Alfa", "inhabitants": 1000.0, "own_was": 100.0, "own_becomes": 40.0} | more
    return Payer(was=was, becomes=becomes, **given)


def test_a_total_with_something_unknown_is_unknown():
    total = total_of([payer(10.0, 12.0), payer(None, 5.0)])

    assert (total.was, total.becomes, total.difference, total.together_difference) == (None, 17.0, None, None)


def test_everyone_leaves_out_who_is_unknown_and_says_so():
    found = Contributions(2030, 12, [payer(10.0, 12.0), payer(None, 5.0)], total_of([]), 17.0)

    assert everyone(found).becomes == 12.0
    assert (
        everyone(found).name
        != everyone(Contributions(2030, 12, [payer(1.0, 2.0)], payer(1.0, 2.0), 2.0)).name
    )


def test_per_inhabitant_counts_only_who_has_inhabitants():
    mean = per_inhabitant([payer(1000.0, 3000.0), payer(500.0, 600.0, inhabitants=None)])

    assert (mean.was_each, mean.becomes_each) == (1.0, 3.0)


def test_the_main_reason_is_the_largest_step():
    one = payer(100.0, 180.0, exact={Step.VOLUME: 100.0, Step.PORTFOLIO: -20.0, Step.KEY: 0.2})

    assert [amount for _label, _meaning, amount in one.reasons] == [100, -20]
    assert one.main_reason[2] == 100


@pytest.mark.parametrize(
    ("was", "becomes", "kind"), [(100.0, 90.0, "ok"), (100.0, 100.0, "ok"), (100.0, 300.0, "")]
)
def test_the_message_judges_contribution_and_own_effort_together(was, becomes, kind):
    one = payer(was, becomes)

    assert message(Contributions(2030, 12, [one], total_of([one]), becomes))["kind"] == kind


def test_without_any_known_contribution_there_is_still_a_message():
    one = payer(None, 5.0)

    assert message(Contributions(2030, 12, [one], total_of([one]), 5.0))["kind"] == "plain"
