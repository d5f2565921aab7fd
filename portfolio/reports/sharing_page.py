"""What stands around the table of shares: the choices of the address, and the heads of the columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portfolio.reports.sharing import KEY, PLAN, SharedYear
from portfolio.reports.sharing_table import EACH, EUR, MOVED, TODAY
from portfolio.reports.sharing_words import Verdict, method_meaning, method_name


@dataclass(frozen=True)
class Column:
    """The head of a division: its name, what it does, and its verdict."""

    method: str
    label: str
    meaning: str
    verdict: Verdict


def columns(year: SharedYear, methods: Sequence[str], verdicts: Sequence[Verdict]) -> list[Column]:
    return [
        Column(one.method, one.label, method_meaning(year, one.method), one)
        for one in verdicts
        if one.method in methods
    ]


@dataclass(frozen=True)
class Pickers:
    """What can be chosen: links for the year and the measure, ticks for the columns, what a form has to carry along."""

    years: Sequence[dict[str, Any]]
    measures: Sequence[dict[str, Any]]
    methods: Sequence[tuple[str, Sequence[tuple[str, str, bool]]]]
    kept: Sequence[tuple[str, str]]
    measure: str
    explained: str

    def but(self, *names: str) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.kept if name not in names]

    @property
    def for_columns(self) -> list[tuple[str, str]]:
        return self.but("m")

    @property
    def for_path(self) -> list[tuple[str, str]]:
        return self.but("to", "years")


def pickers(
    kept: Sequence[tuple[str, str]],
    year: SharedYear,
    shown: Sequence[str],
    years: Sequence[int],
    measure: str,
) -> Pickers:
    """The choices around the table; ``kept`` is the query as pairs."""

    def url(name: str, value: object) -> str:
        return "?" + urlencode([*((each, held) for each, held in kept if each != name), (name, str(value))])

    words = _measures()
    ticks = [
        (method, method_name(year, method), method in shown) for method in year.methods if method != PLAN
    ]
    keys = [tick for tick in ticks if tick[0].startswith(KEY)]
    return Pickers(
        years=[
            {"label": str(each), "url": url("year", each), "current": each == year.year} for each in years
        ],
        measures=[
            {"label": words[each][0], "url": url("as", each), "current": each == measure} for each in words
        ],
        methods=[
            (label, found)
            for label, found in (
                (_("Keys"), keys),
                (_("Fair divisions"), [tick for tick in ticks if tick not in keys]),
            )
            if found
        ],
        kept=kept,
        measure=measure,
        explained=words[measure][1],
    )


def _measures() -> dict[str, tuple[str, str]]:
    """The measures: what each is called, and what a reader has to know of it."""
    return {
        EUR: (
            "€",
            _("Recurring cost; one-off costs and income stay outside, so the bill of a year may differ."),
        ),
        EACH: (
            _("€ per inhabitant"),
            _("By the inhabitants of the first year; in the total only participants that have them."),
        ),
        TODAY: (
            _("Against today"),
            _("Less the contribution of today: the adopted budget of the year where there is one."),
        ),
        MOVED: (
            _("Redistribution"),
            _("Who pays more and who less by the division alone: against the same total by today's shares."),
        ),
    }
