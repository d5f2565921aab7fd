"""Confirming a participant's figures: by whom, when, and until when it holds."""

import pytest

from portfolio.actions.participants import confirm_participant, seal_holds
from portfolio.frames.read import read_center
from portfolio.models.center import BudgetLine, ParticipantSeal
from tests.models.cast import make_cast

pytestmark = pytest.mark.django_db


def holds(cast) -> bool:
    seal = ParticipantSeal.objects.filter(participant=cast.town).first()
    return seal_holds(seal, read_center(cast.center), cast.town.code)


def test_a_confirmation_holds_until_someone_edits():
    cast = make_cast()
    assert not holds(cast)

    seal = confirm_participant(participant=cast.town, user=cast.user)
    assert holds(cast)
    assert seal.confirmed_by == cast.user

    BudgetLine.objects.create(participant=cast.town, year=2027, amount=1)
    assert not holds(cast)


def test_it_can_be_confirmed_again():
    cast = make_cast()
    confirm_participant(participant=cast.town, user=cast.user)
    BudgetLine.objects.create(participant=cast.town, year=2027, amount=1)

    confirm_participant(participant=cast.town, user=cast.user)

    assert holds(cast)
    assert ParticipantSeal.objects.count() == 1
