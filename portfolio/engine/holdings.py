"""Holdings: what assets and contracts cost per service, and what is left of them when released (method, section 5)."""

from dataclasses import dataclass

import numpy as np

from portfolio.engine.inputs import PlanInputs
from portfolio.engine.overlay import NEVER, Planned
from portfolio.engine.schema import month_number
from portfolio.engine.timeline import Timeline


@dataclass(frozen=True, eq=False)
class Holdings:
    """EUR, not rounded: ``capital`` and ``contracts`` (S, E); ``released`` (S) one-off at ``Planned.released``."""

    capital: np.ndarray
    contracts: np.ndarray
    released: np.ndarray


def holdings(inputs: PlanInputs, time: Timeline, planned: Planned) -> Holdings:
    """Sum the items of every service by their stated shares; a released service keeps none of them."""
    months = time.months
    leaving = np.where(planned.released == NEVER, months[-1] + 1, planned.released)
    growth, base = inputs.settings["price_growth"], inputs.base_year

    use = _used(inputs, "assets", "asset")
    assets = Assets(
        amount=inputs.column("assets", "amount"),
        term=inputs.column("assets", "term_months"),
        purchased=np.array(
            [month_number(text) for text in inputs.column("assets", "purchased")], dtype=np.int64
        ),
        price_growth=growth,
        base_year=base,
    )
    january = assets.book_value(months // 12 * 12)
    capital = use @ (assets.depreciation(months) + inputs.settings["interest"] / 12 * january)
    # The book value of every asset in the month in which each service lets go of it: (S, assets).
    left = assets.book_value(leaving, replaced=False).T

    held_contracts = _used(inputs, "contracts", "contract")
    yearly = held_contracts @ inputs.column("contracts", "annual_cost")
    contracts = yearly[:, None] * (time.prices[months // 12 - time.years[0]] / 12)

    held = planned.live[:, time.epoch_of] & (months[None, :] < planned.released[:, None])
    released = (use * left).sum(axis=1) + held_contracts @ inputs.column("contracts", "exit_cost")
    return Holdings(
        time.per_epoch(capital * held),
        time.per_epoch(contracts * held),
        np.where(planned.released == NEVER, 0.0, released),
    )


def _used(inputs: PlanInputs, name: str, code: str) -> np.ndarray:
    """Shares (S, items): by ``shared_use`` where that names the item, else wholly by its own service."""
    items = inputs.rows(name)
    at = {getattr(item, code): column for column, item in enumerate(items)}
    out = np.zeros((len(inputs.service_at), len(items)))
    shared = [row for row in inputs.rows("shared_use") if row.item in at]
    for row in shared:
        out[inputs.service_at[row.service], at[row.item]] = row.share
    elsewhere = {row.item for row in shared}
    for item in items:
        if item.service and getattr(item, code) not in elsewhere:
            out[inputs.service_at[item.service], at[getattr(item, code)]] = 1.0
    return out


@dataclass(frozen=True, eq=False)
class Assets:
    """Assets that are written off in equal months and replaced at the index of that year when their term ends.

    ``amount`` EUR as bought, ``term`` months, ``purchased`` month numbers, all (assets).

    >>> one = Assets(np.array([1200.0]), np.array([12.0]), np.array([24324]), 0.0, 2027)
    >>> one.depreciation(np.array([24324, 24325, 24337])).tolist(), one.book_value(np.array([24324, 24326])).tolist()
    ([[0.0, 100.0, 100.0]], [[0.0, 1100.0]])
    """

    amount: np.ndarray
    term: np.ndarray
    purchased: np.ndarray
    price_growth: float
    base_year: int

    def depreciation(self, months: np.ndarray) -> np.ndarray:
        """EUR (assets, months): from the month after purchase on."""
        since = months[None, :] - self.purchased[:, None]
        cycle = np.maximum(since - 1, 0) // self.term[:, None]
        return np.where(since >= 1, self._bought_at(cycle) / self.term[:, None], 0.0)

    def book_value(self, months: np.ndarray, *, replaced: bool = True) -> np.ndarray:
        """EUR (assets, months) at the first day of each month, 0 before purchase.

        At the very end of a term the replacement stands there at its full amount; with ``replaced=False`` it is
        not bought, which is how a service is left at its natural replacement moment.
        """
        gone = months[None, :] - 1 - self.purchased[:, None]
        written = np.maximum(gone, 0)
        cycle, used = written // self.term[:, None], written % self.term[:, None]
        value = self._bought_at(cycle) * (1 - used / self.term[:, None])
        natural = (used == 0) & (cycle > 0) & (not replaced)
        return np.where((gone < 0) | natural, 0.0, value)

    def _bought_at(self, cycle: np.ndarray) -> np.ndarray:
        """What an asset cost at its given replacement: as stated at first, later at the index of that year."""
        year = (self.purchased[:, None] + cycle * self.term[:, None]) // 12
        indexed = self.amount[:, None] * (1 + self.price_growth) ** (year - self.base_year)
        return np.where(cycle == 0, self.amount[:, None], indexed)
