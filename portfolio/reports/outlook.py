"""What a scenario comes to: as its plan was sealed, or looked ahead from inputs that no plan was made of yet."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from portfolio.engine import checks, pipeline
from portfolio.engine.findings import Finding, Refused, in_order, refuse_errors
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.terms import Level
from portfolio.templatetags.figures import eur_short, eur_short_signed, eur_signed, fte, fte_signed, verdict

#: The frames that the pages of a scenario describe its effects with.
FRAMES = ("team_fte", "today_fte", "own_effort")


@dataclass(frozen=True, eq=False)
class Outlook:
    """Totals, findings and some frames; without headlines it could not be computed, and the findings say why."""

    headlines: Mapping[str, float]
    findings: Sequence[Finding]
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    is_sealed: bool = False

    @property
    def is_known(self) -> bool:
        return bool(self.headlines)


def look_ahead(inputs: CenterInputs, scenario: str) -> Outlook:
    """Compute a scenario without storing anything."""
    try:
        found = checks.find(inputs)
        refuse_errors(found)
        results = pipeline.compute(inputs.plan_inputs(scenario))
    except Refused as refused:
        return Outlook({}, refused.findings)
    frames = {name: results[name] for name in FRAMES}
    return Outlook(dict(results.headlines), in_order([*found, *results.findings]), frames)


@dataclass(frozen=True)
class Total:
    """One figure of the strip, written: was, becomes and difference, and what the last act did to it."""

    label: str
    becomes: str
    was: str
    difference: str
    verdict: str
    act: str
    help: str = ""


def totals(outlook: Outlook, before: Mapping[str, float] | None = None) -> list[Total]:
    """Contributions, own effort, team and one-off; ``before`` are the headlines before the last act."""
    got = outlook.headlines
    if not got:
        return []
    year = int(got["year"])
    return [
        _money(_("Contributions in %(year)s") % {"year": year}, "contributions_eur", got, before,
               _("What the participants pay the center together, against what they pay today.")),
        _money(_("Own effort in %(year)s") % {"year": year}, "own_effort_eur", got, before,
               _("What the participants keep spending themselves, and what returns to them.")),
        Total(
            _("Team at the end"), fte(got["team_fte"], "unit"), fte(got["today_team_fte"], "unit"),
            fte_signed(got["team_fte"] - got["today_team_fte"]), "",
            _act(got, before, "team_fte", lambda value: fte_signed(value, "unit")),
            _("FTE of all teams in the last month of the horizon."),
        ),
        Total(
            _("One-off, whole horizon"), eur_short(got["one_off_eur"]), "", "", "",
            _act(got, before, "one_off_eur", eur_signed),
            _("Book values that are released, exit costs, and stated one-off costs less income."),
        ),
    ]  # fmt: skip


def _money(
    label: str, name: str, got: Mapping[str, float], before: Mapping[str, float] | None, help: str
) -> Total:
    was, becomes = got[f"today_{name}"], got[name]
    known = not math.isnan(was)
    return Total(
        label, eur_short(becomes), eur_short(was) if known else "",
        eur_short_signed(becomes - was) if known else "", verdict(becomes - was) if known else "",
        _act(got, before, name, eur_signed), help,
    )  # fmt: skip


def _act(got: Mapping[str, float], before: Mapping[str, float] | None, name: str, write: Any) -> str:
    return "" if not before else _("this act: %(change)s") % {"change": write(got[name] - before[name])}


def weighty(findings: Sequence[Finding]) -> list[Finding]:
    """Errors and warnings, without the notes on how figures came about."""
    return [finding for finding in findings if finding.level is not Level.NOTE]
