"""A small center with people: some follow their team, one is hired, one has no team."""

import pytest
from django.utils import timezone

from portfolio.frames.staff import write_persons
from tests.views.placement.people import person


@pytest.fixture
def staffed(cast):
    """Three follow their team, one is hired, one supporter goes to the pool of CISOs if she agrees."""
    persons = [person("11"), person("12"), person("13", service="WERK"), person("14", employer="external"),
               person("15", role="CISO", service="", fte=0.5)]  # fmt: skip
    write_persons(cast.center, persons, user=cast.hr, at=timezone.now())
    return cast
