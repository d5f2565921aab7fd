"""The shared parts of all pages, in a browser: seen with axe, worked by keyboard, under the strict policy."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import storyboard

pytestmark = [pytest.mark.urls("tests.e2e.storyboard"), pytest.mark.django_db(transaction=True)]

BOARDS = ["", "?seal=behind", "grid/", "lists/?wrong", "empty/"]
SHOTS = Path("build/screenshots")


@pytest.fixture
def grid(page: Page) -> Page:
    storyboard.posted.clear()
    page.goto("/storyboard/grid/")
    return page


def cell(page: Page, name: str):
    return page.locator(f'[name="fte-{name}"]')


def focused(page: Page) -> str:
    return page.evaluate(
        "document.activeElement.name || document.activeElement.dataset.cell || document.activeElement.tagName"
    )


def type_over(page: Page, name: str, text: str) -> None:
    cell(page, name).focus()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const happening = {clipboardData: data, bubbles: true, cancelable: true};
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", happening));
        }""",
        text,
    )


# --- Seen ---


@pytest.mark.parametrize("board", BOARDS)
def test_axe_finds_nothing(page: Page, reads_well, board: str) -> None:
    page.goto(f"/storyboard/{board}")
    if not board:
        expect(page.locator(".chart svg")).to_have_count(3)
    SHOTS.mkdir(parents=True, exist_ok=True)
    name = board.strip("/?").replace("/?", "-") or "home"
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.screenshot(path=SHOTS / f"look-{name}-{width}.png", full_page=True)
        assert too_small(page) == [], width
    reads_well(page)


def too_small(page: Page) -> list[str]:
    """What a finger would miss."""
    return page.evaluate(
        """[...document.querySelectorAll('button, summary, .btn, nav a')].filter(one => one.checkVisibility())
            .filter(one => Math.min(one.offsetWidth, one.offsetHeight) < 24).map(one => one.outerHTML.slice(0, 90))"""
    )


@pytest.mark.parametrize("address", ["/aanmelden/", "/nergens/"])
def test_pages_for_strangers(page: Page, reads_well, faults: list[str], address: str) -> None:
    page.goto(address)
    reads_well(page)
    faults[:] = [fault for fault in faults if "404" not in fault]  # the missing page is what was asked for


def test_wrong_password_is_said(page: Page, axe) -> None:
    page.goto("/aanmelden/")
    page.fill("[name=username]", "niemand")
    page.fill("[name=password]", "fout")
    page.keyboard.press("Enter")
    expect(page.locator(".alert")).to_be_visible()
    assert axe(page) == []


def test_open_parts_are_accessible_too(page: Page, axe) -> None:
    page.goto("/storyboard/")
    for summary in page.locator("details summary").all():
        summary.click()
    page.locator("details.help summary").click()
    page.locator(".user-button").click()
    expect(page.locator(".user-menu")).to_be_visible()
    assert axe(page) == []
    page.locator(".scenario-button").click()
    expect(page.locator(".strip-scenario .dropdown-menu")).to_be_visible()
    assert axe(page) == []


def test_charts_hold_what_their_tables_hold(page: Page) -> None:
    page.goto("/storyboard/")
    expect(page.locator(".chart svg")).to_have_count(3)
    chart = page.locator("[data-chart=bridge-options]")
    expect(chart).to_contain_text("− € 231.000".replace(" ", "\u00a0"))
    page.locator("figure", has=chart).locator("summary").click()
    expect(page.locator("figure", has=chart).locator("tbody tr")).to_have_count(7)
    page.locator(
        "[data-chart=fte-over-time-options]"
    ).hover()  # a tooltip, without a style the policy forbids
    assert page.locator("[data-chart=fte-over-time-options] text").count() > 10


# --- The shell ---


def test_menu_on_a_phone_opens_traps_and_closes(page_at: Callable[[int], Page], axe) -> None:
    page = page_at(390)
    page.goto("/storyboard/")
    expect(page.locator("#side")).not_to_be_visible()
    page.locator(".menu-button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#side a[aria-current=page]")).to_be_visible()
    expect(page.locator("#side")).to_have_attribute("aria-modal", "true")
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#side")).not_to_be_visible()
    expect(page.locator(".menu-button")).to_be_focused()


def test_skip_link_comes_first_and_skips(page: Page) -> None:
    page.goto("/storyboard/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_language_switch_keeps_the_page(page: Page) -> None:
    page.goto("/storyboard/lists/?wrong")
    expect(page.locator("tbody")).to_contain_text("12,25")
    page.locator(".user-button").click()
    page.locator(".user-menu [value=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/storyboard/lists/?wrong")
    expect(page.locator("tbody")).to_contain_text("12.25")


def test_question_before_what_cannot_be_undone(page: Page, axe) -> None:
    page.goto("/storyboard/")
    page.evaluate(
        "window.clicks = 0; document.getElementById('make').addEventListener('click', () => window.clicks++)"
    )
    page.locator("#make").click()
    expect(page.locator("#confirm")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert page.evaluate("window.clicks") == 0
    expect(page.locator("#make")).to_be_focused()
    page.locator("#make").click()
    page.locator("#confirm [value=yes]").click()
    assert page.evaluate("window.clicks") == 1


def test_help_opens_and_escape_closes(page: Page) -> None:
    page.goto("/storyboard/")
    help_ = page.locator(".tile details.help")
    help_.locator("summary").click()
    expect(help_.locator(".help-text")).to_be_visible()
    page.keyboard.press("Escape")
    expect(help_.locator(".help-text")).not_to_be_visible()
    expect(help_.locator("summary")).to_be_focused()


def test_progress_gives_way_to_its_answer(page: Page) -> None:
    page.goto("/storyboard/empty/")
    expect(page.locator(".working progress")).to_be_visible()
    expect(page.locator("#ready")).to_be_visible()


def test_failed_request_says_so(page: Page, faults: list[str]) -> None:
    page.goto("/storyboard/lists/")
    page.locator("#fails").click()
    expect(page.locator(".message-error")).to_be_visible()
    faults.clear()  # the console reports the refused request as well


def test_paper_has_no_navigation(page: Page) -> None:
    page.goto("/storyboard/")
    page.emulate_media(media="print")
    expect(page.locator("#side")).not_to_be_visible()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".actions")).not_to_be_visible()


# --- Tables ---


def names(page: Page) -> list[str]:
    return page.locator("#services tbody tr:visible th").all_text_contents()


def test_sorting_by_text_and_number(page: Page) -> None:
    page.goto("/storyboard/lists/")
    heads = page.locator("#services thead th")
    heads.nth(0).locator("button").click()
    assert names(page) == [
        "Architecten",
        "Één loket",
        "Regievoering",
        "Serverhosting en opslag",
        "Werkplekbeheer",
    ]
    expect(heads.nth(0)).to_have_attribute("aria-sort", "ascending")
    heads.nth(3).locator("button").press("Enter")
    assert names(page)[:2] == ["Één loket", "Serverhosting en opslag"]
    assert names(page)[-1] == "Architecten", "an empty cell stays below"
    heads.nth(3).locator("button").press("Enter")
    assert names(page) == [
        "Werkplekbeheer",
        "Regievoering",
        "Serverhosting en opslag",
        "Één loket",
        "Architecten",
    ]
    expect(heads.nth(3)).to_have_attribute("aria-sort", "descending")
    assert heads.nth(0).get_attribute("aria-sort") is None


def test_filter_counts_aloud(page: Page) -> None:
    page.goto("/storyboard/lists/")
    page.locator("#search").type("een LOKET")
    assert names(page) == ["Één loket"]
    expect(page.locator("[data-filter-count]")).to_contain_text("1")
    expect(page.locator("[data-filter-count]")).to_contain_text("5")
    page.locator("#search").fill("")
    assert len(names(page)) == 5


# --- The grid ---


def test_keys_walk_the_grid(grid: Page) -> None:
    cell(grid, "Regievoering-0").focus()
    for key, where in [
        ("ArrowRight", "fte-Regievoering-1"), ("ArrowDown", "fte-Contractbeheer-1"), ("ArrowDown", "fte-CISO-1"),
        ("ArrowLeft", "fte-CISO-0"), ("ArrowUp", "fte-Contractbeheer-0"), ("Enter", "fte-CISO-0"),
        ("Tab", "fte-CISO-1"),
        ("Shift+Tab", "fte-Contractbeheer-8"), ("Home", "fte-Contractbeheer-0"), ("Control+Home", "fte-Regievoering-0"),
        ("ArrowUp", "fte-Regievoering-0"), ("Control+ArrowDown", "fte-Projectleiders-0"), ("Control+End", "TD"),
    ]:  # fmt: skip
        grid.keyboard.press(key)
        assert focused(grid) == where, f"after {key}"


def test_one_stop_for_tab_and_escape_leaves(grid: Page) -> None:
    assert grid.locator("table [tabindex='0']").count() == 1
    cell(grid, "CISO-3").focus()
    grid.keyboard.press("Escape")
    grid.keyboard.press("Tab")
    assert not grid.evaluate("document.activeElement.closest('table')")
    grid.keyboard.press("Shift+Tab")
    assert focused(grid) == "fte-CISO-3", "back where one was"


def test_typing_replaces_and_f2_edits_inside(grid: Page) -> None:
    cell(grid, "CISO-2").focus()
    grid.keyboard.type("0.5")
    grid.keyboard.press("ArrowRight")
    expect(cell(grid, "CISO-2")).to_have_value("0,50")
    grid.keyboard.press("F2")
    grid.keyboard.press("ArrowLeft")
    grid.keyboard.press("Backspace")
    grid.keyboard.type("2")
    assert focused(grid) == "fte-CISO-3"
    grid.keyboard.press("Tab")
    expect(cell(grid, "CISO-3")).to_have_value("0,20")


def test_escape_takes_back_what_was_typed(grid: Page) -> None:
    cell(grid, "CISO-2").focus()
    grid.keyboard.type("9")
    grid.keyboard.press("Escape")
    expect(cell(grid, "CISO-2")).to_have_value("0,40")
    expect(grid.locator("[data-grid-save]")).to_be_disabled()


def test_totals_and_closing_check_follow(grid: Page) -> None:
    type_over(grid, "CISO-2", "0,5")
    row = grid.locator("tr", has=cell(grid, "CISO-2"))
    expect(row.locator("[data-total=row]")).to_contain_text("2,70")
    expect(row.locator("[data-total=row]")).to_contain_text("0,10")
    expect(grid.locator("tfoot [data-total=column]").nth(2)).to_have_text("4,90")
    expect(grid.locator("tfoot [data-total=all]")).to_have_text("31,40")
    expect(grid.locator(".closing-off b")).to_contain_text("31,40")
    type_over(grid, "CISO-3", "0,20")
    expect(grid.locator(".closing b")).to_contain_text("31,30")
    expect(grid.locator(".closing-off")).to_have_count(0)


def test_changes_are_marked_counted_and_sent_alone(grid: Page, axe) -> None:
    save = grid.locator("[data-grid-save]")
    expect(save).to_be_disabled()
    type_over(grid, "CISO-2", "0,45")
    type_over(grid, "CISO-3", "0,25")
    type_over(grid, "CISO-4", "0,25")  # what it was already
    expect(save).to_contain_text("2")
    expect(grid.locator("td.changed")).to_have_count(2)
    described = cell(grid, "CISO-2").get_attribute("aria-describedby")
    assert grid.evaluate("id => document.getElementById(id).textContent", described)
    assert axe(grid) == []
    save.click()
    expect(grid.locator(".message-success")).to_be_visible()
    assert storyboard.posted == [{"fte-CISO-2": ["0,45"], "fte-CISO-3": ["0,25"]}]


def test_excel_block_is_pasted_and_undone_in_one_step(grid: Page) -> None:
    cell(grid, "Architecten-3").focus()
    paste(grid, "0,10\t0.15\t1\r\n0,20\t0,25\t0,30\r\n0,5\t0,5\t0,5\r\n")
    status = grid.locator("[data-grid-status]")
    expect(status).to_contain_text("6")
    expect(status).to_contain_text("3")
    for name, value in {
        "Architecten-3": "0,10",
        "Architecten-4": "0,15",
        "Architecten-5": "1,00",
        "Projectleiders-5": "0,30",
    }.items():
        expect(cell(grid, name)).to_have_value(value)
    grid.keyboard.press("Control+z")
    expect(cell(grid, "Architecten-3")).to_have_value("0,35")
    expect(cell(grid, "Projectleiders-5")).to_have_value("0,30")
    expect(grid.locator("td.changed")).to_have_count(0)
    grid.keyboard.press("Control+y")
    expect(cell(grid, "Architecten-5")).to_have_value("1,00")
    grid.locator("[data-grid-undo]").click()
    expect(cell(grid, "Architecten-5")).to_have_value("0,25")


def test_paste_over_locked_and_absent_cells_is_told(grid: Page) -> None:
    cell(grid, "Contractbeheer-0").focus()
    paste(grid, "0,60\n0,80")  # the second falls on a locked cell of CISO
    expect(cell(grid, "Contractbeheer-0")).to_have_value("0,60")
    expect(grid.locator("[data-cell=fte-CISO-0]")).to_have_text("0,70")
    expect(grid.locator("[data-grid-status]")).to_contain_text("1")


def test_wrong_values_are_explained_and_not_sent(grid: Page, axe) -> None:
    wrong = cell(grid, "CISO-2")
    told = set()
    for text in ("twee", "-1", "0,07", "21"):
        type_over(grid, "CISO-2", text)
        expect(wrong).to_have_attribute("aria-invalid", "true")
        told.add(
            grid.evaluate(
                "e => document.getElementById(e.getAttribute('aria-describedby').split(' ')[0]).textContent",
                wrong.element_handle(),
            )
        )
    assert len(told) == 4
    grid.locator("[data-grid-save]").click()
    assert storyboard.posted == []
    assert focused(grid) == "fte-CISO-2"
    assert axe(grid) == []
    for _step in range(4):
        grid.keyboard.press("Control+z")
    expect(wrong).to_have_value("0,40")
    expect(grid.locator("[aria-invalid], td.wrong")).to_have_count(0)


def test_english_page_reads_english_numbers(grid: Page) -> None:
    grid.context.add_cookies([{"name": "django_language", "value": "en", "url": grid.url}])
    grid.reload()
    expect(cell(grid, "CISO-2")).to_have_value("0.40")
    type_over(grid, "CISO-2", "1,5")
    expect(cell(grid, "CISO-2")).to_have_value("1.50")
    expect(grid.locator("[data-grid-save]")).to_have_text("Save 1 change")


def test_leaving_with_changes_asks(grid: Page) -> None:
    asked = []
    grid.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    type_over(grid, "CISO-2", "0,45")
    grid.locator("h1").click()
    grid.evaluate("setTimeout(() => location.assign('/storyboard/'))")
    grid.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert grid.url.endswith("/grid/")


def test_preview_shows_the_effect_and_keeps_the_edit(page: Page) -> None:
    page.goto("/storyboard/grid/?preview")
    type_over(page, "CISO-2", "0,45")
    expect(page.locator("#effect")).to_have_text("Effect van 1")
    expect(cell(page, "FG-0")).to_have_value("0,35")
    expect(page.locator("td.changed")).to_have_count(1)
    expect(cell(page, "CISO-2")).to_have_value("0,45")
    expect(page.locator("[data-grid-save]")).to_contain_text("1")


def test_numbers_as_people_write_them(page: Page) -> None:
    page.goto("/aanmelden/")
    read = {
        "1.234,5": 1234.5,
        "1,234.5": 1234.5,
        "0,4": 0.4,
        "0.4": 0.4,
        "1.234": 1234,
        "1,234": 1.234,
        "1.234.567": 1234567,
        "1,234,567": 1234567,
        "€ 1.250,00": 1250,
        "−3": -3,
        "-0,5": -0.5,
        ",5": 0.5,
        "12%": 12,
        "0.400": 0.4,
        "": None,
        "–": None,
    }
    parse = "texts => import('/static/portfolio/numbers.js').then(module => texts.map(module.parse))"
    assert dict(zip(read, page.evaluate(parse, list(read)), strict=True)) == read
