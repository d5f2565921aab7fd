"""Staged entry as changes to a center: shares of the whole, contracts and assets, own effort, volumes.

Each function takes the center as it is and gives it as it would be; nothing is stored here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from portfolio.engine.estimating import AsItIs, as_it_is, reconciled
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.rounding import half_up
from portfolio.engine.scaling import UNEXPLAINED, refilled, resized
from portfolio.engine.schema import FRAMES, columns, tidy
from portfolio.engine.terms import DecisionKind, Phase, Status

#: Frames that a stage may write; only these are held against what the page showed.
TOUCHED: Mapping[str, tuple[str, ...]] = {
    "budget": ("services", "sizing", "lines", "decisions"),
    "holdings": ("contracts", "assets", "services", "lines", "decisions"),
    "effort": ("own_effort",),
    "volumes": ("base_volumes",),
}
#: The columns of a quick row; the others keep their defaults.
QUICK: Mapping[str, tuple[str, ...]] = {
    "contracts": ("supplier", "service", "annual_cost", "ends"),
    "assets": ("asset", "service", "amount", "purchased", "term_months"),
}
ENTERED = Status.ENTERED.value


@dataclass(frozen=True)
class Entered:
    """Cells that were typed, by their key; None empties one. ``accepted`` are rows whose estimate is right."""

    values: Mapping[tuple[str, str], float | None]
    accepted: Collection[str] = ()
    source: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.values and not self.accepted


@dataclass(frozen=True)
class Holdings:
    """Contracts and assets that were typed, as records of their frames.

    ``is_instead`` says whether they replace what was estimated as other cost of their services.
    """

    contracts: Sequence[Mapping[str, Any]] = ()
    assets: Sequence[Mapping[str, Any]] = ()
    is_instead: bool = True

    @property
    def is_empty(self) -> bool:
        return not (self.contracts or self.assets)


# --- Budget and teams ---


def adopted(center: CenterInputs) -> float | None:
    """The contributions of the base year together: the adopted budget, else what is paid today; None when unknown."""
    year = int(center.settings["start"][:4])
    people, budget = center.frames["participants"], center.frames["budget"]
    paid = dict(zip(people["code"], people["current_contribution"], strict=True))
    this = budget[budget["year"] == year]
    paid |= dict(zip(this["participant"], this["amount"], strict=True))
    total = sum(paid[code] for code in sorted(paid))
    return None if total != total else float(total)


def spread_budget(
    center: CenterInputs, told: Entered, *, fte: float, eur: float, words: Mapping[str, str]
) -> CenterInputs:
    """Teams and cost of services as shares (0 to 1) of ``fte`` and ``eur``; keys are (service, "team" or "cost").

    A service whose team changes keeps its share of the cost. Where staff and contracts alone cost more than the
    share, they are what they are. What all this does not explain stands apart.
    """
    now = as_it_is(center)
    teams = {
        code: int(half_up((share or 0.0) * fte / now.step))
        for (code, what), share in told.values.items()
        if what == "team"
    }
    costs = {code: (share or 0.0) * eur for (code, what), share in told.values.items() if what == "cost"}
    changed = resized(center, teams) if teams else center
    then = as_it_is(changed)
    fixed = {}
    for code in {*teams, *costs}:
        wanted = costs.get(code, now.eur(code))
        fixed[code] = float(max(0.0, half_up(wanted - then.staff[code] - then.material[code], 2)))
    filled = _how_sure(
        refilled(changed, fixed), {*teams, *costs, *told.accepted}, {*teams, *told.accepted}, told.source
    )
    return _kept(reconciled(filled, eur, words=words).inputs)


def _how_sure(
    center: CenterInputs, services: Collection[str], teams: Collection[str], source: str
) -> CenterInputs:
    frames = dict(center.frames)
    frames["services"] = entered(frames["services"], frames["services"]["service"].isin(services), source)
    sizing = frames["sizing"]
    frames["sizing"] = entered(sizing, sizing["service"].isin(teams) & (sizing["fte"] > 0), source)
    return replace(center, frames=frames)


def entered(frame: pd.DataFrame, rows: pd.Series, source: str) -> pd.DataFrame:
    """Rows that somebody has now entered, with where the figures come from if that was said."""
    frame = frame.copy()
    frame.loc[rows & (frame["status"] == Status.ESTIMATED), "spread"] = float("nan")
    frame.loc[rows, "status"] = ENTERED
    if source:
        frame.loc[rows, "source"] = source
    return frame


def _kept(center: CenterInputs) -> CenterInputs:
    """What is unexplained is kept in every scenario, so that nobody has to decide about it."""
    frames = dict(center.frames)
    if UNEXPLAINED not in set(frames["services"]["service"]):
        return center
    decided = frames["decisions"]
    has = set(decided.loc[decided["service"] == UNEXPLAINED, "scenario"])
    missing = [code for code in center.scenarios if code not in has]
    if missing:
        keep = pd.DataFrame(
            {"scenario": missing, "service": UNEXPLAINED, "decision": DecisionKind.KEEP.value}
        )
        frames["decisions"] = tidy("decisions", pd.concat([decided, tidy("decisions", keep)]))
    return replace(center, frames=frames)


# --- Contracts and assets ---


def with_holdings(center: CenterInputs, told: Holdings, *, words: Mapping[str, str]) -> CenterInputs:
    """Contracts and assets as entered; what they cost is taken off the estimated other cost of their services.

    A service whose cost was entered keeps it. Where something is unexplained already, it is set anew.
    """
    before = as_it_is(center)
    frames = dict(center.frames)
    for name, records in (("contracts", told.contracts), ("assets", told.assets)):
        frames[name] = _merged(name, frames[name], records)
    changed = replace(center, frames=frames)
    if told.is_instead:
        changed = refilled(changed, _less(changed, before, as_it_is(changed)))
    eur = adopted(center)
    stands_apart = UNEXPLAINED in {*frames["services"]["service"], *frames["lines"]["line"]}
    return _kept(reconciled(changed, eur, words=words).inputs) if stands_apart and eur else changed


def _less(center: CenterInputs, before: AsItIs, after: AsItIs) -> dict[str, float]:
    services = center.frames["services"]
    estimated = services[(services["status"] == Status.ESTIMATED) & (services["phase"] == Phase.CURRENT)]
    fixed = dict(zip(estimated["service"], estimated["fixed_cost"], strict=True))
    return {
        code: float(max(0.0, half_up(cost - (after.material[code] - before.material[code]), 2)))
        for code, cost in fixed.items()
        if code != UNEXPLAINED and abs(after.material[code] - before.material[code]) > 0.005
    }


def _merged(name: str, frame: pd.DataFrame, records: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """A frame with records added or put over those of the same key."""
    key = FRAMES[name].key
    names = [column.name for column in columns(name)]
    rows = {tuple(row[part] for part in key): row for row in records_of(frame)}
    for record in records:
        at = tuple(record[part] for part in key)
        rows[at] = rows.get(at, {}) | dict(record)
    return tidy(name, pd.DataFrame(list(rows.values()), columns=names) if rows else None)


def records_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame by column."""
    rows: list[Any] = frame.to_dict("records")
    return rows


# --- Own effort and volumes ---


def with_own_effort(center: CenterInputs, told: Entered, column: str, remains: float) -> CenterInputs:
    """What participants spend themselves, ``fte`` or ``annual_cost``, keyed by (participant, service).

    Of a new row ``remains`` says which part stays once the center delivers; beside what the center delivers
    already, all of it stays.
    """
    frame, services = center.frames["own_effort"], center.frames["services"]
    current = set(services.loc[services["phase"] == Phase.CURRENT, "service"])
    standing = {(row["participant"], row["service"]): row for row in records_of(frame)}
    records: list[dict[str, Any]] = []
    emptied = set()
    for (participant, service), value in told.values.items():
        row: dict[str, Any] = {
            "participant": participant,
            "service": service,
            "remains": 1.0 if service in current else remains,
        }
        row |= standing.get((participant, service), {})
        row |= {column: float("nan") if value is None else value, "status": ENTERED, "spread": float("nan")}
        row |= {"source": told.source} if told.source else {}
        if all(row.get(name) is None or row.get(name) != row.get(name) for name in ("fte", "annual_cost")):
            emptied.add((participant, service))
        records.append(row)
    kept = _merged("own_effort", frame, records)
    gone = [pair in emptied for pair in zip(kept["participant"], kept["service"], strict=True)]
    return replace(
        center, frames={**center.frames, "own_effort": tidy("own_effort", kept[[not g for g in gone]])}
    )


def with_volumes(center: CenterInputs, told: Entered) -> CenterInputs:
    """Volumes of the base year keyed by (participant, driver); ``accepted`` participants' estimates are right."""
    frame = center.frames["base_volumes"]
    frame = entered(
        frame, frame["participant"].isin(told.accepted) & (frame["status"] == Status.ESTIMATED), told.source
    )
    standing = {(row["participant"], row["driver"]): row for row in records_of(frame)}
    records = []
    for (participant, driver), value in told.values.items():
        if value is None:
            standing.pop((participant, driver), None)
            continue
        row = {**standing.get((participant, driver), {}), "participant": participant, "driver": driver}
        row |= {"volume": value, "status": ENTERED, "spread": float("nan")}
        records.append(row | ({"source": told.source} if told.source else {}))
    names = [column.name for column in columns("base_volumes")]
    left = pd.DataFrame(list(standing.values()), columns=names)
    return replace(center, frames={**center.frames, "base_volumes": _merged("base_volumes", left, records)})
