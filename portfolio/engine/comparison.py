"""Why a contribution changes: a stepwise bridge from today to the plan, the interaction shown as a step of its own."""

from dataclasses import replace
from enum import StrEnum

import numpy as np
import pandas as pd

from portfolio.engine.costing import Costs
from portfolio.engine.inputs import PlanInputs
from portfolio.engine.terms import DecisionKind, Phase


class Step(StrEnum):
    """The steps of the bridge, in the order in which they are shown."""

    UNEXPLAINED = "unexplained"
    INDEXATION = "indexation"
    VOLUME = "volume"
    PORTFOLIO = "portfolio"
    KEY = "key"
    INTERACTION = "interaction"
    ONE_OFF = "one_off"


def standing_still(inputs: PlanInputs) -> PlanInputs:
    """The center as it is: no decision, today's uptake, base-year volumes and prices, no stated lines."""
    frames = dict(inputs.frames)
    frames["decisions"] = inputs["decisions"].iloc[:0]
    frames["uptake"] = inputs["uptake"][inputs["uptake"]["scenario"] == ""]
    frames["lines"] = inputs["lines"].iloc[:0]
    frames["volumes"] = inputs["volumes"].iloc[:0]
    frames["drivers"] = inputs["drivers"].assign(growth=0.0)
    settings = dict(inputs.settings) | {"wage_growth": 0.0, "price_growth": 0.0}
    return replace(inputs, settings=settings, frames=frames)


def variants(inputs: PlanInputs) -> dict[Step, PlanInputs]:
    """The center as it is with one thing changed at a time."""
    still = standing_still(inputs)
    growth = {name: inputs.settings[name] for name in ("wage_growth", "price_growth")}
    return {
        Step.INDEXATION: replace(still, settings=dict(still.settings) | growth),
        Step.VOLUME: _with(still, volumes=inputs["volumes"], drivers=inputs["drivers"]),
        Step.PORTFOLIO: _with(still, uptake=inputs["uptake"], decisions=_without_changed_keys(inputs)),
        Step.KEY: _with(still, decisions=_only_changed_keys(inputs)),
    }


def _with(inputs: PlanInputs, **frames: pd.DataFrame) -> PlanInputs:
    return replace(inputs, frames=dict(inputs.frames) | frames)


def _current(inputs: PlanInputs) -> pd.Series:
    """Which decisions concern a current service."""
    current = set(inputs["services"].loc[inputs["services"]["phase"] == Phase.CURRENT, "service"])
    return inputs["decisions"]["service"].isin(current)


def _without_changed_keys(inputs: PlanInputs) -> pd.DataFrame:
    """The decisions with today's keys; a new service has no key today, so its own stays."""
    current = _current(inputs)
    decisions = inputs["decisions"]
    return decisions.assign(
        fte_key=decisions["fte_key"].mask(current, ""), cost_key=decisions["cost_key"].mask(current, "")
    )


def _only_changed_keys(inputs: PlanInputs) -> pd.DataFrame:
    """Every current service kept, under the keys of its decision."""
    return inputs["decisions"][_current(inputs)].assign(decision=DecisionKind.KEEP.value)


def bridge(now: np.ndarray, still: Costs, alone: dict[Step, Costs], plan: Costs) -> dict[Step, np.ndarray]:
    """Exact EUR (P, Y) per step; they sum to the plan's contributions less ``now``, NaN where today is unknown.

    ``now`` (P, Y) is today's contribution; ``still`` the center as it is; ``alone`` the effect of one change.
    """
    effects = {step: costs.recurring - still.recurring for step, costs in alone.items()}
    explained = sum(effects.values())
    return {
        Step.UNEXPLAINED: still.recurring - now,
        **effects,
        Step.INTERACTION: plan.recurring - still.recurring - explained,
        Step.ONE_OFF: plan.contributions - plan.recurring,
    }
