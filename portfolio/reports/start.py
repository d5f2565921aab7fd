"""What the guided start would make: how the total comes about, who takes part, which "
"teams, and what to doubt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from portfolio.engine.estimating import RATIOS, WORKPLACES, AsItIs
from portfolio.engine.headlines import reference_year
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.pipeline import compute
from portfolio.engine.scaling import UNEXPLAINED
from portfolio.engine.terms import Part, Phase
from portfolio.frames.start import PROPOSED, Draft
from portfolio.templatetags.figures import eur, fte, number, pct

#: Technical ICT staff per 100 workplaces at the start of ICT WBW in 2015 (40 for 2,500); a rule of thumb.
FTE_PER_100_WORKPLACES = 1.6
#: Total ICT cost of a municipality per inhabitant, M&I/Partners ICT benchmark over 2023; a center has part of it.
EUR_PER_INHABITANT = 109
#: Beyond this part of the total, staff leaves nothing for what else a center pays.
MOST_STAFF = 0.85


@dataclass(frozen=True)
class Preview:
    """All that the last step shows."""

    tiles: list[dict[str, str]]
    parts: list[dict[str, Any]]
    total: int
    closes: bool
    people: list[dict[str, Any]]
    teams: list[dict[str, Any]]
    fte: float
    teams_eur: float
    wishes: list[dict[str, Any]]
    year: int
    doubts: list[dict[str, str]]


def preview(draft: Draft, inputs: CenterInputs, now: AsItIs, unexplained: int) -> Preview:
    """The center that a draft would give, in plain rows; nothing of it is stored."""
    listed: Any = inputs.frames["services"].itertuples()
    services: dict[str, Any] = {row.service: row for row in listed}
    parts = _parts(now, unexplained)
    wishes, year = _wishes(inputs, services)
    teams = [
        {"name": row.name, "category": row.category, "fte": now.teams[code] * now.step, "eur": now.eur(code)}
        for code, row in services.items()
        if row.phase == Phase.CURRENT and code != UNEXPLAINED
    ]
    total = round(sum(part["eur"] for part in parts))
    return Preview(
        tiles=_tiles(draft, now),
        parts=parts,
        total=total,
        closes=total == draft.eur,
        people=_people(draft, inputs),
        teams=sorted(teams, key=lambda team: -team["eur"]),
        fte=now.fte,
        teams_eur=now.total,
        wishes=wishes,
        year=year,
        doubts=_doubts(draft, now, unexplained),
    )


def _tiles(draft: Draft, now: AsItIs) -> list[dict[str, str]]:
    heads = sum(body.inhabitants or 0 for body in draft.bodies)
    note = _("%(eur)s per inhabitant") % {"eur": eur(draft.eur / heads)} if heads else ""
    note_fte = _("%(services)s services today, %(wishes)s wished for") % {
        "services": len(draft.services), "wishes": len(draft.wishes)}  # fmt: skip
    if round(now.fte - draft.fte, 9):
        note_fte = _("%(fte)s, rounded to steps of %(step)s") % {
            "fte": fte(draft.fte),
            "step": number(now.step, 2),
        }
    return [
        {"label": _("Contributions per year"), "becomes": eur(draft.eur), "note": note},
        {"label": _("Formation"), "becomes": fte(now.fte, "unit"), "note": note_fte},
        {"label": _("Participants"), "becomes": number(len(draft.bodies)),
         "note": _("%(heads)s inhabitants") % {"heads": number(heads)}},
    ]  # fmt: skip


def _parts(now: AsItIs, unexplained: int) -> list[dict[str, Any]]:
    """How the total comes about."""
    codes = [code for code in now.teams if code != UNEXPLAINED]
    people = sum(now.people[code] for code in codes)
    rows = [
        (_("Salaries"), people, _("teams × roles of the templates")),
        (_("Overhead"), sum(now.staff[code] for code in codes) - people, _("teams × what you gave per FTE")),
        (_("Licenses and the like"), sum(now.material[code] for code in codes),
         _("price per workplace of the templates")),
        (_("Software, hardware and contracts"), sum(now.fixed[code] for code in codes),
         _("what is left of the total, over the services in proportion to their staff")),
    ]  # fmt: skip
    if unexplained:
        rows.append(
            (
                _("Not yet explained"),
                float(unexplained),
                _("stands apart until it is; no plan counts it as a saving"),
            )
        )
    total = sum(row[1] for row in rows) or 1
    return [
        {"label": label, "eur": amount, "share": amount / total, "how": how} for label, amount, how in rows
    ]


def _people(draft: Draft, inputs: CenterInputs) -> list[dict[str, Any]]:
    volumes = inputs.frames["base_volumes"]
    workplaces = volumes[volumes["driver"] == "workplaces"]
    found = dict(
        zip(
            workplaces["participant"],
            zip(workplaces["volume"], workplaces["status"], strict=True),
            strict=True,
        )
    )
    paid = draft.contributions
    return [
        {
            "name": body.name,
            "inhabitants": body.inhabitants,
            "source": body.source,
            "workplaces": found[body.code][0],
            "workplaces_status": found[body.code][1],
            "eur": paid[body.code],
            "status": "estimated" if body.contribution is None else "entered",
        }
        for body in draft.bodies
    ]


def _wishes(inputs: CenterInputs, services: Mapping[str, Any]) -> tuple[list[dict[str, Any]], int]:
    """What the wishes would take in the last whole year."""
    plan = inputs.plan_inputs(PROPOSED)
    year = reference_year(plan)
    frames = compute(plan).frames
    paid, teams = frames["cost"], frames["team_fte"]
    recurring = paid[(paid["year"] == year) & (paid["part"] != Part.ONE_OFF)]
    cost: dict[Any, Any] = recurring.groupby("service")["eur_cents"].sum().to_dict()
    ending = teams[teams["month"] == teams["month"].max()]
    size = dict(zip(ending["service"], ending["fte"], strict=True))
    rows = [
        {"name": row.name, "fte": size.get(code, 0.0), "eur": cost.get(code, 0) / 100}
        for code, row in services.items()
        if row.phase == Phase.NEW
    ]
    return rows, year


def _doubts(draft: Draft, now: AsItIs, unexplained: int) -> list[dict[str, str]]:
    """What the totals say that is unusual, with what it is held against. A doubt, no refusal."""
    found = []
    staff = sum(now.staff[code] for code in now.staff)
    heads = sum(body.inhabitants or 0 for body in draft.bodies)
    workplaces = sum(body.size for body in draft.bodies) * RATIOS[WORKPLACES].per_thousand / 1000
    per_100 = 100 * now.fte / workplaces if workplaces else np.nan
    if unexplained < 0:
        found.append(
            _(
                "These people and licenses alone would cost %(more)s more than the contributions. Is "
                "a total wrong, or is there other income?"
            )
            % {"more": eur(-unexplained)}
        )
    elif staff > MOST_STAFF * draft.eur:
        found.append(
            _(
                "Staff takes %(share)s of the contributions; with municipalities it is about half of all ICT cost."
            )
            % {"share": pct(staff / draft.eur)}
        )
    if unexplained > 0:
        found.append(
            _(
                "%(gap)s is not explained: it is more than software, hardware and contracts usually "
                "cost beside these people. Is the formation complete?"
            )
            % {"gap": eur(unexplained)}
        )
    if heads and draft.eur / heads > 1.5 * EUR_PER_INHABITANT:
        found.append(
            _("%(eur)s per inhabitant is a lot: municipalities spend about %(usual)s on all their ICT.")
            % {"eur": eur(draft.eur / heads), "usual": eur(EUR_PER_INHABITANT)}
        )
    if per_100 > 3 * FTE_PER_100_WORKPLACES or per_100 < FTE_PER_100_WORKPLACES / 3:
        found.append(
            _(
                "%(fte)s FTE per 100 workplaces is unusual; "
                "a center that only did technical management started with %(usual)s."
            )
            % {"fte": number(per_100, 1), "usual": number(FTE_PER_100_WORKPLACES, 1)}
        )
    return [{"level": "warning", "message": message} for message in found]
