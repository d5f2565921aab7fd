"""Figures as people read them, in both languages."""

import datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from django.utils import translation

from portfolio.templatetags import figures

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("write", "value", "dutch", "english"),
    [
        (figures.eur, 1234567, "€ 1.234.567", "€1,234,567"),
        (figures.eur, -430000, "− € 430.000", "−€430,000"),
        (figures.eur, 0, "€ 0", "€0"),
        (figures.eur, -0.2, "€ 0", "€0"),
        (figures.eur, 0.5, "€ 1", "€1"),
        (figures.eur_signed, 103000, "+ € 103.000", "+€103,000"),
        (figures.eur_signed, -231000.4, "− € 231.000", "−€231,000"),
        (figures.eur_signed, 0, "± € 0", "±€0"),
        (figures.eur_short, 9_840_000, "€ 9,84 mln", "€9.84m"),
        (figures.eur_short, -1_920_000, "− € 1,92 mln", "−€1.92m"),
        (figures.eur_short, 999_999, "€ 999.999", "€999,999"),
        (figures.eur_short, 999_999.6, "€ 1,00 mln", "€1.00m"),
        (figures.eur_short_signed, 1_500_000, "+ € 1,50 mln", "+€1.50m"),
        (figures.eur_short_signed, -430_000, "− € 430.000", "−€430,000"),
        (figures.thousands, 1_347_499, "1.347", "1,347"),
        (figures.fte, 57.95, "57,95", "57.95"),
        (figures.fte, 2.675, "2,68", "2.68"),
        (figures.fte_signed, -3.45, "−3,45", "−3.45"),
        (figures.fte_signed, 0.351, "+0,35", "+0.35"),
        (figures.fte_signed, -0.001, "±0,00", "±0.00"),
        (figures.pct, 0.4, "40%", "40%"),
        (figures.pct, Fraction(1, 3), "33%", "33%"),
        (figures.pct_signed, 0.025, "+3%", "+3%"),
        (figures.number, 1234567, "1.234.567", "1,234,567"),
        (figures.number_signed, -7, "−7", "−7"),
    ],
)
def test_written_in_both_languages(write, value, dutch: str, english: str) -> None:
    with translation.override("nl"):
        assert write(value) == dutch.replace(" ", NBSP)
    with translation.override("en"):
        assert write(value) == english


def test_decimals_and_units_on_request() -> None:
    with translation.override("nl"):
        assert figures.eur(12.345, 2) == f"€{NBSP}12,35"
        assert figures.pct(0.1234, 1) == "12,3%"
        assert figures.fte(2.5, "unit") == f"2,50{NBSP}fte"
        assert figures.number(1234.5, 1) == "1.234,5"
    with translation.override("en"):
        assert figures.fte_signed(2.5, "unit") == f"+2.50{NBSP}FTE"


FILTERS = [
    figures.number,
    figures.number_signed,
    figures.eur,
    figures.eur_signed,
    figures.eur_short,
    figures.eur_short_signed,
    figures.thousands,
    figures.fte,
    figures.fte_signed,
    figures.pct,
    figures.pct_signed,
    figures.month,
]


@pytest.mark.parametrize("write", FILTERS)
@pytest.mark.parametrize(
    "value", [None, float("nan"), np.nan, pd.NA, pd.NaT, float("inf"), Decimal("NaN"), ""]
)
def test_what_is_not_there_is_a_dash(write, value) -> None:
    assert write(value) == "–"


@pytest.mark.parametrize("value", [np.float64(2.5), np.int64(2), Decimal("2.50"), 2])
def test_every_kind_of_number(value) -> None:
    with translation.override("nl"):
        assert figures.fte(value) in {"2,50", "2,00"}


@pytest.mark.parametrize(
    "value",
    [
        datetime.date(2029, 1, 1),
        datetime.datetime(2029, 1, 5, tzinfo=datetime.UTC),
        "2029-01",
        "2029-01-01",
        pd.Period("2029-01"),
    ],
)
def test_month(value) -> None:
    with translation.override("nl"):
        assert figures.month(value) == "jan 2029"
    with translation.override("en"):
        assert figures.month(value).lower() == "jan 2029"


def test_text_that_is_no_month_stays() -> None:
    assert figures.month("start") == "start"


def test_cents_become_euros_exactly() -> None:
    assert figures.from_cents(123456789) == Decimal("1234567.89")
    assert figures.from_cents(None) is None


def test_verdict_depends_on_what_is_good() -> None:
    assert [figures.verdict(each) for each in (-1, 1, 0, None)] == ["better", "worse", "same", "same"]
    assert [figures.verdict(each, "up") for each in (-1, 1)] == ["worse", "better"]


def test_heat_has_five_steps_and_none_for_nothing() -> None:
    assert [figures.heat(each, 1.0) for each in (0.01, 0.2, 0.5, 0.79, 0.8, 1.0)] == [
        "heat-1",
        "heat-2",
        "heat-3",
        "heat-4",
        "heat-5",
        "heat-5",
    ]
    assert [figures.heat(each, 1.0) for each in (0, None, float("nan"))] == ["", "", ""]
    assert figures.heat(1, 0) == ""
