"""One sheet to rows: heads matched to columns, every cell read, every key unique, and all that is wrong with it."""

from dataclasses import dataclass, field
from itertools import chain

from openpyxl.utils import get_column_letter

from portfolio.engine import schema
from portfolio.engine.findings import Finding, Place
from portfolio.engine.schema import Column
from portfolio.engine.terms import Level
from portfolio.sheets import aliases
from portfolio.sheets.cells import Cell, Value, looks_like_formula, value_of
from portfolio.sheets.misread import Misread, shown
from portfolio.sheets.opening import MAX_ROWS, Row, Sheet
from portfolio.sheets.places import Key, Places

MAX_COLUMNS = 300
MAX_ERRORS = 300

#: Columns that the workbook asks for although a cell in them may be blank.
EXPECTED = frozenset({
    ("center", "value"), ("offers", "retained_share"), ("own_effort", "remains"), ("uptake", "takes"),
    ("assets", "service"), ("contracts", "service"),
})  # fmt: skip

Record = dict[str, Value | None]


@dataclass
class Table:
    """What a sheet holds: records by column, of a wide sheet the names of its free columns and a row per figure in
    them, and the remarks it gave rise to."""

    sheet: str
    free: list[str] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    figures: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def remark(self, level: Level, misread: Misread, key: Key = (), column: str = "") -> None:
        self.findings.append(Finding(level, misread.code, Place(self.sheet, key, column), misread.params))

    @property
    def errors(self) -> int:
        return sum(finding.level is Level.ERROR for finding in self.findings)


@dataclass(frozen=True)
class Head:
    """A column as it stands in a sheet. ``figure`` is the driver or criterion that a free column holds."""

    number: int
    name: str
    column: Column
    figure: str = ""


def read_table(name: str, sheet: Sheet, places: Places) -> Table:
    """Read a sheet. Errors and warnings go into the table's findings, never out as an exception."""
    table = Table(name)
    places.add_sheet(name, sheet.title)
    rows = sheet.rows()
    top_number, top = next(rows, (1, {}))
    if top_number != 1:
        rows, top = chain([(top_number, top)], rows), {}
    heads = read_heads(table, top, places)
    table.free = [head.figure for head in heads if head.figure == head.name]
    first_row: dict[Key, int] = {}
    named = {number for number, cell in top.items() if _head_text(cell)}
    for count, (number, row) in enumerate(rows):
        if count >= MAX_ROWS:
            table.remark(Level.ERROR, Misread("too_many_rows", most=MAX_ROWS))
            break
        _note_headless(table, row, named, places)
        _read_row(table, heads, number, row, first_row, places)
    _cut_short(table)
    return table


def _note_headless(table: Table, row: Row, named: set[int], places: Places) -> None:
    """Remark once on every column that holds something but has no head."""
    for number in sorted(set(row) - named):
        if not row[number].is_blank:
            named.add(number)
            places.add_column(table.sheet, _nameless(number), number)
            table.remark(Level.WARNING, Misread("headless_column"), column=_nameless(number))


def _nameless(number: int) -> str:
    return f"column {get_column_letter(number)}"


def read_heads(table: Table, row: Row, places: Places) -> list[Head]:
    """The columns that will be read; what is unknown, double or missing becomes a finding."""
    heads: list[Head] = []
    taken: dict[str, int] = {}
    named = {number: _head_text(cell) for number, cell in sorted(row.items())}
    named = {number: text for number, text in named.items() if text}
    if len(named) > MAX_COLUMNS:
        table.remark(Level.ERROR, Misread("too_many_columns", most=MAX_COLUMNS))
        named = dict(list(named.items())[:MAX_COLUMNS])
    for number, text in named.items():
        head = _head(table.sheet, number, text)
        if head is None:
            places.add_column(table.sheet, text, number)
            table.remark(Level.WARNING, Misread("unknown_column", value=shown(text)), column=text)
        elif head.name in taken:
            again = _nameless(number)
            places.add_column(table.sheet, again, number)
            other = f"{get_column_letter(taken[head.name])}1"
            table.remark(
                Level.ERROR, Misread("duplicate_column", value=shown(text), other=other), column=again
            )
        else:
            taken[head.name] = number
            places.add_column(table.sheet, head.name, number)
            heads.append(head)
    for column in aliases.columns(table.sheet):
        if column.name not in taken and (column.required or (table.sheet, column.name) in EXPECTED):
            table.remark(Level.ERROR, Misread("missing_column", column=column.name), column=column.name)
    return heads


def _head_text(cell: Cell) -> str:
    """A head as typed; what is no text or number (an error, a formula never computed) is no name."""
    if cell.kind != "value" or cell.value is None:
        return ""
    return shown(cell.value) if not isinstance(cell.value, str) else " ".join(cell.value.split())


def _head(sheet: str, number: int, text: str) -> Head | None:
    name = aliases.heads(sheet).get(aliases.fold(text))
    if name is not None:
        return Head(number, name, next(column for column in aliases.columns(sheet) if column.name == name))
    wide = schema.FRAMES[sheet].wide if sheet in schema.FRAMES else ""
    if not wide:
        return None
    named = aliases.criterion_named if wide == "scores" else str
    figure, opens, rest = text.rpartition(" (")
    provenance = {column.name: column for column in schema.PROVENANCE}
    about = next((name for name in provenance if aliases.fold(rest) in _words(name)), "")
    if opens and text.endswith(")") and about:
        figure = named(figure)
        return Head(number, f"{figure} ({about})", provenance[about], figure=figure)
    text = named(text)
    return Head(number, text, schema.FRAMES[wide].by_name[schema.WIDE[wide][2]], figure=text)


def _words(name: str) -> set[str]:
    return {aliases.fold(word) for word in (name, *aliases.COLUMNS[name])}


def _read_row(
    table: Table, heads: list[Head], number: int, row: Row, first_row: dict[Key, int], places: Places
) -> None:
    """Read the cells of a row first, for its key says where its findings are."""
    cells = {head.number: row[head.number] for head in heads if head.number in row}
    if all(cell.is_blank for cell in cells.values()):
        return
    record: Record = {}
    figures: dict[str, Record] = {}
    wrong: list[tuple[Misread, str]] = []
    odd: list[tuple[Misread, str]] = []
    for head in heads:
        try:
            value = value_of(head.column, cells.get(head.number))
            if value is None and head.column.required and not head.figure:
                raise Misread("blank", meaning=head.column.meaning)
        except Misread as misread:
            wrong.append((misread, head.name))
            value = None
        if isinstance(value, str) and looks_like_formula(value):
            odd.append((Misread("formula_text", value=shown(value)), head.name))
        if head.figure:
            figures.setdefault(head.figure, {})[head.column.name] = value
        else:
            record[head.name] = value
    key = _key(table, record, {name for _misread, name in wrong}, number, first_row)
    places.add_row(table.sheet, key or _by_number(number), number)
    for level, remarks in ((Level.ERROR, wrong), (Level.WARNING, odd)):
        for remark, name in remarks:
            table.remark(level, remark, key or _by_number(number), name)
    if key is not None:
        table.records.append(record)
        table.figures += _figures(table.sheet, record, figures, heads)


def _by_number(number: int) -> Key:
    """The key of a row that has none of its own."""
    return (f"row {number}",)


def _key(table: Table, record: Record, wrong: set[str], number: int, first_row: dict[Key, int]) -> Key | None:
    """The key of a row, or None when it cannot be told or another row has it."""
    names = [column.name for column in aliases.columns(table.sheet) if column.key]
    missing = [name for name in names if name not in record and _is_required(table.sheet, name)]
    if missing or wrong & set(names):
        return None
    key: Key = tuple("" if (part := record.get(name)) is None else _part(part) for name in names)
    if key not in first_row:
        first_row[key] = number
        return key
    value = ", ".join(str(part) for part in key if part != "")
    again = Misread("duplicate_key", row=number, value=shown(value), other=first_row[key])
    table.remark(Level.ERROR, again, _by_number(number), names[0] if names[0] in record else names[-1])
    return None


def _is_required(sheet: str, name: str) -> bool:
    """Whether a column of a sheet must be filled in."""
    return any(column.name == name and column.required for column in aliases.columns(sheet))


def _part(value: Value) -> str | int:
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _figures(sheet: str, record: Record, figures: dict[str, Record], heads: list[Head]) -> list[Record]:
    """The free columns of a wide sheet as rows of their own; a blank is unknown, and no row."""
    if not figures:
        return []
    own, name, value = schema.WIDE[schema.FRAMES[sheet].wide]
    keys = [column.name for column in schema.FRAMES[sheet].columns if column.key]
    stated = {(head.figure, head.column.name) for head in heads if head.figure}
    rows = []
    for figure, found in figures.items():
        if found.get(value) is None:
            continue
        row: Record = dict(zip(own, (record[key] for key in keys), strict=True))
        row |= {name: figure, value: found[value]}
        for column in schema.PROVENANCE:
            # What is not said of the figure itself is said of its row.
            is_stated = (figure, column.name) in stated
            row[column.name] = found.get(column.name) if is_stated else record.get(column.name)
        rows.append(row)
    return rows


def _cut_short(table: Table) -> None:
    """A whole column of errors says the same a thousand times; the first hundreds are enough."""
    surplus = table.errors - MAX_ERRORS
    if surplus <= 0:
        return
    kept: list[Finding] = []
    errors = 0
    for finding in table.findings:
        errors += finding.level is Level.ERROR
        if finding.level is not Level.ERROR or errors <= MAX_ERRORS:
            kept.append(finding)
    table.findings = kept
    table.remark(Level.ERROR, Misread("more_errors", count=surplus))
