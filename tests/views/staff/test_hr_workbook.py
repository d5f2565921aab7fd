"""The whole HR workbook: it goes out, is noted, comes back the same, and changes no more than it says."""

import datetime
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portfolio.actions.staff import whole_hr
from portfolio.frames.staff import Person, read_persons, write_persons
from portfolio.models.careers import Agreement, PersonCompetence, Preference, StaffChange
from portfolio.models.catalogue import Role, Service
from portfolio.models.functions import FunctionChange, RoleCompetence
from portfolio.models.placement import Look, NameLook
from portfolio.models.social_plan import Safeguards, SocialPlan
from portfolio.models.staff import StaffMember

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def full(cast):
    """A row of every kind."""
    born = datetime.date(1980, 5, 1)
    persons = [Person("1", "SUP", 0.8, service="HELP", name="Anna Bos", born=born, scale="9"),
               Person("2", "CISO", 1.0, employer="A", name="Bas Smit")]  # fmt: skip
    write_persons(cast.center, persons, user=cast.hr, at=timezone.now())
    anna = StaffMember.objects.get(number="1")
    sup, ciso = (Role.objects.get(center=cast.center, code=code) for code in ("SUP", "CISO"))
    FunctionChange.objects.create(center=cast.center, role=sup, new_role=ciso, comparison="changed", training_months=6,
                                  training_cost="4500.50", reason="Zwaarder")  # fmt: skip
    RoleCompetence.objects.create(role=ciso, competence="D.8", level=3)
    PersonCompetence.objects.create(staff_member=anna, competence="D.8", level=2)
    service = Service.objects.get(center=cast.center, code="HELP")
    Preference.objects.create(staff_member=anna, rank=1, role=sup, service=service)
    Agreement.objects.create(staff_member=anna, role=sup, may_split=True, reason="Op verzoek")
    SocialPlan.objects.create(center=cast.center, scales_down=2, training_cost="750.25",
                              reference_date=datetime.date(2027, 1, 1), hire_cost=90000)  # fmt: skip
    return cast


def out(client, cast):
    return client.get(cast.url("staff_export")).content


def upload(client, cast, content, absent="delete"):
    file = SimpleUploadedFile("hr.xlsx", content)
    return client.post(cast.url("staff_import"), {"file": file, "absent": absent}, follow=True)


def apply(client, cast, page):
    return client.post(cast.url("staff_apply"), {"version": page.context["version"]}, follow=True)


def edited(content, change):
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def told(page):
    return {sheet.title: sheet for sheet in page.context["others"]}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_goes_out_comes_back_unchanged(full, client_of, language):
    client = client_of(full.hr)
    client.cookies["django_language"] = language
    page = upload(client, full, out(client, full))
    assert not page.context["errors"]
    assert not page.context["can_apply"]
    assert not page.context["others"]


def test_it_goes_out_for_hr_alone_and_is_noted(full, client_of):
    for who, status in (("director", 403), ("controller", 403), ("reviewer", 403), ("stranger", 404)):
        assert client_of(getattr(full, who)).get(full.url("staff_export")).status_code == status
    assert not NameLook.objects.exists()
    client = client_of(full.hr)
    assert out(client, full)
    assert out(client, full)
    assert list(NameLook.objects.values_list("what", "persons")) == [(Look.EXPORT, 2)] * 2


def test_the_same_record_gives_the_same_bytes(full, client_of):
    client = client_of(full.hr)
    assert out(client, full) == out(client, full)


def test_it_comes_in_whole_in_a_center_that_has_nothing(full, make_cast, small_inputs, client_of):
    other = make_cast(small_inputs(settings={"start": "2027-07"}))
    content = out(client_of(full.hr), full)
    client = client_of(other.hr)
    page = upload(client, other, content)
    assert page.context["can_apply"], page.context["errors"]
    apply(client, other, page)
    assert [person.name for person in read_persons(other.center)] == ["Anna Bos", "Bas Smit"]
    one, two = whole_hr(full.center), whole_hr(other.center)
    assert one.social_plan == two.social_plan
    assert all(one[name].equals(two[name]) for name in one.frames)


def test_every_change_is_shown_then_written_and_kept_with_the_person(full, client_of):
    client = client_of(full.hr)

    def change(book):
        book["competences"]["D3"] = 4  # of Anna; the role stands above
        book["preferences"].delete_rows(2)
        book["functions"]["D2"] = 3
        book["social_plan"]["B2"] = 1

    content = edited(out(client, full), change)
    page = upload(client, full, content)
    assert not page.context["errors"]
    assert len(told(page)) == 4
    assert PersonCompetence.objects.get().level == 2  # nothing has been written
    apply(client, full, page)
    assert not Preference.objects.exists()
    assert FunctionChange.objects.get().training_months == 3
    assert FunctionChange.objects.get().reason == "Zwaarder"  # what the workbook has no column for stays
    plan = SocialPlan.objects.get()
    assert (plan.scales_down, plan.hire_cost) == (1, 90000)
    assert (PersonCompetence.objects.get().level, RoleCompetence.objects.get().level) == (4, 3)
    assert {change.table for change in StaffChange.objects.all()} == {"preference", "personcompetence"}
    assert {change.by for change in StaffChange.objects.all()} == {full.hr}
    assert not upload(client, full, content).context["can_apply"]  # twice is once


def test_a_sheet_that_is_not_there_stays(full, client_of):
    client = client_of(full.hr)

    def change(book):
        for title in book.sheetnames[1:]:
            del book[title]

    page = upload(client, full, edited(out(client, full), change))
    assert not page.context["can_apply"]


def test_a_column_that_is_not_there_stays(full, client_of):
    client = client_of(full.hr)

    def change(book):
        sheet = book.worksheets[0]
        heads = [cell.value for cell in sheet[1]]
        sheet.delete_cols(heads.index("name") + 1)

    page = upload(client, full, edited(out(client, full), change))
    assert not page.context["can_apply"], page.context["changed"]


def test_with_keep_nothing_goes(full, client_of):
    client = client_of(full.hr)

    def change(book):
        book.worksheets[0].delete_rows(3)
        book["preferences"].delete_rows(2)

    content = edited(out(client, full), change)
    assert not upload(client, full, content, absent="keep").context["can_apply"]
    assert upload(client, full, content).context["gone"]


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [
        ("preferences", "C2", "KOK"),
        ("preferences", "A2", "404"),
        ("competences", "D2", 9),
        ("agreements", "F2", "misschien"),
        ("functions", "C2", "anders"),
        ("social_plan", "B2", "veel"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell_and_nothing_comes_in(full, client_of, sheet, cell, value):
    client = client_of(full.hr)

    def change(book):
        book[sheet][cell] = value

    page = upload(client, full, edited(out(client, full), change))
    assert page.context["is_refused"]
    assert f"{sheet}!{cell}" in [where for where, _value, _said in page.context["errors"]]
    assert apply(client, full, page).status_code == 409
    assert Preference.objects.get().role.code == "SUP"


def test_without_dpia_and_consent_nothing_comes_in(full, client_of):
    client = client_of(full.hr)

    def change(book):
        book["preferences"].delete_rows(2)

    page = upload(client, full, edited(out(client, full), change))
    Safeguards.objects.update(is_fictional=False)
    assert apply(client, full, page).status_code == 409
    assert Preference.objects.exists()
