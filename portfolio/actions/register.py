"""The placement register: proposals taken over, discussed, agreed or objected to, and decided by a person.

The machine proposes; every step after that is somebody's, with a date, and can be seen back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portfolio.actions.looks import note_look
from portfolio.engine.staffing import Staffing
from portfolio.frames.mapping import stored_decimal
from portfolio.models.careers import StaffChange
from portfolio.models.catalogue import Role, Service
from portfolio.models.letters import LetterKind, LetterTemplate, fill
from portfolio.models.placement import Letter, Look, Outcome, PlacementRecord, Stage, steps_of
from portfolio.models.scenarios import Scenario
from portfolio.models.social_plan import Safeguards
from portfolio.models.staff import PersonName, StaffMember

#: What may follow on what. A decision is taken by ``decide`` alone, and an objection to it opens it again.
NEXT = {
    Stage.PROPOSED: (Stage.DISCUSSED,),
    Stage.DISCUSSED: (Stage.AGREED, Stage.OBJECTION),
    Stage.AGREED: (Stage.OBJECTION,),
    Stage.OBJECTION: (Stage.DISCUSSED, Stage.AGREED),
    Stage.DECIDED: (Stage.OBJECTION,),
}
DECIDABLE = frozenset({Stage.DISCUSSED, Stage.AGREED, Stage.OBJECTION})


class Refused(Exception):
    """A step that may not be taken; its text says why, in the reader's language."""


@dataclass(frozen=True)
class Proposed:
    """Persons of whom a proposal is new or differs, is gone, or stays since it has been discussed already."""

    new: int
    gone: int
    kept: int


@dataclass(frozen=True)
class Moved:
    """Persons that took the step, and those who did not since somebody else was first or the step is not theirs."""

    done: int
    left: int


@transaction.atomic
def propose(*, scenario: Scenario, staffing: Staffing, reasons: Mapping[str, str]) -> Proposed:
    """Take over what the placement proposes, for everybody of whom nothing has been discussed yet.

    `reasons`: by number, in words, of those without a post. Who leaves by themselves does not come in.
    """
    _lock(scenario)
    wanted = staffing.proposals()
    own = PlacementRecord.objects.filter(scenario=scenario).select_related("staff_member", "service", "role")
    standing: dict[str, list[PlacementRecord]] = {}
    for record in own:
        standing.setdefault(record.staff_member.number, []).append(record)
    begun = {number for number, rows in standing.items() if rows[0].stage != Stage.PROPOSED}
    same = {
        number
        for number, rows in standing.items()
        if number in wanted and tuple(sorted(post for row in rows for post in _posts(row))) == wanted[number]
    }
    stale = standing.keys() - begun - same
    own.filter(staff_member__number__in=stale, stage=Stage.PROPOSED).delete()
    new = wanted.keys() - begun - same
    _create(scenario, {number: wanted[number] for number in sorted(new)}, reasons)
    return Proposed(len(new), len(stale - new), len(begun))


@transaction.atomic
def move(
    *, scenario: Scenario, seen: Mapping[int, str], stage: Stage, reason: str = "", user: Any, at: datetime
) -> Moved:
    """Take one step with everybody in `seen`: by key of the person, at which status each stood on the page."""
    if stage == Stage.OBJECTION and not reason:
        raise Refused(_("Say what the objection is."))
    _lock(scenario)
    done = 0
    for records in _of(scenario, seen):
        person, was = records[0].staff_member, Stage(records[0].stage)
        if seen[person.pk] != was or stage not in NEXT[was]:
            continue
        for record in records:
            record.stage, record.decided_on, record.decided_by = stage, None, None
            if record.outcome == Outcome.SURPLUS:
                # An objection opens the decision: until another one is taken nobody is redundant.
                record.outcome = Outcome.OPEN
            record.letter = None
            record.reason = reason or record.reason
            _save(record)
        _note(scenario, person, was, stage, reason, user, at)
        done += 1
    return Moved(done, len(seen) - done)


@transaction.atomic
def decide(
    *,
    scenario: Scenario,
    person: int,
    seen: str,
    on: date,
    reason: str,
    values: Mapping[str, str],
    user: Any,
    at: datetime,
) -> Letter:
    """Record a decision that a person took, with its letter: a post, or redundant for who has none."""
    _lock(scenario)
    records = next(iter(_of(scenario, [person])), [])
    if not records or records[0].stage != seen:
        raise Refused(_("Somebody else changed this meanwhile. Look at it again; nothing has changed."))
    if Stage(seen) not in DECIDABLE:
        raise Refused(_("A decision follows on a discussion. First mark the proposal as discussed."))
    _check_deciding(scenario, on, at.date())
    is_post = records[0].outcome == Outcome.POST
    if not is_post and not reason:
        raise Refused(_("Say why this person is redundant."))
    decided = records[0].staff_member
    kind = LetterKind.FINAL if is_post else LetterKind.SURPLUS
    letter = make_letter(scenario=scenario, person=decided, kind=kind, values=values, user=user, at=at)
    for record in records:
        record.stage, record.decided_on, record.decided_by = Stage.DECIDED, on, user
        record.outcome = Outcome.POST if is_post else Outcome.SURPLUS
        record.letter, record.reason = letter, reason or record.reason
        _save(record)
    _note(scenario, decided, Stage(seen), Stage.DECIDED, reason, user, at)
    return letter


@transaction.atomic
def make_letter(
    *,
    scenario: Scenario,
    person: StaffMember,
    kind: LetterKind,
    values: Mapping[str, str],
    user: Any,
    at: datetime,
) -> Letter:
    """Make a letter from its template. The letter keeps its text when the template changes."""
    template = LetterTemplate.objects.filter(center=scenario.center_id, kind=kind).first()
    if template is None:
        raise Refused(_("There is no text for this letter yet. Write it first, under Letters."))
    letter = Letter(
        staff_member=person,
        scenario=scenario,
        kind=kind,
        subject=fill(template.subject, values),
        body=fill(template.body, values),
        made_at=at,
        made_by=user,
    )
    letter.full_clean()
    letter.save()
    note_look(center=scenario.center_id, what=Look.LETTER, persons=1, number=person.number, user=user, at=at)
    return letter


@transaction.atomic
def show_name(*, scenario: Scenario, person: int, reason: str, user: Any, at: datetime) -> str:
    """The name of one person of whom a decision is being taken, for a director: who looked and why is noted."""
    safeguards = Safeguards.objects.filter(center=scenario.center_id).first()
    if safeguards is None or not safeguards.is_deciding(at.date()):
        raise Refused(_("Names are shown from the day on which decisions are taken."))
    if not reason:
        raise Refused(_("Say why you need to know the name: it is noted with your own."))
    records = next(iter(_of(scenario, [person])), [])
    if not records or records[0].stage == Stage.PROPOSED:
        raise Refused(_("This person is not in the decision phase."))
    found = records[0].staff_member
    note_look(
        center=scenario.center_id,
        what=Look.PERSON,
        persons=1,
        number=found.number,
        reason=reason,
        user=user,
        at=at,
    )
    name = PersonName.objects.filter(staff_member=found).first()
    return name.name if name else _("number %(number)s") % {"number": found.number}


def _lock(scenario: Scenario) -> None:
    Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)


def _posts(record: PlacementRecord) -> tuple[tuple[str, str, float, int], ...]:
    if record.service is None or record.role is None:
        return ()
    return ((record.service.code, record.role.code, round(float(record.fte or 0), 10), record.ground or 0),)


def _create(
    scenario: Scenario, wanted: Mapping[str, list[tuple[Any, ...]]], reasons: Mapping[str, str]
) -> None:
    center = scenario.center_id
    people = {row.number: row for row in StaffMember.objects.filter(center=center, number__in=wanted)}
    services = {row.code: row for row in Service.objects.filter(center=center)}
    roles = {row.code: row for row in Role.objects.filter(center=center)}
    for number, posts in wanted.items():
        record = {"staff_member": people[number], "scenario": scenario, "reason": reasons.get(number, "")}
        if not posts:
            _save(PlacementRecord(outcome=Outcome.OPEN, **record))
        for service, role, fte, ground in posts:
            post = {
                "service": services[service],
                "role": roles[role],
                "fte": stored_decimal(fte, 12),
                "ground": ground,
            }
            _save(PlacementRecord(outcome=Outcome.POST, **post, **record))


def _of(scenario: Scenario, persons: Iterable[int]) -> list[list[PlacementRecord]]:
    """The records of some persons, together per person."""
    found: dict[int, list[PlacementRecord]] = {}
    rows = PlacementRecord.objects.filter(scenario=scenario, staff_member__in=list(persons))
    for record in rows.select_related("staff_member", "service", "role"):
        found.setdefault(record.staff_member_id, []).append(record)
    return list(found.values())


def _save(record: PlacementRecord) -> None:
    record.clean_fields(exclude=["staff_member", "scenario", "service", "role", "letter", "decided_by"])
    record.save()


def _check_deciding(scenario: Scenario, on: date, today: date) -> None:
    safeguards = Safeguards.objects.filter(center=scenario.center_id).first()
    if safeguards is None or not safeguards.is_deciding(on):
        raise Refused(
            _("No decisions are taken on that day: first record from when they are, under Safeguards.")
        )
    if on > today:
        raise Refused(_("A decision cannot lie in the future."))


def _note(
    scenario: Scenario, person: StaffMember, old: Stage, new: Stage, reason: str, user: Any, at: datetime
) -> None:
    changes = [("stage", old.value, new.value)] + ([("reason", "", reason)] if reason else [])
    StaffChange.objects.bulk_create(
        StaffChange(
            staff_member=person, at=at, by=user, table=steps_of(scenario), field=field, old=before, new=after
        )
        for field, before, after in changes
    )
