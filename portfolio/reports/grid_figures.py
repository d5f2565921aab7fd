"""The figures behind the FTE grid: services by participants in a year or a month, divided, asked, or in euros."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from portfolio.engine import tables
from portfolio.engine.demand import per_unit, volumes
from portfolio.engine.findings import refuse_errors
from portfolio.engine.inputs import CenterInputs, PlanInputs
from portfolio.engine.timeline import timeline
from portfolio.engine.working import divide, work
from portfolio.frames.uptake import takes_of

DIVIDED, ASKED, EUR = "fte", "asked", "eur"
UNITS = (DIVIDED, ASKED, EUR)
#: The frames of a plan that a grid reads, by unit.
FRAMES = {
    DIVIDED: ("team_fte", "fte_allocation", "today_fte"),
    ASKED: ("team_fte",),
    EUR: ("team_fte", "shares"),
}


@dataclass(frozen=True)
class Shown:
    """What is on screen: a unit, a year, one month of it or the whole (blank), and whether less what is today."""

    unit: str
    year: int
    month: str = ""
    is_difference: bool = False

    @property
    def period(self) -> str:
        """What the months of the period begin with."""
        return self.month or f"{self.year}-"

    @property
    def can_edit(self) -> bool:
        return self.unit != EUR and not self.is_difference


@dataclass(frozen=True, eq=False)
class Figures:
    """``values`` (S, P): NaN where the service does not run for the participant; ``teams`` (S): what is divided.

    ``steady`` (S): the figures are the same in every month, so that what is typed is what comes out.
    """

    services: list[str]
    participants: list[str]
    values: np.ndarray
    teams: np.ndarray
    steady: np.ndarray


def figures(inputs: CenterInputs, scenario: str, frames: Mapping[str, pd.DataFrame], shown: Shown) -> Figures:
    """The figures of a plan; what is asked comes from the inputs as they are."""
    if shown.unit == ASKED:
        return _asked(inputs, scenario, frames, shown)
    if shown.unit == EUR:
        return _euros(inputs, frames["shares"], shown)
    return _divided(inputs, frames, shown)


def computed(inputs: PlanInputs) -> dict[str, pd.DataFrame]:
    """Teams and their division as these inputs give them: a preview. Raises ``Refused`` when locks do not fit."""
    done = work(inputs)
    steps, found = divide(done)
    refuse_errors(found)
    return {"team_fte": tables.team_fte(done), "fte_allocation": tables.fte_allocation(done, steps)}


def _divided(inputs: CenterInputs, frames: Mapping[str, pd.DataFrame], shown: Shown) -> Figures:
    at = _Places(inputs)
    rows = _within(frames["fte_allocation"], shown)
    sums, counts = at.sums(rows, rows["fte"].to_numpy()), at.sums(rows, np.ones(len(rows)))
    squares = at.sums(rows, rows["fte"].to_numpy() ** 2)
    months = max(_within(frames["team_fte"], shown)["month"].nunique(), 1)
    values = np.where(counts > 0, sums / months, np.nan)
    # The same in each month: as many figures as months, and no spread around their mean.
    held = counts > 0
    same = (counts == months) & (np.abs(squares * months - sums**2) < 1e-6)
    steady = held.any(axis=1) & (same | ~held).all(axis=1)
    teams = _teams(at, frames["team_fte"], shown, months)
    if shown.is_difference:
        today = frames["today_fte"]
        was = at.sums(today, today["fte"].to_numpy())
        touched = held | (was > 0)
        values = np.where(touched, np.nan_to_num(values) - was, np.nan)
        teams = teams - was.sum(axis=1)
    return Figures(at.services, at.participants, values, teams, steady)


def _asked(inputs: CenterInputs, scenario: str, frames: Mapping[str, pd.DataFrame], shown: Shown) -> Figures:
    """What every participant asks of a service: what it requested, else what the sizing rule says of its volumes."""
    plan, at = inputs.plan_inputs(scenario), _Places(inputs)
    time = timeline(plan)
    volume = np.nan_to_num(volumes(plan, time)[:, :, shown.year - int(time.years[0])])
    values = plan.column("services", "base_fte")[:, None] + per_unit(plan, "fte") @ volume.T
    for pair, take in takes_of(inputs, scenario).items():
        if take.fte is not None:
            values[at.cell(pair)] = float(take.fte)
        if not take.takes:
            values[at.cell(pair)] = np.nan
    months = max(_within(frames["team_fte"], shown)["month"].nunique(), 1)
    teams = _teams(at, frames["team_fte"], shown, months)
    return Figures(at.services, at.participants, values, teams, np.ones(len(at.services), dtype=bool))


def _euros(inputs: CenterInputs, shares: pd.DataFrame, shown: Shown) -> Figures:
    """The bill of a year; the last service, without a code, holds the lines of the whole center."""
    at = _Places(inputs)
    at.services.append("")
    rows = shares[(shares["year"] == shown.year) & shares["participant"].isin(at.participants)]
    rows = rows[rows["service"].isin(at.services)]
    cents, counts = at.sums(rows, rows["eur_cents"].to_numpy()), at.sums(rows, np.ones(len(rows)))
    values = np.where(counts > 0, cents / 100, np.nan)
    teams = np.nansum(values, axis=1)
    return Figures(at.services, at.participants, values, teams, np.zeros(len(at.services), dtype=bool))


def _teams(at: "_Places", frame: pd.DataFrame, shown: Shown, months: int) -> np.ndarray:
    by_service = _within(frame, shown).groupby("service")["fte"].sum() / months
    return by_service.reindex(at.services).fillna(0.0).to_numpy()


def _within(frame: pd.DataFrame, shown: Shown) -> pd.DataFrame:
    """The rows in the months of the period."""
    months = frame["month"]
    wanted = [month for month in months.unique() if month.startswith(shown.period)]
    return frame[months.isin(wanted)]


class _Places:
    """Where a service and a participant stand: in the order of the inputs, which is that of their codes."""

    def __init__(self, inputs: CenterInputs) -> None:
        self.services: list[str] = inputs.frames["services"]["service"].tolist()
        self.participants: list[str] = inputs.frames["participants"]["code"].tolist()

    def cell(self, pair: tuple[str, str]) -> tuple[int, int]:
        return self.services.index(pair[0]), self.participants.index(pair[1])

    def sums(self, rows: pd.DataFrame, amounts: Any) -> np.ndarray:
        """Amounts per cell; what is no longer there (an older plan) is left out."""
        out = np.zeros((len(self.services), len(self.participants)))
        row = pd.Index(self.services).get_indexer(pd.Index(rows["service"]))
        column = pd.Index(self.participants).get_indexer(pd.Index(rows["participant"]))
        known = (row >= 0) & (column >= 0)
        np.add.at(out, (row[known], column[known]), np.asarray(amounts, dtype=float)[known])
        return out
