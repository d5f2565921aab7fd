"""Functions, was and wordt: read by who plans, compared by HR alone, with words for what cannot be and an undo."""

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portfolio.frames.staff import write_persons
from portfolio.frames.write import new_center
from portfolio.models.catalogue import Role
from portfolio.models.functions import FunctionChange
from tests.views.placement.people import person

pytestmark = pytest.mark.django_db


def role(cast, code):
    return Role.objects.get(center=cast.center, code=code)


def sent(cast, old="SUP", new="SUP", comparison="exchangeable", **more):
    """What the form sends."""
    blank = dict.fromkeys(("training_months", "training_cost", "reason", "source"), "")
    new_role = role(cast, new).pk if new else ""
    said = {"role": role(cast, old).pk, "new_role": new_role, "comparison": comparison, "status": "entered"}
    return blank | said | more


@pytest.mark.parametrize("who", ["director", "controller", "hr"])
def test_who_plans_reads_what_becomes_of_each_function(compared, client_of, who):
    page = client_of(getattr(compared, who)).get(compared.url("functions"))
    assert page.status_code == 200
    rows = {row.name: row for row in page.context["rows"]}
    helpers = rows["Supportmedewerker"]
    assert (helpers.persons, helpers.fte) == (2, 1.5)
    assert [(change.new, str(change.word)) for change in helpers.changes] == [
        ("CISO", "changed"), ("Supportmedewerker", "unchanged, not stated")]  # fmt: skip
    assert [(each.code, each.before, each.after) for each in helpers.changes[0].gained] == [
        ("C.1", 2, 3), ("D.1", 0, 4)]  # fmt: skip
    assert helpers.changes[0].months == 6
    assert not helpers.changes[0].is_estimated
    assert [str(change.word) for change in rows["CISO"].changes] == ["unchanged, not stated"]
    assert "Judged on functions, never on persons." in page.content.decode()
    assert "Persoon" not in page.content.decode()


def test_training_that_is_not_stated_follows_from_the_levels(compared, client_of):
    FunctionChange.objects.update(training_months=None)
    page = client_of(compared.director).get(compared.url("functions"))
    change = next(row for row in page.context["rows"] if row.name == "Supportmedewerker").changes[0]
    assert change.months == 15  # five levels of three months
    assert change.is_estimated


def test_fte_of_the_scenario_stands_beside_that_of_today_and_adds_up(compared, client_of):
    page = client_of(compared.director).get(compared.url("functions"))
    rows = {row.name: (row.today, row.then, row.difference) for row in page.context["fte"]}
    assert rows["CISO"] == (0.8, 1.9, 1.1)
    everything = page.context["all_fte"]
    assert everything.today == 2.3
    assert everything.then == round(sum(then for _today, then, _difference in rows.values()), 6)


def test_the_scenario_in_the_query_is_looked_at_and_nonsense_is_not(compared, client_of):
    client = client_of(compared.director)
    for code in ("regie", "nonsense"):
        assert (
            client.get(compared.url("functions"), {"scenario": code}).context["scenario"] == compared.scenario
        )


def test_a_stranger_finds_nothing_and_a_reviewer_may_not(compared, client_of):
    change = FunctionChange.objects.get()
    for address in (compared.url("functions"), compared.url("compare_functions"),
                    compared.url("change_comparison", change=change.pk)):  # fmt: skip
        assert client_of(compared.stranger).get(address).status_code == 404
        assert client_of(compared.reviewer).get(address).status_code == 403


@pytest.mark.parametrize("who", ["director", "controller"])
def test_who_is_not_hr_reads_only(compared, client_of, who):
    client = client_of(getattr(compared, who))
    change = FunctionChange.objects.get()
    assert client.get(compared.url("compare_functions")).status_code == 403
    for name, kwargs in (("compare_functions", {}), ("change_comparison", {"change": change.pk}),
                         ("remove_comparison", {"change": change.pk}), ("undo_comparison", {})):  # fmt: skip
        assert client.post(compared.url(name, **kwargs), sent(compared)).status_code == 403
    assert FunctionChange.objects.count() == 1


def test_hr_compares_and_takes_it_back(compared, client_of):
    client = client_of(compared.hr)
    page = client.post(compared.url("compare_functions"), sent(compared, training_cost="1,500"), follow=True)
    assert page.status_code == 200
    added = FunctionChange.objects.get(comparison="exchangeable")
    assert added.training_cost == 1500
    assert LogEntry.objects.get_for_object(added).exists()
    assert page.context["undo"]
    client.post(compared.url("undo_comparison"))
    assert FunctionChange.objects.get().comparison == "changed"
    page = client.post(compared.url("undo_comparison"), follow=True)
    assert "There is nothing to undo" in page.content.decode()


def test_hr_changes_one_and_takes_it_back(compared, client_of):
    client = client_of(compared.hr)
    address = compared.url("change_comparison", change=FunctionChange.objects.get().pk)
    form = client.get(address)
    assert form.context["form"].initial["training_months"] == "6"
    data = sent(compared, new="CISO", training_months="9.5", reason="Wider")
    assert client.post(address, data | {"seen": form.context["seen"]}).status_code == 302
    changed = FunctionChange.objects.get()
    assert (changed.comparison, changed.training_months, changed.reason) == ("exchangeable", 9.5, "Wider")
    client.post(compared.url("undo_comparison"))
    back = FunctionChange.objects.get()
    assert (back.comparison, back.training_months, back.reason) == ("changed", 6, "")


def test_hr_removes_one_and_takes_it_back(compared, client_of):
    client = client_of(compared.hr)
    change = FunctionChange.objects.get()
    seen = client.get(compared.url("change_comparison", change=change.pk)).context["seen"]
    client.post(compared.url("remove_comparison", change=change.pk), {"seen": seen})
    assert not FunctionChange.objects.exists()
    client.post(compared.url("undo_comparison"))
    assert FunctionChange.objects.get().training_months == 6


def test_the_first_who_saves_wins_and_the_second_is_told(compared, client_of):
    client = client_of(compared.hr)
    change = FunctionChange.objects.get()
    address = compared.url("change_comparison", change=change.pk)
    seen = client.get(address).context["seen"]
    change.reason = "Somebody else"
    change.save()
    data = sent(compared, new="CISO", comparison="unchanged") | {"seen": seen}
    for place in (address, compared.url("remove_comparison", change=change.pk)):
        page = client.post(place, data, follow=True)
        assert "somebody else saved this meanwhile" in page.content.decode()
    assert FunctionChange.objects.get().comparison == "changed"


def test_what_somebody_changed_since_is_not_undone(compared, client_of):
    client = client_of(compared.hr)
    client.post(compared.url("compare_functions"), sent(compared))
    added = FunctionChange.objects.get(comparison="exchangeable")
    added.reason = "Somebody else"
    added.save()
    page = client.post(compared.url("undo_comparison"), follow=True)
    assert "it was not undone" in page.content.decode()
    assert FunctionChange.objects.filter(pk=added.pk).exists()


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"comparison": "lapsed"}, "A function that lapses has no new function, and every other one has."),
        ({"new": ""}, "A function that lapses has no new function, and every other one has."),
        ({"new": "CISO"}, "These two functions have been compared already."),
        ({"training_months": "121"}, "120"),
        ({"training_cost": "much"}, "much"),
        ({"comparison": "improved"}, "improved"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(compared, client_of, what, words):
    page = client_of(compared.hr).post(compared.url("compare_functions"), sent(compared, **what))
    assert page.status_code == 422
    assert words in page.content.decode()
    assert FunctionChange.objects.count() == 1


def test_a_function_of_another_center_is_none_here(compared, small_inputs, client_of):
    other = new_center(small_inputs(), user=None, at=timezone.now())
    data = sent(compared) | {"role": Role.objects.get(center=other, code="SUP").pk}
    page = client_of(compared.hr).post(compared.url("compare_functions"), data)
    assert page.status_code == 422
    assert FunctionChange.objects.count() == 1


@pytest.mark.parametrize("name", ["remove_comparison", "undo_comparison"])
def test_removing_and_undoing_are_no_get(compared, client_of, name):
    kwargs = {"change": FunctionChange.objects.get().pk} if name == "remove_comparison" else {}
    assert client_of(compared.hr).get(compared.url(name, **kwargs)).status_code == 405


def test_a_comparison_that_is_not_there_is_not_found(compared, client_of):
    assert client_of(compared.hr).get(compared.url("change_comparison", change=10**9)).status_code == 404


def test_nobody_on_record_says_what_to_do(cast, client_of):
    assert client_of(cast.director).get(cast.url("functions")).status_code == 200


def test_more_people_ask_no_more_queries(compared, client_of):
    client = client_of(compared.hr)
    client.get(compared.url("functions"))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(compared.url("functions")).status_code == 200
        return len(captured)

    before = queries()
    more = [person(str(number), fte=0.5) for number in range(100, 140)]
    write_persons(compared.center, more, user=compared.hr, at=timezone.now())
    FunctionChange.objects.create(center=compared.center, role=role(compared, "CISO"), comparison="lapsed")
    assert queries() == before <= 35
