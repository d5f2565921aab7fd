"""The placement pages in a browser: HR locks somebody by keyboard, a director sees counts alone."""

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


def test_hr_locks_somebody_and_a_director_sees_counts(page_at, sign_in, reads_well, db):
    center = new_center(demo.center(), user=None, at=timezone.now())
    write_persons(center, read_persons(FOLDER / "staff.csv"), user=None, at=timezone.now())
    load_hr_folder(center, FOLDER)
    people = {name: get_user_model().objects.create_user(name) for name in ("hr", "director")}
    for name, user in people.items():
        Membership.objects.create(user=user, center=center, role=name)
    address = f"/c/{center.key}/scenario/regie/plaatsing/"

    page = page_at(1280)
    sign_in(page, people["director"])
    page.goto(address)
    expect(page.locator(".chart svg")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("Veerman")
    reads_well(page)
    assert page.request.get(f"{address}bord/").status == 403
    page.goto(f"{address}verloop/")
    expect(page.locator(".chart svg")).to_be_visible()
    reads_well(page)
    page.locator("#role").select_option("SYS")
    page.locator("form.asked button").first.press("Enter")
    expect(page.locator("h2, figcaption, .chart-head").first).to_be_visible()
    assert "role=SYS" in page.url

    page = page_at(1280)
    sign_in(page, people["hr"])
    page.goto(f"{address}bord/")
    reads_well(page)
    row = page.locator("#waiting-table tbody tr:has(select)").first
    number = row.get_attribute("id")
    row.locator("select").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{number} button")).to_be_visible()
    assert (
        page.locator(f"#placed-table #{number}").count() + page.locator(f"#waiting-table #{number}").count()
        == 1
    )
