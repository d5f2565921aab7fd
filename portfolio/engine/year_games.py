"""The cost game of a year: what every group of participants would pay on its own (method, section 6)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from portfolio.engine.cost_game import LISTED, CostGame
from portfolio.engine.costing import mix_cost
from portfolio.engine.demand import per_unit
from portfolio.engine.pools import Pool, pool_of
from portfolio.engine.rounding import ceil_steps
from portfolio.engine.subsets import RowSums, subset_sums
from portfolio.engine.terms import Basis
from portfolio.engine.working import Worked


@dataclass(frozen=True, eq=False)
class Alone:
    """What participants would pay on their own in one year, EUR; n players, S services.

    ``services`` (n, S) cost where taken, 0 elsewhere; ``basis`` (n, S) a ``Basis`` or blank; ``options`` per player
    the yearly cost of its stated whole-package options, in this year; ``total`` (n) the least of both.
    """

    services: np.ndarray
    basis: np.ndarray
    options: list[dict[str, float]]
    total: np.ndarray

    def basis_of(self, player: int) -> str:
        """What the total rests on: an option by name, else the weakest basis among its services."""
        best = min(self.options[player].items(), key=lambda item: (item[1], item[0]), default=None)
        if best is not None and best[1] < self.services[player].sum():
            return best[0]
        found = set(self.basis[player])
        return next(word for word in (Basis.UNKNOWN, Basis.ESTIMATE, Basis.STATED) if word in found).value


@dataclass(frozen=True, eq=False)
class YearGame:
    """The game of one year. ``players`` (n) positions of participants, ``game`` with their codes, ``total`` EUR."""

    players: np.ndarray
    game: CostGame
    alone: Alone
    total: float


def year_game(done: Worked, year: int) -> YearGame | None:
    """The game of the year at a position; None when no one takes a live service in it.

    One-off lines stay outside. A live service that no one takes is in no coalition, but in the total.
    """
    pool = pool_of(done, year)
    if not len(pool.players):
        return None
    alone = _alone(done, year, pool)
    total = float(done.cost.recurring[:, year].sum())
    codes = done.inputs.column("participants", "code")[pool.players].tolist()
    if len(codes) <= LISTED:
        game = CostGame.from_table(codes, _table(pool, alone.total, total))
    else:
        game = CostGame.from_function(codes, _costs(pool, alone.total, total))
    return YearGame(pool.players, game, alone, total)


def _costs(pool: Pool, alone: np.ndarray, total: float) -> Callable[[np.ndarray], np.ndarray]:
    """EUR (C) of groups, bool (C, n): as a pool or each alone, whichever is less."""
    all_alone = RowSums(alone)

    def cost_of(members: np.ndarray) -> np.ndarray:
        apart, count = all_alone(members), members.sum(axis=1)
        # A single participant has no pool; everyone together has nothing but the center.
        cost = np.where(count >= 2, np.minimum(pool.cost_of(members), apart), apart)
        return np.where(count == len(alone), total, cost)

    return cost_of


def _table(pool: Pool, alone: np.ndarray, total: float) -> np.ndarray:
    """The same for every group, by mask (2**n,)."""
    costs = pool.table()
    np.minimum(costs, subset_sums(alone), out=costs)
    costs[1 << np.arange(len(alone))] = alone
    costs[-1] = total
    return costs


def _alone(done: Worked, year: int, pool: Pool) -> Alone:
    """Stated own effort where there is any, else computed; the cheapest stated package instead, if cheaper."""
    inputs, people = done.inputs, {int(player): at for at, player in enumerate(pool.players)}
    rows = {int(service): at for at, service in enumerate(pool.services)}
    least = inputs.column("services", "solo_min_fte")[pool.services]
    team = ceil_steps(np.maximum(least[pool.of][:, None], pool.demand), pool.step)
    shape = (len(pool.services), len(pool.players))
    cost = np.zeros(shape)
    np.add.at(cost, pool.of, team * pool.rate[:, None])
    cost += pool.quantity + (pool.whole + _other_fixed_cost(done, year, pool))[:, None]
    basis = np.where(_is_sized(done, year, pool), Basis.ESTIMATE.value, Basis.UNKNOWN.value).astype(object)

    prices = done.time.prices[year]
    epochs = done.time.year_of == year
    months = (done.planned.live[pool.services] * (done.time.lengths * epochs)).sum(axis=1)
    annual = mix_cost(inputs)
    for own in inputs.rows("own_effort"):
        service, player = inputs.service_at[own.service], inputs.participant_at[own.participant]
        if service in rows and player in people:
            cell = rows[service], people[player]
            stated = own.fte * annual[service] if np.isnan(own.annual_cost) else own.annual_cost
            cost[cell], basis[cell] = stated * prices * months[cell[0]] / 12, Basis.STATED.value
    cost, basis = np.where(pool.takes, cost, 0.0), np.where(pool.takes, basis, "")

    options: list[dict[str, float]] = [{} for _ in people]
    for row in inputs.rows("alternatives"):
        player = inputs.participant_at[row.participant]
        if player in people and not np.isnan(row.annual_cost):
            options[people[player]][row.option] = row.annual_cost * prices * done.time.months_in[year] / 12
    built = cost.sum(axis=0)
    total = np.array([min([whole, *known.values()]) for whole, known in zip(built, options, strict=True)])

    everything = len(people), len(inputs.service_at)
    services, words = np.zeros(everything), np.full(everything, "", dtype=object)
    services[:, pool.services], words[:, pool.services] = cost.T, basis.T
    return Alone(services, words, options, total)


def _other_fixed_cost(done: Worked, year: int, pool: Pool) -> np.ndarray:
    """What the fixed cost (T) of a year differs when stated for going alone."""
    stated = done.inputs.column("services", "solo_fixed_cost")[pool.services][:, None]
    ours = done.planned.fixed_cost[pool.services]
    epochs = done.time.year_of == year
    held = done.planned.live[pool.services] * (done.time.lengths * epochs) / 12 * done.time.prices[year]
    return ((np.where(np.isnan(stated), ours, stated) - ours) * held).sum(axis=1)


def _is_sized(done: Worked, year: int, pool: Pool) -> np.ndarray:
    """Where (T, n) every driver that sizes or prices a service is known for the participant, or its FTE stated."""
    inputs = done.inputs
    counted = (per_unit(inputs, "fte") > 0) | (per_unit(inputs, "price") > 0)
    for row in inputs.rows("offers"):
        if row.driver:
            counted[inputs.service_at[row.service], inputs.driver_at[row.driver]] = True
    unknown = np.isnan(done.known[pool.players, :, year])
    missing = (counted[pool.services][:, None, :] & unknown[None]).any(axis=2)
    stated = ~np.isnan(done.uptake.requested[np.ix_(pool.services, pool.players)])
    return stated | ~missing
