"""Baseline plus decisions: what every service is and costs in every epoch of the plan."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from portfolio.engine.findings import Finding, warning
from portfolio.engine.inputs import PlanInputs
from portfolio.engine.schema import month_number
from portfolio.engine.terms import ENDING, OUTSOURCING, DecisionKind, Phase
from portfolio.engine.timeline import Timeline


@dataclass(frozen=True, eq=False)
class Planned:
    """S services (sorted by code) in E epochs.

    ``live``, ``outsourced``, ``returned`` (S, E) booleans; ``factor`` (S, E) what the service's FTE figures
    are multiplied by; ``fixed_cost`` (S, E) EUR per year; ``offer`` (S, E) row in ``offers`` or -1;
    ``fte_key``, ``cost_key`` (S, E) names; ``released`` (S) first month number without its assets and
    contracts, or ``NEVER``. ``offers`` maps (service position, decision) to the position used in ``offer``.
    """

    services: list[str]
    live: np.ndarray
    outsourced: np.ndarray
    returned: np.ndarray
    factor: np.ndarray
    fixed_cost: np.ndarray
    offer: np.ndarray
    fte_key: np.ndarray
    cost_key: np.ndarray
    released: np.ndarray
    offers: dict[tuple[str, str], int]
    findings: list[Finding]


NEVER = np.iinfo(np.int64).max


def overlay(inputs: PlanInputs, time: Timeline) -> Planned:
    """Lay the scenario's decisions over the baseline (method, section 3)."""
    codes = list(inputs.service_at)
    shape = (len(codes), len(time.starts))
    current = inputs.column("services", "phase") == Phase.CURRENT
    offers, terms_of = _offers(inputs)
    planned = Planned(
        services=codes,
        live=np.repeat(current[:, None], shape[1], axis=1),
        outsourced=np.zeros(shape, dtype=bool),
        returned=np.zeros(shape, dtype=bool),
        factor=np.ones(shape),
        fixed_cost=np.repeat(inputs.column("services", "fixed_cost")[:, None], shape[1], axis=1),
        offer=np.full(shape, -1),
        fte_key=np.repeat(inputs.column("services", "fte_key")[:, None], shape[1], axis=1),
        cost_key=np.repeat(inputs.column("services", "cost_key")[:, None], shape[1], axis=1),
        released=np.full(len(codes), NEVER),
        offers=offers,
        findings=[],
    )
    for decision in inputs.rows("decisions"):
        _apply(decision, inputs.service_at[decision.service], planned, time, terms_of)
    return planned


def _offers(inputs: PlanInputs) -> tuple[dict[tuple[str, str], int], list[tuple[float, float]]]:
    """Number the offers by service and decision, each with its fixed cost and retained share, stated once."""
    stated: dict[tuple[str, str], list[float]] = {}
    for row in inputs.rows("offers"):
        terms = stated.setdefault((row.service, row.decision), [math.nan, math.nan])
        for place, value in enumerate((row.fixed_cost, row.retained_share)):
            terms[place] = value if math.isnan(terms[place]) else terms[place]
    numbers = {key: number for number, key in enumerate(stated)}
    return numbers, [(0.0 if math.isnan(fixed) else fixed, share) for fixed, share in stated.values()]


def _apply(
    decision: Any, row: int, planned: Planned, time: Timeline, terms_of: list[tuple[float, float]]
) -> None:
    """Write one decision into the epochs in which it holds."""
    first = month_number(decision.from_) if decision.from_ else int(time.months[0])
    last = month_number(decision.until) if decision.until else int(time.months[-1]) + 1
    held = (time.starts >= first) & (time.starts < last)
    if not held.any():
        return
    kind = DecisionKind(decision.decision)
    for name, keys in ((decision.fte_key, planned.fte_key), (decision.cost_key, planned.cost_key)):
        if name:
            keys[row, held] = name
    if kind in OUTSOURCING:
        number = planned.offers.get((decision.service, kind.value))
        if number is None:
            planned.findings.append(
                warning(
                    "no_offer",
                    "decisions",
                    (decision.scenario, decision.service),
                    "decision",
                    service=decision.service,
                    decision=kind.value,
                    severity=50,
                )
            )
            return
        planned.outsourced[row, held] = True
        planned.offer[row, held] = number
        planned.fixed_cost[row, held], planned.factor[row, held] = terms_of[number]
    elif kind in ENDING:
        planned.live[row, held] = False
        planned.returned[row, held] = kind is DecisionKind.RETURN
    elif kind is DecisionKind.START:
        planned.live[row, held] = True
    if kind in OUTSOURCING | ENDING:
        planned.released[row] = time.starts[held][0]
