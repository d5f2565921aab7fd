"""Who pays what: divisions that close, verdicts in words, nothing of others for a reviewer, and keys that take hold."""

import pytest

from portfolio.frames import history
from portfolio.frames.store import load_frame, pack
from portfolio.models.center import KeyPart
from portfolio.models.plans import Plan, PlanFrame
from portfolio.models.scenarios import Decision
from portfolio.reports.sharing_names import named
from portfolio.reports.sharing_words import _whole_moves
from tests.views.words import words_of


@pytest.fixture
def address(cast):
    return cast.url("sharing", scenario="regie")


def key_of(cast, service):
    found = Decision.objects.filter(scenario=cast.scenario, service__code=service).first()
    return found.cost_key if found else ""


def pick(cast, client, key="equal", service="", **posted):
    version = client.get(cast.url("sharing", scenario="regie")).context["picked_version"]
    posted = {"key": key, "service": service, "version": version} | posted
    return client.post(cast.url("pick_key", scenario="regie"), posted, follow=True)


# --- The figures ---


def test_every_division_adds_up_to_the_same_total_in_whole_euros(cast, client_of, address):
    answer = client_of(cast.director).get(address)

    table, year = answer.context["table"], answer.context["year"]
    assert year.year == 2029
    assert year.closes
    for at, cell in enumerate(table.total.cells):
        assert sum(row.cells[at].value for row in table.rows) == cell.value


def test_the_default_columns_are_the_plan_the_usual_keys_and_the_fair_divisions(cast, client_of, address):
    answer = client_of(cast.director).get(address)

    labels = [column.label for column in answer.context["columns"]]
    assert labels == ["The plan", "Demand", "Inwoners", "Equal parts", "Share in the savings", "Least objection",
                      "Own extra cost first"]  # fmt: skip
    assert "Shapley value" in answer.content.decode()


def test_columns_year_and_measure_can_be_chosen_and_nonsense_is_the_default(cast, client_of, address):
    client = client_of(cast.director)

    asked = client.get(
        address, {"m": ["shapley", "key:workplaces", "x"], "year": "2028", "as": "each"}
    ).context
    assert [column.method for column in asked["columns"]] == ["contribution", "shapley", "key:workplaces"]
    assert asked["year"].year == 2028
    assert asked["table"].rows[0].cells[0].value == pytest.approx(
        asked["year"].paid("contribution", "A") / 40_000
    )
    wrong = client.get(address, {"m": "x", "year": "1900", "as": "x", "to": "x", "years": "99"}).context
    assert len(wrong["columns"]) == 7
    assert (wrong["year"].year, wrong["table"].measure, wrong["path"].method) == (2029, "eur", "contribution")


@pytest.mark.parametrize("year", [2027, 2028, 2029])
def test_every_year_of_the_horizon_has_its_page(cast, client_of, address, year):
    context = client_of(cast.director).get(address, {"year": year}).context

    assert context["year"].year == year
    assert [option["label"] for option in context["pickers"].years] == ["2027", "2028", "2029"]


def test_redistribution_sums_to_nothing_and_the_difference_with_today_to_the_difference(
    cast, client_of, address
):
    client = client_of(cast.director)

    moved = client.get(address, {"as": "moved"}).context["table"]
    for at in range(len(moved.methods)):
        assert sum(row.cells[at].value for row in moved.rows) == pytest.approx(0, abs=1e-6)
    today = client.get(address, {"as": "today"}).context
    total = today["table"].total.cells[0].value
    assert total == pytest.approx(today["year"].total - 1_800_000)
    assert sum(row.cells[0].value for row in today["table"].rows) == pytest.approx(total)


def test_unknown_contributions_of_today_stay_unknown(make_cast, small_inputs, client_of):
    people = small_inputs().frames["participants"].assign(current_contribution=[900_000.0, None, 400_000.0])
    cast = make_cast(small_inputs(participants=people))

    answer = client_of(cast.director).get(cast.url("sharing", scenario="regie"), {"as": "moved"})

    assert {cell.value for row in answer.context["table"].rows for cell in row.cells} == {None}
    assert answer.context["path"].unknown == ["Betadorp"]
    assert "not known of Betadorp" in answer.content.decode()
    assert "nan" not in words_of(answer)


# --- Verdicts ---


def test_a_key_that_drives_somebody_out_says_who_and_what_mends_it(demo_cast, client_of):
    answer = client_of(demo_cast.director).get(demo_cast.url("sharing", scenario="regie"))

    verdicts = {one.method: one for one in answer.context["verdicts"]}
    equal = verdicts["key:equal"]
    assert equal.state == "mendable"
    assert equal.groups[0][0].endswith(("more than on their own.", "more than on its own."))
    assert "The smallest change that keeps everyone in: " in equal.mend
    assert verdicts["nucleolus"].state == "stable"
    assert any("estimate" in note for note in verdicts["nucleolus"].notes)


def test_the_worst_group_comes_first_and_the_rest_is_counted(demo_cast, client_of):
    answer = client_of(demo_cast.director).get(demo_cast.url("sharing", scenario="regie"))

    year = answer.context["year"]
    for one in answer.context["verdicts"]:
        excesses = [excess for _names, excess in year.core.get(one.method, ())]
        assert excesses == sorted(excesses, reverse=True)
        assert len(one.groups) == min(5, len(excesses))
        if year.stability[one.method].groups > 5:
            assert str(year.stability[one.method].groups - 5) in one.more


def test_what_is_unknown_alone_gets_no_verdict_and_says_where_to_enter_it(make_cast, small_inputs, client_of):
    volumes = small_inputs().frames["base_volumes"]
    unknown = volumes[~((volumes["participant"] == "B") & (volumes["driver"] == "workplaces"))]
    cast = make_cast(small_inputs(base_volumes=unknown))

    answer = client_of(cast.director).get(cast.url("sharing", scenario="regie"), {"year": 2027})

    year, text = answer.context["year"], answer.content.decode()
    assert year.unknown == ["B"]
    assert not any(
        cell.is_dearer for row in answer.context["table"].rows if row.code == "B" for cell in row.cells
    )
    assert all("Betadorp" not in group for one in answer.context["verdicts"] for group, _rests in one.groups)
    assert "No verdict on Betadorp" in text
    assert next(going for going in answer.context["alone"] if going.code == "B").alone is None
    # Fair divisions rest on what each would pay alone, so there are none, and nothing says that no key keeps everyone.
    assert [column.method[:4] for column in answer.context["columns"]] == ["cont", "key:", "key:", "key:"]
    assert "that is not known of Betadorp" in text
    assert "None of the other divisions shown" not in text
    assert (
        client_of(cast.director).get(cast.url("sharing", scenario="regie"), {"to": "shapley"}).status_code
        == 200
    )
    assert cast.url("center_table", table="base_volumes") in text


def test_above_twenty_it_says_what_is_not_exact_and_above_forty_only_keys_are_left(cast, client_of, address):
    """What the engine writes then is put in the place of the sealed frames: such a center takes seconds to compute."""
    client = client_of(cast.director)
    sharing, stability = (load_frame(cast.plan, name) for name in ("sharing", "stability"))
    sharing.loc[sharing["method"] == "shapley", "error_eur_cents"] = 1_234_00
    reseal(cast.plan, sharing=sharing, stability=stability.assign(checked="searched"))

    answer = client.get(address)
    assert "± 1,234" in answer.content.decode()
    blocked = [one for one in answer.context["verdicts"] if one.is_bad]
    assert all(one.short.startswith("no, at least ") for one in blocked)
    assert any("searched for" in note for one in answer.context["verdicts"] for note in one.notes)

    keys = sharing[~sharing["method"].isin(["shapley", "nucleolus", "scrb"])]
    solo = load_frame(cast.plan, "solo")
    empty = {name: load_frame(cast.plan, name).iloc[:0] for name in ("core", "mending", "alone")}
    reseal(cast.plan, sharing=keys, stability=stability.iloc[:0], solo=solo.assign(eur_cents=10**10), **empty)
    answer = client.get(address)
    assert {one.state for one in answer.context["verdicts"]} == {"each"}
    assert "only keys are compared" in answer.content.decode()

    reseal(cast.plan, solo=solo.assign(eur_cents=100))  # each by itself is still judged
    verdicts = client.get(address).context["verdicts"]
    assert {(one.state, one.short) for one in verdicts} == {("mendable", "no, 3 participants")}
    reseal(cast.plan, solo=solo.iloc[:0])
    assert {one.state for one in client.get(address).context["verdicts"]} == {"unjudged"}


def reseal(plan, **frames):
    for name, frame in frames.items():
        PlanFrame.objects.filter(plan=plan, name=name).delete()
        PlanFrame.objects.bulk_create(
            [PlanFrame(plan=plan, name=name, blob=pack(frame.reset_index(drop=True)))]
        )


def test_when_no_division_keeps_everyone_in_it_says_by_how_much(cast, client_of, address):
    stability = load_frame(cast.plan, "stability").assign(
        verdict="none", coalitions=1, worst_eur_cents=500_00
    )
    core = load_frame(cast.plan, "stability")[["scenario", "year", "method"]]
    reseal(cast.plan, stability=stability, core=core.assign(coalition="A+B", excess_eur_cents=500_00))

    answer = client_of(cast.director).get(address)

    message = answer.context["message"]
    assert message["kind"] == "bad"
    assert message["head"].startswith("In 2029: No division of this total keeps everyone in")
    assert "stated too low" in message["rest"]


def test_many_are_named_by_who_is_left_out_and_what_is_moved_sums_to_nothing(demo_cast, client_of):
    year = client_of(demo_cast.director).get(demo_cast.url("sharing", scenario="regie")).context["year"]
    codes = list(year.alone)

    assert named(year, codes) == "all 9 participants"
    assert named(year, codes[:8]) == f"all but {year.name(codes[8])}"
    assert named(year, codes[:2]) == f"{year.name(codes[0])} and {year.name(codes[1])}"
    assert sum(_whole_moves({"A": -10.34, "B": -0.33, "C": 3.55, "D": 3.56, "E": 3.56}).values()) == 0


def test_the_chart_compares_with_going_alone_and_a_reviewer_gets_bars_in_euros(cast, client_of, address):
    chart = client_of(cast.director).get(address).context["chart"]
    of_one = client_of(cast.reviewer).get(address).context["chart"]

    alone = next(series["data"] for series in chart.options["series"] if series["name"] == "Alone")
    assert alone == [100, 100, 100]
    assert chart.rows[0][1].startswith("€")
    assert "would pay" in chart.sentence or "gains least" in chart.sentence
    assert [series["type"] for series in of_one.options["series"]] == ["bar"]
    assert not any(name in str(of_one) for name in ("Betadorp", "Gammastad"))


# --- Phase-in ---


def test_the_path_sums_to_the_total_each_year_and_ends_at_the_new_division(cast, client_of, address):
    context = client_of(cast.director).get(address, {"to": "key:equal", "years": "2"}).context

    path, year = context["path"], context["year"]
    assert path.parts == [0.5, 1.0, 1.0]
    assert path.closes
    assert path.total.paid[2] == sum(step.paid[2] for step in path.steps)
    assert [step.paid[2] for step in path.steps] == [
        year.euros("key:equal", step.code) for step in path.steps
    ]
    assert sum(step.cost for step in path.steps) == 0
    assert any(step.cost for step in path.steps)


# --- Choosing a key ---


def test_a_key_for_all_services_takes_hold_and_the_plan_follows(cast, client_of, address):
    client = client_of(cast.director)
    before = client.get(address).context["year"]

    answer = pick(cast, client)

    after = answer.context["year"]
    assert [key_of(cast, code) for code in ("HELP", "WERK", "CISO")] == ["equal"] * 3
    assert key_of(cast, "BI") == ""  # new and not decided: it has no cost
    assert [after.paid("contribution", code) for code in "ABC"] == [
        before.paid("key:equal", code) for code in "ABC"
    ]
    assert not answer.context["is_behind"]
    assert "Cost of all services by equal parts." in answer.content.decode()
    assert history.of_center(cast.center).first().actor == cast.director


def test_a_key_can_be_chosen_for_one_service(cast, client_of):
    pick(cast, client_of(cast.director), key="workplaces", service="HELP")

    assert (key_of(cast, "HELP"), key_of(cast, "CISO")) == ("workplaces", "")


def test_a_service_without_a_decision_stays_undecided_with_a_key(make_cast, small_inputs, client_of):
    decisions = small_inputs().frames["decisions"]
    cast = make_cast(small_inputs(decisions=decisions[decisions["service"] != "HELP"]))

    pick(cast, client_of(cast.director), service="HELP")

    made = Decision.objects.get(scenario=cast.scenario, service__code="HELP")
    assert (made.decision, made.cost_key) == ("undecided", "equal")


def test_it_can_be_undone(cast, client_of, address):
    client = client_of(cast.director)
    first = client.get(address).context["plan"]
    pick(cast, client)

    answer = client.post(cast.url("undo_sharing", scenario="regie"), follow=True)

    assert key_of(cast, "HELP") == ""
    assert answer.context["plan"] == first
    assert "Undone" in answer.content.decode()
    again = client.post(cast.url("undo_sharing", scenario="regie"), follow=True)
    assert "There is nothing to undo." in again.content.decode()


def test_choosing_what_holds_already_changes_nothing(cast, client_of):
    client = client_of(cast.director)
    pick(cast, client)
    plans = Plan.objects.count()

    answer = pick(cast, client)

    assert "Nothing was changed" in answer.content.decode()
    assert Plan.objects.count() == plans


def test_nobody_is_overwritten(cast, client_of, address):
    client = client_of(cast.director)
    old = client.get(address).context["picked_version"]
    pick(cast, client, key="workplaces", service="HELP")

    answer = pick(cast, client, key="equal", service="HELP", version=old)

    assert "Somebody else changed this meanwhile" in answer.content.decode()
    assert key_of(cast, "HELP") == "workplaces"


def test_a_key_that_does_not_exist_is_refused(cast, client_of):
    answer = pick(cast, client_of(cast.director), key="nonsense")

    assert "Choose a key of the list" in answer.content.decode()
    assert key_of(cast, "HELP") == ""


# --- Keeping a fair division as a key ---


def keep(cast, client, method="shapley"):
    version = client.get(cast.url("sharing", scenario="regie")).context["kept_version"]
    return client.post(
        cast.url("keep_division", scenario="regie"), {"method": method, "version": version}, follow=True
    )


def test_a_fair_division_becomes_a_key_and_a_column(cast, client_of):
    client = client_of(cast.controller)

    answer = keep(cast, client)

    parts = dict(KeyPart.objects.filter(center=cast.center, key="shapley-2029").values_list("part", "share"))
    year = answer.context["year"]
    assert sum(parts.values()) == 1
    assert float(parts["A"]) == pytest.approx(year.paid("shapley", "A") / year.total, abs=1e-6)
    assert "key:shapley-2029" in [column.method for column in answer.context["columns"]]
    assert "comes near, not exact" in answer.content.decode()

    keep(cast, client)
    assert KeyPart.objects.filter(center=cast.center, key="shapley-2029-2").exists()


def test_a_kept_key_can_be_taken_back_unless_it_is_used(cast, client_of):
    controller, director = client_of(cast.controller), client_of(cast.director)
    keep(cast, controller)
    pick(cast, director, key="shapley-2029", service="HELP")

    answer = controller.post(cast.url("undo_sharing", scenario="regie"), follow=True)
    assert "could not be undone" in answer.content.decode()
    assert KeyPart.objects.filter(key="shapley-2029").exists()

    director.post(cast.url("undo_sharing", scenario="regie"))
    keep(cast, controller)
    controller.post(cast.url("undo_sharing", scenario="regie"))
    assert not KeyPart.objects.filter(key="shapley-2029-2").exists()


def test_a_division_in_which_somebody_receives_money_is_no_key(cast, client_of):
    sharing = load_frame(cast.plan, "sharing")
    sharing.loc[(sharing["method"] == "shapley") & (sharing["participant"] == "A"), "eur_cents"] *= -1
    reseal(cast.plan, sharing=sharing)

    assert "somebody receives money" in keep(cast, client_of(cast.controller)).content.decode()
    assert not KeyPart.objects.exists()


# --- Who may ---


def test_a_reviewer_sees_the_own_participant_alone(cast, client_of, address):
    client = client_of(cast.reviewer)
    for query in ({}, {"as": "each"}, {"as": "moved"}, {"to": "key:equal"}, {"m": "key:equal"}):
        answer = client.get(address, query)

        text = answer.content.decode()
        assert answer.status_code == 200
        assert "Alfadam" in text
        assert "Betadorp" not in text
        assert "Gammastad" not in text
        assert [row.code for row in answer.context["table"].rows] == ["A"]
        assert [going.code for going in answer.context["alone"]] == ["A"]
        assert [step.code for step in answer.context["path"].steps] == ["A"]
        assert not any(one.groups or one.mend or one.more for one in answer.context["verdicts"])
        assert "picking" not in answer.context
        year = answer.context["year"]
        assert f"{round(year.total):,}" not in text  # what all pay together is not the reviewer's


def test_each_role_may_do_what_is_its_own(cast, client_of, address):
    acts = [cast.url(name, scenario="regie") for name in ("pick_key", "keep_division", "undo_sharing")]
    for each in (address, *acts):
        assert client_of(cast.stranger).get(each).status_code == 404
        assert client_of(cast.hr).get(each).status_code == 403
    assert client_of(cast.controller).get(address).status_code == 200
    assert client_of(cast.controller).post(acts[0], {"key": "equal"}).status_code == 403
    assert client_of(cast.director).post(acts[1], {"method": "shapley"}).status_code == 403
    for act in acts:
        assert client_of(cast.reviewer).post(act).status_code == 403
        assert client_of(cast.stranger).post(act).status_code == 404
    keep(cast, client_of(cast.controller))


def test_what_is_read_is_not_posted_and_what_is_done_is_not_read(cast, client_of, address):
    assert client_of(cast.director).post(address).status_code == 405
    assert client_of(cast.director).get(cast.url("pick_key", scenario="regie")).status_code == 405
    assert client_of(cast.controller).get(cast.url("keep_division", scenario="regie")).status_code == 405
    assert client_of(cast.director).get(cast.url("undo_sharing", scenario="regie")).status_code == 405


# --- Without figures ---


def test_an_older_plan_without_divisions_asks_to_be_computed(cast, client_of, address):
    PlanFrame.objects.filter(plan=cast.plan, name__in=["sharing", "solo"]).delete()

    text = client_of(cast.director).get(address).content.decode()
    assert "The divisions are not computed yet" in text
    assert cast.url("compute", scenario="regie") in text
    reviewers = client_of(cast.reviewer).get(address).content.decode()
    assert cast.url("compute", scenario="regie") not in reviewers
    assert client_of(cast.director).post(cast.url("pick_key", scenario="regie")).status_code == 404


def test_without_a_plan_it_says_what_to_do(make_cast, client_of):
    cast = make_cast(compute=False)

    text = client_of(cast.director).get(cast.url("sharing", scenario="regie")).content.decode()
    assert "Compute the plan" in text


def test_queries_do_not_grow_with_rows(demo_cast, demo_twice, client_of, django_assert_max_num_queries):
    counts = []
    for cast in (demo_cast, demo_twice):
        client = client_of(cast.director)
        with django_assert_max_num_queries(30) as found:
            assert client.get(cast.url("sharing", scenario="regie")).context["year"].closes
        counts.append(len(found))
    assert counts[0] == counts[1]
