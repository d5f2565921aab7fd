"""The FTE grid: what it shows closes, what is typed is looked ahead, saved and sealed, and overwrites nobody."""

import io
import re
from decimal import Decimal
from html import unescape

import openpyxl
import pytest
from django.utils import timezone

from portfolio.actions.plans import compute_plan
from portfolio.actions.uptake import set_uptake
from portfolio.frames.uptake import Change, Take
from portfolio.models.plans import Plan
from portfolio.models.scenarios import Decision, Scenario, Uptake

MONTH = {"month": "2028-03"}


@pytest.fixture
def address(cast):
    return cast.url("grid", scenario="regie")


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.director)


@pytest.fixture
def hidden(client, address):
    """What the page sends along with what was typed."""

    def read(**query: str) -> dict[str, str]:
        page = client.get(address, query).content.decode()
        return {
            "plan": re.search(r'name="plan"\s+value="(\d+)"', page)[1],
            "seen": unescape(re.search(r'name="seen"\s+hidden>(.*?)</textarea>', page, re.S)[1]),
        }

    return read


@pytest.fixture
def save(cast, client, hidden):
    def send(cells: dict[str, str], known: dict[str, str] | None = None, **query: str):
        where = cast.url("save_grid", scenario="regie")
        return client.post(where, (known or hidden(**query)) | cells, query_params=query)

    return send


@pytest.fixture
def preview(cast, client, hidden):
    def send(cells: dict[str, str], **query: str):
        where = cast.url("preview_grid", scenario="regie")
        return client.post(where, hidden(**query) | cells, query_params=query).json()

    return send


def kept() -> dict[tuple[str, str], Take]:
    rows = Uptake.objects.select_related("service", "participant")
    return {(r.service.code, r.participant.code): Take.of(r.takes, r.fte, r.locked_fte) for r in rows}


def rows(response) -> dict:
    return {row.code: row for group in response.context["grid"].groups for row in group.rows}


# --- What it shows ---


def test_every_row_and_the_whole_close(client, address):
    for query in ({"year": "2027"}, {"year": "2028"}, MONTH):
        grid = client.get(address, query).context["grid"]

        assert grid.closes
        for row in (row for group in grid.groups for row in group.rows):
            assert row.total == pytest.approx(row.target)
        assert sum(grid.sums) == pytest.approx(grid.total)


def test_a_year_is_the_mean_of_its_months(cast, client, address):
    Decision.objects.filter(service__code="CISO").update(from_month="2028-07")
    compute_plan(scenario=cast.scenario, user=cast.director)

    months = [client.get(address, {"month": f"2028-{month:02d}"}).context["grid"].total for month in (1, 7)]
    year = client.get(address, {"year": "2028"}).context["grid"].total

    assert months[1] > months[0]
    assert year == pytest.approx(sum(months) / 2)


def test_a_service_that_does_not_run_is_named_below(client, address):
    grid = client.get(address, {"year": "2027"}).context["grid"]

    assert list(grid.idle) == ["BI-team", "CISO-pool"]


def test_a_row_that_changes_in_the_year_is_edited_by_the_month(cast, client, address):
    Decision.objects.filter(service__code="CISO").update(from_month="2028-07")
    compute_plan(scenario=cast.scenario, user=cast.director)

    row = rows(client.get(address, {"year": "2028"}))["CISO"]
    assert not any(cell.can_edit for cell in row.cells)
    assert "choose a month" in row.why_not
    assert all(cell.can_edit for cell in rows(client.get(address, {"month": "2028-09"}))["CISO"].cells)


def test_the_difference_with_today_leaves_out_what_stays(client, address):
    response = client.get(address, {"year": "2029", "show": "difference"})

    found = rows(response)
    assert set(found) == {"WERK", "CISO"}
    assert found["WERK"].total < 0 < found["CISO"].total
    assert "input name=" not in response.content.decode().split("<tbody>")[1].split("</tbody>")[0]


def test_euros_are_the_bill_of_the_year(cast, client, address):
    from portfolio.frames.store import load_frame

    paid = load_frame(Plan.objects.get(), "contributions")
    grid = client.get(address, {"unit": "eur", "year": "2029"}).context["grid"]

    expected = paid[paid["year"] == 2029].set_index("participant")["eur"]
    assert [round(total) for total in grid.sums] == expected.tolist()


def test_asked_is_the_sizing_rule_or_the_request(cast, client, address):
    set_uptake(
        scenario=cast.scenario, user=None, at=timezone.now(),
        changes=[Change("CISO", "B", Take(), Take(True, Decimal("0.8"))), Change("CISO", "C", Take(), Take(False))],
    )  # fmt: skip
    compute_plan(scenario=cast.scenario, user=cast.director)

    cells = rows(client.get(address, {"unit": "asked", "year": "2028"}))["CISO"].cells

    assert [cell.text for cell in cells] == ["1.00", "0.80", "–"]
    assert [cell.mark for cell in cells] == ["", "requested", ""]
    assert cells[1].words == "requested 0.80"
    assert cells[2].words == "does not take this service"


def test_nonsense_in_the_address_shows_the_default(client, address):
    for query in ({"year": "x"}, {"month": "2099-01"}, {"unit": "apples"}, {"show": "?"}):
        assert client.get(address, query).status_code == 200


def test_without_a_plan_it_says_what_to_do(make_cast, client_of):
    cast = make_cast(compute=False)

    page = client_of(cast.director).get(cast.url("grid", scenario="regie")).content.decode()

    assert cast.url("compute", scenario="regie") in page
    assert "<table" not in page


# --- What is typed ---


def test_a_figure_typed_is_a_lock_and_the_plan_is_sealed(cast, client, save, address):
    response = save({"CISO,B": "0,70"}, **MONTH)

    assert response.url == f"{address}?month=2028-03"
    assert kept() == {("CISO", "B"): Take(True, None, Decimal("0.7"))}
    found = client.get(address, MONTH)
    cell = rows(found)["CISO"].cells[1]
    assert (cell.text, cell.mark, cell.words) == ("0.70", "locked", "locked at 0.70")
    assert found.context["grid"].closes
    assert not found.context["stale"]
    cast.scenario.refresh_from_db()
    assert cast.scenario.current_plan != cast.plan


def test_an_emptied_cell_is_released(client, save):
    save({"CISO,B": "0,70"}, **MONTH)
    save({"CISO,B": ""}, **MONTH)

    assert kept() == {}


def test_a_figure_typed_where_fte_is_asked_is_a_request(client, save, address):
    save({"CISO,B": "0,85"}, unit="asked", year="2028")

    assert kept() == {("CISO", "B"): Take(True, Decimal("0.85"))}
    assert rows(client.get(address, MONTH))["CISO"].total == pytest.approx(2.25)


def test_a_page_without_scripts_sends_all_cells_and_only_what_differs_is_saved(client, save, address):
    shown = {
        cell.name: cell.text
        for row in rows(client.get(address, MONTH)).values()
        for cell in row.cells
        if cell.can_edit
    }
    save(shown | {"HELP,A": "2,50"}, **MONTH)

    assert kept() == {("HELP", "A"): Take(True, None, Decimal("2.5"))}


def test_saving_twice_is_saving_once(client, save, hidden):
    known = hidden(**MONTH)
    save({"CISO,B": "0,70"}, known, **MONTH)
    plans = Plan.objects.count()
    save({"CISO,B": "0,70"}, **MONTH)

    assert Plan.objects.count() == plans


def test_what_cannot_be_read_comes_back_with_its_reason(save):
    for typed in ("veel", "-1", "0,33", "5000"):
        response = save({"CISO,B": typed, "CISO,A": "0,80"}, **MONTH)

        page = response.content.decode()
        assert response.status_code == 422
        assert f'value="{typed}"' in page
        assert 'value="0,80"' in page
        assert "cell-error" in page
    assert kept() == {}


def test_locks_above_the_team_are_refused_before_anything_is_saved(save):
    response = save({"CISO,B": "9"}, **MONTH)

    assert response.status_code == 422
    assert "is more than its team" in response.content.decode()
    assert kept() == {}


def test_a_cell_changed_by_somebody_else_stops_all(cast, client, save, hidden):
    known = hidden(**MONTH)
    save({"CISO,B": "0,60"}, **MONTH)

    response = save({"CISO,B": "0,70", "HELP,A": "2,50"}, known, **MONTH)

    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="0,70"' in page
    assert "it now says: 0.60" in page
    assert kept() == {("CISO", "B"): Take(True, None, Decimal("0.6"))}
    # Whoever has seen what stands now may save after all.
    save({"CISO,B": "0,70"}, **MONTH)
    assert kept()["CISO", "B"].locked_fte == Decimal("0.7")


def test_another_cell_changed_by_somebody_else_is_no_objection(save, hidden):
    known = hidden(**MONTH)
    save({"CISO,A": "0,80"}, **MONTH)
    save({"CISO,B": "0,70"}, known, **MONTH)

    assert set(kept()) == {("CISO", "A"), ("CISO", "B")}


def test_a_whole_block_is_saved_in_a_fixed_number_of_queries(
    cast, client, hidden, django_assert_max_num_queries
):
    known = hidden(unit="asked", year="2028")
    cells = {f"{service},{person}": "0,55" for service in ("HELP", "WERK", "CISO") for person in "ABC"}
    with django_assert_max_num_queries(65):
        client.post(
            cast.url("save_grid", scenario="regie"),
            known | cells,
            query_params={"unit": "asked", "year": "2028"},
        )
    assert len(kept()) == 9


def test_saving_can_be_undone(cast, client, save, address):
    save({"CISO,B": "0,70"}, **MONTH)
    assert "CISO-pool, Betadorp" in client.get(address).content.decode()

    client.post(cast.url("undo", scenario="regie"))

    assert kept() == {}
    cast.scenario.refresh_from_db()
    assert cast.scenario.current_plan == cast.plan


# --- Looked ahead ---


def test_a_preview_answers_every_cell_and_stores_nothing(cast, preview, client, address):
    answer = preview({"CISO,B": "0,70"}, **MONTH)

    assert answer["cells"]["CISO,B"]["value"] == "0.70"
    row = [float(answer["cells"][f"CISO,{person}"]["value"]) for person in "ABC"]
    assert sum(row) == pytest.approx(1.9)
    assert "Betadorp gets exactly 0.70" in answer["message"]
    assert kept() == {}
    assert Plan.objects.count() == 1


def test_a_preview_is_what_saving_gives(preview, save, client, address):
    answer = preview({"HELP,A": "1,00", "CISO,C": "0,95"}, **MONTH)
    save({"HELP,A": "1,00", "CISO,C": "0,95"}, **MONTH)

    saved = client.get(address, MONTH).context["grid"].cells
    assert {name: cell["value"] for name, cell in answer["cells"].items()} == {
        name: cell.text for name, cell in saved.items()
    }


def test_a_preview_of_a_request_shows_the_team(preview):
    answer = preview({"CISO,B": "0,85"}, unit="asked", year="2028")

    assert answer["cells"]["team,CISO"] == "2.25"
    assert "the team comes to 2.25" in answer["message"]


def test_a_preview_says_what_does_not_fit(preview):
    assert "is more than its team" in preview({"CISO,B": "9"}, **MONTH)["message"]
    assert "veel" in preview({"CISO,B": "veel"}, **MONTH)["message"]


# --- Files, roles, queries ---


def test_excel_holds_what_is_on_screen(cast, client, address):
    grid = client.get(address, MONTH).context["grid"]
    response = client.get(cast.url("grid_file", scenario="regie", kind="xlsx"), MONTH)

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    cells = list(sheet.iter_rows(values_only=True))
    assert cells[0][:4] == ("Group", "Code", "Service", "Alfadam")
    assert [round(value, 6) for value in cells[-1][3:]] == [
        round(value, 6) for value in [*grid.sums, grid.total]
    ]


def test_csv_holds_the_months_of_the_chart(cast, client):
    response = client.get(cast.url("grid_file", scenario="regie", kind="csv"))

    lines = response.content.decode().splitlines()
    assert len(lines) == 1 + 36
    assert lines[0].startswith("Month,")
    assert client.get(cast.url("grid_file", scenario="regie", kind="exe")).status_code == 404


def test_who_only_reads_gets_no_inputs(cast, client_of, address):
    for who in (cast.controller, cast.hr):
        client = client_of(who)
        assert "data-grid" not in client.get(address).content.decode()
        for name in ("save_grid", "preview_grid"):
            assert client.post(cast.url(name, scenario="regie")).status_code == 403


def test_a_plan_that_is_behind_is_shown_and_not_edited(cast, client, address):
    Decision.objects.filter(service__code="HELP").update(decision="stop")

    response = client.get(address)

    assert response.context["stale"]
    assert "data-grid" not in response.content.decode()


def test_it_refuses_a_stranger_and_a_reviewer(cast, client_of):
    for name in ("grid", "save_grid", "preview_grid"):
        where = cast.url(name, scenario="regie")
        for method in ("get", "post"):
            assert getattr(client_of(cast.stranger), method)(where).status_code == 404
            assert getattr(client_of(cast.reviewer), method)(where).status_code == 403


def test_a_get_changes_nothing(cast, client):
    for name in ("save_grid", "preview_grid"):
        assert client.get(cast.url(name, scenario="regie")).status_code == 405


def test_queries_stay_within_thirty_at_the_size_of_the_demo(
    demo_cast, client_of, django_assert_max_num_queries
):
    client = client_of(demo_cast.director)
    where = demo_cast.url("grid", scenario="regie")
    for query in ({}, {"unit": "asked"}, {"unit": "eur"}, {"show": "difference"}):
        with django_assert_max_num_queries(30):
            assert client.get(where, query).status_code == 200
    assert Scenario.objects.count() == 3
