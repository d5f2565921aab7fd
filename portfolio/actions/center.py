"""Saving a table of a center as a page edited it: all or nothing, never over what someone else saved meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from django.db import transaction
from django.utils import timezone

from portfolio.engine import checks
from portfolio.engine.findings import Finding, error, in_order, refuse_errors
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import FRAMES, columns
from portfolio.engine.terms import Level
from portfolio.frames.center_edits import edited, uses
from portfolio.frames.center_table import OWNED, Edits, Key, Table, table_of
from portfolio.frames.read import read_center
from portfolio.frames.write import Absent, Changes, as_stored, write_center
from portfolio.models.center import Center, Membership, MembershipRole

#: What a center that is still being filled in may lack between two saves; no plan is computed before it is there.
STILL_TO_DO = frozenset({"no_rows", "no_role_mix", "item_without_service"})
#: More rows than this are not kept for undoing: the session would grow with them.
MOST_TO_UNDO = 2_000


class Stale(Exception):
    """Somebody saved this table after the page was made; ``since`` is when that was."""

    def __init__(self, since: datetime | None) -> None:
        self.since = since
        super().__init__("the table was saved by somebody else")


@dataclass(frozen=True)
class Saved:
    """What a save did: numbers of rows, what is doubtful now, and how to take it back."""

    counts: Mapping[str, int]
    warnings: list[Finding]
    undo: dict[str, Any] | None


def version_of(table: Table, at: datetime) -> str:
    """What a page hands back to tell that nobody saved meanwhile: digest and moment."""
    return f"{table.digest}@{at.isoformat()}"


def save_table(*, center: Center, name: str, edits: Edits, version: str, user: Any, only: str = "") -> Saved:
    """Write what someone edited. Raises ``Stale``, or ``Refused`` with every reason; then nothing is written."""
    with transaction.atomic():
        before, table = _locked(center, name, version, only)
        after, findings = edited(table, before, edits)
        findings += _foreign_rows(table, edits)
        findings += _used(center, before, table, edits)
        refuse_errors(findings)
        found = new_findings(before, after)
        refuse_errors(finding for finding in found if finding.code not in STILL_TO_DO)
        owned = OWNED.get(name, ()) if edits.deleted else ()
        changes = _write(center, table, after, (name, table.wide, *owned), user)
        undo = undo_of(table, before, after, changes)
    return Saved(changes.counts, found, undo)


def undo_save(*, center: Center, undo: Mapping[str, Any], user: Any, only: str = "") -> Mapping[str, int]:
    """Put back the rows that a save replaced. Raises ``Stale`` when the table was saved again since."""
    with transaction.atomic():
        before, table = _locked(center, undo["table"], undo["version"], only)
        if table.is_settings:
            after = CenterInputs.of({**before.settings, **undo["settings"]}, before.frames)
        else:
            frames = dict(before.frames)
            for name, kept in undo["frames"].items():
                frames[name] = _put_back(name, frames[name], kept["rows"], kept["gone"])
            after = CenterInputs.of(before.settings, frames)
        found = new_findings(before, after)
        refuse_errors(finding for finding in found if finding.code not in STILL_TO_DO)
        return _write(center, table, after, tuple(undo.get("frames", ())), user).counts


def new_findings(before: CenterInputs, after: CenterInputs) -> list[Finding]:
    """What the checks on the whole say now and did not say before, so that old trouble blocks no repair."""
    known = {_said(finding) for finding in checks.find(before)}
    return [finding for finding in checks.find(after) if _said(finding) not in known]


def standing_errors(inputs: CenterInputs) -> list[Finding]:
    """What keeps a center from being computed."""
    return [finding for finding in checks.find(inputs) if finding.level is Level.ERROR]


def _said(finding: Finding) -> tuple[str, str, str]:
    return finding.code, str(finding.place), finding.message


def _locked(center: Center, name: str, version: str, only: str) -> tuple[CenterInputs, Table]:
    """The center while nobody else can write it, if it is still as the page had it."""
    Center.objects.select_for_update().filter(pk=center.pk).first()
    center.refresh_from_db()
    inputs = read_center(center)
    table = table_of(name, inputs, only=only)
    digest, _at, moment = version.partition("@")
    if digest != table.digest:
        try:
            since = datetime.fromisoformat(moment)
        except ValueError:
            since = None
        raise Stale(since if since and since.tzinfo else None)
    return inputs, table


def _foreign_rows(table: Table, edits: Edits) -> list[Finding]:
    """A reviewer adds rows of the own participant alone."""
    if not table.only:
        return []
    allowed = table.name != "participants" and {table.only} >= {
        record.get("participant") for record in edits.new.values()
    }
    if (edits.new and not allowed) or (edits.deleted and not table.may_grow):
        raise ValueError("a reviewer edits the own participant")
    return []


def _used(center: Center, inputs: CenterInputs, table: Table, edits: Edits) -> list[Finding]:
    """Rows that others still name are not deleted: the database would take those others along."""
    found = [
        error("row_used", table.name, key, "", item=str(key[0]), sheet=", ".join(names))
        for key in sorted(edits.deleted)
        if (names := uses(inputs, table, key))
    ]
    if table.name == "participants" and edits.deleted:
        reviewers = Membership.objects.filter(
            center=center,
            role=MembershipRole.REVIEWER,
            participant__code__in=[key[0] for key in edits.deleted],
        ).select_related("user", "participant")
        found += [
            error("still_used", "participants", (one.participant.code,), "", value=str(one.user))
            for one in reviewers
            if one.participant
        ]
    return in_order(found)


def _write(center: Center, table: Table, after: CenterInputs, names: Iterable[str], user: Any) -> Changes:
    at = timezone.now()
    if table.is_settings:
        return write_center(center, after, user=user, at=at, absent=Absent.KEEP)
    frames = {name: after.frames[name] for name in names if name}
    return write_center(center, frames, user=user, at=at, absent=Absent.DELETE)


# --- Taking back ---


def undo_of(
    table: Table, before: CenterInputs, after: CenterInputs, changes: Changes
) -> dict[str, Any] | None:
    """The rows as they were, as the session can hold them."""
    version = version_of(table_of(table.name, as_stored(after), only=table.only), timezone.now())
    if table.is_settings:
        settings = {name: before.settings[name] for name in changes.settings}
        return {"table": table.name, "version": version, "settings": settings}
    frames = {}
    for name, part in changes.frames.items():
        held = {*part.changed, *part.gone}
        rows = [
            [None if cell != cell else cell for cell in row]
            for row in before.frames[name].itertuples(index=False, name=None)
            if tuple(row[: len(FRAMES[name].key)]) in held
        ]
        frames[name] = {"rows": rows, "gone": [list(key) for key in part.new]}
    if sum(len(kept["rows"]) + len(kept["gone"]) for kept in frames.values()) > MOST_TO_UNDO:
        return None
    return {"table": table.name, "version": version, "frames": frames}


def _put_back(name: str, frame: pd.DataFrame, rows: list[list[Any]], gone: list[list[Any]]) -> pd.DataFrame:
    size = len(FRAMES[name].key)
    out: set[Key] = {tuple(key) for key in gone} | {tuple(row[:size]) for row in rows}
    kept = [row for row in frame.itertuples(index=False, name=None) if tuple(row[:size]) not in out]
    return pd.DataFrame([*kept, *map(tuple, rows)], columns=[column.name for column in columns(name)])
