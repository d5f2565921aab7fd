"""Bills as sheets: one per participant, a total that closes, why contributions change, and what it was made from."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portfolio.engine.terms import Part
from portfolio.models.labels import PARTS
from portfolio.reports.bill import Bill, BillLine
from portfolio.reports.payers import STEPS
from portfolio.reports.plan_tables import CENTS, COUNT, EUR, TEXT, Table

#: A sheet's name has at most 31 signs, and Excel refuses these, and keeps this name for itself.
_LONGEST, _REFUSED, _KEPT = 31, re.compile(r"[\[\]:*?/\\\x00-\x1f]"), "history"


def bill_tables(bill: Bill, about: Mapping[str, Any]) -> list[Table]:
    """The workbook of one bill."""
    names = sheet_names([_("Bill"), _("Why it changes"), _("About")])
    return [_bill(bill, names[0]), _why([bill], names[1]), _about(about, names[2])]


def all_bills(bills: Sequence[Bill], about: Mapping[str, Any]) -> list[Table]:
    """The workbook of all bills: the total first, then a sheet per participant."""
    titles = [_("Total"), _("Why it changes"), _("About"), *(bill.payer.name for bill in bills)]
    total, why, origin, *names = sheet_names(titles)
    return [
        _total(bills, total),
        *(_bill(bill, name) for bill, name in zip(bills, names, strict=True)),
        _why(bills, why),
        _about(about, origin),
    ]


def about(scenario: str, year: int, months: int, sealed_at: datetime.datetime, center: str) -> dict[str, Any]:
    """What a reader needs to know of a sheet that lies apart from its page."""
    return {
        _("Center"): center,
        _("Scenario"): scenario,
        _("Year"): str(year),
        _("Months counted"): str(months),
        _("Plan sealed on"): date_format(sealed_at, "Y-m-d H:i"),
        _("Figures"): _("EUR, whole euros; they add up to the contributions of the plan."),
    }


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Names that Excel takes, each once: it refuses some signs, and does not tell capitals apart.

    >>> sheet_names(["A/B: x", "a b  X", "'", "History"])
    ['A B x', 'a b X 2', 'x', 'History 2']
    """
    taken, names = {_KEPT}, []
    for title in titles:
        plain = " ".join(_REFUSED.sub(" ", title).split()).strip("'")[:_LONGEST].strip(" '") or "x"
        name, count = plain, 1
        while name.lower() in taken:
            count += 1
            name = f"{plain[: _LONGEST - len(str(count)) - 1]} {count}"
        taken.add(name.lower())
        names.append(name)
    return names


def _bill(bill: Bill, title: str) -> Table:
    columns = [
        (_("Service"), TEXT),
        (_("Name"), TEXT),
        *((head, EUR) for head in bill.heads),
        (_("Contribution"), EUR),
    ]
    columns += [(_("In %(year)s") % {"year": bill.before}, EUR)] if bill.before else []
    columns += [(_("Own effort, was"), EUR), (_("Own effort, becomes"), EUR)]
    columns += (
        [(_("Counted in"), TEXT), (_("How many"), COUNT), (_("Per unit"), CENTS)] if bill.has_units else []
    )
    rows = [[line.code, line.name, *_figures(bill, line), *_unit(bill, line)] for line in bill.lines]
    rows.append(["", _("Total"), *_totals(bill), *([None] * 3 if bill.has_units else [])])
    return Table(title, columns, rows, frozenset({len(rows) - 1}))


def _figures(bill: Bill, line: BillLine) -> list[int]:
    return [*line.amounts, line.total, *([line.before] if bill.before else []), line.own_was, line.own]


def _totals(bill: Bill) -> list[int]:
    return [*bill.amounts, bill.total, *([bill.before_total] if bill.before else []), bill.own_was, bill.own]


def _unit(bill: Bill, line: BillLine) -> list[Any]:
    if not bill.has_units:
        return []
    if line.quantity is None or line.per_unit is None:
        return [None, None, None]
    return [line.quantity.driver, round(line.quantity.count, 6), round(line.per_unit, 2)]


def _total(bills: Sequence[Bill], title: str) -> Table:
    """Participants by parts; what the plan says each contributes stands beside what its bill adds up to."""
    parts = [part for part in Part if any(part in bill.parts for bill in bills)]
    columns = [
        (_("Participant"), TEXT),
        (_("Name"), TEXT),
        *((capfirst(str(PARTS[part])), EUR) for part in parts),
    ]
    columns += [(head, EUR) for head in (_("Bill"), _("Contribution in the plan"), _("Contribution today"),
                                         _("Own effort, was"), _("Own effort, becomes"))]  # fmt: skip
    rows: list[list[Any]] = []
    for bill in bills:
        amounts = dict(zip(bill.parts, bill.amounts, strict=True))
        rows.append([bill.payer.code, bill.payer.name, *(amounts.get(part, 0) for part in parts), bill.total,
                     round(bill.payer.becomes), bill.payer.was, bill.own_was, bill.own])  # fmt: skip
    sums = [
        None if None in column else sum(column) for column in zip(*(row[2:] for row in rows), strict=True)
    ]
    rows.append(["", _("Total"), *sums])
    return Table(title, columns, rows, frozenset({len(rows) - 1}))


def _why(bills: Sequence[Bill], title: str) -> Table:
    columns = [(_("Participant"), TEXT), (_("Name"), TEXT), (_("Contribution today"), EUR)]
    columns += [(str(label), EUR) for label, _meaning in STEPS.values()]
    columns += [(_("Contribution in %(year)s") % {"year": bills[0].year if bills else ""}, EUR)]
    rows = [[bill.payer.code, bill.payer.name, bill.payer.was,
             *(None if bill.payer.was is None else bill.payer.steps.get(step, 0) for step in STEPS),
             round(bill.payer.becomes)] for bill in bills]  # fmt: skip
    return Table(title, columns, rows)


def _about(about: Mapping[str, Any], title: str) -> Table:
    return Table(title, [(_("What"), TEXT), (_("Value"), TEXT)], [list(pair) for pair in about.items()])
