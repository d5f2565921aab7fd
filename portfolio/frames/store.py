"""Plans in and out of the database: frames packed as whole numbers, headline figures as rows, findings as JSON."""

import json
import math
import struct
import zlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from portfolio.engine.findings import Finding, Place
from portfolio.engine.results import PlanResults
from portfolio.engine.terms import Level
from portfolio.models.plans import Plan, PlanFrame, PlanHeadline

_HEAD = struct.Struct("<4sI")
_MAGIC = b"RKF1"
_UNITS = ("fte", "eur", "share")


# --- One frame ---


def pack(frame: pd.DataFrame, *, step: float = 1.0) -> bytes:
    """A frame as bytes: words as indices of labels, FTE as whole steps, money as whole cents, compressed.

    ``unpack(pack(frame))`` is the same frame to the last bit. A column that is no multiple of anything stays
    as it is.
    """
    columns, buffers = [], []
    for name in frame.columns:
        described, buffer = _pack_column(frame[name], step)
        columns.append({"name": name, **described})
        buffers.append(buffer)
    head = json.dumps({"rows": len(frame), "columns": columns}).encode()
    return zlib.compress(_HEAD.pack(_MAGIC, len(head)) + head + b"".join(buffers), 1)


def unpack(blob: bytes | memoryview) -> pd.DataFrame:
    """The frame that was packed."""
    data = zlib.decompress(blob)
    magic, size = _HEAD.unpack_from(data)
    if magic != _MAGIC:
        raise ValueError("this is no packed frame")
    at = _HEAD.size + size
    head = json.loads(data[_HEAD.size : at])
    out = {}
    for column in head["columns"]:
        stored = np.dtype(column["stored"])
        numbers = np.frombuffer(data, dtype=stored, count=head["rows"], offset=at)
        at += head["rows"] * stored.itemsize
        out[column["name"]] = _unpack_column(column, numbers)
    return pd.DataFrame(out, index=pd.RangeIndex(head["rows"]), copy=False)


def _pack_column(series: pd.Series, step: float) -> tuple[dict[str, Any], bytes]:
    dtype = series.dtype
    if isinstance(dtype, np.dtype) and dtype.kind in "iub":
        return _described("whole", str(dtype), _narrow(series.to_numpy().astype("int64")))
    if dtype == "float64":
        return _pack_floats(series.to_numpy(), step)
    codes, labels = pd.factorize(series, use_na_sentinel=True)
    if (codes < 0).any():
        raise ValueError(f"{series.name}: a word is missing; blank is an empty text")
    described, buffer = _described("words", "str" if str(dtype) == "str" else "object", _narrow(codes))
    return {**described, "labels": [str(label) for label in labels]}, buffer


def _pack_floats(values: np.ndarray, step: float) -> tuple[dict[str, Any], bytes]:
    """As whole multiples of 1 or of the step, where that gives back each value to the last bit."""
    blank = np.isnan(values)
    for unit in dict.fromkeys((1.0, step)):
        with np.errstate(invalid="ignore", over="ignore"):
            whole = np.rint(np.where(blank, 0.0, values) / unit)
        if not np.isfinite(whole).all() or np.abs(whole).max(initial=0) >= 2**52:
            continue
        numbers = whole.astype("int64")  # before comparing: -0.0 has no whole number
        if _same(np.where(blank, np.nan, np.round(numbers * unit, 10)), values):
            gap = int(numbers.min(initial=0)) - 1
            numbers[blank] = gap
            described, buffer = _described("steps", "float64", _narrow(numbers))
            return {**described, "unit": unit, "blank": gap if blank.any() else None}, buffer
    return _described("raw", "float64", values)


def _same(left: np.ndarray, right: np.ndarray) -> bool:
    blank = np.isnan(right)
    bits = left[~blank].view("int64") == right[~blank].view("int64")
    return bool(bits.all()) and bool(np.isnan(left[blank]).all())


def _described(kind: str, dtype: str, numbers: np.ndarray) -> tuple[dict[str, Any], bytes]:
    stored = numbers.astype(numbers.dtype.newbyteorder("<"), copy=False)
    return {"kind": kind, "dtype": dtype, "stored": stored.dtype.str}, stored.tobytes()


def _narrow(numbers: np.ndarray) -> np.ndarray:
    """The smallest whole type that holds the numbers."""
    low, high = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    kind = next(
        kind for kind in ("i1", "i2", "i4", "i8") if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max
    )
    return numbers.astype(kind)


def _unpack_column(column: dict[str, Any], numbers: np.ndarray) -> pd.Series:
    if column["kind"] == "words":
        # Taken from an array that is checked already; as plain words, pandas would look at each again.
        labels = pd.Series(column["labels"], dtype=column["dtype"]).array
        return pd.Series(labels.take(numbers.astype("intp")), dtype=labels.dtype, copy=False)
    if column["kind"] == "whole":
        return pd.Series(numbers.astype(column["dtype"]), copy=False)
    if column["kind"] == "raw":
        return pd.Series(numbers.astype("float64"), copy=False)
    values = np.round(numbers * column["unit"], 10)
    if column["blank"] is not None:
        values[numbers == column["blank"]] = np.nan
    return pd.Series(values, copy=False)


# --- One plan ---


def save_results(plan: Plan, results: PlanResults, *, step: float) -> None:
    """Everything that was computed, beside a plan that was just made."""
    PlanFrame.objects.bulk_create(
        PlanFrame(plan=plan, name=name, blob=pack(frame, step=step)) for name, frame in results.frames.items()
    )
    PlanHeadline.objects.bulk_create(
        PlanHeadline(plan=plan, name=name, value=_headline(value), unit=unit_of(name))
        for name, value in results.headlines.items()
    )


def load_frame(plan: Plan, name: str) -> pd.DataFrame:
    """One result frame of a plan."""
    return load_frames(plan, [name])[name]


def load_frames(plan: Plan, names: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Several result frames of a plan, in one query."""
    found = PlanFrame.objects.filter(plan=plan, name__in=list(names)).order_by().values_list("name", "blob")
    return {name: unpack(blob) for name, blob in found}


def load_headlines(plan: Plan) -> dict[str, float]:
    """Headline figures by name; an unknown one is NaN."""
    found = PlanHeadline.objects.filter(plan=plan).order_by().values_list("name", "value")
    return {name: math.nan if value is None else float(value) for name, value in found}


def load_headlines_of(plans: Iterable[Plan]) -> dict[int, dict[str, float]]:
    """Headline figures of several plans, by primary key of the plan, in one query."""
    out: dict[int, dict[str, float]] = {}
    found = (
        PlanHeadline.objects.filter(plan__in=list(plans)).order_by().values_list("plan_id", "name", "value")
    )
    for plan, name, value in found:
        out.setdefault(plan, {})[name] = math.nan if value is None else float(value)
    return out


def unit_of(name: str) -> str:
    """The unit stands last in the name of a headline figure.

    >>> unit_of("today_team_fte"), unit_of("services")
    ('fte', '')
    """
    last = name.rsplit("_", 1)[-1]
    return last if last in _UNITS else ""


def _headline(value: float) -> Decimal | None:
    return Decimal(f"{value:.15g}").quantize(Decimal("0.000001")) if math.isfinite(value) else None


# --- Findings ---


def pack_findings(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as JSON, which texts are made of later, in the language of whoever reads them."""
    return [
        {
            "level": str(finding.level.value),
            "code": finding.code,
            "sheet": finding.place.sheet,
            "key": [_plain(part) for part in finding.place.key],
            "column": finding.place.column,
            "params": _plain(finding.params),
            "severity": float(finding.severity),
        }
        for finding in findings
    ]


def unpack_findings(packed: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """The findings that were packed."""
    return [
        Finding(
            Level(found["level"]),
            found["code"],
            Place(found["sheet"], tuple(found["key"]), found["column"]),
            found["params"],
            found["severity"],
        )
        for found in packed
    ]


def _plain(value: Any) -> Any:
    """A value that JSON can hold: numpy's numbers become Python's, and what JSON lacks becomes text."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
