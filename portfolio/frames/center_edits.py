"""What edits make of the frames of a center, and which control of a page a finding is about."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from portfolio.engine import schema
from portfolio.engine.findings import Finding, Place, error
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import FRAMES, Kind, columns, tidy
from portfolio.engine.terms import Status
from portfolio.frames.center_table import (
    FIGURES,
    HOW_SURE,
    NEW_ROW,
    OWNED,
    Edits,
    Key,
    Record,
    Table,
    records_of,
    ref_of,
)


def edited(table: Table, inputs: CenterInputs, edits: Edits) -> tuple[CenterInputs, list[Finding]]:
    """The center after edits, and what is wrong with their keys; the center itself is not checked here."""
    if not (set(edits.changed) | edits.deleted) <= set(table.by_key):
        raise ValueError("edits of rows that are not in the table")
    if table.is_settings:
        settings = {str(key[0]): values["value"] for key, values in edits.changed.items()}
        return CenterInputs.of({**inputs.settings, **settings}, inputs.frames), []
    records = records_of(table.name, inputs.frames[table.name])
    figures = records_of(table.wide, inputs.frames[table.wide]) if table.wide else {}
    findings: list[Finding] = []
    for key in edits.deleted:
        del records[key]
        figures = {at: record for at, record in figures.items() if at[: len(key)] != key}
    for key, values in edits.changed.items():
        if key not in edits.deleted:
            _overwrite(table, records[key], figures, key, values)
    for ref, values in edits.new.items():
        key = key_of_new(table, values)
        if key in records:
            shown = ", ".join(str(part) for part in key if part != "")
            first = table.keys[0].name
            findings.append(error("row_exists", table.name, (ref,), first, value=shown))
            continue
        records[key] = {one.name: values.get(one.name) for one in table.fields if not one.figure}
        records[key]["status"] = values.get("status") or Status.ENTERED.value
        _put_figures(table, records[key], figures, key, values)
    frames = dict(inputs.frames)
    for name in OWNED.get(table.name, ()) if edits.deleted else ():
        codes = {str(key[0]) for key in edits.deleted}
        frames[name] = frames[name][~frames[name][FRAMES[name].key[0]].isin(codes)]
    frames[table.name] = _framed(table.name, records)
    if table.wide:
        frames[table.wide] = _framed(table.wide, figures)
    return CenterInputs.of(inputs.settings, frames), findings


def control_of(table: Table, place: Place, new: Mapping[Key, str]) -> str:
    """The name of the control that a finding is about; empty when it is not in this table."""
    key, column = place.key, place.column
    if place.sheet == table.wide and table.wide:
        own, _figure, value = schema.WIDE[table.wide]
        named = key[len(own)] if len(key) > len(own) else ""
        if column in ("", value):
            column = next((one.name for one in table.fields if one.figure == named), "")
        key = key[: len(own)]
    elif place.sheet != table.name:
        return ""
    if str(key[:1] and key[0]).startswith(NEW_ROW):
        ref = str(key[0])
    elif key in new:
        ref = new[key]
    elif key in table.by_key:
        ref = ref_of(key)
    else:
        return ""
    chosen = table.by_name.get(column) or (table.keys[0] if table.keys else None)
    return f"{ref}:{chosen.address}" if chosen else ""


def key_of_new(table: Table, values: Mapping[str, Any]) -> Key:
    """The key of a new row."""
    return tuple("" if (part := values.get(one.name)) is None else part for one in table.keys)


def uses(inputs: CenterInputs, table: Table, key: Key) -> list[str]:
    """The other frames that name a row; what hangs on it in a wide sheet goes with it."""
    if len(key) > 1 or table.is_settings or FRAMES[table.name].columns[0].refers:
        return []
    code = key[0]
    kinds = _NAMED_AS.get(table.name, ())
    return [
        name
        for name, frame in FRAMES.items()
        if name not in (table.name, table.wide, *OWNED.get(table.name, ()))
        and any(
            code in ({part.strip() for cell in inputs.frames[name][column.name] for part in str(cell).split(",")}
                     if column.kind is Kind.CODES else set(inputs.frames[name][column.name]))
            for column in frame.columns
            if column.refers in kinds or (name == "keys" and column.name == "part" and table.name == "participants")
        )
    ]  # fmt: skip


_NAMED_AS = {
    "participants": ("participants", "any_payer"),
    "drivers": ("drivers", "any_key", "any_payer"),
    "roles": ("roles",),
    "services": ("services",),
    "assets": ("any_item",),
    "contracts": ("any_item",),
}


def _overwrite(table: Table, record: Record, figures: dict[Key, Record], key: Key, values: Record) -> None:
    """Change a row. A figure that somebody types is entered, unless the same save says otherwise."""
    before = {word: record[word] for word in HOW_SURE}
    plain = {name: value for name, value in values.items() if not table.by_name[name].figure}
    _write(record, plain, [name for name in plain if table.by_name[name].column.kind in FIGURES])
    told = {word: values[word] for word in HOW_SURE & set(values)}
    for at, figure in figures.items():
        if at[: len(key)] == key and told:
            # What is said of the row is said of its figures, but for a source or range that is a figure's own.
            figure |= {
                word: new for word, new in told.items() if word == "status" or figure[word] == before[word]
            }
    _put_figures(table, record, figures, key, values)


def _write(record: Record, values: Record, typed: Iterable[str]) -> None:
    was_estimated = record["status"] == Status.ESTIMATED
    record |= values
    if not values.get("status") and any(name not in HOW_SURE for name in typed):
        record["status"] = Status.ENTERED.value
        if was_estimated and "spread" not in values:
            record["spread"] = None


def _put_figures(table: Table, record: Record, figures: dict[Key, Record], key: Key, values: Record) -> None:
    """Volumes or scores of a row: a blank is unknown, and no row."""
    if not table.wide:
        return
    own, figure, value = schema.WIDE[table.wide]
    told = {word: values[word] for word in HOW_SURE & set(values) if values[word]}
    for one in table.fields:
        if not one.figure or one.name not in values:
            continue
        at = (*key, one.figure)
        if values[one.name] is None:
            figures.pop(at, None)
        elif at in figures:
            _write(figures[at], {value: values[one.name], **told}, [value])
        else:
            new = dict(zip(own, key, strict=True)) | {figure: one.figure, value: values[one.name]}
            figures[at] = (
                new
                | {"status": Status.ENTERED.value, "source": record["source"] or "", "spread": None}
                | told
            )


def _framed(name: str, records: Mapping[Key, Record]) -> pd.DataFrame:
    return tidy(name, pd.DataFrame(list(records.values()), columns=[column.name for column in columns(name)]))
