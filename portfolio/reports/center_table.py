"""A table of a center as its page shows it: heads with their meaning, rows of cells, pick lists."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import FRAMES
from portfolio.frames.center_table import Row, Table
from portfolio.reports.center_cells import Maker
from portfolio.reports.center_parts import Head, Refusal, ShownRow
from portfolio.reports.table_words import title as title_of

#: Rows on one page; a longer table is searched and paged.
ROWS_ON_PAGE = 400


@dataclass(frozen=True)
class TablePage:
    """All that the page of a table needs."""

    name: str
    title: str
    meaning: str
    heads: list[Head]
    rows: list[ShownRow]
    blank: ShownRow | None
    lists: dict[str, list[tuple[str, str]]]
    key_size: int
    has_totals: bool
    paging: Page[Any] | None


def page(
    table: Table,
    inputs: CenterInputs,
    *,
    can_edit: bool,
    refusal: Refusal | None = None,
    words: str = "",
    number: str | None = None,
) -> TablePage:
    """The page of a table; a long one in parts, of which ``number`` is one, and searched for ``words``."""
    maker = Maker(table, inputs, can_edit, refusal or Refusal())
    shown = list(table.rows)
    paging = None
    if len(shown) > ROWS_ON_PAGE:
        paging = Paginator([row for row in shown if _holds(maker, row, words)], ROWS_ON_PAGE).get_page(number)
        shown = list(paging)
    rows = [maker.row(row) for row in shown]
    grows = can_edit and table.may_grow
    if grows:
        refs = [*maker.refusal.new_refs, maker.next_ref()]
        rows += [maker.new_row(ref, label=gettext("new row")) for ref in refs]
    heads = [maker.head(one) for one in maker.fields]
    return TablePage(
        name=table.name,
        title=title_of(table.name),
        meaning=_meaning(table.name),
        heads=heads,
        rows=rows,
        blank=maker.new_row("*0", label=gettext("new row")) if grows else None,
        lists=maker.lists() if can_edit else {},
        key_size=sum(one.column.key for one in maker.fields),
        has_totals=any(head.total for head in heads) and len(shown) > 1 and paging is None,
        paging=paging,
    )


def _holds(maker: Maker, row: Row, words: str) -> bool:
    if not words:
        return True
    text = " ".join(
        [maker.row_label(row), *(str(value) for value in row.values.values() if value)]
    ).casefold()
    return all(word in text for word in words.casefold().split())


def _meaning(name: str) -> str:
    if name in FRAMES:
        return gettext(FRAMES[name].meaning)
    return gettext("What holds for the whole center")
