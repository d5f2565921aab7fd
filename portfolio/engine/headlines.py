"""Headline figures: the few totals that stand on top of a plan, each with what it is today."""

from collections.abc import Mapping

import pandas as pd

from portfolio.engine.inputs import PlanInputs
from portfolio.engine.terms import DecisionKind, Part, Phase


def headlines(frames: Mapping[str, pd.DataFrame], inputs: PlanInputs) -> dict[str, float]:
    """Totals by name, the unit last in the name; ``year`` is the last whole year of the horizon, if any.

    ``today_contributions_eur`` is NaN when some participant's contribution is unknown.
    """
    year = reference_year(inputs)
    paid = frames["contributions"][frames["contributions"]["year"] == year]
    teams = frames["team_fte"]
    ending = teams[teams["month"] == teams["month"].max()]
    one_off = frames["cost"][frames["cost"]["part"] == Part.ONE_OFF]
    current = set(inputs["services"].loc[inputs["services"]["phase"] == Phase.CURRENT, "service"])
    undecided = DecisionKind.UNDECIDED
    decided = set(inputs["decisions"].loc[inputs["decisions"]["decision"] != undecided, "service"])
    live = set(ending.loc[ending["bound_by"] != "", "service"])
    return {
        "year": float(year),
        "contributions_eur": float(paid["eur"].sum()),
        "today_contributions_eur": float(paid["current_eur_cents"].sum(skipna=False)) / 100,
        "own_effort_eur": float(paid["own_effort_eur_cents"].sum()) / 100,
        "today_own_effort_eur": float(frames["today_own_effort"]["eur_cents"].sum()) / 100,
        "team_fte": round(float(ending["fte"].sum()), 10),
        "today_team_fte": round(float(frames["today_fte"]["fte"].sum()), 10),
        "one_off_eur": float(one_off["eur_cents"].sum()) / 100,
        "services": float(len(inputs["services"])),
        "decided": float(len(decided)),
        "new_services": float(len(inputs["services"]) - len(current)),
        "new_services_started": float(len(live - current)),
        "current_services": float(len(current)),
        "current_services_live": float(len(live & current)),
    }


def reference_year(inputs: PlanInputs) -> int:
    """The last calendar year that lies wholly in the horizon; the last one in part when there is none."""
    first_month = int(inputs.settings["start"][5:7])
    last = inputs.base_year * 12 + first_month - 1 + round(12 * inputs.settings["years"])
    whole = last // 12 - 1
    return whole if whole > inputs.base_year or first_month == 1 else (last - 1) // 12
