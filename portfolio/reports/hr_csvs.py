"""Placement as CSV files, for HR alone: who goes where on which ground, and who has no place yet, and why."""

from collections.abc import Sequence

import pandas as pd

from portfolio.engine.staffing import PLACED_COLUMNS, UNPLACED_COLUMNS, Staffing
from portfolio.reports.csvs import csv_file, decimal, safe, whole

_WRITE = {"fte": decimal, "ground": whole}


def hr_files(staffings: Sequence[Staffing]) -> dict[str, bytes]:
    """File names and contents, all scenarios in each. They hold person numbers: they go to the HR folder alone."""
    return {
        "placement.csv": _file(PLACED_COLUMNS, [staffing.placed for staffing in staffings]),
        "unplaced.csv": _file(UNPLACED_COLUMNS, [staffing.unplaced for staffing in staffings]),
    }


def _file(columns: Sequence[str], frames: Sequence[pd.DataFrame]) -> bytes:
    rows = sorted(row for frame in frames for row in frame[list(columns)].itertuples(index=False, name=None))
    writers = [_WRITE.get(column, safe) for column in columns]
    return csv_file(
        columns, ([write(value) for write, value in zip(writers, row, strict=True)] for row in rows)
    )
