"""What belongs to a participant: its seal breaks when a figure changes, and completeness lists what is missing."""

from pathlib import Path

import pandas as pd
import pytest

from portfolio.engine.inputs import CenterInputs
from portfolio.frames.files import read_folder
from portfolio.frames.participants import OWN_FRAMES, completeness, participant_digest

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"


@pytest.fixture(scope="module")
def demo() -> CenterInputs:
    return read_folder(DEMO)


def changed(inputs: CenterInputs, frame: str, column: str, value, *, of: str) -> CenterInputs:
    rows = inputs.frames[frame].copy()
    rows.loc[rows.index[rows[OWN_FRAMES.get(frame, "participant")] == of][0], column] = value
    return CenterInputs.of(inputs.settings, {**inputs.frames, frame: rows})


@pytest.mark.parametrize(
    ("frame", "column", "value"),
    [
        ("participants", "current_contribution", 1.0),
        ("participants", "name", "Elders"),
        ("base_volumes", "volume", 1.0),
        ("budget", "amount", 1.0),
        ("own_effort", "fte", 9.0),
        ("alternatives", "annual_cost", 1.0),
        ("scores", "score", 1.0),
        ("weights", "weight", 9.0),
    ],
)
def test_a_changed_figure_breaks_the_own_seal_only(demo, frame, column, value):
    after = changed(demo, frame, column, value, of="OEV")

    assert participant_digest(after, "OEV") != participant_digest(demo, "OEV")
    assert participant_digest(after, "DUI") == participant_digest(demo, "DUI")


def test_how_sure_a_figure_is_does_not_break_a_seal(demo):
    after = changed(demo, "budget", "status", "confirmed", of="OEV")

    assert participant_digest(after, "OEV") == participant_digest(demo, "OEV")


def test_what_others_do_does_not_break_a_seal(demo):
    services = demo.frames["services"].assign(fixed_cost=1.0)
    after = CenterInputs.of(demo.settings, {**demo.frames, "services": services})

    assert participant_digest(after, "OEV") == participant_digest(demo, "OEV")


def center(**frames) -> CenterInputs:
    """One municipality, one current service that is sized by workplaces, one new service."""
    base = {
        "participants": pd.DataFrame({"code": ["A"], "name": ["A"], "current_contribution": [100.0]}),
        "roles": pd.DataFrame({"role": ["R"], "name": ["R"], "annual_cost": [1.0]}),
        "drivers": pd.DataFrame({"driver": ["workplaces", "moons"]}),
        "services": pd.DataFrame(
            {"service": ["NET", "CISO"], "name": ["NET", "CISO"], "phase": ["current", "new"]}
        ),
        "sizing": pd.DataFrame({"service": ["NET"], "driver": ["workplaces"], "per": [1.0]}),
        "base_volumes": pd.DataFrame({"participant": ["A"], "driver": ["workplaces"], "volume": [10.0]}),
        "budget": pd.DataFrame({"participant": ["A"], "year": [2027], "amount": [100.0]}),
        "own_effort": pd.DataFrame({"participant": ["A"], "service": ["CISO"], "fte": [0.0]}),
    }
    return CenterInputs.of({"name": "x", "start": "2027-01"}, base | frames)


def test_a_participant_with_every_expected_figure_is_complete():
    found = completeness(center(), "A")

    assert (found.expected, found.known, found.share, found.missing) == (4, 4, 1.0, ())


@pytest.mark.parametrize(
    ("frame", "place"),
    [
        ("base_volumes", ("base_volumes", ("A", "workplaces"), "volume")),
        ("budget", ("budget", ("A", 2027), "amount")),
        ("own_effort", ("own_effort", ("A", "CISO"), "fte")),
    ],
)
def test_a_missing_figure_is_named_with_its_place(frame, place):
    found = completeness(center(**{frame: None}), "A")

    assert [(m.sheet, m.key, m.column) for m in found.missing] == [place]
    assert not found.missing[0].is_estimated
    assert found.share == 0.75


def test_an_estimate_is_not_yet_known():
    estimated = center().frames["budget"].assign(status="estimated")

    [missing] = completeness(center(budget=estimated), "A").missing

    assert missing.is_estimated


def test_a_blank_contribution_is_missing():
    blank = pd.DataFrame({"code": ["A"], "name": ["A"]})

    [missing] = completeness(center(participants=blank), "A").missing

    assert missing.column == "current_contribution"


def test_what_is_not_taken_needs_no_volume():
    refused = pd.DataFrame({"scenario": [""], "service": ["NET"], "participant": ["A"], "takes": [False]})

    assert completeness(center(base_volumes=None, uptake=refused), "A").share == 1.0


def test_the_demo_is_neither_empty_nor_complete(demo):
    shares = [completeness(demo, code).share for code in demo.frames["participants"]["code"]]

    assert 0 < min(shares) < 1
