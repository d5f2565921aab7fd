"""Reads a workbook into the inputs of a center, with every error at its cell, or says why it cannot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd

from portfolio.engine import checks, schema
from portfolio.engine.findings import Finding, Place, error, warning
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.terms import Level
from portfolio.sheets import aliases
from portfolio.sheets.key_words import GIVING_A_NAME, canonical_keys
from portfolio.sheets.misread import Misread, shown
from portfolio.sheets.opening import Sheet, open_workbook
from portfolio.sheets.places import Places
from portfolio.sheets.settings import read_settings
from portfolio.sheets.tables import Record, read_table

REQUIRED = ("center", *(name for name, frame in schema.FRAMES.items() if frame.required))


@dataclass(frozen=True, eq=False)
class Reading:
    """What came of reading a workbook. ``inputs`` is None when any finding is an error."""

    name: str
    inputs: CenterInputs | None
    findings: list[Finding]
    places: Places = field(repr=False)
    sheets: tuple[str, ...] = ()

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level is Level.ERROR]

    @property
    def cells(self) -> Mapping[Place, str]:
        """Every place whose cell is known, with that cell."""
        return dict(self.places.cells())

    def where(self, finding: Finding) -> str:
        """``services!D7``; the sheet alone where there is no cell; the file where there is no sheet."""
        return self.places.where(finding.place) or self.name


def read(
    source: str | Path | BinaryIO, name: str = "", *, onto: CenterInputs | None = None, keep: bool = False
) -> Reading:
    """Read a workbook from a path or a binary file.

    With ``onto``, sheets that the workbook lacks are taken from that center, so that one table can go out and
    come back; without it a workbook is a whole center. With ``keep`` its rows stay that a sheet does not hold.
    """
    name = name or (Path(source).name if isinstance(source, str | Path) else "workbook")
    places = Places()
    try:
        sheets = open_workbook(source)
    except Misread as misread:
        return Reading(name, None, [error(misread.code, "", **misread.params)], places)
    chosen, findings = _choose(sheets)
    if onto is None:
        findings += [error("missing_sheet", sheet, sheet=sheet) for sheet in REQUIRED if sheet not in chosen]
    try:
        settings, found, free, more = _read_all(chosen, places)
    except Exception:  # a damaged sheet can make the parser raise anything
        return Reading(name, None, [*findings, error("corrupt_file", "")], places)
    findings += more
    inputs = _whole(settings, found, free, onto, keep, findings)
    return Reading(name, inputs, findings, places, tuple(chosen))


def _choose(sheets: Iterable[Sheet]) -> tuple[dict[str, Sheet], list[Finding]]:
    """The sheets that will be read, by name and in the order of the workbook's description."""
    chosen: dict[str, Sheet] = {}
    findings: list[Finding] = []
    for sheet in sheets:
        title = shown(sheet.title)
        known = aliases.sheet_named(sheet.title)
        if known is None and aliases.is_explanation(sheet.title):
            continue
        if known is None:
            code = "hr_sheet" if aliases.hr_sheet_named(sheet.title) else "unknown_sheet"
            findings.append(warning(code, title, value=title))
        elif known in chosen:
            findings.append(error("duplicate_sheet", title, value=title, other=chosen[known].title))
        else:
            chosen[known] = sheet
    return {name: chosen[name] for name in schema.SHEETS if name in chosen}, findings


def _read_all(
    chosen: Mapping[str, Sheet], places: Places
) -> tuple[dict[str, Any], dict[str, list[Record]], dict[str, list[str]], list[Finding]]:
    """Settings, records by frame, per wide sheet the drivers or criteria that head a column, and what was found."""
    settings: dict[str, Any] = {}
    found: dict[str, list[Record]] = {}
    free: dict[str, list[str]] = {}
    findings: list[Finding] = []
    for name, sheet in chosen.items():
        if name == "center":
            settings, remarks = read_settings(sheet, places)
            findings += remarks
            continue
        table = read_table(name, sheet, places)
        findings += table.findings
        found[name] = table.records
        if schema.FRAMES[name].wide:
            found[schema.FRAMES[name].wide] = table.figures
            free[name] = table.free
    return settings, found, free, findings


def _kept(
    onto: CenterInputs, found: Mapping[str, list[Record]], free: Mapping[str, list[str]]
) -> dict[str, pd.DataFrame]:
    """The rows of a center that the sheets of a workbook say nothing about."""
    kept = {}
    for name, rows in found.items():
        frame = onto.frames[name]
        key = schema.FRAMES[name].key
        stated = {tuple("" if row.get(part) is None else row[part] for part in key) for row in rows}
        for sheet, heads in free.items():
            if schema.FRAMES[sheet].wide == name:
                # A blank under the head of a driver says that it is unknown.
                own = schema.WIDE[name][0]
                parents = [tuple(row.get(part) for part in schema.FRAMES[sheet].key) for row in found[sheet]]
                stated |= {(*parent[: len(own)], head) for parent in parents for head in heads}
        gone = [tuple(cells) in stated for cells in frame[key].itertuples(index=False, name=None)]
        kept[name] = frame[[not out for out in gone]]
    return kept


def _whole(
    settings: dict[str, Any],
    found: dict[str, list[Record]],
    free: Mapping[str, list[str]],
    onto: CenterInputs | None,
    keep: bool,
    findings: list[Finding],
) -> CenterInputs | None:
    """The center, checked as a whole; adds to ``findings``. None when anything is an error."""
    frames = dict(onto.frames) if onto else {}
    drivers = free.get("participants", [])
    own = {name for frame, column in GIVING_A_NAME if frame in frames for name in frames[frame][column]}
    canonical_keys(found, own | set(drivers))
    for row in found.get("weights", []):
        row["criterion"] = aliases.criterion_named(str(row.get("criterion")))
    findings += _doubled(found)
    kept = _kept(onto, found, free) if onto and keep else {}
    frames |= {
        name: _joined(kept.get(name), pd.DataFrame(rows))
        for name, rows in found.items()
        if rows or name in frames
    }
    frames["drivers"] = _with_drivers(frames.get("drivers"), drivers)
    if onto and not settings:
        settings = dict(onto.settings)
    findings += _decided_for_nothing(found, frames)
    if any(finding.level is Level.ERROR for finding in findings):
        findings += _unknown_codes(settings, frames, findings)
        return None
    inputs = CenterInputs.of(settings, frames)
    findings += checks.find(inputs)
    return None if any(finding.level is Level.ERROR for finding in findings) else inputs


def _doubled(found: Mapping[str, list[Record]]) -> list[Finding]:
    """Rows that are one and the same by now: a key or criterion may have been called by two words."""
    findings = []
    for sheet, names in (("keys", ("key", "part")), ("weights", ("participant", "criterion"))):
        seen: set[tuple[Any, ...]] = set()
        for row in found.get(sheet, []):
            key = tuple(str(row.get(name)) for name in names)
            if key in seen:
                findings.append(error("row_exists", sheet, key, names[-1], value=", ".join(key)))
            seen.add(key)
    return findings


def _joined(kept: pd.DataFrame | None, rows: pd.DataFrame) -> pd.DataFrame:
    if kept is None or kept.empty:
        return rows
    return pd.concat([kept.astype("object"), rows.astype("object")], ignore_index=True)


def _with_drivers(frame: pd.DataFrame | None, drivers: list[str]) -> pd.DataFrame:
    """A driver column in which nothing is known yet still names a driver."""
    known = set() if frame is None or frame.empty else set(frame["driver"])
    heads = pd.DataFrame({"driver": [name for name in drivers if name not in known]}, dtype="object")
    return heads if frame is None else pd.concat([frame, heads], ignore_index=True)


def _decided_for_nothing(
    found: Mapping[str, list[Record]], frames: Mapping[str, pd.DataFrame]
) -> list[Finding]:
    """Decisions of a center without scenarios would give way to the proposal that is made for it."""
    if len(frames.get("scenarios", ())):
        return []
    first: dict[str, Finding] = {}
    for row in found.get("decisions", []):
        scenario, service = str(row.get("scenario")), str(row.get("service"))
        finding = error(
            "scenario_without_sheet",
            "decisions",
            (scenario, service),
            "scenario",
            value=scenario,
            sheet="scenarios",
        )
        first.setdefault(scenario, finding)
    return list(first.values())


def _unknown_codes(
    settings: dict[str, Any], frames: dict[str, pd.DataFrame], findings: list[Finding]
) -> list[Finding]:
    """Codes that nothing defines, as far as they can be told while other things are wrong.

    Only these of the checks on the whole are certain: a sum of shares, say, lacks the share that was refused.
    """
    if set(REQUIRED) - {"center"} - set(frames):
        return []
    doubtful = {
        finding.place.sheet for finding in findings if finding.level is Level.ERROR and not finding.place.key
    }
    doubtful |= {
        finding.place.sheet
        for finding in findings
        if finding.level is Level.ERROR and finding.place.column in _key_columns(finding.place.sheet)
    }
    assumed = {column.name: column.example for column in schema.SETTINGS if column.required}
    try:
        partial = CenterInputs.of(assumed | settings, frames)
        found = checks.find(partial)
    except Exception:  # what is half read need not hold together; its errors have been told
        return []
    return [
        finding
        for finding in found
        if finding.code == "unknown_code"
        and not doubtful & set(str(finding.params.get("sheet", "")).split(", "))
    ]


def _key_columns(sheet: str) -> set[str]:
    return (
        {column.name for column in aliases.columns(sheet) if column.key} if sheet in schema.SHEETS else set()
    )
