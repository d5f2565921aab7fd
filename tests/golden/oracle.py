"""An independent recomputation of a center from docs/method.md alone: CSV in, exact fractions out.

It knows nothing of the engine: no pandas, no floats, no shared code. It is slow and literal on purpose, and
covers what the demo region uses; anything else (an `until`, an offer that is missing) raises Unforeseen.
Its caches (B019) live as long as the handful of oracles of a test run.
"""

import csv
from fractions import Fraction
from functools import cache
from math import ceil, floor
from pathlib import Path

ZERO, ONE = Fraction(0), Fraction(1)
OUTSOURCING = ("outsource", "outsource_managed")
RELEASING = (*OUTSOURCING, "stop", "return")


class Unforeseen(Exception):
    """The demo has something that this oracle does not cover."""


@cache
def _fraction(text: str) -> Fraction:
    return Fraction(text)


def _number(text: str) -> Fraction:
    """Blank is 0."""
    return _fraction(text) if text else ZERO


def _month(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def read(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Every CSV of a folder as a list of rows of text."""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    return tables


def largest_remainder(exact: dict[str, Fraction]) -> dict[str, int]:
    """Floors, then one more for the largest fractions, up to the total rounded half up; ties by code."""
    whole = {code: floor(amount) for code, amount in exact.items()}
    left = floor(sum(exact.values()) + Fraction(1, 2)) - sum(whole.values())
    for code in sorted(exact, key=lambda code: (whole[code] - exact[code], code))[:left]:
        whole[code] += 1
    return whole


class Oracle:
    """One scenario of one center. Ask it `team`, `quotas`, `shares_of_month` or `contributions`."""

    def __init__(self, tables: dict[str, list[dict[str, str]]], scenario: str) -> None:
        self.scenario = scenario
        setting = {row["setting"]: row["value"] for row in tables["center"]}
        self.start = _month(setting["start"])
        self.months = range(self.start, self.start + 12 * int(setting["years"]))
        self.base_year = self.start // 12
        self.years = sorted({month // 12 for month in self.months})
        self.step = Fraction(setting["fte_step"])
        self.wage, self.price = Fraction(setting["wage_growth"]), Fraction(setting["price_growth"])
        self.overhead, self.interest = Fraction(setting["overhead_per_fte"]), Fraction(setting["interest"])

        self.participants = sorted(row["code"] for row in tables["participants"])
        self.services = {row["service"]: row for row in tables["services"]}
        self.drivers = {row["driver"]: _number(row["growth"]) for row in tables["drivers"]}
        self.base = {
            (row["participant"], row["driver"]): _fraction(row["volume"]) for row in tables["base_volumes"]
        }
        self.stated = {
            (row["participant"], row["driver"], int(row["year"])): _fraction(row["volume"])
            for row in tables["volumes"]
        }
        self.salary = {row["role"]: _fraction(row["annual_cost"]) for row in tables["roles"]}
        self.mix: dict[str, Fraction] = {}
        for row in tables["role_mix"]:
            self.mix[row["service"]] = (
                self.mix.get(row["service"], ZERO) + _fraction(row["share"]) * self.salary[row["role"]]
            )
        self.sizing = _grouped(tables["sizing"], "service")
        self.keys = _grouped(tables["keys"], "key")
        self.offers: dict[tuple[str, str], list[dict[str, str]]] = {}
        for row in tables["offers"]:
            self.offers.setdefault((row["service"], row["decision"]), []).append(row)
        self.decisions = {row["service"]: row for row in tables["decisions"] if row["scenario"] == scenario}
        if any(row["until"] for row in self.decisions.values()):
            raise Unforeseen("a decision with an end")
        self.uptake: dict[tuple[str, str], dict[str, str]] = {}
        for whose in ("", scenario):
            for row in tables["uptake"]:
                if row["scenario"] == whose:
                    self.uptake[row["service"], row["participant"]] = row
        self.lines = [row for row in tables["lines"] if row["scenario"] in ("", scenario)]
        self.assets, self.contracts = tables["assets"], tables["contracts"]
        self.shared_use = _grouped(tables["shared_use"], "item")

    # Section 1: volumes, indices -------------------------------------------------------------------------

    @cache  # noqa: B019
    def volume(self, participant: str, driver: str, year: int) -> Fraction:
        """Of one driver in one year; an unknown volume counts as 0."""
        if (participant, driver, year) in self.stated:
            return self.stated[participant, driver, year]
        growth = self.drivers.get(driver, ZERO)
        return self.base.get((participant, driver), ZERO) * (1 + growth) ** (year - self.base_year)

    @cache  # noqa: B019
    def wages(self, year: int) -> Fraction:
        return (1 + self.wage) ** (year - self.base_year)

    @cache  # noqa: B019
    def prices(self, year: int) -> Fraction:
        return (1 + self.price) ** (year - self.base_year)

    # Section 3: what holds in a month --------------------------------------------------------------------

    @cache  # noqa: B019
    def decision(self, service: str, month: int) -> dict[str, str] | None:
        """The decision that holds, if any; 'undecided' is no decision."""
        row = self.decisions.get(service)
        if row is None or row["decision"] == "undecided" or (row["from"] and month < _month(row["from"])):
            return None
        if row["decision"] in OUTSOURCING and (service, row["decision"]) not in self.offers:
            raise Unforeseen(f"no offer for {service}")
        return row

    @cache  # noqa: B019
    def is_live(self, service: str, month: int) -> bool:
        held = self.decision(service, month)
        if self.services[service]["phase"] == "new":
            return held is not None and held["decision"] == "start"
        return held is None or held["decision"] not in ("stop", "return")

    def offer(self, service: str, month: int) -> list[dict[str, str]]:
        """Rows of the offer that holds; empty when the service is not outsourced."""
        held = self.decision(service, month)
        return self.offers[service, held["decision"]] if held and held["decision"] in OUTSOURCING else []

    @cache  # noqa: B019
    def retained(self, service: str, month: int) -> Fraction:
        rows = self.offer(service, month)
        return _fraction(rows[0]["retained_share"]) if rows else ONE

    @cache  # noqa: B019
    def takers(self, service: str) -> list[str]:
        return [
            code
            for code in self.participants
            if self.uptake.get((service, code), {"takes": "yes"})["takes"] != "no"
        ]

    # Section 2: demand -----------------------------------------------------------------------------------

    @cache  # noqa: B019
    def demand(self, service: str, participant: str, month: int) -> Fraction:
        """Of a taker; the retained share multiplies every FTE figure, a requested one too."""
        requested = self.uptake.get((service, participant), {}).get("fte", "")
        if requested:
            return _fraction(requested) * self.retained(service, month)
        total = _number(self.services[service]["base_fte"])
        for row in self.sizing.get(service, []):
            total += (
                _number(row["fte"])
                * self.volume(participant, row["driver"], month // 12)
                / _fraction(row["per"])
            )
        return total * self.retained(service, month)

    # Section 4: team, keys, quotas -----------------------------------------------------------------------

    @cache  # noqa: B019
    def team(self, service: str, month: int) -> tuple[Fraction, str]:
        """FTE of the team and what binds it."""
        if not self.is_live(service, month) or not self.takers(service):
            return ZERO, ""
        retained = self.retained(service, month)
        raw = _number(self.services[service]["fixed_fte"]) * retained
        raw += sum(self.demand(service, code, month) for code in self.takers(service))
        least = _number(self.services[service]["min_fte"]) * retained
        return ceil(max(least, raw) / self.step) * self.step, "minimum" if least > raw else "demand"

    def key_shares(
        self, key: str, takers: list[str], year: int, demand: dict[str, Fraction] | None
    ) -> dict[str, Fraction]:
        """Shares of the takers that sum to 1."""
        rows = self.keys.get(key)
        if rows and rows[0]["part"] not in self.participants:
            shares = dict.fromkeys(takers, ZERO)
            for row in rows:
                part = self.key_shares(row["part"], takers, year, demand)
                for code in takers:
                    shares[code] += _fraction(row["share"]) * part[code]
            return shares
        if rows:
            table = {row["part"]: _fraction(row["share"]) for row in rows}
            weights = {code: table.get(code, ZERO) for code in takers}
        elif key == "equal":
            weights = dict.fromkeys(takers, ONE)
        elif key == "demand":
            if demand is None:
                raise Unforeseen("demand of nothing")
            weights = demand
        elif key in self.drivers:
            weights = {code: self.volume(code, key, year) for code in takers}
        elif key in takers:
            weights = {code: ONE if code == key else ZERO for code in takers}
        else:
            raise Unforeseen(f"key {key}")
        total = sum(weights.values())
        if total == 0:
            return dict.fromkeys(takers, Fraction(1, len(takers)))
        return {code: weights[code] / total for code in takers}

    @cache  # noqa: B019
    def _shares(self, service: str, month: int, which: str) -> dict[str, Fraction]:
        """Shares of the takers by the service's `fte_key` or `cost_key`, or by that of the decision that holds."""
        held = self.decision(service, month)
        key = (held[which] if held else "") or self.services[service][which] or "demand"
        takers = self.takers(service)
        return self.key_shares(
            key, takers, month // 12, {code: self.demand(service, code, month) for code in takers}
        )

    def quotas(self, service: str, month: int) -> dict[str, Fraction]:
        """What every taker is due before rounding, locks and the smallest useful slice included."""
        team, _ = self.team(service, month)
        if not team:
            return dict.fromkeys(self.takers(service), ZERO) if self.is_live(service, month) else {}
        shares = self._shares(service, month, "fte_key")
        locks = {
            code: _fraction(self.uptake[service, code]["locked_fte"])
            for code in shares
            if self.uptake.get((service, code), {}).get("locked_fte", "")
        }
        free = [code for code in shares if code not in locks]
        left = team - sum(locks.values())
        weight = sum(shares[code] for code in free)
        quota = {code: left * shares[code] / weight if weight else left / len(free) for code in free}
        slice_ = ceil(_number(self.services[service]["min_slice"]) / self.step) * self.step
        if slice_ * len(free) <= left:
            quota = _lifted(quota, slice_)
        return {**quota, **locks}

    # Section 5: cost and contribution --------------------------------------------------------------------

    @cache  # noqa: B019
    def shares_of_month(self, service: str, month: int) -> dict[str, dict[str, Fraction]]:
        """Part -> participant -> exact EUR of one service in one month, stated lines apart."""
        out: dict[str, dict[str, Fraction]] = {}
        year, row = month // 12, self.services[service]
        held = self.decision(service, month)
        if held and held["decision"] in RELEASING and held["from"] and _month(held["from"]) == month:
            released = self._released(service, month)
            if released:
                shares = self._shares(service, month, "cost_key")
                out["one_off"] = {code: released * share for code, share in shares.items()}
        if not self.is_live(service, month) or not self.takers(service):
            return out
        team, _ = self.team(service, month)
        offer = self.offer(service, month)
        fixed = _number(offer[0]["fixed_cost"]) if offer else _number(row["fixed_cost"])
        cost = {
            "people": team * self.mix[service] / 12 * self.wages(year),
            "overhead": team * self.overhead / 12 * self.wages(year),
            "fixed": fixed / 12 * self.prices(year),
        }
        if not offer:
            cost["capital"] = sum(
                (use * self._capital(item, month) for use, item in self._used(self.assets, "asset", service)),
                ZERO,
            )
            cost["contracts"] = sum(
                (
                    use * _fraction(item["annual_cost"])
                    for use, item in self._used(self.contracts, "contract", service)
                ),
                ZERO,
            )
            cost["contracts"] *= self.prices(year) / 12
        shares = self._shares(service, month, "cost_key")
        for part, amount in cost.items():
            out[part] = {code: amount * share for code, share in shares.items()}
        out["quantity"] = {
            code: sum(
                (
                    _number(line["price"]) * self.volume(code, line["driver"], year) / _fraction(line["per"])
                    for line in (offer or self.sizing.get(service, []))
                    if line["driver"]
                ),
                ZERO,
            )
            / 12
            * self.prices(year)
            for code in shares
        }
        return out

    def _used(
        self, items: list[dict[str, str]], kind: str, service: str
    ) -> list[tuple[Fraction, dict[str, str]]]:
        """The assets or contracts that serve a service, each with its share."""
        out = []
        for item in items:
            shared = self.shared_use.get(item[kind])
            if shared:
                out += [(_fraction(row["share"]), item) for row in shared if row["service"] == service]
            elif item["service"] == service:
                out.append((ONE, item))
        return out

    def _generation(self, asset: dict[str, str], month: int) -> tuple[Fraction, int, int]:
        """Amount of the asset that is written off in a month, its term, and the months left before that month."""
        bought, term, amount = (
            _month(asset["purchased"]),
            int(asset["term_months"]),
            _fraction(asset["amount"]),
        )
        if month <= bought:
            raise Unforeseen("an asset that is not there yet")
        times, gone = divmod(month - bought - 1, term)
        if times:
            again = bought + times * term
            if again < self.start:
                raise Unforeseen("an asset that was replaced before the start")
            amount *= self.prices(again // 12)
        return amount, term, term - gone

    def book_value(self, asset: dict[str, str], month: int) -> Fraction:
        """On the first day of a month."""
        amount, term, left = self._generation(asset, month)
        return amount * left / term

    def _capital(self, asset: dict[str, str], month: int) -> Fraction:
        """Depreciation of the month and a twelfth of the interest on the book value of 1 January."""
        amount, term, _ = self._generation(asset, month)
        return amount / term + self.book_value(asset, month // 12 * 12) * self.interest / 12

    def _released(self, service: str, month: int) -> Fraction:
        """Book value and exit cost that a service sets free in the month of the decision.

        A term is half-open like every period: in the first month after it the asset would be replaced, and a
        service that leaves in that very month replaces nothing.
        """
        total = ZERO
        for use, asset in self._used(self.assets, "asset", service):
            ended, gone = divmod(month - _month(asset["purchased"]) - 1, int(asset["term_months"]))
            if not (ended and gone == 0):
                total += use * self.book_value(asset, month)
        for use, contract in self._used(self.contracts, "contract", service):
            total += use * _number(contract["exit_cost"])
        return total

    def line_shares(self, year: int) -> dict[str, Fraction]:
        """Participant -> exact EUR of the stated lines of a year; income lowers it."""
        out = dict.fromkeys(self.participants, ZERO)
        for row in self.lines:
            first, again = int(row["year"]), row["recurring"] == "yes"
            if year == first or (again and year > first):
                amount = _fraction(row["amount"]) * (-1 if row["kind"] == "income" else 1)
                takers = self.takers(row["service"]) if row["service"] else self.participants
                for code, share in self.key_shares(row["payer_key"], takers, year, None).items():
                    out[code] += amount * share
        return out

    @cache  # noqa: B019
    def exact_contributions(self, year: int) -> dict[str, Fraction]:
        """Participant -> exact EUR of a year."""
        out = self.line_shares(year)
        for month in self.months:
            if month // 12 == year:
                for service in self.services:
                    for part in self.shares_of_month(service, month).values():
                        for code, amount in part.items():
                            out[code] += amount
        return out

    def cost(self, service: str, year: int) -> dict[str, Fraction]:
        """Part -> exact EUR of one service in a year, stated lines of the service included."""
        out: dict[str, Fraction] = {}
        for month in self.months:
            if month // 12 == year:
                for part, shares in self.shares_of_month(service, month).items():
                    out[part] = out.get(part, ZERO) + sum(shares.values())
        for row in self.lines:
            first, again = int(row["year"]), row["recurring"] == "yes"
            if row["service"] == service and (year == first or (again and year > first)):
                amount = _fraction(row["amount"]) * (-1 if row["kind"] == "income" else 1)
                out["one_off"] = out.get("one_off", ZERO) + amount
        return out

    def contributions(self, year: int) -> dict[str, int]:
        """Participant -> whole EUR of a year."""
        return largest_remainder(self.exact_contributions(year))


def _grouped(rows: list[dict[str, str]], column: str) -> dict[str, list[dict[str, str]]]:
    out: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        out.setdefault(row[column], []).append(row)
    return out


def _lifted(quota: dict[str, Fraction], least: Fraction) -> dict[str, Fraction]:
    """Small quotas to the floor, the rest shrinks in proportion, repeated until none is below."""
    total, on_floor = sum(quota.values()), set()
    out = dict(quota)
    while any(out[code] < least for code in out):
        on_floor |= {code for code in out if out[code] < least}
        rest = sum(quota[code] for code in quota if code not in on_floor)
        left = total - least * len(on_floor)
        out = {code: least if code in on_floor else left * quota[code] / rest for code in quota}
    return out
