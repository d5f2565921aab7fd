"""What each participant would pay alone in a year, opened per service and per stated option, and what that rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from django.utils.translation import gettext as _

from portfolio.engine.terms import Basis, Option
from portfolio.models.labels import OPTION_HEADS
from portfolio.reports.sharing import PLAN, Alone, SharedYear, rows_of

BASES = (Basis.STATED.value, Basis.ESTIMATE.value, Basis.UNKNOWN.value)


@dataclass(frozen=True)
class Line:
    """A service or a whole-package option: None is not known; ``is_least`` marks the option that counts."""

    name: str
    basis: str
    eur: float | None
    is_least: bool = False


@dataclass(frozen=True)
class Going:
    """One participant going alone, EUR: ``built`` is every service by itself, ``alone`` the least of all."""

    code: str
    name: str
    plan: int
    alone: int | None
    basis: str
    rests: str
    built: float | None
    services: Sequence[Line]
    options: Sequence[Line]

    @property
    def difference(self) -> int | None:
        """What it pays in the plan beyond what it would pay alone; negative is what taking part saves."""
        return None if self.alone is None else self.plan - self.alone


def going_alone(frame: pd.DataFrame, year: SharedYear) -> list[Going]:
    """Everyone the reader may see that takes a service in the year."""
    rows: dict[str, list[tuple[str, str, float]]] = {}
    columns = ("participant", "service", "basis", "eur_cents")
    for code, service, basis, cents in rows_of(frame[frame["year"] == year.year], *columns):
        rows.setdefault(code, []).append((service, basis, cents / 100))
    return [
        _going(year, code, rows.get(code, []), year.alone[code]) for code in year.shown if year.plays(code)
    ]


def _going(year: SharedYear, code: str, rows: Sequence[tuple[str, str, float]], alone: Alone) -> Going:
    services = [
        Line(year.names.service(service), basis, None if basis == Basis.UNKNOWN else eur)
        for service, basis, eur in rows
        if service
    ]
    options = [
        Line(option_name(option), "option", eur, option == alone.basis)
        for service, option, eur in rows
        if not service
    ]
    counts = {basis: sum(line.basis == basis for line in services) for basis in BASES}
    amounts = [line.eur for line in services]
    return Going(
        code=code,
        name=year.name(code),
        plan=year.euros(PLAN, code),
        alone=alone.euros if alone.is_known else None,
        basis=alone.basis if alone.basis in BASES else "option",
        rests=_rests(alone, counts, len(services)),
        built=None if None in amounts else sum(eur for eur in amounts if eur is not None),
        services=sorted(services, key=lambda line: (line.eur is not None, -(line.eur or 0), line.name)),
        options=sorted(options, key=lambda line: line.eur or 0),
    )  # fmt: skip


def option_name(option: str) -> str:
    """One of the five options by its name, an option of the center's own by its code."""
    return str(OPTION_HEADS[option]) if option in set(Option) else option


def _rests(alone: Alone, counts: Mapping[str, int], services: int) -> str:
    """What the amount rests on, in words."""
    if alone.basis not in BASES:
        name = option_name(alone.basis)
        return (_("“%(option)s”, an estimate") if alone.is_estimate else _("“%(option)s”, as stated")) % {
            "option": name
        }
    if alone.basis == Basis.STATED:
        return _("own effort, as stated")
    if alone.basis == Basis.UNKNOWN:
        text = _("not known for %(count)s of %(total)s services")
    else:
        text = _("an estimate for %(count)s of %(total)s services")
    return text % {"count": counts[alone.basis], "total": services}
