"""What the page of a table is made of: heads, cells and rows, and what was typed and refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portfolio.engine.findings import Finding


@dataclass(frozen=True)
class Head:
    """A column: its word, unit and, in sentences, what it means and takes."""

    name: str
    label: str
    unit: str
    hint: str
    meaning: str
    is_number: bool
    is_key: bool
    total: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Shown:
    """A cell. ``control`` is number, text, choice or nothing for what cannot be edited here."""

    name: str
    text: str
    control: str = ""
    label: str = ""
    stored: str | None = None
    error: str = ""
    blocks: bool = False
    options: tuple[tuple[str, str, str, bool], ...] = ()
    codes: str = ""
    bounds: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    also: str = ""
    is_number: bool = False
    is_wide: bool = False
    ungrouped: bool = False
    is_key: bool = False
    field_name: str = ""


@dataclass(frozen=True)
class ShownRow:
    """A row of cells; a new one has controls in its keys too."""

    ref: str
    label: str
    cells: list[Shown]
    is_new: bool = False
    is_deleted: bool = False


class Refusal:
    """What was typed and refused: shown again in its place, beside what is stored."""

    def __init__(
        self,
        typed: Mapping[str, str] | None = None,
        findings: Mapping[str, tuple[Finding, bool]] | None = None,
    ) -> None:
        self.typed = typed or {}
        self.findings = findings or {}

    @property
    def new_refs(self) -> list[str]:
        found = {name.partition(":")[0] for name in self.typed if name.startswith("*")}
        return sorted(found, key=lambda ref: (len(ref), ref))
