"""Checks on a whole center: what single cells cannot show, such as unknown codes and shares that do not add up."""

from collections import namedtuple
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from portfolio.engine.findings import Finding, error, in_order, warning
from portfolio.engine.inputs import CenterInputs, months_of
from portfolio.engine.key_checks import check_keys
from portfolio.engine.schema import FRAMES, Kind, split_codes
from portfolio.engine.terms import FOR_CURRENT, FOR_NEW, BuiltinKey, Phase

TOLERANCE = 1e-6


def find(inputs: CenterInputs) -> list[Finding]:
    """Everything that is wrong or doubtful before any scenario is computed, errors first."""
    families = (
        _rows_there, _references, check_keys, _role_mix, _shared_use, _phases, _periods, _offers, _uptake, _lines,
        _own_effort,
    )  # fmt: skip
    return in_order(finding for family in families for finding in family(inputs))


def known_codes(inputs: CenterInputs) -> dict[str, set[str]]:
    """What a reference may name, per kind of reference in the schema."""
    frames = inputs.frames
    drivers = set(frames["drivers"]["driver"])
    keys = set(BuiltinKey) | drivers | set(frames["keys"]["key"])
    participants = set(frames["participants"]["code"])
    return {
        "participants": participants,
        "drivers": drivers,
        "roles": set(frames["roles"]["role"]),
        "services": set(frames["services"]["service"]),
        "scenarios": set(frames["scenarios"]["scenario"]),
        "any_key": keys,
        "any_payer": keys | participants,
        "any_item": set(frames["assets"]["asset"]) | set(frames["contracts"]["contract"]),
    }


def key_of(name: str, row: object) -> tuple[str | int, ...]:
    """The key of a row (a namedtuple or a record) of a frame."""
    return tuple(getattr(row, column) for column in FRAMES[name].key)


def rows_of(frame: pd.DataFrame) -> Iterator:
    """Rows as namedtuples; ``from`` is a keyword, so it comes as ``from_``."""
    if frame.empty:
        return iter(())
    row = _row_type(tuple("from_" if name == "from" else name for name in frame.columns))
    return map(row._make, zip(*(column for _name, column in frame.items()), strict=True))


@cache
def _row_type(names: tuple[str, ...]) -> Any:
    """One type per set of columns: to make a type takes longer than to make the rows of a table."""
    return namedtuple("Row", names)


def _rows_there(inputs: CenterInputs) -> Iterable[Finding]:
    for name, frame in FRAMES.items():
        if frame.required and inputs.frames[name].empty:
            yield error("no_rows", name, sheet=name)


def _references(inputs: CenterInputs) -> Iterable[Finding]:
    known = known_codes(inputs)
    for name, spec in FRAMES.items():
        frame = inputs.frames[name]
        for column in spec.columns:
            if not column.refers or frame.empty:
                continue
            codes = known[column.refers]
            many = column.kind is Kind.CODES
            bad = [
                any(code not in codes for code in split_codes(cell))
                if many
                else bool(cell) and cell not in codes
                for cell in frame[column.name]
            ]
            for row in rows_of(frame[bad]):
                cell = getattr(row, column.name)
                unknown = [code for code in split_codes(cell) if code not in codes] if many else [cell]
                yield error(
                    "unknown_code",
                    name,
                    key_of(name, row),
                    column.name,
                    value=", ".join(unknown),
                    sheet=_EXPECTED[column.refers],
                )


_EXPECTED = {
    "any_key": "keys",
    "any_payer": "keys, participants",
    "any_item": "assets, contracts",
    **{name: name for name in ("participants", "drivers", "roles", "services", "scenarios")},
}


def _role_mix(inputs: CenterInputs) -> Iterable[Finding]:
    mix = inputs.frames["role_mix"]
    totals = mix.groupby("service")["share"].sum()
    for service, total in totals[(totals - 1).abs() > TOLERANCE].items():
        role = mix.loc[mix["service"] == service, "role"].iloc[0]
        yield error(
            "shares_sum", "role_mix", (service, role), "share", item=service, total=round(float(total), 6)
        )
    services, sizing, uptake = (inputs.frames[name] for name in ("services", "sizing", "uptake"))
    figures = services[["base_fte", "fixed_fte", "min_fte"]].max(axis=1) > 0
    staffed = set(services.loc[figures, "service"]) | set(sizing.loc[sizing["fte"] > 0, "service"])
    staffed |= set(uptake.loc[(uptake["fte"] > 0) | (uptake["locked_fte"] > 0), "service"])
    for service in sorted(staffed & set(services["service"]) - set(totals.index)):
        yield error("no_role_mix", "services", (service,), "service", service=service)


def _shared_use(inputs: CenterInputs) -> Iterable[Finding]:
    use = inputs.frames["shared_use"]
    totals = use.groupby("item")["share"].sum()
    for item, total in totals[(totals - 1).abs() > TOLERANCE].items():
        service = use.loc[use["item"] == item, "service"].iloc[0]
        yield error(
            "shares_sum", "shared_use", (item, service), "share", item=item, total=round(float(total), 6)
        )
    both = (
        set(inputs.frames["assets"]["asset"])
        & set(inputs.frames["contracts"]["contract"])
        & set(totals.index)
    )
    for item in sorted(both):
        yield error("item_twice", "contracts", (item,), "contract", item=item)
    for name, code in (("assets", "asset"), ("contracts", "contract")):
        frame = inputs.frames[name]
        for item in frame.loc[(frame["service"] == "") & ~frame[code].isin(totals.index), code]:
            yield error("item_without_service", name, (item,), "service", item=item)


def _phases(inputs: CenterInputs) -> Iterable[Finding]:
    phase = dict(zip(inputs.frames["services"]["service"], inputs.frames["services"]["phase"], strict=True))
    for row in rows_of(inputs.frames["decisions"]):
        current = phase.get(row.service) == Phase.CURRENT
        if row.service in phase and row.decision not in (FOR_CURRENT if current else FOR_NEW):
            yield error(
                "decision_phase",
                "decisions",
                key_of("decisions", row),
                "decision",
                service=row.service,
                decision=row.decision,
                phase=phase[row.service],
                allowed=", ".join(sorted(FOR_CURRENT if current else FOR_NEW)),
            )


def _periods(inputs: CenterInputs) -> Iterable[Finding]:
    last = int(months_of(inputs.settings)[-1])
    for row in rows_of(inputs.frames["decisions"]):
        key = key_of("decisions", row)
        if row.from_ and row.until and row.until <= row.from_:
            yield error("period_backwards", "decisions", key, "until", start=row.from_, until=row.until)
        elif row.until and row.until <= inputs.settings["start"]:
            yield warning("decision_past", "decisions", key, "until", service=row.service, until=row.until)
        if row.from_ and int(row.from_[:4]) * 12 + int(row.from_[5:]) - 1 > last:
            yield warning(
                "decision_after_horizon", "decisions", key, "from", service=row.service, start=row.from_
            )


def _offers(inputs: CenterInputs) -> Iterable[Finding]:
    offers = inputs.frames["offers"]
    for (service, decision), rows in offers.groupby(["service", "decision"], sort=True):
        first = (service, decision, rows["driver"].iloc[0])
        for column in ("fixed_cost", "retained_share"):
            stated = rows[rows[column].notna()]
            if stated[column].nunique() > 1:
                other = stated[stated[column] != stated[column].iloc[0]].iloc[0]
                yield error(
                    "offer_differs",
                    "offers",
                    (service, decision, other["driver"]),
                    column,
                    service=service,
                    column=column,
                    one=stated[column].iloc[0],
                    other=other[column],
                )
        if rows["retained_share"].isna().all():
            yield error("offer_without_retained", "offers", first, "retained_share", service=service)
    for row in rows_of(offers[(offers["driver"] == "") & (offers["price"] > 0)]):
        yield error("price_without_driver", "offers", key_of("offers", row), "driver", service=row.service)


def _uptake(inputs: CenterInputs) -> Iterable[Finding]:
    step = inputs.settings["fte_step"]
    for row in rows_of(inputs.frames["uptake"]):
        key = key_of("uptake", row)
        if (
            not np.isnan(row.locked_fte)
            and abs(row.locked_fte / step - round(row.locked_fte / step)) > TOLERANCE
        ):
            yield error("lock_not_in_steps", "uptake", key, "locked_fte", locked=row.locked_fte, step=step)
        if not row.takes and not (np.isnan(row.locked_fte) and np.isnan(row.fte)):
            yield warning(
                "fte_not_taken", "uptake", key, "takes", service=row.service, participant=row.participant
            )


def _lines(inputs: CenterInputs) -> Iterable[Finding]:
    years = months_of(inputs.settings) // 12
    for row in rows_of(inputs.frames["lines"]):
        if row.year > years[-1] or (row.year < years[0] and not row.recurring):
            yield warning("line_outside_horizon", "lines", (row.line,), "year", line=row.line, year=row.year)


def _own_effort(inputs: CenterInputs) -> Iterable[Finding]:
    mixed = set(inputs.frames["role_mix"]["service"])
    for row in rows_of(inputs.frames["own_effort"]):
        key = key_of("own_effort", row)
        if np.isnan(row.fte) and np.isnan(row.annual_cost):
            yield warning(
                "own_effort_empty", "own_effort", key, "", participant=row.participant, service=row.service
            )
        elif np.isnan(row.annual_cost) and row.fte > 0 and row.service not in mixed:
            yield error("no_role_mix", "own_effort", key, "fte", service=row.service)
