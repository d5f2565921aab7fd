"""What belongs to one participant: the digest that its confirmation seals, and how complete its figures are."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import PROVENANCE
from portfolio.engine.terms import Phase, Status

#: The frames that hold a participant's own figures, and the column that names it.
OWN_FRAMES = {
    "participants": "code",
    "base_volumes": "participant",
    "volumes": "participant",
    "budget": "participant",
    "own_effort": "participant",
    "uptake": "participant",
    "alternatives": "participant",
    "scores": "participant",
    "weights": "participant",
}
_HOW_SURE = frozenset(column.name for column in PROVENANCE)


@dataclass(frozen=True)
class Missing:
    """A figure that is expected of a participant and is not there, or only as an estimate."""

    sheet: str
    key: tuple[Any, ...]
    column: str
    is_estimated: bool


@dataclass(frozen=True)
class Completeness:
    """How many of the expected figures are entered or confirmed, and which are not."""

    expected: int
    known: int
    missing: tuple[Missing, ...]

    @property
    def share(self) -> float:
        """0 to 1; nothing expected is complete."""
        return self.known / self.expected if self.expected else 1.0


def participant_digest(inputs: CenterInputs, code: str) -> str:
    """SHA-256 over a participant's own figures, not over how sure they are: confirming changes none."""
    sha = hashlib.sha256()
    for name, column in OWN_FRAMES.items():
        frame = inputs.frames[name]
        own = frame[frame[column] == code].drop(columns=[*_HOW_SURE])
        sha.update(repr((name, list(own.columns), own.to_numpy(dtype=object).tolist())).encode())
    return sha.hexdigest()


def completeness(inputs: CenterInputs, code: str) -> Completeness:
    """Expected are the contribution, each driver that a service is sized by, the budget of the base year, and the
    own effort on every new service (0 counts: a municipality without a CISO says so)."""
    figures = list(_expected(inputs, code))
    missing = tuple(
        Missing(sheet, key, column, is_estimated=status == Status.ESTIMATED)
        for sheet, key, column, status in figures
        if status not in (Status.ENTERED, Status.CONFIRMED)
    )
    return Completeness(len(figures), len(figures) - len(missing), missing)


def _expected(inputs: CenterInputs, code: str) -> Iterator[tuple[str, tuple[Any, ...], str, str]]:
    """Each expected figure with its place and status; the status of a missing one is blank."""
    frames = inputs.frames
    row = frames["participants"][frames["participants"]["code"] == code].iloc[0]
    known = row["current_contribution"] == row["current_contribution"]
    yield "participants", (code,), "current_contribution", row["status"] if known else ""

    volumes = _statuses(frames["base_volumes"], code, "driver")
    sizing = frames["sizing"]
    taken = sizing[~sizing["service"].isin(_not_taken(frames["uptake"], code))]
    for driver in sorted(set(taken["driver"])):
        yield "base_volumes", (code, driver), "volume", volumes.get(driver, "")

    year = int(inputs.settings["start"][:4])
    yield "budget", (code, year), "amount", _statuses(frames["budget"], code, "year").get(year, "")

    effort = frames["own_effort"]
    stated = _statuses(effort[effort["fte"].notna() | effort["annual_cost"].notna()], code, "service")
    services = frames["services"]
    for service in services.loc[services["phase"] == Phase.NEW, "service"]:
        yield "own_effort", (code, service), "fte", stated.get(service, "")


def _statuses(frame: pd.DataFrame, code: str, by: str) -> dict[Any, str]:
    own = frame[frame["participant"] == code]
    return dict(zip(own[by], own["status"], strict=True))


def _not_taken(uptake: pd.DataFrame, code: str) -> set[str]:
    refused = uptake[(uptake["participant"] == code) & (uptake["scenario"] == "") & ~uptake["takes"]]
    return set(refused["service"])
