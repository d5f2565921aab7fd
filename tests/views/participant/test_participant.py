"""What changes for us: everything of the own participant in plain words, and nothing of the others."""

import pandas as pd
import pytest

from portfolio.actions.participants import confirm_participant
from portfolio.models.center import Participant


@pytest.fixture
def address(cast):
    return cast.url("participant", scenario="regie", participant="A")


def states(answer):
    return {group.state: [line.name for line in group.lines] for group in answer.context["groups"]}


def test_services_stand_by_what_happens_to_them(cast, client_of, address):
    answer = client_of(cast.reviewer).get(address)

    assert states(answer) == {
        "pooled": ["CISO-pool"], "market": ["Werkplekbeheer"], "open": ["BI-team"], "kept": ["Servicedesk"],
    }  # fmt: skip


def test_euros_per_service_add_up_to_the_contribution(cast, client_of, address):
    answer = client_of(cast.reviewer).get(address)

    lines = [line for group in answer.context["groups"] for line in group.lines]
    assert sum(line.eur for line in lines) == answer.context["payer"].becomes == answer.context["total"].eur


def test_own_staff_counts_before_and_after(cast, client_of, address):
    answer = client_of(cast.reviewer).get(address)

    line = answer.context["groups"][0].lines[0]
    assert (line.now, line.now_own, line.then_own) == (0, 0.8, 0.2)
    assert "0.80 own" in answer.content.decode()


def test_the_sentence_says_contribution_own_costs_together_and_fte(cast, client_of, address):
    message = client_of(cast.reviewer).get(address).context["message"]

    assert message["kind"] == "ok"
    assert message["head"].startswith("Your contribution falls from €900,000 to €")
    assert "Your own costs fall from €88,000 to €23,340." in message["rest"]
    assert "Together you pay €" in message["rest"]
    assert "less." in message["rest"]
    assert "works for you, your own staff included; today that is" in message["rest"]


def test_a_reviewer_sees_nothing_of_the_others(cast, client_of, address):
    text = client_of(cast.reviewer).get(address).content.decode()

    assert "Alfadam" in text
    for word in ("Betadorp", "Gammastad", "500,000", "400,000"):
        assert word not in text


def test_a_reviewer_may_see_no_other_whether_it_exists_or_not(cast, client_of):
    client = client_of(cast.reviewer)

    for code in ("B", "no-such"):
        assert client.get(cast.url("participant", scenario="regie", participant=code)).status_code == 403


def test_the_director_picks_a_participant(cast, client_of):
    client = client_of(cast.director)

    assert client.get(cast.url("for_us", scenario="regie")).url.endswith("/A/")
    assert client.get(cast.url("for_us", scenario="regie"), {"participant": "B"}).url.endswith("/B/")
    assert client.get(cast.url("for_us", scenario="regie"), {"participant": "x"}).url.endswith("/A/")
    answer = client.get(cast.url("participant", scenario="regie", participant="B"))
    assert [name for _code, name in answer.context["others"]] == ["Alfadam", "Betadorp", "Gammastad"]
    assert client.get(cast.url("participant", scenario="regie", participant="x")).status_code == 404


def test_a_reviewer_is_led_to_the_own_page_whatever_is_asked(cast, client_of):
    answer = client_of(cast.reviewer).get(cast.url("for_us", scenario="regie"), {"participant": "B"})

    assert answer.url.endswith("/A/")


def test_it_names_the_plan_it_stands_on_and_says_when_it_is_behind(cast, client_of, address):
    assert "plan 1, sealed on" in client_of(cast.reviewer).get(address).content.decode()

    Participant.objects.filter(code="B").update(current_contribution=1)

    assert "the next plan may differ" in client_of(cast.reviewer).get(address).content.decode()


def test_it_says_who_confirmed_the_figures_until_they_change(cast, client_of, address):
    confirm_participant(participant=cast.participant("A"), user=cast.reviewer)
    assert "Confirmed by reviewer" in client_of(cast.director).get(address).content.decode()

    Participant.objects.filter(code="A").update(current_contribution=1)

    assert "Nobody has confirmed them" in client_of(cast.director).get(address).content.decode()


def test_unknown_today_is_said_and_not_explained(make_cast, small_inputs, client_of):
    people = pd.DataFrame({"code": ["A", "B"], "name": ["Alfa", "Beta"], "current_contribution": [None, 1.0]})
    volumes = small_inputs().frames["base_volumes"]
    cast = make_cast(small_inputs(participants=people, base_volumes=volumes[volumes["participant"] != "C"]))

    answer = client_of(cast.reviewer).get(cast.url("participant", scenario="regie", participant="A"))

    assert "what you pay today is not known" in answer.context["message"]["head"]
    assert answer.context["payer"].reasons == []
    assert "Together" not in answer.context["message"]["rest"]


def test_a_participant_that_came_after_the_plan_has_no_figures_yet(cast, client_of):
    Participant.objects.create(center=cast.center, code="D", name="Deltaburg")

    answer = client_of(cast.director).get(cast.url("participant", scenario="regie", participant="D"))

    assert "There are no figures yet" in answer.content.decode()


def test_without_a_plan_it_says_so(make_cast, client_of):
    cast = make_cast(compute=False)

    answer = client_of(cast.reviewer).get(cast.url("participant", scenario="regie", participant="A"))

    assert "There are no figures yet" in answer.content.decode()


def test_what_ends_comes_back_or_is_not_taken_is_lost(make_cast, small_inputs, client_of):
    decisions = pd.DataFrame(
        [
            ("regie", "HELP", "return", "2028-01"),
            ("regie", "WERK", "stop", "2028-01"),
            ("regie", "CISO", "start", ""),
        ],
        columns=["scenario", "service", "decision", "from"],
    )
    uptake = pd.DataFrame(
        {"scenario": ["regie"], "service": ["CISO"], "participant": ["A"], "takes": [False]}
    )
    cast = make_cast(small_inputs(decisions=decisions, uptake=uptake))

    answer = client_of(cast.reviewer).get(cast.url("participant", scenario="regie", participant="A"))

    assert states(answer) == {
        "returned": ["Servicedesk"], "lost": ["Werkplekbeheer"], "open": ["BI-team"], "own": ["CISO-pool"],
    }  # fmt: skip
    other = client_of(cast.director).get(cast.url("participant", scenario="regie", participant="B"))
    assert states(other)["gained"] == ["CISO-pool"]


def test_a_long_list_is_folded_so_that_it_fits_on_one_sheet(demo_cast, client_of):
    answer = client_of(demo_cast.director).get(
        demo_cast.url("participant", scenario="regie", participant="OEV")
    )

    groups = answer.context["groups"]
    assert len(groups) + sum(len(group.lines) for group in groups) <= 44
    assert sum(line.eur for group in groups for line in group.lines) == pytest.approx(
        answer.context["payer"].becomes
    )


def test_a_stranger_finds_nothing(cast, client_of, address):
    assert client_of(cast.stranger).get(address).status_code == 404
    assert client_of(cast.stranger).get(cast.url("for_us", scenario="regie")).status_code == 404


def test_queries_do_not_grow_with_rows(demo_cast, demo_twice, client_of, django_assert_max_num_queries):
    counts = []
    for cast in (demo_cast, demo_twice):
        for user, code in ((cast.director, "OEV"), (cast.reviewer, "DUI")):
            client = client_of(user)
            with django_assert_max_num_queries(30) as found:
                assert client.get(cast.url("participant", scenario="regie", participant=code)).context[
                    "payer"
                ]
            counts.append(len(found))
    assert counts[:2] == counts[2:]
