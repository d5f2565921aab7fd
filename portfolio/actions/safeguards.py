"""The gate in front of data of real staff: a DPIA and the works council's consent on record, or nobody who is real."""

from datetime import date

from django.utils.translation import gettext as _

from portfolio.models.center import Center
from portfolio.models.social_plan import Safeguards


class NotCleared(Exception):
    """Data of staff may not be loaded yet; its text says what is missing, in the reader's language."""


def check_cleared(center: Center | int, on: date) -> None:
    """Raises `NotCleared` unless data of staff may be loaded at this center on a day."""
    safeguards = Safeguards.objects.filter(center=center).first()
    if safeguards is None or not safeguards.is_clear(on):
        raise NotCleared(
            _(
                "Data of staff may not be loaded yet: first record the DPIA and the works council's consent, each "
                "with its date and document, under Safeguards. Or say there that the staff is fictional."
            )
        )
