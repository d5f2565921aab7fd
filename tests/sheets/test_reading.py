"""A workbook comes in: right ones as they are, wrong ones with every error at its cell."""

import io

import openpyxl
import pytest
from openpyxl.styles import numbers

from portfolio.engine.findings import Place, error
from portfolio.sheets.reading import read
from tests.sheets.workbooks import (
    DAY,
    bytes_of,
    read_sheets,
    saved,
    small_center,
    told,
    with_cell,
    with_sheet,
)

DUTCH = {
    "centrum": [["Instelling", "Waarde"], ["Naam", "SSC Test"], ["Startmaand", "januari 2027"], ["Jaren", 2]],
    "Deelnemers": [
        ["Code", "Naam", "Soort", "Huidige bijdrage", "inhabitants"],
        ["DRP", "Dorp", "gemeente", "€ 100.000", 9_000],
        ["STD", "Stad", "Gemeente", "400.000,00", 40_000],
    ],
    "Rollen": [["Rol", "Naam", "Jaarlijkse kosten"], ["SYS", "Beheerder", 80_000]],
    "Diensten": [
        ["Dienst", "Naam", "Fase", "Basis FTE", "Kostensleutel"],
        ["NET", "Netwerk", "huidig", "0,5", "inhabitants"],
        ["GEO", "Geo", "nieuw", 0.25, "afname"],
    ],
    "Rolmix": [["dienst", "rol", "aandeel"], ["NET", "SYS", "100 %"], ["GEO", "SYS", 1]],
}


def digest(reading):
    return reading.inputs.plan_inputs("proposal").digest


def test_a_small_center_is_read():
    inputs = read_sheets(small_center()).inputs

    assert inputs.settings["name"] == "SSC Test"
    assert inputs.settings["fte_step"] == 0.05
    assert list(inputs.frames["participants"]["code"]) == ["DRP", "STD"]
    assert list(inputs.frames["base_volumes"]["volume"]) == [9_000, 40_000]
    assert list(inputs.frames["drivers"]["driver"]) == ["inhabitants"]
    assert inputs.scenarios == ["proposal"]


def test_dutch_names_mean_the_same():
    assert digest(read_sheets(DUTCH)) == digest(read_sheets(small_center()))


def test_the_order_of_sheets_rows_and_columns_means_nothing():
    turned = {
        title: [list(reversed(row)) for row in (rows[0], *reversed(rows[1:]))]
        for title, rows in reversed(small_center().items())
    }

    assert digest(read_sheets(turned)) == digest(read_sheets(small_center()))


def test_empty_rows_and_spaces_mean_nothing():
    sheets = small_center()
    sheets["roles"][1:1] = [[None, None, None], ["  ", None, ""]]
    sheets["roles"].append(["  ", None, None])
    sheets["participants"][1][1] = "  Dorp "

    assert digest(read_sheets(sheets)) == digest(read_sheets(small_center()))


def test_a_blank_driver_cell_is_unknown_and_no_row():
    inputs = read_sheets(with_cell("participants", 2, 4, None)).inputs

    assert list(inputs.frames["base_volumes"]["participant"]) == ["STD"]


def test_a_driver_column_without_figures_still_names_a_driver():
    sheets = small_center()
    sheets["participants"][0].append("servers")
    sheets["sizing"] = [["service", "driver", "per", "fte"], ["NET", "servers", 10, 0.1]]

    assert set(read_sheets(sheets).inputs.frames["drivers"]["driver"]) == {"inhabitants", "servers"}


def test_what_is_said_of_a_row_is_said_of_its_figures_unless_they_say_otherwise():
    sheets = small_center()
    sheets["participants"][0] += ["status", "workplaces", "workplaces (status)"]
    sheets["participants"][1] += ["bevestigd", 90, "estimated"]
    sheets["participants"][2] += ["confirmed", 400, None]

    volumes = read_sheets(sheets).inputs.frames["base_volumes"].set_index(["participant", "driver"])["status"]

    assert volumes.to_dict() == {
        ("DRP", "inhabitants"): "confirmed",
        ("DRP", "workplaces"): "estimated",
        ("STD", "inhabitants"): "confirmed",
        ("STD", "workplaces"): "entered",
    }


def test_a_key_of_the_center_itself_wins_from_a_built_in_word():
    sheets = with_cell("services", 3, 5, "afname")
    sheets["keys"] = [["key", "part", "share"], ["afname", "DRP", 0.5], ["afname", "STD", 0.5]]

    services = read_sheets(sheets).inputs.frames["services"].set_index("service")

    assert services.loc["GEO", "cost_key"] == "afname"
    assert services.loc["GEO", "fte_key"] == "demand"


def test_a_formula_is_read_by_its_stored_value():
    workbook = openpyxl.load_workbook(io.BytesIO(saved(small_center())))
    workbook["roles"]["C2"] = "=40000*2"
    reading = read(io.BytesIO(bytes_of(workbook)), "center.xlsx")

    # This library stores no values, as a program that only writes does not.
    assert told(reading) == [("roles!C2", "formula_without_value")]


def test_percent_formats_and_date_cells_are_read():
    workbook = openpyxl.load_workbook(io.BytesIO(saved(small_center())))
    workbook["center"]["B3"] = DAY
    workbook["role_mix"]["C2"].number_format = numbers.FORMAT_PERCENTAGE
    workbook["center"].append(["wage_growth", 0.03])
    workbook["center"]["B5"].number_format = numbers.FORMAT_PERCENTAGE_00
    inputs = read(io.BytesIO(bytes_of(workbook))).inputs

    assert inputs.settings["start"] == "2027-01"
    assert inputs.settings["wage_growth"] == 0.03


def test_merged_and_hidden_cells_are_read_as_they_are():
    workbook = openpyxl.load_workbook(io.BytesIO(saved(small_center())))
    workbook["services"].merge_cells("B5:C6")
    workbook["roles"].sheet_state = "hidden"
    workbook["participants"].row_dimensions[2].hidden = True
    workbook["participants"].column_dimensions["D"].hidden = True

    assert digest(read(io.BytesIO(bytes_of(workbook)))) == digest(read_sheets(small_center()))


WRONG_CELLS = [
    ("participants", 2, 3, "veel", "participants!C2", "not_a_number"),
    ("participants", 2, 3, "1.234", "participants!C2", "ambiguous_number"),
    ("participants", 2, 3, -5, "participants!C2", "negative"),
    ("participants", 2, 4, "x", "participants!D2", "not_a_number"),
    ("participants", 2, 4, -1, "participants!D2", "negative"),
    ("participants", 3, 2, None, "participants!B3", "blank"),
    ("participants", 3, 1, None, "participants!A3", "blank"),
    ("participants", 3, 1, "DRP", "participants!A3", "duplicate_key"),
    ("roles", 2, 3, None, "roles!C2", "blank"),
    ("roles", 2, 3, "=1/0", "roles!C2", "formula_without_value"),
    ("services", 2, 3, "soon", "services!C2", "unknown_choice"),
    ("services", 2, 4, -0.5, "services!D2", "negative"),
    ("services", 2, 5, "unheard", "services!E2", "unknown_code"),
    ("role_mix", 2, 3, 1.5, "role_mix!C2", "share_above_one"),
    ("role_mix", 2, 3, 0.5, "role_mix!C2", "shares_sum"),
    ("role_mix", 2, 2, "XYZ", "role_mix!B2", "unknown_code"),
    ("center", 3, 2, "2027-13", "center!B3", "not_a_month"),
    ("center", 3, 2, "02/03/2027", "center!B3", "ambiguous_date"),
    ("center", 3, 2, None, "center!B3", "blank"),
    ("center", 3, 1, "wages", "center!B3", "missing_setting"),
    ("center", 4, 1, "start", "center!A4", "duplicate_key"),
    ("center", 4, 2, 2.33, "center!B4", "not_whole"),
]


@pytest.mark.parametrize(("sheet", "row", "column", "value", "where", "code"), WRONG_CELLS)
def test_a_wrong_cell_is_refused_at_its_place(sheet, row, column, value, where, code):
    reading = read_sheets(with_cell(sheet, row, column, value))

    assert reading.inputs is None
    where = "center" if code == "missing_setting" else where
    assert (where, code) in told(reading)


@pytest.mark.parametrize("sheet", ["center", "participants", "roles", "services", "role_mix"])
def test_a_missing_sheet_is_an_error(sheet):
    sheets = small_center()
    del sheets[sheet]

    reading = read_sheets(sheets)

    assert reading.inputs is None
    assert told(reading) == [(sheet, "missing_sheet")]


@pytest.mark.parametrize(
    ("sheet", "column"),
    [
        ("participants", "name"),
        ("roles", "annual_cost"),
        ("services", "phase"),
        ("role_mix", "share"),
        ("center", "value"),
    ],
)
def test_a_missing_column_is_an_error(sheet, column):
    sheets = small_center()
    sheets[sheet][0][sheets[sheet][0].index(column)] = "something else"

    reading = read_sheets(sheets)

    assert reading.inputs is None
    missing = [finding for finding in reading.errors if finding.code == "missing_column"]
    assert [(reading.where(finding), finding.params["column"]) for finding in missing] == [(sheet, column)]


def test_a_column_that_the_workbook_asks_for_must_stand_though_its_cells_may_be_blank():
    reading = read_sheets(with_sheet("uptake", [["service", "participant", "fte"], ["NET", "DRP", 1]]))

    assert told(reading) == [("uptake", "missing_column")]


def test_an_unknown_column_is_a_warning_and_not_read():
    sheets = small_center()
    sheets["roles"][0].append("Remarks")
    sheets["roles"][1].append("anything")

    reading = read_sheets(sheets)

    assert told(reading) == [("roles!D1", "unknown_column")]
    assert digest(reading) == digest(read_sheets(small_center()))


def test_a_column_without_a_head_is_a_warning_once():
    sheets = small_center()
    sheets["participants"] = [
        [*sheets["participants"][0]],
        *([*row, "stray"] for row in sheets["participants"][1:]),
    ]

    reading = read_sheets(sheets)

    assert told(reading) == [("participants!E1", "headless_column")]
    assert reading.inputs


def test_an_unknown_sheet_is_a_warning():
    reading = read_sheets(with_sheet("notes", [["anything"]]))

    assert told(reading) == [("notes", "unknown_sheet")]
    assert reading.inputs


@pytest.mark.parametrize("title", ["staff", "Personeel", "social_plan"])
def test_staff_data_is_not_read_and_said_to_belong_elsewhere(title):
    reading = read_sheets(with_sheet(title, [["person", "born"], [1, "1970-01-01"]]))

    assert told(reading) == [(title, "hr_sheet")]
    assert not any("1970" in str(frame.to_dict()) for frame in reading.inputs.frames.values())


def test_two_sheets_of_one_meaning_are_an_error():
    assert ("Rollen", "duplicate_sheet") in told(read_sheets(with_sheet("Rollen", [["rol"]])))


def test_two_columns_of_one_meaning_are_an_error():
    sheets = small_center()
    sheets["roles"][0].append("Naam")

    assert told(read_sheets(sheets)) == [("roles!D1", "duplicate_column")]


def test_a_duplicate_key_names_both_rows():
    sheets = small_center()
    sheets["role_mix"].append(["NET", "SYS", 0])

    (finding,) = read_sheets(sheets).errors

    assert finding.params == {"row": 4, "value": "NET, SYS", "other": 2}


def test_all_errors_are_told_at_once():
    sheets = small_center()
    sheets["participants"][1][2] = "veel"
    sheets["services"][1][2] = "soon"
    sheets["services"][2][4] = "unheard"
    sheets["role_mix"][1][1] = "XYZ"
    sheets["center"][2][1] = "2027-13"

    assert told(read_sheets(sheets)) == [
        ("center!B3", "not_a_month"),
        ("participants!C2", "not_a_number"),
        ("services!C2", "unknown_choice"),
        ("role_mix!B2", "unknown_code"),
        ("services!E3", "unknown_code"),
    ]


def test_a_code_is_not_called_unknown_when_its_own_cell_is_what_is_wrong():
    reading = read_sheets(with_cell("roles", 2, 1, DAY))

    assert told(reading) == [("roles!A2", "date_for_code")]


def test_a_text_that_begins_like_a_formula_is_kept_and_warned_about():
    workbook = openpyxl.load_workbook(io.BytesIO(saved(small_center())))
    cell = workbook["participants"]["B2"]
    cell.value = "=HYPERLINK(1)"
    cell.data_type = "s"

    reading = read(io.BytesIO(bytes_of(workbook)), "center.xlsx")

    assert told(reading) == [("participants!B2", "formula_text")]
    assert reading.inputs.frames["participants"]["name"][0] == "=HYPERLINK(1)"


def test_decisions_of_a_scenario_that_no_sheet_names_are_an_error():
    decisions = [["scenario", "service", "decision"], ["regie", "NET", "keep"], ["regie", "GEO", "start"]]

    assert told(read_sheets(with_sheet("decisions", decisions))) == [
        ("decisions!A2", "scenario_without_sheet")
    ]


def test_a_sheet_full_of_errors_says_how_many_more_there_are():
    rows = [["code", "name"], *([f"P{number}", None] for number in range(1000))]

    findings = [
        finding for finding in read_sheets(with_sheet("participants", rows)).errors if finding.code != "blank"
    ]

    assert [(finding.code, finding.params) for finding in findings][:1] == [("more_errors", {"count": 700})]


def test_one_sheet_can_come_back_onto_its_center():
    center = read_sheets(small_center()).inputs
    roles = saved({"roles": [["role", "name", "annual_cost"], ["SYS", "Beheerder", 90_000]]})

    changed = read(io.BytesIO(roles), onto=center).inputs

    assert list(changed.frames["roles"]["annual_cost"]) == [90_000]
    assert changed.frames["services"].equals(center.frames["services"])
    assert changed.settings == center.settings


def test_places_are_found_by_row_and_by_part_of_a_key():
    reading = read_sheets(small_center())

    def where(*place, column=""):
        return reading.where(error("blank", place[0], place[1:], column))

    assert where("services", "GEO", column="phase") == "services!C3"
    assert where("services", "GEO") == "services!A3"
    assert where("services", "GEO", column="min_fte") == "services!A3"
    assert where("role_mix", "GEO") == "role_mix!A3"
    assert where("services", column="phase") == "services!C1"
    assert where("services") == "services"
    assert where("services", "none") == "services"
    assert where("offers", "GEO") == "offers"
    assert where("base_volumes", "STD", "inhabitants", column="volume") == "participants!D3"
    assert where("center", "start") == where("center", column="start") == "center!B3"
    assert reading.cells[Place("services", ("GEO",), "phase")] == "C3"


def test_findings_stand_under_the_titles_that_the_workbook_uses():
    sheets = {**DUTCH, "Rollen": [["Rol", "Naam", "Jaarkosten"], ["SYS", "Beheerder", "veel"]]}

    assert told(read_sheets(sheets)) == [("Rollen!C2", "not_a_number")]
