"""Says a finding in the language of whoever reads it: the text translated, names and numbers in its notation."""

from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext

from portfolio.engine.findings import Finding, error
from portfolio.engine.messages import TEXTS
from portfolio.sheets import aliases
from portfolio.sheets.misread import Misread

#: Params that hold a name from the workbook, and how such a name is called in a language.
_NAMES = {
    "sheet": aliases.sheet_label,
    "column": aliases.column_label,
    "setting": aliases.setting_label,
    "allowed": aliases.choice_label,
    "decision": aliases.choice_label,
    "phase": aliases.choice_label,
}


def said(finding: Finding, language: str | None = None) -> str:
    """The message of a finding on one line, in a language (default: the active one)."""
    with translation.override(language or translation.get_language() or "en"):
        params = {name: _worded(name, value) for name, value in finding.params.items()}
        return " ".join((gettext(TEXTS[finding.code]) % _Filled(params)).split())


def said_misread(misread: Misread) -> str:
    """Why a cell cannot be read, as a sentence."""
    text = said(error(misread.code, "", **misread.params))
    return text[:1].upper() + text[1:]


class _Filled(dict[str, Any]):
    """A translation that names what the finding does not know shows the name, rather than failing on it."""

    def __missing__(self, name: str) -> str:
        return name


def _worded(name: str, value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | float):
        return value
    if isinstance(value, float):
        return _number(value)
    if name in _NAMES:
        language = (translation.get_language() or "en")[:2]
        return ", ".join(_NAMES[name](word, language) for word in value.split(", "))
    return gettext(value) if name == "meaning" and value else value


def _number(value: float) -> str:
    """A number as long as it is, with the decimal mark of the language."""
    text = f"{value:.15g}"
    return text.replace(".", formats.get_format("DECIMAL_SEPARATOR")) if "e" not in text else text
