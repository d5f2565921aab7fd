"""Who takes what in a scenario, what is requested and what is locked: many cells at once, all or nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from auditlog.context import disable_auditlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from portfolio.engine.terms import Status
from portfolio.frames import history
from portfolio.frames.uptake import Change, Pair, Take
from portfolio.models.catalogue import Service
from portfolio.models.center import Participant
from portfolio.models.scenarios import Scenario, Uptake


class CellsOvertaken(Exception):
    """Somebody else changed these cells meanwhile; ``now`` says by cell what stands."""

    def __init__(self, now: dict[Pair, Take]) -> None:
        self.now = now
        super().__init__(", ".join("+".join(pair) for pair in now))


@transaction.atomic
def set_uptake(*, scenario: Scenario, changes: Sequence[Change], user: Any, at: datetime) -> None:
    """Change who takes what in one scenario. A cell that comes to say what holds for all scenarios needs no row."""
    Scenario.objects.select_for_update().get(pk=scenario.pk)
    changes = [change for change in changes if change.becomes != change.seen]
    if any(
        value is not None and value < 0 for c in changes for value in (c.becomes.fte, c.becomes.locked_fte)
    ):
        raise ValidationError(_("FTE cannot be negative."), code="negative")
    services = dict(Service.objects.filter(center=scenario.center_id).values_list("code", "pk"))
    participants = dict(Participant.objects.filter(center=scenario.center_id).values_list("code", "pk"))
    own, general = _standing(scenario, {change.pair for change in changes})
    overtaken = {
        change.pair: now
        for change in changes
        if (now := _take(own.get(change.pair) or general.get(change.pair))) != change.seen
    }
    if overtaken:
        raise CellsOvertaken(overtaken)
    made, edited, gone = [], [], []
    for change in changes:
        row = own.get(change.pair)
        if change.becomes == _take(general.get(change.pair)):
            gone += [(change, row)] if row else []
            continue
        if row is None:
            row = Uptake(
                scenario=scenario,
                service_id=services[change.service],
                participant_id=participants[change.participant],
            )
            made.append((change, row))
        else:
            edited.append((change, row))
        row.takes, row.fte, row.locked_fte = (
            change.becomes.takes,
            change.becomes.fte,
            change.becomes.locked_fte,
        )
        row.status, row.confirmed_by, row.confirmed_at = Status.ENTERED.value, None, None
    _write(scenario, made, edited, gone, user, at)


def _standing(scenario: Scenario, pairs: set[Pair]) -> tuple[dict[Pair, Uptake], dict[Pair, Uptake]]:
    """The rows of the scenario and those of all scenarios, by cell."""
    own: dict[Pair, Uptake] = {}
    general: dict[Pair, Uptake] = {}
    rows = Uptake.objects.filter(
        Q(scenario=scenario) | Q(scenario=None),
        service__center=scenario.center_id,
        service__code__in={service for service, _participant in pairs},
    ).select_related("service", "participant")
    for row in rows.order_by():
        (general if row.scenario_id is None else own)[row.service.code, row.participant.code] = row
    return own, general


def _take(row: Uptake | None) -> Take:
    return Take() if row is None else Take.of(row.takes, row.fte, row.locked_fte)


Rows = list[tuple[Change, Uptake]]


def _write(scenario: Scenario, made: Rows, edited: Rows, gone: Rows, user: Any, at: datetime) -> None:
    """A fixed number of queries, with the history that single saves would have left."""
    pks = {id(row): row.pk for _change, row in gone}
    with disable_auditlog():
        Uptake.objects.bulk_create([row for _change, row in made])
        fields = ["takes", "fte", "locked_fte", "status", "confirmed_by", "confirmed_at"]
        Uptake.objects.bulk_update([row for _change, row in edited], fields)
        Uptake.objects.filter(pk__in=pks.values()).delete()
    noted: list[history.Noted] = []
    for change, row in made:
        noted.append(history.created(Uptake, row.pk, _key(scenario, change), _values(change.becomes)))
    for change, row in edited:
        old, new = _values(change.seen), _values(change.becomes)
        differing = {name: (old[name], new[name]) for name in new if old[name] != new[name]}
        noted.append(history.changed(Uptake, row.pk, _key(scenario, change), differing))
    for change, row in gone:
        noted.append(history.deleted(Uptake, pks[id(row)], _key(scenario, change), _values(change.seen)))
    history.write(noted, center=scenario.center, user=user, at=at)


def _key(scenario: Scenario, change: Change) -> tuple[str, ...]:
    return scenario.code, *change.pair


def _values(take: Take) -> dict[str, Any]:
    return {"takes": take.takes, "fte": take.fte, "locked_fte": take.locked_fte}
