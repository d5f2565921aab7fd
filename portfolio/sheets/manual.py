"""The tables of ``docs/workbook.md`` and ``docs/hr-workbook.md``, made from the data dictionaries of the two."""

from collections.abc import Iterable

from portfolio.engine import hr_schema, schema
from portfolio.engine.schema import Column
from portfolio.sheets import aliases, comments, hr_words

_SETTINGS_MEANING = {
    "center": "What holds for the whole center, a setting in every row",
    "social_plan": "What the social plan allows, a setting in every row; it may be absent",
}
START = "<!-- sheets: made by `python manage.py describe_workbook` -->"
END = "<!-- end of sheets -->"


#: The pages in ``docs``, each with the sheets that it describes.
PAGES: dict[str, tuple[str, ...]] = {"workbook.md": schema.SHEETS, "hr-workbook.md": hr_schema.SHEETS}


def with_tables(page: str, sheets: Iterable[str] = schema.SHEETS) -> str:
    """The page with its tables made anew between their marks."""
    before, _start, rest = page.partition(START)
    _old, _end, after = rest.partition(END)
    return f"{before}{START}\n\n{tables(sheets)}\n{END}{after}"


def tables(sheets: Iterable[str] = schema.SHEETS) -> str:
    """Every sheet as a heading, what it holds, and a table of its columns; in English, with the Dutch names."""
    return "\n".join(_sheet(name) for name in sheets)


def _sheet(name: str) -> str:
    is_hr = name in hr_schema.SHEETS
    frame = (hr_schema.FRAMES if is_hr else schema.FRAMES).get(name)
    meaning = frame.meaning if frame else _SETTINGS_MEANING[name]
    plan = "placement" if is_hr else "first plan"
    needed = f" Needed for a {plan}." if name == "center" or (frame and frame.required) else ""
    settings, columns = (
        (hr_words.SETTINGS, hr_words.COLUMNS) if is_hr else (aliases.SETTINGS, aliases.COLUMNS)
    )
    names = (hr_schema.SOCIAL_PLAN if is_hr else schema.SETTINGS) if frame is None else frame.columns
    dutch = settings if frame is None else columns
    titles = aliases.HR_SHEETS[name] if is_hr else aliases.SHEETS[name]
    head = "Setting" if frame is None else "Column"
    lines = [
        f"### `{name}`",
        "",
        f"{meaning}.{needed} In Dutch: {_listed(titles)}.",
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
