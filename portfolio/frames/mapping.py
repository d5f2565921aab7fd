"""Which table holds which frame, and which field which column: the one place where rows and frames meet by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property
from typing import Any

from django.db import models

from portfolio.engine.schema import FRAMES, Column, Kind, columns
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
from portfolio.models.center import BudgetLine, Driver, DriverVolume, KeyPart, Participant
from portfolio.models.contracts import Asset, Contract, SharedUse
from portfolio.models.options import AlternativeWeight
from portfolio.models.scenarios import Decision, Line, Scenario, Uptake


@dataclass(frozen=True)
class Reference:
    """A foreign key: the frame that it refers to, and which columns here are the key of a row there."""

    frame: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """How one frame lies in its table.

    ``paths`` says where a column is read when its field has another name; ``references`` how foreign keys are
    found when rows are written; ``fixed`` what all rows of this frame have, where two frames share a table.
    """

    frame: str
    model: type[models.Model]
    paths: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return columns(self.frame)

    @cached_property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    @cached_property
    def key_size(self) -> int:
        """Every frame has its key columns first."""
        return len(FRAMES[self.frame].key)

    def path(self, column: str) -> str:
        return self.paths.get(column, column)

    @cached_property
    def fields(self) -> dict[str, models.Field]:
        """Columns that are plain fields, with the field; the others are foreign keys, or reached through one."""
        by_name = {model_field.name: model_field for model_field in self.model._meta.concrete_fields}
        return {name: by_name[self.path(name)] for name in self.names if self.path(name) in by_name}

    @property
    def center_path(self) -> str:
        return self.model.center_path  # type: ignore[attr-defined]


def _refers(*names: str) -> dict[str, Reference]:
    """Foreign keys whose field and column have the same name."""
    frames = {
        "participant": "participants",
        "driver": "drivers",
        "service": "services",
        "role": "roles",
        "scenario": "scenarios",
    }
    return {name: Reference(frames[name], (name,)) for name in names}


def _codes(*names: str) -> dict[str, str]:
    return {name: f"{name}__code" for name in names}


#: In the order in which rows are written: what others refer to comes first. Deleted in the reverse order.
TABLES: dict[str, Table] = {
    table.frame: table
    for table in (
        Table("participants", Participant),
        Table("drivers", Driver, {"driver": "code"}),
        Table("roles", Role, {"role": "code"}),
        Table("services", Service, {"service": "code"}),
        Table("scenarios", Scenario, {"scenario": "code"}),
        Table("assets", Asset, {"asset": "code", **_codes("service")}, _refers("service")),
        Table("contracts", Contract, {"contract": "code", **_codes("service")}, _refers("service")),
        Table("alternatives", Alternative, _codes("participant"), _refers("participant")),
        Table(
            "base_volumes",
            DriverVolume,
            _codes("participant", "driver"),
            _refers("participant", "driver"),
            {"year": None},
        ),
        Table("volumes", DriverVolume, _codes("participant", "driver"), _refers("participant", "driver")),
        Table("budget", BudgetLine, _codes("participant"), _refers("participant")),
        Table("sizing", Sizing, _codes("service", "driver"), _refers("service", "driver")),
        Table("role_mix", RoleMix, _codes("service", "role"), _refers("service", "role")),
        Table("keys", KeyPart),
        Table("offers", Offer, _codes("service", "driver"), _refers("service", "driver")),
        Table("own_effort", OwnEffort, _codes("participant", "service"), _refers("participant", "service")),
        Table(
            "decisions",
            Decision,
            {"from": "from_month", "until": "until_month", **_codes("scenario", "service")},
            _refers("scenario", "service"),
        ),
        Table(
            "uptake",
            Uptake,
            _codes("scenario", "service", "participant"),
            _refers("scenario", "service", "participant"),
        ),
        # The item of shared use is an asset or a contract: ``read`` and ``write`` know.
        Table(
            "shared_use",
            SharedUse,
            _codes("service"),
            {
                "asset": Reference("assets", ("item",)),
                "contract": Reference("contracts", ("item",)),
                **_refers("service"),
            },
        ),
        Table(
            "scores",
            AlternativeScore,
            {"participant": "alternative__participant__code", "option": "alternative__option"},
            {"alternative": Reference("alternatives", ("participant", "option"))},
        ),
        Table("weights", AlternativeWeight, _codes("participant"), _refers("participant")),
        Table(
            "lines", Line, {"line": "code", **_codes("service", "scenario")}, _refers("service", "scenario")
        ),
    )
}

#: Frames that others refer to.
PARENTS = frozenset(reference.frame for table in TABLES.values() for reference in table.references.values())


def stored_decimal(value: float, places: int) -> Decimal:
    """A number as a decimal column keeps it: 15 significant digits, as a spreadsheet does, and its own places.

    >>> stored_decimal(0.1 + 0.2, 12)
    Decimal('0.300000000000')
    """
    return Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)


def stored(column: Column, model_field: models.Field | None, cell: Any) -> Any:
    """A cell of a frame as the value of its field."""
    if column.dtype == "object":
        return codes_text(cell) if column.kind is Kind.CODES else cell
    if column.dtype == "bool":
        return bool(cell)
    if cell != cell:
        return None
    if isinstance(model_field, models.DecimalField):
        return stored_decimal(cell, model_field.decimal_places)
    return round(cell)


def codes_text(cell: str) -> str:
    """Codes in one canonical text, sorted, since rows have no order.

    >>> codes_text("NET,IAM")
    'IAM, NET'
    """
    return ", ".join(sorted({code.strip() for code in cell.replace(";", ",").split(",") if code.strip()}))
