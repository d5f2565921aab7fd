"""What a column means, in sentences for a comment or a table: meaning, unit, what is allowed, an example."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from portfolio.engine.schema import FRAMES, Column, Kind
from portfolio.sheets import aliases

_ALLOWED = {
    Kind.MONTH: _("a month, such as 2027-01"),
    Kind.DATE: _("a date, such as 2027-01-31"),
    Kind.YEAR: _("a year"),
    Kind.COUNT: _("a whole number"),
    Kind.CODES: _("codes, separated by commas"),
    Kind.RATE: _("a growth or rate: 0.03 or 3%"),
}


def of_head(sheet: str, column: Column, *, is_free: bool = False) -> str:
    """The comment on a head, in the active language."""
    if is_free:
        wide = FRAMES[sheet].wide
        about = (
            ""
            if wide == "scores"
            else gettext("A driver: how many of them a participant has in the base year")
        )
        return about or gettext("A criterion: a judgment from 1 to 5")
    lines = [gettext(column.meaning) if column.meaning else ""]
    if column.unit:
        lines.append(gettext("Unit: %(unit)s") % {"unit": gettext(column.unit)})
    if words := allowed(column):
        lines.append(gettext("Allowed: %(allowed)s") % {"allowed": words})
    if column.example:
        lines.append(gettext("Example: %(example)s") % {"example": example(column)})
    lines.append(needed(column))
    return "\n".join(line for line in lines if line)


def allowed(column: Column) -> str:
    """What a cell may hold, in the active language."""
    language = (get_language() or "en")[:2]
    if column.choices:
        return ", ".join(aliases.choice_label(str(choice), language) for choice in column.choices)
    if column.kind is Kind.YES_NO:
        return ", ".join(aliases.YES_NO.get(language, aliases.YES_NO["en"]))
    if column.kind is Kind.SHARE:
        return gettext("a share from 0 to 1, or a percentage: 0.27 or 27%")
    text = gettext(_ALLOWED[column.kind]) if column.kind in _ALLOWED else ""
    if column.above is not None and column.kind is not Kind.RATE:
        return gettext("more than %(low)s") % {"low": f"{column.above:g}"}
    return text


def example(column: Column) -> str:
    """The example of a column, in the active language."""
    language = (get_language() or "en")[:2]
    if column.choices or column.refers == "any_key":
        return aliases.choice_label(column.example, language)
    if column.kind is Kind.YES_NO and language == aliases.DUTCH:
        return {"yes": "ja", "no": "nee"}.get(column.example, column.example)
    if column.kind in (Kind.FTE, Kind.SHARE, Kind.RATE, Kind.NUMBER) and language == aliases.DUTCH:
        return column.example.replace(".", ",")
    return gettext(column.example) if column.example else ""


def needed(column: Column) -> str:
    """Whether a cell may be blank, and what it then means."""
    if column.required:
        return gettext("May not be blank.")
    if column.default in (None, ""):
        return gettext("May be blank.")
    language = (get_language() or "en")[:2]
    if isinstance(column.default, bool):
        yes, no = aliases.YES_NO.get(language, aliases.YES_NO["en"])
        shown = yes if column.default else no
    elif isinstance(column.default, float):
        shown = f"{column.default:g}".replace(".", "," if language == aliases.DUTCH else ".")
    else:
        shown = aliases.choice_label(str(column.default), language)
    return gettext("Blank means: %(default)s.") % {"default": shown}
