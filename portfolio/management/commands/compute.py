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
from portfolio.reports.csvs import csv_files
from portfolio.reports.plan_workbook import plan_workbook
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
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help="of messages and of plan.xlsx (default: %(default)s)",
        )

    def handle(
        self, *args: Any, center: Path, out: Path, scenario: str | None, language: str, **options: Any
    ) -> None:
        with translation.override(language):
            reading = read(center)
            if reading.inputs is None:
                self._refuse(reading, reading.errors)
            inputs: CenterInputs = reading.inputs  # type: ignore[assignment]
            plans = self._compute(reading, inputs, scenario)
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
        try:
            write_files(out, files)
        except OSError as reason:
            raise CommandError(f"{out}: {reason.strerror or reason}") from reason
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

    def _refuse(self, reading: Reading, errors: Iterable[Finding]) -> None:
        """Say what is wrong and where, and stop; nothing has been written."""
        for line in dict.fromkeys(f"{reading.where(finding)}: {said(finding)}" for finding in errors):
            self.stderr.write(line, style_func=str)
        sys.exit(REFUSED)


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
