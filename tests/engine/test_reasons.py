"""Why someone has the place they have: alternatives with what blocks them, and who comes nearest an empty post."""

import pandas as pd

from portfolio.engine.placement import Rules, place
from portfolio.engine.reasons import alternatives, nearest, unplaced

PEOPLE = pd.DataFrame({"person": ["A", "B", "C", "D"], "fte": [1.0, 1.0, 0.8, 1.0]})
POSTS = pd.DataFrame({"post": ["X", "Y", "Z", "nobody's"], "fte": [1.0, 1.0, 0.5, 1.0]})
OPTIONS = pd.DataFrame(
    [
        ("A", "X", 1, 0, 0, 0),
        ("A", "Y", 3, 1, 1_000, 1),
        ("B", "X", 2, 2, 0, 0),
        ("C", "Z", 2, 1, 0, 0),
    ],
    columns=["person", "post", "ground", "preference", "training_cost", "scale_loss"],
)
GIVEN = (PEOPLE, POSTS, OPTIONS)


def test_every_option_says_what_blocks_it_and_what_it_would_take():
    rows = alternatives(*GIVEN, place(*GIVEN)).set_index(["person", "post"])

    assert rows["blocked"].to_dict() == {
        ("A", "X"): "chosen",
        ("A", "Y"): "placed_stronger",
        ("B", "X"): "no_room",
        ("C", "Z"): "too_small",
    }
    assert rows["position"].tolist() == [1, 2, 1, 1]
    assert rows.loc[("B", "X"), ["free_fte", "short_fte"]].tolist() == [0.0, 1.0]
    assert rows.loc[("C", "Z"), "short_fte"] == 0.3
    assert rows.loc[("A", "Y"), ["training_cost", "scale_loss"]].tolist() == [1_000, 1]


def test_a_lock_elsewhere_blocks():
    rules = Rules(locked=[("A", "Y")])
    rows = alternatives(*GIVEN, place(*GIVEN, rules), rules).set_index(["person", "post"])

    assert rows.loc[("A", "X"), "blocked"] == "locked"
    assert rows.loc[("B", "X"), "blocked"] == "chosen"


def test_an_empty_post_shows_who_comes_nearest_or_that_nobody_does():
    rows = nearest(*GIVEN, place(*GIVEN))

    assert rows[["post", "empty_fte", "position"]].values.tolist() == [
        ["Y", 1.0, 1],
        ["Z", 0.5, 1],
        ["nobody's", 1.0, 0],
    ]
    assert rows["person"].tolist()[:2] == ["A", "C"]
    assert rows["person"].isna().tolist() == [False, False, True]


def test_who_has_no_place_is_told_why():
    assert unplaced(*GIVEN, place(*GIVEN)).values.tolist() == [
        ["B", "no_room"],
        ["C", "too_small"],
        ["D", "no_option"],
    ]
    impossible = Rules(locked=[("B", "Y")])
    reasons = unplaced(*GIVEN, place(*GIVEN, impossible), impossible).set_index("person")["reason"]
    assert reasons["A"] == "not_sought"


def test_frames_without_rows_have_their_columns():
    nothing = (PEOPLE.iloc[:0], POSTS.iloc[:0], OPTIONS.iloc[:0])
    found = place(*nothing)

    assert alternatives(*nothing, found).empty
    assert nearest(*nothing, found).columns[0] == "post"
    assert unplaced(*nothing, found).empty
