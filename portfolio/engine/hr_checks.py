"""Checks on a whole HR workbook beside its center: what single cells cannot show. Errors name their row."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from portfolio.engine.findings import Finding, error, in_order, warning
from portfolio.engine.hr_inputs import HrInputs, day
from portfolio.engine.hr_schema import CENTER, EXTERNAL, FRAMES
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.pension import age_on
from portfolio.engine.redundancy import BANDS
from portfolio.engine.rounding import whole_steps
from portfolio.engine.terms import SEPARATED, Comparison

YOUNGEST = min(BANDS.values())


def find(hr: HrInputs, center: CenterInputs) -> list[Finding]:
    """Everything that is wrong before anybody is placed."""
    families = (_references, _dates, _steps, _functions, _competences, _posts, _locks)
    return in_order(finding for family in families for finding in family(hr, center))


def roles_of_teams(center: CenterInputs) -> dict[str, set[str]]:
    """The services of which a role is part of the team, by role."""
    teams: dict[str, set[str]] = {}
    mix = center.frames["role_mix"]
    for service, role, share in zip(mix["service"], mix["role"], mix["share"], strict=True):
        if share > 0:
            teams.setdefault(role, set()).add(service)
    return teams


def _keyed(hr: HrInputs, name: str) -> Iterator[tuple[Any, tuple[str | int, ...]]]:
    key = FRAMES[name].key
    for row in hr.rows(name):
        yield row, tuple(getattr(row, column) for column in key)


def _references(hr: HrInputs, center: CenterInputs) -> Iterable[Finding]:
    known = {
        "roles": set(center.frames["roles"]["role"]),
        "services": set(center.frames["services"]["service"]),
        "staff": set(hr["staff"]["person"]),
    }
    employers = {CENTER, EXTERNAL, *center.frames["participants"]["code"]}
    for name, spec in FRAMES.items():
        refers = {column.name: column.refers for column in spec.columns if column.refers}
        if name != "staff":
            refers["person"] = "staff"
        for row, key in _keyed(hr, name):
            for column, sheet in refers.items():
                value = getattr(row, column, "")
                if value and value not in known[sheet]:
                    yield error("unknown_code", name, key, column, value=value, sheet=sheet)
    for row, key in _keyed(hr, "staff"):
        if row.employer not in employers:
            yield error("unknown_code", "staff", key, "employer", value=row.employer, sheet="participants")


def _dates(hr: HrInputs, center: CenterInputs) -> Iterable[Finding]:
    """Born, then employed, then until; born and employed before the reference date."""
    reference = hr.reference_date
    said = reference.isoformat()
    for row, key in _keyed(hr, "staff"):
        born, since, until = day(row.born), day(row.employed_since), day(row.until)
        if born and born > reference:
            yield error("future_birth", "staff", key, "born", value=row.born, reference=said)
        elif born and age_on(reference, born) < YOUNGEST:
            yield error("under_age", "staff", key, "born", value=row.born, reference=said)
        elif born and since and since <= born:
            yield error("not_after", "staff", key, "employed_since", value=row.employed_since, other=row.born)
        if since and since > reference:
            yield error(
                "future_birth", "staff", key, "employed_since", value=row.employed_since, reference=said
            )
        if until and since and until <= since:
            yield error("not_after", "staff", key, "until", value=row.until, other=row.employed_since)


def _steps(hr: HrInputs, center: CenterInputs) -> Iterable[Finding]:
    step = center.settings["fte_step"]
    for row, key in _keyed(hr, "staff"):
        try:
            whole_steps(row.fte, step)
        except ValueError:
            yield error("fte_not_in_steps", "staff", key, "fte", value=row.fte, step=step)


def _functions(hr: HrInputs, center: CenterInputs) -> Iterable[Finding]:
    for row, key in _keyed(hr, "functions"):
        lapses = row.comparison == Comparison.LAPSED
        if lapses and row.new_role:
            yield warning("new_role_unwanted", "functions", key, "new_role", value=row.new_role)
        if not lapses and not row.new_role:
            yield error("new_role_missing", "functions", key, "new_role", comparison=row.comparison)


def _competences(hr: HrInputs, center: CenterInputs) -> Iterable[Finding]:
    for row, key in _keyed(hr, "competences"):
        if bool(row.person) == bool(row.role):
            yield error("person_or_role", "competences", key, "competence")


def _posts(hr: HrInputs, center: CenterInputs) -> Iterable[Finding]:
    """Whatever is preferred, agreed or locked names a post that some team has."""
    teams, known = roles_of_teams(center), set(center.frames["roles"]["role"])
    for name in ("preferences", "agreements"):
        for row, key in _keyed(hr, name):
            if row.role not in known:
                continue  # blank, or told as unknown
            found = teams.get(row.role, set())
            if not found:
                yield error("no_such_post_anywhere", name, key, "role", role=row.role)
            elif row.service and row.service not in found and _is_service(center, row.service):
                yield error("no_such_post", name, key, "service", role=row.role, service=row.service)


def _is_service(center: CenterInputs, code: str) -> bool:
    return code in set(center.frames["services"]["service"])


def _locks(hr: HrInputs, center: CenterInputs) -> Iterable[Finding]:
    """A lock names one post; the locks of one person can hold together, whatever the scenario."""
    teams = roles_of_teams(center)
    roles = center.frames["roles"]
    family = dict(zip(roles["role"], roles["family"].str.lower(), strict=True))
    can_split = {row.person for row in hr.rows("agreements") if row.may_split}
    posts: dict[str, list[tuple[str, str]]] = {}
    first: dict[str, tuple[str | int, ...]] = {}
    for row, key in _keyed(hr, "agreements"):
        if not row.locked:
            continue
        if not row.role:
            yield error("lock_without_role", "agreements", key, "role")
            continue
        services = {row.service} if row.service else teams.get(row.role, set())
        if len(services) > 1:
            yield error("lock_without_service", "agreements", key, "service", role=row.role)
        elif services:
            first.setdefault(row.person, key)
            posts.setdefault(row.person, []).append((*services, row.role))
    for person, held in posts.items():
        held = sorted(set(held))
        apart = any(
            frozenset({family.get(one[1], ""), family.get(two[1], "")}) in SEPARATED
            for one, two in combinations(held, 2)
        )
        if len(held) > (2 if person in can_split else 1) or apart:
            said = ", ".join(f"{service} {role}" for service, role in held)
            yield error("lock_circle", "agreements", first[person], "locked", person=person, posts=said)
