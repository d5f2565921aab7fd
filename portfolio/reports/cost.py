"""What the center costs, by part and year."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from django.utils.text import capfirst

from portfolio.engine.terms import Part
from portfolio.models.labels import PARTS


@dataclass(frozen=True)
class CostTable:
    """What the center costs, by part and year, in EUR."""

    years: Sequence[int]
    rows: Sequence[tuple[str, Sequence[float]]]
    totals: Sequence[float]


def cost_by_part(cost: pd.DataFrame) -> CostTable:
    """A row per part that occurs, a column per year."""
    by_part = cost.groupby(["part", "year"])["eur_cents"].sum().unstack(fill_value=0) / 100
    by_part = by_part.reindex([part.value for part in Part if part.value in by_part.index])
    by_part = by_part[(by_part != 0).any(axis="columns")]
    labels = [capfirst(str(PARTS[Part(part)])) for part in by_part.index]
    rows = list(zip(labels, by_part.to_numpy().tolist(), strict=True))
    return CostTable([int(year) for year in by_part.columns], rows, by_part.sum().tolist())
