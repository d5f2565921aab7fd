"""What a scenario says about one service, as a value: from a row or a frame, and laid into the inputs of a center."""

import hashlib
from collections.abc import Collection
from dataclasses import astuple, dataclass, replace
from typing import Any

import pandas as pd

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import tidy
from portfolio.engine.terms import ENDING, DecisionKind, Phase, Status
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


def keyed(inputs: CenterInputs, scenario: str) -> dict[str, tuple[str, str, str]]:
    """The services that a decision of the scenario can give a cost key: the key that holds, from and until when.

    A service that ends or does not start has no cost under its decision, so a key there would do nothing.
    """
    verdicts, out = verdicts_of(inputs, scenario), {}
    services = inputs.frames["services"]
    for code, phase, own in services[["service", "phase", "cost_key"]].itertuples(index=False, name=None):
        verdict = verdicts.get(code, Verdict())
        starts = phase == Phase.CURRENT or verdict.decision == DecisionKind.START
        if starts and verdict.decision not in ENDING:
            out[code] = (verdict.cost_key or own, verdict.from_month, verdict.until_month)
    return out


def with_cost_key(
    inputs: CenterInputs, scenario: str, key: str, services: Collection[str] = ()
) -> CenterInputs:
    """The inputs with one key for the cost of the services, or of all that can have one; nothing is stored.

    A service that nothing was decided on stays undecided, with a key.
    """
    verdicts = verdicts_of(inputs, scenario)
    for code, (now, *_window) in keyed(inputs, scenario).items():
        if (code in services or not services) and now != key:
            verdict = replace(verdicts.get(code, Verdict()), cost_key=key)
            inputs = with_verdict(inputs, scenario, code, verdict)
    return inputs
