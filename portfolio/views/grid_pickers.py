"""What the FTE grid can show, as choices in its address: year, month, unit, and whole or the difference with today."""

from collections.abc import Mapping
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portfolio.engine.inputs import PlanInputs, months_of
from portfolio.engine.schema import month_text
from portfolio.reports.grid_figures import ASKED, DIVIDED, EUR, UNITS, Shown
from portfolio.templatetags.figures import month as month_name


def shown_of(query: Mapping[str, str], inputs: PlanInputs, headlines: Mapping[str, float]) -> Shown:
    """What the query asks for, as far as there is such a thing; a month is only of FTE that is divided."""
    unit = query.get("unit", DIVIDED)
    unit = unit if unit in UNITS else DIVIDED
    months = [month_text(int(number)) for number in months_of(inputs.settings)]
    month = query.get("month", "")
    years = sorted({each[:4] for each in months})
    if unit == DIVIDED and month in months:
        return Shown(unit, int(month[:4]), month, query.get("show") == "difference")
    year = query.get("year", "")
    chosen = int(year) if year in years else int(headlines.get("year", 0) or years[-1])
    return Shown(unit, chosen, "", unit == DIVIDED and query.get("show") == "difference")


def pickers(query: Mapping[str, str], inputs: PlanInputs, shown: Shown) -> dict[str, Any]:
    """The choices, each keeping the rest of what is shown."""
    months = [month_text(int(number)) for number in months_of(inputs.settings)]
    kept = {
        "year": str(shown.year),
        "month": shown.month,
        "unit": shown.unit,
        "show": "difference" if shown.is_difference else "",
    }

    def url(**changed: str) -> str:
        return "?" + urlencode({name: value for name, value in {**kept, **changed}.items() if value})

    return {
        "years": [
            {"label": year, "url": url(year=year, month=""), "current": int(year) == shown.year}
            for year in sorted({each[:4] for each in months})
        ],
        "months": [
            {"value": each, "label": month_name(each), "current": each == shown.month}
            for each in months
            if int(each[:4]) == shown.year
        ]
        if shown.unit == DIVIDED
        else [],
        "units": [
            {"label": label, "url": url(unit=unit, month="" if unit != DIVIDED else shown.month, show=""),
             "current": unit == shown.unit}
            for unit, label in ((DIVIDED, _("FTE divided")), (ASKED, _("FTE asked")), (EUR, _("euros")))
        ],
        "show": [
            {"label": label, "url": url(show=value), "current": (value == "difference") == shown.is_difference}
            for value, label in (("", _("whole")), ("difference", _("only difference with today")))
        ]
        if shown.unit == DIVIDED
        else [],
        "kept": {name: value for name, value in kept.items() if value and name != "month"},
    }  # fmt: skip
