"""What was typed in the FTE grid: a lock where FTE is divided, a request where it is asked; empty takes it back."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from portfolio.forms.uptake import CellsForm
from portfolio.frames.uptake import Change, Pair, Take
from portfolio.templatetags.figures import number


class GridForm:
    """``changes`` hold what differs from what the page showed, ``wrong`` by cell why it could not be read.

    ``displayed`` are the cells that can be edited, with the text they showed: a page without scripts sends them all.
    """

    def __init__(
        self, data: Mapping[str, str], known: Mapping[str, Pair], displayed: Mapping[str, str],
        seen: Mapping[Pair, Take], *, locks: bool, step: Decimal, decimals: int,
    ) -> None:  # fmt: skip
        editable = {name: pair for name, pair in known.items() if name in displayed}
        cells = CellsForm(data, editable, step if locks else None)
        self.wrong = cells.wrong
        self.typed = {name: text for name, text in cells.typed.items() if text != displayed[name]}
        self.changes: list[Change] = []
        for name, value in cells.values.items():
            pair = known[name]
            before = seen.get(pair, Take())
            if (value is not None and number(value, decimals) == displayed[name]) or not before.takes:
                continue
            after = replace(before, locked_fte=value) if locks else replace(before, fte=value)
            if after != before:
                self.changes.append(Change(*pair, before, after))
