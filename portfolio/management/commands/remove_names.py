"""Removes names of staff where the term that HR stated for them has passed: run it every day."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portfolio.actions.people import remove_names


class Command(BaseCommand):
    """``remove_names [--on 2029-01-01] [--dry-run]``"""

    help = "Removes names, texts of letters and the history of persons whose term has passed (Safeguards)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", help="as if it were this day; today without it")
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and remove nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            on = date.fromisoformat(options["on"]) if options["on"] else timezone.localdate()
        except ValueError:
            raise CommandError(f"--on must be a date such as 2029-01-01; it is {options['on']!r}.") from None
        removed = remove_names(on=on, dry_run=options["dry_run"])
        word = "Would remove" if options["dry_run"] else "Removed"
        for found in removed:
            self.stdout.write(
                f"{word} at {found.center}: {found.names} names, {found.letters} texts of letters, "
                f"{found.changes} lines of history."
            )
        if not removed:
            self.stdout.write("Nothing to remove.")
