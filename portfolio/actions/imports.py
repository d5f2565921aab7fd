"""Importing a workbook: read it against the center as it is, show what it would do, and do all of it or nothing."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from portfolio.engine.inputs import CenterInputs
from portfolio.frames.read import read_center
from portfolio.frames.write import Absent, Changes, as_stored, write_center
from portfolio.models.center import Center
from portfolio.sheets.comparing import Changes as FrameDifference
from portfolio.sheets.comparing import compare
from portfolio.sheets.reading import Reading, read


class ChangedSince(Exception):
    """The center is no longer as it was when the preview was made."""


@dataclass(frozen=True, eq=False)
class Preview:
    """What a workbook would do to a center. ``version`` tells whether the center is still the same."""

    reading: Reading
    differences: dict[str, FrameDifference]
    version: str

    @property
    def can_apply(self) -> bool:
        return self.reading.inputs is not None and any(not one.is_empty for one in self.differences.values())


def preview_workbook(*, inputs: CenterInputs, path: Path, name: str, keep: bool) -> Preview:
    """Read a workbook and compare it with the center, writing nothing. With ``keep`` no row is removed."""
    with path.open("rb") as file:
        reading = read(file, name, onto=inputs, keep=keep)
    differences = compare(inputs, as_stored(reading.inputs)) if reading.inputs else {}
    return Preview(reading, differences, version_of(inputs))


def import_workbook(*, center: Center, path: Path, name: str, keep: bool, version: str, user: Any) -> Changes:
    """Write a workbook that was previewed. It is read again, and refused when the center has changed meanwhile."""
    with transaction.atomic():
        Center.objects.select_for_update().filter(pk=center.pk).first()
        center.refresh_from_db()
        preview = preview_workbook(inputs=read_center(center), path=path, name=name, keep=keep)
        if preview.version != version or preview.reading.inputs is None:
            raise ChangedSince
        # What the workbook is silent about was joined to it by the reading, so that what is not there now may go.
        inputs = preview.reading.inputs
        return write_center(center, inputs, user=user, at=timezone.now(), absent=Absent.DELETE)


def version_of(inputs: CenterInputs) -> str:
    """A digest of a whole center."""
    sha = hashlib.sha256(repr(sorted(inputs.settings.items())).encode())
    for name in sorted(inputs.frames):
        sha.update(repr((name, inputs.frames[name].to_numpy(dtype=object).tolist())).encode())
    return sha.hexdigest()
