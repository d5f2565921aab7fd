"""The guided start: three steps and a check, from names and totals to a center with a plan; nothing typed is lost."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from portfolio.actions.municipalities import load_municipalities
from portfolio.actions.reference import load_reference
from portfolio.models.center import Center, Membership, MembershipRole

pytestmark = pytest.mark.django_db
REFERENCE = Path(__file__).parents[3] / "fixtures" / "reference"
#: Inhabitants on 1 January 2023, CBS (CC BY 4.0).
MUNICIPALITIES = b"""gm_code,name,inhabitants,reference_date
GM0441,Schagen,47450,2023-01-01
GM0448,Texel,13979,2023-01-01
GM0420,Medemblik,46031,2023-01-01
"""
START = reverse("portfolio:start")
TOTALS, SERVICES, CHECK = (
    reverse("portfolio:start_step", args=[step]) for step in ("totalen", "diensten", "controle")
)
NAMES = {"name": "SSC Noord", "names": "Schagen\nTexel"}
MONEY = {
    "eur": "2.500.000", "fte": "17,4", "start": "2027-01", "years": "5", "overhead_per_fte": "15.000",
    "wage_growth": "3", "price_growth": "2%",
}  # fmt: skip
CHOSEN = {"services": ["DESK", "WERK", "IAM"], "wishes": ["CISO"], "wishes_from": "2028-01"}


@pytest.fixture
def reference(db):
    load_reference(folder=REFERENCE)
    load_municipalities(data=MUNICIPALITIES, source="CBS 03759ned")


@pytest.fixture
def client(reference, django_user_model, client_of):
    """Somebody who belongs to no center yet, and writes figures as the Dutch do."""
    client = client_of(django_user_model.objects.create_user("nieuw"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "nl"
    return client


def errors(response):
    return dict(response.context["form"].errors)


def test_it_goes_from_names_to_a_center_with_plans(client, django_assert_max_num_queries):
    assert client.post(START, NAMES).url == TOTALS
    page = client.get(TOTALS)
    assert [row["body"].inhabitants for row in page.context["form"].rows] == [47450, 13979]
    assert b"CBS 03759ned, 2023-01-01" in page.content
    assert client.post(TOTALS, MONEY).url == SERVICES
    assert client.post(SERVICES, CHOSEN).url == CHECK
    with django_assert_max_num_queries(30):
        shown = client.get(CHECK).context["preview"]
    assert (shown.total, shown.closes, shown.fte) == (2_500_000, True, 17.4)
    assert not Center.objects.exists()

    made = client.post(CHECK)

    center = Center.objects.get()
    assert made.url == reverse("portfolio:overview", args=[center.key, "voorstel"])
    assert Membership.objects.get().role == MembershipRole.DIRECTOR
    assert b"2,50" in client.get(made.url).content
    assert client.post(CHECK).url == reverse("portfolio:index")  # sent twice
    assert Center.objects.count() == 1


def test_a_name_that_is_not_known_is_asked_about(client):
    page = client.post(START, NAMES | {"names": "Schagen\nMedemblick\nSociale dienst"})

    first, second = page.context["form"].questions
    assert [value for value, _label in first["choice"].field.choices] == ["GM0420", "municipality", "other"]
    answers = {
        first["choice"].html_name: "GM0420",
        second["choice"].html_name: "other",
        second["count"].html_name: "150",
    }
    assert client.post(START, page.context["form"].data.dict() | answers | {"go": "next"}).url == TOTALS
    bodies = [row["body"] for row in client.get(TOTALS).context["form"].rows]
    assert [(body.name, body.inhabitants, body.workplaces) for body in bodies[1:]] == [
        ("Medemblik", 46031, None), ("Sociale dienst", None, 150),
    ]  # fmt: skip


def test_inhabitants_may_come_along_from_excel(client):
    assert client.post(START, NAMES | {"names": "Oeverstad\t60.000\nDuinrade;41300"}).url == TOTALS

    bodies = [row["body"] for row in client.get(TOTALS).context["form"].rows]
    assert [(body.code, body.inhabitants) for body in bodies] == [("OEV", 60_000), ("DUI", 41_300)]


def test_a_picked_name_joins_the_list_and_is_not_judged_yet(client):
    page = client.post(START, {"name": "", "names": "Schagen", "picked": "Texel", "go": "stay"})

    assert page.context["form"]["names"].value() == "Schagen\nTexel"
    assert errors(page) == {}
    assert client.get(START).context["form"]["names"].value() == "Schagen\nTexel"


@pytest.mark.parametrize(
    ("names", "field"),
    [("Schagen", "names"), ("Schagen\nGemeente Schagen", "names"), ("Schagen;veel\nTexel", "names")],
)
def test_a_list_that_cannot_be_is_refused(client, names, field):
    assert field in errors(client.post(START, NAMES | {"names": names}))


def test_back_and_forth_loses_nothing(client):
    client.post(START, NAMES)
    assert client.post(TOTALS, MONEY | {"eur": "veel", "go": "back"}).url == START

    assert client.get(START).context["form"]["name"].value() == "SSC Noord"
    again = client.get(TOTALS)
    assert again.context["form"]["eur"].value() == "veel"
    assert errors(again) == {}  # not judged before somebody goes on
    assert "eur" in errors(client.post(TOTALS, MONEY | {"eur": "veel"}))


@pytest.mark.parametrize(
    ("paid", "is_right"),
    [
        ({"paid-SCH": "2.000.000"}, True),
        ({"paid-SCH": "2.000.000", "paid-TEX": "500.000"}, True),
        ({"paid-SCH": "2.000.000", "paid-TEX": "400.000"}, False),
        ({"paid-SCH": "3.000.000"}, False),
    ],
)
def test_what_participants_pay_adds_up_to_the_total(client, paid, is_right):
    client.post(START, NAMES)
    answer = client.post(TOTALS, MONEY | paid)

    assert (answer.status_code == 302) is is_right
    if not is_right:
        assert "eur" in errors(answer)


@pytest.mark.parametrize(
    ("field", "value"),
    [("fte", "0"), ("fte", ""), ("start", "gisteren"), ("years", "2,5"), ("wage_growth", "80")],
)
def test_a_total_that_cannot_be_is_refused_at_its_field(client, field, value):
    client.post(START, NAMES)

    assert field in errors(client.post(TOTALS, MONEY | {field: value}))


def test_services_are_needed_and_wishes_are_not(client):
    client.post(START, NAMES)
    client.post(TOTALS, MONEY)
    fresh = client.get(SERVICES).context["form"]
    assert len(fresh.chosen("services")) > 25
    assert fresh.chosen("wishes") == set()

    assert "services" in errors(client.post(SERVICES, {"wishes_from": "2028-01"}))
    assert "wishes_from" in errors(client.post(SERVICES, CHOSEN | {"wishes_from": "2026-01"}))
    assert client.post(SERVICES, CHOSEN | {"wishes": []}).url == CHECK


def test_totals_that_do_not_fit_are_doubted_not_refused(client):
    client.post(START, NAMES)
    client.post(TOTALS, MONEY | {"eur": "900.000"})
    client.post(SERVICES, CHOSEN)
    shown = client.get(CHECK).context["preview"]

    assert shown.doubts
    assert shown.parts[-1]["eur"] < 0
    assert shown.closes


def test_a_step_cannot_be_skipped(client):
    assert client.get(CHECK).url == START
    assert client.post(SERVICES, CHOSEN).url == START
    assert client.post(CHECK).url == reverse("portfolio:index")
    assert client.get(reverse("portfolio:start_step", args=["iets"])).status_code == 404


def test_who_may_start_a_center(cast, client_of, django_user_model):
    boss = django_user_model.objects.create_superuser("boss")
    allowed = {user: client_of(user).get(START).status_code for user in (cast.director, cast.stranger, boss)}
    refused = {
        user: client_of(user).get(START).status_code for user in (cast.reviewer, cast.controller, cast.hr)
    }

    assert set(allowed.values()) == {200}
    assert set(refused.values()) == {403}
    assert client_of(cast.reviewer).post(CHECK).status_code == 403


def test_a_visitor_signs_in_first():
    assert "/aanmelden/" in Client().get(START).url


def test_without_the_national_list_inhabitants_are_asked(django_user_model, client_of, db):
    client = client_of(django_user_model.objects.create_user("nieuw"))

    page = client.post(START, NAMES)
    assert len(page.context["form"].questions) == 2
    assert b"load_municipalities" in page.content
