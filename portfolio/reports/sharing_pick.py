"""Which key holds for the cost of each service, what can be chosen instead, and what a choice will not reach."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.terms import Part
from portfolio.frames.decisions import keyed
from portfolio.reports.decisions import key_options
from portfolio.reports.names import Names
from portfolio.templatetags.figures import month


@dataclass(frozen=True)
class Keyed:
    """A service that can be given a key: the key that holds, since when, and its recurring cost in the year."""

    code: str
    name: str
    key: str
    since: str
    eur: float


@dataclass(frozen=True)
class Picking:
    """What can be chosen: ``keys`` and ``services`` as (value, label); ``note`` says what it does not reach."""

    keys: Sequence[tuple[str, str]]
    services: Sequence[Keyed]
    note: str


def picking(inputs: CenterInputs, scenario: str, cost: pd.DataFrame, year: int) -> Picking:
    """The keys and services of a scenario, dearest service first."""
    names = Names(inputs.frames)
    own = set(inputs.frames["keys"]["key"])
    keys = [
        (value, label if value in own else capfirst(label)) for value, label in key_options(inputs, names)
    ]
    labels, found = dict(keys), keyed(inputs, scenario)
    rows = cost[(cost["year"] == year) & (cost["part"] != Part.ONE_OFF.value)]
    sums = rows.groupby("service")["eur_cents"].sum()
    amounts: dict[str, int] = dict(zip(sums.index.tolist(), sums.tolist(), strict=True))
    services = [
        Keyed(
            code, names.service(code), labels.get(key, key), _window(start, end), amounts.get(code, 0) / 100
        )
        for code, (key, start, end) in found.items()
    ]
    ending = sum(code not in found and cents > 0 for code, cents in amounts.items() if code)
    partly = sum(bool(service.since) for service in services)
    return Picking(keys, sorted(services, key=lambda one: (-one.eur, one.name)), _note(partly, ending))


def _window(start: str, end: str) -> str:
    if start and end:
        return _("from %(start)s until %(end)s") % {"start": month(start), "end": month(end)}
    if start:
        return _("from %(month)s") % {"month": month(start)}
    return _("until %(month)s") % {"month": month(end)} if end else ""


def _note(partly: int, ending: int) -> str:
    """A key travels with a decision, so it holds as long as that does."""
    said = []
    if partly:
        said.append(
            ngettext(
                "For %(count)s service the key holds as long as its decision does; else its own key stays.",
                "For %(count)s services the key holds as long as their decision does; else their own key stays.",
                partly,
            ) % {"count": partly}
        )  # fmt: skip
    if ending:
        said.append(
            ngettext("%(count)s service that ends keeps its own key until then.",
                     "%(count)s services that end keep their own key until then.", ending) % {"count": ending}
        )  # fmt: skip
    return " ".join(said)


def picked_text(inputs: CenterInputs, key: str, services: Sequence[str]) -> str:
    """What was just chosen, for the undo bar."""
    names = Names(inputs.frames)
    label = dict(key_options(inputs, names)).get(key, key)
    if services:
        return _("%(service)s: cost by %(key)s.") % {"service": names.service(services[0]), "key": label}
    return _("Cost of all services by %(key)s.") % {"key": label}
