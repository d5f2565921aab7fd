"""Loads the templates and tables that every center may start from."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portfolio.actions.reference import load_reference


class Command(BaseCommand):
    help = "Load fixtures/reference: templates of services, roles and drivers, salary tables."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = load_reference(folder=Path(settings.BASE_DIR) / "fixtures" / "reference")
        self.stdout.write(f"{changed} rows of reference data changed")
