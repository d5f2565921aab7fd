"""Before an import is applied: which rows are new, changed, unchanged and missing."""

import pandas as pd

from portfolio.engine.inputs import CenterInputs
from portfolio.sheets.comparing import compare
from tests.golden.demo import center as demo
from tests.sheets.workbooks import read_sheets, small_center


def inputs(**sheets):
    return read_sheets({**small_center(), **sheets}).inputs


def test_a_center_and_itself_do_not_differ():
    center = demo()
    turned = CenterInputs.of(
        center.settings, {name: frame.iloc[::-1] for name, frame in center.frames.items()}
    )

    changes = compare(center, turned)

    assert all(change.is_empty for change in changes.values())
    assert all(len(changes[name].unchanged) == len(frame) for name, frame in center.frames.items())


def test_new_changed_missing_and_unchanged_rows_are_told_apart():
    before = inputs(
        roles=[["role", "name", "annual_cost"], ["SYS", "Beheerder", 80_000], ["ARC", "Architect", 100_000]]
    )
    after = inputs(
        roles=[["role", "name", "annual_cost"], ["SYS", "Beheerder", 80_000], ["CIS", "CISO", 110_000]],
        center=[["setting", "value"], ["name", "SSC Test"], ["start", "2027-01"], ["years", 3]],
    )

    changes = compare(before, after)

    assert list(changes["roles"].new["role"]) == ["CIS"]
    assert list(changes["roles"].missing["role"]) == ["ARC"]
    assert list(changes["roles"].unchanged["role"]) == ["SYS"]
    assert changes["center"].changed.to_dict("records") == [
        {"setting": "years", "column": "years", "old": 2.0, "new": 3.0} | {"column": "value"}
    ]


def test_every_changed_cell_is_named_with_what_it_was_and_becomes():
    before, after = inputs(), inputs()
    services = after.frames["services"].copy()
    services.loc[services["service"] == "NET", ["name", "base_fte", "solo_fixed_cost"]] = [
        "Network",
        0.75,
        10.0,
    ]
    after = CenterInputs.of(after.settings, {**after.frames, "services": services})

    changes = compare(before, after)["services"]

    assert changes.changed_rows == 1
    assert changes.changed.to_dict("records") == [
        {"service": "NET", "column": "base_fte", "old": 0.5, "new": 0.75},
        {"service": "NET", "column": "name", "old": "Netwerk", "new": "Network"},
        {"service": "NET", "column": "solo_fixed_cost", "old": None, "new": 10.0},
    ]
    assert list(changes.unchanged["service"]) == ["GEO"]


def test_a_key_of_several_columns_is_matched_whole():
    before = inputs()
    mix = pd.concat(
        [before.frames["role_mix"], pd.DataFrame({"service": ["NET"], "role": ["ARC"], "share": [0.0]})]
    )
    after = CenterInputs.of(before.settings, {**before.frames, "role_mix": mix})

    changes = compare(before, after)["role_mix"]

    assert changes.new[["service", "role"]].to_numpy().tolist() == [["NET", "ARC"]]
    assert changes.missing.empty
    assert changes.changed.empty
