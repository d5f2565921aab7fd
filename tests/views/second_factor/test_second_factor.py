"""The second factor: asked in front of what shows a person, set up once, and not to be had with a password alone."""

import re

import pytest
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

pytestmark = pytest.mark.django_db
ASK, SET_UP = "/tweede-factor/", "/tweede-factor/instellen/"


@pytest.fixture(autouse=True)
def asked(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def app(cast, client_of):
    """The HR officer has added an app, in a browser of the past."""
    client = client_of(cast.hr)
    client.get(SET_UP)
    device = TOTPDevice.objects.get(user=cast.hr)
    page = client.post(SET_UP, {"code": code_of(device)})
    assert page.status_code == 200
    device.refresh_from_db()
    return device


def code_of(device, drift=0):
    return f"{totp(device.bin_key, device.step, device.t0, device.digits, drift):06d}"


def anew(device):
    """As if time went by: codes can be used again, and no wrong code is remembered."""
    TOTPDevice.objects.filter(pk=device.pk).update(
        last_t=-1, throttling_failure_count=0, throttling_failure_timestamp=None
    )


@pytest.mark.parametrize("name", ["persons", "placement_board", "register"])
def test_names_wait_for_it_and_then_come(cast, client_of, app, name):
    client = client_of(cast.hr)
    address = cast.url(name) if name == "persons" else cast.url(name, scenario="regie")
    page = client.get(address)
    assert page.status_code == 302
    assert page["Location"].startswith(ASK)
    anew(app)
    page = client.post(ASK, {"code": code_of(app), "next": address})
    assert page["Location"] == address
    assert client.get(address).status_code == 200


def test_what_shows_nobody_asks_nothing(cast, client_of):
    for who in (cast.hr, cast.director):
        assert client_of(who).get(cast.url("staff")).status_code == 200
        page = client_of(who).get(cast.url("placement", scenario="regie"))
        assert page.status_code == 200
        assert not page.context["sees_list"]


def test_a_form_that_changes_a_person_waits_too(cast, client_of):
    page = client_of(cast.hr).post(
        cast.url("lock_person", scenario="regie"), {"person": "1", "post": "WERK/SUP"}
    )
    assert page["Location"].startswith(ASK)


def test_who_may_not_is_refused_whatever_the_factor(cast, client_of):
    assert client_of(cast.controller).get(cast.url("persons")).status_code == 403
    assert client_of(cast.stranger).get(cast.url("persons")).status_code == 404


def test_who_has_none_sets_it_up_and_gets_recovery_codes_once(cast, client_of):
    client = client_of(cast.hr)
    assert client.get(ASK)["Location"].startswith(SET_UP)
    page = client.get(f"{SET_UP}?next=/x/")
    assert page.context["picture"].startswith("data:image/svg+xml")
    device = TOTPDevice.objects.get(user=cast.hr)
    assert not device.confirmed
    assert (
        client.post(SET_UP, {"code": "000000" if code_of(device) != "000000" else "000001"}).status_code
        == 422
    )
    anew(device)
    codes = client.post(SET_UP, {"code": code_of(device), "next": "/x/"}).context["codes"]
    assert len(set(codes)) == 10
    assert client.get(cast.url("persons")).status_code == 200
    assert client.get(SET_UP)["Location"].startswith(ASK)  # they are not shown again


def test_a_password_alone_adds_no_app_beside_the_first(cast, client_of, app):
    client = client_of(cast.hr)
    assert client.get(SET_UP).status_code == 302
    assert client.post(SET_UP, {"code": "123456"}).status_code == 302
    assert TOTPDevice.objects.filter(user=cast.hr).count() == 1


def test_a_wrong_code_is_refused_and_slows_the_next(cast, client_of, app):
    client = client_of(cast.hr)
    anew(app)
    right = code_of(app)
    assert client.post(ASK, {"code": f"{(int(right) + 1) % 10**6:06d}"}).status_code == 422
    assert client.post(ASK, {"code": right}).status_code == 422  # at once: too soon
    assert client.get(cast.url("persons")).status_code == 302


def test_a_code_works_once(cast, client_of, app):
    anew(app)
    code = code_of(app)
    assert client_of(cast.hr).post(ASK, {"code": code}).status_code == 302
    assert client_of(cast.hr).post(ASK, {"code": code}).status_code == 422


def test_a_recovery_code_works_once_also_with_spaces_and_capitals(cast, client_of, app):
    token = StaticToken.objects.filter(device__user=cast.hr).first().token
    assert client_of(cast.hr).post(ASK, {"code": f" {token.upper()} "}).status_code == 302
    assert client_of(cast.hr).post(ASK, {"code": token}).status_code == 422


def test_it_leads_nowhere_else(cast, client_of, app):
    anew(app)
    page = client_of(cast.hr).post(ASK, {"code": code_of(app), "next": "https://elders.example/"})
    assert page["Location"] == "/"


def test_a_visitor_signs_in_first(client, db):
    for address in (ASK, SET_UP):
        assert client.get(address)["Location"].startswith(reverse("login"))


def test_the_secret_on_the_page_is_that_of_the_device(cast, client_of):
    page = client_of(cast.hr).get(SET_UP)
    device = TOTPDevice.objects.get(user=cast.hr)
    secret = re.sub(r"\s", "", page.context["secret"])
    assert f"secret={secret}" in device.config_url
    assert page["Cache-Control"] == "no-store"
