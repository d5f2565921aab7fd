"""HR's back office: who gets in, whose rows show, what may be written, and what is kept of it."""

import datetime

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portfolio.frames.staff import Person, write_persons
from portfolio.hr_admin import site
from portfolio.models.base import CenterRow
from portfolio.models.careers import ContractPeriod, Preference, StaffChange
from portfolio.models.catalogue import Role
from portfolio.models.center import Membership
from portfolio.models.placement import Look, NameLook, PlacementRecord
from portfolio.models.social_plan import Safeguards, SocialPlan
from portfolio.models.staff import PersonName, StaffMember

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def at(model, page="changelist", *args):
    return reverse(f"hr:portfolio_{model}_{page}", args=args)


def person(number, **more):
    return Person(number, "SUP", 1.0, name=f"Persoon {number}", born=datetime.date(1980, 1, 1), **more)


@pytest.fixture
def staffed(cast):
    write_persons(cast.center, [person("11"), person("12")], user=cast.hr, at=timezone.now())
    return cast


@pytest.fixture
def other(make_cast, small_inputs, staffed):
    """Another center, with people of its own."""
    found = make_cast(small_inputs(settings={"start": "2027-07"}))
    write_persons(found.center, [person("77")], user=found.hr, at=timezone.now())
    return found


def member(number):
    return StaffMember.objects.get(number=number)


def data_of(someone, **more):
    """The form of a person as a browser sends it back unchanged, and what is given."""
    name = PersonName.objects.filter(staff_member=someone).first()
    formsets = {"person_name": bool(name), "periods": 0, "competences": 0, "preferences": 0,
                "agreements": 0, "changes": 0}  # fmt: skip
    data = {
        "center": someone.center_id, "number": someone.number, "employer": someone.employer, "participant": "",
        "role": someone.role_id, "service": someone.service_id or "", "fte": "1", "scale": someone.scale,
        "born": "1980-01-01", "employed_since": "", "until": "", "status": "entered", "source": "", "spread": "",
        "person_name-0-name": name.name if name else "", "person_name-0-staff_member": someone.pk,
    }  # fmt: skip
    for prefix, initial in formsets.items():
        total = max(int(initial), 1 if prefix == "person_name" else 0)
        data |= {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": int(initial)}
    return data | more


@pytest.mark.parametrize("who", ["director", "controller", "reviewer", "stranger"])
def test_nobody_but_hr_gets_in(staffed, client_of, who):
    client = client_of(getattr(staffed, who))
    for address in (reverse("hr:index"), at("staffmember"), at("staffmember", "change", member("11").pk)):
        page = client.get(address, follow=True)
        assert page.status_code == 403
        assert "Persoon" not in page.content.decode()


def test_a_superuser_gets_no_entrance_for_being_one(staffed, client_of):
    root = get_user_model().objects.create_superuser("root")
    assert client_of(root).get(at("staffmember"), follow=True).status_code == 403


def test_a_visitor_signs_in_at_a_door_of_its_own(staffed, client):
    page = client.get(at("staffmember"))
    assert page["Location"].startswith(reverse("hr:login"))
    assert "Regiekompas: HR" in client.get(page["Location"]).content.decode()


def test_the_second_factor_is_asked_at_the_door(staffed, client_of, settings):
    settings.SECOND_FACTOR = True
    page = client_of(staffed.hr).get(at("staffmember"), follow=True)
    addresses = [address for address, _status in page.redirect_chain]
    assert any(address.startswith(reverse("portfolio:second_factor")) for address in addresses)
    assert "Persoon" not in page.content.decode()


def test_every_page_opens_for_hr(staffed, client_of):
    client = client_of(staffed.hr)
    assert client.get(reverse("hr:index")).status_code == 200
    for model in site._registry:
        name = model._meta.model_name
        assert client.get(at(name)).status_code == 200, name
        assert client.get(at(name, "add")).status_code in (200, 403), name
    assert client.get(at("staffmember", "change", member("11").pk)).status_code == 200


def test_every_table_of_the_door_belongs_to_centers():
    """A table without a center would show everybody's rows."""
    assert all(issubclass(model, CenterRow) for model in site._registry)
    personal = {model for model in apps.get_app_config("portfolio").get_models()
                if model.__module__.endswith((".careers", ".staff", ".placement"))}  # fmt: skip
    from django.contrib.admin import site as back_office

    assert not personal & set(back_office._registry)


def test_rows_and_choices_of_another_center_do_not_show(staffed, other, client_of):
    client, theirs = client_of(staffed.hr), member("77")
    assert "Persoon 77" not in client.get(at("staffmember")).content.decode()
    assert "Persoon 77" not in client.get(at("staffmember") + "?q=Persoon").content.decode()
    assert client.get(at("staffmember", "change", theirs.pk)).status_code == 302
    assert client.get(at("staffmember", "delete", theirs.pk)).status_code == 302
    assert client.get(at("staffmember", "history", theirs.pk)).status_code == 302
    form = client.get(at("staffmember", "change", member("11").pk)).context["adminform"].form
    assert {role.center_id for role in form.fields["role"].queryset} == {staffed.center.pk}
    assert [center.pk for center in form.fields["center"].queryset] == [staffed.center.pk]
    inline = client.get(at("tiechoice", "add")).context["adminform"].form
    assert theirs not in inline.fields["staff_member"].queryset


def test_a_forged_form_writes_nothing_elsewhere(staffed, other, client_of):
    client, theirs, mine = client_of(staffed.hr), member("77"), member("11")
    client.post(at("staffmember", "change", theirs.pk), data_of(theirs, number="88"))
    foreign = Role.objects.filter(center=other.center).first()
    for forged in ({"center": other.center.pk}, {"role": foreign.pk}):
        page = client.post(at("staffmember", "change", mine.pk), data_of(mine, **forged))
        assert set(page.context["adminform"].form.errors) == set(forged)
    data = data_of(mine) | {"preferences-TOTAL_FORMS": 1, "preferences-0-rank": 1, "preferences-0-role": foreign.pk,
                            "preferences-0-staff_member": mine.pk}  # fmt: skip
    assert client.post(at("staffmember", "change", mine.pk), data).status_code == 200
    assert not Preference.objects.exists()
    assert {row.number for row in StaffMember.objects.filter(center=other.center)} == {"77"}
    assert member("11").center == staffed.center


def test_every_field_that_changes_is_kept_with_who_and_when(staffed, client_of):
    someone = member("11")
    data = data_of(someone, **{"scale": "10", "person_name-0-name": "Nieuwe naam"})
    data |= {"periods-TOTAL_FORMS": 1, "periods-0-start_date": "2027-01-01",
             "periods-0-fte": "0.8", "periods-0-staff_member": someone.pk}  # fmt: skip
    page = client_of(staffed.hr).post(at("staffmember", "change", someone.pk), data)
    assert page.status_code == 302, page.context["errors"]
    kept = {
        (row.table, row.field): (row.old, row.new) for row in StaffChange.objects.filter(staff_member=someone)
    }
    assert kept["staffmember", "scale"] == ("", "10")
    assert kept["personname", "name"] == ("Persoon 11", "Nieuwe naam")
    assert kept["contractperiod", "start_date"] == ("", "2027-01-01")
    assert {row.by for row in StaffChange.objects.all()} == {staffed.hr}
    page = client_of(staffed.hr).get(at("staffmember", "change", someone.pk))
    assert "Persoon 11" in page.content.decode()  # in the history


def test_what_did_not_change_is_not_kept(staffed, client_of):
    someone = member("11")
    assert (
        client_of(staffed.hr).post(at("staffmember", "change", someone.pk), data_of(someone)).status_code
        == 302
    )
    assert not StaffChange.objects.exists()


def test_a_row_that_goes_is_kept_too(staffed, client_of):
    someone = member("11")
    period = ContractPeriod.objects.create(staff_member=someone, start_date=TODAY, fte=1)
    data = data_of(someone) | {
        "periods-TOTAL_FORMS": 1, "periods-INITIAL_FORMS": 1, "periods-0-id": period.pk,
        "periods-0-staff_member": someone.pk, "periods-0-start_date": TODAY.isoformat(),
        "periods-0-fte": "1", "periods-0-DELETE": "on",
    }  # fmt: skip
    assert client_of(staffed.hr).post(at("staffmember", "change", someone.pk), data).status_code == 302
    assert not ContractPeriod.objects.exists()
    assert StaffChange.objects.get().table == "contractperiod"


@pytest.mark.parametrize("known", [{}, {"dpia_date": TODAY, "dpia_document": "DPIA 1"}])
def test_without_dpia_and_consent_nobody_comes_in(staffed, client_of, known):
    Safeguards.objects.update(is_fictional=False, **known)
    someone = member("11")
    page = client_of(staffed.hr).post(at("staffmember", "change", someone.pk), data_of(someone, scale="12"))
    assert page.status_code == 200
    assert page.context["adminform"].form.non_field_errors()
    assert member("11").scale == ""


def test_with_both_on_record_they_do(staffed, client_of):
    day = TODAY - datetime.timedelta(days=3)
    Safeguards.objects.update(
        is_fictional=False, dpia_date=day, dpia_document="DPIA 1", consent_date=day, consent_document="OR 7"
    )
    someone = member("11")
    page = client_of(staffed.hr).post(at("staffmember", "change", someone.pk), data_of(someone, scale="12"))
    assert page.status_code == 302
    assert member("11").scale == "12"


def test_fictional_staff_is_marked_on_every_page(staffed, client_of):
    client = client_of(staffed.hr)
    marks = client.get(reverse("hr:index")).context["hr_marks"]
    Safeguards.objects.update(is_fictional=False)
    assert len(client.get(reverse("hr:index")).context["hr_marks"]) == len(marks) - 1


def test_looks_at_names_are_noted(staffed, client_of):
    client = client_of(staffed.hr)
    for _time in range(2):
        client.get(at("staffmember"))
        client.get(at("staffmember", "change", member("11").pk))
    assert [(look.what, look.persons, look.number) for look in NameLook.objects.order_by("pk")] == [
        (Look.LIST, 2, ""),
        (Look.PERSON, 1, "11"),
    ]


def test_a_center_has_one_social_plan(staffed, client_of):
    client = client_of(staffed.hr)
    assert client.get(at("socialplan", "add")).status_code == 200
    SocialPlan.objects.create(center=staffed.center)
    assert client.get(at("socialplan", "add")).status_code == 403


def test_who_looked_cannot_be_changed(staffed, client_of):
    client = client_of(staffed.hr)
    client.get(at("staffmember"))
    look = NameLook.objects.get()
    assert client.post(at("namelook", "delete", look.pk), {"post": "yes"}).status_code == 403
    assert client.post(at("namelook", "change", look.pk), {"persons": 0}).status_code == 403
    assert NameLook.objects.get().persons == 2


def test_more_people_ask_no_more_queries(staffed, client_of):
    client = client_of(staffed.hr)
    client.get(at("staffmember"))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(at("staffmember")).status_code == 200
        return len(captured)

    before = queries()
    write_persons(staffed.center, [person(str(n)) for n in range(20, 60)], user=staffed.hr, at=timezone.now())
    client.get(at("staffmember"))
    assert queries() == before <= 30


def test_who_lost_the_role_gets_out_at_once(staffed, client_of):
    client = client_of(staffed.hr)
    assert client.get(at("staffmember")).status_code == 200
    Membership.objects.filter(user=staffed.hr).update(role="controller")
    assert client.get(at("staffmember"), follow=True).status_code == 403


def test_who_stands_in_the_register_is_not_deleted(staffed, client_of):
    client, scenario = client_of(staffed.hr), staffed.scenario
    PlacementRecord.objects.create(staff_member=member("11"), scenario=scenario, outcome="open")
    client.post(at("staffmember", "delete", member("11").pk), {"post": "yes"})
    client.post(at("staffmember", "delete", member("12").pk), {"post": "yes"})
    assert [row.number for row in StaffMember.objects.filter(center=staffed.center)] == ["11"]
