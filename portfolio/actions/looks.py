"""Who saw or took out names: written down, so that it can be seen back."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from portfolio.models.center import Center
from portfolio.models.placement import Look, NameLook

HOUR = timedelta(hours=1)


def note_look(
    *,
    center: Center | int,
    what: Look,
    persons: int,
    user: Any,
    at: datetime,
    number: str = "",
    reason: str = "",
) -> None:
    """Write down a look; of a list, or of one person without a reason, at most once an hour for one user."""
    center_id = center if isinstance(center, int) else center.pk
    repeats = what == Look.LIST or (what == Look.PERSON and not reason)
    seen = NameLook.objects.filter(center=center_id, user=user, what=what, number=number, at__gt=at - HOUR)
    if repeats and seen.filter(persons__gte=persons).exists():
        return
    look = NameLook(
        center_id=center_id, user=user, at=at, what=what, persons=persons, number=number, reason=reason
    )
    look.clean_fields(exclude=["center", "user"])  # what they refer to is there; the database says the rest
    look.save()


def note_list(*, center: Center, persons: int, user: Any) -> None:
    """Write down that somebody sees a list with names now."""
    if persons:
        note_look(center=center, what=Look.LIST, persons=persons, user=user, at=timezone.now())
