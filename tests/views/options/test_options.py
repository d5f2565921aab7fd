"""Outside options: entered by whom they belong to, compared on one page; what is not known is said, never guessed."""

import pandas as pd
import pytest

from portfolio.engine.terms import Criterion
from portfolio.frames.read import read_center
from portfolio.models.catalogue import Alternative, AlternativeScore
from portfolio.models.options import AlternativeWeight
from portfolio.models.plans import Plan
from tests.views.words import words_of

pytestmark = pytest.mark.django_db
SEVEN = [criterion.value for criterion in Criterion]


def judged(participant, option, *scores):
    return [(participant, option, name, score) for name, score in zip(SEVEN, scores, strict=True) if score]


@pytest.fixture
def cast(make_cast, small_inputs):
    """A has two options judged in full and one in part, B one without anything but a cost; C none."""
    return make_cast(small_inputs(
        alternatives=pd.DataFrame(
            [("A", "managed", 700_000.0, "estimated"), ("A", "host", None, "entered"),
             ("A", "own", 5_000_000.0, "entered"), ("B", "shared", 450_000.0, "entered")],
            columns=["participant", "option", "annual_cost", "status"],
        ),
        scores=pd.DataFrame(
            judged("A", "managed", 3, 4, 4, 4, 3, 3, 3) + judged("A", "host", 2, 2, 4, 3, 2, 5, 1)
            + judged("A", "own", 5, 0, 2, 2, 4, 1, 5),
            columns=["participant", "option", "criterion", "score"],
        ),
        weights=pd.DataFrame(
            [("A", name, weight) for name, weight in zip(SEVEN, (1, 1, 2, 2, 1, 3, 1), strict=True)],
            columns=["participant", "criterion", "weight"],
        ),
    ))  # fmt: skip


def page(client, cast, code="A", **query):
    return client.get(cast.url("participant_options", scenario="regie", participant=code), query)


def save(client, cast, code="A", **cells):
    address = cast.url("edit_options", scenario="regie", participant=code)
    version = client.get(address).context["version"]
    return client.post(
        address, {"version": version, **{name.replace("__", ":"): v for name, v in cells.items()}}
    )


# --- The comparison ---


def test_options_stand_side_by_side_with_total_place_and_what_is_missing(cast, client_of):
    answer = page(client_of(cast.director), cast)

    found = {choice.code: choice for choice in answer.context["found"].choices}
    assert found["managed"].total == pytest.approx((3 + 4 + 8 + 8 + 3 + 9 + 3) / 11)
    assert (found["managed"].rank, found["host"].rank, found["own"].rank) == (1, 2, None)
    assert found["own"].missing == ["Scalability"]
    assert "is not ranked: it has no score yet for scalability" in answer.content.decode()
    assert sum(choice.share for choice in answer.context["found"].by_share) == pytest.approx(1)


def test_it_says_how_far_each_weight_can_move(cast, client_of):
    lines = {line.code: line for line in page(client_of(cast.director), cast).context["found"].lines}

    # managed leads host by 38 - 36 = 2; per point of weight on cost host gains 2.
    assert lines["cost"].turns == ["above 4.00: Host municipality"]
    assert lines["influence"].turns == ["at no weight"]


def test_cost_is_that_of_the_year_beside_what_staying_costs(cast, client_of):
    answer = page(client_of(cast.director), cast, year="2028")

    stays, found = answer.context["stays"], answer.context["found"].choices
    assert stays.recurring == stays.contribution - stays.one_off > 0
    managed = next(choice for choice in found if choice.code == "managed")
    assert managed.cost == pytest.approx(700_000 * 1.02)
    assert managed.difference == pytest.approx(managed.cost - stays.recurring)
    assert "That cost is an estimate." in answer.content.decode()
    host = next(choice for choice in found if choice.code == "host")
    assert (host.cost, host.difference) == (None, None)
    assert "The yearly cost is not known of: Host municipality" in answer.content.decode()


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        (0, "There is no ranking, because no judged criterion has a weight above 0."),
        (None, "No weights are entered, so every criterion that is judged counts as much."),
    ],
)
def test_without_weights_or_with_none_above_zero_it_says_so(cast, client_of, weights, words):
    AlternativeWeight.objects.all().delete() if weights is None else AlternativeWeight.objects.update(
        weight=0
    )

    answer = page(client_of(cast.director), cast)

    assert words in answer.content.decode()
    assert "nan" not in words_of(answer)
    assert {choice.rank for choice in answer.context["found"].ranked} == (
        {1, 2} if weights is None else set()
    )


def test_what_is_judged_alike_shares_the_first_place(cast, client_of):
    AlternativeScore.objects.update(score=3)

    answer = page(client_of(cast.director), cast)

    assert "“Management bought” and “Host municipality” share the first place" in answer.content.decode()


def test_an_option_without_judgment_and_a_participant_without_options(cast, client_of):
    client = client_of(cast.director)

    assert "Nothing is judged yet." in page(client, cast, "B").content.decode()
    assert "No options are entered yet" in page(client, cast, "C").content.decode()


def test_who_takes_nothing_has_nothing_to_compare_with(make_cast, small_inputs, client_of, cast):
    frames = read_center(cast.center).frames
    none = pd.DataFrame([("", service, "A", False) for service in ("HELP", "WERK", "CISO", "BI")],
                        columns=["scenario", "service", "participant", "takes"])  # fmt: skip
    other = make_cast(small_inputs(uptake=none, alternatives=frames["alternatives"], scores=frames["scores"]))

    answer = page(client_of(other.director), other)

    assert "takes no service of the center in 2029" in answer.content.decode()
    assert all(choice.difference is None for choice in answer.context["found"].choices)


def test_without_a_plan_the_options_are_still_compared(cast, client_of):
    Plan.objects.all().delete()

    answer = page(client_of(cast.director), cast)

    assert "what staying costs is not known" in answer.content.decode()
    assert answer.context["found"].choices[1].cost == 700_000


def test_a_criterion_of_the_own_is_shown_by_its_name(cast, client_of):
    save(client_of(cast.director), cast)
    option = Alternative.objects.get(participant__code="A", option="managed")
    AlternativeScore.objects.create(alternative=option, criterion="rust & orde", score=4)

    client = client_of(cast.director)

    assert "Rust &amp; orde" in page(client, cast).content.decode()
    assert save(client, cast, **{"score__managed__rust%20%26%20orde": "2"}).status_code == 302
    assert AlternativeScore.objects.get(criterion="rust & orde").score == 2


# --- Who may ---


def test_a_reviewer_sees_and_enters_the_own_participant_alone(cast, client_of):
    client = client_of(cast.reviewer)

    assert client.get(cast.url("options", scenario="regie"), {"participant": "B"}).url.endswith("/A/")
    assert save(client, cast, weight__cost="2").status_code == 302
    text = page(client, cast).content.decode()
    assert "Betadorp" not in text
    for code in ("B", "no-such"):
        for name in ("participant_options", "edit_options"):
            assert client.get(cast.url(name, scenario="regie", participant=code)).status_code == 403
        for name in ("edit_options", "undo_options"):
            assert client.post(cast.url(name, scenario="regie", participant=code)).status_code == 403


@pytest.mark.parametrize("name", ["edit_options", "undo_options"])
def test_others_do_not_enter(cast, client_of, name):
    address = cast.url(name, scenario="regie", participant="A")

    assert client_of(cast.hr).post(address).status_code == 403
    assert client_of(cast.stranger).post(address).status_code == 404
    assert (
        client_of(cast.director).get(cast.url("undo_options", scenario="regie", participant="A")).status_code
        == 405
    )
    assert page(client_of(cast.stranger), cast).status_code == 404


def test_only_who_stands_for_the_figures_confirms_them(cast, client_of):
    refused = save(client_of(cast.director), cast, status__managed="confirmed")
    save(client_of(cast.reviewer), cast, status__managed="confirmed")

    assert refused.status_code == 422
    option = Alternative.objects.get(participant__code="A", option="managed")
    assert (option.status, option.confirmed_by) == ("confirmed", cast.reviewer)
    assert set(option.scores.values_list("status", flat=True)) == {"confirmed"}


# --- Entering ---


def test_what_is_typed_is_entered_and_blank_is_unknown(cast, client_of):
    save(client_of(cast.director), cast, cost__managed="", cost__shared="410,000", score__shared__cost="4.5",
         weight__cost="", source="Offerte")  # fmt: skip

    held = {option.option: option for option in Alternative.objects.filter(participant__code="A")}
    assert held["managed"].annual_cost is None
    assert (held["shared"].annual_cost, held["shared"].status, held["shared"].source) == (
        410_000,
        "entered",
        "Offerte",
    )
    assert float(held["shared"].scores.get().score) == 4.5
    assert not AlternativeWeight.objects.filter(criterion="cost").exists()


def test_an_option_of_which_nothing_is_known_any_more_goes(cast, client_of):
    save(client_of(cast.director), cast, "B", cost__shared="")

    assert not Alternative.objects.filter(participant__code="B").exists()


def test_what_is_wrong_is_not_saved_and_stays_on_the_page(cast, client_of):
    answer = save(client_of(cast.director), cast, score__host__cost="6", weight__cost="-1", cost__host="veel")

    assert answer.status_code == 422
    assert set(answer.context["wrong"]) == {"score:host:cost", "weight:cost", "cost:host"}
    assert 'value="veel"' in answer.content.decode()


def test_a_save_is_undone_and_saving_twice_changes_once(cast, client_of):
    client = client_of(cast.reviewer)
    before = read_center(cast.center).frames
    save(client, cast, weight__cost="9", cost__host="1")
    save(client, cast, weight__cost="9", cost__host="1")
    assert AlternativeWeight.objects.get(criterion="cost").weight == 9
    save(client, cast, weight__cost="8")

    client.post(cast.url("undo_options", scenario="regie", participant="A"))

    assert AlternativeWeight.objects.get(criterion="cost").weight == 9
    pd.testing.assert_frame_equal(read_center(cast.center).frames["scores"], before["scores"])


def test_others_may_save_theirs_meanwhile_but_not_the_same(cast, client_of):
    director, reviewer = client_of(cast.director), client_of(cast.reviewer)
    address = cast.url("edit_options", scenario="regie", participant="A")
    version = director.get(address).context["version"]
    save(director, cast, "B", cost__shared="1")
    assert reviewer.post(address, {"version": version, "weight:cost": "5"}).status_code == 302

    late = director.post(address, {"version": version, "weight:cost": "6"})

    assert late.status_code == 422
    assert "Somebody else saved these figures meanwhile" in late.content.decode()


def test_parts_of_all_weightings_add_up_to_a_hundred_and_leaving_is_one_click_away(demo_cast, client_of):
    page = demo_cast.url("participant_options", scenario=demo_cast.scenario.code, participant="HEI")
    answer = client_of(demo_cast.director).get(page)

    assert sum(choice.percent for choice in answer.context["found"].by_share) == 100
    leaving = demo_cast.url("leaving", scenario=demo_cast.scenario.code)
    assert f"{leaving}?who=HEI" in answer.content.decode()
    reviewer = client_of(demo_cast.reviewer).get(page.replace("HEI", "DUI"))
    assert reviewer.status_code == 200
    assert leaving not in reviewer.content.decode()


def test_weighing_leaves_the_plan_as_it_is(cast, client_of):
    save(client_of(cast.reviewer), cast, weight__cost="9", score__host__cost="1")

    answer = client_of(cast.director).get(cast.url("participant_options", scenario="regie", participant="A"))

    assert answer.context["strip"]["seal"] == "current"


def test_as_many_queries_for_twice_the_participants(
    demo_cast, demo_twice, client_of, django_assert_max_num_queries
):
    for cast in (demo_cast, demo_twice):
        client = client_of(cast.director)
        for name in ("participant_options", "edit_options"):
            with django_assert_max_num_queries(30):
                answer = client.get(cast.url(name, scenario=cast.scenario.code, participant="OEV"))
            assert answer.status_code == 200
