"""Scenarios, decisions and the FTE grid in a browser: deciding with live effect, typing, pasting, saving, undoing."""

import pytest
from playwright.sync_api import Page, expect

from portfolio.models.scenarios import Decision, Uptake
from tests.views.conftest import *  # noqa: F403 - the cast, for a browser too

pytestmark = pytest.mark.django_db(transaction=True)


def decision(service: str) -> str:
    return Decision.objects.get(scenario__code="regie", service__code=service).decision


def cell(page: Page, name: str):
    return page.locator(f'[name="{name}"]')


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const how = {clipboardData: data, bubbles: true, cancelable: true};
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        text,
    )


def test_all_pages_read_well(page: Page, sign_in, axe, reads_well, demo_cast) -> None:
    sign_in(page, demo_cast.director)
    pages = [
        demo_cast.url("scenarios"),
        demo_cast.url("decisions", scenario="regie"),
        demo_cast.url("take_over", scenario="regie"),
        demo_cast.url("uptake", scenario="regie") + "?service=BI",
        demo_cast.url("grid", scenario="regie"),
        demo_cast.url("grid", scenario="regie") + "?show=difference",
        demo_cast.url("new_scenario"),
        demo_cast.url("delete_scenario", scenario="niets"),
    ]
    for address in pages:
        page.goto(address)
        reads_well(page)
    page.goto(demo_cast.url("grid", scenario="regie") + "?unit=eur")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.goto(demo_cast.url("decisions", scenario="regie"))
    page.locator(".verdict-details summary").first.click()
    reads_well(page)


def test_nine_participants_and_the_team_fit_beside_the_menu(page: Page, sign_in, demo_cast) -> None:
    sign_in(page, demo_cast.director)
    for unit in ("fte", "asked"):
        page.goto(demo_cast.url("grid", scenario="regie") + f"?unit={unit}")
        frame = page.locator(".frame-scroll:has(#fte-table)")
        assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") <= 0


def test_a_decision_works_at_once_without_loading_the_page(page: Page, sign_in, axe, cast) -> None:
    sign_in(page, cast.director)
    page.goto(cast.url("decisions", scenario="regie"))
    page.evaluate("window.stayed = true")
    before = page.locator("#totals").inner_text()

    page.locator("#d-HELP").focus()
    page.keyboard.press("End")  # the last choice: stop
    expect(page.locator("#seal .seal-behind")).to_be_visible()
    expect(page.locator("#totals")).not_to_have_text(before)
    assert decision("HELP") == "stop"
    assert axe(page) == []

    page.locator("#f-HELP").fill("2028-07")
    with page.expect_response("**/besluit/"):
        page.locator("#f-HELP").blur()
    expect(page.locator(".htmx-request")).to_have_count(0)
    assert page.evaluate("window.stayed")
    assert Decision.objects.get(scenario__code="regie", service__code="HELP").from_month == "2028-07"

    page.locator(".undo-bar button").click()
    expect(page.locator("#f-HELP")).to_have_value("")
    assert Decision.objects.get(scenario__code="regie", service__code="HELP").from_month == ""


def test_two_people_at_one_decision_do_not_overwrite_each_other(page: Page, sign_in, cast) -> None:
    sign_in(page, cast.director)
    page.goto(cast.url("decisions", scenario="regie"))
    Decision.objects.filter(service__code="HELP").update(decision="return")

    page.locator("#d-HELP").select_option("stop")

    expect(page.locator("#HELP [role=alert]")).to_be_visible()
    expect(page.locator("#d-HELP")).to_have_value("return")
    assert decision("HELP") == "return"
    page.locator("#d-HELP").select_option("stop")
    expect(page.locator("#HELP [role=alert]")).to_have_count(0)
    assert decision("HELP") == "stop"


def test_the_grid_is_typed_in_looked_ahead_saved_and_undone(page: Page, sign_in, axe, cast) -> None:
    sign_in(page, cast.director)
    page.goto(cast.url("grid", scenario="regie") + "?month=2028-03")
    other = cell(page, "CISO,A").input_value()

    cell(page, "CISO,B").focus()
    page.keyboard.type("0,7")
    page.keyboard.press("Enter")
    expect(cell(page, "CISO,B")).to_have_value("0,70")
    expect(cell(page, "CISO,A")).not_to_have_value(other)  # the others share the rest
    expect(page.locator(".closing-off")).to_have_count(0)
    expect(page.locator("[data-grid-status]")).not_to_be_empty()
    assert Uptake.objects.count() == 0
    assert axe(page) == []

    page.locator("[data-grid-save]").click()
    expect(page.locator("td.locked")).to_have_count(1)
    expect(page.locator("#seal .seal-current")).to_be_visible()
    assert float(Uptake.objects.get().locked_fte) == 0.7

    page.locator(".undo-bar button").click()
    expect(page.locator("td.locked")).to_have_count(0)
    assert Uptake.objects.count() == 0


def test_a_block_from_excel_becomes_requests(page: Page, sign_in, cast) -> None:
    sign_in(page, cast.director)
    page.goto(cast.url("grid", scenario="regie") + "?unit=asked&year=2028")

    cell(page, "CISO,A").focus()
    paste(page, "0,8\t0,6\t0,4\n")
    expect(page.locator('[data-cell="team,CISO"]')).to_have_text("1,80")
    expect(page.locator("tr:has([name='CISO,A']) [data-total=row]")).to_have_text("1,80")
    page.locator("[data-grid-save]").click()

    expect(page.locator("td.requested")).to_have_count(3)
    assert [float(row.fte) for row in Uptake.objects.order_by("participant__code")] == [0.8, 0.6, 0.4]


def test_what_is_refused_comes_back_to_be_mended(page: Page, sign_in, axe, cast, faults) -> None:
    sign_in(page, cast.director)
    page.goto(cast.url("grid", scenario="regie") + "?month=2028-03")
    cell(page, "CISO,B").focus()
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    page.locator("[data-grid-save]").click()

    expect(page.locator(".say-bad")).to_be_visible()
    expect(cell(page, "CISO,B")).to_have_value("9,00")
    assert axe(page) == []
    faults[:] = [fault for fault in faults if "422" not in fault]  # the refusal is what was asked for
    assert Uptake.objects.count() == 0
