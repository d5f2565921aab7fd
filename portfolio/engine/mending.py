"""The smallest change of a division after which no group is better off alone."""

from collections.abc import Mapping

import numpy as np
from scipy.optimize import linprog

from portfolio.engine.games import CostGame, core_violations

AT_ONCE = 64  # coalitions that one look at the game adds
SLACK = 1e-6


def mended(game: CostGame, division: Mapping[str, float], tolerance: float) -> dict[str, float] | None:
    """What each player pays more (or less: negative) so that no excess is over the tolerance; None if nothing helps.

    Least in the sum of what is moved. Linear programs with only the coalitions that matter: those that block the
    division, then those that block the answer, until none does. For games that can be listed.
    """
    players, start = list(game.players), np.array([division[code] for code in game.players])
    n = len(players)
    rows = np.zeros((0, n))
    bounds = np.zeros(0)
    change = np.zeros(n)
    while True:
        now = dict(zip(players, (start + change).tolist(), strict=True))
        blocking = core_violations(game, now, tolerance, most=AT_ONCE)
        if not blocking:
            return dict(zip(players, change.tolist(), strict=True))
        fresh = np.array([[code in members for code in players] for members, _ in blocking], dtype=float)
        if (rows[:, None, :] == fresh[None]).all(axis=2).any():
            return None  # a program that holds these coalitions and still breaks them has no answer
        rows = np.concatenate([rows, fresh])
        # Under the bound by half the tolerance, so that rounding does not bring a coalition back.
        room = [x - excess for x, excess in zip(fresh @ (start + change), (e for _, e in blocking), strict=True)]
        bounds = np.concatenate([bounds, np.array(room)])
        answer = linprog(
            np.ones(2 * n),
            A_ub=np.hstack([rows, -rows]),
            b_ub=bounds + tolerance / 2 - rows @ start,
            A_eq=np.concatenate([np.ones(n), -np.ones(n)])[None],
            b_eq=[0.0],
            bounds=(0, None),
            method="highs-ds",
        )
        if answer.status != 0:
            return None
        change = answer.x[:n] - answer.x[n:]
        change[abs(change) < SLACK] = 0.0
