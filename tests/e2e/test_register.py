"""The placement register in a browser: HR takes over, discusses and decides by keyboard; a director asks one name."""

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
from portfolio.models.placement import PlacementRecord
from tests.golden import demo

pytestmark = pytest.mark.django_db(transaction=True)
FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "demo"


@pytest.fixture
def people(db):
    center = new_center(demo.center(), user=None, at=timezone.now())
    write_persons(center, read_persons(FOLDER / "staff.csv"), user=None, at=timezone.now())
    load_hr_folder(center, FOLDER)
    people = {name: get_user_model().objects.create_user(name) for name in ("hr", "director")}
    for name, user in people.items():
        Membership.objects.create(user=user, center=center, role=name)
    return people | {"address": f"/c/{center.key}/scenario/regie/plaatsing/"}


def test_hr_takes_a_proposal_to_a_decision_and_a_director_asks_one_name(page_at, sign_in, reads_well, people):
    page = page_at(1280)
    sign_in(page, people["hr"])
    page.goto(f"{people['address']}register/")
    reads_well(page)
    page.locator("main form button[type=submit]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#register tbody tr").first).to_be_visible()
    reads_well(page)

    page.locator("[data-tick=who]").focus()
    page.keyboard.press("Space")
    assert page.locator("input[name=who]:not(:checked)").count() == 0
    page.locator("[data-tick=who]").press("Space")
    page.locator("input[name=who]").first.focus()
    page.keyboard.press("Space")
    page.locator(".register-go button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[role=status], .messages").first).to_be_visible()
    assert list(PlacementRecord.objects.exclude(stage="proposed").values_list("stage", flat=True)) == [
        "discussed"
    ]

    page.goto(f"{people['address']}register/?stage=discussed")
    name = page.locator("#register tbody th a").inner_text()
    page.locator("#register tbody th a").press("Enter")
    reads_well(page)
    page.locator("#id_is_human").press("Space")
    page.locator("#id_is_human").press("Enter")
    expect(page.locator("#steps ~ ol li")).to_have_count(2)
    page.locator("#letters ~ ul a").press("Enter")
    expect(page.locator("article.letter")).to_contain_text(name)
    reads_well(page)
    page.goto(f"{people['address']}brieven/")
    reads_well(page)

    page = page_at(1280)
    sign_in(page, people["director"])
    page.goto(f"{people['address']}besluiten/")
    expect(page.locator("body")).not_to_contain_text(name)
    reads_well(page)
    page.locator("#deciding summary").press("Enter")
    page.locator("#deciding input[name=reason]").fill("Besluit van vandaag")
    page.locator("#deciding input[name=reason]").press("Enter")
    expect(page.locator("main")).to_contain_text(name)
    reads_well(page)
