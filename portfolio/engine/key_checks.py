"""Checks on sharing keys: names that clash, tables mixed with keys, circles, shares that do not add up."""

from collections.abc import Iterable, Mapping

from portfolio.engine.findings import Finding, error, warning
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.terms import BuiltinKey

TOLERANCE = 1e-6


def check_keys(inputs: CenterInputs) -> Iterable[Finding]:
    """Everything that keeps a key from being read in exactly one way."""
    participants = set(inputs.frames["participants"]["code"])
    drivers = set(inputs.frames["drivers"]["driver"])
    parts: dict[str, dict[str, float]] = {}
    for row in inputs.frames["keys"].itertuples(index=False):
        parts.setdefault(row.key, {})[row.part] = row.share
    reserved = set(BuiltinKey) | drivers
    for code in sorted(participants & (reserved | set(parts))):
        yield error("code_is_key", "participants", (code,), "code", code=code)
    known = participants | reserved | set(parts)
    for name in sorted(parts):
        first = (name, min(parts[name]))
        if name in reserved:
            yield error("key_name_taken", "keys", first, "key", key=name)
        for part in sorted(set(parts[name]) - known):
            yield error("unknown_code", "keys", (name, part), "part", value=part, sheet="participants, keys")
        of_people = set(parts[name]) & participants
        if of_people and of_people != set(parts[name]):
            yield error("key_mixed", "keys", first, "part", key=name)
        total = round(sum(parts[name].values()), 9)
        if abs(total - 1) > TOLERANCE:
            if of_people:
                yield warning("table_sum", "keys", first, "share", key=name, total=total)
            else:
                yield error("shares_sum", "keys", first, "share", item=name, total=total)
    for name in sorted(parts):
        circle = _circle(name, parts)
        if circle:
            yield error("key_circle", "keys", (name, circle[1]), "part", circle=" > ".join(circle))


def _circle(name: str, parts: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The path from a key back to itself, empty when there is none."""
    stack = [[name]]
    seen = set()
    while stack:
        path = stack.pop()
        for part in sorted(parts.get(path[-1], {})):
            if part == name:
                return [*path, part]
            if part in parts and part not in seen:
                seen.add(part)
                stack.append([*path, part])
    return []
