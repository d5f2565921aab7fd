"""What a decision does to a service, in words: what stays, what it costs, what is released, what returns to whom."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.engine.holdings import holdings
from portfolio.engine.inputs import PlanInputs
from portfolio.engine.overlay import overlay
from portfolio.engine.terms import ENDING, OUTSOURCING, DecisionKind, Phase
from portfolio.engine.timeline import timeline
from portfolio.frames.decisions import Verdict
from portfolio.reports.names import Names
from portfolio.reports.outlook import Outlook
from portfolio.templatetags.figures import eur, fte, month, number, pct

WARNING = "warning"


@dataclass(frozen=True)
class Effect:
    """One sentence; ``kind`` is ``warning`` for what must be known at once."""

    text: str
    kind: str = ""


class Effects:
    """The effects of the decisions of one scenario. Reads inputs, and figures that were computed before."""

    def __init__(self, inputs: PlanInputs, outlook: Outlook, names: Names) -> None:
        self.inputs = inputs
        self.outlook = outlook
        self.names = names

    def of(self, service: str, phase: str, verdict: Verdict) -> list[Effect]:
        """What this decision means, the most important first."""
        kind = DecisionKind(verdict.decision)
        said: list[Effect] = []
        if kind is DecisionKind.UNDECIDED:
            text = _("Counts as not started.") if phase == Phase.NEW else _("Counts as kept.")
            said.append(Effect(text))
        elif kind is DecisionKind.KEEP:
            said.append(Effect(_("Runs as it does today.")))
        elif kind is DecisionKind.START:
            said += self._start(service)
        elif kind in OUTSOURCING:
            said += self._outsourcing(service, kind)
        elif kind is DecisionKind.RETURN:
            said += self._return(service)
        else:
            said.append(Effect(_("Ends for everyone.")))
        if kind in ENDING or (kind in OUTSOURCING and not any(one.kind == WARNING for one in said)):
            said += self._released(service)
        if kind is not DecisionKind.UNDECIDED and verdict.until_month:
            said.append(
                Effect(_("Back to how it is today from %(month)s.") % {"month": month(verdict.until_month)})
            )
        return said

    def team(self, service: str) -> tuple[float, float | None]:
        """FTE today and at the end of the horizon; None while nothing could be computed."""
        if not self.outlook.is_known:
            return 0.0, None
        return self._today.get(service, 0.0), self._ending.get(service, 0.0)

    # --- Sentences ---

    def _start(self, service: str) -> list[Effect]:
        team = self._ending.get(service)
        if team is None:
            return []
        return [Effect(_("A team of %(team)s at the end of the horizon.") % {"team": fte(team, "unit")})]

    def _outsourcing(self, service: str, kind: DecisionKind) -> list[Effect]:
        rows = [
            row for row in self.inputs.rows("offers") if (row.service, row.decision) == (service, kind.value)
        ]
        if not rows:
            text = _("There is no offer for this: the effect is unknown, and the service counts as kept.")
            return [Effect(text, WARNING)]
        said = []
        retained = [row.retained_share for row in rows if row.retained_share == row.retained_share]
        if retained:
            said.append(Effect(_("%(share)s of its FTE stays.") % {"share": pct(retained[0])}))
        prices = [
            (_("%(driver)s %(price)s each") if row.per == 1 else _("%(driver)s %(price)s per %(per)s"))
            % {
                "price": eur(row.price, 0 if row.price == int(row.price) else 2),
                "per": number(row.per),
                "driver": self.names.driver(row.driver).lower(),
            }
            for row in rows
            if row.driver and row.price > 0
        ]
        fixed = [row.fixed_cost for row in rows if row.fixed_cost > 0]
        if fixed:
            prices.append(_("%(cost)s a year") % {"cost": eur(fixed[0])})
        if prices:
            said.append(Effect(_("The offer: %(prices)s.") % {"prices": ", ".join(prices)}))
        return said

    def _return(self, service: str) -> list[Effect]:
        back = self._returned(service)
        if not back:
            return [Effect(_("Ends at the center and goes on at each participant."))]
        each = "; ".join(f"{self.names.participant(code)} {fte(amount)}" for code, amount in back)
        total = fte(sum(amount for _code, amount in back), "unit")
        text = _("Ends at the center; %(total)s of work returns to the participants: %(each)s.")
        return [Effect(text % {"total": total, "each": each})]

    def _released(self, service: str) -> list[Effect]:
        book, leaving = self._left.get(service, (0.0, 0.0))
        parts = []
        if round(book):
            parts.append(_("book value %(book)s") % {"book": eur(book)})
        if round(leaving):
            parts.append(_("exit cost %(exit)s") % {"exit": eur(leaving)})
        items = self._held.get(service, 0)
        if not parts:
            if not items:
                return []
            text = ngettext(
                "Releases %(count)s asset or contract, without cost.",
                "Releases %(count)s assets and contracts, without cost.",
                items,
            )
            return [Effect(text % {"count": items})]
        return [Effect(_("Released, once: %(parts)s.") % {"parts": _(" and ").join(parts)})]

    # --- Figures ---

    @cached_property
    def _today(self) -> dict[str, float]:
        return _sums(self.outlook.frames.get("today_fte"))

    @cached_property
    def _ending(self) -> dict[str, float]:
        frame = self.outlook.frames.get("team_fte")
        return {} if frame is None else _sums(frame[frame["month"] == frame["month"].max()])

    def _returned(self, service: str) -> list[tuple[str, float]]:
        frame = self.outlook.frames.get("own_effort")
        if frame is None:
            return []
        rows = frame[(frame["service"] == service) & (frame["year"] == self.outlook.headlines["year"])]
        pairs = zip(rows["participant"].tolist(), rows["fte"].tolist(), strict=True)
        return [(code, amount) for code, amount in pairs if amount >= 0.005]

    @cached_property
    def _left(self) -> dict[str, tuple[float, float]]:
        """Book value and exit cost that a service lets go of, by service."""
        time = timeline(self.inputs)
        planned = overlay(self.inputs, time)
        released = holdings(self.inputs, time, planned).released
        exits = self._exits
        return {
            service: (released[row] - exits.get(service, 0.0), exits.get(service, 0.0))
            for service, row in self.inputs.service_at.items()
            if released[row] > 0
        }

    @cached_property
    def _exits(self) -> dict[str, float]:
        contracts, use = self.inputs["contracts"], self.inputs["shared_use"]
        cost = dict(zip(contracts["contract"], contracts["exit_cost"], strict=True))
        shared = set(use["item"])
        out: dict[str, float] = {}
        for item, service, share in zip(use["item"], use["service"], use["share"], strict=True):
            out[service] = out.get(service, 0.0) + share * cost.get(item, 0.0)
        for item, service in zip(contracts["contract"], contracts["service"], strict=True):
            if service and item not in shared:
                out[service] = out.get(service, 0.0) + cost[item]
        return out

    @cached_property
    def _held(self) -> dict[str, int]:
        """How many assets and contracts a service holds, whole or in part."""
        own = np.concatenate([self.inputs[name]["service"].to_numpy() for name in ("assets", "contracts")])
        codes, counts = np.unique(
            [*filter(None, own), *self.inputs["shared_use"]["service"]], return_counts=True
        )
        return dict(zip(codes.tolist(), counts.tolist(), strict=True))


def _sums(frame: pd.DataFrame | None) -> dict[str, float]:
    return (
        {} if frame is None else {str(k): float(v) for k, v in frame.groupby("service")["fte"].sum().items()}
    )
