"""The cells in which one participant's options are costed, judged and weighed, for a grid."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import FRAMES
from portfolio.engine.terms import Option, Status
from portfolio.frames.options import About, Cell, criteria_of, values_of
from portfolio.models import labels
from portfolio.reports.options import option_words
from portfolio.reports.table_words import criterion_words, written


@dataclass(frozen=True)
class Control:
    """One control: what is stored, what was typed when that was refused, and why."""

    name: str
    label: str
    stored: str
    text: str
    error: str = ""
    is_estimated: bool = False
    options: Sequence[tuple[str, str]] = ()
    least: int = 0
    most: int = 999_999_999


@dataclass(frozen=True)
class Row:
    """A row of the grid; a cell that is not there is None."""

    label: str
    unit: str
    cells: Sequence[Control | None]


_BOUNDS = {About.COST: (0, 999_999_999), About.SCORE: (1, 5), About.WEIGHT: (0, 1_000), About.STATUS: (0, 0)}
_COLUMNS = {
    About.COST: FRAMES["alternatives"].by_name["annual_cost"],
    About.SCORE: FRAMES["scores"].by_name["score"],
    About.WEIGHT: FRAMES["weights"].by_name["weight"],
}


def statuses(*, may_confirm: bool) -> list[str]:
    """How sure an option may be said to be; only who may stand for the figures confirms them."""
    return [status.value for status in Status if may_confirm or status is not Status.CONFIRMED]


def heads() -> list[str]:
    return [option_words(option) for option in Option]


def rows(
    inputs: CenterInputs,
    code: str,
    allowed: Collection[str],
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> list[Row]:
    """Cost and how sure it is, then a row per criterion with its weight first."""
    made = _Maker(inputs, code, allowed, typed or {}, wrong or {})
    options = [option.value for option in Option]
    cost, sure = _("Yearly cost"), _("How sure this is")
    found = [
        Row(cost, "€", [None, *(made.control(Cell(About.COST, option), cost) for option in options)]),
        Row(sure, "", [None, *(made.control(Cell(About.STATUS, option), sure) for option in options)]),
    ]
    for name in criteria_of(inputs, code):
        label = criterion_words(name)
        weight = made.control(Cell(About.WEIGHT, criterion=name), label)
        scores = [made.control(Cell(About.SCORE, option, name), label) for option in options]
        found.append(Row(label, "", [weight, *scores]))
    return found


class _Maker:
    def __init__(
        self,
        inputs: CenterInputs,
        code: str,
        allowed: Collection[str],
        typed: Mapping[str, str],
        wrong: Mapping[str, str],
    ) -> None:
        self.values = values_of(inputs, code)
        self.allowed, self.typed, self.wrong = allowed, typed, wrong

    def control(self, cell: Cell, row: str) -> Control:
        value = self.values.get(cell)
        stored = str(value or "") if cell.about is About.STATUS else written(_COLUMNS[cell.about], value)
        column = _("Weight") if cell.about is About.WEIGHT else option_words(cell.option)
        least, most = _BOUNDS[cell.about]
        is_estimated = self.values.get(Cell(About.STATUS, cell.option)) == Status.ESTIMATED
        return Control(
            name=cell.name,
            label=f"{row}, {column}",
            stored=stored,
            text=self.typed.get(cell.name, stored),
            error=self.wrong.get(cell.name, ""),
            is_estimated=cell.about is About.COST and is_estimated and bool(stored),
            options=self._statuses(value) if cell.about is About.STATUS else (),
            least=least,
            most=most,
        )

    def _statuses(self, value: Any) -> list[tuple[str, str]]:
        """Nothing to choose while there is no option; what stands is always among the choices."""
        words = [word for word in map(str, Status) if word in self.allowed or word == value]
        known = {str(word): str(label) for word, label in labels.STATUSES.items()}
        return [*([] if value else [("", "–")]), *((word, known[word]) for word in words)]
