"""Reads a day that stands in a cell as a date or as text, in Dutch or ISO notation, and refuses to guess."""

import datetime
import re

from portfolio.sheets.misread import Misread, shown

_ISO = re.compile(r"(?P<year>[0-9]{4})[-/](?P<month>[0-9]{1,2})[-/](?P<day>[0-9]{1,2})")
_DUTCH_DAY = re.compile(r"(?P<day>[0-9]{1,2})(?P<mark>[-.])(?P<month>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})")


def day_of(value: object) -> datetime.date:
    """The day of a value, or raise ``Misread``. With dashes the day stands first, as Dutch people write.

    >>> day_of("2027-01-15").isoformat(), day_of("15-01-2027").isoformat()
    ('2027-01-15', '2027-01-15')
    >>> day_of("01/02/2027")
    Traceback (most recent call last):
    portfolio.sheets.misread.Misread: not_a_date
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    text = str(value).strip()
    match = _ISO.fullmatch(text) or _DUTCH_DAY.fullmatch(text)
    try:
        if match:
            return datetime.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        pass
    raise Misread("not_a_date", value=shown(text))
