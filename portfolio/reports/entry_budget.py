"""The first stage of entry: the share of each service in formation and budget, and what is not explained."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from portfolio.engine.estimating import AsItIs
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.rounding import largest_remainder
from portfolio.engine.scaling import UNEXPLAINED
from portfolio.engine.terms import Phase, Status
from portfolio.reports.entry_grids import Cell, Typed
from portfolio.templatetags.figures import fte as written_fte
from portfolio.templatetags.figures import number

NOTHING_TYPED = Typed()

#: Percentages have two decimals.
WHOLE = 10_000


@dataclass(frozen=True)
class ServiceRow:
    """A service: shares as texts, and what these come to."""

    code: str
    name: str
    team: Cell
    cost: Cell
    fte: str
    eur: str
    staff: str
    other: str
    status: str
    is_more: bool
    right: str = ""
    is_right: bool = False

    @property
    def is_estimated(self) -> bool:
        return self.status == Status.ESTIMATED


@dataclass(frozen=True)
class Budget:
    """The whole grid. ``unexplained`` EUR closes the services to the total ``eur``; ``fte`` is what is spread."""

    groups: list[tuple[str, list[ServiceRow]]]
    fte: float
    teams: float
    eur: float
    services_eur: float
    known: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    right: Mapping[str, str] = field(default_factory=dict)

    @property
    def unexplained(self) -> float:
        return self.eur - self.services_eur

    @property
    def share_explained(self) -> float:
        return self.services_eur / self.eur if self.eur else 0.0

    @property
    def team_percent(self) -> float:
        return 100 * self.teams / self.fte if self.fte else 0.0

    @property
    def cost_percent(self) -> float:
        return 100 * self.share_explained


def budget(
    inputs: CenterInputs, now: AsItIs, *, fte: float, eur: float, typed: Typed = NOTHING_TYPED
) -> Budget:
    """Every current service, by category, with its shares of ``fte`` and ``eur``."""
    services = inputs.frames["services"]
    rows = services[(services["phase"] == Phase.CURRENT) & (services["service"] != UNEXPLAINED)]
    codes = list(rows["service"])
    team_shares = _percentages({code: now.teams[code] * now.step for code in codes}, fte)
    cost_shares = _percentages({code: now.eur(code) for code in codes}, eur)
    by_category: dict[str, list[ServiceRow]] = {}
    known: dict[str, tuple[str, str]] = {}
    right: dict[str, str] = {}
    listed: Any = rows.itertuples()
    for row in listed:
        code = row.service
        known |= {f"team,{code}": (code, "team"), f"cost,{code}": (code, "cost")}
        box = f"right,{code}" if row.status == Status.ESTIMATED else ""
        right |= {box: code} if box else {}
        team = Cell(f"team,{code}", number(team_shares[code], 2), _("%(service)s, share of the formation in %%") % {
            "service": row.name}, str(row.status))  # fmt: skip
        cost = Cell(f"cost,{code}", number(cost_shares[code], 2), _("%(service)s, share of the budget in %%") % {
            "service": row.name}, str(row.status))  # fmt: skip
        bound = now.staff[code] + now.material[code]
        made = ServiceRow(
            code, row.name, typed.over(team), typed.over(cost), written_fte(now.teams[code] * now.step),
            number(now.eur(code)), number(bound), number(now.fixed[code]), str(row.status),
            now.fixed[code] <= 0 < bound, box, box in typed.right,
        )  # fmt: skip
        by_category.setdefault(row.category, []).append(made)
    teams = round(sum(now.teams[code] for code in codes) * now.step, 10)
    return Budget(
        sorted(by_category.items()), fte, teams, eur, sum(now.eur(code) for code in codes), known, right
    )


def preview(inputs: CenterInputs, now: AsItIs, *, fte: float, eur: float) -> dict[str, dict[str, str]]:
    """The computed cells and sentences of the grid, as a page replaces them: nothing of it is stored."""
    made = budget(inputs, now, fte=fte, eur=eur)
    cells: dict[str, str] = {}
    for _category, rows in made.groups:
        for row in rows:
            cells |= {f"{name},{row.code}": getattr(row, name) for name in ("fte", "eur", "staff", "other")}
    return {"cells": cells, "texts": sums(made)}


def sums(made: Budget) -> dict[str, str]:
    """What stands under the grid."""
    return {
        "sum-teams": written_fte(made.teams),
        "sum-eur": number(made.services_eur),
        "unexplained-eur": number(made.unexplained),
        "unexplained-share": number(100 * (1 - made.share_explained), 2) if made.eur else number(0, 2),
        "unexplained-words": _unexplained(made),
    }


def _unexplained(made: Budget) -> str:
    if abs(made.unexplained) < 1:
        return _("The services explain the whole budget.")
    if made.unexplained > 0:
        return _("%(gap)s of the budget is not yet explained. It stands apart as a service without people.") % {
            "gap": f"€ {number(made.unexplained)}"}  # fmt: skip
    return _(
        "The services cost %(gap)s more than the budget. The difference stands apart as income, until it is explained."
    ) % {"gap": f"€ {number(-made.unexplained)}"}


def _percentages(amounts: Mapping[str, float], whole: float) -> dict[str, float]:
    """Percentages in two decimals that add up to what their sum is."""
    if not whole or not amounts:
        return dict.fromkeys(amounts, 0.0)
    exact = {code: Fraction(amount) / Fraction(whole) * WHOLE for code, amount in amounts.items()}
    whole_shares: dict[Any, Any] = dict(largest_remainder(exact))
    return {code: share / 100 for code, share in whole_shares.items()}
