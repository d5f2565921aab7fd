"""The scenarios of a center side by side: how far decided, what they come to, and whether that is up to date."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portfolio.engine.inputs import CenterInputs
from portfolio.frames.decisions import Verdict, verdicts_of
from portfolio.models.scenarios import Scenario
from portfolio.reports.decisions import progress


@dataclass(frozen=True)
class Figure:
    """Was, becomes and difference; None is unknown."""

    was: float | None
    becomes: float

    @property
    def difference(self) -> float | None:
        return None if self.was is None else self.becomes - self.was


@dataclass(frozen=True)
class ScenarioRow:
    """One scenario; without a plan it has no figures. ``seal`` is current, behind or missing."""

    code: str
    name: str
    description: str
    decided: int
    services: int
    parts: Sequence[Mapping[str, object]]
    seal: str
    year: int
    contributions: Figure | None
    together: Figure | None
    team: Figure | None
    one_off: float | None


def scenario_rows(
    inputs: CenterInputs, scenarios: Sequence[Scenario], headlines: Mapping[int, Mapping[str, float]],
    behind: Mapping[str, bool],
) -> list[ScenarioRow]:  # fmt: skip
    """In the order given; ``headlines`` by primary key of the plan."""
    services = inputs.frames["services"]["service"].tolist()
    rows = []
    for scenario in scenarios:
        found = verdicts_of(inputs, scenario.code)
        verdicts = [found.get(code, Verdict()) for code in services]
        got = headlines.get(scenario.current_plan_id or 0, {})
        rows.append(
            ScenarioRow(
                code=scenario.code,
                name=str(scenario),
                description=scenario.description,
                decided=sum(verdict.is_decided for verdict in verdicts),
                services=len(services),
                parts=progress(verdicts),
                seal="missing" if not got else "behind" if behind[scenario.code] else "current",
                year=int(got.get("year", 0)),
                contributions=_figure(got, "contributions_eur"),
                together=_together(got),
                team=_figure(got, "team_fte"),
                one_off=got.get("one_off_eur"),
            )
        )
    return rows


def _figure(got: Mapping[str, float], name: str) -> Figure | None:
    return Figure(_known(got[f"today_{name}"]), got[name]) if got else None


def _together(got: Mapping[str, float]) -> Figure | None:
    """Contribution and own effort: what a change is judged on."""
    if not got:
        return None
    was = _known(got["today_contributions_eur"] + got["today_own_effort_eur"])
    return Figure(was, got["contributions_eur"] + got["own_effort_eur"])


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
