"""The register: the computer proposes, people discuss and decide, and nobody is redundant without a letter."""

import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from portfolio.frames.staff import write_persons
from portfolio.models.careers import Agreement, StaffChange
from portfolio.models.letters import LetterKind, LetterTemplate, example
from portfolio.models.placement import Letter, Look, NameLook, Outcome, PlacementRecord, Stage
from portfolio.models.social_plan import Safeguards
from portfolio.models.staff import StaffMember
from tests.views.placement.people import person

pytestmark = pytest.mark.django_db
PAGES = ["register", "letter_texts"]
YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)


@pytest.fixture
def office(staffed):
    """Decisions are being taken, and every letter has its text."""
    Safeguards.objects.filter(center=staffed.center).update(decisions_from=datetime.date(2020, 1, 1))
    for kind in LetterKind:
        LetterTemplate.objects.create(center=staffed.center, kind=kind, **example(kind))
    return staffed


@pytest.fixture
def hr(office, client_of):
    client = client_of(office.hr)
    client.post(office.url("propose", scenario="regie"))
    return client


def key(number):
    return StaffMember.objects.get(number=number).pk


def stages(number="11"):
    return [record.stage for record in PlacementRecord.objects.filter(staff_member__number=number)]


def step(client, cast, stage, *numbers, seen="proposed", reason=""):
    data = {"stage": stage, "reason": reason, "who": [f"{key(number)}:{seen}" for number in numbers]}
    return client.post(cast.url("take_step", scenario="regie"), data, follow=True)


def decide(client, cast, number, seen="discussed", **more):
    data = {
        "decided_on": YESTERDAY.isoformat(),
        "reason": "Na overleg",
        "is_human": "on",
        "seen": seen,
    } | more
    address = cast.url("decide_person", scenario="regie", person=key(number))
    return client.post(address, {name: value for name, value in data.items() if value}, follow=True)


def open_person(client, cast):
    """Two are locked to one small post, so that neither has it."""
    for number in ("11", "12", "13"):
        client.post(cast.url("lock_person", scenario="regie"), {"person": number, "post": "WERK/SUP"})
    client.post(cast.url("propose", scenario="regie"))
    return PlacementRecord.objects.filter(outcome=Outcome.OPEN).first()


def test_what_is_proposed_comes_in_once_and_who_is_hired_does_not(office, hr):
    found = PlacementRecord.objects.all()
    assert {record.staff_member.number for record in found} == {"11", "12", "13", "15"}
    assert {record.stage for record in found} == {Stage.PROPOSED}
    before = sorted(found.values_list("pk", flat=True))
    hr.post(office.url("propose", scenario="regie"))
    assert sorted(found.values_list("pk", flat=True)) == before


def test_a_new_proposal_leaves_alone_what_has_been_discussed(office, hr):
    step(hr, office, "discussed", "11")
    hr.post(office.url("lock_person", scenario="regie"), {"person": "11", "post": "CISO/CISO"})
    hr.post(office.url("lock_person", scenario="regie"), {"person": "15", "post": "HELP/SUP"})
    page = hr.get(office.url("register", scenario="regie"))
    assert page.context["behind"] >= 1
    hr.post(office.url("propose", scenario="regie"))
    assert stages("11") == ["discussed"]
    record = PlacementRecord.objects.get(staff_member__number="15")
    assert (record.service.code, record.role.code) == ("HELP", "SUP")


def test_the_page_says_when_the_advice_differs(office, hr):
    step(hr, office, "discussed", "15")
    hr.post(office.url("lock_person", scenario="regie"), {"person": "15", "post": "HELP/SUP"})
    rows = {row.entry.number: row for row in hr.get(office.url("register", scenario="regie")).context["rows"]}
    assert rows["15"].differs
    assert Agreement.objects.filter(is_locked=True).count() == 1


def test_steps_follow_on_each_other(office, hr):
    step(hr, office, "agreed", "11")
    assert stages() == ["proposed"]  # nothing is agreed that has not been discussed
    step(hr, office, "discussed", "11", "12")
    assert stages("11") == stages("12") == ["discussed"]
    step(hr, office, "agreed", "11", seen="discussed")
    assert stages() == ["agreed"]
    assert [
        change.new for change in StaffChange.objects.filter(staff_member__number="11", field="stage")
    ] == [
        "agreed",
        "discussed",
    ]


def test_an_objection_says_what_it_is(office, hr):
    step(hr, office, "discussed", "11")
    page = step(hr, office, "objection", "11", seen="discussed")
    assert page.status_code == 422
    assert stages() == ["discussed"]
    step(hr, office, "objection", "11", seen="discussed", reason="Te ver reizen")
    assert stages() == ["objection"]
    person = hr.get(office.url("register_person", scenario="regie", person=key("11")))
    assert [step.stage for step, _kind in person.context["steps"]] == ["objection", "discussed"]
    assert person.context["steps"][0][0].reason == "Te ver reizen"


def test_who_was_second_changes_nothing(office, hr):
    step(hr, office, "discussed", "11")
    step(hr, office, "objection", "11", seen="discussed", reason="Nee")
    page = step(hr, office, "agreed", "11", seen="discussed")
    assert stages() == ["objection"]
    assert len(page.context["messages"]) == 1


@pytest.mark.parametrize("who", [[], ["x:proposed"], ["1:decided-by-me"], ["9" * 30 + ":proposed"], ["5"]])
def test_nonsense_on_the_form_changes_nothing(office, hr, who):
    page = hr.post(office.url("take_step", scenario="regie"), {"stage": "discussed", "who": who})
    assert page.status_code == 422
    assert set(PlacementRecord.objects.values_list("stage", flat=True)) == {"proposed"}


def test_a_decision_has_a_letter_a_date_and_who_recorded_it(office, hr):
    step(hr, office, "discussed", "11")
    decide(hr, office, "11")
    record = PlacementRecord.objects.get(staff_member__number="11")
    assert (record.stage, record.decided_on, record.decided_by) == ("decided", YESTERDAY, office.hr)
    assert record.letter.kind == LetterKind.FINAL
    assert "Persoon 11" in record.letter.body
    assert "{" not in record.letter.body


def test_nobody_is_redundant_but_by_a_decision_with_its_letter(office, hr):
    waiting = open_person(hr, office)
    number = waiting.staff_member.number
    assert decide(hr, office, number, seen="proposed").status_code == 422
    step(hr, office, "discussed", number)
    assert decide(hr, office, number, is_human="").status_code == 422
    assert decide(hr, office, number, reason="").status_code == 422
    waiting.refresh_from_db()
    assert waiting.outcome == Outcome.OPEN
    decide(hr, office, number)
    waiting.refresh_from_db()
    assert (waiting.outcome, waiting.stage) == (Outcome.SURPLUS, "decided")
    assert waiting.letter.kind == LetterKind.SURPLUS
    step(hr, office, "objection", number, seen="decided", reason="Bezwaar")
    waiting.refresh_from_db()
    assert (waiting.outcome, waiting.stage, waiting.decided_on) == (Outcome.OPEN, "objection", None)
    assert Letter.objects.count() == 1  # the letter that was sent stays on record


def test_no_decision_before_decisions_are_taken_nor_in_the_future(office, hr):
    step(hr, office, "discussed", "11")
    tomorrow = timezone.localdate() + datetime.timedelta(days=2)
    assert decide(hr, office, "11", decided_on=tomorrow.isoformat()).status_code == 422
    Safeguards.objects.update(decisions_from=timezone.localdate() + datetime.timedelta(days=1))
    assert decide(hr, office, "11").status_code == 422
    assert stages() == ["discussed"]
    assert not Letter.objects.exists()


def test_without_a_text_there_is_no_letter_and_so_no_decision(office, hr):
    LetterTemplate.objects.all().delete()
    step(hr, office, "discussed", "11")
    assert decide(hr, office, "11").status_code == 422
    assert stages() == ["discussed"]


def test_a_letter_keeps_its_text_and_comes_as_a_document(office, hr):
    address = office.url("make_letter", scenario="regie", person=key("11"))
    page = hr.post(address, follow=True)
    assert "Persoon 11" in page.content.decode()
    letter = Letter.objects.get()
    LetterTemplate.objects.filter(kind="provisional").update(body="Anders")
    page = hr.get(office.url("letter_document", scenario="regie", letter=letter.pk))
    document = Document(io.BytesIO(page.content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == letter.subject
    assert any("Persoon 11" in text for text in texts)
    assert not document.core_properties.author
    assert "11" not in page["Content-Disposition"].replace(str(letter.pk), "")
    assert NameLook.objects.filter(what=Look.LETTER).count() >= 2


def test_a_template_with_an_unknown_place_is_refused_and_kept_on_the_page(office, hr):
    data = {"kind": "final", "final-subject": "Besluit", "final-body": "Beste {naam}, {loon}"}
    before = LetterTemplate.objects.get(kind="final").body
    page = hr.post(office.url("letter_texts", scenario="regie"), data)
    assert page.status_code == 422
    assert "{loon}" in page.content.decode()
    assert LetterTemplate.objects.get(kind="final").body == before
    data["final-body"] = "Beste {naam}, {oude functie} wordt {new function}."
    assert hr.post(office.url("letter_texts", scenario="regie"), data).status_code == 302
    assert LetterTemplate.objects.get(kind="final").body == data["final-body"]
    assert hr.post(office.url("letter_texts", scenario="regie"), {"kind": "x"}).status_code == 404


def test_a_look_at_the_list_is_noted_once_an_hour(office, hr):
    for _time in range(3):
        hr.get(office.url("register", scenario="regie"))
    assert NameLook.objects.filter(what=Look.LIST).count() == 1


def test_a_director_sees_proposals_without_a_name_and_one_name_with_a_reason(office, hr, client_of):
    step(hr, office, "discussed", "11")
    director, address = client_of(office.director), office.url("deciding", scenario="regie")
    page = director.get(address)
    assert len(page.context["rows"]) == 1
    assert "Persoon" not in page.content.decode()
    assert director.post(address, {"person": key("11")}).status_code == 422
    assert not NameLook.objects.filter(what=Look.PERSON).exists()
    page = director.post(address, {"person": key("11"), "reason": "Besluit van vandaag"})
    assert "Persoon 11" in page.content.decode()
    look = NameLook.objects.get(what=Look.PERSON)
    assert (look.user, look.number, look.reason) == (office.director, "11", "Besluit van vandaag")
    assert "Persoon" not in director.get(address).content.decode()
    # Of whom nothing has been discussed a director learns nothing.
    assert director.post(address, {"person": key("12"), "reason": "Nieuwsgierig"}).status_code == 422


def test_before_decisions_are_taken_a_director_gets_no_name(office, hr, client_of):
    step(hr, office, "discussed", "11")
    Safeguards.objects.update(decisions_from=None)
    director, address = client_of(office.director), office.url("deciding", scenario="regie")
    page = director.post(address, {"person": key("11"), "reason": "Toch"})
    assert page.status_code == 422
    assert "Persoon 11" not in page.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("director", 403), ("controller", 403), ("reviewer", 403), ("stranger", 404)]
)
def test_the_register_is_for_hr_alone(office, hr, client_of, who, status):
    hr.post(office.url("make_letter", scenario="regie", person=key("11")))
    letter, client = Letter.objects.get().pk, client_of(getattr(office, who))
    for name in PAGES:
        assert client.get(office.url(name, scenario="regie")).status_code == status
    assert client.get(office.url("register_person", scenario="regie", person=key("11"))).status_code == status
    assert client.get(office.url("letter", scenario="regie", letter=letter)).status_code == status
    assert client.get(office.url("letter_document", scenario="regie", letter=letter)).status_code == status
    assert step(client, office, "discussed", "11").status_code == status
    assert client.post(office.url("propose", scenario="regie")).status_code == status
    assert stages() == ["proposed"]


def test_another_center_s_letter_is_not_found(office, hr, make_cast, small_inputs, client_of):
    hr.post(office.url("make_letter", scenario="regie", person=key("11")))
    letter, other = Letter.objects.get().pk, make_cast(small_inputs(settings={"start": "2027-07"}))
    client = client_of(other.hr)
    assert client.get(other.url("letter", scenario="regie", letter=letter)).status_code == 404
    assert client.get(other.url("register_person", scenario="regie", person=key("11"))).status_code == 404
    step(client, other, "discussed", "11")
    assert stages() == ["proposed"]


def test_more_people_ask_no_more_queries(office, hr):
    address = office.url("register", scenario="regie")
    hr.get(address)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert hr.get(address).status_code == 200
        return len(captured)

    before = queries()
    more = [person(str(number), fte=0.5) for number in range(100, 120)]
    write_persons(office.center, more, user=office.hr, at=timezone.now())
    hr.post(office.url("propose", scenario="regie"))
    hr.get(address)
    assert queries() == before <= 45


def test_a_number_no_database_can_look_for_is_no_address(office, hr):
    address = office.url("register_person", scenario="regie", person=1).replace("/1/", f"/{'9' * 30}/")
    assert hr.get(address).status_code == 404
