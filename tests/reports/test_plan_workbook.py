"""The director's workbook: was, becomes and difference per scenario, totals that close, and where it came from."""

import datetime
import io

import openpyxl
import pytest

from portfolio.engine.findings import warning
from portfolio.engine.pipeline import compute
from portfolio.reports.plan_workbook import plan_workbook
from tests.golden.demo import center as demo

MADE_AT = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)
FOUND = [
    warning(
        "unknown_volume", "participants", ("SDK",), "inhabitants", driver="inhabitants", participant="=SDK"
    )
]


@pytest.fixture(scope="module")
def center():
    return demo()


@pytest.fixture(scope="module")
def plans(center):
    return [compute(center.plan_inputs(scenario)) for scenario in center.scenarios]


def made(center, plans, language="en"):
    return plan_workbook(
        center,
        plans,
        FOUND,
        where=lambda f: "participants!H10",
        language=language,
        made_at=MADE_AT,
        release="1.0",
    )


@pytest.fixture(scope="module")
def book(center, plans):
    return openpyxl.load_workbook(io.BytesIO(made(center, plans)))


def rows(sheet):
    heads, *found = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in found]


def test_the_sheets_tell_the_story_in_order(book):
    assert [name.split(" 2")[0] for name in book.sheetnames] == [
        "Summary", "Team FTE", "FTE per participant", "FTE division", "Contributions", "Cost by part", "Findings",
        "Provenance",
    ]  # fmt: skip


def test_the_summary_has_was_becomes_and_difference_per_scenario(book, plans):
    found = [row for row in rows(book["Summary"]) if row["Figure"].startswith("Contributions in")]

    assert [row["Scenario"] for row in found] == [plan.scenario for plan in plans]
    for row, plan in zip(found, plans, strict=True):
        assert row["Becomes"] == plan.headlines["contributions_eur"]
        assert row["Difference"] == pytest.approx(row["Becomes"] - row["Was"])


def test_totals_close(book, plans):
    for title in ("Team FTE", "FTE per participant"):
        sheet = rows(book[title])
        for plan in plans:
            own = [row for row in sheet if row["Scenario"] == plan.scenario]
            assert own[-1]["Name"] == "Total"
            assert sum(row["2028"] or 0 for row in own[:-1]) == pytest.approx(own[-1]["2028"])
    teams, divided = (
        [row["2028"] for row in rows(book[title]) if row["Name"] == "Total"]
        for title in ("Team FTE", "FTE per participant")
    )
    assert teams == pytest.approx(divided)


def test_contributions_and_cost_agree(book, plans):
    totals = [row for row in rows(book["Contributions"]) if row["Name"] == "Total"]
    costs = rows(book["Cost by part"])

    assert len(totals) == len(costs)
    for total, cost in zip(totals, costs, strict=True):
        assert (total["Scenario"], total["Year"]) == (cost["Scenario"], cost["Year"])
        assert total["Becomes"] == pytest.approx(cost["Total"], abs=2)


def test_numbers_are_numbers_with_a_format_and_heads_stay_in_sight(book):
    sheet = book["Contributions"]

    assert sheet.freeze_panes == "E2"
    assert sheet["F2"].data_type == "n"
    assert sheet["F2"].number_format.startswith("#,##0")


def test_findings_are_said_and_never_run(book):
    (row,) = rows(book["Findings"])

    assert row["Where"] == "participants!H10"
    assert row["Message"].startswith("the number of inhabitants")


def test_provenance_says_what_it_was_made_of(book, plans):
    told = {row["What"]: row["Value"] for row in rows(book["Provenance"])}

    assert told["Release"] == "1.0"
    assert told["Made at"].startswith("2026-11-23")
    assert {plan.digest for plan in plans} <= set(told.values())


def test_the_same_plan_gives_the_same_bytes(center, plans):
    assert made(center, plans) == made(center, plans)


def test_it_is_made_in_dutch_too(center, plans):
    assert openpyxl.load_workbook(io.BytesIO(made(center, plans, "nl")))


def test_a_plan_without_known_contributions_leaves_was_blank(center):
    frames = dict(center.frames)
    frames["budget"] = frames["budget"].iloc[:0]
    frames["participants"] = frames["participants"].assign(current_contribution=float("nan"))
    blank = type(center).of(center.settings, frames)

    book = openpyxl.load_workbook(io.BytesIO(made(blank, [compute(blank.plan_inputs(blank.scenarios[0]))])))

    assert {row["Was"] for row in rows(book["Contributions"])} == {None}
