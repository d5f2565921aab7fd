"""Staff: counts for who plans, names for the HR officer alone, and a sheet that comes in whole or not."""

import datetime
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portfolio.actions.uploads import folder
from portfolio.frames.staff import Person, read_persons, write_persons

pytestmark = pytest.mark.django_db
HEADS = ["person", "role", "fte", "employer", "scale", "born", "employed_since", "until", "service", "name"]
ANNA = [
    "1",
    "CISO",
    0.8,
    "center",
    "11",
    datetime.date(1980, 5, 1),
    datetime.date(2015, 1, 1),
    None,
    "HELP",
    "Anna Bos",
]


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def staffed(cast):
    persons = [
        Person("1", "CISO", 0.8, service="HELP", name="Anna Bos", born=datetime.date(1980, 5, 1), scale="11",
               employed_since=datetime.date(2015, 1, 1)),
        Person("2", "SUP", 1.0, employer="A", service="WERK", name="Bas Smit"),
        Person("3", "SUP", 0.5, employer="external"),
    ]  # fmt: skip
    write_persons(cast.center, persons, user=cast.hr, at=timezone.now())
    return cast


def sheet(*rows, heads=HEADS, title="staff"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in (heads, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client, cast, content, absent="keep"):
    file = SimpleUploadedFile("hr.xlsx", content)
    return client.post(cast.url("staff_import"), {"file": file, "absent": absent}, follow=True)


def apply(client, cast, page):
    return client.post(cast.url("staff_apply"), {"version": page.context["version"]}, follow=True)


# --- Counts ---


def test_it_counts_persons_fte_and_vacancies(staffed, client_of):
    page = client_of(staffed.director).get(staffed.url("staff"))

    services = {row.code: row for row in page.context["services"]}
    assert (services["HELP"].persons, services["HELP"].fte) == (1, 0.8)
    assert services["HELP"].vacancy == pytest.approx(services["HELP"].need - 0.8)
    assert services[""].persons == 1
    assert page.context["all_services"].persons == page.context["all_roles"].persons == 3
    assert page.context["all_services"].need == pytest.approx(page.context["all_roles"].need)


def test_without_a_plan_there_are_no_vacancies(make_cast, client_of):
    cast = make_cast(compute=False)
    write_persons(cast.center, [Person("1", "CISO", 1.0)], user=cast.hr, at=timezone.now())

    page = client_of(cast.director).get(cast.url("staff"))
    assert page.context["all_services"].need is None
    assert page.status_code == 200


def test_an_empty_center_says_what_to_do(cast, client_of):
    assert "Import the staff sheet" in client_of(cast.hr).get(cast.url("staff")).content.decode()


@pytest.mark.parametrize("who", ["director", "controller", "hr"])
def test_counts_never_show_a_name(staffed, client_of, who):
    page = client_of(getattr(staffed, who)).get(staffed.url("staff")).content.decode()

    assert "Anna" not in page
    assert "1980" not in page


@pytest.mark.parametrize(
    ("who", "counts", "persons"),
    [
        ("stranger", 404, 404),
        ("reviewer", 403, 403),
        ("director", 200, 403),
        ("controller", 200, 403),
        ("hr", 200, 200),
    ],
)
def test_names_are_for_the_hr_officer_alone(staffed, client_of, who, counts, persons):
    client = client_of(getattr(staffed, who))

    assert client.get(staffed.url("staff")).status_code == counts
    assert client.get(staffed.url("persons")).status_code == persons
    assert client.post(staffed.url("staff_import")).status_code == (422 if who == "hr" else persons)


# --- The list ---


def test_the_list_is_searched(staffed, client_of):
    client = client_of(staffed.hr)

    found = client.get(staffed.url("persons"), {"q": "bas alfadam"}).context["page_obj"].object_list
    assert [row.name for row in found] == ["Bas Smit"]
    assert client.get(staffed.url("persons"), {"q": "nobody"}).status_code == 200


# --- The import ---


def test_a_sheet_is_previewed_and_then_imported(staffed, client_of):
    client = client_of(staffed.hr)
    content = sheet(
        [*ANNA[:2], 0.9, *ANNA[3:]],
        ["4", "SUP", "0,6", "extern", None, "1-2-1990", None, None, None, "Carla"],
    )

    page = upload(client, staffed, content)
    [(person, parts)] = page.context["changed"]
    assert (person.number, parts) == ("1", [("FTE", "0.80", "0.90")])
    assert [row.name for row in page.context["new"]] == ["Carla"]
    assert len(read_persons(staffed.center)) == 3

    apply(client, staffed, page)

    persons = {one.number: one for one in read_persons(staffed.center)}
    assert set(persons) == {"1", "2", "3", "4"}
    assert (persons["1"].fte, persons["4"].fte, persons["4"].employer) == (0.9, 0.6, "external")
    assert persons["4"].born == datetime.date(1990, 2, 1)
    assert not list(folder().glob("*.xlsx"))


def test_who_is_not_in_the_sheet_goes_only_when_asked(staffed, client_of):
    client = client_of(staffed.hr)
    page = upload(client, staffed, sheet(ANNA), absent="delete")
    assert len(page.context["gone"]) == 2

    apply(client, staffed, page)

    assert [one.number for one in read_persons(staffed.center)] == ["1"]


#: Column, what stands in it, and what is said of it.
REFUSALS = [
    ("role", "KOK", "is not known"),
    ("fte", 2, "out of range"),
    ("fte", "veel", "not a number"),
    ("born", datetime.date(2999, 1, 1), "lies after the reference date"),
    ("employed_since", datetime.date(1970, 1, 1), "does not come after"),
    ("born", "gisteren", "is not a date"),
    ("employer", "NIEMAND", "is not known"),
    ("service", "NIETS", "is not known"),
    ("person", None, "blank"),
]


def test_what_is_not_right_is_told_with_its_cell(staffed, client_of):
    client = client_of(staffed.hr)
    for column, value, said in REFUSALS:
        row = list(ANNA)
        row[HEADS.index(column)] = value
        page = upload(client, staffed, sheet(row))

        [(where, _value, message)] = page.context["errors"]
        assert where == f"staff!{'ABCDEFGHIJ'[HEADS.index(column)]}2"
        assert said in message
    assert apply(client, staffed, page).status_code == 409
    assert len(read_persons(staffed.center)) == 3


@pytest.mark.parametrize(
    "content", [b"x", sheet(ANNA, title="people"), sheet(["1"], heads=["person"]), sheet(ANNA, ANNA)]
)
def test_a_sheet_that_cannot_be_read_is_told(staffed, client_of, content):
    page = upload(client_of(staffed.hr), staffed, content)

    assert page.context["is_refused"]
    assert not page.context["can_apply"]


def test_staff_that_changed_meanwhile_is_told(staffed, client_of):
    client = client_of(staffed.hr)
    page = upload(client, staffed, sheet([*ANNA[:2], 0.9, *ANNA[3:]]))
    write_persons(staffed.center, read_persons(staffed.center)[:2], user=staffed.hr, at=timezone.now())

    assert apply(client, staffed, page).status_code == 409


def test_queries_do_not_grow(staffed, client_of, django_assert_max_num_queries):
    client = client_of(staffed.director)
    with django_assert_max_num_queries(30):
        client.get(staffed.url("staff"))
    client = client_of(staffed.hr)
    with django_assert_max_num_queries(30):
        client.get(staffed.url("persons"))
