"""The placement register of a scenario as its pages read it: with names, for HR alone."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from portfolio.models.careers import StaffChange
from portfolio.models.center import Center
from portfolio.models.letters import LetterKind, LetterTemplate
from portfolio.models.placement import Ground, Letter, Outcome, PlacementRecord, Stage, TieChoice, steps_of
from portfolio.models.scenarios import Scenario
from portfolio.models.social_plan import Safeguards
from portfolio.models.staff import StaffMember


@dataclass(frozen=True)
class RegisterPost:
    """A post in the register, by codes."""

    service: str
    role: str
    fte: float
    ground: Ground


@dataclass(frozen=True)
class LetterLine:
    """A letter that was made. `pk` names it in an address."""

    pk: int
    kind: LetterKind
    made_at: datetime


@dataclass(frozen=True)
class Entry:
    """One person in the register. `pk` names the person in an address; a split over two posts has one status."""

    pk: int
    number: str
    name: str
    role: str
    service: str
    fte: float
    stage: Stage
    outcome: Outcome
    posts: tuple[RegisterPost, ...]
    reason: str
    decided_on: date | None
    letters: tuple[LetterLine, ...] = ()


@dataclass(frozen=True)
class Step:
    """A status that somebody gave, and what was said with it."""

    at: datetime
    by: str
    stage: Stage
    reason: str = field(default="")


def read_register(scenario: Scenario, *, pk: int | None = None) -> list[Entry]:
    """Everybody in the register by number, or the one person with this key."""
    only = {} if pk is None else {"staff_member": pk}
    letters: dict[int, list[LetterLine]] = {}
    made = Letter.objects.filter(scenario=scenario, **only).values_list(
        "staff_member", "pk", "kind", "made_at"
    )
    for person, key, kind, at in made.order_by("-made_at", "-pk"):
        letters.setdefault(person, []).append(LetterLine(key, LetterKind(kind), at))
    rows: dict[int, list[PlacementRecord]] = {}
    found = PlacementRecord.objects.filter(scenario=scenario, **only).select_related(
        "staff_member__person_name", "staff_member__role", "staff_member__service", "service", "role"
    )
    for record in found.order_by("staff_member__number", "service__code", "role__code"):
        rows.setdefault(record.staff_member_id, []).append(record)
    return [_entry(records, tuple(letters.get(person, ()))) for person, records in rows.items()]


def read_steps(scenario: Scenario, pk: int) -> list[Step]:
    """What was done with the placement of one person, the newest first."""
    found = StaffChange.objects.filter(
        staff_member=pk, staff_member__center=scenario.center_id, table=steps_of(scenario)
    )
    moments: dict[datetime, dict[str, str]] = {}
    by: dict[datetime, str] = {}
    for change in found.select_related("by").order_by("-at", "-pk"):
        moments.setdefault(change.at, {})[change.field] = change.new
        by[change.at] = str(change.by or "")
    return [
        Step(at, by[at], Stage(said["stage"]), said.get("reason", ""))
        for at, said in moments.items()
        if "stage" in said
    ]


def read_unnamed(scenario: Scenario) -> list[Entry]:
    """Who waits for a decision or has one, for who may not know persons: no name, no number, no reason, no ground."""
    open_ones = (entry for entry in read_register(scenario) if entry.stage != Stage.PROPOSED)
    return [replace(entry, number="", name="", reason="", letters=()) for entry in open_ones]


def is_deciding(center: Center, on: date) -> bool:
    """Whether decisions about persons are being taken on a day."""
    safeguards = Safeguards.objects.filter(center=center).first()
    return safeguards is not None and safeguards.is_deciding(on)


@dataclass(frozen=True)
class Chosen:
    """That HR chose somebody where reflection leaves people equal: why, who did and when."""

    reason: str
    by: str
    at: datetime


def read_choices(scenario: Scenario) -> dict[str, Chosen]:
    """HR's choices between equals in a scenario, by number."""
    found = TieChoice.objects.filter(scenario=scenario).select_related("staff_member", "made_by")
    return {row.staff_member.number: Chosen(row.reason, str(row.made_by or ""), row.made_at) for row in found}


def letter_of(scenario: Scenario, pk: int) -> Letter | None:
    """One letter, as it was made."""
    return Letter.objects.filter(scenario=scenario, pk=pk).select_related("staff_member").first()


def _entry(records: list[PlacementRecord], letters: tuple[LetterLine, ...]) -> Entry:
    first, person = records[0], records[0].staff_member
    name = getattr(person, "person_name", None)
    posts = tuple(
        RegisterPost(record.service.code, record.role.code, float(record.fte or 0), Ground(record.ground))
        for record in records
        if record.service and record.role
    )
    return Entry(
        person.pk,
        person.number,
        name.name if name else "",
        person.role.code,
        person.service.code if person.service else "",
        float(person.fte),
        Stage(first.stage),
        Outcome(first.outcome),
        posts,
        first.reason,
        first.decided_on,
        letters,
    )


def letter_templates(center: Center) -> dict[str, LetterTemplate]:
    """The texts of letters on record, by kind."""
    return {template.kind: template for template in LetterTemplate.objects.filter(center=center)}


def person_of(center: Center, pk: int) -> StaffMember:
    """The person of a center with this key."""
    return StaffMember.objects.get(center=center, pk=pk)
