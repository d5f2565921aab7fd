"""Workbooks for tests: a small center that computes, with sheets, cells or whole files changed at will."""

import datetime
import io
from collections.abc import Mapping
from typing import Any

import openpyxl

from portfolio.sheets.reading import Reading, read

Rows = list[list[Any]]


def small_center() -> dict[str, Rows]:
    """Two participants, two services: what a first plan needs, small enough to see through."""
    return {
        "center": [["setting", "value"], ["name", "SSC Test"], ["start", "2027-01"], ["years", 2]],
        "participants": [
            ["code", "name", "current_contribution", "inhabitants"],
            ["DRP", "Dorp", 100_000, 9_000],
            ["STD", "Stad", 400_000, 40_000],
        ],
        "roles": [["role", "name", "annual_cost"], ["SYS", "Beheerder", 80_000]],
        "services": [
            ["service", "name", "phase", "base_fte", "cost_key"],
            ["NET", "Netwerk", "current", 0.5, "inhabitants"],
            ["GEO", "Geo", "new", 0.25, "demand"],
        ],
        "role_mix": [["service", "role", "share"], ["NET", "SYS", 1], ["GEO", "SYS", 1]],
    }


def saved(sheets: Mapping[str, Rows]) -> bytes:
    """The sheets as a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return bytes_of(book)


def bytes_of(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read_sheets(sheets: Mapping[str, Rows]) -> Reading:
    return read(io.BytesIO(saved(sheets)), "center.xlsx")


def with_cell(sheet: str, row: int, column: int, value: Any) -> dict[str, Rows]:
    """The small center with one cell changed; row and column count from 1, as in a spreadsheet."""
    sheets = small_center()
    sheets[sheet] += [[] for _ in range(row - len(sheets[sheet]))]
    while len(sheets[sheet][row - 1]) < column:
        sheets[sheet][row - 1].append(None)
    sheets[sheet][row - 1][column - 1] = value
    return sheets


def with_sheet(sheet: str, rows: Rows) -> dict[str, Rows]:
    """The small center with a sheet added or replaced."""
    return {**small_center(), sheet: rows}


def told(reading: Reading) -> list[tuple[str, str]]:
    """Where each finding is, and its code."""
    return [(reading.where(finding), finding.code) for finding in reading.findings]


#: A date cell, which has no zone.
DAY = datetime.datetime.fromisoformat("2027-01-15")
