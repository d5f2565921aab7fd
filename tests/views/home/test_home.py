"""Where somebody comes in: one center, several, or none; and from the front door the page of one's role."""

from django.urls import reverse

from portfolio.models.center import Membership, MembershipRole
from portfolio.models.scenarios import Scenario


def test_one_center_is_entered_at_once(cast, client_of):
    answer = client_of(cast.director).get("/")

    assert answer.url == cast.url("home")


def test_several_centers_are_a_list(make_cast, client_of):
    cast, other = make_cast(), make_cast(compute=False)
    Membership.objects.create(user=cast.director, center=other.center, role=MembershipRole.HR)

    page = client_of(cast.director).get("/").content.decode()

    assert cast.url("home") in page
    assert other.url("home") in page


def test_a_stranger_reads_what_to_do(cast, client_of):
    answer = client_of(cast.stranger).get("/")

    assert answer.status_code == 200
    assert "You do not take part in a center yet" in answer.content.decode()
    assert cast.center.name not in answer.content.decode()


def test_who_has_not_signed_in_is_asked_to(client, db):
    assert client.get("/").url.startswith(reverse("login"))


def test_the_front_door_leads_to_the_page_of_ones_role(cast, client_of):
    for user, page in ((cast.director, "overview"), (cast.controller, "overview"), (cast.hr, "overview"),
                       (cast.reviewer, "for_us")):  # fmt: skip
        assert client_of(user).get(cast.url("home")).url == cast.url(page, scenario="regie")


def test_a_stranger_finds_no_front_door(cast, client_of):
    assert client_of(cast.stranger).get(cast.url("home")).status_code == 404


def test_a_center_without_a_scenario_says_so(make_cast, client_of):
    cast = make_cast(compute=False)
    Scenario.objects.all().delete()

    answer = client_of(cast.director).get(cast.url("home"))

    assert "no scenario yet" in answer.content.decode()
