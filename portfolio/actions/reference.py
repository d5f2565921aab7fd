"""Loading the reference data that every center may start from."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction

from portfolio.models.catalogue import Service
from portfolio.models.center import Center
from portfolio.models.reference import (
    DriverTemplate,
    Municipality,
    RoleTemplate,
    SalaryTable,
    ServiceTemplate,
)

#: File, table, and the fields on which a row is matched.
FILES: tuple[tuple[str, type[models.Model], tuple[str, ...]], ...] = (
    ("drivers.json", DriverTemplate, ("code",)),
    ("roles.json", RoleTemplate, ("code",)),
    ("services.json", ServiceTemplate, ("code",)),
    ("salary_scales.json", SalaryTable, ("agreement", "valid_from")),
    ("municipalities.json", Municipality, ("gm_code",)),
)


@transaction.atomic
def load_reference(*, folder: Path) -> int:
    """Make the reference tables what the files say; rows that no file names stay. Returns how many changed."""
    return sum(_load(folder / name, model, by) for name, model, by in FILES if (folder / name).exists())


def link_templates(*, center: Center) -> int:
    """Tie services to the template of the same code, where they have none."""
    templates = {template.code: template for template in ServiceTemplate.objects.all()}
    loose = [s for s in Service.objects.filter(center=center, template=None) if s.code in templates]
    for service in loose:
        service.template = templates[service.code]
    return Service.objects.bulk_update(loose, ["template"])


def _load(path: Path, model: type[models.Model], by: tuple[str, ...]) -> int:
    standing = {tuple(getattr(row, name) for name in by): row for row in model._default_manager.all()}
    changed = 0
    for given in json.loads(path.read_text(encoding="utf-8")):
        fields = {name: _value(model, name, value) for name, value in given.items()}
        key = tuple(fields[name] for name in by)
        row = standing.get(key) or model()
        if row.pk is not None and all(getattr(row, name) == value for name, value in fields.items()):
            continue
        for name, value in fields.items():
            setattr(row, name, value)
        row.full_clean()
        row.save()
        changed += 1
    return changed


def _value(model: type[models.Model], name: str, value: Any) -> Any:
    """JSON has no dates; an unknown field is refused by ``get_field``."""
    return date.fromisoformat(value) if isinstance(model._meta.get_field(name), models.DateField) else value
