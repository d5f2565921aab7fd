"""Small random centers for the laws: every feature of the method, in figures that people would type."""

import pandas as pd
from hypothesis import strategies as st

from portfolio.engine.inputs import CenterInputs

DRIVERS = ("inhabitants", "workplaces")


def fte(most: float = 5) -> st.SearchStrategy[float]:
    return st.integers(0, int(most * 100)).map(lambda n: n / 100)


def share() -> st.SearchStrategy[float]:
    return st.integers(0, 20).map(lambda n: n / 20)


def eur(most: int = 500_000) -> st.SearchStrategy[float]:
    return st.integers(0, most * 100).map(lambda n: n / 100)


@st.composite
def centers(draw: st.DrawFn, locks: bool = False) -> CenterInputs:
    """A center of 1 to 5 participants and 1 to 5 services with one scenario; it always computes."""
    people = [f"P{n}" for n in range(draw(st.integers(1, 5)))]
    codes = [f"S{n}" for n in range(draw(st.integers(1, 5)))]
    phases = {code: draw(st.sampled_from(["current", "new"])) for code in codes}
    keys = ["equal", "demand", *DRIVERS, "table", "mix"]
    months = ["", "2027-01", "2027-07", "2028-01", "2029-03"]
    frames = {
        "participants": pd.DataFrame(
            {
                "code": people,
                "name": people,
                "current_contribution": [draw(st.none() | eur(2_000_000)) for _ in people],
            }
        ),
        "base_volumes": pd.DataFrame(
            [
                {"participant": person, "driver": driver, "volume": float(draw(st.integers(0, 60_000)))}
                for person in people
                for driver in DRIVERS
                if draw(st.booleans())
            ],
            columns=["participant", "driver", "volume"],
        ),
        "drivers": pd.DataFrame(
            {"driver": DRIVERS, "growth": [draw(st.sampled_from([0, 0.01, -0.02])) for _ in DRIVERS]}
        ),
        "roles": pd.DataFrame(
            {"role": ["A", "B"], "name": ["A", "B"], "annual_cost": [draw(eur()), draw(eur())]}
        ),
        "services": pd.DataFrame(
            [
                {
                    "service": code,
                    "name": code,
                    "phase": phases[code],
                    "base_fte": draw(fte(1)),
                    "fixed_fte": draw(fte(1)),
                    "min_fte": draw(fte(3)),
                    "min_slice": draw(st.sampled_from([0, 0, 0.07, 0.2])),
                    "min_persons": draw(st.integers(0, 3)),
                    "fixed_cost": draw(eur(90_000)),
                    "fte_key": draw(st.sampled_from(keys)),
                    "cost_key": draw(st.sampled_from(keys)),
                }
                for code in codes
            ]
        ),
        "sizing": pd.DataFrame(
            [
                {
                    "service": code,
                    "driver": driver,
                    "per": float(draw(st.sampled_from([1, 10, 1000]))),
                    "fte": draw(fte(0.02)),
                    "price": draw(eur(3)),
                }
                for code in codes
                for driver in DRIVERS
                if draw(st.booleans())
            ],
            columns=["service", "driver", "per", "fte", "price"],
        ),
        "role_mix": pd.DataFrame(
            [
                row
                for code in codes
                for mix in [draw(share())]
                for row in (
                    {"service": code, "role": "A", "share": mix},
                    {"service": code, "role": "B", "share": 1 - mix},
                )
            ]
        ),
        "keys": pd.DataFrame(
            [
                *({"key": "table", "part": person, "share": draw(share())} for person in people),
                {"key": "mix", "part": "equal", "share": 0.4},
                {"key": "mix", "part": "table", "share": 0.6},
            ]
        ),
        "offers": pd.DataFrame(
            [
                {
                    "service": code,
                    "decision": "outsource",
                    "driver": draw(st.sampled_from(["", *DRIVERS])),
                    "per": 10.0,
                    "fixed_cost": draw(eur(50_000)),
                    "retained_share": draw(share()),
                }
                for code in codes
                if draw(st.booleans())
            ],
            columns=["service", "decision", "driver", "per", "fixed_cost", "retained_share"],
        ),
        "own_effort": pd.DataFrame(
            [
                {
                    "participant": person,
                    "service": code,
                    "fte": draw(fte(1)),
                    "annual_cost": draw(st.none() | eur(90_000)),
                    "remains": draw(share()),
                }
                for person in people
                for code in codes
                if draw(st.integers(0, 3)) == 0
            ],
            columns=["participant", "service", "fte", "annual_cost", "remains"],
        ),
        "scenarios": pd.DataFrame({"scenario": ["s"]}),
        "decisions": pd.DataFrame(
            [
                {
                    "scenario": "s",
                    "service": code,
                    "decision": draw(
                        st.sampled_from(
                            ["keep", "outsource", "return", "stop", "undecided"]
                            if phases[code] == "current"
                            else ["start", "start", "undecided"]
                        )
                    ),
                    "from": draw(st.sampled_from(months)),
                    "until": draw(st.sampled_from(["", "", "2030-01"])),
                    "cost_key": draw(st.sampled_from(["", *keys])),
                }
                for code in codes
                if draw(st.booleans())
            ],
            columns=["scenario", "service", "decision", "from", "until", "cost_key"],
        ),
        "uptake": pd.DataFrame(
            [
                {
                    "scenario": draw(st.sampled_from(["", "s"])),
                    "service": code,
                    "participant": person,
                    "takes": draw(st.booleans()),
                    "fte": draw(st.none() | fte(2)),
                    "locked_fte": 0.05 if locks and draw(st.integers(0, 4)) == 0 else None,
                }
                for code in codes
                for person in people
                if draw(st.integers(0, 2)) == 0
            ],
            columns=["scenario", "service", "participant", "takes", "fte", "locked_fte"],
        ),
        "assets": pd.DataFrame(
            [
                {
                    "asset": f"A{n}",
                    "service": draw(st.sampled_from(codes)),
                    "purchased": draw(st.sampled_from(["2020-05", "2025-12", "2026-07", "2028-02"])),
                    "amount": draw(eur()),
                    "term_months": float(draw(st.sampled_from([12, 36, 60]))),
                }
                for n in range(draw(st.integers(0, 3)))
            ],
            columns=["asset", "service", "purchased", "amount", "term_months"],
        ),
        "contracts": pd.DataFrame(
            [
                {
                    "contract": f"C{n}",
                    "supplier": "x",
                    "service": draw(st.sampled_from(codes)),
                    "annual_cost": draw(eur()),
                    "exit_cost": draw(eur(20_000)),
                }
                for n in range(draw(st.integers(0, 2)))
            ],
            columns=["contract", "supplier", "service", "annual_cost", "exit_cost"],
        ),
        "lines": pd.DataFrame(
            [
                {
                    "line": f"L{n}",
                    "service": draw(st.sampled_from(["", *codes])),
                    "kind": draw(st.sampled_from(["one_off", "income"])),
                    "year": draw(st.integers(2027, 2030)),
                    "amount": draw(eur()),
                    "payer_key": draw(st.sampled_from([*keys, people[0]])),
                    "recurring": draw(st.booleans()),
                }
                for n in range(draw(st.integers(0, 2)))
            ],
            columns=["line", "service", "kind", "year", "amount", "payer_key", "recurring"],
        ),
    }
    settings = {
        "name": "Law",
        "start": draw(st.sampled_from(["2027-01", "2027-07"])),
        "years": draw(st.sampled_from([1, 3, 4])),
        "wage_growth": 0.03,
        "price_growth": 0.02,
        "overhead_per_fte": 15_000,
        "interest": 0.02,
    }
    return CenterInputs.of(settings, frames)


def compared(center: CenterInputs, **changed: pd.DataFrame) -> CenterInputs:
    """The same center with some frames replaced."""
    return CenterInputs.of(center.settings, dict(center.frames) | changed)
