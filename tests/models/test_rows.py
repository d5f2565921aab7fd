"""What a single row refuses before it is saved: two centers in one row, a decision that does not fit its phase."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from portfolio.models.catalogue import OwnEffort, Service
from portfolio.models.center import Center, Membership, Participant
from portfolio.models.contracts import SharedUse
from portfolio.models.reference import RoleTemplate, ServiceTemplate
from portfolio.models.scenarios import Decision, Scenario, Uptake
from tests.models.cast import make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def english():
    """Whatever language an earlier test left behind."""
    with translation.override("en"):
        yield


def test_a_row_cannot_tie_two_centers_together():
    here, there = make_cast("Here"), make_cast("There")
    rows = [
        OwnEffort(participant=here.town, service=there.service),
        Uptake(scenario=there.scenario, service=here.service, participant=here.town),
        SharedUse(asset=here.asset, service=there.service, share=1),
        Membership(user=here.user, center=there.center, role="reviewer", participant=here.town),
    ]

    for row in rows:
        with pytest.raises(ValidationError, match="different centers"):
            row.clean()


def test_a_row_within_one_center_is_fine():
    cast = make_cast()

    OwnEffort(participant=cast.town, service=cast.service).full_clean()
    Uptake(service=cast.service, participant=cast.town).full_clean()


@pytest.mark.parametrize(("phase", "decision"), [("current", "start"), ("new", "keep"), ("new", "outsource")])
def test_a_decision_fits_the_phase_of_its_service(phase, decision):
    cast = make_cast()
    Service.objects.filter(pk=cast.service.pk).update(phase=phase)

    with pytest.raises(ValidationError) as refusal:
        Decision(scenario=cast.scenario, service_id=cast.service.pk, decision=decision).full_clean()

    assert list(refusal.value.message_dict) == ["decision"]


def test_a_sentence_tells_what_is_wrong():
    cast = make_cast()

    with pytest.raises(ValidationError, match="A participant with this code exists already"):
        Participant(center=cast.center, code="STAD", name="Another").full_clean()


def test_a_figure_that_is_no_longer_confirmed_loses_its_confirmation():
    cast = make_cast()
    cast.town.status = "confirmed"
    cast.town.confirmed_by, cast.town.confirmed_at = cast.user, datetime(2026, 11, 1, tzinfo=UTC)
    cast.town.full_clean()
    cast.town.save()

    cast.town.status = "entered"
    cast.town.full_clean()
    cast.town.save()

    assert cast.town.confirmed_by is None
    assert cast.town.confirmed_at is None


def test_a_center_goes_with_all_that_hangs_on_it():
    cast = make_cast()
    SharedUse.objects.create(asset=cast.asset, service=cast.service, share=1)
    cast.asset.service = cast.service
    cast.asset.save()

    Center.objects.filter(pk=cast.center.pk).delete()

    assert not Participant.objects.exists()
    assert not Scenario.objects.exists()


def test_keys_of_centers_cannot_be_guessed():
    keys = {Center(name="x").key for _ in range(50)}

    assert len(keys) == 50
    assert min(map(len, keys)) >= 16


def template(**changes):
    figure = {"value": 0.5, "basis": "sourced", "source": "CAO"}
    fields = {
        "code": "CISO",
        "phase": "new",
        "category_nl": "Veiligheid",
        "category_en": "Security",
        "name_nl": "CISO-pool",
        "name_en": "CISO pool",
        "role_mix": [{"role": "CISO", "share": 0.7}, {"role": "ISO", "share": 0.3}],
        "competences": [{"competence": "D.1", "level": 4}],
        "sizing": [{"driver": "inhabitants", "per": 10000, "fte": figure}],
        "figures": {"min_fte": figure},
        "outsourcing": {"effect": "stays", "outsource": {"value": 1, "basis": "assumption"}},
    }
    return ServiceTemplate(**fields | changes)


def test_a_template_is_well_formed():
    template().full_clean()


@pytest.mark.parametrize(
    "changes",
    [
        {"figures": {"min_fte": {"value": 1, "basis": "sourced"}}},  # a norm without a source
        {"figures": {"min_fte": {"value": 1}}},
        {"figures": {"min_fte": {"value": -1, "basis": "assumption"}}},
        {"figures": {"min_fte": {"value": True, "basis": "assumption"}}},
        {"figures": {"min_fte": {"value": 1, "basis": "assumption", "spread": 2}}},
        {"figures": {"height": {"value": 1, "basis": "assumption"}}},
        {"figures": {"min_fte": 1}},
        {"role_mix": [{"role": "CISO", "share": 0.9}]},
        {"role_mix": []},
        {"competences": [{"competence": "D.1", "level": 6}]},
        {"sizing": [{"driver": "inhabitants", "per": 0}]},
        {"sizing": [{"driver": "inhabitants"}]},
        {"outsourcing": {"effect": "vanishes"}},
        {"outsourcing": {"effect": "stays", "outsource": {"value": 2, "basis": "assumption"}}},
        {"included_nl": ["", "x"]},
        {"depends_on": "NET"},
        {"less_obvious": True},
    ],
)
def test_a_template_refuses_what_is_not(changes):
    with pytest.raises(ValidationError):
        template(**changes).full_clean()


def test_a_template_speaks_the_language_of_the_page():
    role = RoleTemplate(code="X", name_nl="Architect", name_en="")
    with translation.override("en"):
        assert template().said("name") == "CISO pool"
        assert str(role) == "Architect"
    with translation.override("nl"):
        assert str(template()) == "CISO-pool"
