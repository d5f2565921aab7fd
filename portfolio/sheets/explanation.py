"""The first sheet of a template: how to fill the workbook in, and every column with its meaning and an example."""

from django.utils import translation
from django.utils.translation import gettext

from portfolio.engine import schema
from portfolio.sheets import aliases, comments
from portfolio.sheets.book import Book


def write_explanation(book: Book) -> None:
    """Add the sheet. It is never read back, so its examples cannot become data."""
    with translation.override(book.language):
        sheet = book.file.add_worksheet(aliases.sheet_label("explanation", book.language))
        sheet.hide_gridlines(2)
        for column, width in enumerate((22, 26, 60, 20, 44, 24, 26)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, gettext("A center in one workbook"), book.style(bold=True, font_size=14))
        for row, sentence in enumerate(_sentences(book.language), start=1):
            sheet.write_string(row, 0, sentence)
        row += 2
        for column, title in enumerate(_titles()):
            sheet.write_string(row, column, title, book.style(bold=True, bg_color="#DCE6F1"))
        for cells in _rows(book.language):
            row += 1
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text, book.style(text_wrap=True, valign="top"))


def _sentences(language: str) -> list[str]:
    needed = ("center", *(name for name, frame in schema.FRAMES.items() if frame.required))
    return [
        gettext(
            "Each sheet is a table; row 1 names its columns. Point at a name to read what belongs there."
        ),
        gettext("For a first plan these sheets are enough: %(sheets)s.")
        % {"sheets": ", ".join(aliases.sheet_label(name, language) for name in needed)},
        gettext(
            "Leave a cell blank when a figure is unknown. What is needed but blank is asked for on import."
        ),
        gettext("This sheet is not read: the examples below are no data."),
        gettext("People do not belong here: they have a workbook of their own, for HR."),
    ]


def _titles() -> tuple[str, ...]:
    return (
        gettext("Sheet"),
        gettext("Column"),
        gettext("Meaning"),
        gettext("Unit"),
        gettext("Allowed"),
        gettext("Example"),
        gettext("Blank"),
    )


def _rows(language: str) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name in schema.SHEETS:
        is_center = name == "center"
        for column in schema.SETTINGS if is_center else schema.FRAMES[name].columns:
            label = aliases.setting_label if is_center else aliases.column_label
            rows.append(
                (
                    aliases.sheet_label(name, language),
                    label(column.name, language),
                    gettext(column.meaning),
                    gettext(column.unit) if column.unit else "",
                    comments.allowed(column),
                    comments.example(column),
                    comments.needed(column),
                )
            )
    return rows
