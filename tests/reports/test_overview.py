"""The home page in words: inputs as somebody would ask for them, and figures that are not known."""

import pandas as pd
import pytest
from django.utils import translation

from portfolio.reports.names import Names
from portfolio.reports.overview import in_words, worth

NAMES = Names(
    {
        "services": pd.DataFrame({"service": ["H"], "name": ["Hosting"]}),
        "participants": pd.DataFrame({"code": ["A"], "name": ["Alfa"]}),
        "drivers": pd.DataFrame({"driver": ["srv"], "label": ["Servers"]}),
        "roles": pd.DataFrame({"role": ["SYS"], "name": ["Beheerder"]}),
    }
)


@pytest.mark.parametrize(
    ("sheet", "key", "column", "words"),
    [
        ("roles", "SYS", "annual_cost", "What an FTE of Beheerder costs"),
        ("services", "H", "", "The team and the fixed cost of Hosting"),
        ("sizing", "H+srv", "", "The size of Hosting per servers"),
        ("participants", "A", "srv", "Servers of Alfa"),
        ("participants", "A", "current_contribution", "What Alfa pays today"),
        ("own_effort", "A+H", "", "What Alfa spends itself on Hosting"),
        ("offers", "H+outsource+srv", "", "The offer for Hosting: outsource the infrastructure, per servers"),
        ("offers", "H+outsource+", "", "The offer for Hosting: outsource the infrastructure"),
        ("contracts", "C1", "", "What contract C1 costs"),
        ("lines", "L1", "amount", "The amount of one-off line L1"),
        ("assets", "S1", "", "What was paid for asset S1, and its term"),
        ("volumes", "x", "", "X"),
    ],
)
def test_an_input_is_said_in_words(sheet, key, column, words):
    with translation.override("en"):
        assert in_words(sheet, key, column, NAMES) == words


def test_the_first_inputs_of_the_frame_are_the_ones_to_collect():
    frame = pd.DataFrame(
        {"sheet": "services", "key": ["H"] * 7, "column": "", "eur_cents": [70000] * 7, "spread": 0.25}
    )

    found = worth(frame, NAMES, lambda sheet, key: f"/{sheet}/{'+'.join(map(str, key))}")

    assert len(found) == 5
    assert (found[0].eur, found[0].swing, found[0].url) == (700, 175, "/services/H")
