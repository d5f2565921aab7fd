"""Sureness: which part of a figure rests on estimates, and which inputs are most worth collecting."""

import math
from typing import Any

import numpy as np
import pandas as pd

from portfolio.engine.costing import PARTS, mix_cost
from portfolio.engine.demand import per_unit
from portfolio.engine.inputs import PlanInputs
from portfolio.engine.results import COLUMNS
from portfolio.engine.rounding import half_up
from portfolio.engine.terms import Part, Status
from portfolio.engine.working import Worked

#: The range that an estimate without one is taken to have, either way. An assumption, shown as such.
DEFAULT_SPREAD = 0.25


def weigh(done: Worked) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two frames: EUR per figure with the part that rests on estimates; and EUR that hangs on each estimated row.

    A euro rests on estimates when any input that sets it is estimated. Amounts are totals over the horizon.
    """
    at_stake = [
        (done.inputs.scenario, *where, round(eur * 100), DEFAULT_SPREAD if math.isnan(spread) else spread)
        for *where, eur, spread in _at_stake(done)
    ]
    at_stake = [row for row in at_stake if row[4]]
    at_stake.sort(key=lambda row: (-abs(row[4]) * row[5], row))
    cells = zip(*at_stake, strict=True) if at_stake else [()] * 6
    kinds = ["object"] * 4 + ["int64", "float64"]
    worth = pd.DataFrame(
        {
            name: pd.Series(values, dtype=kind)
            for name, values, kind in zip(COLUMNS["worth"], cells, kinds, strict=True)
        }
    )

    parts = done.cost.paid.sum(axis=(2, 3))
    total = parts.sum()
    uncertain = (parts * _estimated_parts(done)).sum()
    own = done.cost.own.sum()
    own_uncertain = _estimated_own(done)
    sureness = pd.DataFrame(
        {
            "scenario": done.inputs.scenario,
            "figure": ["contributions", "own_effort"],
            "eur_cents": half_up(np.array([total, own]) * 100).astype("int64"),
            "estimated_eur_cents": half_up(np.array([uncertain, own_uncertain]) * 100).astype("int64"),
        }
    )
    return sureness, worth


def _estimated(inputs: PlanInputs, name: str) -> np.ndarray:
    return inputs.column(name, "status") == Status.ESTIMATED


def _estimated_rows(inputs: PlanInputs, name: str) -> list[Any]:
    return [row for row in inputs.rows(name) if row.status == Status.ESTIMATED]


def _by_service(inputs: PlanInputs, name: str, where: np.ndarray | None = None) -> np.ndarray:
    """Which services (S) have an estimated row in a frame, counting only the rows in ``where``."""
    services = inputs.service_at
    chosen = _estimated(inputs, name) if where is None else _estimated(inputs, name) & where
    out = np.zeros(len(services), dtype=bool)
    out[[services[code] for code in inputs.column(name, "service")[chosen] if code]] = True
    return out


def _volume_share(done: Worked, per: np.ndarray) -> np.ndarray:
    """Share (S) of what sizing asks that comes from estimated volumes."""
    inputs = done.inputs
    quantity = np.nan_to_num(done.known).mean(axis=2)
    unsure = np.zeros(quantity.shape)
    people = inputs.participant_at
    for row in _estimated_rows(inputs, "base_volumes"):
        at = people[row.participant], inputs.driver_at[row.driver]
        unsure[at] = quantity[at]
    asked = np.einsum("sd,pd,sp->s", per, quantity, done.uptake.takes)
    shaky = np.einsum("sd,pd,sp->s", per, unsure, done.uptake.takes)
    return np.divide(shaky, asked, out=np.zeros_like(asked), where=asked > 0)


def _estimated_parts(done: Worked) -> np.ndarray:
    """Share (S + 1, parts) of each cost that rests on an estimate."""
    inputs = done.inputs
    sized = inputs.column("sizing", "fte") > 0
    row = _estimated(inputs, "services")
    team = np.maximum(
        row | _by_service(inputs, "sizing", sized), _volume_share(done, per_unit(inputs, "fte"))
    )
    roles = {role.role: role.status == Status.ESTIMATED for role in inputs.rows("roles")}
    services = inputs.service_at
    shaky = np.zeros(len(services))
    for mix in inputs.rows("role_mix"):
        shaky[services[mix.service]] += mix.share * (roles[mix.role] or mix.status == Status.ESTIMATED)
    prices = inputs.column("sizing", "price") > 0
    offered = _by_service(inputs, "offers") & (done.planned.offer >= 0).any(axis=1)
    out = np.zeros((len(services) + 1, len(PARTS)))
    by_part = {
        Part.PEOPLE: 1 - (1 - team) * (1 - np.minimum(shaky, 1)),
        Part.OVERHEAD: team,
        Part.FIXED: row | offered,
        Part.CAPITAL: _by_service(inputs, "assets"),
        Part.CONTRACTS: _by_service(inputs, "contracts"),
        Part.QUANTITY: np.maximum(
            _by_service(inputs, "sizing", prices) | offered, _volume_share(done, per_unit(inputs, "price"))
        ),
        Part.ONE_OFF: _by_service(inputs, "lines"),
    }
    for part, share in by_part.items():
        out[:-1, PARTS.index(part)] = share
    centerwide = [line.service == "" for line in _estimated_rows(inputs, "lines")]
    out[-1, PARTS.index(Part.ONE_OFF)] = float(any(centerwide))
    return out


def _estimated_own(done: Worked) -> float:
    """EUR of own effort that comes from estimated rows."""
    people, services = done.inputs.participant_at, done.inputs.service_at
    return float(
        sum(
            done.cost.own[people[row.participant], services[row.service]].sum()
            for row in _estimated_rows(done.inputs, "own_effort")
        )
    )


def _at_stake(done: Worked) -> list[tuple[str, str, str, float, float]]:
    """(sheet, key, column, EUR, spread) for every estimated row: how much money moves with it."""
    inputs = done.inputs
    services = inputs.service_at
    paid = done.cost.paid.sum(axis=(2, 3))
    people = paid[:-1, PARTS.index(Part.PEOPLE)] + paid[:-1, PARTS.index(Part.OVERHEAD)]
    out: list[tuple[str, str, str, float, float]] = []

    def add(sheet: str, key: str, column: str, eur: float, spread: float) -> None:
        out.append((sheet, key, column, float(eur), float(spread)))

    for row in _estimated_rows(inputs, "services"):
        at = services[row.service]
        add("services", row.service, "", people[at] + paid[at, PARTS.index(Part.FIXED)], row.spread)
    for row in _estimated_rows(inputs, "sizing"):
        at = services[row.service]
        eur = people[at] * (row.fte > 0) + paid[at, PARTS.index(Part.QUANTITY)] * (row.price > 0)
        add("sizing", f"{row.service}+{row.driver}", "", eur, row.spread)
    rate = mix_cost(inputs)
    salary = np.divide(paid[:-1, 0], rate, out=np.zeros_like(rate), where=rate > 0)
    for row in _estimated_rows(inputs, "roles"):
        eur = sum(
            salary[services[mix.service]] * mix.share * row.annual_cost
            for mix in inputs.rows("role_mix")
            if mix.role == row.role
        )
        add("roles", row.role, "annual_cost", eur, row.spread)
    for row in _estimated_rows(inputs, "base_volumes"):
        add("participants", row.participant, row.driver, _moved_by(done, row), row.spread)
    for row in _estimated_rows(inputs, "participants"):
        if not math.isnan(row.current_contribution):
            add(
                "participants",
                row.code,
                "current_contribution",
                row.current_contribution * inputs.settings["years"],
                row.spread,
            )
    where = inputs.participant_at
    for row in _estimated_rows(inputs, "own_effort"):
        add(
            "own_effort",
            f"{row.participant}+{row.service}",
            "",
            done.cost.own[where[row.participant], services[row.service]].sum(),
            row.spread,
        )
    for row in _estimated_rows(inputs, "assets"):
        add("assets", row.asset, "", row.amount / row.term_months * 12 * inputs.settings["years"], row.spread)
    for row in _estimated_rows(inputs, "contracts"):
        add("contracts", row.contract, "", row.annual_cost * inputs.settings["years"], row.spread)
    for row in _estimated_rows(inputs, "lines"):
        add("lines", row.line, "amount", row.amount, row.spread)
    for row in _estimated_rows(inputs, "offers"):
        at = services[row.service]
        number = done.planned.offers[row.service, row.decision]
        if (done.planned.offer[at] == number).any():
            add(
                "offers",
                f"{row.service}+{row.decision}+{row.driver}",
                "",
                paid[at, PARTS.index(Part.QUANTITY)] + paid[at, PARTS.index(Part.FIXED)],
                row.spread,
            )
    return out


def _moved_by(done: Worked, row: object) -> float:
    """EUR of people and quantity that hang on one volume of one participant."""
    inputs = done.inputs
    column, person = inputs.driver_at[row.driver], inputs.participant_at[row.participant]
    volume = np.nan_to_num(done.known[person, column]).mean()
    years = inputs.settings["years"]
    takes = done.uptake.takes[:, person] & done.planned.live.any(axis=1)
    work = per_unit(inputs, "fte")[:, column] * (mix_cost(inputs) + inputs.settings["overhead_per_fte"])
    return float(((work + per_unit(inputs, "price")[:, column]) * takes).sum() * volume * years)
