"""The horizon: its months, and its epochs: runs of months in one calendar year in which nothing changes."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from portfolio.engine.inputs import PlanInputs, months_of
from portfolio.engine.schema import month_number, month_text


@dataclass(frozen=True, eq=False)
class Timeline:
    """T months, E epochs, Y calendar years. Nothing but depreciation changes inside an epoch.

    ``months`` (T) month numbers; ``epoch_of`` (T) epoch of a month; ``starts`` (E) first month number;
    ``lengths`` (E) months; ``year_of`` (E) position in ``years`` (Y); ``wages`` and ``prices`` (Y) index
    with the base year at 1; ``months_in`` (Y) months of the horizon in that year.
    """

    months: np.ndarray
    epoch_of: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray
    year_of: np.ndarray
    years: np.ndarray
    wages: np.ndarray
    prices: np.ndarray
    months_in: np.ndarray

    @cached_property
    def month_names(self) -> np.ndarray:
        """The months (T) as texts such as 2027-01."""
        return np.array([month_text(number) for number in self.months.tolist()], dtype=object)

    def per_year(self, by_epoch: np.ndarray) -> np.ndarray:
        """Sum the last axis from epochs to years."""
        out = np.zeros((*by_epoch.shape[:-1], len(self.years)))
        for epoch, year in enumerate(self.year_of.tolist()):
            out[..., year] += by_epoch[..., epoch]
        return out

    def per_epoch(self, by_month: np.ndarray) -> np.ndarray:
        """Sum the last axis from months to epochs."""
        return np.add.reduceat(by_month, self.starts - self.months[0], axis=-1)


def timeline(inputs: PlanInputs) -> Timeline:
    """Cut the horizon at every turn of the year and at every month in which a decision begins or ends."""
    months = months_of(inputs.settings)
    years = np.unique(months // 12)
    turns = [*inputs["decisions"]["from"], *inputs["decisions"]["until"]]
    cuts = {month_number(text) for text in turns if text} | {int(year) * 12 for year in years}
    starts = np.array(sorted({int(months[0])} | {cut for cut in cuts if months[0] < cut <= months[-1]}))
    lengths = np.diff(np.append(starts, months[-1] + 1))
    passed = years - inputs.base_year
    return Timeline(
        months=months,
        epoch_of=np.repeat(np.arange(len(starts)), lengths),
        starts=starts,
        lengths=lengths,
        year_of=starts // 12 - years[0],
        years=years,
        wages=(1 + inputs.settings["wage_growth"]) ** passed,
        prices=(1 + inputs.settings["price_growth"]) ** passed,
        months_in=np.bincount(months // 12 - years[0], minlength=len(years)),
    )
