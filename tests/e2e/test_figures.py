"""Home, contributions, what changes for us and the bill, walked through in a browser and printed on one sheet."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import expect

from portfolio.actions.plans import compute_plan
from portfolio.frames.write import new_center
from portfolio.models.center import Membership, MembershipRole, Participant
from portfolio.models.scenarios import Scenario
from tests.golden import demo
from tests.remembered import remembered

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(db):
    """The demo region with one of each role."""
    return remembered("people of the demo region", made)


def made():
    center = new_center(demo.center(), user=None, at=timezone.now())
    users = {
        name: get_user_model().objects.create_user(name)
        for name in ("director", "controller", "hr", "reviewer")
    }
    own = Participant.objects.get(code="HEI")
    for name, user in users.items():
        Membership.objects.create(
            user=user, center=center, role=name, participant=own if name == MembershipRole.REVIEWER else None
        )
    compute_plan(scenario=Scenario.objects.get(code="regie"), user=users["director"])
    return users


def test_each_role_reads_its_own_pages(page, sign_in, reads_well, people):
    for role, table in (("controller", "#checks"), ("hr", "#team-table")):
        sign_in(page, people[role])
        page.goto("/")
        expect(page.locator(table)).to_be_visible()
        reads_well(page)

    sign_in(page, people["director"])
    page.goto("/")
    expect(page.locator(".tile")).to_have_count(6)
    expect(page.locator("a.btn-primary")).to_have_count(1)
    reads_well(page)

    page.goto(re.sub("overzicht/.*", "bijdragen/", page.url))
    expect(page.locator(".chart svg")).to_be_visible()
    page.locator(".reason summary").first.click()
    expect(page.locator(".reason table").first).to_be_visible()
    reads_well(page)
    page.locator("#who").select_option("HEI")
    expect(page.locator("figcaption")).to_contain_text("Heidehoven")

    sign_in(page, people["reviewer"])
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Heidehoven")
    expect(page.locator("body")).not_to_contain_text("Duinrade")
    reads_well(page)
    sheet = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheet)) == 1

    page.locator(".sheet a[href*='/rekening/']").click()
    expect(page.locator("#bill-table tfoot")).to_be_visible()
    expect(page.locator("#why .chart svg")).to_be_visible()
    expect(page.locator("a.btn-primary")).to_have_count(1)
    expect(page.locator("body")).not_to_contain_text("Duinrade")
    reads_well(page)
