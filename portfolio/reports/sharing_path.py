"""Growing into a division over some years, and what that costs whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.phase_in import phased_in, weights, whole
from portfolio.reports.names import Names


@dataclass(frozen=True)
class Step:
    """A participant on the path, whole EUR per year; ``costs`` against the division at once."""

    code: str
    name: str
    paid: Sequence[int]
    costs: Sequence[int]

    @property
    def cost(self) -> int:
        """What the path costs it over all years."""
        return sum(self.costs)

    @property
    def at_once(self) -> int:
        """What it would pay over all years without a path."""
        return sum(self.paid) - self.cost

    @property
    def all_years(self) -> int:
        return sum(self.paid)

    @property
    def cells(self) -> list[tuple[int, int]]:
        """Paid and cost, by year."""
        return list(zip(self.paid, self.costs, strict=True))


@dataclass(frozen=True)
class Path:
    """The path to a division in ``length`` years; ``parts`` how much of it counts per year."""

    method: str
    length: int
    years: Sequence[int]
    parts: Sequence[float]
    steps: Sequence[Step]
    total: Step
    unknown: Sequence[str] = ()

    @property
    def heads(self) -> list[tuple[int, float]]:
        """The years, and how much of the new division counts in each."""
        return list(zip(self.years, self.parts, strict=True))

    @property
    def closes(self) -> bool:
        return not any(self.total.costs)


def phase_in(
    frames: Mapping[str, pd.DataFrame], inputs: CenterInputs, method: str, length: int, only: str = ""
) -> Path:
    """The path from today's shares; without steps when it is not known what somebody pays today."""
    rows = frames["sharing"]
    new = rows[rows["method"] == method].pivot(index="participant", columns="year", values="eur_cents") / 100
    paid = frames["contributions"].pivot(index="participant", columns="year", values="current_eur_cents")
    old = paid.reindex(index=new.index, columns=new.columns)
    names, years = Names(inputs.frames), [int(year) for year in new.columns]
    parts = weights(len(years), length).tolist()
    unknown = [names.participant(code) for code in old.index[old.isna().any(axis=1)]]
    if unknown:
        said = [] if only else unknown
        return Path(method, length, years, parts, [], Step("", "", (), ()), said or [""])
    divided, at_once = new.to_numpy(), whole(new.to_numpy())
    path = phased_in(divided, old.to_numpy(), length)
    steps = [
        Step(code, names.participant(code), paid.tolist(), costs.tolist())
        for code, paid, costs in zip(new.index, path, path - at_once, strict=True)
        if only in ("", code)
    ]
    steps.sort(key=lambda step: (-step.paid[-1], step.code))
    total = Step("", "", path.sum(axis=0).tolist(), (path - at_once).sum(axis=0).tolist())
    return Path(method, length, years, parts, steps, total)


def lengths(years: Sequence[int]) -> list[int]:
    """How many years a path may take: up to the horizon."""
    return list(range(1, max(len(years), 1) + 1))


def default_length(years: Sequence[int]) -> int:
    return min(4, len(years))
