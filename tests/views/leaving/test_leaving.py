"""Leaving as a test: what it does to the others, what is still owed and by which rule; nothing but terms is stored."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from auditlog.models import LogEntry

from portfolio.frames.read import read_center
from portfolio.models.leaving import ExitDamage, ExitTerms
from portfolio.models.plans import Plan

TERMS = {
    "rule": "percentages", "text": "Article 30", "percentages": "100 %, 50 %", "base": "last_year",
    "notice_months": "6", "source": "Arrangement 2020", "status": "entered",
}  # fmt: skip
ASKED = {"who": "A", "from": "2029-01", "given": "2027-03-01", "year": "2029"}


@pytest.fixture
def address(cast):
    return cast.url("leaving", scenario="regie")


def blank(count=3):
    names = ("pk", "description", "amount", "year", "last_year", "source")
    lines = {f"form-{at}-{name}": "" for at in range(count) for name in names}
    return lines | {"form-TOTAL_FORMS": str(count), "form-INITIAL_FORMS": "0"}


def test_it_tells_who_pays_what_and_closes(cast, client_of, address):
    context = client_of(cast.director).get(address, ASKED).context
    found = context["found"]

    assert [(bill.name, bill.switches) for bill in found.bills] == [
        ("Alfadam", True), ("Betadorp", False), ("Gammastad", False),
    ]  # fmt: skip
    assert found.closes
    assert found.movers[0].becomes == 0
    assert found.rest.difference > 0
    assert found.left > 0
    assert context["message"]["head"].startswith("Without Alfadam from")


def test_as_the_plan_is_is_what_the_sealed_plan_says(cast, client_of, address):
    client = client_of(cast.director)
    sealed = client.get(cast.url("contributions", scenario="regie"), {"year": "2029"}).context["found"]

    found = client.get(address, ASKED).context["found"]

    assert [bill.was for bill in found.bills] == [payer.becomes for payer in sealed.payers]


def test_the_address_says_all_and_nonsense_in_it_is_the_default(cast, client_of, address):
    client = client_of(cast.controller)
    asked = {"who": ["A", "nobody"], "from": "soon", "given": "yesterday", "year": "x"}

    context = client.get(address, asked).context

    assert context["choice"].who == ["A"]
    assert context["found"].year in (2028, 2029)
    for day in ("0001-01-01", "9999-12-31"):
        assert client.get(address, {"who": "A", "given": day}).context["choice"].given.year not in (1, 9999)
    assert client.get(address).context.get("found") is None
    assert "Somebody has to stay" in client.get(address, {"who": ["A", "B", "C"]}).content.decode()


def test_a_test_stores_nothing(cast, client_of, address):
    before = (
        LogEntry.objects.count(),
        Plan.objects.count(),
        read_center(cast.center).plan_inputs("regie").digest,
    )
    client_of(cast.director).get(address, ASKED)

    assert (
        LogEntry.objects.count(),
        Plan.objects.count(),
        read_center(cast.center).plan_inputs("regie").digest,
    ) == before
    assert not ExitTerms.objects.exists()


def test_silent_terms_show_both_methods_of_the_courts(cast, client_of, address):
    [leaver] = client_of(cast.director).get(address, ASKED).context["sums"]

    falling, damage = leaver.methods
    assert len(falling.lines) == 5
    assert falling.total == sum(line.eur for line in falling.lines)
    assert "2028" in falling.basis
    assert (damage.total, bool(damage.gap)) == (None, True)


def test_an_own_rule_keeps_the_courts_out(cast, client_of, address):
    client = client_of(cast.controller)
    page = client.get(cast.url("exit_terms"))

    answer = client.post(cast.url("exit_terms"), TERMS | {"seen": page.context["seen"]})

    assert answer.status_code == 302
    terms = ExitTerms.objects.get(center=cast.center)
    assert (terms.percentages, terms.only_january, terms.notice_months) == ("100/50", False, 6)
    context = client.get(address, {"who": "A", "from": "2028-07", "given": "2028-02-01"}).context
    [[method]] = [leaver.methods for leaver in context["sums"]]
    assert [line.year for line in method.lines] == [2028, 2029]
    assert context["too_soon"]
    assert "Article 30" in client.get(address, ASKED).content.decode()
    history = client.get(cast.url("history")).content.decode()
    assert "Exit terms" in history


def test_terms_that_contradict_themselves_are_refused_in_words(cast, client_of):
    client = client_of(cast.director)
    for wrong, words in (
        ({"percentages": "much"}, "Percentages are written as"),
        ({"text": ""}, "Quote the rule"),
        ({"rule": "silent"}, "only there"),
    ):
        answer = client.post(cast.url("exit_terms"), TERMS | wrong)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not ExitTerms.objects.exists()


def test_nobody_saves_over_what_another_saved(cast, client_of):
    client = client_of(cast.director)
    seen = client.get(cast.url("exit_terms")).context["seen"]
    client.post(cast.url("exit_terms"), TERMS | {"seen": seen})

    answer = client.post(cast.url("exit_terms"), TERMS | {"seen": seen, "text": "Other"}, follow=True)

    assert "Nothing was saved" in answer.content.decode()
    assert ExitTerms.objects.get().text == "Article 30"


def test_saved_terms_and_damage_can_be_put_back(cast, client_of, address):
    client, undo = client_of(cast.director), cast.url("undo_exit")
    terms, damage = cast.url("exit_terms"), cast.url("exit_damage", participant="A")
    client.post(terms, TERMS | {"seen": client.get(terms).context["seen"]})
    client.post(terms, TERMS | {"seen": client.get(terms).context["seen"], "text": "Article 31"})
    assert "You saved the exit terms." in client.get(address).content.decode()

    client.post(undo)
    assert ExitTerms.objects.get().text == "Article 30"
    assert "There is nothing to undo" in client.post(undo, follow=True).content.decode()

    line = {"form-0-description": "Rent", "form-0-amount": "1000.50", "form-0-year": "2029"}
    client.post(damage, blank() | line | {"seen": client.get(damage).context["seen"]})
    client.post(damage, blank() | {"seen": client.get(damage).context["seen"]})
    assert not ExitDamage.objects.exists()
    client.post(undo)
    row = ExitDamage.objects.get()
    assert (row.description, str(row.amount), row.last_year) == ("Rent", "1000.50", None)


def test_the_first_terms_are_undone_to_none_but_never_over_what_another_saved(cast, client_of):
    client, other, page = client_of(cast.director), client_of(cast.controller), cast.url("exit_terms")
    client.post(page, TERMS | {"seen": client.get(page).context["seen"]})
    client.post(cast.url("undo_exit"))
    assert not ExitTerms.objects.exists()

    client.post(page, TERMS | {"seen": client.get(page).context["seen"]})
    other.post(page, TERMS | {"seen": other.get(page).context["seen"], "text": "Article 32"})
    answer = client.post(cast.url("undo_exit"), follow=True)
    assert "Somebody else changed this meanwhile" in answer.content.decode()
    assert ExitTerms.objects.get().text == "Article 32"
    assert client_of(cast.reviewer).post(cast.url("undo_exit")).status_code == 403
    assert client.get(cast.url("undo_exit")).status_code == 405


def test_damage_is_entered_changed_and_removed_line_by_line(cast, client_of, address):
    client, page = client_of(cast.director), cast.url("exit_damage", participant="A")
    line = {
        "form-0-description": "Rent",
        "form-0-amount": "1,000.50",
        "form-0-year": "2029",
        "form-0-last_year": "2030",
    }

    client.post(page, blank() | line | {"seen": client.get(page).context["seen"]})

    row = ExitDamage.objects.get()
    method = client.get(address, ASKED).context["sums"][0].methods[1]
    assert method.total == 2001
    again = client.get(page)
    assert "1,000.50" in again.content.decode()
    changed = line | {"form-0-pk": str(row.pk), "form-0-amount": "900", "seen": again.context["seen"]}
    client.post(page, blank() | changed)
    assert ExitDamage.objects.get(pk=row.pk).amount == 900
    client.post(page, blank() | {"form-0-pk": str(row.pk), "seen": client.get(page).context["seen"]})
    assert not ExitDamage.objects.exists()


def test_half_a_line_is_refused_and_stays_on_the_page(cast, client_of):
    client, page = client_of(cast.director), cast.url("exit_damage", participant="A")

    answer = client.post(
        page, blank() | {"form-0-description": "Rent", "form-0-year": "2030", "form-0-last_year": "2029"}
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Fill in an amount" in text
    assert "not before the first" in text
    assert not ExitDamage.objects.exists()


def test_a_newcomer_pays_and_what_is_blank_is_estimated(cast, client_of):
    client, page = client_of(cast.director), cast.url("joining", scenario="regie")
    asked = {"name": "Nieuwdorp", "volume-inhabitants": "15000", "services": ["HELP", "CISO"], "from": "2028-01",
             "own_eur": "100000", "remains": "20", "entry_fte": "1", "entry_eur": "50000", "entry_payer": "all",
    }  # fmt: skip

    context = client.get(page, asked).context

    found = context["found"]
    assert found.closes
    assert found.movers[0].name == "Nieuwdorp"
    assert (found.movers[0].was, found.movers[0].becomes > 0) == (0, True)
    assert any("150, estimated" in each for each in context["estimates"])
    assert context["entry"].cost == 50_000
    assert 0 < context["entry"].by_others < context["entry"].total
    assert context["own"].becomes == 20_000
    assert len(read_center(cast.center).frames["participants"]) == 3


def test_a_newcomer_without_size_or_with_words_for_figures_is_asked_again(cast, client_of):
    client, page = client_of(cast.director), cast.url("joining", scenario="regie")

    assert "Say how large" in client.get(page, {"name": "Nieuwdorp"}).content.decode()
    assert client.get(page, {"name": "N", "volume-inhabitants": "many"}).context.get("found") is None
    sized = {"name": "N", "volume-inhabitants": "1000"}
    assert "Choose at least one service" in client.get(page, sized).content.decode()
    assert client.get(page, sized | {"services": "HELP"}).context["own"] is None


NEWCOMER = {"name": "Nieuwdorp", "volume-inhabitants": "15000", "services": ["HELP", "CISO"]}


def test_earning_back_counts_every_year_of_the_plan_whatever_year_is_shown(cast, client_of):
    client, page = client_of(cast.director), cast.url("joining", scenario="regie")
    asked = NEWCOMER | {"from": "2028-01", "entry_fte": "0.1", "entry_payer": "all"}

    shown = [client.get(page, asked | {"year": year}).context["entry"] for year in ("2027", "2028", "2029")]

    assert shown[0] == shown[1] == shown[2]
    entry = shown[0]
    assert list(entry.savings) == [2028, 2029]
    assert entry.earned_back == 2028
    assert replace(entry, by_others=entry.saved).earned_back == 2029
    assert replace(entry, by_others=entry.saved + 1).earned_back is None
    text = client.get(page, asked | {"entry_eur": "9000000"}).content.decode()
    assert "not earned back within the plan" in text


def test_a_newcomer_becomes_a_participant_and_that_can_be_undone(cast, client_of):
    client, page = client_of(cast.director), cast.url("joining", scenario="regie")
    shown = client.get(page, NEWCOMER)
    assert "Make Nieuwdorp a participant" in shown.content.decode()
    address = f"{cast.url('make_participant', scenario='regie')}?{urlencode(NEWCOMER, doseq=True)}"
    posted = {"version": shown.context["version"]}

    answer = client.post(address, posted, follow=True)

    assert "Nieuwdorp is a participant now." in answer.content.decode()
    frames = read_center(cast.center).frames
    added = frames["participants"].set_index("code").loc["NIE"]
    assert (added["name"], added["current_contribution"]) == ("Nieuwdorp", 0)
    volumes = frames["base_volumes"].set_index(["participant", "driver"])["status"].loc["NIE"]
    assert dict(volumes) == {"inhabitants": "entered", "workplaces": "estimated"}
    skipped = frames["uptake"][frames["uptake"]["participant"] == "NIE"]
    assert (set(skipped["service"]), set(skipped["scenario"]), skipped["takes"].any()) == (
        {"WERK", "BI"},
        {""},
        False,
    )
    sealed = client.get(cast.url("contributions", scenario="regie"), {"year": "2029"}).context["found"]
    tried = shown.context["found"] if shown.context["found"].year == 2029 else (
        client_of(cast.controller).get(page, NEWCOMER).context["found"])  # fmt: skip
    assert tried.closes
    assert "Nieuwdorp" in [payer.name for payer in sealed.payers]
    again = client.post(address, posted, follow=True)  # the page is old by now
    assert "Nothing was saved" in again.content.decode()

    undone = client.post(cast.url("undo_participant", scenario="regie"), follow=True)

    assert "Undone: Nieuwdorp is a participant now." in undone.content.decode()
    assert len(read_center(cast.center).frames["participants"]) == 3
    assert "There is nothing to undo" in client.post(
        cast.url("undo_participant", scenario="regie"), follow=True
    ).content.decode()  # fmt: skip


def test_what_the_test_says_a_newcomer_pays_is_what_it_pays_as_a_participant(cast, client_of):
    client, page = client_of(cast.director), cast.url("joining", scenario="regie")
    asked = NEWCOMER | {"year": "2029"}
    tried = client.get(page, asked).context
    address = f"{cast.url('make_participant', scenario='regie')}?{urlencode(asked, doseq=True)}"

    client.post(address, {"version": tried["version"]})

    sealed = client.get(cast.url("contributions", scenario="regie"), {"year": "2029"}).context["found"]
    assert {payer.name: payer.becomes for payer in sealed.payers} == {
        bill.name: bill.becomes for bill in tried["found"].bills
    }


def test_only_the_director_makes_participants_and_only_by_posting(cast, client_of):
    for name in ("make_participant", "undo_participant"):
        page = cast.url(name, scenario="regie")
        assert client_of(cast.controller).post(page).status_code == 403
        assert client_of(cast.reviewer).post(page).status_code == 403
        assert client_of(cast.stranger).post(page).status_code == 404
        assert client_of(cast.director).get(page).status_code == 405
    shown = client_of(cast.controller).get(cast.url("joining", scenario="regie"), NEWCOMER)
    assert "a participant</button>" not in shown.content.decode()
    assert client_of(cast.director).post(cast.url("make_participant", scenario="regie")).status_code == 302
    assert len(read_center(cast.center).frames["participants"]) == 3


def test_scale_has_a_sentence_a_chart_and_a_table(cast, client_of):
    client, page = client_of(cast.director), cast.url("scale", scenario="regie")

    found = client.get(page, {"unit": "inhabitants", "limit": "0.02", "year": "2028"}).context["found"]

    assert len(found.chart.rows) == 15
    assert [row.group.count for row in found.groups] == [1, 2, 3]
    assert found.message["head"]
    assert client.get(page, {"unit": "x", "limit": "x", "year": "x"}).status_code == 200


def test_without_volumes_it_says_what_to_fill_in(make_cast, small_inputs, client_of):
    volumes = small_inputs().frames["base_volumes"].iloc[:0]
    cast = make_cast(small_inputs(base_volumes=volumes), compute=False)
    client = client_of(cast.director)

    assert "Nothing is counted" in client.get(cast.url("scale", scenario="regie")).content.decode()
    assert client.get(cast.url("leaving", scenario="regie"), ASKED).status_code == 200
    assert client.get(cast.url("joining", scenario="regie"), {"name": "N"}).status_code == 200


def test_who_may_not(cast, client_of):
    pages = [cast.url(name, scenario="regie") for name in ("leaving", "joining", "scale")]
    pages += [cast.url("exit_terms"), cast.url("exit_damage", participant="A")]
    for page in pages:
        assert client_of(cast.reviewer).get(page).status_code == 403
        assert client_of(cast.hr).get(page).status_code == 403
        assert client_of(cast.stranger).get(page).status_code == 404
    assert client_of(cast.director).get(cast.url("exit_damage", participant="Z")).status_code == 404
    for page in pages[:3]:
        assert client_of(cast.director).post(page).status_code == 405


def test_queries_do_not_grow_with_rows(demo_cast, demo_twice, client_of, django_assert_max_num_queries):
    counts = []
    for cast in (demo_cast, demo_twice):
        client = client_of(cast.director)
        for name, asked in (
            ("leaving", {"who": "OEV"}),
            ("scale", {}),
            ("joining", {"name": "N", "volume-inhabitants": "9", "services": "CISO"}),
        ):
            with django_assert_max_num_queries(30) as found:
                assert client.get(cast.url(name, scenario="regie"), asked).status_code == 200
            counts.append(len(found))
    assert counts[:3] == counts[3:]
