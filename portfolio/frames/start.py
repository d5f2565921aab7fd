"""A first draft of a center: what was told of it, and the frames that templates make of that, not yet scaled."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from portfolio.engine.estimating import (
    INHABITANTS,
    RATIOS,
    WORKPLACES,
    divided,
    estimated_volumes,
    size_of,
)
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.terms import BuiltinKey, DecisionKind, ParticipantKind, Phase, Status
from portfolio.models.reference import DriverTemplate, RoleTemplate, ServiceTemplate

#: Codes of the two scenarios that a center starts with.
STAYS, PROPOSED = "blijft", "voorstel"
#: How far a contribution that was divided by inhabitants may be off.
CONTRIBUTION_SPREAD = 0.3
ESTIMATED, ENTERED = Status.ESTIMATED.value, Status.ENTERED.value


@dataclass(frozen=True)
class Body:
    """A participant: a municipality has inhabitants, another body has workplaces instead."""

    code: str
    name: str
    inhabitants: int | None
    workplaces: int | None = None
    source: str = ""
    contribution: int | None = None

    @property
    def size(self) -> float:
        """Inhabitants, or those that would have its workplaces."""
        return size_of(self.inhabitants, self.workplaces)


@dataclass(frozen=True)
class Draft:
    """What somebody tells of a center at the start; the rest is estimated. Rates as decimals, 0.03 for 3 %."""

    name: str
    bodies: tuple[Body, ...]
    eur: int
    fte: float
    start: str
    years: int
    overhead_per_fte: float
    wage_growth: float
    price_growth: float
    services: tuple[str, ...]
    wishes: tuple[str, ...]
    wishes_from: str

    @property
    def contributions(self) -> dict[str, int]:
        """What each pays today: as told, and the rest of the total by inhabitants."""
        told = {body.code: body.contribution for body in self.bodies if body.contribution is not None}
        others = {body.code: body.size for body in self.bodies if body.contribution is None}
        left = max(0, self.eur - sum(told.values()))
        return told | (divided(left, others) if others else {})


@dataclass(frozen=True)
class Templates:
    """What a center may be made from, by code."""

    services: Mapping[str, ServiceTemplate]
    roles: Mapping[str, RoleTemplate]
    drivers: Mapping[str, DriverTemplate]

    @classmethod
    def read(cls) -> "Templates":
        """All templates, in three queries."""
        kinds: Sequence[Any] = (ServiceTemplate, RoleTemplate, DriverTemplate)
        return cls(*({row.code: row for row in kind.objects.all()} for kind in kinds))


def codes_of(names: Iterable[str]) -> list[str]:
    """A short code per name, each of them once.

    >>> codes_of(["Oeverstad", "Oeverbeek", "'s-Hertogenbosch", "Ee"])
    ['OEV', 'OEV2', 'SHE', 'EE']
    """
    made: list[str] = []
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
        code = "".join(re.findall("[A-Z0-9]+", plain))[:3] or "P"
        serial, unique = 1, code
        while unique in made:
            serial += 1
            unique = f"{code}{serial}"
        made.append(unique)
    return made


def drafted(draft: Draft, templates: Templates) -> CenterInputs:
    """The center as the templates have it: its services are not yet scaled to the totals."""
    chosen = [templates.services[code] for code in (*draft.services, *draft.wishes)]
    frames = {
        **_participants(draft),
        "drivers": _drivers(chosen, templates),
        "roles": _roles(chosen, templates),
        **_services(draft, chosen, templates),
        "scenarios": pd.DataFrame(
            [
                (STAYS, _("Everything stays"), _("Nothing is decided or started: what today costs in later years.")),
                (PROPOSED, _("Proposal"),
                 _("The services wished for are started; what runs today is still to be decided.")),
            ],
            columns=["scenario", "name", "description"],
        ),
    }  # fmt: skip
    frames["decisions"] = decisions(draft, draft.services)
    settings = {
        name: getattr(draft, name)
        for name in ("name", "start", "years", "overhead_per_fte", "wage_growth", "price_growth")
    }
    return CenterInputs.of(settings, frames)


def decisions(draft: Draft, current: Iterable[str], kept: Iterable[str] = ()) -> pd.DataFrame:
    """Keep what is ``current`` in the one scenario; start the wishes, and keep what is ``kept``, in the other."""
    rows = [(STAYS, code, DecisionKind.KEEP.value, "") for code in current]
    rows += [(PROPOSED, code, DecisionKind.KEEP.value, "") for code in kept]
    rows += [(PROPOSED, code, DecisionKind.START.value, draft.wishes_from) for code in draft.wishes]
    return pd.DataFrame(rows, columns=["scenario", "service", "decision", "from"])


def _participants(draft: Draft) -> dict[str, pd.DataFrame]:
    paid, rows = draft.contributions, []
    volumes: list[tuple[Any, ...]] = []
    for body in draft.bodies:
        is_told = body.contribution is not None
        kind = ParticipantKind.OTHER if body.inhabitants is None else ParticipantKind.MUNICIPALITY
        source = "" if is_told else _("The total contribution, divided by inhabitants")
        rows.append(
            (body.code, body.name, kind.value, float(paid[body.code]), ENTERED if is_told else ESTIMATED, source,
             None if is_told else CONTRIBUTION_SPREAD)
        )  # fmt: skip
        heads = float(body.inhabitants or 0)
        where = _("Has no inhabitants of its own") if body.inhabitants is None else body.source
        volumes.append((body.code, INHABITANTS, heads, ENTERED, where, None))
        for driver, volume in estimated_volumes(body.inhabitants, body.workplaces).items():
            if driver == WORKPLACES and body.workplaces is not None:
                volumes.append((body.code, driver, volume, ENTERED, body.source, None))
            else:
                volumes.append(
                    (body.code, driver, volume, ESTIMATED, _told_ratio(driver), RATIOS[driver].spread)
                )
    how_sure = ["status", "source", "spread"]
    return {
        "participants": pd.DataFrame(rows, columns=["code", "name", "kind", "current_contribution", *how_sure]),
        "base_volumes": pd.DataFrame(volumes, columns=["participant", "driver", "volume", *how_sure]),
    }  # fmt: skip


def _told_ratio(driver: str) -> str:
    ratio = RATIOS[driver]
    if driver == WORKPLACES:
        return _(
            "Assumption: %(each)s per 1,000 inhabitants, "
            "from the ICT benchmark for municipalities of 2013 (M&I/Partners)"
        ) % {"each": f"{ratio.per_thousand:g}"}
    if ratio.base:
        return _("Assumption without a source: %(base)s per municipality and %(each)s per 1,000 inhabitants") % {
            "base": f"{ratio.base:g}", "each": f"{ratio.per_thousand:g}"}  # fmt: skip
    return _("Assumption without a source: %(each)s per 1,000 inhabitants") % {
        "each": f"{ratio.per_thousand:g}"
    }


def _drivers(chosen: Sequence[ServiceTemplate], templates: Templates) -> pd.DataFrame:
    """What volumes are estimated for, and what a chosen service is sized or shared by."""
    used = {INHABITANTS, *RATIOS} | {rule["driver"] for service in chosen for rule in service.sizing}
    used |= {key for service in chosen for key in (service.fte_key, service.cost_key)} - set(BuiltinKey)
    rows = []
    for code in sorted(used):
        template = templates.drivers.get(code)
        growth = (template.growth if template else {}) or {}
        rows.append(
            (code, template.said("label") if template else "", growth.get("value", 0.0), ESTIMATED,
             growth.get("source", ""), growth.get("spread"))
        )  # fmt: skip
    return pd.DataFrame(rows, columns=["driver", "label", "growth", "status", "source", "spread"])


def _roles(chosen: Sequence[ServiceTemplate], templates: Templates) -> pd.DataFrame:
    used = {part["role"] for service in chosen for part in service.role_mix}
    rows = []
    for code in sorted(used):
        role = templates.roles[code]
        cost = role.annual_cost
        rows.append(
            (code, role.said("name"), role.family, role.scale, float(cost["value"]), ESTIMATED, cost.get("source", ""),
             cost.get("spread"))
        )  # fmt: skip
    columns = ["role", "name", "family", "scale", "annual_cost", "status", "source", "spread"]
    return pd.DataFrame(rows, columns=columns)


def _services(
    draft: Draft, chosen: Sequence[ServiceTemplate], templates: Templates
) -> dict[str, pd.DataFrame]:
    codes = {service.code for service in chosen}
    scaled = _("Template; the team and its cost scaled to the totals of the center")
    as_it_is = _("Template, as it stands")
    services, sizing, mix = [], [], []
    for service in chosen:
        is_current = service.code in draft.services
        figures = service.figures
        spreads = [figure["spread"] for figure in figures.values() if figure.get("spread") is not None]
        services.append(
            {
                "service": service.code,
                "name": service.said("name"),
                "category": service.said("category"),
                "phase": (Phase.CURRENT if is_current else Phase.NEW).value,
                "description": service.said("description"),
                **{name: float(figure["value"]) for name, figure in figures.items()},
                "fte_key": service.fte_key,
                "cost_key": service.cost_key,
                "depends_on": ", ".join(sorted(codes & set(service.depends_on))),
                "status": ESTIMATED,
                "source": scaled if is_current else as_it_is,
                "spread": max(spreads, default=None),
            }
        )
        sizing += _rules(service)
        mix += [(service.code, part["role"], part["share"], ESTIMATED, as_it_is) for part in service.role_mix]
    return {
        "services": pd.DataFrame(services),
        "sizing": pd.DataFrame(
            sizing,
            columns=["service", "driver", "per", "fte", "price", "status", "source", "spread"],
        ),
        "role_mix": pd.DataFrame(mix, columns=["service", "role", "share", "status", "source"]),
    }


def _rules(service: ServiceTemplate) -> list[tuple[Any, ...]]:
    """One row per driver: a template may state FTE and price of a driver per different numbers of it."""
    by_driver: dict[str, list[Mapping[str, Any]]] = {}
    for rule in service.sizing:
        by_driver.setdefault(rule["driver"], []).append(rule)
    rows = []
    for driver, rules in by_driver.items():
        per = max(float(rule["per"]) for rule in rules)
        stated = [rule[name] for rule in rules for name in ("fte", "price") if name in rule]
        amounts = [
            sum(float(rule[name]["value"]) * per / rule["per"] for rule in rules if name in rule)
            for name in ("fte", "price")
        ]
        sources = dict.fromkeys(figure["source"] for figure in stated if figure.get("source"))
        spread = max(
            (figure["spread"] for figure in stated if figure.get("spread") is not None), default=None
        )
        rows.append((service.code, driver, per, *amounts, ESTIMATED, "; ".join(sources), spread))
    return rows
