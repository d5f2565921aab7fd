"""Reads a sheet in which every row is a setting with a meaning of its own: ``center``, or ``social_plan``."""

from typing import Any

from portfolio.engine import schema
from portfolio.engine.findings import Finding
from portfolio.engine.schema import Column
from portfolio.engine.schema import gettext_noop as _
from portfolio.engine.terms import Level
from portfolio.sheets import aliases
from portfolio.sheets.cells import Cell, value_of
from portfolio.sheets.misread import Misread, shown
from portfolio.sheets.opening import Row, Sheet
from portfolio.sheets.places import Places
from portfolio.sheets.tables import Table, read_heads


def read_settings(
    sheet: Sheet, places: Places, name: str = "center", columns: tuple[Column, ...] = schema.SETTINGS
) -> tuple[dict[str, Any], list[Finding]]:
    """Settings by name, and the remarks on them."""
    table = Table(name)
    places.add_sheet(name, sheet.title)
    rows = dict(sheet.rows())
    heads = {head.name: head.number for head in read_heads(table, rows.pop(1, {}), places)}
    settings: dict[str, Any] = {}
    seen: dict[str, int] = {}
    if "setting" in heads and "value" in heads:
        for number, row in rows.items():
            _read_setting(table, columns, heads, number, row, settings, seen, places)
        for column in columns:
            if column.required and column.name not in seen:
                missing = Misread("missing_setting", setting=column.name)
                table.remark(Level.ERROR, missing, (column.name,), "value")
    return settings, table.findings


def _read_setting(
    table: Table,
    columns: tuple[Column, ...],
    heads: dict[str, int],
    number: int,
    row: Row,
    settings: dict[str, Any],
    seen: dict[str, int],
    places: Places,
) -> None:
    label = row.get(heads["setting"], Cell(None))
    if label.is_blank:
        if not row.get(heads["value"], Cell(None)).is_blank:
            by_number = (f"row {number}",)
            places.add_row(table.sheet, by_number, number)
            table.remark(
                Level.ERROR, Misread("blank", meaning=_("the name of a setting")), by_number, "setting"
            )
        return
    text = shown(label.value)
    name = aliases.setting_named(text, table.sheet) if label.kind == "value" else None
    if name is None or name in seen:
        by_number = (f"row {number}",)
        places.add_row(table.sheet, by_number, number)
        if name is None:
            table.remark(Level.WARNING, Misread("unknown_setting", value=text), by_number, "setting")
        else:
            again = Misread("duplicate_key", row=number, value=text, other=seen[name])
            table.remark(Level.ERROR, again, by_number, "setting")
        return
    seen[name] = number
    places.add_row(table.sheet, (name,), number)
    column = next(column for column in columns if column.name == name)
    try:
        settings[name] = value_of(column, row.get(heads["value"]))
        if settings[name] is None and column.required:
            raise Misread("blank", meaning=column.meaning)
    except Misread as misread:
        table.remark(Level.ERROR, misread, (name,), "value")
