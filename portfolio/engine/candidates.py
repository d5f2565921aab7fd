"""Who may take which post: people, posts, options and rules, checked and turned into whole numbers.

A *bundle* is one way to place one person: whole in one post, or split over two. What a bundle is worth is exact:

* its ground is the weaker one of the two, and its preference the lower: nobody is a follower by a twentieth;
* its training cost is the sum of the two, its scale loss the larger.
"""

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from portfolio.engine.rounding import whole_steps

STEP = 0.05  # FTE
RANKS = 3  # preferences per person; rank r is worth 4 - r
GROUNDS = (1, 2, 3, 4)  # follower, exchangeable, suitable, acceptable
HUNDREDTHS = 100  # training cost counts in cents, scale loss in hundredths of a scale


@dataclass(frozen=True)
class Rules:
    """What binds a placement.

    `incompatible`: pairs of posts that one person may not share (role separation).
    `splittable`: persons who may be divided over two posts, because both sides have agreed.
    `locked`: (person, post) pairs that must be part of the placement; a splittable person may get a second post.
    """

    incompatible: Iterable[tuple[Hashable, Hashable]] = ()
    splittable: Iterable[Hashable] = ()
    locked: Iterable[tuple[Hashable, Hashable]] = ()

    def __post_init__(self) -> None:
        if isinstance(self.splittable, str):
            raise ValueError("rules: splittable is a text, not a collection of persons")
        object.__setattr__(self, "splittable", frozenset(self.splittable))
        for name in ("incompatible", "locked"):
            pairs = [pair if isinstance(pair, str) else tuple(pair) for pair in getattr(self, name)]
            for pair in pairs:
                if isinstance(pair, str) or len(pair) != 2:
                    raise ValueError(f"rules: {name} has {pair!r}, which is not a pair")
            object.__setattr__(self, name, frozenset(pairs))


@dataclass(frozen=True, eq=False)
class Candidates:
    """The people and posts in the order of their codes, and all bundles.

    Per person: `fte` in steps. Per post: `room` in steps and `critical`. Per bundle: `person`, `first` and `second`
    (positions; second is -1 for a whole placement), the steps that `first` gets at `least` and at `most`, `ground`,
    `preference` (worth, 0 to 3), `training` (cents) and `scale` (hundredths). `locked` are the posts per person
    (positions) that must be part of the placement; bundles without them are left out.
    """

    step: float
    people: list[Hashable]
    fte: np.ndarray
    posts: list[Hashable]
    room: np.ndarray
    critical: np.ndarray
    locked: Mapping[int, frozenset[int]]
    person: np.ndarray
    first: np.ndarray
    second: np.ndarray
    least: np.ndarray
    most: np.ndarray
    ground: np.ndarray
    preference: np.ndarray
    training: np.ndarray
    scale: np.ndarray
    split: np.ndarray = field(init=False)  # positions of the bundles over two posts

    def __post_init__(self) -> None:
        object.__setattr__(self, "split", np.flatnonzero(self.second >= 0))


def candidates(
    people: pd.DataFrame, posts: pd.DataFrame, options: pd.DataFrame, rules: Rules | None, step: float
) -> Candidates:
    """Check the frames of `placement.place` and list every bundle; raises ValueError, naming the place, as it does.

    A bundle that cannot be, as the post is too small or role separation forbids it, is left out.
    """
    rules = rules or Rules()
    who, fte, _ = _codes("people", "person", people, step)
    what, room, rest = _codes("posts", "post", posts, step)
    critical = np.array([_flag(code, rest.get(code)) for code in what], dtype=bool)
    person_at = {code: place for place, code in enumerate(who)}
    post_at = {code: place for place, code in enumerate(what)}
    asked = _options(options, person_at, post_at)
    for name, pairs, known in (
        ("locked", rules.locked, (person_at, post_at)),
        ("incompatible", rules.incompatible, (post_at, post_at)),
    ):
        for pair in pairs:
            for code, places, kind in zip(
                pair, known, ("person" if name == "locked" else "post", "post"), strict=True
            ):
                if code not in places:
                    raise ValueError(f"rules: {name} names the {kind} {code!r}, which does not exist")
    for code in rules.splittable:
        if code not in person_at:
            raise ValueError(f"rules: splittable names the person {code!r}, who does not exist")
    apart = {frozenset((post_at[a], post_at[b])) for a, b in rules.incompatible}
    if any(len(pair) == 1 for pair in apart):
        raise ValueError("rules: incompatible has a post twice in one pair")
    locked: dict[int, set[int]] = {}
    for code, post in rules.locked:
        locked.setdefault(person_at[code], set()).add(post_at[post])

    rows = []
    for place, code in enumerate(who):
        own = sorted(asked.get(place, {}).items())
        needed = locked.get(place, set())
        rows += [
            (place, post, -1, fte[place], fte[place], *worth)
            for post, worth in own
            if fte[place] <= room[post] and needed <= {post}
        ]
        if code not in rules.splittable:
            continue
        for (a, one), (b, two) in combinations(own, 2):
            least, most = max(1, fte[place] - room[b]), min(fte[place] - 1, room[a])
            if least <= most and frozenset((a, b)) not in apart and needed <= {a, b}:
                worth = max(one[0], two[0]), min(one[1], two[1]), one[2] + two[2], max(one[3], two[3])
                rows.append((place, a, b, least, most, *worth))
    columns = np.array(rows, dtype=np.int64).reshape(-1, 9).T
    return Candidates(
        step, who, fte, what, room, critical, {p: frozenset(q) for p, q in locked.items()}, *columns
    )


def _codes(name: str, column: str, frame: pd.DataFrame, step: float) -> tuple[list, np.ndarray, dict]:
    """The codes in ascending order, their FTE in steps, and the cells of `critical` by code where there are any."""
    _columns(name, frame, (column, "fte"))
    if not len(frame):
        return [], np.zeros(0, dtype=np.int64), {}
    steps = {}
    for code, fte in zip(frame[column].tolist(), frame["fte"].tolist(), strict=True):
        if _is_blank(code):
            raise ValueError(f"{name}: a row has no {column}")
        if code in steps:
            raise ValueError(f"{name}: {column} {code!r} occurs twice")
        try:
            steps[code] = whole_steps(_number(fte), step)
        except (ValueError, TypeError) as error:
            raise ValueError(f"{name}: fte of {code!r}: {error}") from None
        if steps[code] <= 0:
            raise ValueError(f"{name}: fte of {code!r} is {fte:g}, which is not above 0")
    codes = sorted(steps, key=lambda code: (type(code).__name__, code))
    cells = frame["critical"].tolist() if "critical" in frame.columns else []
    rest = dict(zip(frame[column].tolist(), cells, strict=True)) if cells else {}
    return codes, np.array([steps[code] for code in codes], dtype=np.int64), rest


def _options(frame: pd.DataFrame, person_at: Mapping, post_at: Mapping) -> dict[int, dict[int, tuple]]:
    """Per person and post (positions): ground, worth of the preference, training in cents, scale in hundredths."""
    names = ("person", "post", "ground", "preference", "training_cost", "scale_loss")
    _columns("options", frame, names)
    asked: dict[int, dict[int, tuple]] = {}
    if not len(frame):
        return asked
    for person, post, *cells in zip(*(frame[name].tolist() for name in names), strict=True):
        where = f"options: {person!r} for {post!r}"
        for code, places, kind in ((person, person_at, "person"), (post, post_at, "post")):
            if _is_blank(code) or code not in places:
                raise ValueError(f"{where}: there is no {kind} {code!r}")
        own = asked.setdefault(person_at[person], {})
        if post_at[post] in own:
            raise ValueError(f"{where}: this option occurs twice")
        try:
            ground, rank, training, scale = map(_number, cells)
        except (ValueError, TypeError) as error:
            raise ValueError(f"{where}: {error}") from None
        if ground not in GROUNDS:
            raise ValueError(f"{where}: ground is {ground:g}; 1, 2, 3 or 4 was expected")
        if rank not in range(RANKS + 1):
            raise ValueError(f"{where}: preference is {rank:g}; 0, 1, 2 or 3 was expected")
        for amount, name in ((training, "training_cost"), (scale, "scale_loss")):
            if amount < 0:
                raise ValueError(f"{where}: {name} is negative ({amount:g})")
        worth = RANKS + 1 - int(rank) if rank else 0
        own[post_at[post]] = int(ground), worth, _hundredths(training), _hundredths(scale)
    return asked


def _columns(name: str, frame: pd.DataFrame, columns: Iterable[str]) -> None:
    for column in columns:
        if column not in frame.columns and (len(frame) or len(frame.columns)):
            raise ValueError(f"{name} lacks the column {column!r}")


def _number(cell: Any) -> float:
    number = float(cell)
    if isinstance(cell, str) or not math.isfinite(number):
        raise ValueError(f"{cell!r} is not a number")
    return number


def _hundredths(amount: float) -> int:
    return math.floor(amount * HUNDREDTHS + 0.5)


def _is_blank(code: Any) -> bool:
    return code is None or code is pd.NaT or code is pd.NA or code == "" or code != code


def _flag(post: Hashable, cell: Any) -> bool:
    if cell is None or cell is pd.NA or cell != cell:
        return False
    if cell not in (0, 1):
        raise ValueError(f"posts: critical of {post!r} is {cell!r}, not true or false")
    return bool(cell)
