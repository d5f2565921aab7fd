"""A plan at work: the arrays of every step of the method, before they are rounded and written down."""

from dataclasses import dataclass

import numpy as np

from portfolio.engine.allocation import allocate, ties
from portfolio.engine.costing import Costs, costs
from portfolio.engine.demand import Demand, Uptake, demand, uptake_of, volumes
from portfolio.engine.findings import Finding
from portfolio.engine.inputs import PlanInputs
from portfolio.engine.overlay import Planned, overlay
from portfolio.engine.sharing_keys import Keys, keys_of
from portfolio.engine.timeline import Timeline, timeline


@dataclass(frozen=True, eq=False)
class Worked:
    """S services, P participants, E epochs; see the step that made each array for its shape and unit."""

    inputs: PlanInputs
    time: Timeline
    known: np.ndarray
    planned: Planned
    uptake: Uptake
    keys: Keys
    need: Demand
    cost: Costs


def work(inputs: PlanInputs) -> Worked:
    """Volumes, decisions, demand, team, keys, cost. The only rounding is that of teams, up to the step."""
    time = timeline(inputs)
    known = volumes(inputs, time)
    planned = overlay(inputs, time)
    uptake = uptake_of(inputs)
    keys = keys_of(inputs, time, known)
    need = demand(inputs, time, planned, known, uptake)
    cost = costs(inputs, time, planned, uptake, need, keys, known)
    return Worked(inputs, time, known, planned, uptake, keys, need, cost)


def divide(done: Worked) -> tuple[np.ndarray, list[Finding]]:
    """FTE per participant in whole steps (S, P, E), and what is worth knowing about the division."""
    shares = done.keys.shares(done.planned.fte_key, done.uptake.takes, done.need.demand)
    steps, found = allocate(done.inputs, done.time, done.planned, done.uptake, done.need, shares)
    return steps, found + ties(done.need, shares, done.planned, done.uptake)
