"""Staged entry: four stages with their progress, saved whole and computed, by whom it is up to, never over others."""

import pandas as pd
import pytest

from portfolio.models.catalogue import OwnEffort, Service
from portfolio.models.center import DriverVolume
from portfolio.models.contracts import Contract
from portfolio.models.plans import Plan

pytestmark = pytest.mark.django_db
STAGES = ("entry_budget", "entry_holdings", "entry_effort", "entry_volumes")
PAGES = ("entry", *STAGES)


def version(page):
    return page.context["version"]


def post(client, cast, name, **cells):
    page = client.get(cast.url(name))
    return client.post(cast.url(name), {"version": version(page), **cells})


@pytest.fixture
def cast(make_cast, small_inputs):
    inputs = small_inputs()
    for name in ("services", "sizing", "base_volumes"):
        inputs.frames[name]["status"] = "estimated"
    return make_cast(inputs)


@pytest.mark.parametrize("name", PAGES)
def test_whoever_may_see_the_planning_may_look(cast, client_of, name):
    for user in (cast.director, cast.controller, cast.hr):
        assert client_of(user).get(cast.url(name)).status_code == 200
    assert client_of(cast.reviewer).get(cast.url(name)).status_code == 403
    assert client_of(cast.stranger).get(cast.url(name)).status_code == 404


@pytest.mark.parametrize("name", STAGES)
def test_who_may_not_save_is_refused(cast, client_of, name):
    assert client_of(cast.hr).post(cast.url(name), {}).status_code == 403
    assert client_of(cast.stranger).post(cast.url(name), {}).status_code == 404
    assert client_of(cast.reviewer).post(cast.url(name), {}).status_code == 403
    assert b"data-grid-save" not in client_of(cast.hr).get(cast.url(name)).content


def test_contracts_are_the_controllers(cast, client_of):
    assert client_of(cast.director).post(cast.url("entry_holdings"), {}).status_code == 403


@pytest.mark.parametrize("name", ["preview_entry_budget", "undo_entry"])
def test_what_changes_or_looks_ahead_is_posted(cast, client_of, name):
    assert client_of(cast.director).get(cast.url(name)).status_code == 405


def test_the_stages_say_how_far_they_are(cast, client_of):
    page = client_of(cast.director).get(cast.url("entry"))

    stages = {stage.name: (stage.known, stage.total) for stage in page.context["stages"]}
    assert stages == {"budget": (0, 2), "holdings": (0, 0), "effort": (1, 6), "volumes": (0, 6)}
    assert page.context["next_stage"].name == "budget"
    assert page.context["sure"].now.endswith("%")
    assert len(page.context["worth"]) == 5
    assert all(one.url for one in page.context["worth"])


def test_percentages_are_saved_and_computed_and_make_the_plan_surer(cast, client_of):
    client = client_of(cast.controller)
    answer = post(
        client, cast, "entry_budget", **{"team,HELP": "40", "cost,HELP": "50", "source": "Begroting"}
    )

    assert answer.status_code == 302
    row = Service.objects.get(code="HELP")
    assert (row.status, row.source) == ("entered", "Begroting")
    assert Plan.objects.done().count() == 2
    page = client.get(cast.url("entry_budget"))
    assert page.context["sure"].before
    assert page.context["sure"].before != page.context["sure"].now
    grid = page.context["grid"]
    assert grid.services_eur + grid.unexplained == pytest.approx(1_800_000)


def test_the_preview_stores_nothing(cast, client_of):
    answer = client_of(cast.director).post(cast.url("preview_entry_budget"), {"cost,HELP": "50"}).json()

    assert answer["cells"]["eur,HELP"] == "900,000"
    assert "unexplained-eur" in answer["texts"]
    assert Service.objects.get(code="HELP").status == "estimated"


def test_the_formation_to_spread_is_remembered(cast, client_of):
    client = client_of(cast.director)
    client.get(cast.url("entry_budget"), {"fte": "20"})
    post(client, cast, "entry_budget", **{"team,HELP": "50"})

    page = client.get(cast.url("entry_budget"))
    assert page.context["grid"].fte == 20
    assert Service.objects.get(code="HELP").min_fte == 2


@pytest.mark.parametrize(
    ("name", "cell", "text"),
    [
        ("entry_budget", "cost,HELP", "veel"), ("entry_budget", "team,HELP", "140"), ("entry_budget", "team,HELP", ""),
        ("entry_effort", "fte,A,CISO", "-1"), ("entry_volumes", "volume,A,workplaces", "x"),
        ("entry_effort", "remains", "120"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_given_back_with_its_reason(cast, client_of, name, cell, text):
    answer = post(
        client_of(cast.director), cast, name, **{cell: text, "fte,B,CISO" if "effort" in name else "": "1"}
    )

    assert answer.status_code == 422
    assert answer.context["wrong"][cell]
    assert Plan.objects.done().count() == 1


def test_requested_fte_above_the_team_is_told(make_cast, small_inputs, client_of):
    uptake = pd.DataFrame([("", "HELP", "A", 5.0)], columns=["scenario", "service", "participant", "fte"])
    cast = make_cast(small_inputs(uptake=uptake))
    client = client_of(cast.director)
    answer = post(client, cast, "entry_budget", **{"team,HELP": "10"})

    assert answer.status_code == 422
    assert "Servicedesk" in answer.context["refused"]
    assert (
        "Servicedesk" in client.post(cast.url("preview_entry_budget"), {"team,HELP": "10"}).json()["message"]
    )


def test_contracts_come_in_above_a_threshold(cast, client_of):
    client = client_of(cast.controller)
    cells = {"supplier": "Waalnet", "service": "WERK", "annual_cost": "60000", "ends": "2029-01"}
    answer = post(
        client, cast, "entry_holdings", instead="yes", **{f"contracts:*1:{k}": v for k, v in cells.items()}
    )

    assert answer.status_code == 302
    assert Contract.objects.get().code == "C01"
    assert Service.objects.get(code="WERK").fixed_cost == 40_000
    rows = [
        len(client.get(cast.url("entry_holdings"), {"drempel": at}).context["tables"][0].rows)
        for at in ("50000", "70000")
    ]
    assert rows == [5, 4]
    assert post(client, cast, "entry_holdings", **{"contracts:C01:annual_cost": "80000"}).status_code == 302
    assert Contract.objects.get().annual_cost == 80_000


@pytest.mark.parametrize(
    "cells", [{"supplier": "Waalnet"}, {"supplier": "Waalnet", "service": "WERK", "annual_cost": "veel"}]
)
def test_half_a_contract_is_refused_and_kept_on_the_page(cast, client_of, cells):
    answer = post(
        client_of(cast.controller),
        cast,
        "entry_holdings",
        **{f"contracts:*1:{k}": v for k, v in cells.items()},
    )

    assert answer.status_code == 422
    assert b"Waalnet" in answer.content
    assert not Contract.objects.exists()


def test_own_effort_in_fte_and_in_euros(cast, client_of):
    client = client_of(cast.director)
    assert post(client, cast, "entry_effort", **{"fte,B,CISO": "0.4", "remains": "25"}).status_code == 302
    url = cast.url("entry_effort") + "?eenheid=eur"
    page = client.get(url)
    assert client.post(url, {"version": version(page), "annual_cost,B,CISO": "41000"}).status_code == 302

    row = OwnEffort.objects.get(participant__code="B")
    assert (float(row.fte), row.annual_cost, float(row.remains)) == (0.4, 41_000, 0.25)


def test_volumes_are_entered_and_estimates_accepted(cast, client_of):
    assert post(client_of(cast.director), cast, "entry_volumes",
                **{"volume,A,workplaces": "410", "right,B": "yes"}).status_code == 302  # fmt: skip

    statuses = dict(
        DriverVolume.objects.filter(driver__code="workplaces").values_list("participant__code", "status")
    )
    assert statuses == {"A": "entered", "B": "entered", "C": "estimated"}


def test_the_last_save_is_undone(cast, client_of):
    client = client_of(cast.director)
    post(client, cast, "entry_volumes", **{"volume,A,workplaces": "410"})
    assert client.get(cast.url("entry_volumes")).context["undo"]
    client.post(cast.url("undo_entry"))

    assert DriverVolume.objects.get(participant__code="A", driver__code="workplaces").volume == 400
    assert not client.get(cast.url("entry_volumes")).context["undo"]
    assert client.post(cast.url("undo_entry")).status_code == 302  # nothing left: told, not broken


def test_the_same_form_twice_is_told_not_done(cast, client_of):
    client = client_of(cast.director)
    cells = {"version": version(client.get(cast.url("entry_volumes"))), "volume,A,workplaces": "410"}
    assert client.post(cast.url("entry_volumes"), cells).status_code == 302

    answer = client.post(cast.url("entry_volumes"), cells)
    assert answer.status_code == 422
    assert answer.context["refused"]


def test_nothing_typed_changes_nothing(cast, client_of):
    for name in ("entry_budget", "entry_effort", "entry_volumes"):
        assert post(client_of(cast.director), cast, name).status_code == 302
    assert Plan.objects.done().count() == 1


def test_pages_work_before_a_plan_is_computed(make_cast, client_of):
    cast = make_cast(compute=False)
    for name in PAGES:
        assert client_of(cast.director).get(cast.url(name)).status_code == 200


def test_queries_do_not_grow_with_rows(demo_cast, client_of, django_assert_max_num_queries):
    client = client_of(demo_cast.controller)
    for name in PAGES:
        with django_assert_max_num_queries(30):
            client.get(demo_cast.url(name))
