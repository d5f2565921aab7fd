"""What rounding promises: sums that hold, no figure moved by a whole unit, and the same answer in any order."""

import itertools
import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import block_array, csr_array

from portfolio.engine.flow import cheapest_table
from portfolio.engine.rounding import (
    apportion,
    ceil_steps,
    controlled_rounding,
    half_up,
    largest_remainder,
    noise,
    round_matrix,
    round_months,
    tied,
    whole_steps,
)

KINDS = ["any", "sparse", "equal", "one key", "few persons", "thirds", "halves", "whole", "empty rows"]


def quotas_of(kind: str, rows: int, columns: int, seed: int) -> np.ndarray:
    """A table of quotas in steps whose rows have whole sums, of a kind that a center may have."""
    rng = np.random.default_rng(seed)
    team = rng.integers(1, 2 * columns + 1, rows).astype(float)
    weight = rng.random((rows, columns)) + 1e-3
    if kind in ("sparse", "empty rows"):
        weight[rng.random((rows, columns)) < 0.6] = np.nan
    if kind == "empty rows":
        weight[::2] = np.nan
    if kind == "equal":
        weight[:] = 1
        weight[rng.random((rows, columns)) < 0.2] = np.nan
    if kind == "one key":
        weight = np.tile(rng.lognormal(0, 1, columns), (rows, 1))
    if kind == "few persons":
        team = rng.integers(1, 4, rows).astype(float)
    if kind == "thirds":
        weight = rng.integers(1, 4, (rows, columns)).astype(float)
    if kind == "halves":
        units = rng.integers(0, 5, (rows, columns)) / 2
        units[:, 0] += units.sum(axis=1) % 1
        return units
    if kind == "whole":
        return rng.integers(0, 5, (rows, columns)).astype(float)
    with np.errstate(invalid="ignore"):
        return team[:, None] * weight / np.nansum(weight, axis=1, keepdims=True)


def snapped(x):
    nearest = np.rint(x)
    return np.where(abs(x - nearest) <= 1e-6, nearest, x)


def assert_lawful(units: np.ndarray, steps: np.ndarray) -> None:
    taken = ~np.isnan(units)
    filled = np.where(taken, units, 0)
    assert steps.dtype == np.int64
    assert (steps[~taken] == 0).all()
    assert (steps >= np.floor(snapped(filled))).all()
    assert (steps <= np.ceil(snapped(filled))).all()
    assert (steps.sum(axis=1) == np.rint(filled.sum(axis=1))).all()
    sums = snapped(filled.sum(axis=0))
    assert (steps.sum(axis=0) >= np.floor(sums)).all()
    assert (steps.sum(axis=0) <= np.ceil(sums)).all()


def distance(units: np.ndarray, steps: np.ndarray) -> float:
    return float(np.nansum(abs(steps - units)))


def least_distance_by_trying(units: np.ndarray) -> float:
    """Every table with all cells at floor or ceiling, none left out."""
    filled = snapped(np.nan_to_num(units))
    floors, fractions = np.floor(filled), filled - np.floor(filled)
    cells = np.argwhere(fractions > 0)
    sums, totals = snapped(filled.sum(axis=0)), np.rint(filled.sum(axis=1))
    best = math.inf
    for choice in itertools.product((0, 1), repeat=len(cells)):
        steps = floors.copy()
        steps[tuple(cells.T)] += choice
        inside = (steps.sum(axis=0) >= np.floor(sums)).all() and (steps.sum(axis=0) <= np.ceil(sums)).all()
        if inside and (steps.sum(axis=1) == totals).all():
            best = min(best, distance(units, steps))
    return best


def least_distance_by_linear_program(units: np.ndarray) -> float:
    filled = snapped(np.nan_to_num(units))
    fractions = filled - np.floor(filled)
    row, column = np.nonzero(fractions)
    if not len(row):
        return 0.0
    f, cell = fractions[row, column], np.arange(len(row))
    per_row = csr_array((np.ones(len(row)), (row, cell)), shape=(len(units), len(row)))
    per_column = csr_array((np.ones(len(row)), (column, cell)), shape=(units.shape[1], len(row)))
    sums = snapped(fractions.sum(axis=0))
    found = linprog(
        1 - 2 * f,
        A_eq=per_row,
        b_eq=np.rint(fractions.sum(axis=1)),
        A_ub=block_array([[per_column], [-per_column]]),
        b_ub=np.concatenate([np.ceil(sums), -np.floor(sums)]),
        bounds=(0, 1),
        method="highs",
    )
    assert found.status == 0
    return float(found.fun + f.sum())


class TestControlledRounding:
    @pytest.mark.parametrize("kind", KINDS)
    def test_keeps_every_row_column_and_cell(self, kind):
        for seed in range(30):
            rows, columns = np.random.default_rng(seed).integers(1, 16, 2)
            units = quotas_of(kind, rows, columns, seed)
            assert_lawful(units, round_matrix(units))

    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def test_keeps_them_for_any_quotas(self, data):
        rows, columns = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 6))
        weight = st.one_of(st.just(0), st.integers(0, 4), st.integers(0, 10**6))
        weights = np.array(
            data.draw(st.lists(weight, min_size=rows * columns, max_size=rows * columns)), dtype=float
        ).reshape(rows, columns)
        weights[:, 0] += weights.sum(axis=1) == 0
        team = np.array(data.draw(st.lists(st.integers(0, 400), min_size=rows, max_size=rows)))
        units = team[:, None] * weights / weights.sum(axis=1, keepdims=True)
        steps = round_matrix(units)
        assert_lawful(units, steps)
        assert distance(units, steps) == pytest.approx(least_distance_by_linear_program(units), abs=1e-5)

    @pytest.mark.parametrize("kind", KINDS)
    def test_is_the_nearest_of_all_tables_when_each_is_tried(self, kind):
        for seed in range(12):
            rows, columns = [(1, 5), (2, 4), (3, 3), (4, 2), (5, 1), (2, 5)][seed % 6]
            units = quotas_of(kind, rows, columns, seed)
            assert distance(units, round_matrix(units)) == pytest.approx(
                least_distance_by_trying(units), abs=1e-6
            )

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("shape", [(12, 20), (20, 12), (7, 45), (1, 9), (9, 1)])
    def test_is_as_near_as_a_linear_program_gets(self, kind, shape):
        for seed in range(4):
            units = quotas_of(kind, *shape, seed)
            least = least_distance_by_linear_program(units)
            assert distance(units, round_matrix(units)) == pytest.approx(least, abs=1e-6)

    @pytest.mark.parametrize("kind", ["any", "equal", "one key", "thirds"])
    @pytest.mark.parametrize("shape", [(30, 120), (120, 30)])
    def test_is_as_near_on_a_large_table(self, kind, shape):
        units = quotas_of(kind, *shape, 7)
        steps = round_matrix(units)
        assert_lawful(units, steps)
        assert distance(units, steps) == pytest.approx(least_distance_by_linear_program(units), abs=1e-6)

    @pytest.mark.parametrize("kind", KINDS)
    def test_does_not_depend_on_the_order_of_rows_and_columns(self, kind):
        rng = np.random.default_rng(3)
        for seed in range(10):
            rows, columns = rng.integers(1, 12, 2)
            table = pd.DataFrame(quotas_of(kind, rows, columns, seed) * 0.05)
            table.index, table.columns = (
                [f"s{i:02}" for i in range(rows)],
                [f"p{i:02}" for i in range(columns)],
            )
            shuffled = table.sample(frac=1, random_state=seed).sample(frac=1, axis=1, random_state=seed)
            expected = controlled_rounding(table, 0.05).loc[shuffled.index, shuffled.columns]
            pd.testing.assert_frame_equal(controlled_rounding(shuffled, 0.05), expected, check_exact=True)

    def test_float_noise_breaks_no_tie(self):
        rng = np.random.default_rng(5)
        for seed in range(20):
            units = quotas_of("equal", 6, 9, seed)
            noisy = units * (1 + rng.uniform(-1, 1, units.shape) * 2**-50)
            np.testing.assert_array_equal(round_matrix(noisy), round_matrix(units))

    def test_one_service_is_a_largest_remainder_ties_included(self):
        for kind, seed in itertools.product(["any", "equal", "thirds", "few persons"], range(10)):
            units = pd.Series(quotas_of(kind, 1, 9, seed)[0]).dropna()
            assert round_matrix(units.to_numpy()[None])[0].tolist() == largest_remainder(units).tolist()

    def test_keeps_labels_order_names_and_gaps(self):
        quotas = pd.DataFrame(
            [[0.125, 0.125, math.nan], [0.05, math.nan, 0.1]],
            index=pd.Index(["web", "desk"], name="service"),
            columns=pd.Index(["stad", "dorp", "kust"], name="participant"),
        )
        rounded = controlled_rounding(quotas, 0.05)
        expected = [[0.1, 0.15, math.nan], [0.05, math.nan, 0.1]]  # the tie goes to dorp, before stad
        pd.testing.assert_frame_equal(
            rounded,
            pd.DataFrame(expected, index=quotas.index, columns=quotas.columns),
            check_exact=True,
        )

    def test_gives_the_float_that_a_person_would_type(self):
        quotas = pd.DataFrame([[k * 0.05 for k in range(200)]])
        assert controlled_rounding(quotas, 0.05).iloc[0].tolist() == [round(k * 0.05, 10) for k in range(200)]

    def test_takes_integers_and_missing_values_of_any_kind(self):
        quotas = pd.DataFrame({"a": [1, 2], "b": pd.array([pd.NA, 3], dtype="Int64")})
        np.testing.assert_array_equal(controlled_rounding(quotas, 1), [[1, np.nan], [2, 3]])
        assert controlled_rounding(pd.DataFrame(index=["s"]), 0.05).shape == (1, 0)

    def test_noise_around_a_multiple_moves_nothing(self):
        units = np.array([[3 - 4e-10, 0.5 + 4e-10, 0.5], [-1e-12, 0.5, 0.5]])
        assert_lawful(units, round_matrix(units))
        assert round_matrix(units)[:, 0].tolist() == [3, 0]

    @pytest.mark.parametrize(
        ("quotas", "step", "message"),
        [
            ([[0.1, 0.12], [0.1, 0.1]], 0.05, "row 's0'"),
            ([[0.1, 0.1], [-0.05, 0.1]], 0.05, "row 's1' has a negative"),
            ([[0.1, 0.1], [math.inf, 0.1]], 0.05, "row 's1' has an infinite"),
            ([[0.1, 0.1], [0.1, 0.1]], 0, "step"),
            ([[0.1, 0.1], [0.1, 0.1]], -0.05, "step"),
            ([[0.1, 0.1], [0.1, 0.1]], math.nan, "step"),
        ],
    )
    def test_refuses_what_has_no_meaning(self, quotas, step, message):
        with pytest.raises(ValueError, match=message):
            controlled_rounding(pd.DataFrame(quotas, index=["s0", "s1"], columns=["p", "q"]), step)

    def test_refuses_a_label_that_occurs_twice(self):
        with pytest.raises(ValueError, match="row 's' occurs twice"):
            controlled_rounding(pd.DataFrame([[1.0], [1.0]], index=["s", "s"]), 1)
        with pytest.raises(ValueError, match="column 'p' occurs twice"):
            controlled_rounding(pd.DataFrame([[1.0, 1.0]], columns=["p", "p"]), 1)

    def test_a_month_depends_on_that_month_alone(self):
        first, second = quotas_of("one key", 5, 8, 1), quotas_of("sparse", 5, 8, 2)
        months = round_months(np.stack([first, first, second, first]))
        assert months.dtype == np.int64
        for month, units in zip(months, [first, first, second, first], strict=True):
            np.testing.assert_array_equal(month, round_matrix(units))
        assert round_months(np.empty((0, 2, 3))).shape == (0, 2, 3)

    def test_leaves_its_input_alone(self):
        units = quotas_of("sparse", 4, 6, 1)
        before = units.copy()
        round_matrix(units)
        np.testing.assert_array_equal(units, before)


class TestCheapestTable:
    @pytest.mark.parametrize("spread", [1, 3, 1000, 2**40])
    def test_is_the_cheapest_of_all_tables_with_its_sums(self, spread):
        rng = np.random.default_rng(spread % 97)
        for _ in range(60):
            shape = tuple(rng.integers(1, 4, 2))
            allowed = rng.random(shape) < 0.85
            wanted = allowed & (rng.random(shape) < 0.5)
            cost = rng.integers(-spread, spread + 1, shape)
            sums = wanted.sum(axis=1), wanted.sum(axis=0)
            table = cheapest_table(cost, allowed, *sums)
            assert not (table & ~allowed).any()
            tables = (
                np.array(bits, dtype=bool).reshape(shape)
                for bits in itertools.product((0, 1), repeat=cost.size)
            )
            least = min(
                int(cost[t].sum())
                for t in tables
                if not (t & ~allowed).any()
                and (t.sum(axis=1) == sums[0]).all()
                and (t.sum(axis=0) == sums[1]).all()
            )
            assert (table.sum(axis=1) == sums[0]).all()
            assert (table.sum(axis=0) == sums[1]).all()
            assert int(cost[table].sum()) == least

    @pytest.mark.parametrize(
        ("row_sums", "column_sums"),
        [([2, 0], [1, 1]), ([1, 1], [2, 0]), ([1, 0], [1, 1]), ([-1, 1], [0, 0]), ([1, 1], [3, -1])],
    )
    def test_says_when_there_is_none(self, row_sums, column_sums):
        allowed = np.array([[True, False], [False, True]])
        with pytest.raises(ValueError, match="no table"):
            cheapest_table(np.zeros((2, 2), int), allowed, np.array(row_sums), np.array(column_sums))


class TestLargestRemainder:
    @pytest.mark.parametrize(
        ("sizes", "total", "expected"),
        [
            ([52, 83, 69, 41, 22], 50, [10, 15, 13, 8, 4]),  # reflection by age band, 50 of 267 leave
            ([4, 5, 7, 6], 6, [1, 1, 2, 2]),
            ([1, 1, 1], 2, [1, 1, 0]),
        ],
    )
    def test_golden(self, sizes, total, expected):
        quotas = {i: Fraction(total * size, sum(sizes)) for i, size in enumerate(sizes)}
        assert list(largest_remainder(quotas, total).values()) == expected
        floats = pd.Series([total * size / sum(sizes) for size in sizes])
        assert largest_remainder(floats, total).tolist() == expected

    @settings(max_examples=80, deadline=None)
    @given(
        st.dictionaries(
            st.text(max_size=3),
            st.one_of(
                st.integers(-(10**9), 10**9),
                st.fractions(-(10**6), 10**6, max_denominator=12),
                st.decimals(-(10**6), 10**6, places=2),
                st.floats(-(10**7), 10**7),
            ),
            max_size=8,
        ),
        st.randoms(use_true_random=False),
    )
    def test_laws(self, amounts, random):
        whole = largest_remainder(amounts)
        assert list(whole) == list(amounts)
        exact = sum((Fraction(amount) for amount in amounts.values()), Fraction(0))
        assert abs(sum(whole.values()) - exact) <= Fraction(1, 2) + Fraction(1, 10**6)
        for key, amount in amounts.items():
            assert abs(whole[key] - Fraction(amount)) < 1 + 1e-6
        order = list(amounts)
        random.shuffle(order)
        assert largest_remainder({key: amounts[key] for key in order}) == whole
        assert tied({key: amounts[key] for key in order}) == tied(amounts) <= set(amounts)

    def test_a_tie_goes_to_the_first_key_and_is_reported(self):
        amounts = {"c": 0.5, "a": 0.5, "b": 0.5, "d": 0.9}
        assert largest_remainder(amounts, 2) == {"c": 0, "a": 1, "b": 0, "d": 1}
        assert tied(amounts, 2) == {"a", "b", "c"}
        assert tied(amounts, 1) == tied(amounts, 4) == tied(amounts, 0) == set()

    def test_noise_makes_no_difference_between_equal_floats(self):
        third = 1e7 + 1 / 3
        amounts = {"a": third - 2e-9, "b": third, "c": third + 2e-9}
        assert largest_remainder(amounts) == {"a": 10**7 + 1, "b": 10**7, "c": 10**7}
        assert tied(amounts) == {"a", "b", "c"}
        assert largest_remainder({"a": 0.1 * 3 * 10, "b": 0.7 * 10 - 1e-12}, 10) == {"a": 3, "b": 7}

    def test_exact_amounts_are_compared_exactly(self):
        close = {"a": Fraction(1, 2) - Fraction(1, 10**15), "b": Fraction(1, 2) + Fraction(1, 10**15)}
        assert largest_remainder(close) == {"a": 0, "b": 1}
        assert tied(close) == set()
        assert largest_remainder({"a": Decimal("0.5"), "b": Fraction(1, 2), "c": 0.5}, 1) == {
            "a": 1,
            "b": 0,
            "c": 0,
        }
        assert largest_remainder({"a": 10**20, "b": 1}) == {"a": 10**20, "b": 1}

    def test_many_at_once_give_what_one_by_one_gives(self):
        rng = np.random.default_rng(8)
        amounts = rng.integers(-40, 40, (30, 7)) / 8
        totals = np.floor(amounts.sum(axis=1) + 0.5).astype(int)
        rows = [
            largest_remainder(pd.Series(row), total).tolist()
            for row, total in zip(amounts, totals, strict=True)
        ]
        assert apportion(amounts, totals).tolist() == rows

    def test_keeps_a_series_its_index_order_and_name(self):
        amounts = pd.Series([-0.5, 2.25, 0.25], index=pd.Index(["z", "y", "x"], name="p"), name="eur")
        expected = pd.Series([0, 2, 0], index=amounts.index, name="eur", dtype="int64")
        pd.testing.assert_series_equal(largest_remainder(amounts), expected)
        empty = largest_remainder(pd.Series(dtype=float))
        assert empty.empty
        assert empty.dtype == np.int64

    def test_the_total_is_the_sum_rounded_half_up(self):
        assert sum(largest_remainder({"a": 1.25, "b": 1.25}).values()) == 3
        assert sum(largest_remainder({"a": -1.25, "b": -1.25}).values()) == -2
        assert sum(largest_remainder(dict.fromkeys(range(5), 0.1)).values()) == 1
        assert sum(largest_remainder({0: 0.1 * 3, 1: 0.2 - 1e-12}).values()) == 1

    @pytest.mark.parametrize(
        ("amounts", "total"),
        [
            ({"a": math.nan}, None),
            ({"a": math.inf}, None),
            ({"a": Decimal("NaN")}, None),
            ({"a": pd.NA}, None),
            ({"a": 1.5}, 1.5),
            ({"a": 1.5}, math.nan),
            ({"a": 1.5}, 3),
            ({"a": 1.5}, 0),
            ({}, 1),
            (pd.Series([1.0, 2.0], index=["a", "a"]), None),
        ],
    )
    def test_refuses_what_has_no_answer(self, amounts, total):
        with pytest.raises(ValueError, match=r"total|finite|twice"):
            largest_remainder(amounts, total)


class TestFigures:
    @pytest.mark.parametrize(
        ("x", "decimals", "expected"),
        [
            (0.5, 0, 1),
            (-0.5, 0, 0),
            (-1.5, 0, -1),
            (2.5, 0, 3),
            (1.005, 2, 1.01),
            (-0.004, 2, 0),
            (1e15, 0, 1e15),
        ],
    )
    def test_half_up(self, x, decimals, expected):
        assert half_up(x, decimals) == expected
        assert isinstance(half_up(x, decimals), float)
        assert math.copysign(1, half_up(x, decimals)) == (1 if expected >= 0 else -1)

    def test_half_up_of_arrays_and_series(self):
        assert half_up(np.array([0.5, math.nan, math.inf, -math.inf])).tolist()[2:] == [math.inf, -math.inf]
        index = pd.Index(["b", "a"])
        pd.testing.assert_series_equal(half_up(pd.Series([0.5, 1.4], index)), pd.Series([1.0, 1.0], index))
        assert half_up(sum([100.01 / 12] * 6), 2) == 50.01

    @given(st.integers(0, 10**6), st.sampled_from([0.05, 0.1, 0.025, 0.2, 1 / 3, 1.0]))
    def test_steps_come_back(self, count, step):
        assert ceil_steps(count * step, step) == whole_steps(count * step, step) == count
        assert ceil_steps(count * step + step / 1000, step) == count + 1

    def test_steps_of_arrays(self):
        assert ceil_steps(np.array([0.0, 0.01, 0.30000000000000004]), 0.05).tolist() == [0, 1, 6]
        assert whole_steps([0.0, 0.35], 0.05).dtype == np.int64

    def test_refuses_what_is_no_number_of_steps(self):
        for x, step in [(math.nan, 0.05), (math.inf, 0.05), (1.0, 0.0), (1.0, -1.0)]:
            with pytest.raises(ValueError, match="step"):
                ceil_steps(x, step)
        with pytest.raises(ValueError, match=r"0.17 is no multiple of 0.05"):
            whole_steps([0.15, 0.17], 0.05)

    def test_noise_is_small_beside_any_figure(self):
        assert noise(0.0) == 1e-9
        assert noise(1e7) < 1e-7
        assert noise(-1e30) == 0.25
