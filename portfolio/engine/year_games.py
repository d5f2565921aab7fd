"""The cost game of a year: what every group of participants would pay on its own (method, section 6)."""

from dataclasses import dataclass

import numpy as np

from portfolio.engine.cost_game import CostGame
from portfolio.engine.costing import PARTS, mix_cost
from portfolio.engine.demand import per_unit
from portfolio.engine.rounding import ceil_steps
from portfolio.engine.terms import Basis, Part
from portfolio.engine.working import Worked

WHOLE = [PARTS.index(part) for part in (Part.FIXED, Part.CAPITAL, Part.CONTRACTS)]
CHUNK = 1 << 13  # coalitions at once: what fits in the cache of a processor


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
    pool = _pool(done, year)
    if not len(pool.players):
        return None
    alone = _alone(done, year, pool)
    total = float(done.cost.recurring[:, year].sum())
    size = len(pool.players)

    def cost_of(members: np.ndarray) -> np.ndarray:
        members = np.asarray(members, dtype=bool)
        together = np.concatenate(
            [pool.cost_of(members[start : start + CHUNK]) for start in range(0, len(members), CHUNK)]
            or [np.zeros(0)]
        )
        apart = members @ alone.total
        count = members.sum(axis=1)
        # A single participant has no pool; everyone together has nothing but the center.
        cost = np.where(count >= 2, np.minimum(together, apart), apart)
        return np.where(count == size, total, cost)

    codes = done.inputs.column("participants", "code")[pool.players].tolist()
    return YearGame(pool.players, CostGame.from_function(codes, cost_of), alone, total)


@dataclass(frozen=True, eq=False)
class _Pool:
    """What is needed to cost any group in one year: T taken services, G segments, n players.

    A segment is a service under one retained share. ``demand`` (G, n), ``fixed`` and ``least`` (G) FTE; ``rate`` (G)
    EUR for a step of team over the months of the segment; ``of`` (G) position in ``services`` (T); ``takes`` (T, n);
    ``whole`` (T) EUR that a group bears whole as soon as one member takes the service; ``quantity`` (T, n) EUR.
    """

    players: np.ndarray
    services: np.ndarray
    takes: np.ndarray
    of: np.ndarray
    demand: np.ndarray
    fixed: np.ndarray
    least: np.ndarray
    rate: np.ndarray
    whole: np.ndarray
    quantity: np.ndarray
    step: float

    def cost_of(self, members: np.ndarray) -> np.ndarray:
        """EUR (C) of the services that members (C, n) take, with teams sized for them alone."""
        taken = members @ self.takes.T.astype(float) > 0
        need = np.maximum(self.fixed + members @ self.demand.T, self.least)
        team = ceil_steps(need, self.step) * taken[:, self.of]
        return team @ self.rate + taken @ self.whole + members @ self.quantity.sum(axis=0)


def _pool(done: Worked, year: int) -> _Pool:
    epochs = np.flatnonzero(done.time.year_of == year)
    live = done.planned.live[:, epochs]
    takes = done.uptake.takes & live.any(axis=1)[:, None]
    players = np.flatnonzero(takes.any(axis=0))
    services = np.flatnonzero(takes.any(axis=1))
    settings, lengths = done.inputs.settings, done.time.lengths[epochs]
    yearly = (mix_cost(done.inputs) + settings["overhead_per_fte"]) * done.time.wages[year]
    fixed, least = (done.inputs.column("services", name) for name in ("fixed_fte", "min_fte"))

    segments = []
    for row, service in enumerate(services.tolist()):
        factors = done.planned.factor[service, epochs]
        for factor in np.unique(factors[live[service]]):
            here = live[service] & (factors == factor)
            asked = done.need.shadow[service][players, epochs[here][0]]
            months = lengths[here].sum()
            segments.append(
                (row, asked, fixed[service] * factor, least[service] * factor, months * yearly[service] / 12)
            )
    of, demand, fixed_part, least_part, rate = zip(*segments, strict=True) if segments else [()] * 5
    paid = done.cost.paid[:, :, :, year]
    return _Pool(
        players=players,
        services=services,
        takes=takes[np.ix_(services, players)],
        of=np.array(of, dtype=int),
        demand=np.array(demand).reshape(len(demand), len(players)),
        fixed=np.array(fixed_part),
        least=np.array(least_part),
        rate=np.array(rate) * settings["fte_step"],
        whole=paid[np.ix_(services, WHOLE)].sum(axis=(1, 2)),
        quantity=paid[services, PARTS.index(Part.QUANTITY)][:, players],
        step=settings["fte_step"],
    )


def _alone(done: Worked, year: int, pool: _Pool) -> Alone:
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


def _other_fixed_cost(done: Worked, year: int, pool: _Pool) -> np.ndarray:
    """What the fixed cost (T) of a year differs when stated for going alone."""
    stated = done.inputs.column("services", "solo_fixed_cost")[pool.services][:, None]
    ours = done.planned.fixed_cost[pool.services]
    epochs = done.time.year_of == year
    held = done.planned.live[pool.services] * (done.time.lengths * epochs) / 12 * done.time.prices[year]
    return ((np.where(np.isnan(stated), ours, stated) - ours) * held).sum(axis=1)


def _is_sized(done: Worked, year: int, pool: _Pool) -> np.ndarray:
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
