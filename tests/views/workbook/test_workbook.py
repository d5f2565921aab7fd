"""The workbook: out and back the same; an import is shown first, and done whole or not at all."""

import io
import os
import time
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portfolio.actions.uploads import EXPIRES, folder
from portfolio.frames.history import of_center
from portfolio.frames.read import read_center
from portfolio.models.center import Participant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.controller)


def upload(client, cast, content, absent="keep", name="center.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(cast.url("workbook_import"), {"file": file, "absent": absent}, follow=True)


def apply(client, cast, page):
    return client.post(cast.url("workbook_apply"), {"version": page.context["version"]}, follow=True)


def edited(content, *changes):
    """The workbook with cells changed: (sheet, row, column, value); a row of None is a new one."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet, row, column, value in changes:
        page = book[sheet]
        heads = [cell.value for cell in page[1]]
        page.cell(row, heads.index(column) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def counts(page):
    return {tab.name: tab.count for tab in page.context["tabs"]}


@pytest.mark.parametrize(("language", "absent"), [("nl", "keep"), ("en", "delete")])
def test_what_was_exported_comes_back_unchanged(cast, client, language, absent):
    client.cookies["django_language"] = language
    before = read_center(cast.center)
    page = upload(client, cast, client.get(cast.url("export")).content, absent)

    assert {name: counts(page)[name] for name in ("new", "changed", "errors")} == {
        "new": 0,
        "changed": 0,
        "errors": 0,
    }
    assert counts(page)["unchanged"] > 20
    assert not page.context["can_apply"]
    after = read_center(cast.center)
    assert all(before.frames[name].equals(after.frames[name]) for name in before.frames)


def test_the_demo_region_comes_back_unchanged(demo_cast, client_of):
    client = client_of(demo_cast.controller)
    client.cookies["django_language"] = "nl"
    page = upload(client, demo_cast, client.get(demo_cast.url("export")).content)

    assert {name: counts(page)[name] for name in ("new", "changed", "errors")} == {
        "new": 0,
        "changed": 0,
        "errors": 0,
    }


def test_a_key_that_is_called_by_two_words_is_told(cast, client):
    book = openpyxl.Workbook()
    book.active.title = "keys"
    for row in (["key", "part", "share"], ["mix", "afname", 0.5], ["mix", "demand", 0.5]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)

    page = upload(client, cast, out.getvalue())
    assert "stands in the table already" in page.content.decode()


def test_one_table_goes_out_and_comes_back(cast, client):
    content = client.get(cast.url("export_table", table="roles")).content
    page = upload(client, cast, edited(content, ("roles", 2, "annual_cost", 111_000)))

    [line] = page.context["chosen"].lines
    assert (line.where, line.row, line.old, line.new) == ("roles!E2", "CISO", "110,000", "111,000")
    assert counts(page)["changed"] == 1

    apply(client, cast, page)

    assert read_center(cast.center).frames["roles"].set_index("role")["annual_cost"]["CISO"] == 111_000
    assert of_center(cast.center).first().actor == cast.controller


def test_a_sheet_of_a_few_rows_leaves_the_others(cast, client):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "participants"
    for row in (["code", "name", "inhabitants"], ["D", "Deltaveen", 9000], ["A", "Alfadam", None]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)

    page = upload(client, cast, out.getvalue())
    assert {name: counts(page)[name] for name in ("new", "errors")} == {"new": 2, "errors": 0}
    apply(client, cast, page)

    assert sorted(Participant.objects.values_list("code", flat=True)) == ["A", "B", "C", "D"]
    volumes = read_center(cast.center).frames["base_volumes"]
    of_a = volumes[volumes["participant"] == "A"]
    assert list(of_a["driver"]) == ["workplaces"], "a blank says that it is unknown, a missing column nothing"


def test_rows_that_are_not_there_go_only_when_asked(cast, client):
    content = client.get(cast.url("export_table", table="own_effort")).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["own_effort"].delete_rows(2)
    out = io.BytesIO()
    book.save(out)

    kept = upload(client, cast, out.getvalue(), "keep")
    assert not kept.context["can_apply"]
    removed = upload(client, cast, out.getvalue(), "delete")
    assert counts(removed)["removed"] == 1
    apply(client, cast, removed)
    assert read_center(cast.center).frames["own_effort"].empty


def test_errors_name_cell_value_and_expectation_and_nothing_is_written(cast, client):
    content = client.get(cast.url("export")).content
    wrong = edited(content, ("roles", 2, "annual_cost", "veel"), ("sizing", 2, "driver", "auto's"))
    page = upload(client, cast, wrong)

    found = {line.where: line for line in page.context["chosen"].lines}
    assert page.context["chosen"].name == "errors"
    assert found["roles!E2"].found == "veel"
    assert "not a number" in found["roles!E2"].message
    assert "auto's" in found["sizing!B2"].message
    assert client.post(cast.url("workbook_apply"), {"version": page.context["version"]}).status_code == 409


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not an Excel workbook"),
        (b"code;name", "not an Excel workbook"),
        (b"PK\x03\x04rubbish", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old kind"),
    ],
)
def test_a_file_that_is_no_workbook_is_told(cast, client, content, said):
    page = upload(client, cast, content)

    assert page.status_code == 200
    assert said in page.content.decode()
    assert not page.context["can_apply"]


def test_a_file_that_is_too_large_is_refused_at_the_door(cast, client, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    page = upload(client, cast, b"x" * 1001)

    assert page.status_code == 422
    assert "at most" in page.content.decode()
    assert not folder().exists()


def test_a_center_that_changed_meanwhile_is_told_and_shown_anew(cast, client, client_of):
    content = client.get(cast.url("export_table", table="roles")).content
    page = upload(client, cast, edited(content, ("roles", 2, "annual_cost", 111_000)))
    participant = cast.participant("B")
    participant.name = "Anders"
    participant.save()

    refused = apply(client, cast, page)

    assert refused.status_code == 409
    assert "The center changed" in refused.content.decode()
    assert read_center(cast.center).frames["roles"]["annual_cost"].max() == 110_000
    apply(client, cast, refused)
    assert read_center(cast.center).frames["roles"]["annual_cost"].max() == 111_000


def test_an_upload_is_its_users_alone_and_expires(cast, client, client_of):
    upload(client, cast, client.get(cast.url("export")).content)
    [path] = folder().glob("*.xlsx")
    assert path.stat().st_mode & 0o077 == 0

    other = client_of(cast.director).get(cast.url("workbook_preview"), follow=True)
    assert "no workbook waiting" in other.content.decode()
    past = time.time() - EXPIRES - 1
    os.utime(path, (past, past))
    assert client.get(cast.url("workbook_preview")).status_code == 302
    assert not list(folder().glob("*.xlsx"))


def test_importing_twice_does_nothing_twice(cast, client):
    content = client.get(cast.url("export_table", table="roles")).content
    page = upload(client, cast, edited(content, ("roles", 2, "annual_cost", 111_000)))
    apply(client, cast, page)
    count = of_center(cast.center).count()

    again = apply(client, cast, page)

    assert "no workbook waiting" in again.content.decode()
    assert of_center(cast.center).count() == count


def test_a_workbook_can_be_thrown_away(cast, client):
    upload(client, cast, client.get(cast.url("export")).content)
    client.post(cast.url("workbook_cancel"))

    assert not list(folder().glob("*.xlsx"))


@pytest.mark.parametrize(("language", "sheet"), [("nl", "deelnemers"), ("en", "participants")])
def test_the_template_is_in_the_chosen_language(cast, client, language, sheet):
    book = openpyxl.load_workbook(io.BytesIO(client.get(cast.url("template", language=language)).content))

    assert sheet in book.sheetnames
    assert client.get(cast.url("template", language="fr")).status_code == 404


def test_the_plan_comes_as_a_workbook_and_as_csv(cast, client):
    book = client.get(cast.url("plan_file", scenario="regie", kind="plan.xlsx"))
    archive = client.get(cast.url("plan_file", scenario="regie", kind="plan.zip"))

    assert openpyxl.load_workbook(io.BytesIO(book.content)).sheetnames
    names = zipfile.ZipFile(io.BytesIO(archive.content)).namelist()
    assert {"team_fte.csv", "contributions.csv", "findings.csv"} <= set(names)
    assert client.get(cast.url("plan_file", scenario="regie", kind="plan.pdf")).status_code == 404


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("stranger", "workbook", 404), ("reviewer", "workbook", 403), ("reviewer", "export", 403),
        ("hr", "workbook", 200), ("hr", "workbook_preview", 403), ("director", "workbook_preview", 302),
        ("controller", "workbook_apply", 405), ("controller", "workbook_import", 405),
    ],
)  # fmt: skip
def test_each_role_gets_what_it_may(cast, client_of, who, name, status):
    assert client_of(getattr(cast, who)).get(cast.url(name)).status_code == status


def test_queries_do_not_grow(demo_cast, client_of, django_assert_max_num_queries):
    client = client_of(demo_cast.controller)
    content = client.get(demo_cast.url("export")).content
    with django_assert_max_num_queries(30):
        client.get(demo_cast.url("workbook"))
    upload(client, demo_cast, content)
    with django_assert_max_num_queries(30):
        client.get(demo_cast.url("workbook_preview"))
