"""Choosing a key for the cost of services, and keeping a division as a key of the center; then the plan follows."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from django.utils.text import slugify

from portfolio.actions.entry import Saved, save_stage, undo_stage
from portfolio.actions.plans import compute_plan
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.rounding import apportion
from portfolio.engine.schema import tidy
from portfolio.frames.decisions import with_cost_key
from portfolio.models.base import CODE_LENGTH
from portfolio.models.center import Center
from portfolio.models.scenarios import Scenario

#: What each of the two changes, for the guard against two people at once.
PICKED, KEPT = ("decisions",), ("keys",)
#: Shares are kept to a millionth and add up to 1 exactly.
PARTS = 1_000_000


class NegativeShare(Exception):
    """A division in which somebody gets money cannot be a key."""


def pick_key(*, scenario: Scenario, key: str, services: Collection[str], version: str, user: Any) -> Saved:
    """Divide the cost of services, or of all, by one key in a scenario, and compute its plan.

    Raises ``Stale`` when somebody decided meanwhile, ``Refused`` when the result contradicts itself.
    """
    change = partial(with_cost_key, scenario=scenario.code, key=key, services=services)
    saved = save_stage(
        center=scenario.center, names=PICKED, change=change, version=version, user=user, is_computed=False
    )
    compute_plan(scenario=scenario, user=user)
    return saved


def keep_division(
    *, center: Center, name: str, paid: Mapping[str, int], source: str, version: str, user: Any
) -> tuple[str, Saved]:
    """Keep what each pays (cents by participant) as a table of shares under a free name, and compute the plans."""
    if min(paid.values()) < 0:
        raise NegativeShare
    made: list[str] = []

    def change(inputs: CenterInputs) -> CenterInputs:
        made.append(_free_name(inputs, name))
        rows = [
            {"key": made[-1], "part": code, "share": share, "source": source} for code, share in _shares(paid)
        ]
        keys = pd.concat([inputs.frames["keys"], tidy("keys", pd.DataFrame(rows))])
        return CenterInputs(inputs.settings, {**inputs.frames, "keys": tidy("keys", keys)})

    saved = save_stage(center=center, names=KEPT, change=change, version=version, user=user)
    return made[-1], saved


def undo_sharing(*, scenario: Scenario, undo: Mapping[str, Any], user: Any) -> None:
    """Put back what one of the above changed, and compute again. Raises ``Stale`` or ``Refused`` as they do."""
    of_center = tuple(undo["names"]) == KEPT
    undo_stage(center=scenario.center, undo=undo, user=user, is_computed=of_center)
    if not of_center:
        compute_plan(scenario=scenario, user=user)


def _shares(paid: Mapping[str, int]) -> list[tuple[str, float]]:
    amounts = np.array(list(paid.values()), dtype=float)
    parts = apportion(amounts / amounts.sum() * PARTS, np.array(PARTS)).tolist()
    return [(code, part / PARTS) for code, part in zip(paid, parts, strict=True) if part]


def _free_name(inputs: CenterInputs, name: str) -> str:
    """A name that no key, driver or participant has."""
    frames = inputs.frames
    taken = {*frames["keys"]["key"], *frames["drivers"]["driver"], *frames["participants"]["code"]}
    stem = slugify(name)[: CODE_LENGTH - 4] or "key"
    return next(each for each in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if each not in taken)
