"""Result frames as CSV files, one meaning per column, the same bytes for the same results."""

import csv
import io
import math
from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from portfolio.engine.findings import Finding, in_order
from portfolio.engine.results import PlanResults
from portfolio.engine.terms import Level
from portfolio.sheets.cells import RUNS_AS_FORMULA
from portfolio.sheets.wording import said

Write = Callable[[object], str]


def csv_files(
    plans: Sequence[PlanResults],
    findings: Iterable[Finding],
    *,
    where: Callable[[Finding], str],
    language: str,
) -> dict[str, bytes]:
    """File names and contents: a file per frame with all plans in it, and the findings beside them."""
    made = [name for name in FILES if all(name in plan.frames for plan in plans)]
    files = {f"{name}.csv": _frame_file(name, plans) for name in made}
    return files | {"findings.csv": findings_file(findings, where=where, language=language)}


def findings_file(findings: Iterable[Finding], *, where: Callable[[Finding], str], language: str) -> bytes:
    """Warnings and notes, the most severe first, each once."""
    return csv_file(
        ("level", "code", "where", "message"), finding_rows(findings, where=where, language=language)
    )


def finding_rows(
    findings: Iterable[Finding], *, where: Callable[[Finding], str], language: str
) -> list[tuple[str, str, str, str]]:
    """Level, code, where and message, in words that a spreadsheet will not run."""
    rows = [
        (finding.level.value, finding.code, safe(where(finding)), safe(said(finding, language)))
        for finding in in_order(findings)
        if finding.level is not Level.ERROR
    ]
    return list(dict.fromkeys(rows))


def safe(text: object) -> str:
    """A text that no spreadsheet runs as a formula: an apostrophe before what could start one.

    >>> safe("=1+1"), safe("CISO")
    ("'=1+1", 'CISO')
    """
    word = str(text)
    return f"'{word}" if word.startswith(RUNS_AS_FORMULA) else word


def decimal(value: object) -> str:
    """A number as long as it is, without float noise or exponent; blank when unknown.

    >>> decimal(0.15000000000000002), decimal(2.0), decimal(float("nan"))
    ('0.15', '2', '')
    """
    number = float(str(value))
    if math.isnan(number):
        return ""
    text = f"{number:.9f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def euros(cents: object) -> str:
    """Integer cents as euros with two decimals; blank when unknown.

    >>> euros(123456), euros(-5), euros(float("nan"))
    ('1234.56', '-0.05', '')
    """
    if pd.isna(cents):  # type: ignore[call-overload]
        return ""
    whole, rest = divmod(abs(round(float(str(cents)))), 100)
    return f"{'-' if float(str(cents)) < 0 else ''}{whole}.{rest:02d}"


def whole(value: object) -> str:
    """An integer.

    >>> whole(2027.0)
    '2027'
    """
    return str(round(float(str(value))))


#: Per file its columns: the name in the file, the name in the frame, how it is written, whether it is part of the key.
FILES: dict[str, tuple[tuple[str, str, Write, bool], ...]] = {
    "team_fte": (
        ("scenario", "scenario", safe, True),
        ("service", "service", safe, True),
        ("month", "month", safe, True),
        ("fte", "fte", decimal, False),
        ("bound_by", "bound_by", safe, False),
    ),
    "fte_allocation": (
        ("scenario", "scenario", safe, True),
        ("service", "service", safe, True),
        ("participant", "participant", safe, True),
        ("month", "month", safe, True),
        ("fte", "fte", decimal, False),
    ),
    "cost": (
        ("scenario", "scenario", safe, True),
        ("service", "service", safe, True),
        ("part", "part", safe, True),
        ("year", "year", whole, True),
        ("eur", "eur_cents", euros, False),
    ),
    "contributions": (
        ("scenario", "scenario", safe, True),
        ("participant", "participant", safe, True),
        ("year", "year", whole, True),
        ("eur", "eur", whole, False),
        ("current_eur", "current_eur_cents", euros, False),
        ("own_effort_eur", "own_effort_eur_cents", euros, False),
    ),
    "sharing": (
        ("scenario", "scenario", safe, True),
        ("year", "year", whole, True),
        ("method", "method", safe, True),
        ("participant", "participant", safe, True),
        ("eur", "eur_cents", euros, False),
    ),
    "core": (
        ("scenario", "scenario", safe, True),
        ("year", "year", whole, True),
        ("method", "method", safe, True),
        ("coalition", "coalition", safe, True),
        ("excess_eur", "excess_eur_cents", euros, False),
    ),
}


def _frame_file(name: str, plans: Sequence[PlanResults]) -> bytes:
    columns = FILES[name]
    keys = [column for _head, column, _write, is_key in columns if is_key]
    frame = pd.concat([plan[name] for plan in plans], ignore_index=True)
    if frame.duplicated(keys).any():
        raise ValueError(f"{name}: duplicate key")
    frame = frame.sort_values(keys, kind="stable")
    cells = [[write(value) for value in frame[column].tolist()] for _head, column, write, _is_key in columns]
    return csv_file([head for head, *_rest in columns], zip(*cells, strict=True))


def csv_file(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A head and rows, all written by then, as UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return text.getvalue().encode()
