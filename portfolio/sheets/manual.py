"""The tables of ``docs/workbook.md``, made from the data dictionary so that the manual cannot fall behind."""

from collections.abc import Iterable

from portfolio.engine import schema
from portfolio.engine.schema import Column
from portfolio.sheets import aliases, comments

START = "<!-- sheets: made by `python manage.py describe_workbook` -->"
END = "<!-- end of sheets -->"


def with_tables(page: str) -> str:
    """The page with its tables made anew between their marks."""
    before, _start, rest = page.partition(START)
    _old, _end, after = rest.partition(END)
    return f"{before}{START}\n\n{tables()}\n{END}{after}"


def tables() -> str:
    """Every sheet as a heading, what it holds, and a table of its columns; in English, with the Dutch names."""
    return "\n".join(_sheet(name) for name in schema.SHEETS)


def _sheet(name: str) -> str:
    frame = schema.FRAMES.get(name)
    meaning = frame.meaning if frame else "What holds for the whole center, a setting in every row"
    needed = " Needed for a first plan." if frame is None or frame.required else ""
    names = schema.SETTINGS if frame is None else frame.columns
    dutch = aliases.SETTINGS if frame is None else aliases.COLUMNS
    head = "Setting" if frame is None else "Column"
    lines = [
        f"### `{name}`",
        "",
        f"{meaning}.{needed} In Dutch: {_listed(aliases.SHEETS[name])}.",
        "",
        f"| {head} | In Dutch | Meaning | Unit | Allowed | Example | Blank |",
        "|---|---|---|---|---|---|---|",
        *(_row(column, dutch[column.name]) for column in names),
        "",
    ]
    if frame and frame.wide:
        kind = "driver" if frame.wide == "base_volumes" else "criterion"
        lines += [f"Every other column is a {kind}, by the name that heads it.", ""]
    return "\n".join(lines)


def _row(column: Column, dutch: Iterable[str]) -> str:
    name = f"**`{column.name}`**" if column.key else f"`{column.name}`"
    cells = (
        name,
        _listed(dutch),
        column.meaning,
        column.unit,
        comments.allowed(column),
        comments.example(column),
        comments.needed(column),
    )
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
