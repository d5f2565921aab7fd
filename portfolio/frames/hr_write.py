"""Writes what an HR workbook holds beside the people themselves: functions, competences, wishes and the social plan.

Personal rows leave their history with the person (``StaffChange``), the others in the log of the center.
"""

from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from portfolio.engine import hr_schema
from portfolio.engine.columns import Kind
from portfolio.engine.hr_inputs import HrInputs
from portfolio.frames.mapping import stored_decimal
from portfolio.models.careers import Agreement, PersonCompetence, Preference, StaffChange
from portfolio.models.catalogue import Role, Service
from portfolio.models.center import Center
from portfolio.models.functions import FunctionChange, RoleCompetence
from portfolio.models.social_plan import SocialPlan
from portfolio.models.staff import StaffMember

DIGITS, CENTS = 12, 2
Row = dict[str, Any]


@transaction.atomic
def write_hr(center: Center, hr: HrInputs, *, user: Any, at: datetime) -> None:
    """Make these rows the rows of a center; the people they name are there. All or nothing."""
    role = {row.code: row for row in Role.objects.filter(center=center)}
    service = {row.code: row for row in Service.objects.filter(center=center)}
    person = {row.number: row for row in StaffMember.objects.filter(center=center)}
    own = {"staff_member__center": center}
    _functions(center, hr, role)
    _apart(
        RoleCompetence.objects.filter(role__center=center),
        [
            {"role": role[row.role], "competence": row.competence, "level": int(row.level)}
            for row in hr.rows("competences")
            if row.role
        ],
        ("role", "competence"),
        save=_save,
    )
    changes: list[StaffChange] = []

    def note(before: models.Model | None, after: models.Model | None) -> None:
        row: Any = after or before
        changes.extend(_noted(before, after, StaffChange(staff_member=row.staff_member, at=at, by=user)))

    _apart(
        PersonCompetence.objects.filter(**own),
        [
            {"staff_member": person[row.person], "competence": row.competence, "level": int(row.level)}
            for row in hr.rows("competences")
            if row.person
        ],
        ("staff_member", "competence"),
        note=note,
    )
    _apart(
        Preference.objects.filter(**own),
        [
            {"staff_member": person[row.person], "rank": int(row.rank), "role": role[row.role],
             "service": service.get(row.service)}
            for row in hr.rows("preferences")
        ],
        ("staff_member", "rank"),
        note=note,
    )  # fmt: skip
    _apart(
        Agreement.objects.filter(**own),
        [
            {"staff_member": person[row.person], "role": role.get(row.role), "service": service.get(row.service),
             "accepts": bool(row.accepts), "may_split": bool(row.may_split), "is_locked": bool(row.locked)}
            for row in hr.rows("agreements")
        ],
        ("staff_member", "role", "service"),
        note=note,
    )  # fmt: skip
    StaffChange.objects.bulk_create(changes)
    _social_plan(center, hr.social_plan)


def _functions(center: Center, hr: HrInputs, role: Mapping[str, Role]) -> None:
    _apart(
        FunctionChange.objects.filter(center=center),
        [
            {
                "center": center,
                "role": role[row.role],
                # A warning told that a function that lapses leads nowhere.
                "new_role": None if row.comparison == "lapsed" else role.get(row.new_role),
                "comparison": str(row.comparison),
                "training_months": _decimal(row.training_months),
                "training_cost": _decimal(row.training_cost, CENTS),
                "is_critical": bool(row.critical),
            }
            for row in hr.rows("functions")
        ],
        ("role", "new_role"),
        save=_save,
    )


def _social_plan(center: Center, plan: Mapping[str, Any]) -> None:
    row = SocialPlan.objects.filter(center=center).first() or SocialPlan(center=center)
    before = {column.name: getattr(row, column.name) for column in hr_schema.SOCIAL_PLAN}
    for column in hr_schema.SOCIAL_PLAN:
        value = plan[column.name]
        if column.kind is Kind.DATE:
            setattr(row, column.name, date.fromisoformat(value) if value else None)
        elif column.kind in (Kind.NUMBER, Kind.EUR):
            setattr(row, column.name, _decimal(value, CENTS if column.kind is Kind.EUR else DIGITS))
        else:
            setattr(row, column.name, value)
    if row.pk is None or any(getattr(row, name) != value for name, value in before.items()):
        row.full_clean()
        row.save()


def _apart(
    standing: models.QuerySet[Any],
    wanted: list[Row],
    key: tuple[str, ...],
    *,
    note: Callable[[Any, Any], None] | None = None,
    save: Callable[[Any], None] | None = None,
) -> None:
    """Create, change and delete so that `wanted` is what there is: one by one with `save`, else at once with `note`."""
    model = standing.model
    held = {_key(row, key): row for row in standing.select_related(*_related(model, key))}
    new, changed, kept = [], [], set()
    fields = [name for name in (wanted[0] if wanted else {}) if name not in key]
    for values in wanted:
        own = _key(model(**values), key)
        kept.add(own)
        row = held.get(own)
        if row is None:
            new.append(model(**values))
        elif any(getattr(row, name) != values[name] for name in fields):
            before = model(
                **{field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
            )
            for name in fields:
                setattr(row, name, values[name])
            changed.append((before, row))
    gone = [row for own, row in held.items() if own not in kept]
    if save is not None:
        for row in gone:
            row.delete()
        for row in [*(row for _before, row in changed), *new]:
            save(row)
        return
    assert note is not None
    for row in gone:
        note(row, None)
    for before, row in changed:
        note(before, row)
    for row in new:
        note(None, row)
    standing.filter(pk__in=[row.pk for row in gone]).delete()
    if changed:
        model._default_manager.bulk_update([row for _before, row in changed], fields)
    model._default_manager.bulk_create(new)


def _save(row: models.Model) -> None:
    row.full_clean()
    row.save()


def _related(model: type[models.Model], key: tuple[str, ...]) -> list[str]:
    return [name for name in key if model._meta.get_field(name).is_relation]


def _key(row: Any, key: tuple[str, ...]) -> Hashable:
    return tuple(getattr(row, row._meta.get_field(name).attname) for name in key)


def _noted(before: Any, after: Any, blank: StaffChange) -> list[StaffChange]:
    """The fields that differ, in words; a row that comes or goes is one line."""
    table = (after or before)._meta.model_name
    lines = []
    if before is None or after is None:
        lines.append(("–", str(before or ""), str(after or "")))
    else:
        for field in after._meta.concrete_fields:
            old, new = getattr(before, field.attname), getattr(after, field.attname)
            if old != new:
                lines.append((field.name, _said(before, field), _said(after, field)))
    return [
        StaffChange(
            staff_member=blank.staff_member,
            at=blank.at,
            by=blank.by,
            table=table,
            field=field,
            old=old,
            new=new,
        )
        for field, old, new in lines
    ]


def _said(row: Any, field: Any) -> str:
    value = getattr(row, field.name)
    return "" if value is None else str(value)


def _decimal(value: Any, digits: int = DIGITS) -> Any:
    return None if value is None or value != value else stored_decimal(value, digits)
