"""Reads an HR workbook beside the center it belongs to, with every error at its cell, or says why it cannot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd

from portfolio.engine import hr_checks, hr_schema
from portfolio.engine.columns import Frame
from portfolio.engine.findings import Finding, error, warning
from portfolio.engine.hr_inputs import HrInputs
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.terms import Level
from portfolio.sheets import aliases
from portfolio.sheets.misread import Misread, shown
from portfolio.sheets.opening import Sheet, open_workbook
from portfolio.sheets.places import Places
from portfolio.sheets.settings import read_settings
from portfolio.sheets.tables import Record, read_table

SOCIAL_PLAN = "social_plan"


@dataclass(frozen=True, eq=False)
class HrReading:
    """What came of reading an HR workbook. ``inputs`` is None when any finding is an error."""

    name: str
    inputs: HrInputs | None
    findings: list[Finding]
    places: Places = field(repr=False)
    sheets: frozenset[str] = frozenset()

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level is Level.ERROR]

    def where(self, finding: Finding) -> str:
        """``staff!D7``; the sheet alone where there is no cell; the file where there is no sheet."""
        return self.places.where(finding.place) or self.name


def read_hr(
    source: str | Path | BinaryIO,
    center: CenterInputs,
    name: str = "",
    *,
    onto: HrInputs | None = None,
    keep: bool = False,
) -> HrReading:
    """Read an HR workbook from a path or a binary file. Only the sheet ``staff`` is needed.

    ``onto`` is what is on record: sheets that the workbook lacks stay as they are there, and with ``keep`` rows that
    its sheets lack do too.
    """
    name = name or (Path(source).name if isinstance(source, str | Path) else "workbook")
    places = Places()
    try:
        sheets = open_workbook(source)
    except Misread as misread:
        return HrReading(name, None, [error(misread.code, "", **misread.params)], places)
    chosen, findings = _choose(sheets)
    findings += [
        error("missing_sheet", sheet, sheet=sheet)
        for sheet, spec in hr_schema.FRAMES.items()
        if spec.required and sheet not in chosen
    ]
    try:
        plan, found, more = _read_all(chosen, places)
    except Exception:  # a damaged sheet can make the parser raise anything
        return HrReading(name, None, [*findings, error("corrupt_file", "")], places)
    findings += more
    for row in found.get("staff", []):
        if row.get("employer"):
            row["employer"] = aliases.employer_named(str(row["employer"]))
    findings += [error("no_rows", "staff", sheet="staff")] * (
        "staff" in found and not found["staff"] and not more
    )
    frames = {name: pd.DataFrame(rows) for name, rows in found.items()}
    if onto is not None:
        plan = {**onto.social_plan, **plan}
        frames = {name: _laid_over(name, onto[name], frames.get(name), keep) for name in hr_schema.FRAMES}
    return HrReading(name, _checked(plan, frames, center, findings), findings, places, frozenset(chosen))


def _laid_over(name: str, standing: pd.DataFrame, read: pd.DataFrame | None, keep: bool) -> pd.DataFrame:
    """The rows of a sheet over those on record; a column that the sheet lacks stays as it is there."""
    if read is None:
        return standing
    if standing.empty or read.empty:
        return pd.concat([standing, read], ignore_index=True) if keep else read
    spec = hr_schema.FRAMES[name]
    known, own = _keys(spec, standing), _keys(spec, read)
    row_of = {key: row for row, key in enumerate(known)}
    for column in [column.name for column in spec.columns if column.name not in read]:
        cells = standing[column].tolist()
        read = read.assign(**{column: [cells[row_of[key]] if key in row_of else None for key in own]})
    given = set(own)
    left = [key not in given for key in known]
    return pd.concat([standing[left], read], ignore_index=True) if keep else read


def _keys(spec: Frame, frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The keys of the rows, in their order, blanks as a tidy frame has them."""
    cells = []
    for name in spec.key:
        values = frame[name].tolist() if name in frame else [None] * len(frame)
        blank = spec.by_name[name].default or ""
        cells.append([blank if value is None or value != value or value == "" else value for value in values])
    return list(zip(*cells, strict=True))


def _choose(sheets: Iterable[Sheet]) -> tuple[dict[str, Sheet], list[Finding]]:
    """The sheets that will be read, by name and in the order of the workbook's description."""
    chosen: dict[str, Sheet] = {}
    findings: list[Finding] = []
    for sheet in sheets:
        title = shown(sheet.title)
        known = aliases.hr_sheet_named(sheet.title)
        if known is None:
            if not aliases.is_explanation(sheet.title):
                findings.append(warning("unknown_sheet", title, value=title))
        elif known in chosen:
            findings.append(error("duplicate_sheet", title, value=title, other=chosen[known].title))
        else:
            chosen[known] = sheet
    return {name: chosen[name] for name in hr_schema.SHEETS if name in chosen}, findings


def _read_all(
    chosen: Mapping[str, Sheet], places: Places
) -> tuple[dict[str, Any], dict[str, list[Record]], list[Finding]]:
    """The social plan, records by frame, and what was found."""
    plan: dict[str, Any] = {}
    found: dict[str, list[Record]] = {}
    findings: list[Finding] = []
    for name, sheet in chosen.items():
        if name == SOCIAL_PLAN:
            plan, remarks = read_settings(sheet, places, name, hr_schema.SOCIAL_PLAN)
            findings += remarks
            continue
        table = read_table(name, sheet, places)
        findings += table.findings
        found[name] = table.records
    return plan, found, findings


def _checked(
    plan: Mapping[str, Any],
    frames: Mapping[str, pd.DataFrame],
    center: CenterInputs,
    findings: list[Finding],
) -> HrInputs | None:
    """The HR inputs, checked as a whole; adds to ``findings``. None when anything is an error.

    With a cell that could not be read the rest is checked all the same, but for what follows from that cell: a
    person whose row was refused is not unknown.
    """
    broken = {finding.place.sheet for finding in findings if finding.level is Level.ERROR}
    if "staff" not in frames or "reference_date" in {
        finding.place.key[:1] and finding.place.key[0] for finding in findings
    }:
        return None
    rows_at_fault = {
        (finding.place.sheet, finding.place.key) for finding in findings if finding.level is Level.ERROR
    }
    try:
        inputs = HrInputs.of(plan, frames, start=center.settings["start"])
        found = hr_checks.find(inputs, center)
    except Exception:
        if broken:  # what is half read need not hold together; its errors have been told
            return None
        raise
    findings += [
        finding
        for finding in found
        if (finding.place.sheet, finding.place.key) not in rows_at_fault
        and not (broken and finding.params.get("sheet") == "staff")
    ]
    return None if any(finding.level is Level.ERROR for finding in findings) else inputs
