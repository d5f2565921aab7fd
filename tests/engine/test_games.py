"""What the solutions of cost games promise: laws that hold for every game, and brute force as an oracle."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from portfolio.engine.games import (
    CostGame,
    core_violations,
    kohlberg,
    nucleolus,
    scrb,
    shapley,
    shapley_sampled,
)

law = settings(max_examples=15, deadline=None)
SOLUTIONS = [shapley, nucleolus, scrb]


def coalitions(players) -> list[frozenset]:
    return [
        frozenset(who) for size in range(1, len(players) + 1) for who in itertools.combinations(players, size)
    ]


@st.composite
def games(draw, most: int = 5) -> tuple[list[str], dict[frozenset, float]]:
    """Players and costs in all sorts: many ties, additive, subadditive, anything; large and tiny amounts."""
    players = list("abcdef"[: draw(st.integers(1, most))])
    unit = draw(st.sampled_from([1e-6, 1, 1e9]))
    highest = draw(st.sampled_from([0, 1, 3, 1000]))
    alone = [draw(st.integers(0, highest)) for _ in players]
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    kind = draw(st.sampled_from(["any", "additive", "subadditive"]))
    costs = {}
    for who in coalitions(players):
        sum_alone = sum(alone[players.index(player)] for player in who)
        costs[who] = {
            "any": int(rng.integers(-highest, highest + 1)),
            "additive": sum_alone,
            "subadditive": max(alone[players.index(player)] for player in who) + math.isqrt(sum_alone),
        }[kind] * unit
    return players, costs


def size_of(costs: dict) -> float:
    return max(1e-12, *(abs(cost) for cost in costs.values()))


@law
@given(games())
def test_every_solution_adds_up_to_the_total(drawn) -> None:
    game, size = CostGame(*drawn), size_of(drawn[1])
    for solve in SOLUTIONS:
        found = solve(game)
        assert list(found) == drawn[0]
        assert math.fsum(found.values()) == pytest.approx(game.total, abs=1e-12 * size)


@law
@given(games(), st.permutations(range(5)))
def test_the_order_of_players_changes_nothing(drawn, order) -> None:
    players, costs = drawn
    shuffled = [players[place] for place in order if place < len(players)]
    game, other = CostGame(players, costs), CostGame(shuffled, dict(reversed(costs.items())))
    for solve in SOLUTIONS:
        assert solve(game) == solve(other)
    assert shapley_sampled(game, 10, 3).values == shapley_sampled(other, 10, 3).values
    assert core_violations(game, shapley(game)) == core_violations(other, shapley(other))


@law
@given(games(), st.sampled_from([1e-3, 2.0, 1e6]), st.integers(-50, 50))
def test_solutions_move_along_with_scale_and_shift(drawn, scale, shift) -> None:
    players, costs = drawn
    own = {player: shift * (place + 1) * size_of(costs) for place, player in enumerate(players)}
    moved = {who: scale * (cost + sum(own[player] for player in who)) for who, cost in costs.items()}
    near = 1e-9 * size_of(moved)
    for solve in SOLUTIONS:
        expected = {player: scale * (cost + own[player]) for player, cost in solve(CostGame(*drawn)).items()}
        assert solve(CostGame(players, moved)) == pytest.approx(expected, abs=near)


@law
@given(games(4))
def test_a_player_without_influence_pays_its_own_cost_and_twins_pay_the_same(drawn) -> None:
    players, costs = drawn
    near = 1e-9 * size_of(costs)
    null = dict(costs) | {frozenset("z"): 0.0} | {who | {"z"}: cost for who, cost in costs.items()}
    game = CostGame([*players, "z"], null)
    for solve in (shapley, nucleolus):
        assert solve(game)["z"] == pytest.approx(0, abs=near)
    twins = null | {who | {"z"}: costs[(who - {"a"}) | {"a"}] for who in costs}
    twins |= {(who - {"a"}) | {"z"}: cost for who, cost in costs.items() if "a" in who}
    for solve in SOLUTIONS:
        found = solve(CostGame([*players, "z"], twins))
        assert found["z"] == pytest.approx(found["a"], abs=near)


@law
@given(games())
def test_kohlberg_accepts_the_nucleolus_and_nothing_near_it(drawn) -> None:
    game, players = CostGame(*drawn), drawn[0]
    found = nucleolus(game)
    assert kohlberg(game, found)
    if len(players) > 1:
        perturbed = dict(found)
        perturbed[players[0]] += 1e-3 * size_of(drawn[1])
        assert not kohlberg(game, perturbed)  # it misses the total
        perturbed[players[-1]] -= 1e-3 * size_of(drawn[1])
        assert not kohlberg(game, perturbed)


@law
@given(games(6))
def test_shapley_is_the_average_over_all_orders(drawn) -> None:
    players, costs = drawn
    exact = {who: Fraction(cost) for who, cost in costs.items()} | {frozenset(): Fraction(0)}
    paid = dict.fromkeys(players, Fraction(0))
    for order in itertools.permutations(players):
        for place, player in enumerate(order):
            paid[player] += exact[frozenset(order[: place + 1])] - exact[frozenset(order[:place])]
    mean = {player: float(cost / math.factorial(len(players))) for player, cost in paid.items()}
    assert shapley(CostGame(*drawn)) == pytest.approx(mean, abs=1e-12 * size_of(costs))


def all_rows(players: list[str], costs: dict[frozenset, float]) -> dict[str, float]:
    """The nucleolus by plain programs: all coalitions in each, and one more per coalition to see if it can give."""
    n, unit = len(players), size_of(costs)
    proper = [who for who in coalitions(players) if len(who) < n]
    rows = np.array([[player in who for player in players] for who in proper], dtype=float).reshape(-1, n)
    bars = np.array([costs[who] for who in proper]) / unit
    levels = np.full(len(proper), np.nan)
    answer = np.full(n, costs[frozenset(players)] / unit / n)

    def solve(target, held, over):
        fixed = ~np.isnan(levels)
        a_eq = np.vstack([np.append(np.ones(n), 0), np.column_stack([rows[fixed], np.zeros(fixed.sum())])])
        b_eq = np.append(costs[frozenset(players)] / unit, bars[fixed] + levels[fixed])
        a_ub = np.column_stack([rows[~fixed], np.full((~fixed).sum(), held)])
        bounds = [(None, None)] * (n + 1)
        return linprog(target, a_ub, bars[~fixed] + over, a_eq, b_eq, bounds=bounds)

    while np.isnan(levels).any():
        stage = solve(np.append(np.zeros(n), 1), -1, 0)
        answer, bar = stage.x[:n], stage.fun
        for place in np.flatnonzero(np.isnan(levels)):
            lowest = solve(np.append(rows[place], 0), 0, bar + 1e-10).fun - bars[place]
            if lowest > bar - 1e-7:
                levels[place] = min(bar, lowest)
                break  # one settled coalition at a time is slow and plain
    return {player: float(share * unit) for player, share in zip(players, answer, strict=True)}


@settings(max_examples=6, deadline=None)
@given(games(4))
def test_the_nucleolus_is_that_of_programs_with_all_rows(drawn) -> None:
    assert nucleolus(CostGame(*drawn)) == pytest.approx(all_rows(*drawn), abs=1e-5 * size_of(drawn[1]))


@pytest.mark.parametrize("seed", range(3))
def test_it_lies_in_the_core_where_there_is_one(seed: int) -> None:
    """What a group pays here has economies of scale, so that the core is not empty."""
    size = np.random.default_rng(seed).integers(1, 50, 9)
    game = CostGame.from_function(range(9), lambda rows: 100 * np.sqrt(rows @ size))
    assert core_violations(game, nucleolus(game)) == []
    assert core_violations(game, dict.fromkeys(range(9), game.total / 9)) != []


def test_violations_are_complete_and_stand_worst_first() -> None:
    costs = dict.fromkeys(coalitions("abc"), 6.0) | {frozenset("c"): 1.0}
    game = CostGame("abc", costs)
    assert core_violations(game, {"a": 4, "b": 3, "c": 2}) == [
        (frozenset("c"), 1.0),
        (frozenset("ab"), 1.0),
    ]
    assert core_violations(game, {"a": 4, "b": 3, "c": 2}, tolerance=1) == []


def test_separable_costs_and_remaining_benefits_by_hand() -> None:
    costs = dict(zip(coalitions("abc"), [10, 20, 30, 28, 38, 46, 51], strict=True))
    # What each adds: 5, 13, 23; saved beside that: 5, 7, 7; the other 10 goes 5 : 7 : 7.
    game = CostGame("abc", costs)
    assert scrb(game) == pytest.approx({"a": 5 + 50 / 19, "b": 13 + 70 / 19, "c": 23 + 70 / 19})
    dear = CostGame("ab", {frozenset("a"): 1, frozenset("b"): 1, frozenset("ab"): 4})
    assert scrb(dear) == {"a": 2.0, "b": 2.0}  # no benefit at all: the rest, here -2, equally


def test_sampling_comes_near_with_errors_that_can_be_believed() -> None:
    weight = np.random.default_rng(5).random((8, 6))
    game = CostGame.from_function(range(8), lambda rows: np.sqrt(rows @ weight).sum(axis=1))
    exact = shapley(game)
    off = []
    for seed in range(40):
        sampled = shapley_sampled(game, 200, seed)
        assert sum(sampled.values.values()) == pytest.approx(game.total, rel=1e-12)
        off += [(sampled.values[p] - exact[p]) / sampled.errors[p] for p in game.players]
    assert 0.8 < np.std(off) < 1.2
    assert shapley_sampled(game, 201, 1).values == shapley_sampled(game, 202, 1).values


def large(n: int = 30) -> CostGame:
    size = np.random.default_rng(0).integers(1, 9, n).astype(float)
    return CostGame.from_function(range(n), lambda rows: 100 + 10 * rows @ size)


def test_a_large_game_is_solved_by_the_coalitions_that_a_search_met() -> None:
    """One fixed cost to share: what each costs beside it, and the rest equally, is every fair solution."""
    game = large()
    size = np.random.default_rng(0).integers(1, 9, 30)
    fair = {player: 10.0 * size[player] + 100 / 30 for player in range(30)}
    assert nucleolus(game) == pytest.approx(fair, abs=1e-6)
    assert scrb(game) == pytest.approx(fair)
    assert shapley_sampled(game, 50, 1).values == pytest.approx(fair, abs=25)
    assert core_violations(game, fair) == []
    low = fair | {0: fair[0] + 110, 1: fair[1] - 110}
    coalition, excess = core_violations(game, low)[0]
    assert (coalition, excess) == (frozenset(range(30)) - {1}, pytest.approx(110 - 100 / 30))
    for exact_only in (shapley, lambda game: kohlberg(game, fair)):
        with pytest.raises(ValueError, match="30 players have too many coalitions"):
            exact_only(game)


def test_advice_finds_what_a_search_may_miss() -> None:
    """A single coalition of 15 that is far cheaper than all about it: no climb leads there."""
    odd = frozenset(range(0, 30, 2))
    size = np.ones(30)

    def cost_of(rows: np.ndarray) -> np.ndarray:
        is_odd = (rows == [place in odd for place in range(30)]).all(axis=1)
        return rows @ size - 9.0 * is_odd

    game = CostGame.from_function(range(30), cost_of)
    equal = dict.fromkeys(range(30), 1.0)
    assert core_violations(game, equal) == []
    assert core_violations(game, equal, worst=lambda _: [odd]) == [(odd, 9.0)]
    advised = nucleolus(game, worst=lambda _: [odd])
    assert sum(advised[player] for player in odd) == pytest.approx(15 - 9 / 2)


def test_a_function_and_a_table_give_the_same() -> None:
    weight = np.arange(1.0, 6)
    game = CostGame.from_function("edcba", lambda rows: np.sqrt(rows @ weight))
    table = {who: math.sqrt(sum("edcba".index(player) + 1 for player in who)) for who in coalitions("abcde")}
    for solve in SOLUTIONS:
        assert solve(game) == pytest.approx(solve(CostGame("abcde", table)))


def test_one_player_two_players_and_nothing_at_all() -> None:
    one = CostGame(["p"], {frozenset("p"): 7})
    for solve in SOLUTIONS:
        assert solve(one) == {"p": 7.0}
        assert solve(CostGame("ab", dict.fromkeys(coalitions("ab"), 0))) == {"a": 0.0, "b": 0.0}
        two = CostGame("ab", {frozenset("a"): 6e9, frozenset("b"): 4e9, frozenset("ab"): 8e9})
        assert solve(two) == pytest.approx({"a": 5e9, "b": 3e9})
    assert kohlberg(one, {"p": 7})
    assert not kohlberg(one, {"p": 8})
    assert core_violations(one, {"p": 8}) == []
    assert shapley_sampled(one, 1, 0).errors == {"p": 0.0}
    assert not kohlberg(CostGame("ab", dict.fromkeys(coalitions("ab"), 0)), {"a": 1, "b": -1})


ALL = dict.fromkeys(coalitions("ab"), 1.0)


@pytest.mark.parametrize(
    ("players", "costs", "words"),
    [
        ("", {}, "at least one player"),
        ("aba", ALL, "player 'a' occurs twice"),
        ("ab", {frozenset("a"): 1, frozenset("b"): 1}, r"the cost of \{a, b\} is missing"),
        ("ab", ALL | {frozenset("ac"): 1}, r"coalition \{a, c\} has an unknown player: 'c'"),
        ("ab", ALL | {frozenset("ab"): math.nan}, r"the cost of \{a, b\} is nan, not a finite number"),
        ("ab", ALL | {frozenset("b"): -math.inf}, r"the cost of \{b\} is -inf"),
        ("ab", ALL | {frozenset("b"): None}, r"the cost of \{b\} is None"),
        ("ab", ALL | {frozenset(): 2}, "the empty coalition has a cost"),
        ("ab", ALL | {"a": 2}, "'a' is not given as a frozenset"),
    ],
)
def test_a_game_that_is_not_whole_is_refused_in_words(players, costs, words) -> None:
    with pytest.raises(ValueError, match=words):
        CostGame(players, costs)


def test_a_function_or_an_allocation_that_makes_no_sense_is_refused_in_words() -> None:
    broken = CostGame.from_function("ab", lambda rows: np.where(rows.all(axis=1), np.inf, 1))
    with pytest.raises(ValueError, match=r"the cost of \{a, b\} is inf"):
        shapley(broken)
    with pytest.raises(ValueError, match=r"shape \(1, 1\) for 1 coalitions"):
        _ = CostGame.from_function("a", lambda rows: np.ones((len(rows), 1))).total
    game = CostGame("ab", ALL)
    for allocation, words in (
        ({"a": 1}, "lacks 'b'"),
        ({"a": 1, "b": 1, "c": 1}, "unknown player: 'c'"),
        ({"a": 1, "b": math.nan}, r"the share of \{b\} is nan"),
    ):
        with pytest.raises(ValueError, match=words):
            kohlberg(game, allocation)
        with pytest.raises(ValueError, match=words):
            core_violations(game, allocation)
    with pytest.raises(ValueError, match="0 samples are too few"):
        shapley_sampled(game, 0, 1)
