"""Frozen HR inputs: the frames of the HR workbook and the parameters of the social plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from portfolio.engine.hr_schema import FRAMES, SOCIAL_PLAN
from portfolio.engine.schema import tidied


@dataclass(frozen=True, eq=False)
class HrInputs:
    """The social plan by name, and one tidy frame per name in ``hr_schema.FRAMES``. Dates are ISO texts, "" blank."""

    social_plan: Mapping[str, Any]
    frames: Mapping[str, pd.DataFrame]

    @classmethod
    def of(
        cls, social_plan: Mapping[str, Any], frames: Mapping[str, pd.DataFrame], *, start: str
    ) -> "HrInputs":
        """Copy at the door. ``start`` is the first month of the horizon: its first day is the reference date where
        the social plan names none.
        """
        plan: dict[str, Any] = {}
        for column in SOCIAL_PLAN:
            value = social_plan.get(column.name)
            plan[column.name] = column.default if value is None or value == "" else value
        plan["reference_date"] = plan["reference_date"] or f"{start}-01"
        return cls(plan, {name: tidied(spec, frames.get(name)) for name, spec in FRAMES.items()})

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name]

    def rows(self, name: str) -> list[Any]:
        """The rows of a frame as named tuples."""
        return list(self.frames[name].itertuples(index=False, name="Row"))

    @property
    def reference_date(self) -> date:
        """The day on which the age bands look."""
        return date.fromisoformat(self.social_plan["reference_date"])


def day(text: str) -> date | None:
    """A date of a frame; None where it is blank.

    >>> day("2027-01-31"), day("")
    (datetime.date(2027, 1, 31), None)
    """
    return date.fromisoformat(text) if text else None
