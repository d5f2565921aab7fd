"""Computes a workbook from the command line: a center in, tidy CSV files and the director's workbook out."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from portfolio.engine.findings import Finding, Refused, error
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.pipeline import compute
from portfolio.engine.results import PlanResults
from portfolio.engine.staffing import Staffing, staff
from portfolio.engine.working import work
from portfolio.reports.csvs import csv_files
from portfolio.reports.hr_csvs import hr_files
from portfolio.reports.plan_workbook import plan_workbook
from portfolio.sheets.hr_reading import HrReading, read_hr
from portfolio.sheets.reading import Reading, read
from portfolio.sheets.wording import said

REFUSED = 2
#: Groups better off alone that are written per method and year: all of them up to twelve participants.
BLOCKING = 1 << 12


class Command(BaseCommand):
    help = "Compute every scenario of a workbook. Needs no database, and leaves nothing in it."
    # A file in, files out: the state of a database is of no concern.
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("center", metavar="CENTER.xlsx", type=Path, help="the workbook with the center")
        parser.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="where the files go")
        parser.add_argument("--scenario", metavar="NAME", help="compute this scenario only")
        parser.add_argument("--staff", metavar="HR.xlsx", type=Path, help="the HR workbook, to place people")
        parser.add_argument(
            "--hr-out",
            metavar="FOLDER",
            type=Path,
            help="where placement goes, and nothing else; for HR alone",
        )
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help="of messages and of plan.xlsx (default: %(default)s)",
        )

    def handle(
        self,
        *args: Any,
        center: Path,
        out: Path,
        scenario: str | None,
        staff: Path | None,
        hr_out: Path | None,
        language: str,
        **options: Any,
    ) -> None:
        _refuse_one_folder(out, staff, hr_out)
        with translation.override(language):
            reading = read(center)
            if reading.inputs is None:
                self._refuse(reading, reading.errors)
            inputs: CenterInputs = reading.inputs  # type: ignore[assignment]
            people = self._read_staff(staff, inputs)
            plans = self._compute(reading, inputs, scenario)
            staffings = self._place(people, inputs, plans)
            findings = [*reading.findings, *(finding for plan in plans for finding in plan.findings)]
            files = csv_files(plans, findings, where=reading.where, language=language)
            files["plan.xlsx"] = plan_workbook(
                inputs,
                plans,
                findings,
                where=reading.where,
                language=language,
                made_at=timezone.localtime(),
                release=settings.RELEASE,
            )
        folders = {out: files} | ({hr_out: hr_files(staffings)} if hr_out else {})
        for folder, made in folders.items():
            try:
                write_files(folder, made)
            except OSError as reason:
                raise CommandError(f"{folder}: {reason.strerror or reason}") from reason
        self.stdout.write(f"{out}: {', '.join(plan.scenario for plan in plans)}")

    def _compute(self, reading: Reading, inputs: CenterInputs, scenario: str | None) -> list[PlanResults]:
        if scenario is not None and scenario not in inputs.scenarios:
            unknown = error(
                "unknown_scenario", "scenarios", value=scenario, known=", ".join(inputs.scenarios)
            )
            self._refuse(reading, [unknown])
        plans, errors = [], []
        for name in inputs.scenarios if scenario is None else [scenario]:
            try:
                plans.append(compute(inputs.plan_inputs(name), blocking=BLOCKING))
            except Refused as refused:
                errors += refused.findings
        if errors:
            self._refuse(reading, errors)
        return plans

    def _read_staff(self, path: Path | None, inputs: CenterInputs) -> HrReading | None:
        if path is None:
            return None
        reading = read_hr(path, inputs)
        if reading.inputs is None:
            self._refuse(reading, reading.errors)
        return reading

    def _place(
        self, people: HrReading | None, inputs: CenterInputs, plans: Iterable[PlanResults]
    ) -> list[Staffing]:
        """Everybody in every plan. What is worth knowing names persons, so it stands on standard error alone."""
        if people is None or people.inputs is None:
            return []
        staffings = [staff(work(inputs.plan_inputs(plan.scenario)), people.inputs) for plan in plans]
        findings = [*people.findings, *(finding for staffing in staffings for finding in staffing.findings)]
        self._say(people, findings)
        return staffings

    def _refuse(self, reading: Reading | HrReading, errors: Iterable[Finding]) -> None:
        """Say what is wrong and where, and stop; nothing has been written."""
        self._say(reading, errors)
        sys.exit(REFUSED)

    def _say(self, reading: Reading | HrReading, findings: Iterable[Finding]) -> None:
        for line in dict.fromkeys(f"{reading.where(finding)}: {said(finding)}" for finding in findings):
            self.stderr.write(line, style_func=str)


def _refuse_one_folder(out: Path, staff: Path | None, hr_out: Path | None) -> None:
    """What holds persons has a folder of its own: not that of the plan, nor one inside it."""
    if (staff is None) != (hr_out is None):
        raise CommandError("--staff and --hr-out go together")
    if hr_out is not None and hr_out.resolve().is_relative_to(out.resolve()):
        raise CommandError("--hr-out must be a folder apart from --out")


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files or none: they are made beside the folder, and only whole ones are moved in."""
    folder = folder.absolute()
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(20, "this is a file, not a folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, content in files.items():
            (draft / name).write_bytes(content)
        if folder.exists():
            for name in files:
                (draft / name).replace(folder / name)
        else:
            draft.chmod(0o777 & ~_umask())
            draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _umask() -> int:
    """The mask for new folders, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
