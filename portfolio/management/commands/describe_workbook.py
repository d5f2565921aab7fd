"""Writes the tables of docs/workbook.md and docs/hr-workbook.md anew from the data dictionaries."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from portfolio.sheets.manual import PAGES, with_tables


class Command(BaseCommand):
    help = "Write the tables of docs/workbook.md and docs/hr-workbook.md anew from the data dictionaries."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "pages", nargs="*", type=Path, default=[Path(settings.BASE_DIR) / "docs" / name for name in PAGES]
        )

    def handle(self, *args: Any, pages: list[Path], **options: Any) -> None:
        for page in pages:
            with translation.override("en"):
                text = with_tables(
                    page.read_text(encoding="utf-8"), PAGES.get(page.name, PAGES["workbook.md"])
                )
                page.write_text(text, encoding="utf-8")
            self.stdout.write(f"{page}")
