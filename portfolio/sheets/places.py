"""Where things stand in a workbook that was read: from the place of a finding to the cell that a user can go to."""

from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from portfolio.engine import schema
from portfolio.engine.findings import Place

Key = tuple[str | int, ...]


class Places:
    """Rows by sheet and key, columns by sheet and name. The frames of a wide sheet are found in that sheet."""

    def __init__(self) -> None:
        self._titles: dict[str, str] = {}
        self._rows: dict[str, dict[Key, int]] = {}
        self._columns: dict[str, dict[str, int]] = {}
        self._keys: dict[str, dict[tuple[str, ...], Key]] = {}

    def add_sheet(self, sheet: str, title: str) -> None:
        self._titles[sheet] = title
        self._rows.setdefault(sheet, {})
        self._columns.setdefault(sheet, {})
        self._keys.setdefault(sheet, {})

    def add_column(self, sheet: str, column: str, number: int) -> None:
        self._columns[sheet].setdefault(column, number)

    def add_row(self, sheet: str, key: Key, number: int) -> None:
        self._rows[sheet].setdefault(key, number)
        self._keys[sheet].setdefault(tuple(map(str, key)), key)

    def cell(self, place: Place) -> str | None:
        """The cell of a place, such as "D7"; the head of its column or the start of its row where that is all."""
        place = _in_sheet(place)
        if place.sheet not in self._rows:
            return None
        row = self._row(place.sheet, place.key) if place.key else 1
        column = self._columns[place.sheet].get(place.column)
        if row is None or (column is None and not place.key):
            return None
        return f"{get_column_letter(column or self._first_column(place.sheet))}{row}"

    def where(self, place: Place) -> str:
        """``services!D7``, or ``services`` where there is no cell, by the titles that the workbook itself uses."""
        sheet = _in_sheet(place).sheet
        title = self._titles.get(sheet, sheet)
        cell = self.cell(place)
        return f"{title}!{cell}" if cell else title

    def cells(self) -> Iterator[tuple[Place, str]]:
        """Every place of which the cell is known."""
        for sheet, columns in self._columns.items():
            for column, number in columns.items():
                yield Place(sheet, (), column), f"{get_column_letter(number)}1"
            for key, row in self._rows[sheet].items():
                yield Place(sheet, key), f"{get_column_letter(self._first_column(sheet))}{row}"
                for column, number in columns.items():
                    yield Place(sheet, key, column), f"{get_column_letter(number)}{row}"

    def _first_column(self, sheet: str) -> int:
        return min(self._columns[sheet].values(), default=1)

    def _row(self, sheet: str, key: Key) -> int | None:
        """The row of a key; of part of a key, the first row that begins with it."""
        words = tuple(map(str, key))
        known = self._keys[sheet]
        if words in known:
            return self._rows[sheet][known[words]]
        rows = (self._rows[sheet][full] for found, full in known.items() if found[: len(words)] == words)
        return min(rows, default=None)


def _in_sheet(place: Place) -> Place:
    """A place in a frame as a place in the sheet it lives in."""
    if place.sheet == "center" and place.column not in ("", "setting", "value"):
        # A setting may be named as a row or as a column.
        return Place("center", place.key or (place.column,), "value")
    if place.sheet == "center" and place.key and not place.column:
        return Place("center", place.key, "value")
    for sheet, frame in schema.FRAMES.items():
        if frame.wide and frame.wide == place.sheet:
            own, name, value = schema.WIDE[frame.wide]
            free = str(place.key[len(own)]) if len(place.key) > len(own) else ""
            is_figure = place.column in ("", name, value)
            return Place(sheet, place.key[: len(own)], free if is_figure else f"{free} ({place.column})")
    return place
