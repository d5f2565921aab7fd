"""Taking back the last act on a scenario: it travels as plain data, and nobody else's work is overwritten."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from portfolio.actions.scenarios import decide
from portfolio.actions.uptake import set_uptake
from portfolio.frames.decisions import Verdict
from portfolio.frames.uptake import Change, Take
from portfolio.models.catalogue import Service
from portfolio.models.scenarios import Scenario


@dataclass(frozen=True)
class Act:
    """What somebody just did: ``text`` says it, ``page`` is where it was done.

    ``service`` with ``before`` and ``after`` is one decision; ``changes`` are cells of the uptake.
    """

    scenario: str
    text: str
    page: str
    service: str = ""
    before: Verdict = field(default_factory=Verdict)
    after: Verdict = field(default_factory=Verdict)
    changes: tuple[Change, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For a session."""
        cells = [(*change.pair, change.seen.text, change.becomes.text) for change in self.changes]
        plain = {name: getattr(self, name) for name in ("scenario", "text", "page", "service")}
        return plain | {"before": asdict(self.before), "after": asdict(self.after), "cells": cells}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Act":
        changes = tuple(
            Change(service, participant, Take.read(seen), Take.read(becomes))
            for service, participant, seen, becomes in kept["cells"]
        )
        plain = {name: kept[name] for name in ("scenario", "text", "page", "service")}
        return cls(**plain, before=Verdict(**kept["before"]), after=Verdict(**kept["after"]), changes=changes)


@transaction.atomic
def undo_act(*, scenario: Scenario, act: Act, user: Any, at: datetime) -> None:
    """Put back what stood before. Raises ``Overtaken`` or ``CellsOvertaken`` when somebody was there since."""
    if act.service:
        service = Service.objects.get(center=scenario.center_id, code=act.service)
        decide(scenario=scenario, service=service, verdict=act.before, seen=act.after.token)
    if act.changes:
        undone = [change.reversed for change in act.changes]
        set_uptake(scenario=scenario, changes=undone, user=user, at=at)
