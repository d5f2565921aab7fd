"""Reads what the placement needs of a center: its people on a day, functions compared, wishes and the social plan."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
from django.db.models import Model, QuerySet

from portfolio.engine import hr_schema
from portfolio.engine.hr_inputs import HrInputs
from portfolio.engine.staff_costs import Terms
from portfolio.models.careers import Agreement, ContractPeriod, PersonCompetence, Preference
from portfolio.models.center import Center
from portfolio.models.functions import FunctionChange, RoleCompetence
from portfolio.models.placement import TieChoice
from portfolio.models.social_plan import SocialPlan
from portfolio.models.staff import StaffMember


def read_hr(center: Center, *, on: date | None) -> HrInputs:
    """The HR inputs of a center, with the FTE that contracts have on a day; ten queries, whatever the number of people.

    Without a day the FTE is that of the person, before any period of a contract: what a workbook holds.
    Numbers, never names: a name is read where it is shown, by ``frames.staff``.
    """
    frames = {
        "staff": _staff(center, on),
        "functions": _rows(
            FunctionChange.objects.filter(center=center),
            role="role__code",
            new_role="new_role__code",
            comparison="comparison",
            training_months="training_months",
            training_cost="training_cost",
            critical="is_critical",
        ),
        "competences": pd.concat(
            [
                _rows(
                    PersonCompetence.objects.filter(staff_member__center=center),
                    person="staff_member__number",
                    competence="competence",
                    level="level",
                ),
                _rows(
                    RoleCompetence.objects.filter(role__center=center),
                    role="role__code",
                    competence="competence",
                    level="level",
                ),
            ]
        ),
        "preferences": _rows(
            Preference.objects.filter(staff_member__center=center),
            person="staff_member__number",
            rank="rank",
            role="role__code",
            service="service__code",
        ),
        "agreements": _rows(
            Agreement.objects.filter(staff_member__center=center),
            person="staff_member__number",
            role="role__code",
            service="service__code",
            accepts="accepts",
            may_split="may_split",
            locked="is_locked",
        ),
    }
    return HrInputs.of(_social_plan(center), frames, start=center.start)


def read_chosen(center: Center, scenario: str) -> frozenset[str]:
    """The numbers of those whom HR chose in this scenario where reflection leaves people equal."""
    found = TieChoice.objects.filter(scenario__center=center, scenario__code=scenario)
    return frozenset(found.values_list("staff_member__number", flat=True))


def read_terms(center: Center) -> tuple[Terms, str]:
    """The terms of the social plan that cost money, and the key by which its cost is shared; defaults without one."""
    plan = SocialPlan.objects.filter(center=center).first() or SocialPlan(center=center)
    terms = {field.name: _plain(getattr(plan, field.name)) for field in fields(Terms)}
    return Terms(**terms), plan.payer_key


def read_periods(center: Center) -> dict[str, list[tuple[date, float]]]:
    """The FTE of contracts over time, by number of the person."""
    found: dict[str, list[tuple[date, float]]] = {}
    rows = ContractPeriod.objects.filter(staff_member__center=center).order_by("start_date")
    for number, start, fte in rows.values_list("staff_member__number", "start_date", "fte"):
        found.setdefault(number, []).append((start, float(fte)))
    return found


def _staff(center: Center, on: date | None) -> pd.DataFrame:
    """One row per person; the latest period that has begun says the FTE."""
    fte: dict[str, Decimal] = {}
    if on is not None:
        begun = ContractPeriod.objects.filter(staff_member__center=center, start_date__lte=on)
        fte = dict(
            begun.order_by("start_date").values_list("staff_member__number", "fte")
        )  # later ones write over
    people = _rows(
        StaffMember.objects.filter(center=center),
        person="number",
        role="role__code",
        fte="fte",
        employer="employer",
        participant="participant__code",
        scale="scale",
        born="born",
        employed_since="employed_since",
        until="until",
        service="service__code",
    )
    people["fte"] = [
        float(fte.get(person, own)) for person, own in zip(people["person"], people["fte"], strict=True)
    ]
    people["employer"] = people["participant"].fillna(people["employer"])
    return people.drop(columns="participant")


def _social_plan(center: Center) -> dict[str, Any]:
    """The settings that the workbook knows too; none on record: its defaults."""
    found = SocialPlan.objects.filter(center=center).first()
    names = [column.name for column in hr_schema.SOCIAL_PLAN]
    return {name: _plain(getattr(found, name)) for name in names} if found else {}


def _rows(rows: QuerySet[Any, Any], **columns: str) -> pd.DataFrame:
    """A frame with these columns of a table, in the order of its key."""
    ordered: QuerySet[Model, tuple[Any, ...]] = rows.order_by("pk").values_list(*columns.values())
    cells = [tuple(map(_plain, row)) for row in ordered]
    return pd.DataFrame(cells, columns=list(columns))


def _plain(value: Any) -> Any:
    """What a frame holds: plain numbers, and dates as ISO text."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
