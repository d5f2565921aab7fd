"""The catalogue: what stands in a template, and how it becomes a service of the center, as an estimate."""

from pathlib import Path

import pytest

from portfolio.actions.reference import load_reference
from portfolio.frames.read import read_center
from portfolio.models.catalogue import Role, RoleMix, Service, Sizing
from portfolio.models.center import DriverVolume
from portfolio.models.reference import ServiceTemplate

pytestmark = pytest.mark.django_db
REFERENCE = Path(__file__).parents[3] / "fixtures" / "reference"


@pytest.fixture
def cast(make_cast):
    load_reference(folder=REFERENCE)
    return make_cast(compute=False)


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.director)


def add(client, cast, code, **answers):
    return client.post(cast.url("template_page", code=code), {"phase": "new", **answers}, follow=True)


def test_templates_stand_beside_the_centers_own_services(cast, client):
    page = client.get(cast.url("catalogue"))

    cards = {card.code: card for _category, found in page.context["groups"] for card in found}
    assert len(cards) == 41  # 40 templates, of which two are ours too, and HELP
    assert (cards["CISO"].is_ours, cards["FG"].is_ours, cards["HELP"].has_template) == (True, False, False)
    assert cards["IM"].less_obvious
    assert cards["IM"].questions


@pytest.mark.parametrize("show", ["new", "current", "open", "nonsense"])
def test_a_part_can_be_shown(cast, client, show):
    assert client.get(cast.url("catalogue"), {"show": show}).context["groups"]


def test_every_template_has_its_page_and_says_what_each_default_stands_on(cast, client):
    for template in ServiceTemplate.objects.all()[::8]:
        page = client.get(cast.url("template_page", code=template.code))
        assert page.status_code == 200
        told = page.context["defaults"]
        assert len(told) == len(template.figures) + sum(
            ("fte" in r) + ("price" in r) for r in template.sizing
        )
        assert all(one.source for one in told if one.is_sourced)


def test_it_is_added_with_sizing_team_and_roles_as_estimates(cast, client):
    page = add(client, cast, "FG")

    service = Service.objects.get(code="FG")
    template = ServiceTemplate.objects.get(code="FG")
    assert (service.template, service.phase, service.status) == (template, "new", "estimated")
    assert service.spread is not None
    assert "template FG" in service.source
    assert service.min_fte == template.figures["min_fte"]["value"]
    assert Sizing.objects.get(service=service).status == "estimated"
    assert sum(mix.share for mix in RoleMix.objects.filter(service=service)) == 1
    assert Role.objects.get(code="FG").annual_cost > 0
    assert "is in your catalog" in page.content.decode()


def test_adding_twice_is_adding_once(cast, client):
    add(client, cast, "FG")
    page = add(client, cast, "FG")

    assert Service.objects.filter(code="FG").count() == 1
    assert "already" in page.content.decode()


def test_adding_can_be_taken_back_whole(cast, client):
    before = read_center(cast.center)
    add(client, cast, "ARCH", **{"volume-0-0": "120"})
    client.post(cast.url("undo_table", table="services"))

    after = read_center(cast.center)
    assert all(before.frames[name].equals(after.frames[name]) for name in before.frames)


def test_missing_drivers_are_asked_for(cast, client):
    form = client.get(cast.url("template_page", code="ARCH")).context["form"]
    assert [field for field in form.fields if field.startswith("volume")] == [
        "volume-0-0",
        "volume-0-1",
        "volume-0-2",
    ]

    add(client, cast, "ARCH", **{"volume-0-0": "120", "volume-0-1": "", "volume-0-2": "80"})

    volumes = DriverVolume.objects.filter(driver__code="applications").values_list(
        "participant__code", "volume"
    )
    assert dict(volumes) == {"A": 120, "C": 80}


def test_a_volume_that_is_none_is_refused_and_nothing_is_added(cast, client):
    page = add(client, cast, "ARCH", **{"volume-0-0": "veel"})

    assert page.status_code == 422
    assert "is not a number" in page.content.decode()
    assert not Service.objects.filter(code="ARCH").exists()


def test_a_less_obvious_template_asks_its_questions_first(cast, client):
    refused = add(client, cast, "IM")
    assert refused.status_code == 422
    assert not Service.objects.filter(code="IM").exists()

    number = len(ServiceTemplate.objects.get(code="IM").questions_en)
    add(client, cast, "IM", **{f"answer-{n}": f"Antwoord {n}" for n in range(number)})

    description = Service.objects.get(code="IM").description
    assert all(f"Antwoord {n}" in description for n in range(number))


@pytest.mark.parametrize(
    ("who", "reads", "adds"),
    [("stranger", 404, 404), ("reviewer", 200, 403), ("hr", 200, 403), ("controller", 200, 200)],
)
def test_each_role_gets_what_it_may(cast, client_of, who, reads, adds):
    client = client_of(getattr(cast, who))

    assert client.get(cast.url("catalogue")).status_code == reads
    assert client.get(cast.url("template_page", code="FG")).status_code == reads
    assert add(client, cast, "FG").status_code == adds


def test_an_unknown_template_is_not_there(cast, client):
    assert client.get(cast.url("template_page", code="NIETS")).status_code == 404


def test_queries_do_not_grow(cast, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        client.get(cast.url("catalogue"))
    with django_assert_max_num_queries(30):
        client.get(cast.url("template_page", code="ARCH"))
