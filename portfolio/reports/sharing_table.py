"""The table of the page: participants by divisions in EUR, per inhabitant, or against today, with totals that close."""

from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.engine.rounding import half_up
from portfolio.reports.sharing import PLAN, SharedYear

#: In what the figures are: EUR, EUR per inhabitant, against today, and against today's shares of the same total.
MEASURES = EUR, EACH, TODAY, MOVED = ("eur", "each", "today", "moved")


@dataclass(frozen=True)
class Cell:
    """One figure, in the measure of the table; None where it is not known."""

    value: float | None
    error: float = 0.0
    over_alone: int | None = None

    @property
    def is_dearer(self) -> bool:
        """Whether it is more than the participant would pay alone."""
        return self.value is not None and self.over_alone is not None and self.over_alone > 0


@dataclass(frozen=True)
class Row:
    """A participant, or all of them; ``base`` is what the cells are held against."""

    code: str
    name: str
    plays: bool
    base: float | None
    cells: Sequence[Cell]
    euros: int = 0


@dataclass(frozen=True)
class SharesTable:
    """Participants by methods in one measure: EUR, per inhabitant, or a difference in EUR."""

    measure: str
    methods: Sequence[str]
    rows: Sequence[Row]
    total: Row
    most: int

    @property
    def is_difference(self) -> bool:
        return self.measure in (TODAY, MOVED)

    @property
    def has_dearer(self) -> bool:
        """Whether somebody pays more than alone."""
        return any(cell.is_dearer for row in self.rows for cell in row.cells)


def shares_table(year: SharedYear, methods: Sequence[str], measure: str) -> SharesTable:
    rows = [_row(year, methods, measure, code) for code in year.shown]
    most = max((row.euros for row in rows), default=0)
    return SharesTable(measure, methods, rows, _total(year, methods, measure), most)


def _row(year: SharedYear, methods: Sequence[str], measure: str, code: str) -> Row:
    at = year.codes.index(code)
    cells = [
        Cell(
            _measured(year, measure, year.euros(method, code), year.paid(method, code), code),
            float(year.errors[method][at]) / 100 if measure == EUR and method in year.errors else 0.0,
            year.over_alone(method, code),
        )
        for method in methods
    ]
    return Row(
        code, year.name(code), year.plays(code), _base(year, measure, code), cells, year.euros(PLAN, code)
    )


def _base(year: SharedYear, measure: str, code: str) -> float | None:
    if measure == MOVED:
        return year.by_today(code)
    now, people = year.today[code], year.inhabitants.get(code)
    if measure == EACH:
        return None if now is None or not people else now / people
    return now


def _measured(year: SharedYear, measure: str, euros: int, exact: float, code: str) -> float | None:
    if measure == EUR:
        return euros
    if measure == EACH:
        people = year.inhabitants.get(code)
        return exact / people if people else None
    base = _base(year, measure, code)
    return None if base is None else exact - base


def _total(year: SharedYear, methods: Sequence[str], measure: str) -> Row:
    """Everyone together; per inhabitant only those that have inhabitants."""
    total, now = year.total, year.today_total
    whole = int(half_up(total))
    if measure == EACH:
        held = [code for code in year.codes if year.inhabitants.get(code)]
        people = sum(year.inhabitants[code] for code in held)
        paid = [sum(year.paid(method, code) for code in held) for method in methods]
        was = [year.today[code] for code in held]
        base = None if not people or None in was else sum(each or 0 for each in was) / people
        return Row("", "", True, base, [Cell(each / people if people else None) for each in paid], whole)
    base = total if measure == MOVED and now else now
    value = {EUR: whole, MOVED: None if not now else 0.0, TODAY: None if now is None else total - now}[
        measure
    ]
    return Row("", "", True, base, [Cell(value) for _method in methods], whole)
