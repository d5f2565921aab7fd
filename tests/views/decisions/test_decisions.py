"""Decisions: saved at once with what they do, never over somebody else's, undone, and for readers to read."""

from dataclasses import asdict

import pandas as pd
import pytest

from portfolio.actions.scenarios import decide
from portfolio.frames.decisions import Verdict, with_verdict
from portfolio.frames.read import read_center
from portfolio.models.catalogue import Service
from portfolio.models.scenarios import Decision, Scenario

HTMX = {"HX-Request": "true"}


@pytest.fixture
def address(cast):
    return cast.url("decisions", scenario="regie")


@pytest.fixture
def post(cast, client_of):
    """Decides as the page does: ``post("WERK", decision="stop")``; what is not named stays as it stands."""
    client = client_of(cast.director)

    def send(service: str, *, seen: str | None = None, htmx: bool = True, **changed: str):
        now = verdict(service)
        fields = {name: getattr(now, name) for name in Verdict.__dataclass_fields__} | changed
        return client.post(
            cast.url("decide", scenario="regie"),
            {"service": service, "seen": now.token if seen is None else seen, **fields},
            headers=HTMX if htmx else {},
        )

    return send


def verdict(service: str) -> Verdict:
    return Verdict.of(Decision.objects.filter(scenario__code="regie", service__code=service).first())


def test_it_shows_every_service_with_what_fits_its_phase(cast, client_of, address):
    groups = client_of(cast.director).get(address).context["groups"]

    assert [(group.key, [row.code for row in group.rows]) for group in groups] == [
        ("Werkplek", ["HELP", "WERK"]),
        ("new", ["BI", "CISO"]),
    ]
    rows = {row.code: row for group in groups for row in group.rows}
    assert [value for value, _label in rows["BI"].options] == ["undecided", "start"]
    assert "start" not in [value for value, _label in rows["HELP"].options]
    assert len(rows["HELP"].options) == 6


def test_progress_counts_all_services_whatever_the_filter(cast, client_of, address):
    context = client_of(cast.director).get(address, {"open": "1"}).context

    assert [row.code for group in context["groups"] for row in group.rows] == ["BI"]
    assert (context["decided"], context["services"]) == (3, 4)
    assert client_of(cast.director).get(address, {"group": "Werkplek"}).context["decided"] == 3


def test_a_decision_is_saved_at_once_and_shows_what_it_does(cast, post):
    response = post("HELP", decision="stop", from_month="2028-07")

    page = response.content.decode()
    assert verdict("HELP") == Verdict(decision="stop", from_month="2028-07")
    for part in ("outcome-HELP", "totals", "progress", "findings", "undo", "seal"):
        assert f'id="{part}"' in page
    assert page.count('hx-swap-oob="true"') == 5
    assert "behind the inputs" in page
    assert "this act" in page
    assert "Ends for everyone." in page


def test_the_effect_of_the_act_is_the_difference_of_two_looks_ahead(cast, post):
    first = post("HELP", decision="stop").context
    second = post("HELP", decision="keep").context

    # Back where it was: what the second act did is the opposite of what the first one did.
    gone, back = (context["totals"][2].act for context in (first, second))
    assert gone.replace("−", "+") == back
    assert second["outlook"].headlines["team_fte"] == pytest.approx(
        first["outlook"].headlines["team_fte"] + float(back.split("+")[1].split("\xa0")[0])
    )


def test_deciding_the_same_again_changes_nothing(cast, post):
    before = Decision.objects.get(service__code="WERK")
    response = post("WERK")

    assert response.status_code == 200
    assert "this act" not in response.content.decode()
    assert Decision.objects.get(service__code="WERK") == before


def test_undecided_without_any_word_needs_no_row(cast, post):
    post("HELP", decision="undecided")

    assert not Decision.objects.filter(service__code="HELP").exists()


def test_an_owner_can_look_after_what_is_not_decided(cast, post):
    post("HELP", decision="undecided", owner="Directeur")

    assert verdict("HELP") == Verdict(owner="Directeur")


def test_a_stale_decision_is_told_and_overwrites_nothing(cast, post):
    seen = verdict("HELP").token
    post("HELP", decision="stop")

    response = post("HELP", decision="return", seen=seen)

    assert verdict("HELP").decision == "stop"
    assert "Somebody else decided here meanwhile" in response.content.decode()
    assert response.headers["HX-Retarget"] == "#HELP"


def test_without_scripts_a_stale_decision_is_told_too(cast, post):
    response = post("HELP", decision="return", seen="old", htmx=False)

    assert response.status_code == 409
    assert "Somebody else decided here meanwhile" in response.content.decode()
    assert verdict("HELP").decision == "keep"


def test_without_scripts_a_decision_is_a_plain_post(cast, post, address):
    response = post("HELP", decision="stop", htmx=False)

    assert response.url == f"{address}#HELP"
    assert verdict("HELP").decision == "stop"


def test_what_does_not_fit_is_refused_in_words(cast, post):
    for service, wrong in [
        ("BI", {"decision": "stop"}),
        ("HELP", {"decision": "start"}),
        ("HELP", {"from_month": "someday"}),
        ("WERK", {"until_month": "2027-01"}),
        ("HELP", {"cost_key": "nonsense"}),
    ]:
        before = verdict(service)
        assert "Not saved." in post(service, **wrong).content.decode()
        assert verdict(service) == before
    assert post(service, **wrong, htmx=False).status_code == 422


def test_a_month_may_be_written_as_people_do(cast, post):
    post("HELP", decision="stop", from_month="jul 2028")

    assert verdict("HELP").from_month == "2028-07"


def test_without_an_offer_it_warns_at_once(cast, post):
    page = post("HELP", decision="outsource").content.decode()

    assert "There is no offer for this" in page
    assert "effect-warning" in page


def test_an_offer_is_said_in_words(cast, client_of, address):
    page = client_of(cast.director).get(address).content.decode()

    assert "30% of its FTE stays." in page
    assert "The offer: werkplekken €300 each, €10,000 a year." in page


def test_what_is_handed_back_says_to_whom(cast, post):
    page = post("HELP", decision="return").content.decode()

    assert (
        "5.00\xa0FTE of work returns to the participants: Alfadam 2.67; Betadorp 1.33; Gammastad 1.00" in page
    )


def test_the_last_act_can_be_undone_once(cast, post, client_of):
    client = client_of(cast.director)
    token = verdict("HELP").token
    client.post(
        cast.url("decide", scenario="regie"),
        {"service": "HELP", "seen": token, "decision": "stop"},
        headers=HTMX,
    )
    undo = cast.url("undo", scenario="regie")
    client.post(undo)
    assert verdict("HELP").decision == "keep"

    post("HELP", decision="return")
    client.post(undo)
    assert verdict("HELP").decision == "return"


def test_undo_takes_nothing_from_somebody_else(cast, post, client_of):
    client = client_of(cast.director)
    token = verdict("HELP").token
    client.post(
        cast.url("decide", scenario="regie"),
        {"service": "HELP", "seen": token, "decision": "stop"},
        headers=HTMX,
    )
    service = Service.objects.get(code="HELP")
    decide(scenario=cast.scenario, service=service, verdict=Verdict("return"), seen=verdict("HELP").token)

    page = client.post(cast.url("undo", scenario="regie"), follow=True).content.decode()

    assert "not undone" in page
    assert verdict("HELP").decision == "return"


def test_the_look_ahead_is_of_what_was_saved(cast, post):
    before = read_center(cast.center)
    for service, after in [
        ("HELP", Verdict("stop", "2028-07")),
        ("WERK", Verdict()),
        ("BI", Verdict("start")),
    ]:
        post(service, **asdict(after))
        before = with_verdict(before, "regie", service, after)

        assert before.plan_inputs("regie").digest == read_center(cast.center).plan_inputs("regie").digest


def test_history_knows_who_decided(cast, post):
    from auditlog.models import LogEntry

    post("HELP", decision="stop")

    entry = LogEntry.objects.filter(content_type__model="decision").latest("pk")
    assert entry.actor == cast.director
    assert entry.changes["decision"] == ["keep", "stop"]
    assert entry.additional_data == {"center": cast.center.pk}


def test_who_only_reads_sees_words_and_no_forms_to_change(cast, client_of, address):
    for who in (cast.controller, cast.hr):
        page = client_of(who).get(address).content.decode()

        assert '<select class="form-select verdict' not in page
        assert "Outsource the infrastructure" in page
        sent = {"service": "HELP"}
        assert client_of(who).post(cast.url("decide", scenario="regie"), sent).status_code == 403


def test_it_refuses_a_stranger_and_a_reviewer(cast, client_of):
    for name in ("decisions", "take_over", "uptake", "decide", "undo", "save_uptake"):
        where = cast.url(name, scenario="regie")
        for method in ("get", "post"):
            assert getattr(client_of(cast.stranger), method)(where).status_code == 404
            assert getattr(client_of(cast.reviewer), method)(where).status_code == 403


def test_a_get_changes_nothing(cast, client_of):
    for name in ("decide", "undo", "save_uptake"):
        assert client_of(cast.director).get(cast.url(name, scenario="regie")).status_code == 405


def test_a_service_of_another_center_cannot_be_decided(cast, make_cast, post):
    other = make_cast()
    Service.objects.filter(center=other.center, code="HELP").update(code="ELDERS")

    assert post("ELDERS", decision="stop").status_code == 404


def test_a_center_that_cannot_be_computed_says_why_and_still_lets_decide(cast, post, client_of, address):
    Service.objects.filter(code="WERK").update(cost_key="nonsense")

    response = client_of(cast.director).get(address)
    assert "cannot be computed" in response.content.decode()
    assert post("HELP", decision="stop").status_code == 200


def test_queries_stay_within_thirty_at_the_size_of_the_demo(
    demo_cast, client_of, django_assert_max_num_queries
):
    client = client_of(demo_cast.director)
    where = demo_cast.url("decisions", scenario="regie")
    client.get(where)

    with django_assert_max_num_queries(30):
        client.get(where)
    Decision.objects.filter(scenario__code="regie").delete()
    with django_assert_max_num_queries(30):
        client.get(where)


# --- Take over ---


@pytest.fixture
def other(cast):
    made = Scenario.objects.create(center=cast.center, code="anders", name="Anders")
    Decision.objects.create(
        scenario=made,
        service=Service.objects.get(code="HELP"),
        decision="stop",
        from_month="2029-01",
        reason="Waarom",
    )
    return made


def test_take_over_lists_where_two_scenarios_differ(cast, client_of, other):
    differing = client_of(cast.director).get(cast.url("take_over", scenario="regie")).context["differing"]

    assert [(one.code, one.mine, one.other) for one in differing] == [
        ("CISO", "Start, from jan 2028", "Not yet decided"),
        ("HELP", "Keep", "Stop, from jan 2029"),
        ("WERK", "Outsource the infrastructure, from jan 2028", "Not yet decided"),
    ]


def test_one_decision_is_taken_over_and_can_be_undone(cast, client_of, other):
    client = client_of(cast.director)
    where = cast.url("take_over", scenario="regie")
    sent = {"service": "HELP", "source": "anders", "seen": verdict("HELP").token}
    mine = Decision.objects.filter(scenario=cast.scenario, service__code="HELP")

    client.post(where, sent)
    assert Verdict.of(mine.get()) == Verdict("stop", "2029-01", reason="Waarom")
    client.post(where, sent)  # stale by now: told, not done again
    client.post(cast.url("undo", scenario="regie"))
    assert Verdict.of(mine.get()) == Verdict("keep")


def test_nothing_is_taken_over_from_elsewhere(cast, client_of):
    sent = {"service": "HELP", "source": "regie", "seen": verdict("HELP").token}

    assert client_of(cast.director).post(cast.url("take_over", scenario="regie"), sent).status_code == 404


def test_decisions_without_a_plan_look_ahead(make_cast, client_of, small_inputs):
    cast = make_cast(
        small_inputs(drivers=pd.DataFrame({"driver": ["inhabitants", "workplaces"]})), compute=False
    )

    context = client_of(cast.director).get(cast.url("decisions", scenario="regie")).context

    assert context["outlook"].is_known
    assert not context["outlook"].is_sealed
