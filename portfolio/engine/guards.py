"""Guards: teams too thin to cover, slices too thin to help, people stretched too far, roles that must not meet."""

from itertools import combinations

import numpy as np

from portfolio.engine.findings import Finding, warning
from portfolio.engine.schema import month_text, split_codes
from portfolio.engine.terms import ENDING, SEPARATED, DecisionKind, Phase
from portfolio.engine.working import Worked

#: Assumptions, not norms: no published figure was found for either. Shown as such beside the finding.
THIN_SLICE_FTE = 0.1
MOST_PARTICIPANTS_PER_PERSON = 6


def guard(done: Worked, steps: np.ndarray) -> list[Finding]:
    """All guards on a plan; ``steps`` (S, P, E) are the divided FTE."""
    return [
        *_cover(done),
        *_slices(done, steps),
        *_spread_thin(done),
        *_separation(done),
        *_dependencies(done),
        *_no_takers(done),
        *_no_weights(done),
    ]


def _persons(fte: np.ndarray) -> np.ndarray:
    """The fewest persons that can fill a team: nobody works more than one FTE."""
    return np.ceil(fte - 1e-9)


def _team(done: Worked) -> np.ndarray:
    return done.need.team * done.inputs.settings["fte_step"]


def _pools(done: Worked) -> list[tuple[int, str]]:
    """The new services: pools of people, where a slice is a person's working day."""
    phases = done.inputs.column("services", "phase")
    return [(row, service) for row, service in enumerate(done.planned.services) if phases[row] == Phase.NEW]


def _month(done: Worked, epoch: int) -> str:
    return month_text(int(done.time.starts[epoch]))


def short_of_persons(done: Worked) -> np.ndarray:
    """In which epochs (S, E) a team of the center has fewer persons than it needs to stand in for each other."""
    team, least = _team(done), done.inputs.column("services", "min_persons")
    return (team > 0) & ~done.planned.outsourced & (_persons(team) < least[:, None])


def _cover(done: Worked) -> list[Finding]:
    """Fewer persons than needed to stand in for each other; what is outsourced is covered by the supplier."""
    least = done.inputs.column("services", "min_persons")
    team, short = _team(done), short_of_persons(done)
    found = []
    for row, service in enumerate(done.planned.services):
        thin = np.flatnonzero(short[row])
        if len(thin):
            found.append(
                warning(
                    "too_few_persons",
                    "services",
                    (service,),
                    "min_persons",
                    severity=20,
                    service=service,
                    month=_month(done, thin[0]),
                    team=round(float(team[row, thin[0]]), 10),
                    least=int(least[row]),
                )
            )
    return found


def _slices(done: Worked, steps: np.ndarray) -> list[Finding]:
    """Participants whose part of a new pool is too small to be of use."""
    fte = steps * done.inputs.settings["fte_step"]
    names = list(done.inputs.participant_at)
    found = []
    for row, service in _pools(done):
        held = (
            done.uptake.takes[row][:, None]
            & done.planned.live[row][None, :]
            & (done.need.team[row] > 0)[None, :]
        )
        thin = held & (fte[row] < THIN_SLICE_FTE - 1e-9)
        if done.need.team[row].any() and thin.any():
            who = [names[column] for column in np.flatnonzero(thin.any(axis=1))]
            found.append(
                warning(
                    "thin_slice",
                    "services",
                    (service,),
                    "min_slice",
                    severity=2,
                    service=service,
                    participants=", ".join(who),
                    least=THIN_SLICE_FTE,
                )
            )
    return found


def _spread_thin(done: Worked) -> list[Finding]:
    """Too many participants for every person of a new pool."""
    takers, team = done.uptake.takes.sum(axis=1), _team(done)
    found = []
    for row, service in _pools(done):
        live = np.flatnonzero(team[row] > 0)
        stretched = [
            epoch for epoch in live if takers[row] / _persons(team[row, epoch]) > MOST_PARTICIPANTS_PER_PERSON
        ]
        if stretched:
            found.append(
                warning(
                    "too_many_participants",
                    "services",
                    (service,),
                    "",
                    severity=6,
                    service=service,
                    month=_month(done, stretched[0]),
                    takers=int(takers[row]),
                    persons=int(_persons(team[row, stretched[0]])),
                    most=MOST_PARTICIPANTS_PER_PERSON,
                )
            )
    return found


def _separation(done: Worked) -> list[Finding]:
    """One team of roles that one person may not combine, with too few persons to keep them apart."""
    family = {row.role: row.family.lower() for row in done.inputs.rows("roles")}
    mix: dict[str, set[str]] = {}
    for row in done.inputs.rows("role_mix"):
        if row.share > 0:
            mix.setdefault(row.service, set()).add(family[row.role])
    most = dict(zip(done.planned.services, _persons(_team(done)).max(axis=1, initial=0), strict=True))
    found = []
    for service in sorted(mix):
        pairs = [pair for pair in combinations(sorted(mix[service]), 2) if frozenset(pair) in SEPARATED]
        if pairs and 0 < most[service] < 2:
            one, other = pairs[0]
            found.append(
                warning(
                    "roles_not_combined",
                    "role_mix",
                    (service,),
                    "",
                    severity=30,
                    service=service,
                    one=one,
                    other=other,
                )
            )
    return found


def _dependencies(done: Worked) -> list[Finding]:
    """A decision that ends or moves what other live services need: one finding per service that is needed."""
    planned, at = done.planned, done.inputs.service_at
    needed_by: dict[str, list[str]] = {}
    for service, needs in zip(
        planned.services, done.inputs.column("services", "depends_on").tolist(), strict=True
    ):
        for needed in split_codes(needs):
            needed_by.setdefault(needed, []).append(service)
    decided = {row.service: row for row in done.inputs.rows("decisions")}
    found = []
    for needed, services in sorted(needed_by.items()):
        there, row = at[needed], decided.get(needed)
        kind = DecisionKind(row.decision) if row else DecisionKind.UNDECIDED
        gone = planned.live & ~planned.live[there]
        moved = planned.live & planned.live[there] & planned.outsourced[there] & ~planned.outsourced
        for code, epochs, severity in (
            ("needs_ended" if kind in ENDING else "needs_absent", gone, 40),
            ("needs_moved", moved, 10),
        ):
            hit = [service for service in services if epochs[at[service]].any()]
            if hit:
                first = int(np.flatnonzero(epochs[[at[service] for service in hit]].any(axis=0))[0])
                sheet, key = ("decisions", (row.scenario, needed)) if row else ("services", (needed,))
                named = {"needed": needed, "service": ", ".join(hit), "month": _month(done, first)}
                found.append(warning(code, sheet, key, "", severity=severity, **named))
    return found


def _no_takers(done: Worked) -> list[Finding]:
    """A service that runs although no one takes it; whoever takes another service bears what it still costs."""
    return [
        warning("no_takers", "services", (service,), "", severity=12, service=service)
        for row, service in enumerate(done.planned.services)
        if done.planned.live[row].any() and not done.uptake.takes[row].any()
    ]


def _no_weights(done: Worked) -> list[Finding]:
    """A service whose key gives everyone zero, so that it is shared equally."""
    found = []
    for row, service in enumerate(done.planned.services):
        live = done.planned.live[row] & (done.need.demand[row].sum(axis=0) <= 0)
        by_demand = live & (done.planned.cost_key[row] == "demand")
        costly = done.cost.paid[row, :5].sum() > 0
        if by_demand.any() and costly and done.uptake.takes[row].sum() > 1:
            found.append(
                warning(
                    "no_weights",
                    "services",
                    (service,),
                    "cost_key",
                    severity=4,
                    service=service,
                    month=_month(done, int(np.flatnonzero(by_demand)[0])),
                )
            )
    return found
