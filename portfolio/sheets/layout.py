"""How a center is laid out over sheets: per sheet its columns and rows, wide sheets with a column per driver."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from portfolio.engine import hr_schema, schema
from portfolio.engine.hr_inputs import HrInputs
from portfolio.engine.schema import Column
from portfolio.sheets import aliases


@dataclass(frozen=True, eq=False)
class Layout:
    """One sheet: its columns in order, and per column the values of its rows. Blank is None, "" or NaN."""

    sheet: str
    columns: tuple[Column, ...]
    values: Mapping[str, list[Any]]
    #: Free columns by name: their head is a driver or criterion, and no word of the product's own.
    free: frozenset[str] = frozenset()

    @property
    def rows(self) -> Iterator[tuple[Any, ...]]:
        return zip(*(self.values[column.name] for column in self.columns), strict=True)


def settings_layout(
    settings: Mapping[str, Any], sheet: str = "center", known: tuple[Column, ...] = schema.SETTINGS
) -> Layout:
    """A sheet with a setting in every row; one that is missing is blank."""
    names = [column.name for column in known]
    columns = tuple(column for column in aliases.columns(sheet) if column.name in ("setting", "value"))
    return Layout(sheet, columns, {"setting": names, "value": [settings.get(name) for name in names]})


def hr_layouts(hr: HrInputs) -> Iterator[Layout]:
    """The sheets of the HR workbook."""
    for name, spec in hr_schema.FRAMES.items():
        yield Layout(
            name, spec.columns, {column.name: hr[name][column.name].tolist() for column in spec.columns}
        )
    yield settings_layout(hr.social_plan, "social_plan", hr_schema.SOCIAL_PLAN)


def layout(name: str, frames: Mapping[str, pd.DataFrame]) -> Layout:
    """A sheet of a center. Columns on where a figure comes from are there when any row says something."""
    frame, spec = frames[name], schema.FRAMES[name]
    values = {column.name: frame[column.name].tolist() for column in spec.columns}
    own = [column for column in schema.PROVENANCE if _says_something(frame[column.name], column)]
    about = {column.name: frame[column.name].tolist() for column in own}
    free = _figures(name, frames) if spec.wide else {}
    columns = (*spec.columns, *(column for column, _ in free.values()), *own)
    figures = {head: cells for head, (_, cells) in free.items()}
    return Layout(name, columns, {**values, **figures, **about}, frozenset(free))


def _says_something(values: pd.Series, column: Column) -> bool:
    if column.dtype == "float64":
        return bool(values.notna().any())
    return bool((values != (column.default or "")).any())


def _figures(name: str, frames: Mapping[str, pd.DataFrame]) -> dict[str, tuple[Column, list[Any]]]:
    """Free columns of a wide sheet by head, and after each what is said of it apart from its row."""
    spec = schema.FRAMES[name]
    own, figure, value = schema.WIDE[spec.wide]
    keys = [tuple(row) for row in frames[name][spec.key].itertuples(index=False)]
    about = {
        column.name: dict(zip(keys, frames[name][column.name], strict=True)) for column in schema.PROVENANCE
    }
    measured = schema.FRAMES[spec.wide].by_name[value]
    heads: dict[str, tuple[Column, list[Any]]] = {}
    for name_of, rows in frames[spec.wide].groupby(figure, sort=True):
        head = str(name_of)
        found = rows.set_index(list(own))
        found.index = pd.Index(
            [key if isinstance(key, tuple) else (key,) for key in found.index], tupleize_cols=False
        )
        cells = found[value].to_dict()
        heads[head] = replace(measured, name=head), [cells.get(key) for key in keys]
        for column in schema.PROVENANCE:
            said = found[column.name].to_dict()
            if any(
                not _same(words, about[column.name].get(key)) for key, words in said.items() if key in keys
            ):
                title = f"{head} ({column.name})"
                heads[title] = replace(column, name=title), [said.get(key) for key in keys]
    return heads


def _same(one: Any, other: Any) -> bool:
    return one == other or (one != one and other != other)
