"""Writing down what leaving costs: the arrangement's exit terms, and the damage that one participant's leaving does."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.db import models, transaction

from portfolio.actions.center import Stale
from portfolio.engine.terms import Status
from portfolio.models.base import CenterRow
from portfolio.models.center import Center, Participant
from portfolio.models.leaving import ExitDamage, ExitTerms

TERMS = ("rule", "text", "percentages", "base", "notice_months", "only_january", "source", "status")
LINE = ("description", "amount", "year", "last_year", "source")


def exit_terms_of(center: Center) -> ExitTerms:
    """The terms as they are written down; else an assumption, not stored: a year's notice, and on 1 January."""
    stored: ExitTerms | None = ExitTerms.objects.filter(center=center).first()
    return stored or ExitTerms(center=center, status=Status.ESTIMATED.value)


def token_of(*rows: CenterRow) -> str:
    """What a page hands back to tell that nobody saved these rows meanwhile."""
    written = [tuple(str(getattr(row, field.attname)) for field in row._meta.concrete_fields) for row in rows]
    return hashlib.sha256(repr(written).encode()).hexdigest()[:32]


@transaction.atomic
def save_exit_terms(*, center: Center, seen: str, **values: Any) -> ExitTerms:
    """Write the terms. Raises ``Stale`` when somebody saved them since the page was made."""
    Center.objects.select_for_update().get(pk=center.pk)
    terms = exit_terms_of(center)
    if token_of(terms) != seen:
        raise Stale(None)
    for name in TERMS:
        setattr(terms, name, values[name])
    terms.full_clean()
    terms.save()
    return terms


@transaction.atomic
def save_damage(*, participant: Participant, seen: str, lines: Sequence[dict[str, Any]]) -> list[ExitDamage]:
    """Make these the lines of a participant; those left out are gone. Raises ``Stale`` like the terms."""
    Participant.objects.select_for_update().get(pk=participant.pk)
    stored = list(damage_of(participant))
    if token_of(*stored) != seen:
        raise Stale(None)
    rows = {row.pk: row for row in stored}
    kept = []
    for line in lines:
        row = rows.pop(line["pk"], None) or ExitDamage(participant=participant)
        if row.pk is None or any(getattr(row, name) != line[name] for name in LINE):
            for name in LINE:
                setattr(row, name, line[name])
            row.full_clean()
            row.save()
        kept.append(row)
    for row in rows.values():
        row.delete()
    return kept


def damage_of(participant: Participant) -> models.QuerySet[ExitDamage]:
    return ExitDamage.objects.filter(participant=participant).order_by("year", "pk")
