"""The CSV files: exact columns, plain numbers, nothing that runs, the same bytes for the same plan."""

import csv
import io
from dataclasses import replace

import pandas as pd
import pytest

from portfolio.engine.findings import error, note, warning
from portfolio.engine.pipeline import compute
from portfolio.reports.csvs import csv_files, decimal, euros, findings_file, safe
from tests.golden.demo import center as demo

HEADS = {
    "team_fte.csv": "scenario,service,month,fte,bound_by",
    "fte_allocation.csv": "scenario,service,participant,month,fte",
    "cost.csv": "scenario,service,part,year,eur",
    "contributions.csv": "scenario,participant,year,eur,current_eur,own_effort_eur",
    "findings.csv": "level,code,where,message",
}


@pytest.fixture(scope="module")
def plans():
    center = demo()
    return [compute(center.plan_inputs(scenario)) for scenario in center.scenarios]


def written(plans, findings=()):
    return csv_files(plans, findings, where=lambda finding: str(finding.place), language="en")


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_the_files_have_exactly_these_columns(plans):
    files = written(plans)

    assert {name: content.decode().split("\n")[0] for name, content in files.items()} == HEADS


def test_files_are_utf8_with_plain_line_ends(plans):
    for content in written(plans).values():
        assert b"\r" not in content
        assert content.endswith(b"\n")
        assert not content.startswith(b"\xef\xbb\xbf")


def test_every_scenario_is_in_and_rows_are_sorted_by_key_without_doubles(plans):
    for name, size in {
        "team_fte.csv": 3,
        "fte_allocation.csv": 4,
        "cost.csv": 4,
        "contributions.csv": 3,
    }.items():
        keys = [tuple(row.values())[:size] for row in rows(written(plans)[name])]

        assert {key[0] for key in keys} == {plan.scenario for plan in plans}
        assert keys == sorted(set(keys))


def test_a_team_stands_in_every_month_and_is_bound_by_nothing_when_it_does_not_run(plans):
    teams = rows(written(plans)["team_fte.csv"])

    assert len(teams) == len({row["service"] for row in teams}) * len({row["month"] for row in teams}) * len(
        plans
    )
    assert {row["fte"] for row in teams if not row["bound_by"]} <= {"0"}
    assert {row["bound_by"] for row in teams} == {"", "minimum", "demand"}


def test_amounts_have_cents_and_contributions_are_whole(plans):
    files = written(plans)

    assert all("." in row["eur"] and len(row["eur"].split(".")[1]) == 2 for row in rows(files["cost.csv"]))
    assert all(row["eur"].lstrip("-").isdigit() for row in rows(files["contributions.csv"]))


def test_the_figures_are_those_of_the_plan(plans):
    plan = plans[0]
    own = [row for row in rows(written(plans)["contributions.csv"]) if row["scenario"] == plan.scenario]

    assert sum(int(row["eur"]) for row in own) == plan["contributions"]["eur"].sum()


def test_an_unknown_contribution_is_blank(plans):
    frame = plans[0]["contributions"].assign(current_eur_cents=float("nan"))
    plan = replace(plans[0], frames={**plans[0].frames, "contributions": frame})

    assert {row["current_eur"] for row in rows(written([plan])["contributions.csv"])} == {""}


def test_the_order_in_which_plans_and_rows_come_makes_no_difference(plans):
    turned = [
        replace(plan, frames={name: frame.iloc[::-1] for name, frame in plan.frames.items()})
        for plan in reversed(plans)
    ]

    assert written(turned) == written(plans)


def test_a_double_key_is_refused(plans):
    frame = pd.concat([plans[0]["cost"], plans[0]["cost"].iloc[:1]])
    plan = replace(plans[0], frames={**plans[0].frames, "cost": frame})

    with pytest.raises(ValueError, match="cost: duplicate key"):
        written([plan])


def test_findings_stand_once_and_errors_stay_out():
    low = warning("unknown_volume", "participants", ("B",), "x", driver="x", participant="B", severity=1.0)
    high = warning("unknown_volume", "participants", ("C",), "x", driver="x", participant="C", severity=2.0)
    remark = note("euro_tie", "participants", year=2027, participants="A, B")
    content = findings_file(
        [remark, low, high, low, error("blank", "roles", meaning="x")],
        where=lambda f: str(f.place),
        language="en",
    )

    assert [(row["level"], row["where"]) for row in rows(content)] == [
        ("warning", "participants:C:x"),
        ("warning", "participants:B:x"),
        ("note", "participants"),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-A", "@x", "\tx", "\rx", "＝1"])
def test_what_a_spreadsheet_would_run_is_written_with_an_apostrophe(text):
    assert safe(text) == f"'{text}"


def test_numbers_are_plain():
    assert [decimal(value) for value in (0.1 + 0.05, 3, 0.0, -0.0, 1e-12, 1234567.85)] == [
        "0.15", "3", "0", "0", "0", "1234567.85",
    ]  # fmt: skip
    assert [euros(value) for value in (0, 1, -1, 100, 12345678901)] == [
        "0.00",
        "0.01",
        "-0.01",
        "1.00",
        "123456789.01",
    ]
