"""Cost per service and part, who pays it, and what participants keep paying themselves (method, section 5)."""

from dataclasses import dataclass

import numpy as np

from portfolio.engine.demand import Demand, Uptake, per_unit, times
from portfolio.engine.holdings import Holdings, holdings
from portfolio.engine.inputs import PlanInputs
from portfolio.engine.overlay import NEVER, Planned
from portfolio.engine.sharing_keys import Keys
from portfolio.engine.terms import SHARED_PARTS, LineKind, Part
from portfolio.engine.timeline import Timeline

PARTS = tuple(Part)


@dataclass(frozen=True, eq=False)
class Costs:
    """EUR, not rounded. ``paid`` (S + 1, parts, P, Y): the last "service" holds lines without one.

    ``own`` (P, S, Y) EUR and ``own_fte`` (P, S, Y) mean FTE that participants bear themselves.
    """

    paid: np.ndarray
    own: np.ndarray
    own_fte: np.ndarray

    @property
    def contributions(self) -> np.ndarray:
        """EUR (P, Y), everything included."""
        return self.paid.sum(axis=(0, 1))

    @property
    def recurring(self) -> np.ndarray:
        """EUR (P, Y) without the one-off part."""
        return self.paid[:, [part is not Part.ONE_OFF for part in PARTS]].sum(axis=(0, 1))


def costs(
    inputs: PlanInputs,
    time: Timeline,
    planned: Planned,
    uptake: Uptake,
    need: Demand,
    keys: Keys,
    known: np.ndarray,
) -> Costs:
    """All cost of the plan, divided over the participants."""
    payers = _payers(uptake.takes, uptake.takes)
    shares = keys.shares(planned.cost_key, payers, need.demand)
    held = holdings(inputs, time, planned)
    amounts = _amounts(inputs, time, planned, need, held)
    # Year by year in memory, since that is how it is filled and summed; the parts by the cost key come first.
    by_year = np.zeros((len(time.years), len(planned.services) + 1, len(PARTS), len(keys.participants)))
    by_epoch = np.ascontiguousarray(shares.transpose(2, 0, 1))
    for epoch, year in enumerate(time.year_of.tolist()):
        by_year[year, :-1, : len(SHARED_PARTS)] += amounts[:, :, epoch, None] * by_epoch[epoch, :, None, :]
    paid = by_year.transpose(1, 2, 3, 0)
    priced, quantity = _unit_prices(inputs, planned, time, known)
    charged = (planned.live[priced] * (time.lengths / 12) * time.prices[time.year_of])[:, None, :]
    charged = charged * uptake.takes[priced][:, :, None]
    paid[priced, PARTS.index(Part.QUANTITY)] = time.per_year(quantity * charged)
    paid[:, PARTS.index(Part.ONE_OFF)] = _lines(inputs, time, planned, uptake, need, keys)
    paid[:-1, PARTS.index(Part.ONE_OFF)] += _releases(time, planned, payers, need, keys, held.released)
    own, own_fte = _own_effort(inputs, time, planned, uptake, need)
    return Costs(paid, own, own_fte)


def recurring_by_key(
    inputs: PlanInputs,
    time: Timeline,
    planned: Planned,
    uptake: Uptake,
    need: Demand,
    keys: Keys,
    paid: np.ndarray,
    names: list[str],
) -> dict[str, np.ndarray]:
    """Recurring EUR (P, Y) if one key divided the cost of every service, for each of some keys.

    What is `paid` by volume is the same under any key, and one-off lines are left out.
    """
    payers = _payers(uptake.takes, uptake.takes)
    amounts = _amounts(inputs, time, planned, need, holdings(inputs, time, planned)).sum(axis=1)
    quantity = paid[:, PARTS.index(Part.QUANTITY)].sum(axis=0)
    return {
        name: time.per_year(np.einsum("se,spe->pe", amounts, keys.weights(name, payers, need.demand)))
        + quantity
        for name in names
    }


def _amounts(
    inputs: PlanInputs, time: Timeline, planned: Planned, need: Demand, held: Holdings
) -> np.ndarray:
    """EUR per service, shared part and epoch: (S, shared parts, E)."""
    months, wages, prices = time.lengths / 12, time.wages[time.year_of], time.prices[time.year_of]
    team = need.team * inputs.settings["fte_step"]
    by_part = {
        Part.PEOPLE: team * mix_cost(inputs)[:, None] * months * wages,
        Part.OVERHEAD: team * inputs.settings["overhead_per_fte"] * months * wages,
        Part.FIXED: planned.fixed_cost * planned.live * months * prices,
        Part.CAPITAL: held.capital,
        Part.CONTRACTS: held.contracts,
    }
    return np.stack([by_part[part] for part in SHARED_PARTS], axis=1)


def mix_cost(inputs: PlanInputs) -> np.ndarray:
    """EUR per FTE per year (S) at the service's role mix, price level of the base year."""
    annual = {row.role: row.annual_cost for row in inputs.rows("roles")}
    out = np.zeros(len(inputs.service_at))
    for row in inputs.rows("role_mix"):
        out[inputs.service_at[row.service]] += row.share * annual[row.role]
    return out


def _payers(takes: np.ndarray, everything: np.ndarray) -> np.ndarray:
    """Who bears a service: its takers; for one that runs although no one takes it, whoever takes another.

    ``takes`` (S, P) of some services, ``everything`` (S, P) of all. Who takes nothing pays nothing recurring.
    """
    anyone = everything.any(axis=0)
    return np.where(takes.any(axis=1)[:, None], takes, anyone if anyone.any() else True)


def _unit_prices(
    inputs: PlanInputs, planned: Planned, time: Timeline, known: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The services with a unit price, and their P x Q (those, P, E) in EUR per year at base-year prices.

    A service has its own prices, or those of its offer while it is outsourced.
    """
    prices = per_unit(inputs, "price")
    priced = np.flatnonzero(prices.any(axis=1) | (planned.offer >= 0).any(axis=1))
    own = times(prices[priced], known)[:, :, time.year_of]
    offered = np.zeros((len(planned.offers), len(inputs.driver_at)))
    for row in inputs.rows("offers"):
        if row.driver:
            offered[planned.offers[row.service, row.decision], inputs.driver_at[row.driver]] = (
                row.price / row.per
            )
    by_offer = times(offered, known)
    offer = planned.offer[priced]
    for row, epoch in zip(*np.nonzero(offer >= 0), strict=True):
        own[row, :, epoch] = by_offer[offer[row, epoch], :, time.year_of[epoch]]
    return priced, own


def _lines(
    inputs: PlanInputs, time: Timeline, planned: Planned, uptake: Uptake, need: Demand, keys: Keys
) -> np.ndarray:
    """Stated lines (S + 1, P, Y): in their year, or from it on; a whole year's amount, recurring ones by the month."""
    services = inputs.service_at
    everyone = np.ones((1, len(keys.participants)), dtype=bool)
    out = np.zeros((len(services) + 1, len(keys.participants), len(time.years)))
    for line in inputs.rows("lines"):
        row = services.get(line.service, len(services))
        if line.service:
            takes, asked = _payers(uptake.takes[[row]], uptake.takes), need.shadow[[row]]
        else:
            takes, asked = everyone, need.demand.sum(axis=0, keepdims=True)
        if line.payer_key in keys.participants:
            takes = everyone
        weights = time.per_year(keys.weights(line.payer_key, takes, asked)[0] * time.lengths) / time.months_in
        sign = -1.0 if line.kind == LineKind.INCOME else 1.0
        if line.recurring:
            out[row] += sign * line.amount * weights * (time.years >= line.year) * time.months_in / 12
        else:
            out[row] += sign * line.amount * weights * (time.years == line.year)
    return out


def _releases(
    time: Timeline, planned: Planned, payers: np.ndarray, need: Demand, keys: Keys, released: np.ndarray
) -> np.ndarray:
    """Book value and exit cost (S, P, Y), in the month of the decision, by the cost key of that month."""
    out = np.zeros((len(planned.services), len(keys.participants), len(time.years)))
    for row in np.flatnonzero(planned.released != NEVER):
        epoch = int(np.searchsorted(time.starts, planned.released[row]))
        key = planned.cost_key[row, epoch]
        share = keys.weights(key, payers[[row]], need.shadow[[row]])[0, :, epoch]
        out[row, :, time.year_of[epoch]] = released[row] * share
    return out


def _own_effort(
    inputs: PlanInputs, time: Timeline, planned: Planned, uptake: Uptake, need: Demand
) -> tuple[np.ndarray, np.ndarray]:
    """Own effort that remains, and what a returned service asks (P, S, Y): EUR, and mean FTE in the year."""
    services, participants = inputs.service_at, inputs.participant_at
    months, wages, prices = time.lengths / 12, time.wages[time.year_of], time.prices[time.year_of]
    rate = mix_cost(inputs)
    shape = (len(services), len(participants), len(time.years))
    fte, eur = np.zeros(shape), np.zeros(shape)
    back = np.flatnonzero(planned.returned.any(axis=1))
    returned = need.shadow[back] * planned.returned[back][:, None, :]
    fte[back] = time.per_year(returned * time.lengths)
    eur[back] = time.per_year(returned * rate[back][:, None, None] * months * wages)
    service = np.array([services[row.service] for row in inputs.rows("own_effort")], dtype=int)
    participant = np.array([participants[row.participant] for row in inputs.rows("own_effort")], dtype=int)
    delivered = planned.live[service] & uptake.takes[service, participant][:, None]
    stays = np.where(delivered, inputs.column("own_effort", "remains")[:, None], 1.0)
    own_fte = np.nan_to_num(inputs.column("own_effort", "fte"))[:, None]
    stated = inputs.column("own_effort", "annual_cost")[:, None]
    yearly = np.where(np.isnan(stated), own_fte * rate[service][:, None] * wages, stated * prices)
    fte[service, participant] += time.per_year(own_fte * stays * time.lengths)
    eur[service, participant] += time.per_year(yearly * stays * months)
    return eur.transpose(1, 0, 2), (fte / time.months_in).transpose(1, 0, 2)


def today(inputs: PlanInputs, time: Timeline) -> np.ndarray:
    """Today's contribution (P, Y) in EUR: the adopted budget where given, prorated in a partial year; NaN unknown."""
    now = inputs.column("participants", "current_contribution")[:, None] * np.ones(len(time.years))
    for row in inputs.rows("budget"):
        if time.years[0] <= row.year <= time.years[-1]:
            now[inputs.participant_at[row.participant], row.year - time.years[0]] = row.amount
    return now * time.months_in / 12
