"""Every service of a scenario with what is decided about it, how far deciding is, and in which groups it is shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.terms import FOR_CURRENT, FOR_NEW, DecisionKind, Phase
from portfolio.frames.decisions import Verdict, verdicts_of
from portfolio.frames.uptake import Take, takes_of
from portfolio.models.labels import BUILTIN_KEYS, DECISIONS
from portfolio.reports.effects import Effect, Effects
from portfolio.reports.names import Names
from portfolio.reports.outlook import Outlook
from portfolio.templatetags.figures import month

NEW_GROUP = "new"
#: How the share bar colors what was decided.
KINDS = {
    DecisionKind.KEEP: "keep",
    DecisionKind.OUTSOURCE: "out",
    DecisionKind.OUTSOURCE_MANAGED: "out",
    DecisionKind.RETURN: "gone",
    DecisionKind.STOP: "gone",
    DecisionKind.START: "new",
    DecisionKind.UNDECIDED: "open",
}


def anchor_of(code: str) -> str:
    """A service's code as what is safe as an id in a page."""
    return "".join(sign if sign.isalnum() else f"-{ord(sign):x}-" for sign in code)


@dataclass(frozen=True)
class Row:
    """One service: ``options`` and keys are (value, label) to choose from; ``team`` FTE today and at the end."""

    code: str
    name: str
    phase: str
    group: str
    verdict: Verdict
    label: str
    kind: str
    options: Sequence[tuple[str, str]]
    effects: Sequence[Effect]
    team_was: float
    team_becomes: float | None
    takers: int
    participants: int
    fte_key: str
    cost_key: str

    key_names: Mapping[str, str]

    @property
    def fte_key_label(self) -> str:
        return self.key_names.get(self.fte_key, self.fte_key)

    @property
    def cost_key_label(self) -> str:
        return self.key_names.get(self.cost_key, self.cost_key)

    @property
    def verdict_keys(self) -> tuple[str, str]:
        """The keys that the decision gives, by name."""
        keys = (self.verdict.fte_key, self.verdict.cost_key)
        return tuple(self.key_names.get(key, key) for key in keys)  # type: ignore[return-value]

    @property
    def anchor(self) -> str:
        return anchor_of(self.code)


@dataclass(frozen=True)
class Group:
    """Services under one heading."""

    key: str
    name: str
    rows: Sequence[Row]

    @property
    def decided(self) -> int:
        return sum(row.verdict.is_decided for row in self.rows)


def decision_rows(
    inputs: CenterInputs, scenario: str, outlook: Outlook, names: Names, only: str = ""
) -> list[Row]:
    """All services in the order of the page, or one of them."""
    services = inputs.frames["services"].to_dict("records")
    verdicts = verdicts_of(inputs, scenario)
    takes = takes_of(inputs, scenario)
    people = inputs.frames["participants"]["code"].tolist()
    effects = Effects(inputs.plan_inputs(scenario), outlook, names)
    keys = dict(key_options(inputs, names))
    rows = [
        _row(service, verdicts.get(service["service"], Verdict()), takes, people, effects, keys)
        for service in services
        if not only or service["service"] == only
    ]
    return sorted(rows, key=lambda row: (row.group == NEW_GROUP, row.group.casefold()))


def _row(
    service: Mapping[Any, Any], verdict: Verdict, takes: Mapping[tuple[str, str], Take], people: Sequence[str],
    effects: Effects, keys: Mapping[str, str],
) -> Row:  # fmt: skip
    code, phase = service["service"], service["phase"]
    was, becomes = effects.team(code)
    return Row(
        code=code,
        name=service["name"],
        phase=phase,
        group=NEW_GROUP if phase == Phase.NEW else service["category"],
        verdict=verdict,
        label=capfirst(str(DECISIONS[DecisionKind(verdict.decision)])),
        kind=KINDS[DecisionKind(verdict.decision)],
        options=[(kind.value, capfirst(str(DECISIONS[kind]))) for kind in fitting(phase)],
        effects=effects.of(code, phase, verdict),
        team_was=was,
        team_becomes=becomes,
        takers=sum(takes.get((code, person), Take()).takes for person in people),
        participants=len(people),
        fte_key=service["fte_key"],
        cost_key=service["cost_key"],
        key_names=keys,
    )


def fitting(phase: str) -> list[DecisionKind]:
    """What can be decided on a service of this phase, what is open first."""
    allowed = FOR_CURRENT if phase == Phase.CURRENT else FOR_NEW
    rest = [kind for kind in DecisionKind if kind in allowed and kind is not DecisionKind.UNDECIDED]
    return [DecisionKind.UNDECIDED, *rest]


def grouped(rows: Iterable[Row]) -> list[Group]:
    """Current services by category, then the new ones."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return [Group(key, _group_name(key), held) for key, held in groups.items()]


def _group_name(key: str) -> str:
    return _("New services") if key == NEW_GROUP else key or _("Without a group")


def progress(verdicts: Iterable[Verdict]) -> list[dict[str, object]]:
    """The parts of the share bar; what nothing fell to is left out."""
    counts: dict[str, int] = {}
    for verdict in verdicts:
        kind = KINDS[DecisionKind(verdict.decision)]
        counts[kind] = counts.get(kind, 0) + 1
    labels = {
        "keep": _("stays"), "out": _("outsourced"), "gone": _("ends at the center"), "new": _("starts"),
        "open": _("not decided"),
    }  # fmt: skip
    return [
        {"label": label, "value": counts[kind], "kind": kind}
        for kind, label in labels.items()
        if counts.get(kind)
    ]


def key_options(inputs: CenterInputs, names: Names) -> list[tuple[str, str]]:
    """Every key that can divide something, with its name."""
    frames = inputs.frames
    own = sorted(set(frames["keys"]["key"]))
    drivers = [(code, names.driver(code)) for code in frames["drivers"]["driver"]]
    return [
        *((str(key), str(label)) for key, label in BUILTIN_KEYS.items()),
        *drivers,
        *((key, key) for key in own),
    ]


def act_text(row: Row) -> str:
    """What was just decided, for the undo bar."""
    return _("%(service)s: %(decision)s.") % {"service": row.name, "decision": row.label.lower()}


@dataclass(frozen=True)
class Differing:
    """A service on which two scenarios decide differently, in words."""

    code: str
    name: str
    mine: str
    other: str
    token: str


def differing(inputs: CenterInputs, scenario: str, source: str) -> list[Differing]:
    """Where a source decides otherwise than a scenario; reasons and owners alone are no difference."""
    mine, other = verdicts_of(inputs, scenario), verdicts_of(inputs, source)
    names = Names(inputs.frames)
    found = []
    for code in inputs.frames["services"]["service"].tolist():
        here, there = mine.get(code, Verdict()), other.get(code, Verdict())
        if replace(here, reason="", owner="") != replace(there, reason="", owner=""):
            words = in_words(here, names), in_words(there, names)
            found.append(Differing(code, names.service(code), *words, here.token))
    return sorted(found, key=lambda one: one.name.casefold())


def in_words(verdict: Verdict, names: Names) -> str:
    """A decision on one line: what, from when to when, by which keys."""
    said = [capfirst(str(DECISIONS[DecisionKind(verdict.decision)]))]
    if verdict.from_month:
        said.append(_("from %(month)s") % {"month": month(verdict.from_month)})
    if verdict.until_month:
        said.append(_("until %(month)s") % {"month": month(verdict.until_month)})
    builtin = {str(key): str(label) for key, label in BUILTIN_KEYS.items()}
    for key, text in ((verdict.fte_key, _("FTE by %(key)s")), (verdict.cost_key, _("cost by %(key)s"))):
        if key:
            said.append(text % {"key": builtin.get(key) or names.driver(key)})
    return ", ".join(said)
