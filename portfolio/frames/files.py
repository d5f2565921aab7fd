"""A center as a folder of plain CSV files, one per frame: how the demo region is kept."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import FRAMES, columns
from portfolio.frames.staff import Person

_YES_NO = {"yes": True, "no": False, "": None}


def read_folder(folder: Path) -> CenterInputs:
    """``center.csv`` with settings, and a file per frame that has rows. Unknown columns are refused."""
    settings = {row["setting"]: row["value"] for row in _rows(folder / "center.csv")}
    frames = {
        name: _frame(name, folder / f"{name}.csv") for name in FRAMES if (folder / f"{name}.csv").exists()
    }
    return CenterInputs.of(settings, frames)


def read_persons(path: Path) -> list[Person]:
    """The staff, with fictional names, from ``staff.csv``."""
    return [
        Person(
            number=row["person"],
            role=row["role"],
            fte=float(row["fte"]),
            employer=row["employer"] or "center",
            scale=row["scale"],
            born=_day(row["born"]),
            employed_since=_day(row["employed_since"]),
            until=_day(row["until"]),
            service=row["service"],
            name=row["name"],
        )
        for row in _rows(path)
    ]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def _frame(name: str, path: Path) -> pd.DataFrame:
    frame = pd.DataFrame(list(_rows(path)), dtype="object")
    known = {column.name: column for column in columns(name)}
    if unknown := sorted(set(frame.columns) - set(known)):
        raise ValueError(f"{path.name}: unknown columns {', '.join(unknown)}")
    for column in frame.columns:
        if known[column].dtype == "bool":
            frame[column] = frame[column].map(_YES_NO)
        elif known[column].dtype != "object":
            frame[column] = pd.to_numeric(frame[column].replace("", None))
    return frame


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
