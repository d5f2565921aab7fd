"""Every address that can be opened, as every role: no name, birth date, number or reason of a person but for HR.

The addresses come from the program itself, so that a new page is walked by itself; one whose place in the address is
not known here fails.
"""

import datetime
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import timezone

from portfolio.actions.reference import load_reference
from portfolio.forms.journey import STEPS
from portfolio.frames.staff import Person, write_persons
from portfolio.models.careers import Agreement, Preference
from portfolio.models.catalogue import Role, Service
from portfolio.models.functions import FunctionChange
from portfolio.models.letters import LetterKind, LetterTemplate, example
from portfolio.models.placement import Letter, PlacementRecord
from portfolio.models.social_plan import Safeguards, SocialPlan
from portfolio.models.staff import StaffMember

pytestmark = pytest.mark.django_db
#: Nobody else has such names, birth dates, numbers or reasons.
PEOPLE = [
    ("QX9101", "Zwaantje Quaadvlieg", datetime.date(1971, 3, 17), "SUP", "HELP"),
    ("QX9102", "Xerxes Yperlaan", datetime.date(1983, 11, 23), "SUP", "HELP"),
    ("QX9103", "Jorinde Vlaamynck", datetime.date(1994, 7, 19), "SUP", "WERK"),
    ("QX9104", "Wubbo Quist", datetime.date(1979, 5, 29), "CISO", "HELP"),
]
REASON = "zorgt voor een zieke ouder"
#: What a place in an address stands for; every value is tried.
SAMPLES = {
    "scenario": ["regie"],
    "participant": ["A"],
    "table": ["services", "roles", "participants", "lines"],
    "kind": ["csv", "xlsx", "plan.xlsx", "plan.zip"],
    "language": ["nl", "en"],
    "code": ["CISO"],
    "step": list(STEPS),
}
#: What a page needs beside its address.
QUERIES = {"uptake": "?service=HELP"}
#: Where HR finds persons, and nobody else does.
OF_HR = {
    "persons", "staff_export", "placement_board", "register", "register_person", "letter", "letter_document",
    "reflection",
}  # fmt: skip


@pytest.fixture
def a_template(db):
    """One service of the catalog, at the code of the samples."""
    load_reference(folder=Path(__file__).resolve().parents[3] / "fixtures" / "reference")


@pytest.fixture
def full(cast, client_of, a_template):
    """People with wishes, a lock with a reason, a register with a letter, a first decision phase."""
    center = cast.center
    persons = [
        Person(
            number, role, 0.5, service=service, name=name, born=born, employed_since=datetime.date(2023, 1, 1)
        )
        for number, name, born, role, service in PEOPLE
    ]
    persons += [
        Person(f"{number}", "SUP", 1.0, service="HELP", born=datetime.date(1990, 1, 1),
               employed_since=datetime.date(2010, 1, 1))
        for number in range(1, 9)
    ]  # fmt: skip
    write_persons(center, persons, user=cast.hr, at=timezone.now())
    role, service = (
        Role.objects.get(center=center, code="SUP"),
        Service.objects.get(center=center, code="HELP"),
    )
    first = StaffMember.objects.get(number=PEOPLE[0][0])
    Preference.objects.create(staff_member=first, rank=1, role=role)
    Agreement.objects.create(
        staff_member=first, role=role, service=service, is_locked=True, accepts=False, reason=REASON
    )
    ciso = Role.objects.get(center=center, code="CISO")
    FunctionChange.objects.create(center=center, role=role, new_role=ciso, comparison="changed")
    SocialPlan.objects.create(center=center, reference_date=datetime.date(2027, 1, 1))
    Safeguards.objects.update(decisions_from=datetime.date(2020, 1, 1))
    for kind in LetterKind:
        LetterTemplate.objects.create(center=center, kind=kind, **example(kind))
    hr = client_of(cast.hr)
    hr.post(cast.url("propose", scenario="regie"))
    hr.post(
        cast.url("take_step", scenario="regie"),
        {"stage": "discussed", "who": [f"{first.pk}:proposed"], "reason": REASON},
    )
    hr.post(cast.url("make_letter", scenario="regie", person=first.pk))
    assert Letter.objects.exists()
    assert PlacementRecord.objects.count() >= len(PEOPLE)
    return cast


def patterns(found, prefix=""):
    for one in found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield prefix + str(one.pattern), one.name


def own_patterns():
    """The program's own addresses: no back office, whose doors have tests of their own."""
    resolver = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "portfolio"
                    or getattr(one, "app_name", "") == "portfolio")  # fmt: skip
    return list(patterns(resolver.url_patterns))


def addresses(cast):
    """(name, address) of everything that can be opened."""
    known = SAMPLES | {
        "center": [cast.center.key],
        "person": [str(StaffMember.objects.get(number=PEOPLE[0][0]).pk)],
        "letter": [str(Letter.objects.get().pk)],
        "change": [str(FunctionChange.objects.get().pk)],
    }
    for pattern, name in own_patterns():
        places = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        for place in places:
            assert place in known, f"{name}: say in SAMPLES what {place} can be"
        choices = [{}]
        for place in places:
            choices = [choice | {place: value} for choice in choices for value in known[place]]
        for choice in choices:
            try:
                yield name, reverse(f"portfolio:{name}", kwargs=choice) + QUERIES.get(name, "")
            except NoReverseMatch:
                continue


def content(response):
    """The text of a page, or of every file inside a workbook or an archive."""
    data = b"".join(response.streaming_content) if response.streaming else response.content
    return _text(data)


def _text(data):
    if data[:2] != b"PK":
        return data.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(f"{one}\n{_text(archive.read(one))}" for one in archive.namelist())


def traces(text):
    """What of a person stands in a text."""
    found = set()
    for number, name, born, _role, _service in PEOPLE:
        days = (
            born.isoformat(),
            f"{born.day}-{born.month}-{born.year}",
            f"{born:%d-%m-%Y}",
            f"{born:%d/%m/%Y}",
        )
        words = (number, name, *name.split(), *days)
        found |= {word for word in words if word in text}
    return found | ({REASON} if REASON in text else set())


def walk(cast, client):
    """(name, status, traces) of everything that can be opened."""
    for name, address in addresses(cast):
        response = client.get(address)
        assert response.status_code < 500, address
        yield name, response.status_code, traces(content(response) + str(response.headers))


@pytest.mark.parametrize("who", ["director", "controller", "reviewer", "stranger"])
def test_nobody_but_hr_learns_who_a_person_is(full, client_of, who):
    opened = set()
    for name, status, found in walk(full, client_of(getattr(full, who))):
        assert not found, (name, found)
        opened |= {name} if status == 200 else set()
    assert not opened & OF_HR
    assert "placement" in opened or who in ("reviewer", "stranger")


def test_neither_does_a_visitor_nor_an_administrator(full):
    root = get_user_model().objects.create_superuser("root")
    for user in (None, root):
        client = Client()
        if user:
            client.force_login(user)
        assert not any(found for _name, _status, found in walk(full, client))


def test_hr_finds_persons_where_they_are_meant_to_be_and_nowhere_else(full, client_of):
    """And the walk sees what it looks for."""
    found = {name for name, _status, traced in walk(full, client_of(full.hr)) if traced}
    assert found == OF_HR


def test_the_walk_opens_nearly_everything_that_can_be_opened(full, client_of):
    """A page that refuses a GET is a form's address; the others are opened by somebody."""
    opened, refused = set(), set()
    for who in (full.director, full.controller, full.hr, full.reviewer):
        for name, status, _found in walk(full, client_of(who)):
            opened |= {name} if status in (200, 302) else set()
            refused |= {name} if status == 405 else set()
    left = {name for _pattern, name in own_patterns()} - opened - refused
    assert not left, left


def test_the_log_of_the_center_holds_no_person(full, client_of):
    page = client_of(full.director).get(full.url("history"))
    assert page.status_code == 200
    assert not traces(page.content.decode())


def test_a_page_that_is_not_there_says_nothing_of_persons(full, client_of):
    page = client_of(full.director).get(f"/c/{full.center.key}/QX9101/")
    assert page.status_code == 404
    assert not traces(page.content.decode()) - {"QX9101"}
