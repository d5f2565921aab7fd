"""What was typed in a table of a center: controls read into edits, and for each refused cell the reason."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from django.utils.translation import get_language

from portfolio.engine.findings import Finding, error
from portfolio.engine.schema import Column, Kind
from portfolio.frames.center_table import DELETE, NEW_ROW, OF_PARTICIPANT, Edits, Key, Record, Table
from portfolio.sheets.aliases import criterion_named
from portfolio.sheets.cells import Cell, value_of
from portfolio.sheets.key_words import canonical_keys
from portfolio.sheets.misread import Misread

#: Kinds that pages write with signs between thousands; in the others such a sign is more likely a mistake.
GROUPED = frozenset({Kind.EUR, Kind.NUMBER})
NEW_LINE = "↵"
_ONE_GROUP = re.compile(r"(?P<sign>-?)(?P<whole>[1-9][0-9]{0,2})(?P<mark>[.,])(?P<rest>[0-9]{3})")


class TableForm:
    """Reads the controls of a table: ``edits`` hold what could be read, ``wrong`` the findings by control."""

    def __init__(self, data: Mapping[str, str], table: Table, own_keys: set[str]) -> None:
        self.table = table
        self.typed: dict[str, str] = {}
        self.wrong: dict[str, Finding] = {}
        self._own_keys = own_keys
        self._refs = {row.ref: row.key for row in table.rows}
        self._fields = {one.address: one for one in table.fields}
        changed: dict[Key, Record] = {}
        new: dict[str, Record] = {}
        deleted: set[Key] = set()
        for name in sorted(data, key=_in_order):
            ref, colon, address = name.partition(":")
            if not colon:
                continue
            if address == DELETE:
                if ref in self._refs and table.may_grow:
                    self.typed[name] = data[name]
                    deleted.add(self._refs[ref])
            elif address in self._fields:
                self._take(name, ref, address, data[name], changed, new)
        new = {ref: record for ref, record in new.items() if self._is_filled(ref, record)}
        for ref, record in new.items():
            self._complete(ref, record)
        self.edits = Edits(changed, new, frozenset(deleted))
        self._canonical()

    @property
    def is_valid(self) -> bool:
        return not self.wrong

    def _take(
        self,
        name: str,
        ref: str,
        address: str,
        text: str,
        changed: dict[Key, Record],
        new: dict[str, Record],
    ) -> None:
        one = self._fields[address]
        if ref.startswith(NEW_ROW) and self.table.may_grow:
            key: Key = (ref,)
            record = new.setdefault(ref, {})
        elif ref in self._refs and one.can_edit and not one.column.key:
            key = self._refs[ref]
            record = changed.setdefault(key, {})
        else:
            return
        self.typed[name] = text
        column = self.table.column(key, one.name)
        try:
            value = read_cell(column, text)
            if value is None and column.required and not ref.startswith(NEW_ROW):
                raise Misread("blank", meaning=column.meaning)
        except Misread as misread:
            self.wrong[name] = error(misread.code, self.table.name, key, one.name, **misread.params)
            value = None
        record[one.name] = _filled(column, value)

    def _is_filled(self, ref: str, record: Record) -> bool:
        """A new row counts when something stands in it besides what it came with."""
        typed = {name for name in record if self.typed.get(self._name(ref, name), "").strip()}
        with_default = {
            one.name for one in self.table.fields if one.column.choices or one.column.kind is Kind.YES_NO
        }
        if typed - with_default or any(name.startswith(f"{ref}:") for name in self.wrong):
            return True
        for name in record:
            self.typed.pop(self._name(ref, name), None)
        return False

    def _complete(self, ref: str, record: Record) -> None:
        """Give a new row what the page does not ask, and refuse it when it lacks what it needs."""
        if self.table.only:
            record[OF_PARTICIPANT[self.table.name]] = self.table.only
        for one in self.table.fields:
            name = self._name(ref, one.name)
            if record.get(one.name) is None:
                record[one.name] = _filled(one.column, None)
            if one.column.required and record[one.name] is None and name not in self.wrong:
                self.wrong[name] = error(
                    "blank", self.table.name, (ref,), one.name, meaning=one.column.meaning
                )

    def _name(self, ref: str, name: str) -> str:
        return f"{ref}:{self.table.by_name[name].address}"

    def _canonical(self) -> None:
        """The Dutch words for built-in keys and criteria, as in the workbook."""
        records = [*self.edits.changed.values(), *self.edits.new.values()]
        for record in records:
            if self.table.name == "weights" and isinstance(record.get("criterion"), str):
                record["criterion"] = criterion_named(record["criterion"])
        canonical_keys({self.table.name: records}, self._own_keys)


def read_cell(column: Column, text: str) -> Any:
    """The value of a control, None when blank; a number in the notation of the page. Raises ``Misread``."""
    words = text.strip()
    if column.kind is Kind.TEXT:
        words = re.sub(f" ?{NEW_LINE} ?", "\n", words)
    match = _ONE_GROUP.fullmatch(words.replace("\N{MINUS SIGN}", "-"))
    if match and column.kind in GROUPED | {Kind.FTE, Kind.SHARE, Kind.RATE}:
        is_dutch = not (get_language() or "nl").startswith("en")
        if match["mark"] != ("." if is_dutch else ","):
            return value_of(column, Cell(float(f"{match['sign']}{match['whole']}.{match['rest']}")))
        if column.kind in GROUPED:
            return value_of(column, Cell(float(match["sign"] + match["whole"] + match["rest"])))
    return value_of(column, Cell(words))


def _filled(column: Column, value: Any) -> Any:
    """A blank as the frame holds it, defaults as the workbook gives them."""
    if value is not None:
        return value
    return (
        column.default
        if column.default is not None
        else ("" if column.dtype == "object" and not column.required else None)
    )


def _in_order(name: str) -> tuple[str, int, str]:
    """New rows in the order in which they stand on the page."""
    ref = unquote(name.partition(":")[0]).removeprefix(NEW_ROW)
    return ("", int(ref), name) if ref.isdigit() else (ref, 0, name)
