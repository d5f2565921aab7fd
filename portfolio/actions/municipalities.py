"""Reading the national statistics' own table of municipalities and their inhabitants."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from portfolio.models.reference import Municipality

_CODE = re.compile(r"\bGM\d{4}\b")
_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d{2})")
_WHOLE = re.compile(r"\d+|\d{1,3}(?:[. \u00a0]\d{3})+")
#: Heads as ``_fold`` leaves them.
_NAME_HEADS = (
    "name",
    "naam",
    "gemeentenaam",
    "naam gemeente",
    "gemeente",
    "regio s",
    "regios",
    "regio",
    "regio naam",
)
_INHABITANTS_HEADS = ("inhabitants", "inwoners", "aantal inwoners", "inwonertal", "bevolking")
_PERIOD_HEADS = ("perioden", "periode", "period", "jaar", "year")
_DATE_HEADS = ("reference date", "peildatum")
_UNKNOWN = {"", ".", "-", "x"}


class UnreadableTable(Exception):
    """The file is no table of municipalities; the message says what was expected."""


@dataclass(frozen=True)
class Count:
    """A municipality with its inhabitants on a date."""

    gm_code: str
    name: str
    inhabitants: int
    reference_date: date


def load_municipalities(*, data: bytes, source: str, reference_date: date | None = None) -> int:
    """Add or update municipalities from a file's contents, all or nothing. Returns how many there are in it."""
    known = dict(Municipality.objects.values_list("gm_code", "name"))
    counts = read_table(decode(data), reference_date=reference_date, known=known)
    Municipality.objects.bulk_create(
        [
            Municipality(
                gm_code=count.gm_code,
                name=count.name,
                inhabitants=count.inhabitants,
                reference_date=count.reference_date,
                source=source,
            )
            for count in counts
        ],
        update_conflicts=True,
        unique_fields=["gm_code"],
        update_fields=["name", "inhabitants", "reference_date", "source"],
    )
    return len(counts)


def decode(data: bytes) -> str:
    """UTF-8, with or without its mark, else what Windows wrote."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_table(
    text: str, *, reference_date: date | None = None, known: dict[str, str] | None = None
) -> list[Count]:
    """The municipalities of a table: of the latest period in it, other regions left out.

    Columns are found by their head, codes by their form (GM0363), wherever the table's title and notes stand.
    """
    rows = _rows(text)
    head, body = _head_and_body(rows)
    code_at = _code_column(body)
    count_at = _inhabitants_column(head)
    name_at = next((at for at, name in enumerate(head) if name in _NAME_HEADS and at != code_at), None)
    date_at = next((at for at, name in enumerate(head) if name in _DATE_HEADS), None)
    period_at = next((at for at, name in enumerate(head) if name in _PERIOD_HEADS), None)

    found: dict[str, tuple[date, Count]] = {}
    for number, row in body:
        code = _CODE.search(row[code_at]) if code_at < len(row) else None
        if code is None or count_at >= len(row) or row[count_at].strip() in _UNKNOWN:
            continue
        day = _day(row, number, date_at, period_at, reference_date)
        name = _name(row, code, name_at, code_at, known or {})
        count = Count(code[0], name, _whole(row[count_at], number), day)
        standing = found.get(code[0])
        if standing and standing[0] == day and standing[1] != count:
            raise UnreadableTable(
                _(
                    "Line %(line)s: a second figure for %(code)s; choose totals only (no sex, age or other split)."
                )
                % {"line": number, "code": code[0]}
            )
        if standing is None or day > standing[0]:
            found[code[0]] = (day, count)
    if not found:
        raise UnreadableTable(_("No municipality in this table has a number of inhabitants."))
    latest = max(day for day, _count in found.values())
    return [count for _code, (day, count) in sorted(found.items()) if day == latest]


def _rows(text: str) -> list[tuple[int, list[str]]]:
    lines = text.splitlines()
    delimiter = max(";,\t", key=lambda sign: sum(line.count(sign) for line in lines[:50]))
    reader = csv.reader(lines, delimiter=delimiter)
    return [(number, row) for number, row in enumerate(reader, start=1) if any(cell.strip() for cell in row)]


def _head_and_body(
    rows: Sequence[tuple[int, list[str]]],
) -> tuple[list[str], Sequence[tuple[int, list[str]]]]:
    """The head is the last row before the first code that names the inhabitants."""
    first = next((at for at, (_n, row) in enumerate(rows) if any(_CODE.search(cell) for cell in row)), None)
    if first is None:
        raise UnreadableTable(
            _("No code of a municipality (such as GM0363) was found; download the table with codes.")
        )
    for at in range(first - 1, -1, -1):
        head = [_fold(cell) for cell in rows[at][1]]
        if len(head) > 1 and any(_is_inhabitants(name) for name in head):
            return head, rows[first:]
    raise UnreadableTable(
        _("No column with inhabitants was found; its head should speak of “bevolking” or “inhabitants”.")
    )


def _fold(head: str) -> str:
    """``"Bevolking/Totale bevolking (aantal)"`` as its words."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", head)
    return " ".join(re.findall(r"[^\W\d_]+", spaced.casefold()))


def _is_inhabitants(name: str) -> bool:
    return name in _INHABITANTS_HEADS or "bevolking" in name.split()


def _inhabitants_column(head: list[str]) -> int:
    """The column with totals: of several, the one that says so; never a guess."""
    for fits in (
        lambda name: name in _INHABITANTS_HEADS,
        lambda name: "totale bevolking" in name,
        lambda name: "bevolking op januari" in name or "bevolking aan het begin" in name,
        _is_inhabitants,
    ):
        fitting = [at for at, name in enumerate(head) if fits(name)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise UnreadableTable(
                _("Several columns may hold the inhabitants: %(columns)s. Download only one of them.")
                % {"columns": "; ".join(head[at] for at in fitting)}
            )
    raise AssertionError("the head was chosen for its inhabitants")


def _code_column(body: Sequence[tuple[int, list[str]]]) -> int:
    """The column with the most codes; where a link column repeats them, the first."""
    counts: dict[int, int] = {}
    for _number, row in body:
        for at, cell in enumerate(row):
            counts[at] = counts.get(at, 0) + bool(_CODE.search(cell))
    return max(counts, key=lambda at: (counts[at], -at))


def _day(row: list[str], number: int, date_at: int | None, period_at: int | None, given: date | None) -> date:
    if given is not None:
        return given
    if date_at is not None and date_at < len(row):
        try:
            return date.fromisoformat(row[date_at].strip())
        except ValueError:
            pass
    if period_at is not None and period_at < len(row) and (year := _YEAR.search(row[period_at])):
        return date(int(year[0]), 1, 1)
    raise UnreadableTable(
        _("Line %(line)s: no period or date; give the reference date with --date.") % {"line": number}
    )


def _name(
    row: list[str], code: re.Match[str], name_at: int | None, code_at: int, known: dict[str, str]
) -> str:
    if name_at is not None and name_at < len(row) and (name := row[name_at].strip()):
        return name
    beside = row[code_at].replace(code[0], "").strip(" ()-")
    name = beside or known.get(code[0], "")
    if not name:
        raise UnreadableTable(
            _("%(code)s has no name in this table; download it with names.") % {"code": code[0]}
        )
    return name


def _whole(cell: str, number: int) -> int:
    text = cell.strip()
    if not _WHOLE.fullmatch(text):
        raise UnreadableTable(
            _("Line %(line)s: “%(value)s” is not a number of inhabitants.")
            % {"line": number, "value": text[:40]}
        )
    return int(re.sub(r"\D", "", text))
