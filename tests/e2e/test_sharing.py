"""Who pays what, walked through in a browser: columns, a verdict, a key that takes hold and is taken back."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import expect

from portfolio.actions.plans import compute_plan
from portfolio.frames.write import new_center
from portfolio.models.center import Membership, MembershipRole, Participant
from portfolio.models.scenarios import Scenario
from tests.golden import demo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(db):
    """The demo region with a director and a reviewer."""
    center = new_center(demo.center(), user=None, at=timezone.now())
    users = {name: get_user_model().objects.create_user(name) for name in ("director", "reviewer")}
    own = Participant.objects.get(code="HEI")
    for name, user in users.items():
        Membership.objects.create(
            user=user, center=center, role=name, participant=own if name == MembershipRole.REVIEWER else None
        )
    compute_plan(scenario=Scenario.objects.get(code="regie"), user=users["director"])
    return center, users


@pytest.mark.parametrize("width", [1280, 390])
def test_keys_side_by_side(page_at, sign_in, axe, people, width):
    center, users = people
    page = page_at(width)
    address = f"/c/{center.key}/scenario/regie/verdeling/"

    def is_well():
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    sign_in(page, users["director"])
    page.goto(address)
    expect(page.locator(".chart svg")).to_be_visible()
    expect(page.locator("a.btn-primary")).to_have_count(1)
    page.locator(".verdict summary").nth(1).click()
    page.locator("#alone + section .reason summary").first.click()
    page.locator(".column-choice summary").click()
    is_well()

    page.locator(".column-choice input[value='key:servers']").check()
    page.locator(".column-choice button").click()
    expect(page.locator("#shares thead th", has_text="Servers")).to_be_visible()

    if width == 1280:
        page.locator("#key").select_option("equal")
        page.locator("#pick + form button").click()
        expect(page.locator(".undo-bar")).to_be_visible()
        expect(page.locator("#shares thead th", has_text="Servers")).to_be_visible()
        is_well()
        page.locator(".undo-bar button").click()
        expect(page.locator(".undo-bar")).to_have_count(0)

    sign_in(page, users["reviewer"])
    page.goto(address)
    expect(page.locator("#shares tbody tr")).to_have_count(1)
    expect(page.locator("body")).not_to_contain_text("Duinrade")
    is_well()
