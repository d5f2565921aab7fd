"""Staged entry: how far each stage is, how much of the plan rests on estimates, and what is most worth collecting."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.scaling import UNEXPLAINED
from portfolio.engine.terms import Phase, Status
from portfolio.reports.names import Names
from portfolio.reports.overview import Worth, in_words
from portfolio.templatetags.figures import number, pct

#: The stages in their order: what they are called, and what they ask.
STAGES = {
    "budget": (gettext_lazy("Budget and teams"),
               gettext_lazy("The adopted budget and the formation, spread over the services by percentage.")),
    "holdings": (gettext_lazy("Contracts and assets"),
                 gettext_lazy("The large ones first: they take the place of what was estimated.")),
    "effort": (gettext_lazy("Own effort of participants"),
               gettext_lazy("What each participant spends itself on what the center might do.")),
    "volumes": (gettext_lazy("Volumes per participant"),
                gettext_lazy("Inhabitants, workplaces, servers and what else work grows with.")),
}  # fmt: skip
#: At which stage, or else in which table, an estimated input is entered.
ENTERED_AT = {
    "services": "budget", "sizing": "budget", "lines": "budget", "contracts": "holdings", "assets": "holdings",
    "own_effort": "effort", "base_volumes": "volumes", "participants": "volumes",
}  # fmt: skip
#: Kinds of the parts of a progress bar.
KINDS = {
    Status.CONFIRMED: (gettext_lazy("confirmed"), "new"),
    Status.ENTERED: (gettext_lazy("entered"), "keep"),
    Status.ESTIMATED: (gettext_lazy("estimated"), "open"),
}


@dataclass(frozen=True)
class Stage:
    """One stage: how many of its figures are known, as parts of a bar and in words."""

    name: str
    title: str
    text: str
    known: int
    total: int
    parts: list[dict[str, Any]]
    words: str
    url: str = ""

    @property
    def is_complete(self) -> bool:
        return self.total > 0 and self.known == self.total


def stages(inputs: CenterInputs, url_of: Callable[[str], str]) -> list[Stage]:
    """The four stages as far as they are."""
    return [_stage(name, inputs, url_of(name)) for name in STAGES]


def _stage(name: str, inputs: CenterInputs, url: str) -> Stage:
    counts, expected = _counted(name, inputs)
    known = sum(counts[status] for status in (Status.ENTERED, Status.CONFIRMED))
    parts = [
        {"label": str(label), "value": counts[status], "kind": kind}
        for status, (label, kind) in KINDS.items()
        if counts[status]
    ]
    if expected > sum(counts.values()):
        parts.append({"label": _("unknown"), "value": expected - sum(counts.values()), "kind": "gone"})
    total = max(expected, sum(counts.values()))
    title, text = STAGES[name]
    if name == "holdings":
        words = _("%(known)s entered") % {"known": known} if known else _("none entered yet")
    elif name == "budget":
        words = _("%(known)s of %(total)s services known") % {"known": number(known), "total": number(total)}
    else:
        words = _("%(known)s of %(total)s figures known") % {"known": number(known), "total": number(total)}
    return Stage(name, str(title), str(text), known, total, parts, words, url)


def _counted(name: str, inputs: CenterInputs) -> tuple[dict[Status, int], int]:
    """How many figures of a stage have each status, and how many there should be."""
    frames = inputs.frames
    services = frames["services"]
    expected = 0
    if name == "budget":
        rows = services[(services["phase"] == Phase.CURRENT) & (services["service"] != UNEXPLAINED)]
        status = rows["status"]
    elif name == "holdings":
        status = pd.concat([frames["contracts"]["status"], frames["assets"]["status"]])
    elif name == "effort":
        new = set(services.loc[services["phase"] == Phase.NEW, "service"])
        effort = frames["own_effort"]
        status = effort.loc[effort["service"].isin(new), "status"]
        expected = len(new) * len(frames["participants"])
    else:
        status = frames["base_volumes"]["status"]
        expected = len(frames["participants"]) * len(used_drivers(inputs))
    return {each: int((status == each).sum()) for each in KINDS}, expected


def used_drivers(inputs: CenterInputs) -> list[str]:
    """The drivers that are counted anywhere or that a rule goes by, in the order of the table."""
    used = set(inputs.frames["base_volumes"]["driver"]) | set(inputs.frames["sizing"]["driver"])
    return [code for code in inputs.frames["drivers"]["driver"] if code in used]


@dataclass(frozen=True)
class Sure:
    """Which share of the contributions rests on estimates: now, and in the plan before this one."""

    now: str
    before: str = ""
    sentence: str = ""


def sure(now: pd.DataFrame | None, before: pd.DataFrame | None) -> Sure | None:
    """How sure the plan is; None without a plan."""
    if now is None:
        return None
    share, earlier = _share(now), None if before is None else _share(before)
    sentence = _("The contributions rest %(share)s on estimates") % {"share": pct(share)}
    if earlier is None or round(earlier, 4) == round(share, 4):
        return Sure(pct(share), sentence=sentence)
    return Sure(pct(share), pct(earlier), sentence)


def _share(frame: pd.DataFrame) -> float:
    rows = frame[frame["figure"] == "contributions"]
    whole = rows["eur_cents"].sum()
    return float(rows["estimated_eur_cents"].sum() / whole) if whole else 0.0


def worth(
    frame: pd.DataFrame,
    names: Names,
    stage_url: Callable[[str], str],
    table_url: Callable[[str], str],
    most: int = 5,
) -> list[Worth]:
    """The estimates that are most worth replacing, each with the stage or table in which that is done."""
    found = []
    rows: Any = frame.head(most).itertuples()
    for row in rows:
        is_paid = row.column == "current_contribution"
        stage = "" if is_paid else ENTERED_AT.get(row.sheet, "")
        url = stage_url(stage) if stage else table_url(row.sheet)
        found.append(
            Worth(in_words(row.sheet, row.key, row.column, names), row.eur_cents / 100, row.spread, url)
        )
    return found
