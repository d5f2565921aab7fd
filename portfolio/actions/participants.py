"""Confirming a participant's figures, and whether that confirmation still holds."""

from typing import Any

from django.utils import timezone

from portfolio.engine.inputs import CenterInputs
from portfolio.frames.participants import participant_digest
from portfolio.frames.read import read_center
from portfolio.models.center import Participant, ParticipantSeal


def confirm_participant(*, participant: Participant, user: Any) -> ParticipantSeal:
    """Somebody stands for the figures of a participant as they are now."""
    digest = participant_digest(read_center(participant.center), participant.code)
    seal, _created = ParticipantSeal.objects.update_or_create(
        participant=participant,
        defaults={"digest": digest, "confirmed_by": user, "confirmed_at": timezone.now()},
    )
    return seal


def seal_holds(seal: ParticipantSeal | None, inputs: CenterInputs, code: str) -> bool:
    """A confirmation holds until one of the figures differs."""
    return seal is not None and seal.digest == participant_digest(inputs, code)
