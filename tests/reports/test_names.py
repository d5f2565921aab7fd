"""Codes as people call them, also inside a finding."""

import pandas as pd
from django.utils import translation

from portfolio.engine.findings import warning
from portfolio.reports.names import Names

NAMES = Names(
    {
        "services": pd.DataFrame({"service": ["H", "W"], "name": ["Hosting", "Wifi"]}),
        "participants": pd.DataFrame({"code": ["A", "B"], "name": ["Alfa", "Beta"]}),
        "drivers": pd.DataFrame({"driver": ["i"], "label": [""]}),
        "roles": pd.DataFrame({"role": [], "name": []}),
    }
)


def test_an_unknown_code_or_blank_name_stays_the_code():
    assert (NAMES.service("H"), NAMES.service("X"), NAMES.driver("i"), NAMES.role("z")) == (
        "Hosting",
        "X",
        "i",
        "z",
    )


def test_a_finding_speaks_of_names_and_months():
    found = warning("needs_moved", "decisions", ("s", "H"), service="W", needed="H", month="2029-01")

    with translation.override("en"):
        assert (
            NAMES.said(found) == "“Hosting” is outsourced from jan 2029; settle how these connect to it: Wifi"
        )


def test_several_codes_become_several_names_in_a_sentence_with_a_capital():
    found = warning("unknown_volume", "participants", ("A",), driver="i", participant="A")

    with translation.override("en"):
        assert NAMES.said(found) == "The number of i of “Alfa” is unknown; it counts as 0"
