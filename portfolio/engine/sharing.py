"""Every key and every fair division side by side, and which groups would be better off alone (method, section 6)."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from portfolio.engine.costing import costs
from portfolio.engine.findings import Finding, note
from portfolio.engine.games import (
    core_violations,
    count_violations,
    nucleolus,
    scrb,
    shapley,
    shapley_sampled,
)
from portfolio.engine.mending import mended
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

FRAMES = ("sharing", "core", "stability", "mending", "alone", "solo")


@dataclass(frozen=True, eq=False)
class _Written:
    """Rows of every frame as they are found, in the order of its columns after the scenario."""

    done: Worked
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {name: [] for name in FRAMES})

    def frames(self) -> dict[str, pd.DataFrame]:
        out = {}
        for name, rows in self.rows.items():
            frame = pd.DataFrame(rows, columns=list(COLUMNS[name][1:]))
            frame.insert(0, "scenario", self.done.inputs.scenario)
            whole = [column for column in frame if column == "year" or column.endswith("_cents")]
            counted = [column for column in frame if column == "coalitions"]
            words = [column for column in frame if column not in (*whole, *counted)]
            out[name] = frame.astype(
                dict.fromkeys(whole + counted, "int64") | dict.fromkeys(words, "object")
            )
        return out


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
            for name, division in methods.items():
                _judge(written, played, year, name, division[played.players], most)
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
    out = {Solution.CONTRIBUTION.value: done.cost.recurring}
    names = [*BuiltinKey, *done.inputs.driver_at, *sorted(done.keys.tables)]
    for name in map(str, names):
        planned = replace(done.planned, cost_key=np.full_like(done.planned.cost_key, name))
        under = costs(done.inputs, done.time, planned, done.uptake, done.need, done.keys, done.known)
        out[KEY + name] = under.recurring
    return out


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


def _judge(
    written: _Written, played: YearGame, year: int, method: str, division: np.ndarray, most: int
) -> None:
    """Write down who would be better off alone under a division (n), and what mends it."""
    game = played.game
    paid = dict(zip(game.players, division.tolist(), strict=True))
    exact = len(game.players) <= EXACT
    found = core_violations(game, paid, CENT, most=most)
    cents = [int(half_up(excess * 100)) for _, excess in found]
    named = ["+".join(sorted(members)) for members, _ in found]
    written.rows["core"] += [(year, method, *row) for row in zip(named, cents, strict=True)]
    count = count_violations(game, paid, CENT) if exact else len(found)
    mend = mended(game, paid, CENT) if exact and found else {}
    # Without a division in the core, no key keeps everyone in; where groups are searched for, nothing is proven.
    verdict = Verdict.NONE if mend is None else Verdict.MENDABLE if mend else Verdict.STABLE
    if found and not exact:
        verdict = Verdict.BLOCKED
    checked = "exact" if exact else "searched"
    written.rows["stability"].append((year, method, count, max(cents, default=0), checked, verdict.value))
    if mend:
        change = np.array([mend[code] for code in game.players])
        cents = apportion(change * 100, np.array(0))
        written.rows["mending"] += [
            (year, method, code, cent)
            for code, cent in zip(game.players, cents.tolist(), strict=True)
            if cent
        ]


def _write_divisions(
    written: _Written, year: int, methods: dict[str, np.ndarray], errors: dict[str, np.ndarray]
) -> None:
    codes = written.done.inputs.column("participants", "code").tolist()
    total = half_up(methods[Solution.CONTRIBUTION].sum() * 100)
    for name, division in methods.items():
        cents = apportion(division * 100, np.array(total).astype("int64")).tolist()
        error = half_up(errors.get(name, np.zeros(len(codes))) * 100).astype("int64").tolist()
        rows = zip(codes, cents, error, strict=True)
        written.rows["sharing"] += [(year, name, code, cent, off) for code, cent, off in rows]


def _write_alone(written: _Written, played: YearGame, year: int) -> None:
    codes, alone = played.game.players, played.alone
    services = list(written.done.inputs.service_at)
    for at, code in enumerate(codes):
        rows = [
            (services[row], alone.basis[at, row], float(alone.services[at, row]))
            for row in np.flatnonzero(alone.basis[at] != "")
        ]
        rows += [("", option, cost) for option, cost in sorted(alone.options[at].items())]
        written.rows["alone"] += [
            (year, code, service, basis, int(half_up(cost * 100))) for service, basis, cost in rows
        ]
        total = int(half_up(float(alone.total[at]) * 100))
        written.rows["solo"].append((year, code, alone.basis_of(at), total))
