"""Scenarios and what they decide: made, copied, described and deleted; one decision at a time, nobody overwritten."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from portfolio.engine.terms import Status
from portfolio.frames.decisions import FIELDS, Verdict
from portfolio.frames.read import read_center
from portfolio.frames.write import Absent, write_center
from portfolio.models.base import CODE_LENGTH
from portfolio.models.catalogue import Service
from portfolio.models.center import Center
from portfolio.models.scenarios import Decision, Scenario


class LastScenario(Exception):
    """A center keeps one scenario at least: without any there is nothing to plan."""


class Overtaken(Exception):
    """Somebody else decided on this service meanwhile; ``now`` is what stands."""

    def __init__(self, now: Verdict) -> None:
        self.now = now
        super().__init__(now.decision)


# --- Scenarios ---


@transaction.atomic
def create_scenario(*, center: Center, name: str, description: str = "") -> Scenario:
    """A scenario that has decided nothing yet."""
    scenario = Scenario(center=center, code=_free_code(center, name), name=name, description=description)
    scenario.full_clean()
    scenario.save()
    return scenario


@transaction.atomic
def copy_scenario(*, scenario: Scenario, name: str, user: Any, description: str = "") -> Scenario:
    """A new scenario with the same decisions, uptake and one-off lines. Copying confirms no figure."""
    copy = create_scenario(center=scenario.center, name=name, description=description)
    inputs = read_center(scenario.center)
    frames = {}
    for frame in ("decisions", "uptake", "lines"):
        rows = inputs.frames[frame]
        own = rows[rows["scenario"] == scenario.code].assign(scenario=copy.code)
        own["status"] = own["status"].replace(Status.CONFIRMED.value, Status.ENTERED.value)
        frames[frame] = own
    frames["lines"]["line"] = _line_codes(
        frames["lines"]["line"], set(inputs.frames["lines"]["line"]), copy.code
    )
    write_center(scenario.center, frames, user=user, at=timezone.now(), absent=Absent.KEEP)
    return copy


@transaction.atomic
def describe_scenario(*, scenario: Scenario, name: str, description: str) -> Scenario:
    """Give a scenario another name or description; its code, which addresses and workbooks use, stays."""
    scenario.name, scenario.description = name, description
    scenario.full_clean()
    scenario.save()
    return scenario


@transaction.atomic
def delete_scenario(*, scenario: Scenario) -> None:
    """Remove a scenario with its decisions, uptake, lines and plans. The last one stays."""
    siblings = Scenario.objects.select_for_update().filter(center=scenario.center_id)
    if len(siblings) < 2:
        raise LastScenario
    scenario.delete()


# --- Decisions ---


@transaction.atomic
def decide(*, scenario: Scenario, service: Service, verdict: Verdict, seen: str) -> Verdict:
    """Write down what a scenario does with a service, and return what stood before, for whoever wants it back.

    ``seen`` is the token of what the user saw; when something else stands by now, nothing is changed.
    """
    Scenario.objects.select_for_update().get(pk=scenario.pk)
    decision = Decision.objects.filter(scenario=scenario, service=service).first()
    before = Verdict.of(decision)
    if before.token != seen:
        raise Overtaken(before)
    if verdict == before:
        return before
    if verdict == Verdict():
        if decision is not None:
            decision.delete()
        return before
    decision = decision or Decision(scenario=scenario, service=service)
    for name in FIELDS:
        setattr(decision, name, getattr(verdict, name))
    decision.status = Status.ENTERED.value
    decision.full_clean()
    decision.save()
    return before


def clear_decision(*, scenario: Scenario, service: Service, seen: str) -> Verdict:
    """Take a decision away: the service is undecided again."""
    return decide(scenario=scenario, service=service, verdict=Verdict(), seen=seen)


def take_over(*, scenario: Scenario, source: Scenario, service: Service, seen: str) -> Verdict:
    """Decide on one service as another scenario of the center does."""
    other = Decision.objects.filter(
        scenario=source, scenario__center=scenario.center_id, service=service
    ).first()
    return decide(scenario=scenario, service=service, verdict=Verdict.of(other), seen=seen)


# --- Codes ---


def _free_code(center: Center, name: str) -> str:
    """A code made of the name, numbered when it is taken."""
    taken = set(Scenario.objects.filter(center=center).values_list("code", flat=True))
    stem = slugify(name)[: CODE_LENGTH - 6].strip("-") or "scenario"
    return next(code for code in _numbered(stem) if code not in taken)


def _line_codes(lines: Iterable[str], taken: set[str], scenario: str) -> list[str]:
    """Codes for copied lines: a code is unique in the whole center."""
    codes = []
    for line in lines:
        stem = f"{line}-{scenario}"[: CODE_LENGTH - 6]
        codes.append(next(code for code in _numbered(stem) if code not in taken))
        taken.add(codes[-1])
    return codes


def _numbered(stem: str) -> Iterable[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in range(2, 100_000))
