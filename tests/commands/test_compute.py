"""The command: a workbook in, files out; a refused workbook writes nothing and says where it is wrong."""

import io
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from portfolio.management.commands import compute as command
from portfolio.sheets.writing import write_center
from tests.golden.demo import center as demo
from tests.sheets.workbooks import saved, small_center, with_cell, with_sheet

FILES = {
    "team_fte.csv", "fte_allocation.csv", "cost.csv", "contributions.csv", "sharing.csv", "core.csv", "findings.csv",
    "plan.xlsx",
}  # fmt: skip


@pytest.fixture
def run(tmp_path):
    """Computes sheets or bytes into ``tmp_path/out``: exit status and the lines on standard error."""

    def compute(sheets, *options, out="out"):
        path = tmp_path / "center.xlsx"
        path.write_bytes(sheets if isinstance(sheets, bytes) else saved(sheets))
        stderr = io.StringIO()
        try:
            call_command(
                "compute",
                str(path),
                "--out",
                str(tmp_path / out),
                *options,
                stderr=stderr,
                stdout=io.StringIO(),
            )
        except SystemExit as left:
            return left.code, stderr.getvalue().splitlines()
        return 0, stderr.getvalue().splitlines()

    return compute


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_a_first_plan_is_computed(run, tmp_path):
    assert run(small_center()) == (0, [])

    assert names(tmp_path / "out") == FILES
    teams = (tmp_path / "out" / "team_fte.csv").read_text().splitlines()
    assert teams[:2] == ["scenario,service,month,fte,bound_by", "proposal,GEO,2027-01,0.5,demand"]
    assert "proposal,NET,2028-12,1,demand" in teams
    shared = (tmp_path / "out" / "sharing.csv").read_text().splitlines()
    assert shared[0] == "scenario,year,method,participant,eur"
    assert {row.split(",")[2] for row in shared[1:]} >= {
        "contribution",
        "shapley",
        "nucleolus",
        "scrb",
        "key:equal",
    }
    assert (
        (tmp_path / "out" / "core.csv").read_text().startswith("scenario,year,method,coalition,excess_eur\n")
    )


def test_the_demo_region_is_computed_with_every_scenario(run, tmp_path):
    center = demo()

    assert run(write_center(center, language="nl"))[0] == 0

    paid = (tmp_path / "out" / "contributions.csv").read_text().splitlines()[1:]
    assert {line.split(",")[0] for line in paid} == set(center.scenarios)


def test_one_scenario_can_be_chosen(run, tmp_path):
    assert run(write_center(demo(), language="en"), "--scenario", "regie")[0] == 0

    paid = (tmp_path / "out" / "contributions.csv").read_text().splitlines()[1:]
    assert {line.split(",")[0] for line in paid} == {"regie"}


def test_an_unknown_scenario_is_refused_with_those_there_are(run, tmp_path):
    status, lines = run(small_center(), "--scenario", "regie", "--language", "en")

    assert (status, len(lines)) == (2, 1)
    assert lines[0].startswith("scenarios: ")
    assert "proposal" in lines[0]
    assert names(tmp_path) == {"center.xlsx"}


@pytest.mark.parametrize(
    ("sheets", "where"),
    [
        (with_cell("roles", 2, 3, "veel"), "roles!C2"),
        (with_cell("role_mix", 2, 3, 0.5), "role_mix!C2"),
        (with_cell("role_mix", 2, 2, "XYZ"), "role_mix!B2"),
        (with_cell("center", 3, 2, "2027-13"), "center!B3"),
        ({**small_center(), "roles": [["role", "name"], ["SYS", "x"]]}, "roles"),
        ({title: rows for title, rows in small_center().items() if title != "role_mix"}, "role_mix"),
        (b"no workbook at all", "center.xlsx"),
        # Found by the computation itself:
        (
            with_sheet(
                "uptake", [["service", "participant", "takes", "locked_fte"], ["NET", "DRP", "ja", 9]]
            ),
            "uptake!D2",
        ),
    ],
)
def test_a_refused_workbook_writes_nothing_and_says_where_it_is_wrong(run, tmp_path, sheets, where):
    status, lines = run(sheets, out="deep/out")

    assert status == 2
    assert {line.split(": ")[0] for line in lines} == {where}
    assert names(tmp_path) == {"center.xlsx"}


def test_every_error_has_its_line(run):
    sheets = with_cell("roles", 2, 3, "veel")
    sheets["services"][1][2] = "soon"

    status, lines = run(sheets)

    assert status == 2
    assert [line.split(": ")[0] for line in lines] == ["roles!C2", "services!C2"]


def test_the_language_of_messages_can_be_chosen(run):
    _status, lines = run(with_cell("roles", 2, 3, "veel"), "--language", "en")

    assert lines == ["roles!C2: “veel” is not a number"]


def test_warnings_go_into_the_findings_and_not_to_standard_error(run, tmp_path):
    assert run(with_sheet("notes", [["x"]]), "--language", "en") == (0, [])

    assert "warning,unknown_sheet,notes," in (tmp_path / "out" / "findings.csv").read_text()


def test_a_formula_in_a_code_is_written_safely(run, tmp_path):
    sheets = small_center()
    sheets["participants"][1][0] = "@DRP"

    assert run(sheets)[0] == 0
    assert "\nproposal,'@DRP,2027," in (tmp_path / "out" / "contributions.csv").read_text()


def test_the_same_workbook_gives_the_same_files(run, tmp_path):
    run(small_center(), out="one")
    run(small_center(), out="two")

    for name in FILES - {"plan.xlsx"}:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_folder_that_is_there_keeps_what_is_not_ours(run, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine")
    (tmp_path / "out" / "cost.csv").write_text("old")

    assert run(small_center())[0] == 0

    assert names(tmp_path / "out") == FILES | {"notes.txt"}
    assert (tmp_path / "out" / "cost.csv").read_text().startswith("scenario,")
    assert names(tmp_path) == {"center.xlsx", "out"}


def test_a_file_in_the_way_is_said(run, tmp_path):
    (tmp_path / "out").write_text("a file")

    with pytest.raises(CommandError, match="a file, not a folder"):
        run(small_center())


def test_a_writing_that_fails_halfway_leaves_nothing(tmp_path):
    with pytest.raises(TypeError):
        command.write_files(tmp_path / "out", {"a.csv": b"a", "b.csv": None})

    assert names(tmp_path) == set()


def test_no_database_is_opened(run, monkeypatch):
    def refuse(*args, **options):
        raise AssertionError("a database was opened")

    for connection in connections.all(initialized_only=False):
        monkeypatch.setattr(connection, "ensure_connection", refuse)

    assert run(small_center())[0] == 0


def test_from_a_shell_the_exit_status_and_standard_error_say_it(tmp_path, monkeypatch, capfd):
    from django.core.management import execute_from_command_line

    path = tmp_path / "center.xlsx"
    path.write_bytes(saved(with_cell("roles", 2, 3, "veel")))
    monkeypatch.setattr(sys, "argv", ["manage.py"])

    with pytest.raises(SystemExit) as left:
        execute_from_command_line(
            ["manage.py", "compute", str(path), "--out", str(tmp_path / "out"), "--no-color"]
        )

    assert left.value.code == 2
    captured = capfd.readouterr()
    assert captured.err.startswith("roles!C2: ")
    assert captured.out == ""
