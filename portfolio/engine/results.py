"""Frozen results of a plan: named tidy frames, headline figures, findings, and the identities that must hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from portfolio.engine.findings import Finding

#: Columns of every result frame, in the order in which they are written. FTE in fte, money as said in the name.
COLUMNS: dict[str, tuple[str, ...]] = {
    "team_fte": ("scenario", "service", "month", "fte", "bound_by"),
    "fte_allocation": ("scenario", "service", "participant", "month", "fte"),
    "cost": ("scenario", "service", "part", "year", "eur_cents"),
    "contributions": ("scenario", "participant", "year", "eur", "current_eur_cents", "own_effort_eur_cents"),
    # For the pages, beside the four frames of the workbook:
    "own_effort": ("scenario", "participant", "service", "year", "fte", "eur_cents"),
    "today_fte": ("scenario", "service", "participant", "fte"),
    "today_own_effort": ("scenario", "participant", "service", "fte", "eur_cents"),
    "bridge": ("scenario", "participant", "year", "step", "eur_cents"),
    "shares": ("scenario", "service", "participant", "part", "year", "eur_cents"),
    "sureness": ("scenario", "figure", "eur_cents", "estimated_eur_cents"),
    "worth": ("scenario", "sheet", "key", "column", "eur_cents", "spread"),
    # Of cost sharing, where it was asked for; recurring cost only:
    "sharing": ("scenario", "year", "method", "participant", "eur_cents", "error_eur_cents"),
    "core": ("scenario", "year", "method", "coalition", "excess_eur_cents"),
    "stability": ("scenario", "year", "method", "coalitions", "worst_eur_cents", "checked", "verdict"),
    "mending": ("scenario", "year", "method", "participant", "eur_cents"),
    "alone": ("scenario", "year", "participant", "service", "basis", "eur_cents"),
    "solo": ("scenario", "year", "participant", "basis", "eur_cents"),
}


@dataclass(frozen=True, eq=False)
class PlanResults:
    """What ``pipeline.compute`` gives back. ``headlines`` are totals by name, with their unit in the name."""

    scenario: str
    digest: str
    engine_version: str
    frames: Mapping[str, pd.DataFrame]
    headlines: Mapping[str, float]
    findings: Sequence[Finding]

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name]


def assert_identities(results: PlanResults, step: float) -> None:
    """Raise AssertionError when a total does not close: FTE per service and month, money per year."""
    teams, divided = results["team_fte"], results["fte_allocation"]
    cell = sum(
        pd.factorize(np.concatenate([teams[name].to_numpy(), divided[name].to_numpy()]))[0] * factor
        for name, factor in (("service", 1 + len(teams)), ("month", 1))
    )
    cell = pd.factorize(cell)[0]
    gap = np.bincount(
        cell, np.concatenate([teams["fte"].to_numpy(), -divided["fte"].to_numpy()]), minlength=1
    )
    assert np.abs(gap).max() < step / 2, "a team's FTE is not divided whole"

    cost, paid = results["cost"], results["contributions"]
    years = np.concatenate([cost["year"].to_numpy(), paid["year"].to_numpy()])
    amounts = np.concatenate([cost["eur_cents"].to_numpy() / 100, -paid["eur"].to_numpy()])
    off = np.bincount(years - years.min(initial=0), amounts, minlength=1)
    # Cost is rounded to the cent per service and part, contributions to the euro per year: their totals may
    # differ by half a euro and half a cent per rounded figure, never more.
    allowed = 0.5 + 0.005 * len(cost) + 1e-6
    assert np.abs(off).max() <= allowed, "contributions do not add up to the cost"

    if "sharing" in results.frames:
        totals = results["sharing"].groupby(["year", "method"])["eur_cents"].sum().groupby("year")
        assert (totals.min() == totals.max()).all(), "two divisions of one year have another total"
