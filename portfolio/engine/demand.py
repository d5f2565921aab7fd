"""Volumes, demand and team: how many FTE a service needs, for whom and when (method, sections 1, 2 and 4)."""

from dataclasses import dataclass

import numpy as np

from portfolio.engine.findings import Finding, warning
from portfolio.engine.inputs import PlanInputs
from portfolio.engine.overlay import Planned
from portfolio.engine.rounding import ceil_steps
from portfolio.engine.timeline import Timeline

NOISE = 1e-9


@dataclass(frozen=True, eq=False)
class Uptake:
    """Who takes what: ``takes`` (S, P) booleans; ``requested`` and ``locked`` (S, P) FTE, NaN where not stated.

    ``place`` maps (service position, participant position) to the key of the row that says so.
    """

    takes: np.ndarray
    requested: np.ndarray
    locked: np.ndarray
    place: dict[tuple[int, int], tuple[str, str, str]]


@dataclass(frozen=True, eq=False)
class Demand:
    """FTE asked of every service: ``demand`` (S, P, E) while live; ``shadow`` (S, P, E) as if it were live.

    ``raw`` (S, E) demand plus the fixed part, ``team`` (S, E) whole steps, ``by_minimum`` (S, E) booleans.
    """

    demand: np.ndarray
    shadow: np.ndarray
    raw: np.ndarray
    team: np.ndarray
    by_minimum: np.ndarray


def volumes(inputs: PlanInputs, time: Timeline) -> np.ndarray:
    """Volumes (P, D, Y) in the drivers' own units; NaN where a participant's volume is unknown."""
    who, what = inputs.participant_at, inputs.driver_at
    base = np.full((len(who), len(what)), np.nan)
    for row in inputs.rows("base_volumes"):
        base[who[row.participant], what[row.driver]] = row.volume
    growth = inputs.column("drivers", "growth")
    out = base[:, :, None] * (1 + growth[None, :, None]) ** (time.years - inputs.base_year)
    for row in inputs.rows("volumes"):
        if time.years[0] <= row.year <= time.years[-1]:
            out[who[row.participant], what[row.driver], row.year - time.years[0]] = row.volume
    return out


def unknown_volumes(inputs: PlanInputs, time: Timeline, known: np.ndarray, uptake: Uptake) -> list[Finding]:
    """Warn once per participant and driver that some taken service is sized or priced by, yet that is unknown."""
    participants = list(inputs.participant_at)
    counted = {
        (row.service, row.driver) for row in [*inputs.rows("sizing"), *inputs.rows("offers")] if row.driver
    }
    found = {}
    for service, driver in sorted(counted):
        gaps = (
            np.isnan(known[:, inputs.driver_at[driver], :]).any(axis=1)
            & uptake.takes[inputs.service_at[service]]
        )
        for row in np.flatnonzero(gaps):
            found[participants[row], driver] = warning(
                "unknown_volume",
                "participants",
                (participants[row],),
                driver,
                participant=participants[row],
                driver=driver,
                severity=5,
            )
    return list(found.values())


def uptake_of(inputs: PlanInputs) -> Uptake:
    """A pair without a row takes the service; a row that names the scenario overrides a row for all whole."""
    services, participants = inputs.service_at, inputs.participant_at
    shape = (len(services), len(participants))
    out = Uptake(np.ones(shape, dtype=bool), np.full(shape, np.nan), np.full(shape, np.nan), {})
    # Sorted by key, so the row without a scenario comes first and is overwritten.
    for row in inputs.rows("uptake"):
        cell = services[row.service], participants[row.participant]
        out.takes[cell], out.requested[cell], out.locked[cell] = row.takes, row.fte, row.locked_fte
        out.place[cell] = (row.scenario, row.service, row.participant)
    return out


def per_unit(inputs: PlanInputs, column: str) -> np.ndarray:
    """``fte`` or ``price`` of the sizing rules per single unit of a driver (S, D)."""
    out = np.zeros((len(inputs.service_at), len(inputs.driver_at)))
    for row in inputs.rows("sizing"):
        out[inputs.service_at[row.service], inputs.driver_at[row.driver]] = getattr(row, column) / row.per
    return out


def times(rates: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Rates per unit (S, D) times volumes (P, D, Y), summed over the drivers: (S, P, Y). Unknown counts as 0.

    Driver by driver, so that the sum is the same on every machine.
    """
    people, _, years = known.shape
    quantity = np.nan_to_num(known).transpose(1, 0, 2).reshape(-1, people * years)
    out = np.zeros((len(rates), people * years))
    for driver in np.flatnonzero(rates.any(axis=0)):
        out += rates[:, driver, None] * quantity[driver]
    return out.reshape(len(rates), people, years)


def demand(inputs: PlanInputs, time: Timeline, planned: Planned, known: np.ndarray, uptake: Uptake) -> Demand:
    """Demand per participant and the team in whole steps, rounded up; 0 where no one takes the service."""
    computed = inputs.column("services", "base_fte")[:, None, None] + times(per_unit(inputs, "fte"), known)
    stated = ~np.isnan(uptake.requested)
    computed[stated] = uptake.requested[stated][:, None]
    yearly = computed * uptake.takes[:, :, None]
    shadow = yearly[:, :, time.year_of] * planned.factor[:, None, :]
    asked = shadow * planned.live[:, None, :]
    raw = inputs.column("services", "fixed_fte")[:, None] * planned.factor + asked.sum(axis=1)
    least = inputs.column("services", "min_fte")[:, None] * planned.factor
    served = planned.live & uptake.takes.any(axis=1)[:, None]
    team = np.where(served, ceil_steps(np.maximum(raw, least), inputs.settings["fte_step"]), 0)
    return Demand(asked, shadow, raw, team, least > raw + NOISE)
