"""The guided start and staged entry in a browser: minutes from names to a plan, and from estimates to figures."""

import pytest
from playwright.sync_api import Page, expect

from portfolio.actions.municipalities import load_municipalities
from portfolio.actions.reference import load_reference
from portfolio.models.center import Center
from tests.views.conftest import *  # noqa: F403 - the cast, for a browser too
from tests.views.start.test_start import MUNICIPALITIES, REFERENCE

pytestmark = pytest.mark.django_db(transaction=True)


def go_on(page: Page) -> None:
    page.locator("button.btn-primary[value=next]").click()


def test_from_names_to_a_plan(page: Page, sign_in, reads_well, django_user_model) -> None:
    load_reference(folder=REFERENCE)
    load_municipalities(data=MUNICIPALITIES, source="CBS 03759ned")
    sign_in(page, django_user_model.objects.create_user("nieuw"))

    page.goto("/start/")
    page.locator("[name=name]").fill("SSC Noord")
    page.locator("[name=names]").fill("Schagen\nMedemblick")
    page.locator("[name=picked]").fill("Texel")
    page.locator("button[value=stay]").click()
    expect(page.locator("[name=names]")).to_have_value("Schagen\nMedemblick\nTexel")
    page.locator("[name=name]").press("Enter")  # presses Next
    page.locator(".question input[type=radio]").first.check()
    reads_well(page)
    go_on(page)
    page.locator("[name=eur]").fill("2.500.000")
    page.locator("[name=fte]").fill("17,4")
    reads_well(page)
    go_on(page)
    page.locator("#wishes-CISO").check()
    reads_well(page)
    go_on(page)
    expect(page.locator(".closing")).to_contain_text("2.500.000")
    reads_well(page)
    page.locator("form.start-form .btn-primary").click()
    expect(page.locator(".tiles")).to_contain_text("2,50")
    assert Center.objects.get().name == "SSC Noord"


def test_all_stages_read_well(page: Page, sign_in, reads_well, cast) -> None:
    sign_in(page, cast.controller)
    for name in ("entry", "entry_budget", "entry_holdings", "entry_effort", "entry_volumes"):
        page.goto(cast.url(name))
        reads_well(page)


def test_percentages_show_what_they_come_to_while_typing(page, sign_in, cast) -> None:
    sign_in(page, cast.director)
    page.goto(cast.url("entry_budget"))
    cell = page.locator('[name="cost,HELP"]')
    cell.fill("50")
    cell.press("Enter")

    expect(page.locator('[data-cell="eur,HELP"]')).to_have_text("900.000")
    page.locator("[data-grid-save]").click()
    expect(page.locator(".undo-bar")).to_be_visible()
    expect(page.locator('[name="cost,HELP"]')).to_have_value("50,00")
    page.locator(".undo-bar button").click()
    expect(page.locator(".undo-bar")).to_have_count(0)
