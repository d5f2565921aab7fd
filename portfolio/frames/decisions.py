"""What a scenario says about one service, as a value: from a row or a frame, and laid into the inputs of a center."""

import hashlib
from dataclasses import astuple, dataclass, replace
from typing import Any

import pandas as pd

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import tidy
from portfolio.engine.terms import DecisionKind, Status
from portfolio.models.scenarios import Decision


@dataclass(frozen=True)
class Verdict:
    """What a scenario says about a service. Saying nothing is the same as not having decided."""

    decision: str = DecisionKind.UNDECIDED.value
    from_month: str = ""
    until_month: str = ""
    fte_key: str = ""
    cost_key: str = ""
    reason: str = ""
    owner: str = ""

    @classmethod
    def of(cls, decision: Decision | None) -> "Verdict":
        return cls() if decision is None else cls(**{name: getattr(decision, name) for name in FIELDS})

    @property
    def token(self) -> str:
        """Short proof of what somebody saw before deciding."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:16]

    @property
    def is_decided(self) -> bool:
        return self.decision != DecisionKind.UNDECIDED


FIELDS = tuple(Verdict.__dataclass_fields__)
_COLUMNS = {"from_month": "from", "until_month": "until"}


def verdicts_of(inputs: CenterInputs, scenario: str) -> dict[str, Verdict]:
    """What one scenario decided, by service code; a service without a row is not there."""
    rows = inputs.frames["decisions"]
    own = rows[rows["scenario"] == scenario]
    cells = (own[_COLUMNS.get(name, name)].tolist() for name in FIELDS)
    found = (Verdict(*values) for values in zip(*cells, strict=True))
    return dict(zip(own["service"].tolist(), found, strict=True))


def with_verdict(inputs: CenterInputs, scenario: str, service: str, verdict: Verdict) -> CenterInputs:
    """The inputs as they come to be with this decision: nothing is stored."""
    rows = inputs.frames["decisions"]
    is_own = (rows["scenario"] == scenario) & (rows["service"] == service)
    row: dict[Any, Any] = {"scenario": scenario, "service": service}
    if is_own.any():
        row |= rows[is_own].iloc[0].to_dict()
    row |= {_COLUMNS.get(name, name): getattr(verdict, name) for name in FIELDS} | {
        "status": Status.ENTERED.value
    }
    made = [] if verdict == Verdict() else [tidy("decisions", pd.DataFrame([row]))]
    decisions = tidy("decisions", pd.concat([rows[~is_own], *made]))
    return replace(inputs, frames={**inputs.frames, "decisions": decisions})
