"""Taking a template over into the center's own catalogue: service, sizing, roles and drivers, as estimates."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portfolio.actions.center import Saved, new_findings, undo_of
from portfolio.actions.reference import link_templates
from portfolio.engine.findings import refuse_errors
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import tidy
from portfolio.engine.terms import Status
from portfolio.frames.center_table import table_of
from portfolio.frames.read import read_center
from portfolio.frames.write import Absent, write_center
from portfolio.models.center import Center
from portfolio.models.reference import FIGURES, DriverTemplate, RoleTemplate, ServiceTemplate

LONGEST = 5_000


class AlreadyThere(Exception):
    """The center has a service of this code."""


def needed_drivers(template: ServiceTemplate) -> list[str]:
    """The drivers that a template counts by, or shares its cost by."""
    keys = {template.fte_key, template.cost_key} - {"demand", "equal"}
    return sorted({row["driver"] for row in template.sizing} | keys)


def missing_drivers(template: ServiceTemplate, inputs: CenterInputs) -> list[str]:
    """The drivers of a template that the center does not count yet."""
    counted = set(inputs.frames["base_volumes"]["driver"])
    return [driver for driver in needed_drivers(template) if driver not in counted]


def add_template(
    *,
    center: Center,
    template: ServiceTemplate,
    phase: str,
    volumes: Mapping[str, Mapping[str, float]],
    answers: Sequence[tuple[str, str]],
    user: Any,
) -> Saved:
    """The template as a service of the center; every figure is an estimate with its source and range.

    ``volumes`` are those of drivers that were missing, per driver and participant; ``answers`` go with the
    questions that a less obvious template asks, and stay in the description of the service.
    """
    with transaction.atomic():
        Center.objects.select_for_update().filter(pk=center.pk).first()
        before = read_center(center)
        if template.code in set(before.frames["services"]["service"]):
            raise AlreadyThere
        added = {
            "drivers": _drivers(template, before),
            "roles": _roles(template, before),
            "services": [_service(template, before, phase, answers)],
            "base_volumes": _volumes(volumes, before),
            "sizing": _sizing(template),
            "role_mix": _role_mix(template),
        }
        frames = {name: tidy(name, pd.DataFrame(rows)) for name, rows in added.items() if rows}
        after = _joined(before, frames)
        found = new_findings(before, after)
        refuse_errors(found)
        changes = write_center(center, frames, user=user, at=timezone.now(), absent=Absent.KEEP)
        link_templates(center=center)
        undo = undo_of(table_of("services", after), before, after, changes)
    return Saved(changes.counts, found, undo)


def _joined(before: CenterInputs, frames: Mapping[str, pd.DataFrame]) -> CenterInputs:
    joined = {
        name: pd.concat([before.frames[name].astype("object"), frame.astype("object")])
        for name, frame in frames.items()
    }
    return CenterInputs.of(before.settings, {**before.frames, **joined})


def _estimate(figures: Sequence[Mapping[str, Any]], template_code: str) -> dict[str, Any]:
    """How sure a row is that rests on default figures: the widest range, and every source once."""
    sources = dict.fromkeys(figure["source"] for figure in figures if figure.get("source"))
    source = "; ".join([_("template %(code)s") % {"code": template_code}, *sources])
    spreads = [figure["spread"] for figure in figures if figure.get("spread") is not None]
    return {
        "status": Status.ESTIMATED.value,
        "source": source[:LONGEST],
        "spread": max(spreads) if spreads else None,
    }


def _service(
    template: ServiceTemplate, before: CenterInputs, phase: str, answers: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    known = set(before.frames["services"]["service"])
    told = [template.said("description"), *(f"{question} {answer}" for question, answer in answers)]
    figures = {name: template.figures[name] for name in FIGURES if name in template.figures}
    return {
        "service": template.code,
        "name": template.said("name"),
        "category": template.said("category"),
        "phase": phase,
        "description": "\n".join(told)[:LONGEST],
        "fte_key": template.fte_key,
        "cost_key": template.cost_key,
        "depends_on": ", ".join(code for code in template.depends_on if code in known),
        **{name: figure["value"] for name, figure in figures.items()},
        **_estimate(list(figures.values()), template.code),
    }


def _sizing(template: ServiceTemplate) -> list[dict[str, Any]]:
    return [
        {
            "service": template.code,
            "driver": row["driver"],
            "per": row["per"],
            **{name: row[name]["value"] for name in ("fte", "price") if name in row},
            **_estimate([row[name] for name in ("fte", "price") if name in row], template.code),
        }
        for row in template.sizing
    ]


def _role_mix(template: ServiceTemplate) -> list[dict[str, Any]]:
    return [
        {"service": template.code, "role": row["role"], "share": row["share"], **_estimate([], template.code)}
        for row in template.role_mix
    ]


def _roles(template: ServiceTemplate, before: CenterInputs) -> list[dict[str, Any]]:
    known = set(before.frames["roles"]["role"])
    missing = [row["role"] for row in template.role_mix if row["role"] not in known]
    return [
        {
            "role": role.code,
            "name": role.said("name"),
            "family": role.family,
            "scale": role.scale,
            "annual_cost": role.annual_cost["value"],
            **_estimate([role.annual_cost], role.code),
        }
        for role in RoleTemplate.objects.filter(code__in=missing).order_by("code")
    ]


def _drivers(template: ServiceTemplate, before: CenterInputs) -> list[dict[str, Any]]:
    missing = set(needed_drivers(template)) - set(before.frames["drivers"]["driver"])
    known = {driver.code: driver for driver in DriverTemplate.objects.filter(code__in=missing)}
    rows = []
    for code in sorted(missing):
        driver = known.get(code)
        growth = (driver.growth or {}) if driver else {}
        rows.append(
            {
                "driver": code,
                "label": driver.said("label") if driver else "",
                "growth": growth.get("value", 0.0),
                **_estimate([growth] if growth else [], template.code),
            }
        )
    return rows


def _volumes(volumes: Mapping[str, Mapping[str, float]], before: CenterInputs) -> list[dict[str, Any]]:
    known = set(before.frames["participants"]["code"])
    return [
        {"participant": code, "driver": driver, "volume": volume, "status": Status.ENTERED.value}
        for driver, given in volumes.items()
        for code, volume in given.items()
        if code in known
    ]
