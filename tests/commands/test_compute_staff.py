"""The command with an HR workbook: who goes where, in a folder for HR alone."""

import csv
import io

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from portfolio.sheets.writing import write_center
from tests.golden.demo import FOLDER
from tests.golden.demo import center as demo
from tests.sheets.test_hr_reading import changed, small_staff
from tests.sheets.workbooks import saved, small_center, with_cell

HR_FILES = {"placement.csv", "unplaced.csv"}


@pytest.fixture
def run(tmp_path):
    """Computes a center and its staff: exit status and the lines on standard error."""

    def compute(center, people, *options, out="out", hr_out="hr"):
        for name, sheets in (("center.xlsx", center), ("people.xlsx", people)):
            (tmp_path / name).write_bytes(sheets if isinstance(sheets, bytes) else saved(sheets))
        stderr = io.StringIO()
        try:
            call_command(
                "compute", str(tmp_path / "center.xlsx"), "--out", str(tmp_path / out),
                "--staff", str(tmp_path / "people.xlsx"), "--hr-out", str(tmp_path / hr_out), "--language", "en",
                *options, stderr=stderr, stdout=io.StringIO(),
            )  # fmt: skip
        except SystemExit as left:
            return left.code, stderr.getvalue().splitlines()
        return 0, stderr.getvalue().splitlines()

    return compute


def names(folder):
    return {path.name for path in folder.iterdir()}


def rows(path):
    return list(csv.DictReader(path.read_text().splitlines()))


def demo_staff():
    """The staff of the demo as an HR workbook; numbers as numbers."""
    with (FOLDER / "staff.csv").open(encoding="utf-8") as file:
        table = list(csv.reader(file))
    fte = table[0].index("fte")
    return {"staff": [table[0], *([*row[:fte], float(row[fte]), *row[fte + 1 :]] for row in table[1:])]}


def test_placement_goes_to_the_hr_folder(run, tmp_path):
    assert run(small_center(), small_staff()) == (0, [])

    assert names(tmp_path / "hr") == HR_FILES
    # NET has 1 FTE: base_fte 0.5 for each of the two participants.
    assert (tmp_path / "hr" / "placement.csv").read_text().splitlines() == [
        "scenario,person,ground,service,role,fte,from",
        "proposal,1001,1,NET,SYS,1,2027-01",
    ]
    assert (tmp_path / "hr" / "unplaced.csv").read_text().splitlines() == [
        "scenario,person,reason",
        "proposal,1002,external",
    ]


def test_nothing_of_persons_goes_elsewhere(run, tmp_path):
    people = demo_staff()
    people["staff"][1][0] = "P-77310"
    heads = people["staff"][0]

    assert run(write_center(demo(), language="nl"), people, "--scenario", "regie")[0] == 0

    secret = {str(row[heads.index(name)]) for row in people["staff"][1:] for name in ("name", "born") if row}
    secret |= {"P-77310", "Veerman"}
    texts = [path.read_text() for path in (tmp_path / "out").glob("*.csv")]
    book = openpyxl.load_workbook(tmp_path / "out" / "plan.xlsx")
    texts += [str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None]
    assert not [word for word in secret for text in texts if word in text]
    assert not HR_FILES & names(tmp_path / "out")
    plain = (tmp_path / "hr" / "placement.csv").read_text() + (tmp_path / "hr" / "unplaced.csv").read_text()
    assert not [word for word in secret - {"P-77310"} if word in plain]


def test_the_demo_places_everybody_once_in_every_scenario(run, tmp_path):
    center, people = demo(), demo_staff()

    assert run(write_center(center, language="en"), people)[0] == 0

    numbers = {row[0] for row in people["staff"][1:]}
    placed, left = rows(tmp_path / "hr" / "placement.csv"), rows(tmp_path / "hr" / "unplaced.csv")
    for scenario in center.scenarios:
        one = [row["person"] for row in placed if row["scenario"] == scenario]
        other = [row["person"] for row in left if row["scenario"] == scenario]
        assert sorted(one + other) == sorted(numbers)


def test_a_refused_hr_workbook_writes_nothing_in_either_folder(run, tmp_path):
    status, lines = run(small_center(), changed(2, 5, "2030-01-01"))

    assert status == 2
    assert lines == ["staff!E2: 2030-01-01 lies after the reference date 2027-01-01"]
    assert names(tmp_path) == {"center.xlsx", "people.xlsx"}


def test_a_refused_center_writes_nothing_in_either_folder(run, tmp_path):
    status, lines = run(with_cell("roles", 2, 3, "veel"), small_staff())

    assert (status, [line.split(": ")[0] for line in lines]) == (2, ["roles!C2"])
    assert names(tmp_path) == {"center.xlsx", "people.xlsx"}


def test_warnings_on_persons_stand_on_standard_error_alone(run, tmp_path):
    people = small_staff()
    people["staff"][2][3] = "center"  # two people for one post, and of one no birth date is known

    status, lines = run(small_center(), people)

    assert status == 0
    assert [line.split(": ")[0] for line in lines] == ["staff!E3"]
    assert "1002" not in (tmp_path / "out" / "findings.csv").read_text()


def test_the_same_workbooks_give_the_same_files(run, tmp_path):
    people = small_staff()
    run(small_center(), people, hr_out="one")
    people["staff"][1:] = people["staff"][:0:-1]
    run(small_center(), people, hr_out="two")

    for name in HR_FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize("folder", ["out", "out/hr"])
def test_the_hr_folder_stands_apart(run, tmp_path, folder):
    with pytest.raises(CommandError, match="apart"):
        run(small_center(), small_staff(), hr_out=folder)

    assert names(tmp_path) == {"center.xlsx", "people.xlsx"}


def test_staff_needs_a_folder(tmp_path):
    with pytest.raises(CommandError, match="together"):
        call_command("compute", "center.xlsx", "--out", str(tmp_path / "out"), "--staff", "people.xlsx")
