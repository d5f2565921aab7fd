"""What groups pay together: the quick table against the plain definition, group by group."""

import itertools
import os

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.pools import Pool, pool_of
from portfolio.engine.rounding import ceil_steps
from portfolio.engine.subsets import IN_CACHE, RowSums, distinct, rows_of, spread, subset_sums, words_of
from portfolio.engine.working import work
from portfolio.engine.year_games import year_game
from tests.engine.centers import centers

law = settings(
    max_examples=int(os.environ.get("LAWS", "20")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def plainly(pool: Pool, members: np.ndarray) -> float:
    """Service by service: a team for the members alone, what it costs whole, and what each uses."""
    inside = np.flatnonzero(members)
    cost = 0.0
    for service in range(len(pool.services)):
        if not pool.takes[service, inside].any():
            continue
        for segment in np.flatnonzero(pool.of == service):
            need = max(pool.least[segment], pool.fixed[segment] + sum(pool.demand[segment, inside]))
            cost += ceil_steps(need, pool.step) * pool.rate[segment]
        cost += pool.whole[service] + sum(pool.quantity[service, inside])
    return cost


def drawn(players: int, seed: int, step: float = 0.05) -> Pool:
    """Six services of which some have takers of their own, and two segments for the first; many exact steps."""
    rng = np.random.default_rng(seed)
    takes = rng.random((6, players)) < 0.7
    takes[:3] = True
    takes[5] = takes[4]
    of = np.array([0, *range(6)])
    return Pool(
        players=np.arange(players),
        services=np.arange(6),
        takes=takes,
        of=of,
        demand=rng.integers(0, 40, (7, players)) * 0.01 * takes[of],
        fixed=rng.integers(0, 30, 7) * 0.05,
        least=rng.integers(0, 60, 7) * 0.05,
        rate=rng.uniform(1000, 9000, 7),
        whole=rng.uniform(0, 50_000, 6),
        quantity=rng.uniform(0, 9000, (6, players)) * takes,
        step=step,
    )


@law
@given(centers())
def test_the_quick_table_is_the_plain_definition(made: CenterInputs):
    done = work(made.plan_inputs("s"))
    for year in range(len(done.time.years)):
        pool = pool_of(done, year)
        n = len(pool.players)
        if not n:
            continue
        rows = rows_of(np.arange(1, 1 << n), n)
        expected = [plainly(pool, row) for row in rows]
        assert pool.table() == pytest.approx([0, *expected], rel=1e-12, abs=1e-6)
        assert pool.cost_of(rows) == pytest.approx(expected, rel=1e-12, abs=1e-6)


@law
@given(centers())
def test_a_group_pays_what_is_less_together_or_each_alone(made: CenterInputs):
    done = work(made.plan_inputs("s"))
    for year in range(len(done.time.years)):
        played = year_game(done, year)
        if played is None:
            continue
        pool, n = pool_of(done, year), len(played.players)
        for mask, members in enumerate(itertools.product([False, True], repeat=n)):
            row = np.array(members[::-1])  # the first player is the lowest bit
            alone = played.alone.total[row].sum()
            expected = alone if row.sum() <= 1 else min(alone, plainly(pool, row))
            expected = played.total if row.all() else expected
            assert played.game.table[mask] == pytest.approx(expected, rel=1e-12, abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_a_table_larger_than_the_cache_is_the_plain_definition_too(seed):
    players = IN_CACHE + 2
    pool = drawn(players, seed)
    table = pool.table()
    assert len(table) == 1 << players
    assert table[0] == 0
    masks = np.random.default_rng(seed).integers(1, 1 << players, 300)
    rows = rows_of(masks, players)
    assert table[masks] == pytest.approx([plainly(pool, row) for row in rows], rel=1e-12)
    assert pool.cost_of(rows_of(np.arange(1, 1 << players), players)) == pytest.approx(table[1:], rel=1e-12)


def test_float_noise_never_makes_a_team_larger():
    # Fifteen times 0.2 FTE is 30 steps of 0.1, not 31, whatever the order in which they are added up.
    pool = drawn(15, 0)
    tenths = np.full((1, 15), 0.2)
    one = Pool(
        players=pool.players, services=np.arange(1), takes=tenths > 0, of=np.zeros(1, dtype=int), demand=tenths,
        fixed=np.zeros(1), least=np.zeros(1), rate=np.ones(1), whole=np.zeros(1), quantity=0 * tenths, step=0.1,
    )  # fmt: skip
    sizes = subset_sums(np.ones(15))
    assert (one.table() == 2 * sizes).all()
    assert (one.cost_of(rows_of(np.arange(1, 1 << 15), 15)) == 2 * sizes[1:]).all()


@law
@given(st.integers(1, 15), st.integers(0, 10**6))
def test_a_table_of_a_few_counts_by_who_of_them_is_there(players, seed):
    rng = np.random.default_rng(seed)
    few = np.flatnonzero(rng.random(players) < 0.5)
    amounts, onto = rng.random(1 << len(few)), rng.random(1 << players)
    within = rows_of(np.arange(1 << players), players)[:, few] @ (1 << np.arange(len(few)))
    expected = onto + amounts[within.astype(int)]
    spread(amounts, few, onto)
    assert (onto == expected).all()


@law
@given(st.integers(1, 70), st.integers(0, 10**6))
def test_rows_are_summed_and_put_in_order_as_rows_are(players, seed):
    rng = np.random.default_rng(seed)
    rows = rng.random((40, players)) < rng.random()
    assert (RowSums(np.arange(players))(rows) == rows @ np.arange(players)).all()
    two = rng.random((players, 2))
    assert RowSums(two)(rows) == pytest.approx(rows @ two, rel=1e-12)
    expected, first = np.unique(rows, axis=0, return_index=True)
    found, places = distinct(rows)
    assert (found == expected).all()
    assert (places == first).all()
    assert len(words_of(rows[:0])) == 0
