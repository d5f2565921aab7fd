"""Words for the tables of a center: how tables, columns, choices and values are written for a reader."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from portfolio.engine.schema import Column, Kind
from portfolio.frames.center_table import FIGURE_TABLES, GROUPS
from portfolio.models import labels
from portfolio.sheets import aliases
from portfolio.templatetags.figures import NOTHING, number

TITLES = {
    "center": _("Settings"),
    "participants": _("Participants"),
    "base_volumes": _("Volumes, one by one"),
    "drivers": _("Drivers"),
    "volumes": _("Volumes per year"),
    "budget": _("Adopted budget"),
    "services": _("Services"),
    "sizing": _("Sizing rules"),
    "role_mix": _("Roles in teams"),
    "roles": _("Roles"),
    "offers": _("Offers for outsourcing"),
    "contracts": _("Contracts"),
    "assets": _("Assets"),
    "shared_use": _("Shared use"),
    "lines": _("One-off costs and income"),
    "keys": _("Sharing keys"),
    "own_effort": _("Own effort of participants"),
    "uptake": _("Who takes what"),
    "alternatives": _("Alternatives"),
    "scores": _("Scores, one by one"),
    "weights": _("Weights of criteria"),
    "scenarios": _("Scenarios"),
    "decisions": _("Decisions"),
}
GROUP_TITLES = {
    "basis": _("The center"),
    "services": _("Services and teams"),
    "money": _("Money and contracts"),
    "participants": _("Per participant"),
}
_LABELS: dict[str, labels.Labels] = {
    "status": labels.STATUSES,
    "kind": labels.PARTICIPANT_KINDS | labels.LINE_KINDS,
    "phase": labels.PHASES,
    "decision": labels.DECISIONS,
    "option": labels.OPTIONS,
}
#: Columns of tables that are no sheet, so that the workbook has no word for them.
_NO_SHEET = {"score": _("score")}
#: English words that are spelled with capitals.
_SHORT = {"fte key": "FTE key", "fte": "FTE", "base fte": "base FTE", "min fte": "minimum FTE", "vat": "VAT"}


def title(name: str) -> str:
    """A table in words."""
    return str(TITLES[name])


def choice_label(column: Column, value: str) -> str:
    """A choice in words."""
    found = _LABELS.get(column.name, {})
    return str(next((label for word, label in found.items() if word == value), value))


def criterion_words(criterion: str) -> str:
    """What an alternative is judged on, in words; a criterion of the center's own goes by its own name."""
    label = next((label for word, label in labels.CRITERIA.items() if word == criterion), criterion)
    return str(label)[:1].upper() + str(label)[1:]


def written(column: Column, value: Any) -> str:
    """A value as a cell has it: in the reader's notation, as long as it is; blank when there is none."""
    if value is None or value != value or value == "":
        return ""
    if column.kind is Kind.YES_NO:
        return "yes" if value else "no"
    if column.kind is Kind.YEAR:
        return str(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).replace("\n", " ↵ ")
    digits = f"{round(float(value), 12):.12f}".rstrip("0").rstrip(".")
    decimals = len(digits.partition(".")[2])
    text = number(value, max(decimals, 2) if column.kind is Kind.EUR and decimals else decimals)
    if column.kind not in (Kind.EUR, Kind.NUMBER) and abs(value) >= 1000:
        text = digits.replace(".", "," if language() == "nl" else ".")
    return text.replace("\N{MINUS SIGN}", "-")


def shown_value(column: Column, value: Any) -> str:
    """A value for who only reads it."""
    if column.kind is Kind.CHOICE and value:
        return choice_label(column, str(value))
    if column.kind is Kind.YES_NO:
        return gettext("yes") if value else gettext("no")
    return written(column, value) or NOTHING


def column_words(name: str) -> str:
    """A column in words, those of the workbook."""
    label = str(_NO_SHEET.get(name) or aliases.column_label(name, language()).replace("_", " "))
    if language() == "en":
        label = _SHORT.get(label, label)
    return label[:1].upper() + label[1:]


def setting_words(name: str) -> str:
    """A setting in words."""
    label = aliases.setting_label(name, language()).replace("_", " ")
    if language() == "en":
        label = " ".join(_SHORT.get(word, word) for word in label.split())
    return label[:1].upper() + label[1:]


def language() -> str:
    """The language of the page, of the two that words are kept in."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def table_links(url: Callable[[str], str], names: Iterable[str], current: str = "") -> list[dict[str, Any]]:
    """The tables by group, for the picker: ``url`` makes an address of a name."""
    allowed = set(names)
    listed = []
    for group, members in GROUPS.items():
        entries = [
            {"label": title(name), "url": url(name), "current": name in (current, FIGURE_TABLES.get(current))}
            for name in members
            if name in allowed
        ]
        if entries:
            listed.append({"title": str(GROUP_TITLES[group]), "entries": entries})
    return listed
