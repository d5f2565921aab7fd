"""Why someone has the place they have: the best alternatives, what they cost, what blocks; who comes nearest a post.

Frames hold codes, not texts; the pages find the words. All of it is for HR and the placement committee.
"""

from enum import StrEnum

import numpy as np
import pandas as pd

from portfolio.engine.candidates import RANKS, STEP, Candidates, candidates
from portfolio.engine.placement import Placement, Rules

BEST = 3  # alternatives per person and candidates per post


class Blocked(StrEnum):
    """What stands in the way of an option, given the placement; the first that holds."""

    CHOSEN = "chosen"  # nothing: it is (part of) the person's place
    LOCKED = "locked"  # the person is locked in another post
    TOO_SMALL = "too_small"  # the post is smaller than the person's FTE, even when empty
    APART = "apart"  # it may not be held beside the posts in which the person is locked
    NO_ROOM = "no_room"  # others fill the post
    PLACED_STRONGER = "placed_stronger"  # there is room, but the person is placed on a stronger ground
    PLACED = "placed"  # there is room, but the person is placed elsewhere, which weighed as much or more
    NOTHING = (
        "nothing"  # there is room and the person has no place: only a search that was cut off leaves that
    )


class Unplaced(StrEnum):
    """Why a person has no place."""

    NO_OPTION = "no_option"  # no post is possible for this person
    TOO_SMALL = "too_small"  # every possible post is smaller than the person's FTE
    NO_ROOM = "no_room"  # every possible post is filled by others
    NOT_SOUGHT = "not_sought"  # there is room: the search was cut off, or there is no placement


def alternatives(
    people: pd.DataFrame,
    posts: pd.DataFrame,
    options: pd.DataFrame,
    placement: Placement,
    rules: Rules | None = None,
    *,
    step: float = STEP,
    best: int = BEST,
) -> pd.DataFrame:
    """Per person the best options: what fits, what it costs, what blocks.

    The arguments are those of `place`, and what it returned. Columns: person, position (from 1), post, ground,
    preference (1 to 3, 0 for none), training_cost (EUR), scale_loss (scales), free_fte (not filled by others),
    short_fte (what the person lacks in that), blocked (`Blocked`). Options are ordered by ground, preference, training
    cost, scale loss and code; the chosen ones always stand in it. People without an option have no row.
    """
    table = _options(people, posts, options, placement, rules, step)
    order = ["person_at", "ground", "wish", "training_cost", "scale_loss", "post_at"]
    table = table.sort_values(order, ignore_index=True)
    table["position"] = table.groupby("person_at").cumcount() + 1
    table = table[(table["position"] <= best) | (table["blocked"] == Blocked.CHOSEN)]
    columns = ["person", "position", "post", "ground", "preference", "training_cost", "scale_loss", "free_fte",
               "short_fte", "blocked"]  # fmt: skip
    return table[columns].reset_index(drop=True)


def nearest(
    people: pd.DataFrame,
    posts: pd.DataFrame,
    options: pd.DataFrame,
    placement: Placement,
    rules: Rules | None = None,
    *,
    step: float = STEP,
    best: int = BEST,
) -> pd.DataFrame:
    """Per post that is not full, who comes nearest; those without a place first, then as in `alternatives`.

    Columns: post, empty_fte, position (from 1), person, ground, preference, training_cost, scale_loss, short_fte,
    blocked. A post that is possible for nobody else has one row, with position 0 and no person.
    """
    case = candidates(people, posts, options, rules, step)
    table = _options(people, posts, options, placement, rules, step)
    empty = case.room - _held(case, placement).sum(axis=0)
    placed = set(placement.assignments["person"])
    table["is_placed"] = table["person"].isin(placed)
    table = table[(empty[table["post_at"]] > 0) & (table["blocked"] != Blocked.CHOSEN)]
    order = ["post_at", "is_placed", "ground", "wish", "training_cost", "scale_loss", "person_at"]
    table = table.sort_values(order, ignore_index=True)
    table["position"] = table.groupby("post_at").cumcount() + 1
    table = table[table["position"] <= best]
    nobody = [post for post in np.flatnonzero(empty > 0).tolist() if post not in set(table["post_at"])]
    rows = pd.DataFrame({"post_at": nobody, "post": [case.posts[post] for post in nobody], "position": 0})
    table = pd.concat([table, rows], ignore_index=True) if nobody else table
    table = table.sort_values(["post_at", "position"], ignore_index=True)
    table["empty_fte"] = np.round(empty[table["post_at"].astype(int)] * step, 10)
    columns = ["post", "empty_fte", "position", "person", "ground", "preference", "training_cost", "scale_loss",
               "short_fte", "blocked"]  # fmt: skip
    return table[columns]


def unplaced(
    people: pd.DataFrame,
    posts: pd.DataFrame,
    options: pd.DataFrame,
    placement: Placement,
    rules: Rules | None = None,
    *,
    step: float = STEP,
) -> pd.DataFrame:
    """Who has no place, and why: person, reason (`Unplaced`), by person."""
    case = candidates(people, posts, options, rules, step)
    table = _options(people, posts, options, placement, rules, step)
    placed = set(placement.assignments["person"])
    blocks = table.groupby("person_at")["blocked"].agg(set).to_dict()
    rows = []
    for place, person in enumerate(case.people):
        if person in placed:
            continue
        found = blocks.get(place, set())
        if not found:
            reason = Unplaced.NO_OPTION
        elif found == {Blocked.TOO_SMALL}:
            reason = Unplaced.TOO_SMALL
        elif found <= {Blocked.TOO_SMALL, Blocked.NO_ROOM}:
            reason = Unplaced.NO_ROOM
        else:
            reason = Unplaced.NOT_SOUGHT
        rows.append((person, reason.value))
    return pd.DataFrame(rows, columns=["person", "reason"])


def _held(case: Candidates, placement: Placement) -> np.ndarray:
    """The steps that each person fills of each post: int64 (people, posts)."""
    held = np.zeros((len(case.people), len(case.posts)), dtype=np.int64)
    person_at = {code: place for place, code in enumerate(case.people)}
    post_at = {code: place for place, code in enumerate(case.posts)}
    for person, post, fte in placement.assignments.itertuples(index=False):
        held[person_at[person], post_at[post]] += round(fte / case.step)
    return held


def _options(
    people: pd.DataFrame,
    posts: pd.DataFrame,
    options: pd.DataFrame,
    placement: Placement,
    rules: Rules | None,
    step: float,
) -> pd.DataFrame:
    """Every option with its room and what blocks it; `wish` orders preferences, 0 last."""
    rules = rules or Rules()
    case = candidates(people, posts, options, rules, step)
    held = _held(case, placement)
    person_at = {code: place for place, code in enumerate(case.people)}
    post_at = {code: place for place, code in enumerate(case.posts)}
    apart = {frozenset((post_at[a], post_at[b])) for a, b in rules.incompatible}
    splittable = {person_at[code] for code in rules.splittable}
    names = ["person", "post", "ground", "preference", "training_cost", "scale_loss"]
    table = options[names].reset_index(drop=True) if len(options) else pd.DataFrame(columns=names)
    table["person_at"] = np.array([person_at[code] for code in table["person"]], dtype=np.int64)
    table["post_at"] = np.array([post_at[code] for code in table["post"]], dtype=np.int64)
    table["wish"] = table["preference"].where(table["preference"] > 0, RANKS + 1)
    person, post = table["person_at"].to_numpy(), table["post_at"].to_numpy()
    free = case.room[post] - held.sum(axis=0)[post] + held[person, post]
    table["free_fte"] = np.round(free * step, 10)
    table["short_fte"] = np.round(np.maximum(case.fte[person] - free, 0) * step, 10)
    rank = {(one, other): ground for one, other, ground in zip(person, post, table["ground"], strict=True)}
    weakest = {
        one: max(rank.get((one, other), 0) for other in np.flatnonzero(held[one]).tolist())
        for one in np.flatnonzero(held.any(axis=1)).tolist()
    }
    blocked = []
    for one, other, ground, room in zip(
        person.tolist(), post.tolist(), table["ground"], free.tolist(), strict=True
    ):
        least = 1 if one in splittable else case.fte[one]
        others = case.locked.get(one, frozenset()) - {other}
        if held[one, other]:
            why = Blocked.CHOSEN
        elif others and one not in splittable:
            why = Blocked.LOCKED
        elif case.room[other] < least:
            why = Blocked.TOO_SMALL
        elif any(frozenset((other, held_post)) in apart for held_post in others):
            why = Blocked.APART
        elif room < least:
            why = Blocked.NO_ROOM
        elif one in weakest:
            why = Blocked.PLACED_STRONGER if weakest[one] < ground else Blocked.PLACED
        else:
            why = Blocked.NO_ROOM if room < case.fte[one] else Blocked.NOTHING
        blocked.append(why.value)
    table["blocked"] = pd.Series(blocked, dtype=object)
    return table
