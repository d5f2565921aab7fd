"""What is stored of a plan comes back to the last bit, dtypes included."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.engine.findings import note, warning
from portfolio.engine.pipeline import compute
from portfolio.frames.files import read_folder
from portfolio.frames.store import (
    load_frame,
    load_frames,
    load_headlines,
    pack,
    pack_findings,
    save_results,
    unit_of,
    unpack,
    unpack_findings,
)
from portfolio.models.plans import PlanHeadline
from tests.models.cast import make_cast

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"
words = st.lists(st.sampled_from(["", "a", "Oeverstad", "é“;", "2027-01"]), min_size=4, max_size=4)
numbers = st.lists(
    st.floats() | st.sampled_from([math.nan, 0.0, -0.0, 0.05, 0.15, 23.4]), min_size=4, max_size=4
)


@settings(deadline=None)
@given(
    words,
    words,
    numbers,
    st.lists(st.integers(-(2**63), 2**63 - 1), min_size=4, max_size=4),
    st.sampled_from([0.05, 1 / 3]),
)
def test_any_frame_comes_back(text, other, values, whole, step):
    frame = pd.DataFrame(
        {
            "text": text,
            "object": pd.Series(other, dtype="object"),
            "fte": pd.Series(values, dtype="float64"),
            "eur_cents": pd.Series(whole, dtype="int64"),
            "year": pd.Series([2027] * 4, dtype="int32"),
            "live": [True, False, True, True],
        }
    )

    back = unpack(pack(frame, step=step))

    pd.testing.assert_frame_equal(back, frame, check_exact=True)
    assert (np.signbit(back["fte"]) == np.signbit(frame["fte"])).all()


@settings(deadline=None)
@given(st.lists(st.integers(0, 10_000) | st.none(), max_size=30), st.sampled_from([0.05, 0.01, 0.1, 0.25]))
def test_steps_are_stored_as_whole_numbers(steps, step):
    values = [math.nan if n is None else round(n * step, 10) for n in steps]
    frame = pd.DataFrame({"fte": pd.Series(values, dtype="float64")})

    pd.testing.assert_frame_equal(unpack(pack(frame, step=step)), frame, check_exact=True)


def test_fifty_thousand_figures_are_small():
    steps = np.tile(np.arange(40), 1250)
    frame = pd.DataFrame({"service": np.repeat(["A", "B"], 25_000), "fte": np.round(steps * 0.05, 10)})

    assert len(pack(frame, step=0.05)) < 5_000


def test_an_empty_frame_comes_back():
    frame = pd.DataFrame(
        {
            "a": pd.Series([], dtype="object"),
            "s": pd.Series([], dtype="str"),
            "b": pd.Series([], dtype="float64"),
        }
    )

    pd.testing.assert_frame_equal(unpack(pack(frame)), frame)


def test_a_missing_word_is_refused():
    with pytest.raises(ValueError, match="name"):
        pack(pd.DataFrame({"name": pd.Series(["a", None], dtype="object")}))


def test_other_bytes_are_refused():
    import zlib

    with pytest.raises(ValueError, match="no packed frame"):
        unpack(zlib.compress(b"something else altogether"))


@pytest.mark.django_db
def test_a_plan_comes_back_with_its_frames_headlines_and_findings(django_assert_num_queries):
    center = read_folder(DEMO)
    results = compute(center.plan_inputs("regie"))
    plan = make_cast().plan

    with django_assert_num_queries(2):
        save_results(plan, results, step=center.settings["fte_step"])

    for name, frame in results.frames.items():
        pd.testing.assert_frame_equal(load_frame(plan, name), frame, check_exact=True, obj=name)
    with django_assert_num_queries(1):
        assert set(load_frames(plan, ["cost", "shares"])) == {"cost", "shares"}
    assert load_headlines(plan) == pytest.approx(dict(results.headlines), abs=1e-6)
    assert unpack_findings(pack_findings(results.findings)) == list(results.findings)


@pytest.mark.django_db
def test_an_unknown_headline_is_nan_and_not_zero():
    plan = make_cast().plan
    PlanHeadline.objects.create(plan=plan, name="today_contributions_eur", value=None)

    assert math.isnan(load_headlines(plan)["today_contributions_eur"])


def test_findings_keep_their_figures():
    found = [
        warning(
            "unknown_volume",
            "base_volumes",
            ("OEV", np.int64(2027)),
            "volume",
            severity=3,
            driver="x",
            participant="y",
        ),
        note("table_sum", "keys", (), key="k", total=np.float64(0.5)),
    ]

    back = unpack_findings(pack_findings(found))

    assert [finding.message for finding in back] == [finding.message for finding in found]
    assert back[0].place.key == ("OEV", 2027)
    assert back[0].severity == 3


@pytest.mark.parametrize(
    ("name", "unit"), [("team_fte", "fte"), ("one_off_eur", "eur"), ("services", ""), ("year", "")]
)
def test_a_headline_has_its_unit_last(name, unit):
    assert unit_of(name) == unit
