"""Changing a center to fit: services resized to a team, other cost, the key of today, the unexplained set apart."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from portfolio.engine.comparison import standing_still
from portfolio.engine.demand import per_unit, uptake_of, volumes
from portfolio.engine.inputs import CenterInputs, PlanInputs
from portfolio.engine.schema import tidy
from portfolio.engine.terms import BuiltinKey, LineKind, Phase, Status
from portfolio.engine.timeline import timeline

#: Code of the service, or of the line when it is negative, that holds what the totals do not explain.
UNEXPLAINED = "UNEXPLAINED"
#: Key that divides cost as it is paid today.
TODAY = "today"
#: How far the unexplained part may be off.
UNEXPLAINED_SPREAD = 0.5
#: Drivers by which the unexplained is divided where there is no key of today: the first that the center counts.
USUAL_DRIVERS = ("workplaces", "inhabitants")


class TooSmall(ValueError):
    """Participants requested more FTE of a service than the team that was asked for it."""

    def __init__(self, service: str) -> None:
        self.service = service
        super().__init__(service)


def as_it_stands(center: CenterInputs) -> PlanInputs:
    """The center without decisions, growth or stated lines, whatever the scenario."""
    return standing_still(center.plan_inputs(center.scenarios[0]))


def resized(center: CenterInputs, teams: Mapping[str, int]) -> CenterInputs:
    """Scale sizing, base, fixed and minimum FTE of services so that each needs exactly a team of so many steps.

    FTE that participants requested stay. Raises ``TooSmall`` where these alone are more than the team.
    """
    still = as_it_stands(center)
    uptake, step = uptake_of(still), center.settings["fte_step"]
    known = np.nan_to_num(volumes(still, timeline(still))[:, :, 0])
    free = uptake.takes & np.isnan(uptake.requested)
    stated = np.where(uptake.takes, np.nan_to_num(uptake.requested), 0).sum(axis=1)
    counted = np.einsum("sd,pd,sp->sd", (per_unit(still, "fte") > 0).astype(float), known, free)
    services = {row["service"]: row for row in _records(center.frames["services"])}
    sizing = _records(center.frames["sizing"])
    for code in sorted(teams):
        row, at = services[code], still.service_at[code]
        rules = [rule for rule in sizing if rule["service"] == code and rule["fte"] > 0]
        amounts = {
            rule["driver"]: counted[at, still.driver_at[rule["driver"]]] / rule["per"] for rule in rules
        }
        _resize(row, rules, amounts, int(free[at].sum()), teams[code] * step, float(stated[at]), step)
    return replace(
        center,
        frames=dict(center.frames)
        | {
            "services": tidy("services", pd.DataFrame(list(services.values()))),
            "sizing": tidy("sizing", pd.DataFrame(sizing)) if sizing else center.frames["sizing"],
        },
    )


def _resize(
    row: dict[str, Any],
    rules: list[dict[str, Any]],
    amounts: Mapping[str, float],
    takers: int,
    target: float,
    stated: float,
    step: float,
) -> None:
    """Scale one service in place, with as few decimals as still give the team when it is rounded up."""
    room = target - stated
    if room < -1e-9:
        raise TooSmall(row["service"])

    def asked() -> float:
        return math.fsum(
            [row["fixed_fte"], row["base_fte"] * takers, *(rule["fte"] * amounts[rule["driver"]] for rule in rules)]
        )  # fmt: skip

    row["min_fte"] = min(row["min_fte"], round(target, 10))
    before = asked()
    if before <= 0:
        row["fixed_fte"] = round(max(room, 0.0), 12)
        return
    factor = max(room, 0.0) / before
    scaled = [(row, name, row[name] * factor) for name in ("base_fte", "fixed_fte")]
    scaled += [(rule, "fte", rule["fte"] * factor) for rule in rules]
    for decimals in range(4, 13):
        for place, name, value in scaled:
            place[name] = _floor(value, decimals)
        if asked() > room - step / 2 or decimals == 12:
            return


def _floor(value: float, decimals: int) -> float:
    return round(math.floor(value * 10**decimals) / 10**decimals, decimals)


def refilled(center: CenterInputs, fixed: Mapping[str, float]) -> CenterInputs:
    """Give services their fixed cost."""
    services = center.frames["services"].copy()
    services["fixed_cost"] = [
        float(fixed.get(code, cost))
        for code, cost in zip(services["service"], services["fixed_cost"], strict=True)
    ]
    return replace(center, frames={**center.frames, "services": services})


def with_key_of_today(center: CenterInputs, quantity: Mapping[str, float]) -> CenterInputs:
    """Divide the cost of current services as it is divided today, so that keeping everything changes nobody's bill.

    What a participant pays by quantity it pays anyway, so that is left out of its share of the rest.
    """
    paid = contributions(center)
    rest = {code: max(0.0, eur - quantity.get(code, 0.0)) for code, eur in paid.items()}
    total = math.fsum(rest.values())
    if not total:
        return center
    people = center.frames["participants"]
    status = dict(zip(people["code"], people["status"], strict=True))
    table = pd.DataFrame(
        [(TODAY, code, round(part / total, 12), status[code]) for code, part in rest.items()],
        columns=["key", "part", "share", "status"],
    )
    services = center.frames["services"].copy()
    services.loc[services["phase"] == Phase.CURRENT, "cost_key"] = TODAY
    keys = center.frames["keys"]
    keys = pd.concat([keys[keys["key"] != TODAY], tidy("keys", table)])
    return replace(center, frames={**center.frames, "services": services, "keys": tidy("keys", keys)})


def contributions(center: CenterInputs) -> dict[str, float]:
    """Today's contributions by participant; empty when one is unknown."""
    people = center.frames["participants"]
    if people["current_contribution"].isna().any():
        return {}
    return dict(zip(people["code"], people["current_contribution"], strict=True))


def with_unexplained(center: CenterInputs, eur: int, *, words: Mapping[str, str]) -> CenterInputs:
    """Set what is unexplained: a service without people when cost is missing, income when there is too much of it.

    A service is indexed and shown as recurring cost, which a stated line is not; but no service costs less than 0.
    """
    frames = dict(center.frames)
    services, lines = frames["services"], frames["lines"]
    keys = set(frames["keys"]["key"])
    counted = set(frames["drivers"]["driver"])
    driver = next((name for name in USUAL_DRIVERS if name in counted), BuiltinKey.EQUAL.value)
    key = TODAY if TODAY in keys else driver
    provenance: dict[str, Any] = {
        "status": Status.ESTIMATED.value,
        "source": words["source"],
        "spread": UNEXPLAINED_SPREAD,
    }
    standing = services[services["service"] == UNEXPLAINED]
    if eur > 0 or len(standing):
        row = _records(standing)[0] if len(standing) else {"service": UNEXPLAINED, "cost_key": key}
        row |= {"name": words["name"], "category": words["category"], "phase": Phase.CURRENT.value}
        row |= {"fixed_cost": float(max(eur, 0))} | provenance
        others = services[services["service"] != UNEXPLAINED]
        frames["services"] = tidy("services", pd.concat([others, tidy("services", pd.DataFrame([row]))]))
    lines = lines[lines["line"] != UNEXPLAINED]
    if eur < 0:
        row = {
            "line": UNEXPLAINED,
            "kind": LineKind.INCOME.value,
            "year": _first_year(center),
            "amount": float(-eur),
        }
        row |= {"payer_key": key, "recurring": True} | provenance
        lines = pd.concat([lines, tidy("lines", pd.DataFrame([row]))])
    frames["lines"] = tidy("lines", lines)
    return replace(center, frames=frames)


def _first_year(center: CenterInputs) -> int:
    return int(center.settings["start"][:4])


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[Any] = frame.to_dict("records")
    return rows
