"""The smallest change of a division after which no group is better off alone."""

from collections.abc import Mapping

import numpy as np

from portfolio.engine.cost_game import CostGame
from portfolio.engine.games import core_violations
from portfolio.engine.solver import Failed, LinearProgram

AT_ONCE = 64  # coalitions that one look at the game adds
SPREAD = 1e-5  # what the largest change weighs beside the sum of all, so that it is one answer, and evenly spread
NOTHING = 1e-6  # of the unit of the division: a change so small is none


def mended(game: CostGame, division: Mapping[str, float], tolerance: float) -> dict[str, float] | None:
    """What each player pays more (or less: negative) so that no excess is over the tolerance; None if nothing helps.

    Least in the sum of what is moved (to a hundred-thousandth of it), and then in the largest change. A linear program
    with only the coalitions that matter: those that block the division, then those that block the answer, until none
    does. For games that can be listed.
    """
    players = list(game.players)
    start = np.array([division[code] for code in players])
    n, scale = len(players), max(abs(start).max(), 1.0)
    # More and less, of every player, and the largest of them, in units of the largest share.
    weights = np.append(np.ones(2 * n), 2 * SPREAD)
    program = LinearProgram(weights, np.zeros(2 * n + 1), np.full(2 * n + 1, np.inf))
    program.add_rows(np.concatenate([np.ones(n), -np.ones(n), [0.0]])[None], np.zeros(1), np.zeros(1))
    within = np.column_stack([np.eye(2 * n), -np.ones(2 * n)])
    program.add_rows(within, np.full(2 * n, -np.inf), np.zeros(2 * n))
    change, known = np.zeros(n), set()
    while True:
        now = dict(zip(players, (start + change).tolist(), strict=True))
        blocking = core_violations(game, now, tolerance, most=AT_ONCE)
        if not blocking:
            return dict(zip(players, change.tolist(), strict=True))
        if known & {members for members, _ in blocking}:
            return None  # a program that holds these coalitions and still breaks them has no answer
        known |= {members for members, _ in blocking}
        rows = np.array([[code in members for code in players] for members, _ in blocking], dtype=float)
        # Half the tolerance is kept, so that rounding does not bring a coalition back.
        room = rows @ change - np.array([excess for _, excess in blocking]) + tolerance / 2
        moved = np.column_stack([rows, -rows, np.zeros(len(rows))])
        program.add_rows(moved, np.full(len(rows), -np.inf), room / scale)
        try:
            answer, _ = program.solve()
        except Failed:
            return None
        change = (answer[:n] - answer[n : 2 * n]) * scale
        change[abs(change) < NOTHING] = 0.0
