"""Who takes one service: per participant yes or no, requested and locked FTE, and what it gets by the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from portfolio.engine.inputs import CenterInputs
from portfolio.frames.uptake import Pair, Take
from portfolio.reports.names import Names
from portfolio.templatetags.figures import number


@dataclass(frozen=True)
class UptakeRow:
    """One participant; ``gets`` is its FTE in the last month of the plan, None when the service does not run then."""

    code: str
    name: str
    take: Take
    fte: str
    locked: str
    gets: float | None
    wrong: Mapping[str, str]


def uptake_rows(
    inputs: CenterInputs, service: str, takes: Mapping[Pair, Take], allocation: pd.DataFrame | None, form: Any = None
) -> Sequence[UptakeRow]:  # fmt: skip
    """In the order of the participants; ``form`` gives back what was typed and refused."""
    gets: dict[str, float] = {}
    if allocation is not None and len(allocation):
        last = allocation[
            (allocation["month"] == allocation["month"].max()) & (allocation["service"] == service)
        ]
        gets = dict(zip(last["participant"], last["fte"], strict=True))
    rows = []
    for code, name in Names(inputs.frames).participants.items():
        take = takes.get((service, code), Take())
        typed = form.typed if form else {}
        wrong = {} if form is None else {
            kind: form.wrong[f"{kind},{code}"] for kind in ("fte", "locked") if f"{kind},{code}" in form.wrong
        }  # fmt: skip
        rows.append(
            UptakeRow(
                code=code,
                name=name,
                take=take,
                fte=typed.get(f"fte,{code}", _written(take.fte)),
                locked=typed.get(f"locked,{code}", _written(take.locked_fte)),
                gets=gets.get(code),
                wrong=wrong,
            )
        )
    return rows


def _written(value: Any) -> str:
    if value is None:
        return ""
    return number(value, max(2, -int(value.normalize().as_tuple().exponent)))
