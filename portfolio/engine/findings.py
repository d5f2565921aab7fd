"""Findings: what is wrong or worth knowing, with its place, in words that the layers above translate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portfolio.engine.messages import TEXTS
from portfolio.engine.terms import Level


@dataclass(frozen=True)
class Place:
    """Where: a sheet, the key of its row (empty: the whole sheet) and a column (empty: the whole row)."""

    sheet: str
    key: tuple[str | int, ...] = ()
    column: str = ""

    def __str__(self) -> str:
        row = "+".join(str(part) for part in self.key)
        return ":".join(part for part in (self.sheet, row, self.column) if part)


@dataclass(frozen=True)
class Finding:
    """One remark. ``code`` names a text in ``messages.TEXTS``; ``params`` fill it; ``severity`` orders a list.

    ``params`` are raw values (words, numbers): whoever shows the finding formats them in its own language.
    """

    level: Level
    code: str
    place: Place
    params: Mapping[str, Any] = field(default_factory=dict)
    severity: float = 0.0

    @property
    def message(self) -> str:
        """The text in English."""
        return TEXTS[self.code] % self.params

    def __hash__(self) -> int:
        return hash((self.level, self.code, self.place))


def error(
    code: str, sheet: str, key: tuple[str | int, ...] = (), column: str = "", /, **params: Any
) -> Finding:
    """A finding that stops the computation."""
    return Finding(Level.ERROR, code, Place(sheet, key, column), params)


def warning(
    code: str,
    sheet: str,
    key: tuple[str | int, ...] = (),
    column: str = "",
    /,
    *,
    severity: float = 0.0,
    **params: Any,
) -> Finding:
    """A finding that a decision-maker must know; a higher ``severity`` stands higher in a list."""
    return Finding(Level.WARNING, code, Place(sheet, key, column), params, severity)


def note(
    code: str, sheet: str, key: tuple[str | int, ...] = (), column: str = "", /, **params: Any
) -> Finding:
    """A finding that explains how a figure came about."""
    return Finding(Level.NOTE, code, Place(sheet, key, column), params)


class Refused(Exception):
    """The inputs cannot be computed; ``findings`` say why, errors first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = in_order(findings)
        super().__init__("; ".join(f"{finding.place}: {finding.message}" for finding in self.findings))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, then warnings with the most severe first, then notes; equal ones by place, so the order is fixed."""
    rank = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}
    unique = {(f.level, f.code, str(f.place), f.message): f for f in findings}
    return sorted(
        unique.values(), key=lambda f: (rank[f.level], -f.severity, str(f.place), f.code, f.message)
    )


def refuse_errors(findings: Iterable[Finding]) -> None:
    """Raise ``Refused`` when any finding is an error."""
    errors = [finding for finding in findings if finding.level is Level.ERROR]
    if errors:
        raise Refused(errors)
