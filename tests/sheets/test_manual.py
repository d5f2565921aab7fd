"""The manual of the workbook follows the data dictionary."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from portfolio.sheets.manual import PAGES, with_tables

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "workbook.md"


@pytest.mark.parametrize("name", PAGES)
def test_the_tables_are_up_to_date(name):
    text = (DOCS / name).read_text()

    with translation.override("en"):
        assert text == with_tables(text, PAGES[name]), "run: python manage.py describe_workbook"


def test_the_command_writes_them(tmp_path, capsys):
    page = tmp_path / "workbook.md"
    page.write_text(PAGE.read_text().replace("| **`role`** |", "| gone |"))

    call_command("describe_workbook", str(page))

    assert page.read_text() == PAGE.read_text()
