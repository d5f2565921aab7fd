"""Reads a number that stands as text in a cell, in Dutch or English notation, and refuses what could be either."""

import re
from decimal import Decimal
from typing import NamedTuple

from portfolio.sheets.misread import Misread, shown

_SIGNED = re.compile(
    r"(?P<before>[+-]?) *(?P<currency>€|eur|euro)? *(?P<after>[+-]?) *(?P<digits>[0-9][0-9., ]*?)"
    r"(?P<no_cents>[,.](?:-|–|—|--))? *(?P<behind>€|eur|euro)? *(?P<percent>%)?",
    re.IGNORECASE,
)
_GROUPED = (
    # Dutch and English thousands with a decimal mark, or two groups at least: no other reading is possible.
    (re.compile(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]+"), "."),
    (re.compile(r"[0-9]{1,3}(,[0-9]{3})+\.[0-9]+"), ","),
    (re.compile(r"[0-9]{1,3}(\.[0-9]{3}){2,}"), "."),
    (re.compile(r"[0-9]{1,3}(,[0-9]{3}){2,}"), ","),
    (re.compile(r"[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?"), " "),
)
_ONE_GROUP = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_PLAIN = re.compile(r"[0-9]+([.,][0-9]+)?")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\u2212": "-"})


class Number(NamedTuple):
    """What was read. A percentage is already divided by 100."""

    value: float
    percent: bool = False


def number_of(text: str) -> Number:
    """Read a number, or raise ``Misread``.

    >>> [number_of(text).value for text in ("1.234,56", "1,234.56", "1234.56", "€ 1.234", "12,5 %")]
    [1234.56, 1234.56, 1234.56, 1234.0, 0.125]
    >>> number_of("1.234")
    Traceback (most recent call last):
    portfolio.sheets.misread.Misread: ambiguous_number
    """
    match = _SIGNED.fullmatch(text.translate(_SPACES).strip()) if len(text) <= 60 else None
    is_amount = bool(match and (match["currency"] or match["behind"]))
    if (
        match is None
        or (match["before"] and match["after"])
        or (match["currency"] and match["behind"])
        or (match["percent"] and is_amount)
    ):
        raise Misread("not_a_number", value=shown(text))
    # An amount has no thousandths, so behind a euro sign or before ",-" a point and three digits are thousands.
    value = _digits(match["digits"].strip(), text, is_whole=is_amount or bool(match["no_cents"]))
    if "-" in (match["before"], match["after"]):
        value = -value
    if match["percent"]:
        return Number(rounded(float(value / 100)), percent=True)
    return Number(rounded(float(value)))


def rounded(value: float) -> float:
    """A number as a spreadsheet shows it: 15 significant digits.

    >>> rounded(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.15g}")


def _digits(digits: str, text: str, *, is_whole: bool) -> Decimal:
    for pattern, separator in _GROUPED:
        if pattern.fullmatch(digits):
            return Decimal(digits.replace(separator, "").replace(",", "."))
    if _ONE_GROUP.fullmatch(digits):
        joined = re.sub("[.,]", "", digits)
        if is_whole:
            return Decimal(joined)
        raise Misread("ambiguous_number", value=shown(text), whole=joined, broken=digits.replace(",", "."))
    if _PLAIN.fullmatch(digits):
        return Decimal(digits.replace(",", "."))
    raise Misread("not_a_number", value=shown(text))
