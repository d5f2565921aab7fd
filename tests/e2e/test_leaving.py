"""Leaving, joining and scale walked through in a browser, at a desk and on a phone."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import expect

from portfolio.frames.write import new_center
from portfolio.models.center import Membership
from tests.golden import demo

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_director_tries_who_leaves_who_joins_and_whether_scale_pays(page_at, sign_in, axe, db):
    center = new_center(demo.center(), user=None, at=timezone.now())
    director = get_user_model().objects.create_user("director")
    Membership.objects.create(user=director, center=center, role="director")
    page = page_at(1280)
    sign_in(page, director)

    def is_well():
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert axe(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.set_viewport_size({"width": 1280, "height": 844})

    page.goto(f"/c/{center.key}/scenario/regie/uittreden/")
    page.get_by_label("Oeverstad").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#bill-table tbody tr")).to_have_count(9)
    expect(page.locator(".say")).to_contain_text("Oeverstad")
    is_well()

    page.locator(".tabs a").nth(1).click()
    page.locator("#id_name").fill("Nieuwstad")
    page.locator("#id_volume-inhabitants").fill("20000")
    page.keyboard.press("Enter")
    expect(page.locator("#bill-table tbody tr")).to_have_count(10)
    is_well()

    page.locator(".tabs a").nth(2).click()
    expect(page.locator(".chart svg")).to_be_visible()
    is_well()
