"""The figures of docs/demo-by-hand.md, a test per section: the engine gives what a pocket calculator gives."""

from functools import cache

import pandas as pd
import pytest

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.pipeline import compute
from portfolio.engine.results import PlanResults
from tests.golden.demo import center


@cache
def plan() -> PlanResults:
    return compute(center().plan_inputs("regie"))


def fte(service: str, month: str) -> dict[str, float]:
    rows = plan()["fte_allocation"]
    rows = rows[(rows["service"] == service) & (rows["month"] == month)]
    return {code: round(value, 9) for code, value in zip(rows["participant"], rows["fte"], strict=True)}


def team(service: str, month: str) -> tuple[float, str]:
    rows = plan()["team_fte"].set_index(["service", "month"])
    return round(rows.loc[(service, month), "fte"], 9), rows.loc[(service, month), "bound_by"]


def cents(service: str, part: str, year: int) -> int:
    rows = plan()["cost"]
    return int(
        rows.loc[
            (rows["service"] == service) & (rows["part"] == part) & (rows["year"] == year), "eur_cents"
        ].sum()
    )


def test_a_team_and_its_division() -> None:
    assert team("CISO", "2029-01") == (3.70, "demand")
    assert fte("CISO", "2029-01") == {
        "DUI": 0.50, "ESV": 0.30, "HEI": 0.65, "LIN": 0.35, "MAA": 0.40, "OEV": 0.60, "RAV": 0.30, "SDK": 0.20,
        "WOL": 0.40,
    }  # fmt: skip


def test_a_slice_is_lifted_to_the_smallest_useful_one() -> None:
    assert team("GEO", "2030-01") == (6.65, "demand")
    geo = fte("GEO", "2030-01")
    assert (geo["RAV"], geo["OEV"]) == (0.30, 1.60)
    assert "SDK" not in geo


def test_a_cost_with_the_wage_index() -> None:
    assert cents("CISO", "people", 2030) == 460_831_39
    assert cents("CISO", "overhead", 2030) == 60_646_35
    assert cents("CISO", "fixed", 2030) == 42_448_32


def test_an_asset_is_written_off_and_released() -> None:
    assert [cents("UITW", "capital", year) for year in (2027, 2028, 2029)] == [25_000_00, 24_520_00, 0]
    assert cents("UITW", "one_off", 2029) == 2_000_00


def test_a_replaced_asset_and_an_exit_cost_are_released() -> None:
    assert cents("HOST", "one_off", 2029) == 166_000_00


def test_an_offer_is_price_times_quantity() -> None:
    assert cents("STOR", "quantity", 2030) == 106_120_80
    assert team("STOR", "2030-01") == (0.30, "demand")
    shares = plan()["shares"]
    maa = shares[
        (shares["service"] == "STOR") & (shares["participant"] == "MAA") & (shares["part"] == "quantity")
        & (shares["year"] == 2030)
    ]  # fmt: skip
    assert maa["eur_cents"].sum() == pytest.approx(5_306_04, abs=0.5)


def test_a_contribution_in_whole_euros_with_ties() -> None:
    plan_of_fg = compute(only("FG").plan_inputs("regie"))
    rows = plan_of_fg["contributions"]
    paid = rows[rows["year"] == 2030].set_index("participant")["eur"].to_dict()
    assert paid == {
        "DUI": 35_838, "ESV": 35_838, "HEI": 35_838, "LIN": 35_838, "MAA": 35_837, "OEV": 35_837, "RAV": 35_837,
        "SDK": 35_837, "WOL": 35_837,
    }  # fmt: skip
    assert set(plan_of_fg["team_fte"].query("month == '2030-01'")["fte"]) == {2.0}


def only(service: str) -> CenterInputs:
    """The demo region with one service and no stated lines."""
    whole = center()
    frames: dict[str, pd.DataFrame] = {}
    for name, frame in whole.frames.items():
        if name in ("lines", "shared_use"):
            frames[name] = frame.iloc[:0]
        elif "service" in frame.columns:
            frames[name] = frame[frame["service"] == service]
        else:
            frames[name] = frame
    return CenterInputs.of(whole.settings, frames)
