"""Tables of a page as files to take along: CSV for a machine, Excel for a person."""

from collections.abc import Sequence
from typing import Any

from django.utils import translation

from portfolio.reports.csvs import csv_file, decimal, safe
from portfolio.reports.plan_tables import Table
from portfolio.reports.plan_workbook import add_table
from portfolio.sheets.book import Book

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_csv(table: Table) -> bytes:
    """One table with its heads; a blank cell is unknown."""
    rows = ([_written(cell) for cell in row] for row in table.rows)
    return csv_file([safe(head) for head, _kind in table.columns], rows)


def tables_xlsx(tables: Sequence[Table], *, language: str) -> bytes:
    """Tables as the sheets of one workbook."""
    with translation.override(language):
        book = Book(language, set())
        for table in tables:
            add_table(book, table)
        return book.content()


def _written(cell: Any) -> str:
    if cell is None:
        return ""
    return safe(cell) if isinstance(cell, str) else decimal(round(float(cell), 2))
