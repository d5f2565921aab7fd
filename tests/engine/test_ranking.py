"""Ranking by weights: exact turning points against a walk along the weight, shares against areas known by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.engine.ranking import TIE, complete, first_shares, ranks, totals, turns


@st.composite
def comparisons(draw):
    """Scores in halves from 1 to 5 and whole weights, as people give them."""
    options, criteria = draw(st.integers(2, 5)), draw(st.integers(1, 7))
    scores = draw(
        st.lists(
            st.lists(st.integers(2, 10), min_size=criteria, max_size=criteria),
            min_size=options,
            max_size=options,
        )
    )
    weights = draw(st.lists(st.integers(0, 6), min_size=criteria, max_size=criteria))
    return np.array(scores) / 2, np.array(weights, dtype=float)


def firsts(scores, weights):
    """Who comes first, by looking at the totals."""
    sums = scores @ weights
    return {int(at) for at in np.flatnonzero(sums >= sums.max() - 1e-9)}


@settings(max_examples=60, deadline=None)
@given(comparisons())
def test_the_first_stays_first_up_to_the_turning_point_and_not_beyond(comparison):
    scores, weights = comparison
    if not weights.any() or len(first := firsts(scores, weights)) > 1:
        assert all(turn.below is turn.above is None for turn in turns(scores, weights))
        return
    for at, found in enumerate(turns(scores, weights)):
        low = found.below.weight if found.below else 0.0
        high = found.above.weight if found.above else weights[at] + 1_000.0
        assert low < weights[at] < high or low == weights[at] == 0.0
        for weight in np.linspace(low, high, 41)[1:-1]:
            moved = weights.copy()
            moved[at] = weight
            assert not moved.any() or firsts(scores, moved) == first
        for turn, way in ((found.below, -1), (found.above, 1)):
            if turn is not None:
                moved = weights.copy()
                moved[at] = turn.weight + way * min(1e-4, turn.weight / 2)
                assert firsts(scores, moved) == set(turn.options)
                assert not first & set(turn.options)


@settings(max_examples=40, deadline=None)
@given(comparisons(), st.floats(0.1, 50))
def test_only_the_proportion_of_weights_counts(comparison, factor):
    scores, weights = comparison
    if not weights.any():
        assert totals(scores, weights) is None
        return
    np.testing.assert_allclose(totals(scores, weights), totals(scores, weights * factor), atol=1e-9)
    assert ranks(totals(scores, weights)) == ranks(totals(scores, weights * factor))


def test_two_options_turn_where_their_lines_cross():
    # 5 w + 2 against 1 w + 4, first alike at w = 0.5
    [found, other] = turns(np.array([[5.0, 1.0], [1.0, 2.0]]), np.array([1.0, 2.0]))

    assert found.below.weight == pytest.approx(0.5)
    assert found.below.options == (1,)
    assert found.above is None
    assert other.above.weight == pytest.approx(4.0)
    assert other.below is None


def test_weights_that_are_all_zero_rank_nothing():
    scores = np.array([[5.0, 1.0], [1.0, 2.0]])

    assert totals(scores, np.zeros(2)) is None
    assert all(found.below is found.above is None for found in turns(scores, np.zeros(2)))


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([[5, 1], [1, 5]], [1 / 2, 1 / 2]),
        ([[3, 1], [1, 2]], [2 / 3, 1 / 3]),  # level at w1 = 1/3
        ([[3, 3], [2, 2]], [1, 0]),
        ([[3, 3], [3, 3]], [1 / 2, 1 / 2]),
        ([[5, 1, 1], [1, 5, 1], [1, 1, 5]], [1 / 3, 1 / 3, 1 / 3]),
        ([[2]], [1]),
    ],
)
def test_shares_of_weightings_are_the_areas_they_estimate(scores, expected):
    found = first_shares(np.array(scores, dtype=float), samples=20_000, seed=1)

    np.testing.assert_allclose(found, expected, atol=0.015)
    assert found.sum() == pytest.approx(1)


def test_the_same_seed_gives_the_same_shares():
    scores = np.array([[5.0, 1.0], [1.0, 5.0]])

    assert (
        first_shares(scores, samples=100, seed=7).tolist()
        == first_shares(scores, samples=100, seed=7).tolist()
    )


def test_nothing_judged_ranks_nothing():
    assert complete([]) == complete([[None, None]]) == ([], [])
    assert first_shares(np.zeros((2, 0)), samples=10, seed=0).tolist() == [0, 0]


def test_what_is_level_shares_a_place():
    assert ranks(np.array([2.0, 2.0 + TIE / 2, 1.0])) == [1, 1, 3]
