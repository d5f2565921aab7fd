"""The HR side of a center as plain CSV files: how the demo region keeps what was compared, wished and agreed."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from portfolio.engine.terms import Status
from portfolio.models.careers import Agreement, PersonCompetence, Preference
from portfolio.models.catalogue import Role, Service
from portfolio.models.center import Center
from portfolio.models.functions import FunctionChange, RoleCompetence
from portfolio.models.letters import LetterKind, LetterTemplate, example
from portfolio.models.social_plan import Safeguards, SocialPlan
from portfolio.models.staff import StaffMember


@transaction.atomic
def load_hr_folder(center: Center, folder: Path) -> None:
    """Replace what is on record beside the people themselves, from a folder; the center is marked as fictional.

    Only for a region that nobody lives in: it writes no history.
    """
    role = {row.code: row for row in Role.objects.filter(center=center)}
    service = {row.code: row for row in Service.objects.filter(center=center)}
    person = {row.number: row for row in StaffMember.objects.filter(center=center)}
    FunctionChange.objects.filter(center=center).delete()
    RoleCompetence.objects.filter(role__center=center).delete()
    for model in (PersonCompetence, Preference, Agreement):
        model._default_manager.filter(staff_member__center=center).delete()
    FunctionChange.objects.bulk_create(
        FunctionChange(
            center=center,
            role=role[row["role"]],
            new_role=role.get(row["new_role"]),
            comparison=row["comparison"],
            training_months=_decimal(row["training_months"]),
            training_cost=_decimal(row["training_cost"]),
            is_critical=row["critical"] == "yes",
            reason=row["reason"],
            status=Status.ESTIMATED.value,
        )
        for row in _rows(folder / "functions.csv")
    )
    levels = list(_rows(folder / "competences.csv"))
    RoleCompetence.objects.bulk_create(
        RoleCompetence(role=role[row["role"]], competence=row["competence"], level=int(row["level"]))
        for row in levels
        if row["role"]
    )
    PersonCompetence.objects.bulk_create(
        PersonCompetence(
            staff_member=person[row["person"]], competence=row["competence"], level=int(row["level"])
        )
        for row in levels
        if row["person"]
    )
    Preference.objects.bulk_create(
        Preference(
            staff_member=person[row["person"]],
            rank=int(row["rank"]),
            role=role[row["role"]],
            service=service.get(row["service"]),
        )
        for row in _rows(folder / "preferences.csv")
    )
    Agreement.objects.bulk_create(
        Agreement(
            staff_member=person[row["person"]],
            role=role.get(row["role"]),
            service=service.get(row["service"]),
            accepts=row["accepts"] == "yes",
            may_split=row["may_split"] == "yes",
            is_locked=row["locked"] == "yes",
        )
        for row in _rows(folder / "agreements.csv")
    )
    plan = {row["setting"]: row["value"] for row in _rows(folder / "social_plan.csv")}
    day = date.fromisoformat(plan.pop("reference_date"))
    decisions_from = date.fromisoformat(plan.pop("decisions_from"))
    settings = {name: _decimal(value) for name, value in plan.items()}
    SocialPlan.objects.update_or_create(
        center=center, defaults={**settings, "reference_date": day, "status": Status.ESTIMATED.value}
    )
    safeguards = {"is_fictional": True, "decisions_from": decisions_from}
    Safeguards.objects.update_or_create(center=center, defaults=safeguards)
    for kind in LetterKind:
        LetterTemplate.objects.update_or_create(center=center, kind=kind, defaults=example(kind))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None
