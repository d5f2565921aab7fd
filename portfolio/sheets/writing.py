"""Writes a center as a workbook in the user's language, with comments and pick lists, that reads back the same."""

from collections.abc import Iterable, Mapping

import pandas as pd

from portfolio.engine import schema
from portfolio.engine.hr_inputs import HrInputs
from portfolio.engine.inputs import CenterInputs
from portfolio.sheets.book import Book
from portfolio.sheets.explanation import write_explanation
from portfolio.sheets.key_words import GIVING_A_NAME
from portfolio.sheets.layout import Layout, hr_layouts, layout, settings_layout


def write_center(inputs: CenterInputs, *, language: str) -> bytes:
    """The whole center, every sheet of it."""
    return _write(_layouts(inputs), inputs.frames, language)


def write_frame(name: str, inputs: CenterInputs, *, language: str) -> bytes:
    """One sheet of a center; ``reading.read(..., onto=inputs)`` takes it back."""
    return _write([_layout(name, inputs)], inputs.frames, language)


def write_hr(hr: HrInputs, *, language: str) -> bytes:
    """All that HR has on record, every sheet of it."""
    book = Book(language, set(), sheets=())
    for one in hr_layouts(hr):
        book.add(one)
    return book.content()


def template(language: str) -> bytes:
    """A workbook to fill in: every sheet without rows, and first a sheet that explains them with examples."""
    frames = {name: frame.empty() for name, frame in schema.FRAMES.items()}
    frames = {name: schema.tidy(name, frame) for name, frame in frames.items()}
    book = Book(language, set())
    write_explanation(book)
    book.add(settings_layout({}))
    for name in frames:
        if name in schema.SHEETS:
            book.add(_with_usual_drivers(layout(name, frames)))
    return book.content()


def _layouts(inputs: CenterInputs) -> Iterable[Layout]:
    return (_layout(name, inputs) for name in schema.SHEETS)


def _layout(name: str, inputs: CenterInputs) -> Layout:
    return settings_layout(inputs.settings) if name == "center" else layout(name, inputs.frames)


def _write(layouts: Iterable[Layout], frames: Mapping[str, pd.DataFrame], language: str) -> bytes:
    own = {str(name) for frame, column in GIVING_A_NAME for name in frames[frame][column]}
    book = Book(language, own)
    for one in layouts:
        book.add(one)
    return book.content()


def _with_usual_drivers(sheet: Layout) -> Layout:
    """The two drivers that nearly every center counts, as heads to fill in or replace."""
    if sheet.sheet != "participants":
        return sheet
    usual = {
        name: schema.Column(name, schema.Kind.NUMBER, "", low=0) for name in ("inhabitants", "workplaces")
    }
    values = {**sheet.values, **{name: [] for name in usual}}
    return Layout(sheet.sheet, (*sheet.columns, *usual.values()), values, frozenset(usual))
