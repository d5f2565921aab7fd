"""Functions, competences and reflection in a browser: HR compares by keyboard and takes it back, and prints."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import expect

from portfolio.frames.files import read_persons
from portfolio.frames.hr_files import load_hr_folder
from portfolio.frames.staff import write_persons
from portfolio.frames.write import new_center
from portfolio.models.center import Membership
from tests.golden import demo

pytestmark = pytest.mark.django_db(transaction=True)
FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "demo"


def test_functions_are_compared_and_a_reflection_is_read(page_at, sign_in, reads_well, db):
    center = new_center(demo.center(), user=None, at=timezone.now())
    write_persons(center, read_persons(FOLDER / "staff.csv"), user=None, at=timezone.now())
    load_hr_folder(center, FOLDER)
    people = {name: get_user_model().objects.create_user(name) for name in ("hr", "director")}
    for name, user in people.items():
        Membership.objects.create(user=user, center=center, role=name)

    page = page_at(1280)
    sign_in(page, people["director"])
    page.goto(f"/c/{center.key}/functies/?scenario=regie")
    expect(page.locator("#was-wordt")).to_be_visible()
    expect(page.locator("a[href$='/functies/nieuw/']")).to_have_count(0)
    reads_well(page)
    page.goto(f"/c/{center.key}/competenties/?scenario=regie")
    expect(page.locator("#competences")).to_be_visible()
    reads_well(page)
    assert page.request.get(f"/c/{center.key}/scenario/regie/afspiegeling/").status == 403

    page = page_at(1280)
    sign_in(page, people["hr"])
    page.goto(f"/c/{center.key}/functies/?scenario=regie")
    reads_well(page)
    page.locator("#was-wordt summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#was-wordt details[open]").first).to_be_visible()
    page.locator("tr:has-text('Werkplekbeheerder') a").first.click()
    reads_well(page)
    page.locator("#id_comparison").select_option("lapsed")
    page.locator("#id_reason").focus()
    page.keyboard.press("Tab")
    page.locator("form.stacked button[type=submit]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".undo-bar")).to_be_visible()
    expect(page.locator("tbody:has-text('Werkplekbeheerder') .tag-gone")).to_be_visible()
    page.locator(".undo-bar button").click()
    expect(page.locator("tbody:has-text('Werkplekbeheerder') .tag-gone")).to_have_count(0)

    page.goto(f"/c/{center.key}/competenties/")
    reads_well(page)

    page.goto(f"/c/{center.key}/scenario/regie/afspiegeling/")
    expect(page.locator(".reflection-group").first).to_be_visible()
    reads_well(page)
    page.emulate_media(media="print")
    expect(page.locator(".on-paper")).to_be_visible()
    expect(page.locator(".crumbs")).to_be_hidden()
