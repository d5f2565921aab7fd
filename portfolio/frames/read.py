"""From rows to frames: a center, or one of its scenarios, in a fixed number of queries whatever its size."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from portfolio.engine.inputs import CenterInputs, PlanInputs
from portfolio.engine.schema import FRAMES, SETTINGS, Column
from portfolio.frames.mapping import TABLES, Table
from portfolio.models.catalogue import Alternative, Service
from portfolio.models.center import Center, Driver
from portfolio.models.contracts import SharedUse
from portfolio.models.scenarios import Scenario

Rows = list[tuple[Any, ...]]


def read_scenario(scenario: Scenario) -> PlanInputs:
    """All that the plan of one scenario is computed from."""
    return read_center(scenario.center).plan_inputs(scenario.code)


def read_center(center: Center) -> CenterInputs:
    """A whole center as frames, in 18 queries."""
    rows = {name: _plain_rows(table, center) for name, table in TABLES.items() if name not in JOINED}
    rows |= _driver_rows(center) | _service_rows(center) | _scenario_rows(center) | _alternative_rows(center)
    rows["shared_use"] = _shared_use_rows(center)
    frames = {name: _frame(TABLES[name], rows[name]) for name in FRAMES}
    settings = read_settings(center)
    if frames["scenarios"].empty:
        return CenterInputs.of(settings, frames)
    return CenterInputs(settings, frames)


def read_settings(center: Center) -> dict[str, Any]:
    """The settings of a center as the engine takes them."""
    return {
        column.name: float(getattr(center, column.name))
        if column.dtype == "float64"
        else getattr(center, column.name)
        for column in SETTINGS
    }


# --- Rows. A table and what hangs on it come in one query, by a left join. ---

JOINED = frozenset(
    {
        "drivers",
        "base_volumes",
        "volumes",
        "services",
        "scenarios",
        "decisions",
        "alternatives",
        "scores",
        "shared_use",
    }
)


def _plain_rows(table: Table, center: Center) -> Rows:
    objects = table.model._default_manager.filter(**{table.center_path: center}).order_by()
    return list(objects.values_list(*(table.path(name) for name in table.names)))


def _driver_rows(center: Center) -> dict[str, Rows]:
    drivers, volumes = TABLES["drivers"], TABLES["volumes"]
    own = [drivers.path(name) for name in drivers.names]
    hung = [f"volumes__{volumes.path(name)}" for name in volumes.names]
    found = Driver.objects.filter(center=center).order_by().values_list(*own, "volumes__pk", *hung)
    parents, children = _parted(found, len(own))
    year = volumes.names.index("year")
    return {
        "drivers": parents,
        "volumes": [row for row in children if row[year] is not None],
        "base_volumes": [row[:year] + row[year + 1 :] for row in children if row[year] is None],
    }


def _service_rows(center: Center) -> dict[str, Rows]:
    table = TABLES["services"]
    at = table.names.index("depends_on")
    own = [table.path(name) for name in table.names]
    own[at] = "template_id"  # holds the place of the codes, which come one a row
    needed: dict[str, list[str]] = {}
    kept: dict[str, tuple[Any, ...]] = {}
    for row in Service.objects.filter(center=center).order_by().values_list(*own, "depends_on__code"):
        kept[row[0]] = row[:-1]
        needed.setdefault(row[0], []).extend([row[-1]] if row[-1] else [])
    return {
        "services": [
            (*row[:at], ", ".join(sorted(needed[code])), *row[at + 1 :]) for code, row in kept.items()
        ]
    }


def _scenario_rows(center: Center) -> dict[str, Rows]:
    scenarios, decisions = TABLES["scenarios"], TABLES["decisions"]
    own = [scenarios.path(name) for name in scenarios.names]
    hung = ["code", *(f"decisions__{decisions.path(name)}" for name in decisions.names[1:])]
    found = Scenario.objects.filter(center=center).order_by().values_list(*own, "decisions__pk", *hung)
    parents, children = _parted(found, len(own))
    return {"scenarios": parents, "decisions": children}


def _alternative_rows(center: Center) -> dict[str, Rows]:
    alternatives, scores = TABLES["alternatives"], TABLES["scores"]
    own = [alternatives.path(name) for name in alternatives.names]
    hung = ["participant__code", "option", *(f"scores__{scores.path(name)}" for name in scores.names[2:])]
    found = Alternative.objects.filter(participant__center=center).order_by()
    parents, children = _parted(found.values_list(*own, "scores__pk", *hung), len(own))
    return {"alternatives": parents, "scores": children}


def _shared_use_rows(center: Center) -> Rows:
    table = TABLES["shared_use"]
    found = SharedUse.objects.filter(service__center=center).order_by()
    paths = [table.path(name) for name in table.names[1:]]
    return [
        (row[0] or row[1], *row[2:]) for row in found.values_list("asset__code", "contract__code", *paths)
    ]


def _parted(found: Iterable[tuple[Any, ...]], own: int) -> tuple[Rows, Rows]:
    """Joined rows as parents, each once, and children; between them stands the child's primary key, if any."""
    parents: dict[tuple[Any, ...], None] = {}
    children = []
    for row in found:
        parents[row[:own]] = None
        if row[own] is not None:
            children.append(row[own + 1 :])
    return list(parents), children


# --- Frames ---


def _frame(table: Table, rows: Rows) -> pd.DataFrame:
    """Rows as the tidy frame that ``schema.tidy`` would make of them, at a tenth of its time."""
    size = table.key_size
    rows = sorted(rows, key=lambda row: tuple("" if cell is None else cell for cell in row[:size]))
    cells: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(table.columns)
    index = pd.RangeIndex(len(rows))
    arrays = [_array(column, values) for column, values in zip(table.columns, cells, strict=True)]
    return pd.DataFrame(
        {
            # One index for all and dtypes as numpy's own: pandas would align every column and look its dtype up by
            # name, which takes longer than the queries.
            name: pd.Series(array, index=index, dtype=array.dtype, copy=False)
            for name, array in zip(table.names, arrays, strict=True)
        },
        index=index,
        copy=False,
    )


def _array(column: Column, cells: Sequence[Any]) -> np.ndarray:
    if column.dtype == "object":
        words = np.empty(len(cells), dtype=object)
        words[:] = ["" if cell is None else cell for cell in cells]
        return words
    if column.dtype == "float64":
        return np.array([np.nan if cell is None else float(cell) for cell in cells], dtype="float64")
    return np.array(cells, dtype=column.dtype)
