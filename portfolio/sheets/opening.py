"""Opens a file as a workbook, or says why not: missing, too large, protected, with macros, corrupt, no workbook."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.worksheet import _reader as openpyxl_reader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from portfolio.sheets.cells import Cell
from portfolio.sheets.misread import Misread, shown

MEGABYTE = 1024**2
#: A center of 342 participants is a few megabytes.
MAX_BYTES = 10 * MEGABYTE
MAX_UNPACKED = 80 * MEGABYTE
MAX_ROWS = 100_000

Row = dict[int, Cell]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Sheet:
    """One sheet of an opened workbook, of which rows are read once, as they come."""

    def __init__(self, worksheet: ReadOnlyWorksheet, percents: frozenset[int]) -> None:
        self.title: str = worksheet.title
        self._worksheet = worksheet
        self._percents = percents

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Rows that are not empty, with their number: column number to cell."""
        with self._worksheet._get_source() as source:
            book = self._worksheet.parent
            parser = _Parser(
                source,
                self._worksheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for number, found in parser.rows():
                row = {cell["column"]: self._cell(cell) for cell in found if cell["value"] is not None}
                if any(not cell.is_blank for cell in row.values()):
                    yield number, row

    def _cell(self, found: dict[str, Any]) -> Cell:
        value = found["value"]
        if found["data_type"] in ("e", "unsaved"):
            return Cell(value, "error" if found["data_type"] == "e" else "unsaved")
        if isinstance(value, str) and "_x" in value:
            value = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
        return Cell(value, percent=found["style_id"] in self._percents)


class _Parser(openpyxl_reader.WorkSheetParser):
    """Openpyxl's own reading of cells, of which only the rows are used, and which tells an uncomputed formula."""

    def rows(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        for _event, element in openpyxl_reader.iterparse(self.source):
            if element.tag == openpyxl_reader.ROW_TAG:
                row = self.parse_row(element)
                element.clear()
                yield row
            elif element.tag == openpyxl_reader.DATA_TAG:
                return

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(openpyxl_reader.FORMULA_TAG) is not None:
            # A formula that yields an empty text is stored as such: as a string, with an empty value or none.
            is_empty_text = element.get("t") == "str"
            cell |= {} if is_empty_text else {"value": "", "data_type": "unsaved"}
        return cell


def open_workbook(source: str | Path | BinaryIO) -> list[Sheet]:
    """The sheets of a workbook, or ``Misread``."""
    content = _content(source)
    _refuse_other_formats(content)
    _refuse_odd_package(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
        percents = frozenset(
            number for number, style in enumerate(book._cell_styles) if "%" in _format(book, style.numFmtId)
        )
        return [Sheet(sheet, percents) for sheet in book.worksheets]
    except Exception as reason:  # a damaged file can make the parser raise anything
        raise Misread("corrupt_file") from reason


def _format(book: Any, number: int) -> str:
    if number in BUILTIN_FORMATS:
        return str(BUILTIN_FORMATS[number])
    own = number - 164
    return str(book._number_formats[own]) if 0 <= own < len(book._number_formats) else ""


def _content(source: str | Path | BinaryIO) -> bytes:
    try:
        if isinstance(source, str | Path):
            with Path(source).open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        else:
            content = source.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Misread("missing_file") from None
    except OSError as reason:
        raise Misread("unreadable_file", reason=shown(reason.strerror or reason)) from None
    if len(content) > MAX_BYTES:
        raise Misread("large_file", megabytes=MAX_BYTES // MEGABYTE)
    return content


def _refuse_other_formats(content: bytes) -> None:
    if content.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise Misread("protected_file" if encrypted else "old_workbook")
    if not content.startswith(b"PK"):
        raise Misread("not_a_workbook")


def _refuse_odd_package(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = [part.filename.lower() for part in parts]
            if any(part.flag_bits & 1 for part in parts):
                raise Misread("protected_file")
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Misread("unpacked_file", megabytes=MAX_UNPACKED // MEGABYTE)
            if "[content_types].xml" not in names:
                raise Misread("not_a_workbook")
            types = package.read(parts[names.index("[content_types].xml")]).lower()
    except Misread:
        raise
    except Exception as reason:  # a damaged package can make the reader raise anything
        raise Misread("corrupt_file") from reason
    if b"macroenabled" in types or any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise Misread("macros")
    if b"spreadsheetml.sheet.main" not in types and b"spreadsheetml.template.main" not in types:
        raise Misread("not_a_workbook")
