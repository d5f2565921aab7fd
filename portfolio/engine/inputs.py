"""Frozen inputs of a plan: the settings and frames of a center, all scenarios or one, and their digest."""

import hashlib
from collections import namedtuple
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import numpy as np
import pandas as pd

from portfolio.engine import schema
from portfolio.engine.schema import FRAMES, JUDGMENTS, SETTINGS, tidy
from portfolio.engine.terms import DecisionKind, Phase

#: The scenario that is made when a center brings none.
PROPOSAL = "proposal"


@dataclass(frozen=True, eq=False)
class CenterInputs:
    """A whole center as it came in: settings by name and one tidy frame per name in ``schema.FRAMES``."""

    settings: Mapping[str, Any]
    frames: Mapping[str, pd.DataFrame]

    @classmethod
    def of(cls, settings: Mapping[str, Any], frames: Mapping[str, pd.DataFrame]) -> "CenterInputs":
        """Copy at the door: fill defaults, set dtypes, sort by key, add the proposal when there is no scenario."""
        held = {name: tidy(name, frames.get(name)) for name in FRAMES}
        if held["scenarios"].empty:
            held["scenarios"] = tidy("scenarios", pd.DataFrame({"scenario": [PROPOSAL]}))
            held["decisions"] = tidy("decisions", _proposal(held["services"]))
        held["drivers"] = _all_drivers(held)
        return cls(_settings(settings), held)

    @property
    def scenarios(self) -> list[str]:
        """Codes of the scenarios, sorted."""
        return list(self.frames["scenarios"]["scenario"])

    def plan_inputs(self, scenario: str) -> "PlanInputs":
        """The inputs of one scenario: the center, and of decisions, uptake and lines only what holds for it."""
        if scenario not in self.scenarios:
            raise KeyError(scenario)
        frames = dict(self.frames)
        for name, kept in (
            ("scenarios", [scenario]),
            ("decisions", [scenario]),
            ("lines", ["", scenario]),
            ("uptake", ["", scenario]),
        ):
            frames[name] = frames[name][frames[name]["scenario"].isin(kept)].reset_index(drop=True)
        return PlanInputs(self.settings, frames, scenario)


@dataclass(frozen=True, eq=False)
class PlanInputs:
    """All that one plan is computed from. Compare by ``digest``, never by value."""

    settings: Mapping[str, Any]
    frames: Mapping[str, pd.DataFrame]
    scenario: str
    _read: dict = field(default_factory=dict, repr=False)

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name]

    def rows(self, name: str) -> list[Any]:
        """The rows of a frame as named tuples (``from`` is called ``from_``): reading cells one by one in pandas
        costs more than the whole plan. Variants of a plan share what they have in common.
        """
        frame = self.frames[name]
        known = self._read.get(name, {}).get(id(frame))
        if known is None:
            row = _row_type(tuple(frame.columns))
            cells = (self.column(name, column).tolist() for column in frame.columns)
            known = frame, list(map(row._make, zip(*cells, strict=True)))
            self._read.setdefault(name, {})[id(frame)] = known
        return known[1]

    def column(self, name: str, column: str) -> np.ndarray:
        """One column of a frame as an array."""
        known = self._read.setdefault((name, column), {})
        frame = self.frames[name]
        if id(frame) not in known:
            known[id(frame)] = frame, frame[column].to_numpy()
        return known[id(frame)][1]

    @cached_property
    def service_at(self) -> dict[str, int]:
        """Service code -> position, in the sorted order of every array of the engine."""
        return {code: row for row, code in enumerate(self.column("services", "service").tolist())}

    @cached_property
    def participant_at(self) -> dict[str, int]:
        """Participant code -> position."""
        return {code: row for row, code in enumerate(self.column("participants", "code").tolist())}

    @cached_property
    def driver_at(self) -> dict[str, int]:
        """Driver -> position, sorted by name."""
        return {name: row for row, name in enumerate(self.column("drivers", "driver").tolist())}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over a canonical form: equal for equal inputs, whatever the order in which they came.

        Judgments are left out, since no figure is made of them.
        """
        sha = hashlib.sha256()
        sha.update(repr((self.scenario, sorted(self.settings.items()))).encode())
        for name in sorted(set(self.frames) - JUDGMENTS):
            frame = self.frames[name]
            sha.update(repr((name, list(frame.columns), len(frame))).encode())
            for column in frame.columns:
                values = self.column(name, column)
                sha.update(
                    values.tobytes() if values.dtype != object else "\x1f".join(values).encode() + b"\x1e"
                )
        return sha.hexdigest()

    @property
    def base_year(self) -> int:
        """The calendar year of the first month."""
        return int(self.settings["start"][:4])


@cache
def _row_type(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", ["from_" if column == "from" else column for column in columns])


def _settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with their defaults, numbers as float so that 5 and 5.0 are one digest."""
    out: dict[str, Any] = {}
    for column in SETTINGS:
        value = settings.get(column.name)
        if value is None or value == "" or value != value:
            value = column.default
        out[column.name] = float(value) if column.dtype == "float64" else str(value)
    return out


def _proposal(services: pd.DataFrame) -> pd.DataFrame:
    """Every new service starts in the first month; every current one is kept."""
    started = services.loc[services["phase"] == Phase.NEW, "service"]
    return pd.DataFrame({"scenario": PROPOSAL, "service": started, "decision": DecisionKind.START.value})


def _all_drivers(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """A driver that only has volumes gets a row too: without growth, under its own name."""
    counted = set(frames["base_volumes"]["driver"]) | set(frames["volumes"]["driver"])
    missing = sorted(counted - set(frames["drivers"]["driver"]))
    return tidy("drivers", pd.concat([frames["drivers"], pd.DataFrame({"driver": missing}, dtype="object")]))


def months_of(settings: Mapping[str, Any]) -> np.ndarray:
    """Month numbers (year * 12 + month - 1) of the horizon."""
    first = schema.month_number(settings["start"])
    return np.arange(first, first + round(12 * settings["years"]))
