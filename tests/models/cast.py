"""A small center to attack: one of everything, and a valid new row of every table."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from portfolio.models.careers import (
    Agreement,
    ContractPeriod,
    PersonCompetence,
    Preference,
    StaffChange,
)
from portfolio.models.catalogue import (
    Alternative,
    AlternativeScore,
    Offer,
    OwnEffort,
    Role,
    RoleMix,
    Service,
    Sizing,
)
from portfolio.models.center import (
    BudgetLine,
    Center,
    Driver,
    DriverVolume,
    KeyPart,
    Membership,
    Participant,
    ParticipantSeal,
)
from portfolio.models.contracts import Asset, Contract, SharedUse
from portfolio.models.functions import FunctionChange, RoleCompetence
from portfolio.models.leaving import ExitDamage, ExitTerms
from portfolio.models.letters import LetterTemplate
from portfolio.models.options import AlternativeWeight
from portfolio.models.placement import (
    Letter,
    NameLook,
    PlacementRecord,
    PlacementRun,
    TieChoice,
)
from portfolio.models.plans import Plan, PlanFrame, PlanHeadline
from portfolio.models.reference import (
    DriverTemplate,
    Municipality,
    RoleTemplate,
    SalaryTable,
    ServiceTemplate,
)
from portfolio.models.scenarios import Decision, Line, Scenario, Uptake
from portfolio.models.social_plan import Safeguards, SocialPlan
from portfolio.models.staff import PersonName, StaffMember


@dataclass
class Cast:
    """Who and what there is."""

    user: Any
    center: Center
    town: Participant
    driver: Driver
    role: Role
    service: Service
    scenario: Scenario
    asset: Asset
    contract: Contract
    alternative: Alternative
    plan: Plan
    member: StaffMember


def make_cast(name: str = "SSC") -> Cast:
    user = get_user_model().objects.create(username=f"someone at {name}")
    center = Center.objects.create(name=name, start="2027-01")
    town = Participant.objects.create(center=center, code="STAD", name="Stad")
    driver = Driver.objects.create(center=center, code="inhabitants")
    role = Role.objects.create(center=center, code="CISO", name="CISO", annual_cost=100)
    service = Service.objects.create(center=center, code="NET", name="Netwerk", phase="current")
    scenario = Scenario.objects.create(center=center, code="regie")
    return Cast(
        user,
        center,
        town,
        driver,
        role,
        service,
        scenario,
        Asset.objects.create(center=center, code="SAN", purchased="2024-03", amount=1, term_months=60),
        Contract.objects.create(center=center, code="C1", supplier="Waalnet", annual_cost=1),
        Alternative.objects.create(participant=town, option="own"),
        Plan.objects.create(scenario=scenario, digest="a", engine_version="1", created_at=timezone.now()),
        StaffMember.objects.create(center=center, number="1", role=role, fte=1),
    )


def valid(model: type, cast: Cast) -> dict[str, Any]:
    """The fields of a row that may be added to the cast."""
    figure = {"value": 1, "basis": "assumption"}
    of_center = {"center": cast.center, "code": "X", "name": "X"}
    rows: dict[type, dict[str, Any]] = {
        Center: {"name": "Another", "start": "2027-01", "key": "another"},
        Participant: of_center,
        Driver: {"center": cast.center, "code": "X"},
        DriverVolume: {"participant": cast.town, "driver": cast.driver, "volume": 1},
        BudgetLine: {"participant": cast.town, "year": 2027, "amount": 1},
        KeyPart: {"center": cast.center, "key": "k", "part": "STAD", "share": 1},
        Membership: {"user": cast.user, "center": cast.center, "role": "director"},
        ExitTerms: {"center": cast.center},
        ExitDamage: {"participant": cast.town, "description": "Licenses", "amount": 1, "year": 2029},
        ParticipantSeal: {"participant": cast.town, "digest": "a", "confirmed_at": timezone.now()},
        Role: {**of_center, "annual_cost": 1},
        Service: {**of_center, "phase": "new"},
        Sizing: {"service": cast.service, "driver": cast.driver, "per": 1},
        RoleMix: {"service": cast.service, "role": cast.role, "share": 1},
        Offer: {"service": cast.service, "decision": "outsource"},
        OwnEffort: {"participant": cast.town, "service": cast.service},
        Alternative: {"participant": cast.town, "option": "host"},
        AlternativeScore: {"alternative": cast.alternative, "criterion": "quality", "score": 3},
        AlternativeWeight: {"participant": cast.town, "criterion": "quality", "weight": 3},
        Scenario: {"center": cast.center, "code": "X"},
        Decision: {"scenario": cast.scenario, "service": cast.service, "decision": "keep"},
        Uptake: {"service": cast.service, "participant": cast.town},
        Line: {
            "center": cast.center,
            "code": "X",
            "kind": "income",
            "year": 2027,
            "amount": 1,
            "payer_key": "equal",
        },
        Asset: {"center": cast.center, "code": "X", "purchased": "2024-03", "amount": 1, "term_months": 1},
        Contract: {"center": cast.center, "code": "X", "supplier": "X", "annual_cost": 1},
        SharedUse: {"service": cast.service, "asset": cast.asset, "share": 1},
        StaffMember: {"center": cast.center, "number": "2", "role": cast.role, "fte": Decimal("0.8")},
        FunctionChange: {
            "center": cast.center,
            "role": cast.role,
            "new_role": cast.role,
            "comparison": "changed",
        },
        RoleCompetence: {"role": cast.role, "competence": "D.8", "level": 3},
        SocialPlan: {"center": cast.center},
        Safeguards: {"center": cast.center},
        ContractPeriod: {"staff_member": cast.member, "start_date": date(2027, 1, 1), "fte": 1},
        PersonCompetence: {"staff_member": cast.member, "competence": "D.8", "level": 3},
        Preference: {"staff_member": cast.member, "rank": 1, "role": cast.role},
        Agreement: {"staff_member": cast.member, "role": cast.role, "service": cast.service},
        StaffChange: {"staff_member": cast.member, "at": timezone.now(), "table": "staff", "field": "fte"},
        LetterTemplate: {"center": cast.center, "kind": "final", "subject": "X", "body": "X"},
        Letter: {
            "staff_member": cast.member,
            "scenario": cast.scenario,
            "kind": "final",
            "body": "X",
            "made_at": timezone.now(),
        },
        PlacementRecord: {
            "staff_member": cast.member,
            "scenario": cast.scenario,
            "service": cast.service,
            "role": cast.role,
            "fte": 1,
            "ground": 1,
        },
        TieChoice: {
            "staff_member": cast.member,
            "scenario": cast.scenario,
            "reason": "X",
            "made_at": timezone.now(),
        },
        PlacementRun: {
            "scenario": cast.scenario,
            "digest": "a",
            "engine_version": "1",
            "made_at": timezone.now(),
        },
        NameLook: {"center": cast.center, "at": timezone.now(), "what": "list", "persons": 1},
        PersonName: {"staff_member": cast.member, "name": "Anja Veerman"},
        Plan: {
            "scenario": cast.scenario,
            "digest": "b",
            "engine_version": "1",
            "created_at": timezone.now(),
        },
        PlanHeadline: {"plan": cast.plan, "name": "team_fte", "value": 1},
        PlanFrame: {"plan": cast.plan, "name": "cost", "blob": b""},
        Municipality: {
            "gm_code": "GM0001",
            "name": "Stad",
            "inhabitants": 1,
            "reference_date": date(2026, 1, 1),
        },
        DriverTemplate: {"code": "X", "label_nl": "X", "label_en": "X"},
        RoleTemplate: {"code": "X", "name_nl": "X", "name_en": "X", "annual_cost": figure},
        ServiceTemplate: {"code": "X", "phase": "new", "role_mix": [], "outsourcing": {"effect": "stays"}},
        SalaryTable: {
            "agreement": "X",
            "valid_from": date(2026, 1, 1),
            "unit": "EUR",
            "basis": "assumption",
            "scales": [],
        },
    }
    return rows[model]
