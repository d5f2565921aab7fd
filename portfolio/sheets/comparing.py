"""What an import would change: per sheet the rows that are new, changed, unchanged and missing, matched on key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from portfolio.engine import hr_schema, schema
from portfolio.engine.hr_inputs import HrInputs
from portfolio.engine.inputs import CenterInputs


@dataclass(frozen=True, eq=False)
class Changes:
    """The difference of one frame.

    ``new``, ``missing`` and ``unchanged`` hold whole rows; ``changed`` has a row per cell: the key columns,
    then ``column``, ``old`` and ``new``. Blanks are None there.
    """

    name: str
    key: tuple[str, ...]
    new: pd.DataFrame
    changed: pd.DataFrame
    unchanged: pd.DataFrame
    missing: pd.DataFrame

    @property
    def is_empty(self) -> bool:
        return self.new.empty and self.changed.empty and self.missing.empty

    @property
    def changed_rows(self) -> int:
        """How many rows have a changed cell."""
        return len(self.changed.drop_duplicates(list(self.key)))


def compare(before: CenterInputs, after: CenterInputs) -> dict[str, Changes]:
    """Changes by frame, settings first as ``center``. The order of rows makes no difference."""
    found = {"center": _changes("center", ["setting"], _settings(before.settings), _settings(after.settings))}
    for name, frame in schema.FRAMES.items():
        found[name] = _changes(name, frame.key, before.frames[name], after.frames[name])
    return found


def compare_hr(before: HrInputs, after: HrInputs) -> dict[str, Changes]:
    """Changes by frame of two HR workbooks, the social plan among them."""
    names = [column.name for column in hr_schema.SOCIAL_PLAN]
    plans = [
        pd.DataFrame(
            {"setting": names, "value": pd.Series([hr.social_plan[name] for name in names], dtype=object)}
        )
        for hr in (before, after)
    ]
    found = {
        name: _changes(name, frame.key, before[name], after[name]) for name, frame in hr_schema.FRAMES.items()
    }
    return found | {"social_plan": _changes("social_plan", ["setting"], *plans)}


def _settings(settings: Mapping[str, Any]) -> pd.DataFrame:
    names = [column.name for column in schema.SETTINGS]
    values = pd.Series([settings.get(name) for name in names], dtype="object")
    return pd.DataFrame({"setting": names, "value": values})


def _changes(name: str, key: list[str], before: pd.DataFrame, after: pd.DataFrame) -> Changes:
    if before.equals(after):
        # Most frames of an import; telling them apart row by row takes a hundred times as long.
        none = after.iloc[:0]
        cells = none[key].assign(column="", old=None, new=None).astype("object")
        return Changes(name, tuple(key), new=none, changed=cells, unchanged=after, missing=none)
    old = before.set_index(_index(before, key)).sort_index()
    new = after.set_index(_index(after, key)).sort_index()
    both = old.index.intersection(new.index)
    was, now = old.loc[both], new.loc[both]
    cells = []
    differs = pd.Series(False, index=both)
    for column in [column for column in new.columns if column not in key]:
        other = _differ(was[column], now[column])
        differs |= other
        rows = now.loc[other, key].assign(column=column)
        rows["old"] = [_plain(value) for value in was.loc[other, column]]
        rows["new"] = [_plain(value) for value in now.loc[other, column]]
        cells.append(rows.astype({"old": "object", "new": "object"}))
    changed = pd.concat(cells).sort_values([*key, "column"], kind="stable")
    return Changes(
        name,
        tuple(key),
        new=new.loc[new.index.difference(old.index)].reset_index(drop=True),
        changed=changed.reset_index(drop=True),
        unchanged=now[~differs].reset_index(drop=True),
        missing=old.loc[old.index.difference(new.index)].reset_index(drop=True),
    )


def _index(frame: pd.DataFrame, key: list[str]) -> pd.Index:
    """Keys as tuples: one kind of index, however many columns a key has."""
    return pd.Index(
        list(zip(*(frame[column] for column in key), strict=True)), dtype="object", tupleize_cols=False
    )


def _differ(old: pd.Series, new: pd.Series) -> pd.Series:
    return ~((old == new) | (old.isna() & new.isna()))


def _plain(value: Any) -> Any:
    return None if value is None or value != value else value
