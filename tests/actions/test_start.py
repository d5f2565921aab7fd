"""Starting a center: one transaction, its maker its director, totals that hold, plans that say what is estimated."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from portfolio.actions.reference import load_reference
from portfolio.actions.start import propose, start, start_center
from portfolio.engine.scaling import UNEXPLAINED
from portfolio.frames.read import read_center
from portfolio.frames.start import Body, Draft, Templates
from portfolio.frames.store import load_frame, load_headlines
from portfolio.models.catalogue import Service
from portfolio.models.center import Center, Membership, MembershipRole
from portfolio.models.scenarios import Scenario

pytestmark = pytest.mark.django_db
REFERENCE = Path(__file__).parents[2] / "fixtures" / "reference"


@pytest.fixture
def draft():
    load_reference(folder=REFERENCE)
    templates = Templates.read()
    current = tuple(code for code, row in templates.services.items() if row.phase == "current")
    bodies = (
        Body("ALF", "Alfa", 60_000, source="CBS"),
        Body("BET", "Beta", 25_000, source="CBS"),
        Body("SD", "Sociale dienst", None, 150, "told"),
    )
    return Draft(
        "Nieuw", bodies, 4_000_000, 27.4, "2027-01", 5, 15_000, 0.03, 0.02, current, ("CISO", "FG"), "2028-01"
    )


@pytest.fixture
def user():
    return get_user_model().objects.create_user("maker")


def test_it_makes_a_center_with_two_sealed_plans_that_hold_the_totals(draft, user):
    center = start(draft=draft, key="new-center", user=user)

    assert Membership.objects.get(center=center).role == MembershipRole.DIRECTOR
    stays, proposed = Scenario.objects.filter(center=center).order_by("code")
    assert (stays.code, proposed.code) == ("blijft", "voorstel")
    paid = load_frame(stays.current_plan, "contributions")
    assert paid.loc[paid["year"] == 2027, "eur"].sum() == 4_000_000
    assert load_headlines(stays.current_plan)["today_team_fte"] == 27.4
    sure = load_frame(proposed.current_plan, "sureness").iloc[0]
    assert sure["estimated_eur_cents"] == sure["eur_cents"] > 0
    assert len(load_frame(proposed.current_plan, "worth")) > 5
    first = paid[paid["year"] == 2027]  # keeping everything changes nobody's bill
    assert (first["eur"] - first["current_eur_cents"] / 100).abs().max() <= 1
    services = Service.objects.filter(center=center)
    assert not services.filter(template=None).exists()
    assert set(services.values_list("status", flat=True)) == {"estimated"}
    assert all(services.values_list("source", flat=True))


def test_sent_twice_it_is_one_center(draft, user):
    one = start(draft=draft, key="new-center", user=user)
    other = start(draft=draft, key="new-center", user=user)

    assert one == other
    assert Center.objects.count() == 1


def test_what_goes_wrong_leaves_nothing(draft, user, monkeypatch):
    def fail(**_kwargs):
        raise RuntimeError

    monkeypatch.setattr("portfolio.actions.start.link_templates", fail)
    with pytest.raises(RuntimeError):
        start(draft=draft, key="new-center", user=user)

    assert not Center.objects.exists()


def test_a_proposal_stores_nothing(draft):
    found = propose(draft)

    assert found.now.fte == 27.4
    assert not Center.objects.exists()


def test_what_is_not_explained_is_kept_in_both_scenarios(draft, user):
    center = start_center(draft=replace(draft, eur=9_000_000), key="new-center", user=user)

    decisions = read_center(center).frames["decisions"]
    kept = decisions[decisions["service"] == UNEXPLAINED]
    assert sorted(kept["scenario"]) == ["blijft", "voorstel"]
