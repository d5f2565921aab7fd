"""The cost game of a year in exact fractions, from docs/method.md section 6 alone; slow and literal like its base."""

from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import ceil, factorial

from tests.golden.oracle import ONE, ZERO, Oracle, _fraction, _number


class GameOracle(Oracle):
    """One scenario of one center as a game per year: ask it `cost_of`, `solo`, `shapley`, `scrb` or `excess`."""

    def __init__(self, tables: dict[str, list[dict[str, str]]], scenario: str) -> None:
        super().__init__(tables, scenario)
        self.own = {(row["participant"], row["service"]): row for row in tables["own_effort"]}
        self.packages: dict[str, list[Fraction]] = {}
        for row in tables["alternatives"]:
            if row["annual_cost"]:
                self.packages.setdefault(row["participant"], []).append(_fraction(row["annual_cost"]))

    def months_of(self, year: int) -> list[int]:
        return [month for month in self.months if month // 12 == year]

    @cache  # noqa: B019
    def players(self, year: int) -> list[str]:
        """Who takes a live service in some month of the year."""
        return [
            code
            for code in self.participants
            if any(
                code in self.takers(service) and self.is_live(service, month)
                for service in self.services
                for month in self.months_of(year)
            )
        ]

    @cache  # noqa: B019
    def _month_cost(self, service: str, month: int, members: frozenset[str], solo: bool) -> Fraction:
        """All recurring parts of a service for some of its takers, sized for them alone."""
        row, year = self.services[service], month // 12
        retained, offer = self.retained(service, month), self.offer(service, month)
        demand = sum((self.demand(service, code, month) for code in members), ZERO)
        if solo:
            need = max(_number(row["solo_min_fte"]), demand)
        else:
            need = max(_number(row["min_fte"]) * retained, _number(row["fixed_fte"]) * retained + demand)
        team = ceil(need / self.step) * self.step
        fixed = _number(offer[0]["fixed_cost"]) if offer else _number(row["fixed_cost"])
        if solo and row["solo_fixed_cost"]:
            fixed = _fraction(row["solo_fixed_cost"])
        total = team * (self.mix[service] + self.overhead) / 12 * self.wages(year)
        total += fixed / 12 * self.prices(year)
        parts = self.shares_of_month(service, month)
        for part in ("capital", "contracts"):
            total += sum(parts.get(part, {}).values(), ZERO)
        return total + sum((parts["quantity"][code] for code in members), ZERO)

    @cache  # noqa: B019
    def pool(self, members: frozenset[str], year: int) -> Fraction:
        total = ZERO
        for service in self.services:
            taking = members & frozenset(self.takers(service))
            for month in self.months_of(year):
                if taking and self.is_live(service, month):
                    total += self._month_cost(service, month, taking, False)
        return total

    @cache  # noqa: B019
    def solo(self, code: str, year: int) -> Fraction:
        built = ZERO
        for service in self.services:
            if code not in self.takers(service):
                continue
            for month in self.months_of(year):
                if not self.is_live(service, month):
                    continue
                own = self.own.get((code, service))
                if own:
                    yearly = _number(own["annual_cost"]) or _number(own["fte"]) * self.mix[service]
                    built += yearly / 12 * self.prices(year)
                else:
                    built += self._month_cost(service, month, frozenset([code]), True)
        months = Fraction(len(self.months_of(year)), 12)
        stated = [cost * months * self.prices(year) for cost in self.packages.get(code, [])]
        return min([built, *stated])

    @cache  # noqa: B019
    def cost_of(self, members: frozenset[str], year: int) -> Fraction:
        if members == frozenset(self.players(year)):
            return self.pool(members, year)
        alone = sum((self.solo(code, year) for code in members), ZERO)
        return alone if len(members) == 1 else min(alone, self.pool(members, year))

    def coalitions(self, year: int) -> Iterable[frozenset[str]]:
        """Every one but none and all."""
        players = self.players(year)
        for size in range(1, len(players)):
            yield from map(frozenset, combinations(players, size))

    def shapley(self, year: int) -> dict[str, Fraction]:
        """The mean of what a player adds, over all orders."""
        players = self.players(year)
        n = len(players)
        weight = [Fraction(factorial(size) * factorial(n - size - 1), factorial(n)) for size in range(n)]
        out = dict.fromkeys(self.participants, ZERO)
        for code in players:
            out[code] += weight[0] * self.cost_of(frozenset([code]), year)
        for members in self.coalitions(year):
            for code in set(players) - members:
                added = self.cost_of(members | {code}, year) - self.cost_of(members, year)
                out[code] += weight[len(members)] * added
        return out

    def scrb(self, year: int) -> dict[str, Fraction]:
        """Separable cost, and the rest by what remains of going alone."""
        players = self.players(year)
        everyone = frozenset(players)
        total = self.cost_of(everyone, year)
        out = dict.fromkeys(self.participants, ZERO)
        out |= {code: total - self.cost_of(everyone - {code}, year) for code in players}
        remaining = {code: max(self.solo(code, year) - out[code], ZERO) for code in players}
        rest, weight = total - sum(out.values()), sum(remaining.values())
        for code in players:
            out[code] += rest * (remaining[code] / weight if weight else ONE / len(players))
        return out

    def recurring(self, year: int) -> dict[str, Fraction]:
        """Contributions before one-off lines."""
        out = dict.fromkeys(self.participants, ZERO)
        for month in self.months_of(year):
            for service in self.services:
                for part, shares in self.shares_of_month(service, month).items():
                    for code, amount in shares.items() if part != "one_off" else ():
                        out[code] += amount
        return out

    def excess(self, division: dict[str, Fraction], year: int) -> dict[frozenset[str], Fraction]:
        """What each group pays more than on its own, where it does."""
        gaps = {
            members: sum(division[code] for code in members) - self.cost_of(members, year)
            for members in self.coalitions(year)
        }
        return {members: gap for members, gap in gaps.items() if gap > 0}
