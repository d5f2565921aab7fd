"""Making a newcomer that was tried out a participant of the center, and taking that back; the plans follow."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from portfolio.actions.entry import Saved, save_stage, undo_stage
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.membership import Newcomer
from portfolio.engine.schema import tidy
from portfolio.models.center import Center

#: What a newcomer has rows in, for the guard against two people at once.
ADDED = ("participants", "base_volumes", "keys", "uptake")


def add_participant(*, center: Center, newcomer: Newcomer, version: str, user: Any) -> Saved:
    """Write the newcomer's rows beside those of the others, and compute the plans.

    Raises ``Stale`` when somebody saved these tables meanwhile, ``Refused`` when the result contradicts itself.
    """

    def change(inputs: CenterInputs) -> CenterInputs:
        frames = dict(inputs.frames)
        for name, rows in newcomer.frames.items():
            frames[name] = tidy(name, pd.concat([frames[name], tidy(name, rows)], ignore_index=True))
        return CenterInputs.of(inputs.settings, frames)

    return save_stage(center=center, names=ADDED, change=change, version=version, user=user)


def undo_participant(*, center: Center, undo: Mapping[str, Any], user: Any) -> None:
    """Remove it again. Raises ``Stale`` or ``Refused`` as adding does."""
    undo_stage(center=center, undo=undo, user=user)
