"""Where exact figures become whole ones: money and persons by largest remainder, FTE by controlled rounding.

Every function first takes away float noise: a value within `noise(value)` of a boundary counts as on it, so 0.1 + 0.2
is six steps of 0.05, not seven. Ties go by key (or by sorted position), so no result depends on the order in which
rows, columns or keys were given.
"""

import math
from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from numbers import Rational

import numpy as np
import pandas as pd

from portfolio.engine.flow import cheapest_table

NOISE = 1e-9
RELATIVE_NOISE = 2.0**-48  # sixteen times the spacing of floats: at 10 million they lie 2e-9 apart
ROW_TOLERANCE = 1e-6  # in steps: how far a row may be from a whole sum
QUANTUM = 2.0**-30  # fractions of a step are compared in units of this, so that noise cannot break a tie


def noise(x):
    """How far a float may be from the exact figure it stands for: 1e-9, more for a large figure, never over 1/4.

    >>> float(noise(0.0)), float(noise(1e7)) < 1e-7, float(noise(math.inf))
    (1e-09, True, 0.25)
    """
    return np.minimum(NOISE + RELATIVE_NOISE * abs(x), 0.25)


def half_up(x, decimals: int = 0):
    """Round half up, towards plus infinity: `floor(x * 10**decimals + 1/2) / 10**decimals`.

    A number gives a float, an array or Series its like. NaN and infinity stay what they are.

    >>> half_up(0.5), half_up(-0.5), half_up(0.0), half_up(2.4999999999999996)
    (1.0, 0.0, 0.0, 3.0)
    >>> half_up(sum([100.01 / 12] * 6), 2), half_up(1250, -2)
    (50.01, 1300.0)
    """
    scaled = np.multiply(x, 10.0**decimals) if decimals >= 0 else np.divide(x, 10.0**-decimals)
    scaled = scaled + 0.5
    whole = np.floor(scaled + noise(scaled))
    rounded = whole / 10.0**decimals if decimals >= 0 else whole * 10.0**-decimals
    return float(rounded) if np.ndim(rounded) == 0 else rounded


def ceil_steps(x, step: float):
    """The least whole number of steps that is at least `x`; a number gives an int, an array int64.

    `x` and `step` are in the same unit, such as FTE. Raises ValueError for a step that is not positive, and for NaN
    or infinity.

    >>> ceil_steps(0.1 + 0.2, 0.05), ceil_steps(0.31, 0.05), ceil_steps(0, 0.05)
    (6, 7, 0)
    """
    steps = _in_steps(x, step)
    return _integers(np.ceil(steps - noise(steps)))


def whole_steps(x, step: float):
    """`x` as a whole number of steps; a number gives an int, an array int64.

    Raises ValueError where it is no multiple of the step, and where `ceil_steps` does.

    >>> whole_steps(0.15, 0.05), whole_steps(0, 0.05)
    (3, 0)
    >>> whole_steps(0.17, 0.05)
    Traceback (most recent call last):
    ValueError: 0.17 is no multiple of 0.05
    """
    steps = _in_steps(x, step)
    nearest = np.rint(steps)
    odd = abs(steps - nearest) > noise(steps)
    if np.any(odd):
        raise ValueError(f"{np.asarray(x)[odd].flat[0]:g} is no multiple of {step:g}")
    return _integers(nearest)


def largest_remainder(amounts: Mapping | pd.Series, total: int | None = None) -> dict | pd.Series:
    """Whole numbers that sum to `total`: floors, and one more for the largest fractions (Hamilton's method).

    A tie goes to the first key in ascending order; `tied` tells between which keys.
    `amounts` are figures of any sign: int, Fraction and Decimal are compared exactly, floats within `noise`.
    `total` is by default their sum, rounded half up. A mapping gives a dict, a Series an int64 Series with the
    same index and name, in the order given. Raises ValueError for NaN, infinity, a label that occurs twice, or a
    total that is not whole or that floors and one more each do not reach.

    >>> largest_remainder({"b": 1.5, "a": 1.5, "c": 1})
    {'b': 1, 'a': 2, 'c': 1}
    >>> largest_remainder({"a": Fraction(-1, 2)}), largest_remainder({})
    ({'a': 0}, {})
    """
    floors, raised, _ = _divide(amounts, total)
    whole = {key: floor + (key in raised) for key, floor in floors.items()}
    if isinstance(amounts, pd.Series):
        return pd.Series(list(whole.values()), index=amounts.index, name=amounts.name, dtype="int64")
    return whole


def tied(amounts: Mapping | pd.Series, total: int | None = None) -> set[Hashable]:
    """The keys between which only their order decided in `largest_remainder(amounts, total)`, to be reported.

    >>> sorted(tied({"a": 1.5, "b": 1.5, "c": 1})), tied({"a": 1.5, "b": 1.5}, 4), tied({})
    (['a', 'b'], set(), set())
    """
    return _divide(amounts, total)[2]


def apportion(amounts: np.ndarray, totals: np.ndarray) -> np.ndarray:
    """`largest_remainder` along the last axis of floats (..., n), at array speed: int64 that sum to `totals` (...).

    Where a total lies out of reach of floors and one more each, because the amounts miss it by more than rounding,
    whole units go round by turns. A tie goes to the first position.

    >>> apportion(np.array([[1.5, 1.5, 1.0], [0.2, 0.2, 0.2]]), np.array([4, 0])).tolist()
    [[2, 1, 1], [0, 0, 0]]
    """
    amounts = np.asarray(amounts, dtype=float)
    floors = np.floor(amounts + noise(amounts))
    fractions = np.rint((amounts - floors) / QUANTUM)
    places = np.asarray(totals) - floors.sum(axis=-1).astype(np.int64)
    rounds, places = np.divmod(places, max(amounts.shape[-1], 1))
    rank = np.argsort(np.argsort(-fractions, axis=-1, kind="stable"), axis=-1, kind="stable")
    return floors.astype(np.int64) + rounds[..., None] + (rank < places[..., None])


def controlled_rounding(quotas: pd.DataFrame, step: float) -> pd.DataFrame:
    """Round a table of quotas (services x participants) to multiples of the step, true to cells, rows and columns.

    Every cell becomes a multiple of the step less than one step from its quota (a multiple stays); every row
    keeps its sum, which must be a multiple; every column is less than one step from the exact sum of its quotas
    (a multiple stays). Among such tables, of which there always is one, it is the one with the least total
    |cell - quota| (Cox, "A constructive procedure for unbiased controlled rounding", JASA 82, 1987).
    NaN, a participant that does not take the service, stays NaN. The unit is that of `step`, such as FTE.
    The order of rows and columns has no influence on any cell.

    Raises ValueError, naming the row, for a quota that is negative or infinite or a row whose sum is no multiple
    of the step; also for a label that occurs twice and a step that is not positive.

    >>> quotas = pd.DataFrame({"p": [0.07, 0.12], "q": [0.08, math.nan]}, index=["A", "B"])
    >>> controlled_rounding(quotas, 0.03)
          p     q
    A  0.06  0.09
    B  0.12   NaN
    >>> controlled_rounding(quotas.iloc[:0], 0.03).shape
    (0, 2)
    """
    for axis, labels in (("row", quotas.index), ("column", quotas.columns)):
        if not labels.is_unique:
            raise ValueError(f"{axis} {labels[labels.duplicated()][0]!r} occurs twice")
    rows, columns = quotas.index.argsort(), quotas.columns.argsort()
    table = quotas.to_numpy(dtype=float, na_value=np.nan)
    units = table[np.ix_(rows, columns)] / _positive(step)
    cells = np.empty(table.shape)
    cells[np.ix_(rows, columns)] = _round_units(units, quotas.index[rows])
    cells[np.isnan(table)] = np.nan
    return pd.DataFrame(np.round(cells * float(step), 10), index=quotas.index, columns=quotas.columns)


def round_matrix(units: np.ndarray) -> np.ndarray:
    """`controlled_rounding` of an array (rows, columns) in steps, both axes sorted by code: int64, 0 for NaN.

    >>> round_matrix(np.array([[0.5, 1.5], [2, math.nan]])).tolist(), round_matrix(np.zeros((0, 3))).shape
    ([[1, 1], [2, 0]], (0, 3))
    """
    return _round_units(units, range(len(units)))


def round_months(units: np.ndarray) -> np.ndarray:
    """`round_matrix` of every month of an array (months, rows, columns): int64 of that shape.

    Months with the same quotas are computed once. That changes no result: a month's steps depend on that month alone.

    >>> round_months(np.array([[[0.5, 0.5]]] * 3)).tolist()
    [[[1, 0]], [[1, 0]], [[1, 0]]]
    """
    units = np.ascontiguousarray(units, dtype=float)
    bits = units.view(np.int64)
    steps, seen = np.zeros(units.shape, dtype=np.int64), {}
    for month in range(len(units)):
        if month and np.array_equal(bits[month], bits[month - 1]):
            steps[month] = steps[month - 1]
            continue
        content = units[month].tobytes()
        if content not in seen:
            seen[content] = round_matrix(units[month])
        steps[month] = seen[content]
    return steps


def _round_units(units: np.ndarray, names: Iterable) -> np.ndarray:
    units = np.array(units, dtype=float, order="C")
    units[np.isnan(units)] = 0
    slack = noise(units)
    for wrong, words in ((~np.isfinite(units), "an infinite quota"), (units < -slack, "a negative quota")):
        if wrong.any():
            raise ValueError(f"row {_name(names, wrong.any(axis=1))!r} has {words}")
    floors = np.floor(units + slack)
    fractions = units - floors
    fractions[fractions <= slack] = 0
    extra = fractions.sum(axis=1)
    extras = np.rint(extra)
    amiss = abs(extra - extras) > ROW_TOLERANCE + RELATIVE_NOISE * units.sum(axis=1)
    if amiss.any():
        total = units[amiss.argmax()].sum()
        raise ValueError(
            f"row {_name(names, amiss)!r} sums to {total:.10g} steps, not to a whole number of them"
        )
    steps = floors.astype(np.int64)
    live = fractions.any(axis=1)
    if live.any():
        steps[live] += _place_extras(fractions[live], extras[live].astype(np.int64), noise(units.sum(axis=0)))
    return steps


def _place_extras(fractions: np.ndarray, row_sums: np.ndarray, slack: np.ndarray) -> np.ndarray:
    """Which cells (rows, columns) get one step more: bool, never where the fraction is 0.

    The rows get `row_sums`, the columns the floor or the ceiling of what their fractions sum to, within `slack`.

    By getting the step, a cell adds |1 - f| - |f| = 1 - 2f to the distance; as the row sums are fixed, that is least
    where the sum of -f is. One row more stands for the freedom of the columns: it takes the unit that a column
    between its two bounds leaves, at no cost.
    """
    parts = np.rint(fractions / QUANTUM).astype(np.int64)
    if len(parts) == 1:  # a single service is a matter of largest remainders: a tie goes to the first column
        first = np.argsort(-parts[0], kind="stable")[: row_sums[0]]
        return (np.arange(parts.shape[1]) == first[:, None]).any(axis=0)[None]
    sums = fractions.sum(axis=0)
    lower, upper = np.floor(sums + slack).astype(np.int64), np.ceil(sums - slack).astype(np.int64)
    cost = np.vstack([-parts, np.zeros_like(lower)])
    allowed = np.vstack([parts > 0, upper > lower])
    return cheapest_table(cost, allowed, np.append(row_sums, upper.sum() - row_sums.sum()), upper)[:-1]


def _divide(amounts: Mapping | pd.Series, total: int | None) -> tuple[dict, set, set]:
    """The floors by key, the keys that get one more, and the keys among which only the order of keys decided that."""
    if isinstance(amounts, pd.Series):
        if not amounts.index.is_unique:
            raise ValueError(f"label {amounts.index[amounts.index.duplicated()][0]!r} occurs twice")
        amounts = dict(zip(amounts.index, amounts.tolist(), strict=True))
    amounts = {key: _figure(key, amount) for key, amount in amounts.items()}
    slack = {key: noise(amount) if isinstance(amount, float) else 0 for key, amount in amounts.items()}
    floors = {key: math.floor(amount + slack[key]) for key, amount in amounts.items()}
    total = _sum_half_up(list(amounts.values())) if total is None else _whole(total)
    places = total - sum(floors.values())
    if not 0 <= places <= len(amounts):
        least = total - places
        raise ValueError(
            f"a total of {total} is out of reach: between {least} and {least + len(amounts)} can be met"
        )
    if places == 0:
        return floors, set(), set()
    fractions = {key: amount - floors[key] for key, amount in amounts.items()}
    # The last in line for a place: the keys above it have theirs, those equal to it share what is left.
    last = sorted(fractions, key=lambda key: (fractions[key], slack[key]))[-places]
    within = {key: max(slack[key], slack[last]) for key in fractions}
    above = {key for key in fractions if fractions[key] > fractions[last] + within[key]}
    equal = [key for key in fractions if key not in above and fractions[key] >= fractions[last] - within[key]]
    left = places - len(above)
    return floors, above | set(sorted(equal)[:left]), set(equal) if left < len(equal) else set()


def _figure(key: Hashable, amount) -> int | Fraction | float:
    if isinstance(amount, Rational):
        return int(amount.numerator) if amount.denominator == 1 else Fraction(amount)
    if pd.isna(amount) or not math.isfinite(amount):
        raise ValueError(f"the amount of {key!r} is not a finite number")
    return Fraction(amount) if isinstance(amount, Decimal) else float(amount)


def _sum_half_up(amounts: list[int | Fraction | float]) -> int:
    floats = [amount for amount in amounts if isinstance(amount, float)]
    half_more = sum((amount for amount in amounts if not isinstance(amount, float)), Fraction(1, 2))
    if floats:
        half_more += Fraction(math.fsum(floats)) + Fraction(noise(math.fsum(map(abs, floats))))
    return math.floor(half_more)


def _whole(total) -> int:
    if not math.isfinite(total) or total != math.floor(total):
        raise ValueError(f"a total of {total} is not a whole number")
    return int(total)


def _in_steps(x, step: float):
    steps = np.asarray(x, dtype=float) / _positive(step)
    if not np.isfinite(steps).all():
        raise ValueError("a figure to count in steps is not finite")
    return steps


def _integers(steps: np.ndarray):
    return int(steps) if np.ndim(steps) == 0 else steps.astype(np.int64)


def _positive(step: float) -> float:
    if not 0 < step < math.inf:
        raise ValueError(f"a step of {step} is not a positive number")
    return float(step)


def _name(names: Iterable, rows: np.ndarray):
    return list(names)[int(rows.argmax())]
