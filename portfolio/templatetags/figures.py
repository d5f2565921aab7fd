"""Writes figures as people read them: Dutch or English notation, sign and unit always, a dash for what is not there."""

import datetime
import math
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django import template
from django.utils.dates import MONTHS_3
from django.utils.translation import get_language

register = template.Library()

NOTHING = "–"
MINUS, PLUS, EITHER = "−", "+", "±"
SPACE = "\N{NO-BREAK SPACE}"
MILLION = Decimal(1_000_000)


@register.filter
def number(value: Any, decimals: int = 0) -> str:
    """``1234567.5|number:1`` is 1.234.567,5 in Dutch and 1,234,567.5 in English."""
    amount = _rounded(value, decimals)
    return NOTHING if amount is None else _with_minus(amount, _digits(amount, decimals))


@register.filter
def number_signed(value: Any, decimals: int = 0) -> str:
    """A difference: +3, −3 or ±0."""
    amount = _rounded(value, decimals)
    return NOTHING if amount is None else _sign(amount) + _digits(amount, decimals)


@register.filter
def from_cents(value: Any) -> Decimal | None:
    """Integer cents as euros, to pass on: ``{{ row.eur_cents|from_cents|eur }}``."""
    amount = _decimal(value)
    return None if amount is None else amount / 100


@register.filter
def eur(value: Any, decimals: int = 0) -> str:
    """Whole euros unless decimals are asked: € 1.234.567 in Dutch, €1,234,567 in English."""
    amount = _rounded(value, decimals)
    return NOTHING if amount is None else _euros(amount, decimals, MINUS if amount < 0 else "")


@register.filter
def eur_signed(value: Any, decimals: int = 0) -> str:
    """A difference in euros: + € 103.000, − € 231.000, ± € 0."""
    amount = _rounded(value, decimals)
    return NOTHING if amount is None else _euros(amount, decimals, _sign(amount))


@register.filter
def eur_short(value: Any) -> str:
    """For tiles: from a million on € 9,84 mln or €9.84m, below that all digits."""
    return _short(value, eur, signed=False)


@register.filter
def eur_short_signed(value: Any) -> str:
    """The short form of a difference."""
    return _short(value, eur_signed, signed=True)


@register.filter
def thousands(value: Any) -> str:
    """Euros as a bare number of thousands, for a column headed "€ × 1,000"."""
    amount = _decimal(value)
    return NOTHING if amount is None else number(amount / 1000)


@register.filter
def fte(value: Any, unit: str = "") -> str:
    """Two decimals; ``fte:"unit"`` adds the unit (fte in Dutch, FTE in English)."""
    return _with_fte(number(value, 2), unit)


@register.filter
def fte_signed(value: Any, unit: str = "") -> str:
    """A difference in FTE: +0,35, −3,45, ±0,00."""
    return _with_fte(number_signed(value, 2), unit)


@register.filter
def pct(value: Any, decimals: int = 0) -> str:
    """A share from 0 to 1 as a percentage: ``0.4|pct`` is 40%."""
    return _times_hundred(value, decimals, number)


@register.filter
def pct_signed(value: Any, decimals: int = 0) -> str:
    """A relative difference: +2,5%."""
    return _times_hundred(value, decimals, number_signed)


@register.filter
def month(value: Any) -> str:
    """A date, a pandas Period or "2029-01" as "jan 2029" (the month's name in the reader's language)."""
    if isinstance(value, str):
        try:
            value = datetime.date.fromisoformat(value if len(value) > 7 else f"{value}-01")
        except ValueError:
            return value or NOTHING
    if getattr(value, "year", None) is None or value.year != value.year:  # None, or pandas' NaT
        return NOTHING
    return f"{MONTHS_3[value.month]} {value.year}"


@register.filter
def verdict(difference: Any, good: str = "down") -> str:
    """``diff|verdict:"down"``: better when it falls (money), ``"up"``: better when it rises; else same."""
    amount = _decimal(difference)
    if amount is None or amount == 0:
        return "same"
    return "better" if (amount < 0) == (good == "down") else "worse"


@register.filter
def heat(value: Any, most: Any) -> str:
    """The heat-map class of a cell, by its share of the largest cell; none for an empty or zero cell."""
    amount, largest = _decimal(value), _decimal(most)
    if amount is None or largest is None or amount <= 0 or largest <= 0:
        return ""
    return f"heat-{min(5, 1 + int(5 * amount / largest))}"


def _decimal(value: Any) -> Decimal | None:
    """Exact where it can be; None for whatever is no finite number (None, NaN, pandas' NA, text)."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    try:
        amount = value if isinstance(value, Decimal) else Decimal(repr(_plain(value)))
    except (InvalidOperation, TypeError, ValueError):
        return None
    return amount if amount.is_finite() else None


def _plain(value: Any) -> int | float:
    """numpy scalars become Python's own; text that holds a number is a caller's mistake, not a figure."""
    if isinstance(value, str):
        raise ValueError(value)
    return value if isinstance(value, int) else float(value)


def _rounded(value: Any, decimals: int) -> Decimal | None:
    """Half up, as people round; adding zero turns -0 into 0."""
    amount = _decimal(value)
    if amount is None:
        return None
    return amount.quantize(Decimal(1).scaleb(-int(decimals)), ROUND_HALF_UP) + 0


def _is_dutch() -> bool:
    return not (get_language() or "nl").startswith("en")


def _digits(amount: Decimal, decimals: int) -> str:
    """The digits without a sign, in the reader's notation."""
    text = f"{abs(amount):,.{int(decimals)}f}"
    return text.translate(str.maketrans(",.", ".,")) if _is_dutch() else text


def _with_minus(amount: Decimal, digits: str) -> str:
    return MINUS + digits if amount < 0 else digits


def _sign(amount: Decimal) -> str:
    return EITHER if amount == 0 else PLUS if amount > 0 else MINUS


def _euros(amount: Decimal, decimals: int, sign: str) -> str:
    if not _is_dutch():
        return f"{sign}€{_digits(amount, decimals)}"
    return (
        f"{sign}{SPACE}€{SPACE}{_digits(amount, decimals)}"
        if sign
        else f"€{SPACE}{_digits(amount, decimals)}"
    )


def _short(value: Any, long: Any, *, signed: bool) -> str:
    amount = _decimal(value)
    if amount is None or math.floor(abs(amount) + Decimal("0.5")) < MILLION:
        return long(value)
    text = long(amount / MILLION, 2)
    return f"{text}{SPACE}mln" if _is_dutch() else f"{text}m"


def _with_fte(text: str, unit: str) -> str:
    if text == NOTHING or not unit:
        return text
    return f"{text}{SPACE}{'fte' if _is_dutch() else 'FTE'}"


def _times_hundred(value: Any, decimals: int, write: Any) -> str:
    amount = _decimal(value)
    return NOTHING if amount is None else write(amount * 100, decimals) + "%"
