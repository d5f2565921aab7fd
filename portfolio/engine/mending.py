"""The smallest change of a division after which no group is better off alone."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from portfolio.engine.cost_game import Coalition, CostGame
from portfolio.engine.games import core_violations
from portfolio.engine.solver import Failed, LinearProgram

AT_ONCE = 16  # coalitions that one look at the game adds: more make a slower program, and are much alike
# What the largest change weighs beside the sum of all, so that it is one answer, and evenly spread.
SPREAD = 1e-5
# What a player's turn weighs: of answers alike in both, always the same one, however it was found. Multiples of the
# golden ratio, less their whole part, lie far apart, so no two sums of turns are alike.
TURN, GOLDEN = 1e-6, (5**0.5 - 1) / 2
NOTHING = 1e-6  # of the unit of the division: a change so small is none

Blocking = list[tuple[Coalition, float]]  # with their excess, worst first


class Mending:
    """Mends one division of a game after another, in one linear program that remembers the coalitions that mattered.

    For games that can be listed. The coalitions that block one division are mostly those that block the next.
    """

    def __init__(self, game: CostGame, tolerance: float) -> None:
        self._game, self._tolerance = game, tolerance
        self._players: list[Any] = list(game.players)
        n = len(self._players)
        self._scale = max(abs(game.total), 1.0) / n
        self._known: dict[Coalition, None] = {}
        self._rows = np.zeros((0, n))
        self._costs = np.zeros(0)
        # More and less, of every player, and the largest of them, in units of the mean share.
        turns = 1 + TURN * (GOLDEN * np.arange(1, n + 1) % 1)
        weights = np.concatenate([turns, turns, [2 * SPREAD]])
        self._program = LinearProgram(weights, np.zeros(2 * n + 1), np.full(2 * n + 1, np.inf))
        self._program.add_rows(
            np.concatenate([np.ones(n), -np.ones(n), [0.0]])[None], np.zeros(1), np.zeros(1)
        )
        # No answer has both more and less of a player.
        within = np.column_stack([np.eye(n), np.eye(n), -np.ones(n)])
        self._program.add_rows(within, np.full(n, -np.inf), np.zeros(n))
        self._first = self._program.rows

    def mended(self, division: Mapping[str, float], found: Blocking | None = None) -> dict[str, float] | None:
        """What each player pays more (or less: negative) so that no excess is over the tolerance; None if none does.

        Least in the sum of what is moved (to a hundred-thousandth of it), and then in the largest change. A linear
        program with only the coalitions that matter: those that block the answer are added, until none does. `found`
        saves looking for the worst that block the division.
        """
        start = np.array([division[code] for code in self._players])
        if self._known:
            self._program.bound_rows(self._first, self._room(start, 0))
        change, is_solved = np.zeros(len(start)), False
        while True:
            blocking = self._blocking(start + change) if found is None else found[:AT_ONCE]
            found = None
            if not blocking:
                return dict(zip(self._players, change.tolist(), strict=True))
            fresh = [(members, excess) for members, excess in blocking if members not in self._known]
            if is_solved and len(fresh) < len(blocking):
                return None  # a program that holds these coalitions and still breaks them has no answer
            self._learn(fresh, start, start + change)
            try:
                answer, _ = self._program.solve()
            except Failed:
                return None
            is_solved = True
            change = (answer[: len(start)] - answer[len(start) : -1]) * self._scale
            change[abs(change) < NOTHING] = 0.0

    def _blocking(self, paid: np.ndarray) -> Blocking:
        now = dict(zip(self._players, paid.tolist(), strict=True))
        return core_violations(self._game, now, self._tolerance, most=AT_ONCE)

    def _learn(self, blocking: Blocking, start: np.ndarray, paid: np.ndarray) -> None:
        """Add coalitions with their excess under what is paid to the program of a start."""
        if not blocking:
            return
        self._known |= dict.fromkeys(members for members, _ in blocking)
        rows = np.array([[code in members for code in self._players] for members, _ in blocking], dtype=float)
        held = len(self._rows)
        self._rows = np.concatenate([self._rows, rows])
        self._costs = np.append(self._costs, rows @ paid - [excess for _, excess in blocking])
        moved = np.column_stack([rows, -rows, np.zeros(len(rows))])
        self._program.add_rows(moved, np.full(len(rows), -np.inf), self._room(start, held))

    def _room(self, start: np.ndarray, held: int) -> np.ndarray:
        """By how much the known coalitions from a place on may pay more.

        Half the tolerance is kept, so that rounding does not bring a coalition back.
        """
        return (self._costs[held:] - self._rows[held:] @ start + self._tolerance / 2) / self._scale
