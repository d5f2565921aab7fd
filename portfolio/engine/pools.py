"""What services cost any group of their takers, with teams sized for that group alone (method, section 6)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from portfolio.engine.costing import PARTS, mix_cost
from portfolio.engine.rounding import NOISE, RELATIVE_NOISE
from portfolio.engine.subsets import IN_CACHE, RowSums, spread, subset_sums
from portfolio.engine.terms import Part
from portfolio.engine.working import Worked

WHOLE = [PARTS.index(part) for part in (Part.FIXED, Part.CAPITAL, Part.CONTRACTS)]
CHUNK = 1 << 11  # groups at once, where they come as rows


@dataclass(frozen=True, eq=False)
class Pool:
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
        """EUR (C) of the services that groups, bool (C, n), none of them empty, take, with teams for them alone."""
        costs = self._quantities(members) + self.whole.sum()
        least = self._in_steps(self.least) - NOISE
        # Room that is used again: new memory for every chunk costs more than the sums.
        room = np.empty((2, min(len(members), CHUNK), len(self.rate)))
        for at in range(0, len(members), CHUNK):
            groups, cost = members[at : at + CHUNK], costs[at : at + CHUNK]
            team, spare = room[:, : len(groups)]
            self._teams.into(team, spare, groups)
            team += self._in_steps(self.fixed) - NOISE
            np.maximum(team, least, out=team)
            np.ceil(team, out=team)
            for takers, rows, segments in self._alike:
                if len(takers) < len(self.players):
                    without = np.flatnonzero(~groups[:, takers].any(axis=1))
                    team[without[:, None], segments] = 0
                    cost[without] -= self.whole[rows].sum()
            cost += np.einsum("cg,g->c", team, self.rate)
        return costs

    def table(self) -> np.ndarray:
        """The same for every group of the players, by mask (2**n,), the empty one 0.

        Services with the same takers share a table over those takers alone, which counts for every group by the
        takers that are in it: most groups differ in nothing else.
        """
        costs = subset_sums(self.quantity.sum(axis=0))
        for takers, rows, segments in self._alike:
            spread(self._table_of(takers, rows, segments), takers, costs)
        return costs

    @cached_property
    def _alike(self) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """Services with the same takers: the positions of the takers, the services and their segments."""
        alike: dict[bytes, list[int]] = {}
        for row, takers in enumerate(self.takes):
            alike.setdefault(takers.tobytes(), []).append(row)
        return [
            (np.flatnonzero(self.takes[rows[0]]), np.array(rows), np.flatnonzero(np.isin(self.of, rows)))
            for rows in alike.values()
        ]

    @cached_property
    def _teams(self) -> RowSums:
        """Steps of team that groups ask, by segment."""
        return RowSums(self._in_steps(self.demand).T)

    @cached_property
    def _quantities(self) -> RowSums:
        return RowSums(self.quantity.sum(axis=0))

    def _table_of(self, takers: np.ndarray, rows: np.ndarray, segments: np.ndarray) -> np.ndarray:
        """EUR by mask (2**takers,) of services that all of them take and no one else, units of quantity aside."""
        low = min(IN_CACHE, len(takers))
        costs = np.full((1 << (len(takers) - low), 1 << low), self.whole[rows].sum())
        team = np.empty(1 << low)
        for segment in segments:
            demand = self._in_steps(self.demand[segment, takers])
            fixed, least = (self._in_steps(fte[segment]) - NOISE for fte in (self.fixed, self.least))
            some = subset_sums(demand[:low])
            lowest = some.min()
            for block, others in zip(costs, subset_sums(demand[low:]) + fixed, strict=True):
                np.add(some, others, out=team)
                if lowest + others < least:
                    np.maximum(team, least, out=team)
                np.ceil(team, out=team)
                team *= self.rate[segment]
                block += team
        costs[0, 0] = 0  # no one is there
        return costs.ravel()

    def _in_steps(self, fte):
        """FTE in steps, less what noise may add: with ``NOISE`` taken off besides, its ceiling is ``ceil_steps``.

        That noise is linear in the figure, so it can be taken off before figures are added up: a pass less.
        """
        return fte / self.step * (1 - RELATIVE_NOISE)


def pool_of(done: Worked, year: int) -> Pool:
    """The pool of the year at a position: who takes a live service in it, and what that takes."""
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
    return Pool(
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
