"""Results written down: the arrays of a plan as tidy frames, rounded once and to stated totals."""

import numpy as np
import pandas as pd

from portfolio.engine.comparison import Step
from portfolio.engine.costing import PARTS
from portfolio.engine.findings import Finding, note
from portfolio.engine.rounding import apportion, half_up, tied
from portfolio.engine.terms import BoundBy
from portfolio.engine.working import Worked


def team_fte(done: Worked) -> pd.DataFrame:
    services, _, months = _names(done)
    words = np.array([BoundBy.DEMAND.value, BoundBy.MINIMUM.value], dtype=object)
    bound = np.where(done.planned.live, words[done.need.by_minimum.astype(int)], "")[:, done.time.epoch_of]
    return pd.DataFrame(
        {
            "scenario": done.inputs.scenario,
            "service": np.repeat(services, len(months)),
            "month": np.tile(months, len(services)),
            "fte": _fte(done.need.team[:, done.time.epoch_of].ravel(), done),
            "bound_by": bound.ravel(),
        }
    )


def fte_allocation(done: Worked, steps: np.ndarray) -> pd.DataFrame:
    services, participants, months = _names(done)
    held = done.planned.live[:, None, :] & done.uptake.takes[:, :, None]
    service, participant, month = np.nonzero(held[:, :, done.time.epoch_of])
    return pd.DataFrame(
        {
            "scenario": done.inputs.scenario,
            "service": services[service],
            "participant": participants[participant],
            "month": months[month],
            "fte": _fte(steps[service, participant, done.time.epoch_of[month]], done),
        }
    )


def cost(done: Worked) -> pd.DataFrame:
    services, _, _ = _names(done)
    paid = done.cost.paid.sum(axis=2)
    rows = [(service, part) for service in range(len(services)) for part in range(len(PARTS))]
    if len(done.inputs["lines"]) and (done.inputs["lines"]["service"] == "").any():
        rows.append((len(services), len(PARTS) - 1))
    service, part = np.array(rows, dtype=int).reshape(-1, 2).T
    years = done.time.years
    return pd.DataFrame(
        {
            "scenario": done.inputs.scenario,
            "service": np.repeat(np.append(services, "")[service], len(years)),
            "part": np.repeat(np.array([p.value for p in PARTS], dtype=object)[part], len(years)),
            "year": np.tile(years, len(rows)),
            "eur_cents": half_up(paid[service, part].ravel() * 100).astype("int64"),
        }
    )


def contributions(done: Worked, now: np.ndarray) -> pd.DataFrame:
    _, participants, _ = _names(done)
    years = done.time.years
    exact = done.cost.contributions.T
    whole = apportion(exact, half_up(exact.sum(axis=-1)).astype("int64")).T
    return pd.DataFrame(
        {
            "scenario": done.inputs.scenario,
            "participant": np.repeat(participants, len(years)),
            "year": np.tile(years, len(participants)),
            "eur": whole.ravel(),
            "current_eur_cents": np.round(now * 100).ravel(),
            "own_effort_eur_cents": half_up(done.cost.own.sum(axis=1).ravel() * 100).astype("int64"),
        }
    )


def contribution_ties(done: Worked) -> list[Finding]:
    _, participants, _ = _names(done)
    found = []
    for column, year in enumerate(done.time.years.tolist()):
        equal = tied(dict(zip(participants, done.cost.contributions[:, column].tolist(), strict=True)))
        if equal:
            found.append(
                note("euro_tie", "participants", (), "", year=year, participants=", ".join(sorted(equal)))
            )
    return found


def own_effort(done: Worked) -> pd.DataFrame:
    services, participants, _ = _names(done)
    stated = np.zeros(done.cost.own.shape[:2], dtype=bool)
    rows = done.inputs["own_effort"]
    stated[
        np.searchsorted(participants.astype(str), rows["participant"].to_numpy().astype(str)),
        np.searchsorted(services.astype(str), rows["service"].to_numpy().astype(str)),
    ] = True
    participant, service = np.nonzero(
        stated | (done.cost.own > 0).any(axis=2) | (done.cost.own_fte > 0).any(axis=2)
    )
    years = done.time.years
    return pd.DataFrame(
        {
            "scenario": done.inputs.scenario,
            "participant": np.repeat(participants[participant], len(years)),
            "service": np.repeat(services[service], len(years)),
            "year": np.tile(years, len(participant)),
            "fte": np.round(done.cost.own_fte[participant, service].ravel(), 9),
            "eur_cents": half_up(done.cost.own[participant, service].ravel() * 100).astype("int64"),
        }
    )


def today_fte(still: Worked, steps: np.ndarray) -> pd.DataFrame:
    """FTE per service and participant as the center stands in the first month, before any decision."""
    services, participants, _ = _names(still)
    service, participant = np.nonzero(still.planned.live[:, :1] & still.uptake.takes)
    return pd.DataFrame(
        {
            "scenario": still.inputs.scenario,
            "service": services[service],
            "participant": participants[participant],
            "fte": _fte(steps[service, participant, 0], still),
        }
    )


def today_own_effort(still: Worked) -> pd.DataFrame:
    """What participants spend themselves today, a whole year at the prices of the base year."""
    frame = own_effort(still)
    first = frame[frame["year"] == still.time.years[0]].drop(columns="year").reset_index(drop=True)
    whole = 12 / still.time.months_in[0]
    return first.assign(eur_cents=half_up(first["eur_cents"].to_numpy() * whole).astype("int64"))


def bridge(
    done: Worked, exact: dict[Step, np.ndarray], now: np.ndarray, written: pd.DataFrame
) -> pd.DataFrame:
    """The steps in cents; they sum to the whole-euro contribution less today's, wherever today is known."""
    _, participants, _ = _names(done)
    names = np.array([step.value for step in exact], dtype=object)
    amounts = np.stack([np.nan_to_num(values) for values in exact.values()], axis=-1) * 100
    whole = written["eur"].to_numpy().reshape(amounts.shape[:2]) * 100
    start = np.where(np.isnan(now), whole - np.round(amounts.sum(axis=-1)), np.round(now * 100))
    cents = apportion(amounts, (whole - start).astype("int64"))
    years = done.time.years
    return pd.DataFrame(
        {
            "scenario": done.inputs.scenario,
            "participant": np.repeat(participants, len(years) * len(names)),
            "year": np.tile(np.repeat(years, len(names)), len(participants)),
            "step": np.tile(names, len(participants) * len(years)),
            "eur_cents": cents.ravel(),
        }
    )


def shares(done: Worked, written: pd.DataFrame) -> pd.DataFrame:
    """The bill: cents per service, part, participant and year that add up to the whole-euro contribution."""
    services, participants, _ = _names(done)
    rows, parts, people, years = done.cost.paid.shape
    amounts = done.cost.paid.transpose(2, 3, 0, 1).reshape(people, years, rows * parts) * 100
    totals = written["eur"].to_numpy().reshape(people, years) * 100
    cents = apportion(amounts, totals).reshape(people, years, rows, parts)
    person, year, row, part = np.nonzero(cents)
    return pd.DataFrame(
        {
            "scenario": done.inputs.scenario,
            "service": np.append(services, "")[row],
            "participant": participants[person],
            "part": np.array([p.value for p in PARTS], dtype=object)[part],
            "year": done.time.years[year],
            "eur_cents": cents[person, year, row, part],
        }
    )


def _names(done: Worked) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Service codes, participant codes and month texts, as arrays to index."""
    return (
        np.array(done.planned.services, dtype=object),
        done.inputs.column("participants", "code"),
        done.time.month_names,
    )


def _fte(steps: np.ndarray, done: Worked) -> np.ndarray:
    """Steps as FTE without float noise: 3 steps of 0.05 are 0.15."""
    return np.round(steps * done.inputs.settings["fte_step"], 10)
