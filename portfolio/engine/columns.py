"""What a column and a frame of the data dictionary are."""

from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd


def gettext_noop(text: str) -> str:
    """Mark a text for translation by the layers above; the engine itself speaks no language."""
    return text


class Kind(StrEnum):
    """What a cell may hold. Blank is "" for words, NaN for numbers; booleans have a default."""

    CODE = "code"
    CODES = "codes"
    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    EUR = "eur"
    FTE = "fte"
    SHARE = "share"
    RATE = "rate"
    COUNT = "count"
    YEAR = "year"
    MONTH = "month"
    DATE = "date"
    YES_NO = "yes_no"


WORDS = frozenset({Kind.CODE, Kind.CODES, Kind.TEXT, Kind.CHOICE, Kind.MONTH, Kind.DATE})


@dataclass(frozen=True)
class Column:
    """One column: ``required`` means that no cell may be blank; ``low`` and ``high`` are inclusive."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    example: str = ""
    key: bool = False
    required: bool = False
    default: float | bool | str | None = None
    low: float | None = None
    high: float | None = None
    above: float | None = None
    choices: tuple[str, ...] = ()
    refers: str = ""

    @property
    def dtype(self) -> str:
        """The dtype inside a frame: ``object`` for words, ``bool``, ``int64`` for years, else ``float64``."""
        if self.kind in WORDS:
            return "object"
        if self.kind is Kind.YES_NO:
            return "bool"
        return "int64" if self.kind is Kind.YEAR else "float64"


@dataclass(frozen=True)
class Frame:
    """One table. ``sheet`` is where it lives in the workbook, ``wide`` names the frame its free columns feed."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    required: bool = False
    wide: str = ""
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    @property
    def key(self) -> list[str]:
        """The columns on which rows are matched and sorted."""
        return [column.name for column in self.columns if column.key]

    def empty(self) -> pd.DataFrame:
        """A frame without rows, with every column in its dtype."""
        return pd.DataFrame({column.name: pd.Series([], dtype=column.dtype) for column in self.columns})
