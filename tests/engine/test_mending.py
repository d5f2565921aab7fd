"""The smallest change that keeps everyone in, and the scans that name who would leave, against brute force."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from portfolio.engine.games import CostGame, core_violations, count_violations, nucleolus
from portfolio.engine.mending import Mending
from portfolio.engine.subsets import rows_of, subset_sums

law = settings(max_examples=25, deadline=None)
CENT = 0.005


def game_of(players: int, seed: int) -> CostGame:
    """Concave in size, so that its core is not empty; the same sizes again and again, so that answers tie."""
    rng = np.random.default_rng(seed)
    sizes = rng.choice([1.0, 2.0, 5.0], players)
    costs = 10_000 * np.sqrt(subset_sums(sizes)) + subset_sums(rng.choice([0.0, 500.0], players))
    return CostGame.from_table([f"P{place:02}" for place in range(players)], costs)


def divisions(game: CostGame, seed: int, count: int = 4) -> list[dict[str, float]]:
    rng = np.random.default_rng(seed)
    shares = [np.ones(len(game.players)), *rng.random((count, len(game.players)))]
    return [
        dict(zip(game.players, (game.total * share / share.sum()).tolist(), strict=True)) for share in shares
    ]


@law
@given(st.integers(2, 8), st.integers(0, 10**6))
def test_a_mending_is_the_least_that_keeps_everyone_in(players, seed):
    game = game_of(players, seed)
    mending = Mending(game, CENT)
    rows = rows_of(np.arange(1, (1 << players) - 1), players).astype(float)
    for division in divisions(game, seed):
        change = mending.mended(division)
        start = np.array(list(division.values()))
        least = linprog(
            np.ones(2 * players),
            A_ub=np.hstack([rows, -rows]),
            b_ub=game.table[1:-1] - rows @ start + CENT / 2,
            A_eq=np.append(np.ones(players), -np.ones(players))[None],
            b_eq=[0],
        )
        assert change is not None
        assert sum(change.values()) == pytest.approx(0, abs=1e-5)
        assert sum(map(abs, change.values())) == pytest.approx(least.fun, rel=1e-4, abs=0.01)
        after = {code: paid + change[code] for code, paid in division.items()}
        assert core_violations(game, after, CENT) == []


@law
@given(st.integers(2, 9), st.integers(0, 10**6))
def test_what_was_mended_before_changes_no_answer(players, seed):
    game = game_of(players, seed)
    mending, asked = Mending(game, CENT), divisions(game, seed)
    for division in [*asked, *reversed(asked)]:
        assert mending.mended(division) == pytest.approx(Mending(game, CENT).mended(division), abs=1e-3)


def test_nothing_mends_a_division_of_a_game_without_a_core():
    costs = np.array([0.0, 1, 1, 1.2, 1, 1.2, 1.2, 3])
    game = CostGame.from_table("abc", costs)
    assert Mending(game, CENT).mended({"a": 1.0, "b": 1.0, "c": 1.0}) is None
    assert core_violations(game, nucleolus(game), CENT, most=1)


@pytest.mark.parametrize("players", [1, 2, 13, 14, 16])
def test_a_scan_in_blocks_names_and_counts_what_a_plain_one_does(players):
    game = game_of(players, players)
    for tolerance in (-1e9, CENT, 2000.0):
        for division in divisions(game, players, 1):
            amounts = np.array(list(division.values()))
            excess = (subset_sums(amounts) - game.table)[1:-1]
            expected = np.sort(excess[excess > tolerance])[::-1]
            assert count_violations(game, division, tolerance) == len(expected)
            found = core_violations(game, division, tolerance, most=50)
            assert [gap for _, gap in found] == pytest.approx(expected[:50], abs=1e-6)
            for members, gap in found[:5]:
                inside = np.array([code in members for code in game.players])
                assert gap == pytest.approx(amounts[inside].sum() - game.costs_of(inside[None])[0])


def test_of_equal_excesses_the_smaller_group_and_then_the_first_stands_first():
    # Every pair pays 2 more than its cost, give or take what 0.1 + 0.2 leaves behind: that must not decide the order.
    players = [f"P{place:02}" for place in range(15)]
    own = 0.1 * np.arange(1, 16)
    costs = subset_sums(own) + 100.0 * (subset_sums(np.ones(15)) != 2)
    costs[0] = 0
    paid = dict(zip(players, (own + 1).tolist(), strict=True))
    found = core_violations(CostGame.from_table(players, costs), paid, CENT, most=20)
    pairs = list(combinations(players, 2))
    assert [tuple(sorted(members)) for members, _ in found] == pairs[:20]


def test_a_table_in_another_order_is_the_same_game():
    costs = np.array([0.0, 1, 2, 2.5, 4, 4.5, 5, 6])  # of b, a, c: bits 1, 2 and 4
    game = CostGame.from_table("bac", costs)
    assert game.costs_of(np.array([[True, False, False], [True, True, False]])).tolist() == [2.0, 2.5]
    assert nucleolus(game) == pytest.approx(
        nucleolus(CostGame.from_table("abc", costs[[0, 2, 1, 3, 4, 6, 5, 7]]))
    )


@pytest.mark.parametrize(
    ("players", "costs", "said"),
    [
        ("ab", [0, 1, 2], "need 4 costs"),
        ("ab", [1, 1, 2, 3], "the first 0"),
        ("ab", [0, 1, np.nan, 3], "cost of {b} is nan"),
        ("aa", [0, 1, 2, 3], "occurs twice"),
        (range(23), [0.0], "too many coalitions"),
    ],
)
def test_a_wrong_table_is_refused(players, costs, said):
    with pytest.raises(ValueError, match=said):
        CostGame.from_table(players, np.array(costs, dtype=float))


def test_a_search_works_beyond_what_one_word_holds():
    game = CostGame.from_function(range(70), lambda rows: 100 + 10.0 * rows.sum(axis=1))
    fair = dict.fromkeys(range(70), game.total / 70)
    assert core_violations(game, fair) == []
    first, excess = core_violations(game, {**fair, 0: 200.0, 1: fair[1] + fair[0] - 200.0})[0]
    assert 0 in first
    assert excess > 50
