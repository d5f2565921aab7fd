"""Reads a month or a date that stands as text in a cell, in Dutch or English notation, and refuses to guess."""

import datetime
import re

from portfolio.sheets.misread import Misread, shown

FIRST_YEAR, LAST_YEAR = 1900, 2199

_NAMES = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january", "feb februari february", "mrt maart mar march", "apr april", "mei may",
            "jun juni june", "jul juli july", "aug augustus august", "sep sept september",
            "okt oktober oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_CLOCK = re.compile(r"[t ]00:00(:00(\.0+)?)?z?$")
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})([-/])(?P<month>[0-9]{1,2})(\2(?P<day>[0-9]{1,2}))?")
_MONTH_FIRST = re.compile(r"(?P<month>[0-9]{1,2})[-/](?P<year>[0-9]{4})")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})([-.])(?P<month>[0-9]{1,2})\2(?P<year>[0-9]{4})")
_SLASHES = re.compile(r"(?P<one>[0-9]{1,2})/(?P<two>[0-9]{1,2})/(?P<year>[0-9]{4})")
_NAMED = re.compile(r"((?P<day>[0-9]{1,2})\.?[ -]+)?(?P<name>[a-z]+)\.?[ /-]+(?P<year>[0-9]{4})")
_NAMED_DAY = re.compile(r"(?P<name>[a-z]+)\.? +(?P<day>[0-9]{1,2})(st|nd|rd|th)?,? +(?P<year>[0-9]{4})")


def month_of(text: str) -> str:
    """The month of a month or date, or raise ``Misread``. With dashes the day stands first, as Dutch people write.

    >>> [month_of(text) for text in ("2027-01", "01-2027", "jan 2027", "2027-01-15", "15-01-2027")]
    ['2027-01', '2027-01', '2027-01', '2027-01', '2027-01']
    >>> month_of("03/04/2027")
    Traceback (most recent call last):
    portfolio.sheets.misread.Misread: ambiguous_date
    """
    year, month = _year_and_month(text)
    return f"{year:04d}-{month:02d}"


def year_of(text: str) -> int | None:
    """The year of a text that is a date or a month, None when it is neither."""
    try:
        return _year_and_month(text)[0]
    except Misread:
        return None


def month_of_date(date: datetime.date) -> str:
    """The month of a date cell."""
    return _checked(date.year, date.month, None, date.isoformat())


def _year_and_month(text: str) -> tuple[int, int]:
    plain = _CLOCK.sub("", " ".join(text.lower().split()))
    for pattern in (_YEAR_FIRST, _MONTH_FIRST, _DAY_FIRST, _NAMED, _NAMED_DAY):
        if match := pattern.fullmatch(plain):
            found = match.groupdict()
            month = int(found["month"]) if "month" in found else _NAMES.get(found["name"], 0)
            day = int(found["day"]) if found.get("day") else None
            _checked(int(found["year"]), month, day, text)
            return int(found["year"]), month
    if match := _SLASHES.fullmatch(plain):
        return _slashes(int(match["one"]), int(match["two"]), int(match["year"]), text)
    raise Misread("not_a_month", value=shown(text))


def _slashes(one: int, two: int, year: int, text: str) -> tuple[int, int]:
    """Day and month in either order: only clear when one of them cannot be a month, or both are the same."""
    if one <= 12 and two <= 12 and one != two:
        raise Misread("ambiguous_date", value=shown(text))
    day, month = (two, one) if two > 12 else (one, two)
    _checked(year, month, day, text)
    return year, month


def _checked(year: int, month: int, day: int | None, text: str) -> str:
    try:
        datetime.date(year, month, 1 if day is None else day)
    except ValueError:
        raise Misread("not_a_month", value=shown(text)) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Misread("year_out_of_range", value=year, low=FIRST_YEAR, high=LAST_YEAR)
    return f"{year:04d}-{month:02d}"
