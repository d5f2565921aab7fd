"""Outside options in a browser: typed, saved, compared, readable on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.views.conftest import *  # noqa: F403 - the cast, for a browser too

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1280, 390])
def test_both_pages_read_well(page_at, sign_in, axe, demo_cast, width) -> None:
    page = page_at(width)
    sign_in(page, demo_cast.director)
    for code, name in (
        ("OEV", "participant_options"),
        ("MAA", "participant_options"),
        ("OEV", "edit_options"),
    ):
        page.goto(demo_cast.url(name, scenario=demo_cast.scenario.code, participant=code))
        assert axe(page) == [], (code, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_reviewer_weighs_what_it_typed(page, sign_in, cast) -> None:
    sign_in(page, cast.reviewer)
    page.goto(cast.url("participant_options", scenario="regie", participant="A"))
    page.locator("a.btn-primary").click()
    for name, value in (("score:host:cost", "5"), ("score:managed:cost", "2"), ("weight:cost", "3")):
        page.locator(f'[name="{name}"]').fill(value)
        page.keyboard.press("Enter")
    page.locator("[data-grid-save]").click()

    expect(page.locator(".options tfoot tr").nth(1).locator(".first")).to_have_text("1")
    expect(page.locator(".undo-bar")).to_be_visible()
