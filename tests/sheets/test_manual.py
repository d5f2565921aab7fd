"""The manual of the workbook follows the data dictionary."""

from pathlib import Path

from django.core.management import call_command
from django.utils import translation

from portfolio.sheets.manual import with_tables

PAGE = Path(__file__).resolve().parents[2] / "docs" / "workbook.md"


def test_the_tables_are_up_to_date():
    with translation.override("en"):
        assert PAGE.read_text() == with_tables(PAGE.read_text()), "run: python manage.py describe_workbook"


def test_the_command_writes_them(tmp_path, capsys):
    page = tmp_path / "workbook.md"
    page.write_text(PAGE.read_text().replace("| **`role`** |", "| gone |"))

    call_command("describe_workbook", str(page))

    assert page.read_text() == PAGE.read_text()
