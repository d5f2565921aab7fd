"""Loads municipalities and their inhabitants from the national statistics' own file."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portfolio.actions.municipalities import UnreadableTable, load_municipalities


class Command(BaseCommand):
    help = (
        "Load municipalities from a CSV file of CBS StatLine (regions with codes such as GM0363, and the total "
        "population), or from a file with the columns gm_code, name, inhabitants."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--date",
            metavar="YYYY-MM-DD",
            type=date.fromisoformat,
            help="the reference date, if not in the file",
        )
        parser.add_argument("--source", help="where the figures come from (default: the name of the file)")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            data = file.read_bytes()
        except OSError as reason:
            raise CommandError(f"{file}: {reason.strerror or reason}") from reason
        source = options["source"] or file.name
        try:
            count = load_municipalities(data=data, source=source, reference_date=options["date"])
        except UnreadableTable as reason:
            raise CommandError(f"{file}: {reason}") from reason
        self.stdout.write(f"{count} municipalities from {source}")
