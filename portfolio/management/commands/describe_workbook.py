"""Writes the tables of docs/workbook.md anew from the data dictionary."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from portfolio.sheets.manual import with_tables


class Command(BaseCommand):
    help = "Write the tables of docs/workbook.md anew from the data dictionary."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "page", nargs="?", type=Path, default=Path(settings.BASE_DIR) / "docs" / "workbook.md"
        )

    def handle(self, *args: Any, page: Path, **options: Any) -> None:
        with translation.override("en"):
            page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(f"{page}")
