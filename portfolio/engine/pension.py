"""State pension dates (AOW): a dated reference table, and the ages and days that follow from it."""

from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

PUBLISHED = "https://rijksoverheid.nl/onderwerpen/algemene-ouderdomswet-aow/vraag-en-antwoord/wanneer-gaat-mijn-aow-in"
UNTIL_2031 = "https://syfers.nl/?p=2639"


@dataclass(frozen=True)
class PensionAge:
    """The state pension age of those born on or after `born_from`, until the next row.

    `basis` is `sourced` (the page gives these birth dates), `derived` (an age that a page gives for the year in which
    it is reached, turned into birth dates) or `unverified` (no source was read; the page of `source` may have it).
    """

    born_from: date
    years: int
    months: int
    basis: str
    source: str


#: By birth date, ascending. The age is fixed five years ahead; after the last row that is certain it is kept.
PENSION_AGES: tuple[PensionAge, ...] = (
    PensionAge(date.min, 66, 10, "unverified", PUBLISHED),  # reached before 2024, and never at a higher age
    PensionAge(date(1957, 3, 1), 67, 0, "sourced", PUBLISHED),
    PensionAge(date(1961, 1, 1), 67, 3, "sourced", PUBLISHED),
    PensionAge(date(1962, 10, 1), 67, 3, "derived", UNTIL_2031),
    PensionAge(date(1964, 10, 1), 67, 3, "unverified", PUBLISHED),  # reached in 2032 or later
)


def pension_age(born: date) -> PensionAge:
    """The row of the table that holds for someone born on that day.

    >>> [pension_age(date(year, 1, 1)).basis for year in (1950, 1961, 1963, 1970)]
    ['unverified', 'sourced', 'derived', 'unverified']
    """
    return PENSION_AGES[bisect_right(PENSION_AGES, born, key=lambda row: row.born_from) - 1]


def pension_date(born: date) -> date:
    """The day on which someone born on `born` reaches the state pension age; from then on they are past it.

    Sure for those born from 1 March 1957 to 30 September 1964; `pension_age(born).basis` says how sure. A day that
    its month lacks is the first of the next month, as for birthdays (`age_on`).

    >>> pension_date(date(1961, 9, 30)).isoformat(), pension_date(date(1961, 10, 1)).isoformat()
    ('2028-12-30', '2029-01-01')
    >>> pension_date(date(1960, 2, 29)).isoformat(), pension_date(date(1961, 11, 30)).isoformat()
    ('2027-03-01', '2029-03-01')
    """
    age = pension_age(born)
    years, month = divmod(born.month - 1 + age.months, 12)
    year, month = born.year + age.years + years, month + 1
    last = monthrange(year, month)[1]
    return date(year, month, min(born.day, last)) + timedelta(days=born.day > last)


def age_on(day: date, born: date) -> int:
    """The age in whole years on a day, the birthday included.

    Someone born on 29 February is legally a year older on 1 March of a common year ("juridisch gezien ... pas op 1
    maart een jaar ouder", volkskrant.nl, "Op schrikkeldag jarig", February 2020; the law itself was not read).

    >>> age_on(date(2026, 5, 1), date(2001, 5, 1)), age_on(date(2026, 4, 30), date(2001, 5, 1))
    (25, 24)
    >>> age_on(date(2025, 2, 28), date(2000, 2, 29)), age_on(date(2025, 3, 1), date(2000, 2, 29))
    (24, 25)
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
