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
    paid, cost, teams = frames["contributions"], frames["cost"], frames["team_fte"]
    then = paid["year"].to_numpy() == year
    ending = teams["month"].to_numpy() == teams["month"].iloc[-1]
    one_off = cost["part"].to_numpy() == Part.ONE_OFF.value
    current = {row.service for row in inputs.rows("services") if row.phase == Phase.CURRENT}
    decided = {row.service for row in inputs.rows("decisions") if row.decision != DecisionKind.UNDECIDED}
    live = set(teams["service"].to_numpy()[ending & (teams["bound_by"].to_numpy() != "")])
    return {
        "year": float(year),
        "contributions_eur": float(paid["eur"].to_numpy()[then].sum()),
        "today_contributions_eur": float(paid["current_eur_cents"].to_numpy()[then].sum()) / 100,
        "own_effort_eur": float(paid["own_effort_eur_cents"].to_numpy()[then].sum()) / 100,
        "today_own_effort_eur": float(frames["today_own_effort"]["eur_cents"].sum()) / 100,
        "team_fte": round(float(teams["fte"].to_numpy()[ending].sum()), 10),
        "today_team_fte": round(float(frames["today_fte"]["fte"].sum()), 10),
        "one_off_eur": float(cost["eur_cents"].to_numpy()[one_off].sum()) / 100,
        "services": float(len(inputs.service_at)),
        "decided": float(len(decided)),
        "new_services": float(len(inputs.service_at) - len(current)),
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
