"""Contributions: was, becomes, difference and why, closing both ways; unknown is never 0; a part year says so."""

import io

import openpyxl
import pandas as pd
import pytest


@pytest.fixture
def address(cast):
    return cast.url("contributions", scenario="regie")


def test_it_shows_every_participant_and_totals_that_close(cast, client_of, address):
    found = client_of(cast.director).get(address).context["found"]

    assert [payer.name for payer in found.payers] == ["Alfadam", "Betadorp", "Gammastad"]
    assert found.total.becomes == sum(payer.becomes for payer in found.payers)
    assert found.closes
    assert found.year == 2029


def test_the_steps_lead_from_today_to_the_plan(cast, client_of, address):
    found = client_of(cast.director).get(address).context["found"]

    for payer in found.payers:
        assert payer.was + sum(payer.steps.values()) == payer.becomes
        assert payer.was + sum(amount for _label, _meaning, amount in payer.reasons) == payer.becomes


def test_the_message_says_who_pays_most_less_and_counts_own_effort(cast, client_of, address):
    message = client_of(cast.director).get(address).context["message"]

    assert message["kind"] == "ok"
    assert message["head"].startswith("In 2029 the participants pay €1.17m together, €626,864 less")
    assert "The largest fall is for Alfadam" in message["rest"]
    assert "With what participants spend themselves (−€64,660)" in message["rest"]


def test_a_year_can_be_chosen_and_nonsense_is_the_default(cast, client_of, address):
    client = client_of(cast.director)

    assert client.get(address, {"year": "2027"}).context["found"].year == 2027
    assert client.get(address, {"year": "1900"}).context["found"].year == 2029
    assert client.get(address, {"year": "x"}).context["found"].year == 2029


def test_the_chart_follows_the_chosen_participant(cast, client_of, address):
    client = client_of(cast.director)

    assert "all participants" in client.get(address).context["chart"].caption
    assert "Betadorp" in client.get(address, {"who": "B"}).context["chart"].caption


def test_an_unknown_contribution_is_unknown_everywhere(make_cast, small_inputs, client_of):
    people = pd.DataFrame(
        {
            "code": ["A", "B", "C"],
            "name": ["Alfa", "Beta", "Gamma"],
            "current_contribution": [900_000.0, None, 400_000.0],
        }
    )
    cast = make_cast(small_inputs(participants=people))
    client, address = client_of(cast.director), cast.url("contributions", scenario="regie")

    answer = client.get(address)
    found, beta = answer.context["found"], answer.context["found"].payers[1]

    assert (beta.was, beta.difference, beta.together_difference, beta.reasons) == (None, None, None, [])
    assert found.total.was is None
    assert "Beta" in answer.context["message"]["rest"]
    assert "2 of 3 participants" in answer.context["chart"].caption
    assert client.get(address, {"who": "B"}).context["chart"] is None
    assert "unknown" in answer.content.decode()


def test_a_part_year_says_how_many_months_it_counts(make_cast, small_inputs, client_of):
    cast = make_cast(small_inputs(settings={"start": "2027-07"}))

    answer = client_of(cast.director).get(cast.url("contributions", scenario="regie"), {"year": "2027"})

    found = answer.context["found"]
    assert found.months == 6
    assert (found.payers[0].was, found.payers[0].own_was) == (450_000, 44_000)
    assert "2027 counts 6 months" in answer.content.decode()


def test_per_inhabitant_leaves_out_who_has_none(make_cast, small_inputs, client_of):
    volumes = small_inputs().frames["base_volumes"]
    without = volumes[~((volumes["participant"] == "C") & (volumes["driver"] == "inhabitants"))]
    cast = make_cast(small_inputs(base_volumes=without))

    answer = client_of(cast.director).get(cast.url("contributions", scenario="regie"))

    assert answer.context["found"].payers[2].becomes_each is None
    assert answer.context["mean"].inhabitants == 60_000
    assert answer.context["mean"].was_each == 1_400_000 / 60_000


def test_cost_by_part_adds_up_to_what_is_paid(cast, client_of, address):
    answer = client_of(cast.director).get(address)

    cost, found = answer.context["cost"], answer.context["found"]
    assert cost.totals[cost.years.index(2029)] == pytest.approx(found.total.becomes, abs=1)


def test_what_is_on_screen_goes_to_excel(cast, client_of):
    answer = client_of(cast.hr).get(cast.url("contributions_file", scenario="regie", kind="xlsx"))

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book.worksheets[0].values)
    assert [row[1] for row in rows[1:]] == ["Alfadam", "Betadorp", "Gammastad", "Total"]
    assert rows[1][2] == 900_000
    assert rows[4][3] == sum(row[3] for row in rows[1:4])
    assert answer["Content-Disposition"] == 'attachment; filename="contributions-regie-2029.xlsx"'


def test_what_is_on_screen_goes_to_csv_and_runs_no_formula(make_cast, small_inputs, client_of):
    people = small_inputs().frames["participants"].assign(name=["=1+1", "Beta", "Gamma"])
    cast = make_cast(small_inputs(participants=people))

    answer = client_of(cast.director).get(
        cast.url("contributions_file", scenario="regie", kind="csv"), {"year": "2028"}
    )

    lines = answer.content.decode().splitlines()
    assert lines[0].startswith("Participant,Name,Was,Becomes")
    assert lines[1].startswith("A,'=1+1,900000,")
    assert len(lines) == 5


def test_another_kind_of_file_is_not_found(cast, client_of):
    assert (
        client_of(cast.director).get(cast.url("contributions_file", scenario="regie", kind="pdf")).status_code
        == 404
    )


def test_without_a_plan_it_says_what_to_do(make_cast, client_of):
    cast = make_cast(compute=False)
    client = client_of(cast.controller)

    assert "Not computed yet" in client.get(cast.url("contributions", scenario="regie")).content.decode()
    assert client.get(cast.url("contributions_file", scenario="regie", kind="csv")).status_code == 404


def test_a_reviewer_may_not_and_a_stranger_finds_nothing(cast, client_of, address):
    file = cast.url("contributions_file", scenario="regie", kind="csv")
    for each in (address, file):
        assert client_of(cast.reviewer).get(each).status_code == 403
        assert client_of(cast.stranger).get(each).status_code == 404


def test_a_page_that_changes_nothing_refuses_a_post(cast, client_of, address):
    assert client_of(cast.director).post(address).status_code == 405


def test_queries_do_not_grow_with_rows(demo_cast, demo_twice, client_of, django_assert_max_num_queries):
    counts = []
    for cast in (demo_cast, demo_twice):
        client = client_of(cast.director)
        with django_assert_max_num_queries(30) as found:
            assert client.get(cast.url("contributions", scenario="regie")).context["found"].closes
        counts.append(len(found))
    assert counts[0] == counts[1]
