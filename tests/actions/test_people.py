"""The end of the term of names: they go, once, and that a decision had a letter stays."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portfolio.actions.people import GONE
from portfolio.frames.staff import Person, read_persons, write_persons
from portfolio.models.careers import StaffChange
from portfolio.models.placement import Letter
from portfolio.models.social_plan import Safeguards
from portfolio.models.staff import PersonName, StaffMember
from tests.models.cast import make_cast

pytestmark = pytest.mark.django_db
END = datetime.date(2029, 1, 1)


@pytest.fixture
def staffed(db):
    cast = make_cast()
    center, scenario = cast.center, cast.scenario
    StaffMember.objects.all().delete()
    person = Person("11", cast.role.code, 1.0, name="Persoon 11")
    write_persons(center, [person], user=None, at=timezone.now())
    someone = StaffMember.objects.get()
    Letter.objects.create(staff_member=someone, scenario=scenario, kind="final", subject="Besluit",
                          body="Beste Persoon 11", made_at=timezone.now())  # fmt: skip
    StaffChange.objects.create(staff_member=someone, at=timezone.now(), table="personname", field="name",
                               old="Persoon 10", new="Persoon 11")  # fmt: skip
    Safeguards.objects.update_or_create(center=center, defaults={"is_fictional": True, "names_until": END})
    return center


def run(**options):
    out = io.StringIO()
    call_command("remove_names", stdout=out, **options)
    return out.getvalue()


def test_before_the_day_nothing_goes(staffed):
    assert "Nothing" in run(on="2028-12-31")
    assert PersonName.objects.count() == 1


def test_a_trial_says_what_would_go_and_removes_nothing(staffed):
    assert "Would remove" in run(on="2029-01-01", dry_run=True)
    assert PersonName.objects.count() == 1


def test_on_the_day_names_go_and_numbers_stay(staffed):
    said = run(on="2029-01-01")
    assert "1 names, 1 texts of letters, 1 lines of history" in said
    assert "Persoon" not in said
    assert [(person.number, person.name) for person in read_persons(staffed)] == [("11", "")]
    letter = Letter.objects.get()
    assert (letter.kind, letter.body, letter.subject) == ("final", GONE, GONE)
    assert not StaffChange.objects.exists()
    assert "Nothing" in run(on="2029-06-01")


def test_without_a_day_names_stay(staffed):
    Safeguards.objects.update(names_until=None)
    assert "Nothing" in run(on="2099-01-01")


def test_nonsense_for_a_day_is_refused(staffed):
    with pytest.raises(CommandError, match="must be a date"):
        run(on="gisteren")
