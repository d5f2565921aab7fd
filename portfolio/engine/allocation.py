"""Allocation: a team's steps over its takers by key, lock and smallest slice, then controlled rounding (section 4)."""

import numpy as np

from portfolio.engine.demand import Demand, Uptake
from portfolio.engine.findings import Finding, error, note, warning
from portfolio.engine.inputs import PlanInputs
from portfolio.engine.overlay import Planned
from portfolio.engine.rounding import ceil_steps, round_months
from portfolio.engine.schema import month_text
from portfolio.engine.timeline import Timeline

NOISE = 1e-9


def allocate(
    inputs: PlanInputs, time: Timeline, planned: Planned, uptake: Uptake, need: Demand, shares: np.ndarray
) -> tuple[np.ndarray, list[Finding]]:
    """Whole steps (S, P, E) per participant, and what is worth knowing about how they came about."""
    step = inputs.settings["fte_step"]
    held = planned.live[:, None, :] & uptake.takes[:, :, None]
    quotas = np.where(held, need.team[:, None, :] * shares, np.nan)
    locks = np.where(uptake.takes, np.round(uptake.locked / step), np.nan)
    floors = ceil_steps(inputs.column("services", "min_slice"), step)
    findings: list[Finding] = []
    for row in np.flatnonzero((floors > 0) | ~np.isnan(locks).all(axis=1)):
        for epoch in np.flatnonzero(planned.live[row]):
            quotas[row, :, epoch], said = _bounded(
                need.team[row, epoch], shares[row, :, epoch], locks[row], uptake.takes[row], floors[row]
            )
            findings += _explain(
                said,
                planned.services[row],
                row,
                uptake,
                locks[row],
                need.team[row, epoch],
                step,
                int(time.starts[epoch]),
            )
    if any(finding.level == "error" for finding in findings):
        return np.zeros(quotas.shape, dtype=np.int64), findings
    return round_months(quotas.transpose(2, 0, 1)).transpose(1, 2, 0), findings


def _bounded(
    team: int, shares: np.ndarray, locks: np.ndarray, takes: np.ndarray, floor: int
) -> tuple[np.ndarray, str]:
    """Quotas (P) in steps with locks and the smallest slice applied, and the code of what went otherwise."""
    quota = np.where(takes, team * shares, np.nan)
    locked = takes & ~np.isnan(locks)
    quota[locked] = locks[locked]
    free = takes & ~locked
    left = team - locks[locked].sum()
    if left < 0:
        return quota, "locks_above_team"
    if not free.any():
        return quota, "locks_other_sum" if locked.any() and left else ""
    weights = np.where(free, shares, 0.0)
    if weights.sum() <= 0:
        weights = free.astype(float)
    quota[free] = (left * weights / weights.sum())[free]
    if not floor:
        return quota, ""
    if floor * free.sum() > left + NOISE:
        return quota, "slices_above_team" if team else ""
    lifted = np.zeros(len(quota), dtype=bool)
    while True:
        rest = free & ~lifted
        room = left - floor * lifted.sum()
        if rest.any():
            total = weights[rest].sum()
            quota[rest] = room * weights[rest] / total if total > 0 else room / rest.sum()
        below = rest & (quota < floor - NOISE)
        if not below.any():
            return quota, ""
        lifted |= below
        quota[below] = floor


def _explain(
    said: str, service: str, row: int, uptake: Uptake, locks: np.ndarray, team: int, step: float, month: int
) -> list[Finding]:
    """Turn what ``_bounded`` said into findings at the row of the first lock, or at the service."""
    if not said:
        return []
    params = {"service": service, "month": month_text(month), "team": round(team * step, 10)}
    if said == "slices_above_team":
        return [warning(said, "services", (service,), "min_slice", severity=8, **params)]
    column = int(np.flatnonzero(uptake.takes[row] & ~np.isnan(locks))[0])
    params["locked"] = round(float(np.nansum(np.where(uptake.takes[row], locks, np.nan))) * step, 10)
    return [error(said, "uptake", uptake.place[row, column], "locked_fte", **params)]


def ties(need: Demand, shares: np.ndarray, planned: Planned, uptake: Uptake) -> list[Finding]:
    """Note the services in which participants with equal quotas could not get equal FTE."""
    takes, takers = uptake.takes[:, :, None], uptake.takes.sum(axis=1)[:, None]
    spread = np.where(takes, shares, 0).max(axis=1, initial=0) - np.where(takes, shares, 1).min(
        axis=1, initial=1
    )
    uneven = need.team % np.maximum(takers, 1) != 0
    tied = (planned.live & (takers > 1) & (spread < NOISE) & uneven).any(axis=1)
    return [
        note("fte_tie", "services", (planned.services[row],), "", service=planned.services[row])
        for row in np.flatnonzero(tied)
    ]
