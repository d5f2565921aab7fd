"""Laws of growing into a division: every year adds up, the last is the new one, and only the new one is left after."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.engine.phase_in import phased_in, weights, whole

amounts = st.floats(0, 5e6)


@st.composite
def divisions(draw):
    people, years = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    table = st.lists(amounts, min_size=people * years, max_size=people * years)
    new, old = (np.array(draw(table)).reshape(people, years) for _ in range(2))
    return new, old, draw(st.integers(1, 8))


@settings(max_examples=60, deadline=None)
@given(divisions())
def test_every_year_adds_up_and_the_last_is_the_new_division(drawn):
    new, old, years = drawn

    path, there = phased_in(new, old, years), whole(new)

    assert (path.sum(axis=0) == there.sum(axis=0)).all()
    assert (path[:, years - 1 :] == there[:, years - 1 :]).all()
    assert ((path - there).sum(axis=0) == 0).all()


@settings(max_examples=60, deadline=None)
@given(divisions())
def test_each_share_lies_between_the_old_and_the_new_one(drawn):
    new, old, years = drawn
    paid = old.sum(axis=0)
    held = paid > 1
    by_old = old[:, held] / paid[held] * new[:, held].sum(axis=0)

    path = phased_in(new, old, years)[:, held]

    assert (path <= np.maximum(by_old, new[:, held]) + 1).all()
    assert (path >= np.minimum(by_old, new[:, held]) - 1).all()


def test_one_year_is_no_path():
    new, old = np.array([[60.4, 60.4], [39.6, 39.6]]), np.array([[1.0, 1.0], [3.0, 3.0]])

    assert (phased_in(new, old, 1) == whole(new)).all()


def test_the_part_of_the_new_division_rises_by_equal_steps():
    assert weights(5, 4).tolist() == [0.25, 0.5, 0.75, 1.0, 1.0]


def test_a_year_without_old_contributions_takes_the_new_division():
    assert phased_in(np.array([[70.0], [30.0]]), np.zeros((2, 1)), 3).tolist() == [[70], [30]]


@pytest.mark.parametrize(("old", "years"), [([[np.nan]], 2), ([[-1.0]], 2), ([[1.0]], 0)])
def test_what_is_unknown_has_no_path(old, years):
    with pytest.raises(ValueError, match=r"not known|one year"):
        phased_in(np.array([[1.0]]), np.array(old), years)
