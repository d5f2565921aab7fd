"""The published example of reflection by age band: 267 operators, 50 leave.

Source: boventallig.nl, "Voorbeelden afspiegelingsbeginsel".
"""

from datetime import date, timedelta

import pandas as pd

from portfolio.engine.redundancy import reflect

DAY = date(2027, 1, 1)
STAFF = {20: 52, 30: 83, 40: 69, 50: 41, 60: 22}


def operators(temporary: int = 0) -> pd.DataFrame:
    rows = [
        {
            "person": f"{age}-{number:02}",
            "born": date(DAY.year - age, 1, 1),
            "employed_since": DAY - timedelta(days=30 + number),
            "temporary_until": DAY + timedelta(weeks=20) if age == 20 and number >= 52 - temporary else None,
            "external": False,
        }
        for age, count in STAFF.items()
        for number in range(count)
    ]
    return pd.DataFrame(rows)


def test_the_numbers_per_band_are_those_published() -> None:
    found = reflect(operators(), 50, DAY)

    assert found.table["band"].tolist() == ["15-24", "25-34", "35-44", "45-54", "55+"]
    assert found.table["staff"].tolist() == [52, 83, 69, 41, 22]
    assert found.table["quota"].round(3).tolist() == [9.738, 15.543, 12.921, 7.678, 4.120]
    assert found.table["leaving"].tolist() == [10, 15, 13, 8, 4]
    assert found.ties == ()


def test_two_temporary_contracts_take_two_of_the_places_of_their_band() -> None:
    found = reflect(operators(temporary=2), 50, DAY)

    young = found.leaving[found.leaving["band"] == "15-24"]
    assert found.table["leaving"].tolist() == [10, 15, 13, 8, 4]
    assert young["reason"].tolist() == ["temporary"] * 2 + ["band"] * 8
