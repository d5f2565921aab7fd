"""Writing down what leaving costs: the arrangement's exit terms, and the damage that one participant's leaving does."""

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
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


# --- Taking back the last save ---


def terms_as_kept(center: Center) -> dict[str, Any] | None:
    """The terms as a session can hold them; None when none are written down."""
    terms = exit_terms_of(center)
    return {name: getattr(terms, name) for name in TERMS} if terms.pk else None


def damage_as_kept(participant: Participant) -> list[dict[str, Any]]:
    """The lines of a participant as a session can hold them."""
    rows = [{"pk": row.pk, **{name: getattr(row, name) for name in LINE}} for row in damage_of(participant)]
    return [row | {"amount": str(row["amount"])} for row in rows]


@transaction.atomic
def undo_exit_terms(*, center: Center, before: Mapping[str, Any] | None, seen: str) -> None:
    """Put back the terms that a save replaced. Raises ``Stale`` when somebody saved them again since."""
    if before is not None:
        save_exit_terms(center=center, seen=seen, **before)
        return
    Center.objects.select_for_update().get(pk=center.pk)
    terms = exit_terms_of(center)
    if terms.pk is None or token_of(terms) != seen:
        raise Stale(None)
    terms.delete()


def undo_damage(*, participant: Participant, before: Sequence[Mapping[str, Any]], seen: str) -> None:
    """Put back the lines that a save replaced. Raises ``Stale`` when somebody saved them again since."""
    lines = [{**line, "amount": Decimal(line["amount"])} for line in before]
    save_damage(participant=participant, seen=seen, lines=lines)


def damage_of(participant: Participant) -> models.QuerySet[ExitDamage]:
    return ExitDamage.objects.filter(participant=participant).order_by("year", "pk")
