"""A workbook under construction: sheets with frozen, commented heads, formats per kind and pick lists."""

import datetime
import io
from collections.abc import Collection
from typing import Any

import xlsxwriter
from django.utils import translation
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from portfolio.engine import hr_schema, schema
from portfolio.engine.schema import Column, Kind
from portfolio.engine.terms import BuiltinKey, Criterion
from portfolio.sheets import aliases, comments
from portfolio.sheets.cells import RUNS_AS_FORMULA
from portfolio.sheets.key_words import dutch_keys
from portfolio.sheets.layout import Layout

#: Rows below the last one for which pick lists are there too.
SPARE_ROWS = 500
#: A fixed day, so that the same content gives the same bytes.
CREATED = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - the library wants a plain one

_NUMBER_FORMATS = {
    Kind.EUR: "#,##0.00",
    Kind.FTE: "0.00####",
    Kind.SHARE: "0.0####%",
    Kind.RATE: "0.0####%",
    Kind.COUNT: "0",
    Kind.YEAR: "0",
    Kind.NUMBER: "General",
}
_WIDTHS = {
    "name": 30,
    "description": 50,
    "reason": 40,
    "source": 30,
    "category": 22,
    "supplier": 22,
    "value": 34,
}


#: Sheets that hold a setting in every row.
SETTINGS = {"center": schema.SETTINGS, "social_plan": hr_schema.SOCIAL_PLAN}


class Book:
    """Collects sheets; ``content`` closes the workbook. ``own`` are the names that a center gives to keys itself.

    ``sheets`` are those that a pick list may take its codes from.
    """

    def __init__(self, language: str, own: set[str], sheets: Collection[str] = schema.FRAMES) -> None:
        self.language = language
        self.sheets = sheets
        self._buffer = io.BytesIO()
        self.file = xlsxwriter.Workbook(self._buffer, {"in_memory": True})
        self.file.set_properties({"created": CREATED})
        self._keys = dutch_keys(own) if language == aliases.DUTCH else {}
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, **properties: Any) -> Format:
        """A cell format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format(properties)
        return self._formats[key]

    def content(self) -> bytes:
        self.file.close()
        return self._buffer.getvalue()

    def add(self, layout: Layout) -> None:
        """Write one sheet."""
        sheet = self.file.add_worksheet(aliases.sheet_label(layout.sheet, self.language))
        sheet.freeze_panes(1, sum(column.key for column in layout.columns) or 1)
        rows = list(layout.rows)
        with translation.override(self.language):
            for number, column in enumerate(layout.columns):
                self._head(sheet, number, column, layout)
                self._pick_list(sheet, number, column, len(rows))
        for row, values in enumerate(rows, start=1):
            for number, (column, value) in enumerate(zip(layout.columns, values, strict=True)):
                self._cell(sheet, row, number, self._meant(layout, column, row), value)
        if layout.sheet in SETTINGS:
            self._comment_settings(sheet, layout.sheet)

    def _head(self, sheet: Worksheet, number: int, column: Column, layout: Layout) -> None:
        head = (
            self._head_text(layout.sheet, column.name)
            if column.name in layout.free
            else self._label(column.name)
        )
        must = column.required and column.name not in layout.free
        sheet.write_string(0, number, head, self.style(bold=True, bg_color="#DCE6F1" if must else "#F2F2F2"))
        text = comments.of_head(layout.sheet, column, is_free=column.name in layout.free)
        sheet.write_comment(
            0, number, text, {"x_scale": 2.2, "y_scale": 0.6 + text.count("\n") * 0.25, "author": ""}
        )
        width = max(_WIDTHS.get(column.name, 12), min(len(head) + 3, 30))
        sheet.set_column(number, number, width, self._format(column))

    def _label(self, name: str) -> str:
        return aliases.column_label(name, self.language)

    def _head_text(self, sheet: str, name: str) -> str:
        """The head of a free column: as it was typed, but for criteria, and for where a figure comes from."""
        figure, opens, about = name.rpartition(" (")
        is_about = opens and about[:-1] in {column.name for column in schema.PROVENANCE}
        named = self._criterion if schema.FRAMES[sheet].wide == "scores" else str
        return f"{named(figure)} ({self._label(about[:-1])})" if is_about else named(name)

    def _criterion(self, name: str) -> str:
        return aliases.criterion_label(name, self.language)

    def _meant(self, layout: Layout, column: Column, row: int) -> Column:
        """The column of a cell; in the sheet of settings every row is one."""
        settings = SETTINGS.get(layout.sheet)
        return settings[row - 1] if settings and column.name == "value" else column

    def _cell(self, sheet: Worksheet, row: int, number: int, column: Column, value: Any) -> None:
        if value is None or value != value or value == "":
            return
        if isinstance(value, bool):
            yes, no = aliases.YES_NO.get(self.language, aliases.YES_NO["en"])
            sheet.write_string(row, number, yes if value else no)
        elif isinstance(value, int | float):
            sheet.write_number(row, number, value, self._format(column))
        else:
            text = self._word(column, str(value))
            # A text that looks like a formula is marked as text, so that it stays one when somebody edits it.
            risky = text.startswith(RUNS_AS_FORMULA)
            sheet.write_string(
                row, number, text, self.style(quote_prefix=True) if risky else self._format(column)
            )

    def _word(self, column: Column, value: str) -> str:
        if column.kind is Kind.CHOICE:
            return aliases.choice_label(value, self.language)
        if column.name == "criterion":
            return self._criterion(value)
        if column.name == "setting":
            return aliases.setting_label(value, self.language)
        if column.refers in ("any_key", "any_payer") or column.name == "part":
            return self._keys.get(value, value)
        return value

    def _format(self, column: Column) -> Format:
        if column.kind in _NUMBER_FORMATS:
            return self.style(num_format=_NUMBER_FORMATS[column.kind])
        wraps = column.name in ("description", "reason")
        # As text, so that a spreadsheet makes no date of 2027-01 and no number of 007.
        return self.style(num_format="@", text_wrap=True) if wraps else self.style(num_format="@")

    def _pick_list(self, sheet: Worksheet, number: int, column: Column, rows: int) -> None:
        rule: dict[str, Any] = {"validate": "list", "ignore_blank": True}
        if column.kind is Kind.CHOICE:
            rule["source"] = [aliases.choice_label(str(choice), self.language) for choice in column.choices]
        elif column.kind is Kind.YES_NO:
            rule["source"] = list(aliases.YES_NO.get(self.language, aliases.YES_NO["en"]))
        elif column.kind is Kind.CODE and column.refers in self.sheets and column.refers != "drivers":
            title = aliases.sheet_label(column.refers, self.language)
            position = [spec.name for spec in schema.FRAMES[column.refers].columns].index(
                schema.FRAMES[column.refers].key[0]
            )
            letter = xl_col_to_name(position)
            rule |= {"source": f"='{title}'!${letter}$2:${letter}$2000", "error_type": "warning"}
        elif column.name == "criterion":
            rule |= {"source": [self._criterion(word) for word in map(str, Criterion)], "show_error": False}
        elif column.refers == "any_key":
            rule |= {
                "source": [self._keys.get(key, key) for key in map(str, BuiltinKey)],
                "error_type": "information",
            }
            rule["show_error"] = False
        else:
            return
        sheet.data_validation(1, number, rows + SPARE_ROWS, number, rule)

    def _comment_settings(self, sheet: Worksheet, name: str) -> None:
        with translation.override(self.language):
            for row, column in enumerate(SETTINGS[name], start=1):
                text = comments.of_head(name, column)
                size = {"x_scale": 2.2, "y_scale": 0.6 + text.count("\n") * 0.25, "author": ""}
                sheet.write_comment(row, 0, text, size)
