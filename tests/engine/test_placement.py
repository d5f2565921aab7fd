"""What placement promises: the best in strict order, proved, and equal to trying everything; no FTE out of nothing."""

import threading
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from portfolio.engine import search, solver
from portfolio.engine.locks import Clash
from portfolio.engine.placement import OBJECTIVES, Outcome, Rules, place

COLUMNS = ["person", "post", "ground", "preference", "training_cost", "scale_loss"]


def frames(people: dict, posts: dict, options: list, critical=()):
    """People and posts with their FTE; options as rows that may stop early."""
    full = [[*row, *[1, 0, 0, 0][len(row) - 2 :]] for row in options]
    return (
        pd.DataFrame({"person": list(people), "fte": list(people.values())}),
        pd.DataFrame(
            {
                "post": list(posts),
                "fte": list(posts.values()),
                "critical": [post in critical for post in posts],
            }
        ),
        pd.DataFrame(full, columns=COLUMNS),
    )


def rows(placement):
    return placement.assignments.values.tolist()


def values(placement):
    return dict(zip(placement.objectives["name"], placement.objectives["value"], strict=True))


# --- What it does ---


def test_a_follower_goes_before_any_number_of_others():
    found = place(
        *frames({"A": 1, "B": 0.5, "C": 0.5}, {"X": 1}, [("A", "X", 1), ("B", "X", 2), ("C", "X", 2)])
    )

    assert rows(found) == [["A", "X", 1.0]]
    assert found.status == "Optimal: every objective is proved."
    assert found.objectives.columns.tolist() == ["name", "value", "bound", "proved"]
    assert found.objectives["name"].tolist() == [name.value for name in OBJECTIVES]
    assert found.objectives["proved"].all()


def test_persons_count_and_not_fte():
    found = place(
        *frames({"A": 1, "B": 0.5, "C": 0.5}, {"X": 1}, [("A", "X", 2), ("B", "X", 2), ("C", "X", 2)])
    )

    assert rows(found) == [["B", "X", 0.5], ["C", "X", 0.5]]


def test_a_right_goes_before_a_wish_and_a_wish_before_cost():
    found = place(
        *frames(
            {"A": 1, "B": 1},
            {"X": 1, "Y": 1, "Z": 1},
            [
                ("A", "X", 2),
                ("A", "Y", 3, 1),
                ("B", "Y", 3, 2, 900),
                ("B", "Z", 3, 3, 0),
            ],
        )
    )

    assert rows(found) == [["A", "X", 1.0], ["B", "Y", 1.0]]
    assert values(found)["preferences"] == 2
    assert values(found)["training_cost"] == 900


def test_critical_posts_are_filled_before_wishes_are_met():
    found = place(*frames({"A": 0.8}, {"X": 1, "Y": 1}, [("A", "X", 3, 1), ("A", "Y", 3)], critical=["Y"]))

    assert rows(found) == [["A", "Y", 0.8]]
    assert values(found)["critical_fte"] == 0.8


def test_only_who_may_be_split_is_split():
    case = frames({"A": 1}, {"X": 0.6, "Y": 0.5}, [("A", "X", 1), ("A", "Y", 3, 1, 500.5, 2)])

    assert rows(place(*case)) == []
    found = place(*case, Rules(splittable={"A"}))
    assert found.assignments.groupby("person")["fte"].sum().tolist() == [1.0]
    assert found.assignments["post"].tolist() == ["X", "Y"]
    # The weaker ground and the lower preference count, and both trainings.
    assert values(found)["follower"] == 0
    assert values(found)["suitable"] == 1
    assert values(found)["preferences"] == 0
    assert values(found)["training_cost"] == 500.5
    assert values(found)["scale_loss"] == 2


def test_posts_that_may_not_be_combined_are_not():
    case = frames({"A": 1}, {"FG": 0.6, "CISO": 0.6}, [("A", "FG"), ("A", "CISO")])
    apart = Rules(splittable=["A"], incompatible=[("CISO", "FG")])

    assert rows(place(*case, apart)) == []


def test_who_has_no_option_stays_unplaced_and_nothing_at_all_is_a_placement():
    assert rows(place(*frames({"A": 1}, {"X": 1}, []))) == []
    found = place(pd.DataFrame(), pd.DataFrame(), pd.DataFrame())
    assert found.outcome is Outcome.OPTIMAL
    assert found.assignments.columns.tolist() == ["person", "post", "fte"]


def test_a_lock_is_kept_and_the_rest_is_solved_around_it():
    case = frames({"A": 1, "B": 1}, {"X": 1, "Y": 1}, [("A", "X"), ("B", "X"), ("B", "Y"), ("A", "Y", 4)])

    assert rows(place(*case)) == [["A", "X", 1.0], ["B", "Y", 1.0]]
    locked = place(*case, Rules(locked=[("B", "X")]))
    assert rows(locked) == [["A", "Y", 1.0], ["B", "X", 1.0]]
    assert locked.outcome is Outcome.OPTIMAL


# --- Locks that cannot hold ---


def test_locks_that_need_more_than_a_post_has_are_named():
    case = frames({"A": 1, "B": 0.4, "C": 0.8}, {"X": 1, "Y": 1}, [("A", "X"), ("B", "Y"), ("C", "X")])
    found = place(*case, Rules(locked=[("A", "X"), ("B", "Y"), ("C", "X")]))

    assert found.outcome is Outcome.IMPOSSIBLE
    assert found.status == "No placement: the locks of A, C need more FTE than X have together."
    assert rows(found) == []
    assert not found.objectives["proved"].any()
    assert found.objectives["value"].isna().all()


def test_a_circle_of_locks_that_cannot_hold_is_named():
    posts = {"X": 0.7, "Y": 0.7, "Z": 0.7}
    options = [(person, post) for person in "ABC" for post in posts]
    circle = [("A", "X"), ("A", "Y"), ("B", "Y"), ("B", "Z"), ("C", "Z"), ("C", "X")]
    rules = Rules(splittable=["A", "B", "C"], locked=circle)

    (conflict,) = place(*frames({"A": 0.8, "B": 0.8, "C": 0.8}, posts, options), rules).conflicts
    assert (conflict.clash, conflict.persons, conflict.posts) == (
        Clash.NO_ROOM,
        ("A", "B", "C"),
        ("X", "Y", "Z"),
    )
    assert place(*frames({"A": 0.7, "B": 0.7, "C": 0.7}, posts, options), rules).outcome is Outcome.OPTIMAL


@pytest.mark.parametrize(
    "rules",
    [
        Rules(locked=[("A", "Y")]),  # no such option
        Rules(locked=[("A", "X"), ("A", "Z")]),  # whole in two posts
        Rules(locked=[("A", "X"), ("A", "Z")], splittable=["A"], incompatible=[("X", "Z")]),
        Rules(locked=[("A", "W")]),  # too small
    ],
)
def test_a_lock_that_nothing_allows_is_named(rules):
    case = frames({"A": 1}, {"W": 0.5, "X": 1, "Y": 1, "Z": 1}, [("A", "W"), ("A", "X"), ("A", "Z")])
    found = place(*case, rules)

    assert found.outcome is Outcome.IMPOSSIBLE
    assert found.status.startswith("No placement: A cannot be placed in ")
    assert found.conflicts[0].clash is Clash.NO_OPTION


# --- Input that cannot be right ---

GOOD = ({"A": 1}, {"X": 1})


@pytest.mark.parametrize(
    ("people", "posts", "options", "rules", "words"),
    [
        (*GOOD, [("A", "Y")], None, "options: 'A' for 'Y': there is no post 'Y'"),
        (*GOOD, [("B", "X")], None, "there is no person 'B'"),
        (*GOOD, [("A", "X"), ("A", "X")], None, "this option occurs twice"),
        (*GOOD, [("A", "X", 5)], None, "ground is 5"),
        (*GOOD, [("A", "X", 0)], None, "ground is 0"),
        (*GOOD, [("A", "X", 1.5)], None, "ground is 1.5"),
        (*GOOD, [("A", "X", 1, 4)], None, "preference is 4"),
        (*GOOD, [("A", "X", 1, None)], None, "options: 'A' for 'X'"),
        (*GOOD, [("A", "X", 1, 0, -1)], None, "training_cost is negative"),
        (*GOOD, [("A", "X", 1, 0, np.nan)], None, "not a number"),
        (*GOOD, [("A", "X", 1, 0, 0, -1)], None, "scale_loss is negative"),
        ({"A": 0}, {"X": 1}, [], None, "people: fte of 'A' is 0, which is not above 0"),
        ({"A": -1}, {"X": 1}, [], None, "not above 0"),
        ({"A": 0.33}, {"X": 1}, [], None, "people: fte of 'A': 0.33 is no multiple of 0.05"),
        ({"A": 1}, {"X": np.nan}, [], None, "posts: fte of 'X'"),
        ({None: 1}, {"X": 1}, [], None, "people: a row has no person"),
        (*GOOD, [], Rules(locked=[("A", "Y")]), "locked names the post 'Y'"),
        (*GOOD, [], Rules(locked=[("B", "X")]), "locked names the person 'B'"),
        (*GOOD, [], Rules(incompatible=[("X", "Y")]), "incompatible names the post 'Y'"),
        (*GOOD, [], Rules(incompatible=[("X", "X")]), "twice in one pair"),
        (*GOOD, [], Rules(splittable=["B"]), "splittable names the person 'B'"),
    ],
)
def test_input_that_cannot_be_right_is_named(people, posts, options, rules, words):
    with pytest.raises(ValueError, match=words):
        place(*frames(people, posts, options), rules)


def test_a_row_twice_or_a_column_that_is_missing_is_named():
    people, posts, options = frames({"A": 1}, {"X": 1}, [("A", "X")])
    with pytest.raises(ValueError, match="people: person 'A' occurs twice"):
        place(pd.concat([people, people]), posts, options)
    with pytest.raises(ValueError, match="options lacks the column 'ground'"):
        place(people, posts, options.drop(columns="ground"))
    with pytest.raises(ValueError, match="which is not a pair"):
        Rules(locked=["AX"])


# --- Against other ways to compute it ---


def enumerated(people, posts, options, rules, step):
    """The best values by trying everything: the oracle, written apart from the program."""
    fte = {row.person: round(row.fte / step) for row in people.itertuples()}
    room = {row.post: round(row.fte / step) for row in posts.itertuples()}
    critical = set(posts.loc[posts["critical"], "post"])
    choices = []
    for person, own in fte.items():
        known = {row.post: row for row in options.itertuples() if row.person == person}
        locks = {post for who, post in rules.locked if who == person}
        mine = [{}] + [{post: own} for post in known]
        if person in rules.splittable:
            for a, b in combinations(known, 2):
                if not {(a, b), (b, a)} & set(rules.incompatible):
                    mine += [{a: part, b: own - part} for part in range(1, own)]
        ready = []
        for parts in mine:
            if not locks <= set(parts):
                continue
            used = [known[post] for post in parts]
            worth = [0] * 8
            if used:
                worth[max(row.ground for row in used) - 1] = 1
                worth[4] = sum(part for post, part in parts.items() if post in critical)
                worth[5] = min(4 - row.preference if row.preference else 0 for row in used)
                worth[6] = -sum(row.training_cost for row in used)
                worth[7] = -max(row.scale_loss for row in used)
            ready.append((parts, worth))
        choices.append(ready)
    best = None
    for chosen in product(*choices):
        filled = dict.fromkeys(room, 0)
        for parts, _ in chosen:
            for post, part in parts.items():
                filled[post] += part
        if all(filled[post] <= room[post] for post in room):
            total = [sum(column) for column in zip(*(worth for _, worth in chosen), strict=True)]
            best = total if best is None or total > best else best
    return best


@st.composite
def cases(draw, most_people=4):
    step = draw(st.sampled_from([0.05, 0.2]))
    codes = "ABCDEF"[: draw(st.integers(1, most_people))]
    posts = "XYZ"[: draw(st.integers(1, 3))]
    own = st.sampled_from([0.4, 0.6, 0.8, 1.0])
    people = {code: draw(own) for code in codes}
    room = {post: draw(st.sampled_from([0.4, 0.6, 1.0, 1.2, 1.8])) for post in posts}
    options = [
        (
            code,
            post,
            draw(st.integers(1, 4)),
            draw(st.integers(0, 3)),
            draw(st.sampled_from([0, 500, 1250.75])),
            draw(st.integers(0, 2)),
        )
        for code in codes
        for post in posts
        if draw(st.integers(0, 3))
    ]
    critical = draw(st.sets(st.sampled_from(posts)))
    some = st.sets(st.sampled_from(codes), max_size=2 if step == 0.2 else 1)
    pairs = draw(st.sets(st.sampled_from([("X", "Y"), ("Z", "X")])))
    rules = Rules(
        incompatible=[pair for pair in pairs if set(pair) <= set(posts)],
        splittable=draw(some),
        locked=draw(st.sets(st.sampled_from([row[:2] for row in options]), max_size=2)) if options else (),
    )
    return frames(people, room, options, critical), rules, step


def as_integers(placement, step):
    scale = np.array([1, 1, 1, 1, 1 / step, 1, -1, -1])
    return (placement.objectives["value"].to_numpy() * scale).round(6).tolist()


def assert_lawful(placement, case, rules, step):
    people, posts, _ = case
    given_ = placement.assignments
    own = people.set_index("person")["fte"]
    room = posts.set_index("post")["fte"]
    per_person = given_.groupby("person")["fte"].sum()
    assert np.allclose(per_person, own[per_person.index])
    assert (
        given_.groupby("post")["fte"].sum() <= room.loc[given_["post"].unique()].sort_index() + 1e-9
    ).all()
    assert np.allclose(given_["fte"] / step, (given_["fte"] / step).round())
    assert set(given_.loc[given_["person"].duplicated(), "person"]) <= set(rules.splittable)
    if placement.outcome is Outcome.OPTIMAL:
        assert (placement.objectives["value"] == placement.objectives["bound"]).all()
        assert set(rules.locked) <= set(zip(given_["person"], given_["post"], strict=True))


@given(cases())
@settings(max_examples=60, deadline=None)
def test_it_equals_trying_everything(made):
    case, rules, step = made
    found = place(*case, rules, step=step)

    best = enumerated(*case, rules, step)
    assert_lawful(found, case, rules, step)
    if best is None:
        assert found.outcome is Outcome.IMPOSSIBLE
        assert found.conflicts
    else:
        assert found.outcome is Outcome.OPTIMAL
        assert as_integers(found, step) == pytest.approx(best)


@given(cases(), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_rows_has_no_influence_and_locking_what_was_chosen_changes_nothing(made, random):
    case, rules, step = made
    found = place(*case, rules, step=step)

    mixed = [frame.sample(frac=1, random_state=random.randrange(1000)) for frame in case]
    again = place(*mixed, rules, step=step)
    pd.testing.assert_frame_equal(again.assignments, found.assignments)
    pd.testing.assert_frame_equal(again.objectives, found.objectives)

    pairs = list(zip(found.assignments["person"], found.assignments["post"], strict=True))
    some = [pair for pair in pairs if random.random() < 0.5]
    for locked in (pairs, some):
        more = Rules(rules.incompatible, rules.splittable, {*rules.locked, *locked})
        again = place(*case, more, step=step)
        if found.outcome is Outcome.OPTIMAL:
            pd.testing.assert_frame_equal(again.assignments, found.assignments)
            pd.testing.assert_frame_equal(again.objectives, found.objectives)


@given(cases(most_people=6))
@settings(max_examples=25, deadline=None)
def test_a_post_more_never_makes_it_worse(made):
    (people, posts, options), rules, step = made
    rules = Rules(rules.incompatible, rules.splittable)
    codes = people["person"].tolist()
    more = pd.DataFrame(
        [(code, "extra", 1 + number % 4, 0, 0, 0) for number, code in enumerate(codes)], columns=COLUMNS
    )
    before = place(people, posts, options, rules, step=step)
    after = place(
        people,
        pd.concat([posts, pd.DataFrame({"post": ["extra"], "fte": [0.6], "critical": [False]})]),
        pd.concat([options, more]),
        rules,
        step=step,
    )

    assert as_integers(after, step) >= as_integers(before, step)


@pytest.mark.parametrize("seed", range(3))
def test_where_a_seat_is_a_person_it_equals_the_assignment_of_scipy(seed):
    random = np.random.default_rng(seed)
    wishes = random.integers(0, 4, (12, 10))
    options = [(f"P{i}", f"X{j}", 2, int(4 - wishes[i, j]) % 4) for i in range(12) for j in range(10)]
    found = place(*frames({f"P{i}": 1 for i in range(12)}, {f"X{j}": 1 for j in range(10)}, options))

    who, what = linear_sum_assignment(wishes, maximize=True)
    assert values(found)["exchangeable"] == 10
    assert values(found)["preferences"] == wishes[who, what].sum()
    assert found.outcome is Outcome.OPTIMAL


def crowd(count, seed=0):
    random = np.random.default_rng(seed)
    people = {f"P{i:03}": random.integers(8, 21) * 0.05 for i in range(count)}
    posts = {f"X{j:02}": round(count * 0.13, 1) for j in range(5)}
    options = [
        (
            code,
            post,
            int(random.integers(1, 5)),
            rank % 4,
            int(random.integers(9)) * 500,
            int(random.integers(3)),
        )
        for code in people
        for rank, post in enumerate(random.permutation(list(posts)))
    ]
    return frames({code: round(fte, 2) for code, fte in people.items()}, posts, options)


def test_parts_of_a_large_block_are_a_start_and_lose_nothing(monkeypatch):
    case = crowd(20)
    whole = place(*case)
    monkeypatch.setattr(search, "LARGE", 10)
    monkeypatch.setattr(search, "PART_POSTS", 2)

    assert_lawful(whole, case, Rules(), 0.05)
    pd.testing.assert_frame_equal(place(*case).objectives, whole.objectives)


# --- Time, cancelling, and a solver that errs ---


def test_without_time_there_is_still_a_placement_with_bounds():
    found = place(*crowd(20), time_limit=0.0)

    assert found.outcome is Outcome.BOUNDED
    assert found.status.startswith("Best placement within the time: none is proved")
    assert "bound given the level above" in found.status
    figures = found.objectives.set_index("name")
    assert (figures.loc[:"preferences", "bound"] >= figures.loc[:"preferences", "value"]).all()
    assert (figures.loc["training_cost":, "bound"] <= figures.loc["training_cost":, "value"]).all()


def test_below_the_first_that_is_not_proved_nothing_is_proved(monkeypatch):
    bounded = search.maximize

    def loose(program, gain, **arguments):
        answer = bounded(program, gain, **arguments)
        return solver.Answer(solver.Ending.TIME, answer.x, answer.value, answer.value + 1, answer.seconds)

    monkeypatch.setattr(search, "maximize", loose)
    proved = place(*crowd(20)).objectives["proved"].tolist()

    assert not proved[-1]
    assert proved == sorted(proved, reverse=True)


def test_it_can_be_cancelled_and_tells_how_far_it_is():
    event, seen = threading.Event(), []

    def stop_after_two(progress):
        seen.append(progress)
        if progress.position == 2:
            event.set()

    found = place(*crowd(20), cancelled=event, progress=stop_after_two)

    assert found.outcome is Outcome.CANCELLED
    assert found.status.startswith(
        "Cancelled: proved are persons placed as follower, persons on exchangeable posts"
    )
    assert [progress.name for progress in seen] == list(OBJECTIVES)
    assert found.objectives["value"].tolist()[:2] == [progress.value for progress in seen[:2]]
    assert place(*crowd(20), cancelled=lambda: True).outcome is Outcome.CANCELLED


def test_a_solver_that_hands_back_its_start_is_asked_again_without_it(monkeypatch):
    said = solver._search

    def stale(program, gain, start, *arguments):
        answer = said(program, gain, start, *arguments)
        if start is None:
            return answer
        value = int(gain @ start)
        return solver._Said(answer.ending, start, value, answer.bound, answer.claimed, answer.seconds)

    case = crowd(12)
    right = place(*case)
    monkeypatch.setattr(solver, "_search", stale)

    pd.testing.assert_frame_equal(place(*case).objectives, right.objectives)


def test_a_solver_that_claims_too_little_or_nothing_proves_nothing(monkeypatch):
    said = solver._search

    def wrong(*arguments):
        answer = said(*arguments)
        return solver._Said(solver.Ending.OPTIMAL, None, None, -1, -1.0, answer.seconds)

    monkeypatch.setattr(solver, "_search", wrong)
    found = place(*crowd(12), Rules())

    assert_lawful(found, crowd(12), Rules(), 0.05)
    figures = found.objectives
    assert (figures["proved"] <= (figures["value"] == figures["bound"])).all()
