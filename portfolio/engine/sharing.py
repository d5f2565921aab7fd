"""Every key and every fair division side by side, and which groups would be better off alone (method, section 6)."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from portfolio.engine.costing import recurring_by_key
from portfolio.engine.findings import Finding, note
from portfolio.engine.games import (
    core_violations,
    count_violations,
    nucleolus,
    scrb,
    shapley,
    shapley_sampled,
)
from portfolio.engine.mending import Mending
from portfolio.engine.results import COLUMNS
from portfolio.engine.rounding import apportion, half_up
from portfolio.engine.terms import BuiltinKey, Solution, Verdict
from portfolio.engine.working import Worked
from portfolio.engine.year_games import YearGame, year_game

#: A key among the methods carries this before its name, so that no key of a center hides a solution.
KEY = "key:"
EXACT, MOST = 20, 40  # players: up to the first all coalitions are looked at, above the second none
SAMPLES, SEED = 20_000, 1
CENT = 0.005  # EUR: less than this is no excess
TINY = 6  # decimals of an EUR: what lies behind them is noise, and must not decide who gets the last cent

FRAMES = ("sharing", "core", "stability", "mending", "alone", "solo")


@dataclass(frozen=True, eq=False)
class _Written:
    """Rows of every frame as they are found, in the order of its columns after the scenario."""

    done: Worked
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {name: [] for name in FRAMES})

    def frames(self) -> dict[str, pd.DataFrame]:
        return {name: self._frame(name) for name in FRAMES}

    def _frame(self, name: str) -> pd.DataFrame:
        rows = self.rows[name]
        index = pd.RangeIndex(len(rows))  # one for all columns, so that pandas need not compare them
        cells = zip(*rows, strict=True) if rows else [()] * len(COLUMNS[name][1:])
        columns = {"scenario": [self.done.inputs.scenario] * len(rows)}
        columns |= dict(zip(COLUMNS[name][1:], map(list, cells), strict=True))
        kept = {
            column: pd.Series(values, index=index, dtype=_kind(column)) for column, values in columns.items()
        }
        return pd.DataFrame(kept, index=index, copy=False)


def _kind(column: str) -> str:
    return "int64" if column in ("year", "coalitions") or column.endswith("_cents") else "object"


def share(done: Worked, *, most: int = 100) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The frames of ``FRAMES`` for every year; at most ``most`` blocking coalitions per method and year are named.

    Recurring cost only. Up to 20 players everything is exact; up to 40 Shapley is sampled and coalitions are searched
    for; above that only keys are compared.
    """
    written, found = _Written(done), []
    by_key = divisions_by_key(done)
    for at, year in enumerate(done.time.years.tolist()):
        played = year_game(done, at)
        methods = {name: paid[:, at] for name, paid in by_key.items()}
        errors: dict[str, np.ndarray] = {}
        size = 0 if played is None else len(played.players)
        if played is not None and size <= MOST:
            solved, errors = _solutions(played, len(methods[Solution.CONTRIBUTION]))
            methods |= solved
            judge = _Judge(written, played, year, most, methods[Solution.NUCLEOLUS][played.players])
            for name, division in methods.items():
                judge.judge(name, division[played.players])
        elif played is not None:
            found.append(note("game_left_out", "participants", (), "", year=year, players=size, most=MOST))
        if played is not None and EXACT < size <= MOST:
            found.append(note("game_sampled", "participants", (), "", year=year, players=size, most=EXACT))
        _write_divisions(written, year, methods, errors)
        if played is not None:
            _write_alone(written, played, year)
    return written.frames(), found


def divisions_by_key(done: Worked) -> dict[str, np.ndarray]:
    """Recurring EUR (P, Y): as the plan has it, and with one key for every service."""
    names = list(map(str, [*BuiltinKey, *done.inputs.driver_at, *sorted(done.keys.tables)]))
    by_key = recurring_by_key(
        done.inputs, done.time, done.planned, done.uptake, done.need, done.keys, done.cost.paid, names
    )
    return {Solution.CONTRIBUTION.value: done.cost.recurring} | {
        KEY + name: recurring for name, recurring in by_key.items()
    }


def _solutions(played: YearGame, people: int) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """EUR (P) per solution, and the standard error where it is a sample."""
    game = played.game

    def spread(by_code: dict[str, float]) -> np.ndarray:
        out = np.zeros(people)
        out[played.players] = [by_code[code] for code in game.players]
        return out

    errors = {}
    if len(game.players) <= EXACT:
        value = shapley(game)
    else:
        sampled = shapley_sampled(game, SAMPLES, SEED)
        value, errors[Solution.SHAPLEY.value] = sampled.values, spread(sampled.errors)
    solved = {Solution.SCRB: scrb(game), Solution.SHAPLEY: value, Solution.NUCLEOLUS: nucleolus(game)}
    return {name.value: spread(by_code) for name, by_code in solved.items()}, errors


class _Judge:
    """Writes down, division by division of one year, who would be better off alone, and what mends it."""

    def __init__(
        self, written: _Written, played: YearGame, year: int, most: int, nucleolus: np.ndarray
    ) -> None:
        self.rows, self.game, self.year, self.most = written.rows, played.game, year, most
        self.is_exact = len(played.game.players) <= EXACT
        # If even the least worst excess blocks, no division mends anything: no program has to find that out.
        can_mend = self.is_exact and not self._blocking(nucleolus, 1)
        self.mending = Mending(self.game, CENT) if can_mend else None

    def judge(self, method: str, division: np.ndarray) -> None:
        """Judge a division (n) by the name of its method."""
        found = self._blocking(division, self.most)
        cents = _in_cents(np.array([excess for _, excess in found])).tolist()
        named = ["+".join(sorted(members)) for members, _ in found]
        self.rows["core"] += [(self.year, method, *row) for row in zip(named, cents, strict=True)]
        count = len(found)
        if self.is_exact and count == self.most:  # a shorter list is complete
            count = count_violations(self.game, self._paid(division), CENT)
        change = self.mending.mended(self._paid(division), found) if self.mending and found else None
        verdict = self._verdict(bool(found), change is not None)
        checked = "exact" if self.is_exact else "searched"
        self.rows["stability"].append(
            (self.year, method, count, max(cents, default=0), checked, verdict.value)
        )
        if change:
            moved = apportion(np.round(list(change.values()), TINY) * 100, np.array(0)).tolist()
            self.rows["mending"] += [
                (self.year, method, code, cent) for code, cent in zip(change, moved, strict=True) if cent
            ]

    def _verdict(self, is_blocked: bool, is_mended: bool) -> Verdict:
        if not is_blocked:
            return Verdict.STABLE
        if not self.is_exact:
            return Verdict.BLOCKED  # where groups are searched for, nothing is proven
        return Verdict.MENDABLE if is_mended else Verdict.NONE

    def _blocking(self, division: np.ndarray, most: int) -> list[tuple[frozenset[str], float]]:
        return core_violations(self.game, self._paid(division), CENT, most=most)

    def _paid(self, division: np.ndarray) -> dict[str, float]:
        return dict(zip(self.game.players, division.tolist(), strict=True))


def _write_divisions(
    written: _Written, year: int, methods: dict[str, np.ndarray], errors: dict[str, np.ndarray]
) -> None:
    codes = written.done.inputs.column("participants", "code").tolist()
    total = half_up(methods[Solution.CONTRIBUTION].sum() * 100)
    for name, division in methods.items():
        cents = apportion(np.round(division, TINY) * 100, np.array(total).astype("int64")).tolist()
        error = _in_cents(errors.get(name, np.zeros(len(codes)))).tolist()
        rows = zip(codes, cents, error, strict=True)
        written.rows["sharing"] += [(year, name, code, cent, off) for code, cent, off in rows]


def _write_alone(written: _Written, played: YearGame, year: int) -> None:
    codes, alone = played.game.players, played.alone
    services = list(written.done.inputs.service_at)
    cents = _in_cents(alone.services).tolist()
    totals = _in_cents(alone.total).tolist()
    for at, code in enumerate(codes):
        options = sorted(alone.options[at].items())
        stated = _in_cents(np.array([cost for _, cost in options])).tolist()
        written.rows["alone"] += [
            (year, code, services[row], alone.basis[at, row], cents[at][row])
            for row in np.flatnonzero(alone.basis[at] != "").tolist()
        ]
        written.rows["alone"] += [
            (year, code, "", option, cost) for (option, _), cost in zip(options, stated, strict=True)
        ]
        written.rows["solo"].append((year, code, alone.basis_of(at), totals[at]))


def _in_cents(eur: np.ndarray) -> np.ndarray:
    return half_up(eur * 100).astype("int64")
