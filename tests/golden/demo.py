"""The demo region as the engine takes it: the CSVs of fixtures/demo read into CenterInputs."""

from pathlib import Path

import pandas as pd

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import FRAMES, WORDS, Column, Kind, columns

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "demo"


def center(folder: Path = FOLDER) -> CenterInputs:
    """Settings and one frame per CSV; a frame without a CSV stays empty."""
    settings = dict(_read(folder / "center.csv").itertuples(index=False, name=None))
    return CenterInputs.of(
        settings, {name: _frame(folder, name) for name in FRAMES if (folder / f"{name}.csv").exists()}
    )


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def _frame(folder: Path, name: str) -> pd.DataFrame:
    """Words stay words, yes and no become booleans, a blank number stays blank."""
    raw = _read(folder / f"{name}.csv")
    known = {column.name: column for column in columns(name)}
    unknown = set(raw.columns) - set(known)
    if unknown:
        raise ValueError(f"{name}.csv: unknown columns {sorted(unknown)}")
    return pd.DataFrame({head: _cells(raw[head], known[head]) for head in raw.columns})


def _cells(cells: pd.Series, column: Column) -> pd.Series:
    if column.kind in WORDS:
        return cells
    if column.kind is Kind.YES_NO:
        return cells.map({"yes": True, "no": False, "": None}).astype("object")
    return pd.to_numeric(cells.where(cells != "", None))
