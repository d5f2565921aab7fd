"""The director's workbook ``plan.xlsx``: computed plans side by side, with what was found and where it came from."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portfolio.engine.findings import Finding
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.results import PlanResults
from portfolio.models.labels import LEVELS
from portfolio.reports.csvs import finding_rows
from portfolio.reports.plan_tables import CENTS, COUNT, EUR, FTE, TEXT, YEAR, Table, plan_tables
from portfolio.sheets.book import Book
from portfolio.sheets.cells import RUNS_AS_FORMULA

_FORMATS = {EUR: "#,##0;[Red]-#,##0", CENTS: "#,##0.00;[Red]-#,##0.00", FTE: "0.00;[Red]-0.00", COUNT: "0;[Red]-0",
            YEAR: "0"}  # fmt: skip
_WIDTHS = {TEXT: 24, EUR: 14, CENTS: 14, FTE: 9, COUNT: 9, YEAR: 8}
_WIDEST = 90


def plan_workbook(
    inputs: CenterInputs,
    plans: Sequence[PlanResults],
    findings: Iterable[Finding],
    *,
    where: Callable[[Finding], str],
    language: str,
    made_at: datetime.datetime,
    release: str,
) -> bytes:
    """The workbook as bytes; the same arguments give the same bytes."""
    with translation.override(language):
        book = Book(language, set())
        rows = finding_rows(findings, where=where, language=language)
        for table in (
            *plan_tables(inputs, plans),
            _findings(rows),
            _provenance(inputs, plans, made_at, release),
        ):
            add_table(book, table)
        return book.content()


def _findings(rows: Iterable[tuple[str, str, str, str]]) -> Table:
    levels = {str(level): str(label) for level, label in LEVELS.items()}
    columns = [(head, TEXT) for head in (pgettext("finding", "Level"), _("Where"), _("Message"))]
    return Table(
        _("Findings"), columns, [(levels[level], place, message) for level, _code, place, message in rows]
    )


def _provenance(
    inputs: CenterInputs, plans: Sequence[PlanResults], made_at: datetime.datetime, release: str
) -> Table:
    """What a reader needs to make the same plan again."""
    stamp = date_format(made_at, "Y-m-d H:i") + made_at.strftime(" %z")
    rows = [(_("Center"), str(inputs.settings["name"])), (_("Made at"), stamp.strip())]
    rows += [(_("Release"), release)] if release else []
    for plan in plans:
        rows.append((_("Digest of the inputs of %(scenario)s") % {"scenario": plan.scenario}, plan.digest))
    rows += [(_("Engine version"), version) for version in sorted({plan.engine_version for plan in plans})]
    return Table(_("Provenance"), [(_("What"), TEXT), (_("Value"), TEXT)], rows)


def add_table(book: Book, table: Table) -> None:
    """One more sheet: frozen head, a format per kind, totals in bold."""
    sheet = book.file.add_worksheet(table.title[:31])
    frozen = sum(kind in (TEXT, YEAR) for _head, kind in table.columns)
    sheet.freeze_panes(1, frozen if frozen < len(table.columns) else 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for number, (head, kind) in enumerate(table.columns):
        align = "left" if kind == TEXT else "right"
        sheet.write_string(
            0, number, head, book.style(bold=True, bg_color="#DCE6F1", align=align, text_wrap=True)
        )
        longest = max(
            (len(str(row[number])) for row in table.rows if isinstance(row[number], str)), default=0
        )
        sheet.set_column(
            number, number, min(max(_WIDTHS[kind] if kind != TEXT else 10, longest + 2), _WIDEST)
        )
    for number, row in enumerate(table.rows, start=1):
        is_total = number - 1 in table.totals
        for column, cell in enumerate(row):
            value, kind = cell if isinstance(cell, tuple) else (cell, table.columns[column][1])
            style: dict[str, Any] = {"bold": True, "top": 1} if is_total else {}
            if kind in _FORMATS:
                style = {**style, "num_format": _FORMATS[kind]}
            if value is None or value == "":
                sheet.write_blank(number, column, None, book.style(**style))
            elif isinstance(value, str):
                if len(value) > _WIDEST:
                    style["text_wrap"] = True
                if value.startswith(RUNS_AS_FORMULA):  # marked, so that it stays text when somebody edits it
                    style["quote_prefix"] = True
                sheet.write_string(number, column, value, book.style(**style))
            else:
                sheet.write_number(number, column, value, book.style(**style))
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
