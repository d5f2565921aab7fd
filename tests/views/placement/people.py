"""People of the small center."""

import datetime

from portfolio.frames.staff import Person


def person(number, role="SUP", service="HELP", **more):
    known = {"born": datetime.date(1980, 5, 1), "employed_since": datetime.date(2015, 1, 1)}
    return Person(
        number, role, more.pop("fte", 1.0), service=service, name=f"Persoon {number}", **known | more
    )
