"""Personal data has one corridor: counts for planners, persons for the HR officer, masks in the history."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from auditlog.models import LogEntry
from django.core import serializers

from portfolio.frames import history
from portfolio.frames.files import read_folder
from portfolio.frames.files import read_persons as persons_of
from portfolio.frames.staff import Person, read_counts, read_persons, write_persons
from portfolio.frames.write import new_center
from portfolio.models.staff import PersonName, StaffMember
from tests.models.cast import make_cast

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, tzinfo=UTC)
DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"
ANJA = Person(
    "7", "CISO", 0.8, "STAD", "11", date(1967, 2, 26), date(2000, 11, 1), None, "NET", "Anja Veerman"
)


@pytest.fixture
def cast():
    made = make_cast()
    StaffMember.objects.all().delete()
    return made


def test_persons_come_back_as_they_were_written(cast):
    bram = Person("8", "CISO", 1.0, "external")
    write_persons(cast.center, [ANJA, bram], user=cast.user, at=AT)

    assert read_persons(cast.center) == [ANJA, bram]


def test_the_demo_staff_comes_back():
    center = new_center(read_folder(DEMO), user=None, at=AT)
    persons = persons_of(DEMO / "staff.csv")
    write_persons(center, persons, user=None, at=AT)

    assert read_persons(center) == sorted(persons, key=lambda person: person.number)
    assert read_counts(center)["persons"].sum() == len(persons) == 60


def test_counts_name_nobody(cast):
    write_persons(cast.center, [ANJA, Person("8", "CISO", 0.7, "STAD", service="NET")], user=None, at=AT)

    counts = read_counts(cast.center)

    assert counts.to_dict("records") == [
        {"role": "CISO", "service": "NET", "employer": "participant", "persons": 2, "fte": 1.5}
    ]


def test_a_change_is_written_and_the_rest_left_alone(cast):
    write_persons(cast.center, [ANJA, Person("8", "CISO", 1.0)], user=None, at=AT)
    LogEntry.objects.all().delete()
    moved = Person(**{**ANJA.__dict__, "fte": 0.6, "name": "Anja Bakker"})

    write_persons(cast.center, [moved], user=cast.user, at=AT)

    assert read_persons(cast.center) == [moved]
    assert [(entry.action, entry.object_repr) for entry in history.of_center(cast.center)] == [
        (LogEntry.Action.UPDATE, "7"),
        (LogEntry.Action.DELETE, "8"),
    ]


def test_the_history_shows_no_name_or_birth_date(cast):
    write_persons(cast.center, [ANJA], user=None, at=AT)
    changed = Person(**{**ANJA.__dict__, "name": "Anja Bakker", "born": date(1968, 1, 1), "scale": "12"})
    write_persons(cast.center, [changed], user=None, at=AT)
    member = StaffMember.objects.get(number="7")
    member.born, member.scale = date(1969, 3, 3), "10"
    member.save()
    member.person_name.name = "Anja de Wit"
    member.person_name.save()

    told = json.dumps(
        [[e.changes, e.object_repr, e.additional_data, e.serialized_data] for e in LogEntry.objects.all()]
    )

    assert "***" in told
    for secret in ("Anja", "Veerman", "Bakker", "Wit", "1967", "1968", "1969"):
        assert secret not in told


def test_a_name_does_not_print_itself(cast):
    write_persons(cast.center, [ANJA], user=None, at=AT)
    name = PersonName.objects.get()

    assert "Anja" not in f"{name} {name!r} {name.staff_member}"
    assert "name" not in json.loads(serializers.serialize("json", [name.staff_member]))[0]["fields"]
