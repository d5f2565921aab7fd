"""The tables of the center in a browser: worked by keyboard, pasted into, refused in place; and axe on all pages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portfolio.actions.reference import load_reference
from portfolio.frames.read import read_center
from portfolio.frames.staff import Person, write_persons
from portfolio.models.catalogue import Role
from portfolio.models.center import BudgetLine, Participant
from portfolio.models.reference import ServiceTemplate
from portfolio.sheets.writing import write_frame
from tests.views.conftest import *  # noqa: F403 - the cast, for a browser too

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_table(page: Page, cast, sign_in) -> Callable[..., Page]:
    def go(table: str, who: str = "controller") -> Page:
        sign_in(page, getattr(cast, who))
        page.goto(cast.url("center_table", table=table))
        return page

    return go


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const init = {clipboardData: data, bubbles: true, cancelable: true};
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", init));
        }""",
        text,
    )


def changed_roles(cast) -> bytes:
    inputs = read_center(cast.center)
    inputs.frames["roles"]["annual_cost"] += 1000
    return write_frame("roles", inputs, language="nl")


def control(page: Page, name: str):
    return page.locator(f'[name="{name}"]')


def test_a_cell_is_typed_over_and_saved(open_table) -> None:
    page = open_table("roles")
    control(page, "SUP:annual_cost").focus()
    expect(page.locator("[data-grid-hint]")).to_contain_text(re.compile("fte|FTE"))
    page.keyboard.type("72500")
    page.keyboard.press("Enter")
    expect(control(page, "SUP:annual_cost")).to_have_value(re.compile("72.500"))
    page.locator("[data-grid-save]").click()

    expect(page.locator(".message-success")).to_contain_text("1")
    assert Role.objects.get(code="SUP").annual_cost == 72_500
    expect(page.locator("[data-grid-save]")).to_be_disabled()


def test_a_block_from_excel_changes_known_rows_and_adds_the_others(open_table) -> None:
    page = open_table("participants")
    page.locator("td.key").first.focus()
    # Not in the order of the table, and with a row more.
    paste(
        page,
        "C\tGammastad\tgemeente\t410.000\nD\tDeltaveen\tmunicipality\t100000\t9000\nB\tBetadorp\tother\t500000",
    )
    page.locator("[data-grid-save]").click()

    expect(page.locator(".message-success")).to_be_visible()
    found = {one.code: (one.kind, one.current_contribution) for one in Participant.objects.all()}
    assert found == {
        "A": ("municipality", 900_000), "B": ("other", 500_000), "C": ("municipality", 410_000),
        "D": ("municipality", 100_000),
    }  # fmt: skip


def test_a_pasted_block_grows_the_table_and_can_be_undone(open_table) -> None:
    page = open_table("budget")
    page.locator("[data-grid-add]").click()
    paste(page, "\n".join(f"A\t{year}\t900000" for year in range(2027, 2033)))
    expect(page.locator("tr.new-row")).to_have_count(7)  # and a blank one below
    page.keyboard.press("Control+z")
    expect(page.locator("[data-grid-save]")).to_be_disabled()
    page.keyboard.press("Control+y")
    page.locator("[data-grid-save]").click()

    expect(page.locator(".message-success")).to_be_visible()
    assert BudgetLine.objects.count() == 6


def test_a_refused_cell_is_shown_in_place_and_can_be_mended(open_table, faults) -> None:
    page = open_table("services", who="director")
    control(page, "CISO:cost_key").fill("noodzaak")
    control(page, "CISO:name").fill("CISO's")
    page.locator("[data-grid-save]").click()

    expect(page.locator("td.wrong .cell-error")).to_contain_text("noodzaak")
    expect(control(page, "CISO:name")).to_have_value("CISO's")
    control(page, "CISO:cost_key").fill("inhabitants")
    page.locator("[data-grid-save]").click()
    expect(page.locator(".message-success")).to_be_visible()
    faults[:] = [fault for fault in faults if "422" not in fault]  # the refusal is what was asked for


def test_shown_rows_are_marked_as_confirmed_in_one_go(open_table) -> None:
    page = open_table("participants")
    page.locator("[data-filter]").fill("alfa")
    page.locator("[data-grid-set]").click()
    page.locator("[data-grid-save]").click()

    expect(page.locator(".message-success")).to_be_visible()
    assert list(Participant.objects.filter(status="confirmed").values_list("code", flat=True)) == ["A"]


def test_a_saved_change_is_taken_back(open_table) -> None:
    page = open_table("participants")
    control(page, "A:name").fill("Anders")
    page.locator("[data-grid-save]").click()
    page.locator(".undo-bar button").click()

    expect(control(page, "A:name")).to_have_value("Alfadam")


def test_axe_finds_nothing(page: Page, cast, sign_in, reads_well, settings, tmp_path) -> None:
    settings.UPLOAD_DIR = tmp_path
    load_reference(folder=Path(__file__).parents[2] / "fixtures" / "reference")
    ServiceTemplate.objects.exclude(code__in=["CISO", "FG", "IM"]).delete()
    write_persons(
        cast.center, [Person("1", "CISO", 0.8, service="HELP", name="Anna")], user=cast.hr, at=timezone.now()
    )
    for who, names in {"director": ["center", "catalogue", "history", "staff"], "hr": ["persons"]}.items():
        sign_in(page, getattr(cast, who))
        for name in names:
            page.goto(cast.url(name))
            reads_well(page, name)
    sign_in(page, cast.director)
    page.goto(cast.url("template_page", code="IM"))
    reads_well(page, "template")
    page.goto(cast.url("workbook"))
    reads_well(page, "workbook")
    page.set_input_files(
        "[type=file]", {"name": "x.xlsx", "mimeType": "application/zip", "buffer": changed_roles(cast)}
    )
    page.locator("form.stacked button").click()
    expect(page.locator("h1")).to_have_text(re.compile("."))
    reads_well(page, "preview")
    for table in ("participants", "services"):
        page.goto(cast.url("center_table", table=table))
        reads_well(page, table)
