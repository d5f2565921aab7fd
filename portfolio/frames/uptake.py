"""Who takes what, cell by cell, as values: of a center, to and from a page, and laid into the inputs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pandas as pd

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import tidy

#: A cell: the codes of a service and a participant.
Pair = tuple[str, str]


@dataclass(frozen=True)
class Take:
    """Whether a participant takes a service, the FTE it requests, and the FTE that must come out exactly."""

    takes: bool = True
    fte: Decimal | None = None
    locked_fte: Decimal | None = None

    @classmethod
    def of(cls, takes: bool, fte: Any, locked_fte: Any) -> "Take":
        """From a row or a frame: floats as they are written, blanks and NaN as None."""
        return cls(bool(takes), _decimal(fte), _decimal(locked_fte))

    @property
    def text(self) -> str:
        """As it travels with a page: ``yes|0.6|``."""
        figures = ("" if value is None else f"{value.normalize():f}" for value in (self.fte, self.locked_fte))
        return "|".join(("yes" if self.takes else "no", *figures))

    @classmethod
    def read(cls, text: str) -> "Take":
        """The reverse of ``text``; raises ValueError or ArithmeticError on what no page has sent."""
        takes, fte, locked = text.split("|")
        return cls(takes == "yes", Decimal(fte) if fte else None, Decimal(locked) if locked else None)


@dataclass(frozen=True)
class Change:
    """One cell: what the user saw, and what it becomes."""

    service: str
    participant: str
    seen: Take
    becomes: Take

    @property
    def pair(self) -> Pair:
        return self.service, self.participant

    @property
    def reversed(self) -> "Change":
        return Change(self.service, self.participant, self.becomes, self.seen)


def takes_of(inputs: CenterInputs, scenario: str) -> dict[Pair, Take]:
    """The cells that are not plain; a row of the scenario comes before one for all scenarios."""
    rows = inputs.frames["uptake"]
    held = rows[rows["scenario"].isin(["", scenario])].sort_values("scenario", kind="stable")
    names = ("service", "participant", "takes", "fte", "locked_fte")
    cells = zip(*(held[name].tolist() for name in names), strict=True)
    found = {(service, participant): Take.of(*figures) for service, participant, *figures in cells}
    return {pair: take for pair, take in found.items() if take != Take()}


def with_takes(inputs: CenterInputs, scenario: str, changes: Iterable[Change]) -> CenterInputs:
    """The inputs as they would be with these cells: nothing is stored."""
    made = [
        (scenario, *c.pair, c.becomes.takes, _float(c.becomes.fte), _float(c.becomes.locked_fte))
        for c in changes
    ]
    if not made:
        return inputs
    names = ["scenario", "service", "participant", "takes", "fte", "locked_fte"]
    uptake = pd.concat([inputs.frames["uptake"], tidy("uptake", pd.DataFrame(made, columns=names))])
    kept = uptake.drop_duplicates(names[:3], keep="last")
    return replace(inputs, frames={**inputs.frames, "uptake": tidy("uptake", kept)})


# --- What a page saw, which it sends back ---


def written(cells: Mapping[Pair, Take]) -> str:
    """One line per cell that is not plain."""
    return "\n".join("\t".join((*pair, take.text)) for pair, take in sorted(cells.items()))


def read_back(text: str) -> dict[Pair, Take]:
    """The reverse. A line that is not of our making is dropped: its cell then differs from what stands, and is told."""
    cells: dict[Pair, Take] = {}
    for line in text.splitlines():
        try:
            service, participant, take = line.split("\t")
            cells[service, participant] = Take.read(take)
        except (ValueError, ArithmeticError):
            continue
    return cells


def _decimal(value: Any) -> Decimal | None:
    if value is None or value != value:
        return None
    return value.normalize() if isinstance(value, Decimal) else Decimal(f"{value:.15g}").normalize()


def _float(value: Decimal | None) -> float:
    return float("nan") if value is None else float(value)
