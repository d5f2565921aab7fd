"""Saving a stage of entry: all or nothing, never over what someone else saved meanwhile; then computing the plans."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.db import transaction
from django.utils import timezone

from portfolio.actions.center import STILL_TO_DO, Stale, new_findings
from portfolio.actions.plans import compute_center
from portfolio.engine.findings import refuse_errors
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import FRAMES, columns
from portfolio.frames.read import read_center
from portfolio.frames.write import Absent, Changes, write_center
from portfolio.models.center import Center


@dataclass(frozen=True)
class Saved:
    """What a save did: numbers of rows, and how to take it back."""

    counts: Mapping[str, int]
    undo: dict[str, Any]


def version_of(inputs: CenterInputs, names: Sequence[str], only: str = "") -> str:
    """What a page hands back to tell that nobody saved these frames meanwhile; ``only`` the rows of a participant."""
    frames = (inputs.frames[name] for name in sorted(names))
    own = (frame[frame["participant"] == only] if only else frame for frame in frames)
    written = (frame.to_csv(index=False) for frame in own)
    return hashlib.sha256("\n\n".join(written).encode()).hexdigest()[:32]


def save_stage(
    *,
    center: Center,
    names: Sequence[str],
    change: Callable[[CenterInputs], CenterInputs],
    version: str,
    user: Any,
    only: str = "",
    is_computed: bool = True,
) -> Saved:
    """Write what ``change`` makes of the frames ``names``, and compute the plans if that is up to this user.

    With ``only`` a page is about the rows of one participant, whatever others save of theirs meanwhile.

    Raises ``Stale`` when these frames were saved since the page was made, ``Refused`` with every reason when the
    result contradicts itself; then nothing is written.
    """
    with transaction.atomic():
        Center.objects.select_for_update().filter(pk=center.pk).first()
        before = read_center(center)
        if version_of(before, names, only) != version:
            raise Stale(None)
        after = change(before)
        refuse_errors(finding for finding in new_findings(before, after) if finding.code not in STILL_TO_DO)
        frames = {name: after.frames[name] for name in names}
        changes = write_center(center, frames, user=user, at=timezone.now(), absent=Absent.DELETE)
        undo = {**_undo(before, changes), "version": version_of(read_center(center), names, only)}
    if is_computed:
        compute_center(center=center, user=user)
    return Saved(changes.counts, undo)


def undo_stage(
    *, center: Center, undo: Mapping[str, Any], user: Any, only: str = "", is_computed: bool = True
) -> Saved:
    """Put back the rows that a save replaced. Raises ``Stale`` when somebody saved them again since."""

    def put_back(inputs: CenterInputs) -> CenterInputs:
        frames = dict(inputs.frames)
        for name, kept in undo["frames"].items():
            frames[name] = _put_back(name, frames[name], kept["rows"], kept["gone"])
        return CenterInputs.of(inputs.settings, frames)

    return save_stage(
        center=center, names=undo["names"], change=put_back, version=undo["version"], user=user,
        only=only, is_computed=is_computed,
    )  # fmt: skip


def _undo(before: CenterInputs, changes: Changes) -> dict[str, Any]:
    """The rows as they were, as a session can hold them."""
    frames = {}
    for name, part in changes.frames.items():
        held, size = {*part.changed, *part.gone}, len(FRAMES[name].key)
        rows = [
            [None if cell != cell else cell for cell in row]
            for row in before.frames[name].itertuples(index=False, name=None)
            if tuple(row[:size]) in held
        ]
        frames[name] = {"rows": rows, "gone": [list(key) for key in part.new]}
    return {"names": list(changes.frames), "frames": frames}


def _put_back(name: str, frame: pd.DataFrame, rows: list[list[Any]], gone: list[list[Any]]) -> pd.DataFrame:
    size = len(FRAMES[name].key)
    out = {tuple(key) for key in gone} | {tuple(row[:size]) for row in rows}
    kept = [row for row in frame.itertuples(index=False, name=None) if tuple(row[:size]) not in out]
    return pd.DataFrame([*kept, *map(tuple, rows)], columns=[column.name for column in columns(name)])
