"""A center small enough to work out on paper: two municipalities, one role, whatever services a test asks for."""

import pandas as pd

from portfolio.engine import checks
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.pipeline import compute
from portfolio.engine.results import PlanResults


def center(
    desks: list[dict],
    /,
    *,
    people: dict[str, float] | None = None,
    settings: dict | None = None,
    **frames: list[dict],
) -> CenterInputs:
    """Participants with inhabitants (A 3,000 and B 1,000 unless said otherwise); every service is filled by role R."""
    people = people or {"A": 3000, "B": 1000}
    rows = {
        "participants": [{"code": code, "name": code} for code in people],
        "base_volumes": [
            {"participant": code, "driver": "inhabitants", "volume": volume}
            for code, volume in people.items()
        ],
        "roles": [{"role": "R", "name": "R", "annual_cost": 120_000}],
        "services": [{"name": row["service"], "phase": "current", **row} for row in desks],
        "role_mix": [{"service": row["service"], "role": "R", "share": 1} for row in desks],
        "scenarios": [{"scenario": "s"}],
        **frames,
    }
    told = {"name": "Small", "start": "2027-01", "years": 3} | (settings or {})
    return CenterInputs.of(told, {name: pd.DataFrame(found) for name, found in rows.items() if found})


def plan(*args, **kwargs) -> PlanResults:
    """The computed plan of such a center; a center that fails the checks fails the test."""
    made = center(*args, **kwargs)
    errors = [finding for finding in checks.find(made) if finding.level == "error"]
    assert not errors, [finding.message for finding in errors]
    return compute(made.plan_inputs("s"))


def fte(results: PlanResults, service: str, month: str) -> dict[str, float]:
    """FTE by participant in one month."""
    cells = results["fte_allocation"]
    found = cells[(cells["service"] == service) & (cells["month"] == month)]
    return dict(zip(found["participant"], found["fte"], strict=True))


def team(results: PlanResults, service: str, month: str) -> tuple[float, str]:
    """FTE of a team in one month, and what it is bound by."""
    rows = results["team_fte"]
    found = rows[(rows["service"] == service) & (rows["month"] == month)].iloc[0]
    return found["fte"], found["bound_by"]


def eur(results: PlanResults, service: str, part: str, year: int) -> float:
    """Cost of one part of a service in a year."""
    rows = results["cost"]
    found = rows[(rows["service"] == service) & (rows["part"] == part) & (rows["year"] == year)]
    return found["eur_cents"].sum() / 100


def paid(results: PlanResults, year: int, column: str = "eur") -> dict[str, float]:
    """A column of the contributions in a year, by participant."""
    rows = results["contributions"]
    found = rows[rows["year"] == year]
    return dict(zip(found["participant"], found[column].tolist(), strict=True))


def codes(results: PlanResults) -> set[str]:
    return {finding.code for finding in results.findings}
