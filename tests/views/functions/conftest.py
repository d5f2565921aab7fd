"""The small center with three people of two functions, one of which has been compared with the other."""

import pytest
from django.utils import timezone

from portfolio.frames.staff import write_persons
from portfolio.models.catalogue import Role
from portfolio.models.functions import FunctionChange, RoleCompetence
from tests.views.placement.people import person


@pytest.fixture
def compared(cast):
    """SUP may become CISO with six months of training; of CISO itself nothing has been stated."""
    people = [person("11"), person("12", fte=0.5), person("15", role="CISO", service="", fte=0.8)]
    write_persons(cast.center, people, user=cast.hr, at=timezone.now())
    role = {row.code: row for row in Role.objects.filter(center=cast.center)}
    for code, competence, level in (("SUP", "C.1", 2), ("CISO", "C.1", 3), ("CISO", "D.1", 4)):
        RoleCompetence.objects.create(role=role[code], competence=competence, level=level)
    FunctionChange.objects.create(
        center=cast.center, role=role["SUP"], new_role=role["CISO"], comparison="changed", training_months=6
    )
    return cast
