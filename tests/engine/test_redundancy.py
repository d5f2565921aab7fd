"""What reflection promises: the published numbers, the order in which people go, ties that are told, no guessing."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.engine.pension import PENSION_AGES, age_on, pension_age, pension_date
from portfolio.engine.redundancy import BANDS, reflect

DAY = date(2027, 1, 1)


def person(code, age=40, served=10.0, until=None, external=False, **other):
    row = {
        "person": code,
        "born": date(DAY.year - age, 1, 1) - timedelta(days=100),
        "employed_since": DAY - timedelta(days=round(served * 365)),
        "temporary_until": until,
        "external": external,
    }
    return row | other


def staff(*rows):
    return pd.DataFrame(
        list(rows), columns=["person", "born", "employed_since", "temporary_until", "external"]
    )


def leaving(found):
    return found.leaving["person"].tolist()


def test_external_people_go_first_then_those_past_pension_age_and_neither_is_in_a_band():
    people = staff(
        person("old", age=68),
        person("hired", external=True),
        person("new", served=1),
        person("long", served=20),
    )

    found = reflect(people, 3, DAY)

    assert found.leaving.to_dict("list") == {
        "person": ["hired", "old", "new"],
        "band": [None, None, "35-44"],
        "reason": ["external", "pension_age", "band"],
        "order": [1, 2, 3],
    }
    assert found.table.set_index("band").loc["35-44"].to_dict() == {"staff": 2, "quota": 1.0, "leaving": 1}
    assert found.table["staff"].sum() == 2


def test_in_a_band_contracts_that_end_within_26_weeks_go_before_the_shortest_service():
    soon, later = DAY + timedelta(weeks=26), DAY + timedelta(weeks=26, days=1)
    people = staff(
        person("newest", served=1, until=later),
        person("ends", served=9, until=soon),
        person("ends today", served=10, until=DAY),
        person("stays", served=30),
    )

    found = reflect(people, 3, DAY)

    assert leaving(found) == ["ends", "ends today", "newest"]
    assert found.leaving["reason"].tolist() == ["temporary", "temporary", "band"]


def test_a_second_vector_of_the_published_rule():
    numbers = [0, 4, 5, 7, 6]
    people = [
        person(f"{band}{i}", age=age + 2, served=1 + i)
        for (band, age), count in zip(BANDS.items(), numbers, strict=True)
        for i in range(count)
    ]

    table = reflect(staff(*people), 6, DAY).table

    assert table["band"].tolist() == list(BANDS)
    assert table["staff"].tolist() == numbers
    assert table["quota"].round(3).tolist() == [0, 1.091, 1.364, 1.909, 1.636]
    assert table["leaving"].tolist() == [0, 1, 1, 2, 2]


def test_equal_fractions_are_a_tie_between_bands_and_every_outcome_is_told():
    people = staff(person("a", age=30), person("b", age=40, served=3), person("c", age=50))

    (tie,) = reflect(people, 2, DAY).ties

    assert (tie.between, tie.candidates, tie.places, tie.possible) == (
        "bands",
        ("25-34", "35-44", "45-54"),
        2,
        3,
    )
    assert [outcome.persons for outcome in tie.outcomes] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert leaving(reflect(people, 2, DAY)) == ["a", "b"]


def test_equal_service_at_the_cut_is_a_tie_between_persons():
    people = staff(person("b", served=2), person("a", served=2), person("c", served=1), person("d", served=9))

    found = reflect(people, 2, DAY)

    (tie,) = found.ties
    assert leaving(found) == ["c", "a"]
    assert (tie.between, tie.group, tie.candidates, tie.places) == ("persons", "35-44", ("a", "b"), 1)
    assert [outcome.persons for outcome in tie.outcomes] == [("c", "a"), ("c", "b")]
    assert reflect(people, 3, DAY).ties == ()
    assert reflect(people, 0, DAY).ties == ()


def test_a_tie_among_many_is_counted_and_written_out_in_part():
    people = staff(*(person(f"{i:02}", served=2) for i in range(30)))

    (tie,) = reflect(people, 15, DAY).ties

    assert tie.possible == 155_117_520
    assert len(tie.outcomes) == 1_000


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("2002-01-01", "25-34"),  # 25 today
        ("2002-01-02", "15-24"),
        ("1972-01-01", "55+"),
        ("1960-02-02", "55+"),  # 67 in a month
        ("1960-01-01", None),  # 67 today: the pension age
        ("2012-01-01", "15-24"),
    ],
)
def test_a_birthday_on_the_reference_date_counts(born, band):
    found = reflect(staff(person("x", born=born, employed_since="2026-01-01")), 1, "2027-01-01")

    assert found.leaving["band"].tolist() == [band]


def test_dates_may_be_given_in_every_usual_way():
    kinds = [str, lambda day: datetime(day.year, day.month, day.day, 12), pd.Timestamp, np.datetime64]  # noqa: DTZ001
    rows = [
        person("a", age=30, served=3),
        person("b", served=2, until=DAY + timedelta(7)),
        person("c", served=2),
    ]
    plain = reflect(staff(*rows), 2, DAY).leaving
    for kind in kinds:
        cells = [
            {
                name: kind(cell) if isinstance(cell, date) else cell if name != "temporary_until" else pd.NaT
                for name, cell in row.items()
            }
            for row in rows
        ]
        pd.testing.assert_frame_equal(reflect(staff(*cells), 2, kind(DAY)).leaving, plain)


@pytest.mark.parametrize(
    ("rows", "redundant", "words"),
    [
        ([person("x", born=date(2028, 1, 1))], 1, "'x': born 2028-01-01 lies after"),
        ([person("x", employed_since="2027-01-02")], 1, "'x': employed_since 2027-01-02 lies after"),
        ([person("x", employed_since="1980-01-01")], 1, "'x': employed_since 1980-01-01 is not after born"),
        ([person("x", until="2026-12-31")], 1, "'x': temporary_until 2026-12-31 lies before"),
        ([person("x", born=None)], 1, "'x': born is missing"),
        ([person("x", employed_since=pd.NaT)], 1, "'x': employed_since is missing"),
        ([person("x", born="soon")], 1, "'x': born 'soon' is not a date"),
        ([person("x", born=30000)], 1, "'x': born 30000 is not a date"),
        ([person("x", age=12, served=1)], 1, "'x': born 2014-09-23 is 12 years old"),
        ([person("x", external=None)], 1, "'x': external is None"),
        ([person("x"), person("x")], 1, "'x' occurs twice"),
        ([person(None)], 1, "no person"),
        ([person("x")], 2, "redundant is 2; between 0 and all 1"),
        ([person("x")], -1, "redundant is -1"),
        ([person("x")], 0.5, "0.5 is not a whole number"),
        ([person("x")], True, "True is not a whole number"),
    ],
)
def test_input_that_cannot_be_right_is_named(rows, redundant, words):
    with pytest.raises(ValueError, match=words):
        reflect(staff(*rows), redundant, DAY)


def test_a_missing_column_or_date_is_named():
    with pytest.raises(ValueError, match="lacks the column 'external'"):
        reflect(staff(person("x")).drop(columns="external"), 1, DAY)
    with pytest.raises(ValueError, match="the reference date is missing"):
        reflect(staff(person("x")), 1, None)


def test_nobody_leaves_an_empty_group():
    found = reflect(staff(), 0, DAY)

    assert found.leaving.empty
    assert found.table["leaving"].tolist() == [0] * 5


def test_an_external_may_lack_dates():
    assert leaving(reflect(staff(person("x", external=True, born=None, employed_since=None)), 1, DAY)) == [
        "x"
    ]


@st.composite
def groups(draw):
    count = draw(st.integers(1, 25))
    rows = []
    for number in range(count):
        age = draw(st.integers(18, 70))
        until = draw(st.sampled_from([None, DAY + timedelta(90), DAY + timedelta(400)]))
        served = draw(st.integers(0, 3))
        rows.append(person(number, age, served, until, draw(st.booleans())))
    return staff(*rows), draw(st.integers(0, count)), draw(st.permutations(range(count)))


@given(groups())
@settings(max_examples=60, deadline=None)
def test_the_numbers_add_up_and_the_order_of_rows_has_no_influence(group):
    people, redundant, order = group

    found = reflect(people, redundant, DAY)

    assert len(found.leaving) == redundant
    assert found.leaving["order"].tolist() == list(range(1, redundant + 1))
    in_bands = found.leaving["band"].value_counts().to_dict()
    assert {band: n for band, n in found.table.set_index("band")["leaving"].items() if n} == in_bands
    left, total = sum(in_bands.values()), int(found.table["staff"].sum())
    for row in found.table.itertuples():
        assert abs(row.leaving - Fraction(row.staff * left, total or 1)) < 1
        assert row.leaving <= row.staff
    again = reflect(people.iloc[order], redundant, DAY)
    pd.testing.assert_frame_equal(again.leaving, found.leaving)
    assert again.ties == found.ties


# --- Pension ---


def test_pension_dates_are_those_published():
    assert pension_date(date(1957, 3, 1)) == date(2024, 3, 1)
    assert pension_date(date(1960, 12, 31)) == date(2027, 12, 31)
    assert pension_date(date(1961, 1, 1)) == date(2028, 4, 1)
    assert pension_date(date(1961, 9, 30)) == date(2028, 12, 30)
    assert pension_date(date(1961, 10, 1)) == date(2029, 1, 1)
    assert pension_age(date(1970, 1, 1)).basis == "unverified"


@given(st.dates(date(1940, 1, 1), date(2010, 12, 31)))
def test_whoever_is_born_later_reaches_pension_age_no_earlier(born):
    assert pension_date(born) <= pension_date(born + timedelta(1))
    age = pension_age(born)
    assert age_on(pension_date(born), born) == age.years
    assert age in PENSION_AGES


def equals(*rows):
    """Person and band by birth year, all in service since the same day."""
    return pd.DataFrame({
        "person": [code for code, _born in rows], "born": [f"{born}-01-01" for _code, born in rows],
        "employed_since": "2015-01-01", "temporary_until": None, "external": False,
    })  # fmt: skip


def test_hr_s_choice_decides_between_equal_persons():
    staff = equals(("A", 1985), ("B", 1985), ("C", 1985))
    assert reflect(staff, 1, "2027-01-01").leaving["person"].tolist() == ["A"]
    found = reflect(staff, 1, "2027-01-01", first={"C"})
    assert found.leaving["person"].tolist() == ["C"]
    [tie] = found.ties
    assert tie.choices == ("C", "A", "B")
    assert tie.outcomes[0].persons == ("C",)
    assert len(tie.outcomes) == tie.possible == 3


def test_hr_s_choice_decides_between_equal_bands():
    staff = equals(("A", 1995), ("B", 1985))
    assert reflect(staff, 1, "2027-01-01").leaving["person"].tolist() == ["A"]
    found = reflect(staff, 1, "2027-01-01", first={"B"})
    assert found.leaving["person"].tolist() == ["B"]
    assert found.table["leaving"].sum() == 1
    [tie] = found.ties
    assert tie.choices == ("B", "A")
    assert tie.outcomes[0].persons == ("B",)


def test_a_choice_where_nothing_is_tied_changes_nothing():
    staff = equals(("A", 1985), ("B", 1985))
    staff["employed_since"] = ["2010-01-01", "2020-01-01"]
    assert reflect(staff, 1, "2027-01-01", first={"A"}).leaving["person"].tolist() == ["B"]
