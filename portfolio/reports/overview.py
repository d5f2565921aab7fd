"""The home page: six figures with was, becomes and difference, what asks for attention, what is worth collecting."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.engine.comparison import Step
from portfolio.engine.findings import Finding, in_order
from portfolio.engine.inputs import PlanInputs
from portfolio.engine.terms import OUTSOURCING, DecisionKind, Level, Phase
from portfolio.models.labels import DECISIONS
from portfolio.reports.names import Names
from portfolio.templatetags.figures import (
    eur_short,
    eur_short_signed,
    eur_signed,
    fte,
    fte_signed,
    number,
    pct,
    pct_signed,
    verdict,
)

#: The frames of a plan that this page is made of.
FRAMES = ("sureness", "worth", "bridge", "cost", "contributions")


@dataclass(frozen=True)
class Tile:
    """One figure as the page writes it."""

    label: str
    becomes: str
    was: str = ""
    difference: str = ""
    verdict: str = ""
    note: str = ""
    help: str = ""


def tiles(
    headlines: Mapping[str, float], frames: Mapping[str, pd.DataFrame], inputs: PlanInputs
) -> list[Tile]:
    """The six figures of a plan. What is not known today says so; it is never 0."""
    year = {"year": int(headlines["year"])}
    paid, own = headlines["contributions_eur"], headlines["own_effort_eur"]
    paid_today, own_today = headlines["today_contributions_eur"], headlines["today_own_effort_eur"]
    sure = sureness(frames["sureness"])
    both = _share(sum(part for part, _all in sure.values()), sum(whole for _part, whole in sure.values()))
    years = frames["contributions"]["year"]
    return [
        _money(_("Contributions in %(year)s") % year, paid_today, paid, note=_rests_on(sure, "contributions")),
        _money(_("Own effort of participants in %(year)s") % year, own_today, own, note=_rests_on(sure, "own_effort"),
               help=_("What participants spend themselves on what the center does, or could do.")),
        _money(_("Contributions and own effort together"), paid_today + own_today, paid + own,
               note=_on_estimates(both)),
        _formation(headlines["today_team_fte"], headlines["team_fte"]),
        Tile(_("One-off costs"), eur_short(headlines["one_off_eur"]),
             note=_("over %(first)s–%(last)s") % {"first": years.min(), "last": years.max()}),
        _new_services(headlines, inputs),
    ]  # fmt: skip


def sureness(frame: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """EUR that rest on estimates, and all EUR, by figure over the whole horizon."""
    columns = (frame[name].tolist() for name in ("figure", "estimated_eur_cents", "eur_cents"))
    return {figure: (part / 100, whole / 100) for figure, part, whole in zip(*columns, strict=True)}


def _money(label: str, was: float, becomes: float, note: str = "", help: str = "") -> Tile:
    if math.isnan(was):
        return Tile(label, eur_short(becomes), was=_("unknown"), note=note, help=help)
    change = becomes - was
    return Tile(
        label,
        eur_short(becomes),
        eur_short(was),
        eur_short_signed(change),
        verdict(round(change)),
        note,
        help,
    )


def _formation(was: float, becomes: float) -> Tile:
    help = _(
        "All teams of the center together, in the last month. More or fewer is neither good nor bad in itself."
    )
    return Tile(_("Team FTE"), fte(becomes, "unit"), fte(was, "unit"), fte_signed(becomes - was), help=help)


def _new_services(headlines: Mapping[str, float], inputs: PlanInputs) -> Tile:
    started, offered = int(headlines["new_services_started"]), int(headlines["new_services"])
    kinds = decisions(inputs)
    services = inputs["services"]
    new = services.loc[services["phase"] == Phase.NEW, "service"]
    undecided = sum(kinds[code] == DecisionKind.UNDECIDED for code in new)
    note = ngettext("%(count)s not yet decided", "%(count)s not yet decided", undecided) % {
        "count": undecided
    }
    counted = _("%(count)s of %(total)s")
    return Tile(_("New services started"), counted % {"count": started, "total": offered},
                was=counted % {"count": 0, "total": offered}, note=note if undecided else "")  # fmt: skip


def _rests_on(sure: Mapping[str, tuple[float, float]], figure: str) -> str:
    part, whole = sure.get(figure, (0.0, 0.0))
    return _on_estimates(_share(part, whole))


def _on_estimates(share: float) -> str:
    return _("rests %(share)s on estimates") % {"share": pct(share)} if share > 0 else ""


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


# --- What is decided ---


def decisions(inputs: PlanInputs) -> dict[str, DecisionKind]:
    """What the scenario decides about each service; nothing said is not yet decided."""
    said = dict(zip(inputs["decisions"]["service"], inputs["decisions"]["decision"], strict=True))
    return {
        code: DecisionKind(said.get(code, DecisionKind.UNDECIDED)) for code in inputs["services"]["service"]
    }


@dataclass(frozen=True)
class Decided:
    """How far the director is, as parts of a bar."""

    count: int
    total: int
    parts: Sequence[Mapping[str, object]]

    @property
    def is_complete(self) -> bool:
        return self.count == self.total


def decided(inputs: PlanInputs) -> Decided:
    """Services by what happens to them."""
    kinds = list(decisions(inputs).values())
    groups = (
        (_("stays"), {DecisionKind.KEEP}, "keep"),
        (_("to the market"), OUTSOURCING, "out"),
        (_("ends or is handed back"), {DecisionKind.STOP, DecisionKind.RETURN}, "gone"),
        (_("starts"), {DecisionKind.START}, "new"),
        (_("not yet decided"), {DecisionKind.UNDECIDED}, "open"),
    )
    parts = [{"label": label, "value": sum(kind in group for kind in kinds), "kind": word}
             for label, group, word in groups]  # fmt: skip
    return Decided(
        len(kinds) - kinds.count(DecisionKind.UNDECIDED), len(kinds), [p for p in parts if p["value"]]
    )


# --- What asks for attention ---


def warnings(
    findings: Sequence[Finding], names: Names, url_of: Callable[[str, Sequence[object]], str]
) -> list[dict[str, str]]:
    """Errors and warnings of a plan, the most severe first, each with where it is mended."""
    found = []
    for finding in in_order(findings):
        if finding.level is not Level.NOTE:
            # A finding says what is the case; what that means or asks for stands after a semicolon.
            message, _sign, detail = names.said(finding).partition("; ")
            url = url_of(finding.place.sheet, finding.place.key)
            found.append(
                {"level": finding.level.value, "message": message, "detail": capfirst(detail), "url": url}
            )
    return found


# --- What is worth collecting ---


@dataclass(frozen=True)
class Worth:
    """An estimated input: what it is in words, the EUR that hang on it, and how far it may be off."""

    what: str
    eur: float
    spread: float
    url: str

    @property
    def swing(self) -> float:
        return abs(self.eur) * self.spread


def worth(
    frame: pd.DataFrame, names: Names, url_of: Callable[[str, Sequence[object]], str], most: int = 5
) -> list[Worth]:
    """The estimates that are most worth replacing by a figure."""
    columns = (frame[name].tolist()[:most] for name in ("sheet", "key", "column", "eur_cents", "spread"))
    return [
        Worth(in_words(sheet, key, column, names), cents / 100, spread, url_of(sheet, key.split("+")))
        for sheet, key, column, cents, spread in zip(*columns, strict=True)
    ]


def in_words(sheet: str, key: str, column: str, names: Names) -> str:
    """What an input is, as somebody would ask for it."""
    first, *rest = key.split("+")
    last = rest[-1] if rest else ""
    if sheet == "participants" and column == "current_contribution":
        return _("What %(participant)s pays today") % {"participant": names.participant(first)}
    if sheet == "offers":
        decision = str(DECISIONS[DecisionKind(rest[0])])
        text = (
            _("The offer for %(service)s: %(decision)s, per %(driver)s")
            if last
            else _("The offer for %(service)s: %(decision)s")
        )
        return text % {
            "service": names.service(first),
            "decision": decision,
            "driver": names.driver(last).lower(),
        }
    texts = {
        "roles": _("What an FTE of %(role)s costs"),
        "services": _("The team and the fixed cost of %(service)s"),
        "sizing": _("The size of %(service)s per %(driver)s"),
        "participants": _("%(driver)s of %(participant)s"),
        "own_effort": _("What %(participant)s spends itself on %(service)s"),
        "assets": _("What was paid for asset %(key)s, and its term"),
        "contracts": _("What contract %(key)s costs"),
        "lines": _("The amount of one-off line %(key)s"),
    }  # fmt: skip
    words = {
        "key": key,
        "role": names.role(first),
        "participant": names.participant(first),
        "service": names.service(last if sheet == "own_effort" else first),
        "driver": names.driver(column) if sheet == "participants" else names.driver(last).lower(),
    }
    return capfirst(texts.get(sheet, "%(key)s") % words)


# --- What the controller checks ---


@dataclass(frozen=True)
class Check:
    """One line of the controller's panel; ``is_well`` None where there is nothing to judge."""

    label: str
    figure: str
    note: str
    is_well: bool | None = None


def checks(headlines: Mapping[str, float], frames: Mapping[str, pd.DataFrame], names: Names) -> list[Check]:
    """Whether totals close, what is not explained, and how sure the figures are."""
    year = int(headlines["year"])
    found = {name: frames[name][frames[name]["year"] == year] for name in ("cost", "contributions", "bridge")}
    cost, paid = found["cost"]["eur_cents"].sum() / 100, found["contributions"]["eur"].sum()
    gap = abs(cost - paid)
    known = found["contributions"].dropna(subset="current_eur_cents")
    unknown = sorted(set(found["contributions"]["participant"]) - set(known["participant"]))
    steps = found["bridge"]
    loose = steps.loc[(steps["step"] == Step.UNEXPLAINED) & steps["participant"].isin(known["participant"]),
                      "eur_cents"].sum() / 100  # fmt: skip
    today = known["current_eur_cents"].sum() / 100
    rows = [
        Check(_("Cost divided over the participants, %(year)s") % {"year": year},
              _("%(paid)s of %(cost)s") % {"paid": number(paid), "cost": number(cost)},
              _("closes") if gap < 1 else _("does not close"), gap < 1),
        Check(_("Not explained today"), eur_signed(loose),
              _("%(share)s of what is paid today; the center as it is, computed, less what is paid")
              % {"share": pct_signed(_share(loose, today), 1)}),
    ]  # fmt: skip
    if unknown:
        listed = ", ".join(names.participant(code) for code in unknown)
        rows.append(Check(_("Today's contribution unknown"), number(len(unknown)), listed, is_well=False))
    labels = {
        "contributions": _("Contributions resting on estimates"),
        "own_effort": _("Own effort resting on estimates"),
    }
    for figure, (part, whole) in sureness(frames["sureness"]).items():
        note = _("%(part)s of %(whole)s over the whole horizon") % {
            "part": eur_short(part),
            "whole": eur_short(whole),
        }
        rows.append(Check(labels.get(figure, figure), pct(_share(part, whole)), note))
    return rows
