"""What changes for one participant, in words that need no training: services, FTE, money and why."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.engine.inputs import PlanInputs
from portfolio.engine.terms import OUTSOURCING, DecisionKind, Phase
from portfolio.reports.names import Names
from portfolio.reports.overview import decisions
from portfolio.reports.payers import Payer, whole_euros
from portfolio.templatetags.figures import eur, fte

#: The frames of a plan that this page is made of, besides those of the contributions.
FRAMES = ("today_fte", "today_own_effort", "fte_allocation", "own_effort", "shares", "sureness")
#: What happens to a service, in the order of the page: its heading and the word and color of its tag.
STATES: dict[str, tuple[str | Promise, str | Promise, str]] = {
    "gained": (gettext_lazy("What you gain"), gettext_lazy("new"), "new"),
    "pooled": (
        gettext_lazy("What the center takes over from your own staff"),
        gettext_lazy("to the pool"),
        "new",
    ),
    "market": (gettext_lazy("What goes to the market"), gettext_lazy("to the market"), ""),
    "lost": (gettext_lazy("What ends"), gettext_lazy("ends"), "gone"),
    "returned": (gettext_lazy("What comes back to you"), gettext_lazy("back to you"), "gone"),
    "open": (gettext_lazy("What is still to be decided"), gettext_lazy("to decide"), "open"),
    "kept": (gettext_lazy("What stays"), gettext_lazy("stays"), ""),
    "own": (gettext_lazy("What you keep doing yourself"), gettext_lazy("your own"), ""),
    "other": (gettext_lazy("Other costs"), gettext_lazy("costs"), ""),
}
#: More rows than this, headings included, do not fit on one sheet of paper: the smallest that stay are added up.
MOST_ROWS = 44


@dataclass(frozen=True)
class ServiceLine:
    """A service for one participant: FTE of the center and of its own staff, before and after, and EUR in the year."""

    name: str
    state: str
    now: float
    now_own: float
    then: float
    then_own: float
    eur: float

    @property
    def word(self) -> str:
        return str(STATES[self.state][1])

    @property
    def kind(self) -> str:
        return STATES[self.state][2]


@dataclass(frozen=True)
class Group:
    """Services to which the same happens."""

    state: str
    lines: Sequence[ServiceLine]

    @property
    def heading(self) -> str:
        return str(STATES[self.state][0])


def service_groups(
    frames: Mapping[str, pd.DataFrame], inputs: PlanInputs, code: str, year: int
) -> tuple[list[Group], ServiceLine]:
    """The services of a participant by what happens to them, and their total; EUR add up to the contribution."""
    names = Names(inputs.frames)
    lines = [
        ServiceLine(names.service(service) if service else _("The center as a whole"), state, *figures)
        for service, state, figures in _states(frames, inputs, code, year)
    ]
    total = _sum(_("Total"), "kept", lines)
    groups = []
    for state in STATES:
        found = sorted((line for line in lines if line.state == state), key=lambda line: line.name)
        if found:
            groups.append(Group(state, found))
    rows = len(lines) + len(groups)
    return [
        replace(each, lines=_folded(each.lines, rows)) if each.state == "kept" else each for each in groups
    ], total


def _states(
    frames: Mapping[str, pd.DataFrame], inputs: PlanInputs, code: str, year: int
) -> Iterable[tuple[str, str, tuple[float, float, float, float, float]]]:
    """Service, what happens to it, and its figures."""
    now, now_own = (_by_service(frames[name], code, "fte") for name in ("today_fte", "today_own_effort"))
    given = frames["fte_allocation"]
    given = given[given["month"].str[:4] == str(year)]
    then = _by_service(given[given["month"] == given["month"].max()], code, "fte")
    own = frames["own_effort"]
    then_own = _by_service(own[own["year"] == year], code, "fte")
    shares = frames["shares"]
    cents = _by_service(shares[shares["year"] == year], code, "eur_cents")
    euros = whole_euros(
        {service: cents[service] / 100 for service in cents}, round(sum(cents.values()) / 100)
    )
    kinds = decisions(inputs)
    phases = dict(zip(inputs["services"]["service"], inputs["services"]["phase"], strict=True))
    for service in sorted({*now, *then, *now_own, *then_own, *euros, *kinds}):
        kind = kinds.get(service, DecisionKind.KEEP)
        figures = tuple(found.get(service, 0.0) for found in (now, now_own, then, then_own))
        state = _state(kind, phases.get(service) == Phase.NEW, service in now, service in then, figures)
        if state or euros.get(service):
            yield service, state or "other", (*figures, float(euros.get(service, 0)))  # type: ignore[misc]


def _state(kind: DecisionKind, is_new: bool, today: bool, later: bool, figures: Sequence[float]) -> str:
    """What happens to a service for a participant that the center serves ``today``, or not, and ``later``, or not."""
    _now, now_own, _then, then_own = figures
    if today and not later:
        return "returned" if kind == DecisionKind.RETURN else "lost"
    if today and later:
        return "market" if kind in OUTSOURCING else "open" if kind == DecisionKind.UNDECIDED else "kept"
    if later:
        return "pooled" if now_own > 0 else "gained"
    if is_new and kind == DecisionKind.UNDECIDED:
        return "open"
    return "own" if now_own > 0 or then_own > 0 else ""


def _by_service(frame: pd.DataFrame, code: str, column: str) -> dict[str, float]:
    found = frame[frame["participant"] == code]
    return {str(service): float(value) for service, value in found.groupby("service")[column].sum().items()}


def _folded(lines: Sequence[ServiceLine], total: int) -> list[ServiceLine]:
    """The services that stay, the smallest added up when all together would not fit on the sheet."""
    spare = total - MOST_ROWS
    if spare <= 0 or len(lines) < 3:
        return list(lines)
    by_size = sorted(lines, key=lambda line: line.then)
    small = by_size[: min(spare + 1, len(lines) - 1)]
    kept = [line for line in lines if line not in small]
    return [*kept, _sum(_("%(count)s smaller services together") % {"count": len(small)}, "kept", small)]


def _sum(name: str, state: str, lines: Sequence[ServiceLine]) -> ServiceLine:
    sums = [
        round(sum(getattr(line, field) for line in lines), 9)
        for field in ("now", "now_own", "then", "then_own", "eur")
    ]
    return ServiceLine(name, state, *sums)


# --- The sentence on top ---


def message(payer: Payer, total: ServiceLine, year: int) -> dict[str, str]:
    """Contribution, own costs, together, and the FTE that works for the participant, each a sentence of its own."""
    first = _contribution(payer, year)
    rest = [_own(payer), _together(payer), _working(total)]
    change = payer.together_difference
    kind = "plain" if change is None or round(change) == 0 else "ok" if change < 0 else ""
    return {"kind": kind, "head": first, "rest": " ".join(sentence for sentence in rest if sentence)}


def _contribution(payer: Payer, year: int) -> str:
    words = {"was": eur(payer.was), "becomes": eur(payer.becomes), "year": year}
    if payer.difference is None:
        return (
            _("Your contribution becomes %(becomes)s in %(year)s; what you pay today is not known.") % words
        )
    if round(payer.difference) > 0:
        return _("Your contribution rises from %(was)s to %(becomes)s in %(year)s.") % words
    if round(payer.difference) < 0:
        return _("Your contribution falls from %(was)s to %(becomes)s in %(year)s.") % words
    return _("Your contribution stays %(becomes)s in %(year)s.") % words


def _own(payer: Payer) -> str:
    words = {"was": eur(payer.own_was), "becomes": eur(payer.own_becomes)}
    change = round(payer.own_difference)
    if change > 0:
        return _("Your own costs rise from %(was)s to %(becomes)s.") % words
    if change < 0:
        return _("Your own costs fall from %(was)s to %(becomes)s.") % words
    return _("Your own costs stay %(becomes)s.") % words if round(payer.own_becomes) else ""


def _together(payer: Payer) -> str:
    change = payer.together_difference
    if change is None:
        return ""
    words = {"difference": eur(abs(change))}
    if round(change) == 0:
        return _("Together you pay as much as today.")
    if change > 0:
        return _("Together you pay %(difference)s more.") % words
    return _("Together you pay %(difference)s less.") % words


def _working(total: ServiceLine) -> str:
    now, then = total.now + total.now_own, total.then + total.then_own
    words = {"now": fte(now, "unit"), "then": fte(then, "unit")}
    if math.isclose(now, then, abs_tol=0.005):
        return _("%(then)s works for you, your own staff included, as today.") % words
    return _("%(then)s works for you, your own staff included; today that is %(now)s.") % words


def sureness_share(frame: pd.DataFrame) -> float:
    """Which share of all EUR of the plan rests on estimates."""
    whole = float(frame["eur_cents"].sum())
    return float(frame["estimated_eur_cents"].sum()) / whole if whole else 0.0
