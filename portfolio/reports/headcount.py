"""How many persons there are and what teams the plan asks for: counts for the HR officer's home, no names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.reports.names import Names
from portfolio.reports.overview import Tile
from portfolio.templatetags.figures import fte, fte_signed, number

#: The frames of a plan that this page is made of.
FRAMES = ("team_fte", "today_fte")


@dataclass(frozen=True)
class Team:
    """One service: who works there now, and the team that the plan asks for today and at the end."""

    name: str
    persons: int
    staff_fte: float
    today: float
    later: float

    @property
    def difference(self) -> float:
        return self.later - self.today


@dataclass(frozen=True)
class Headcount:
    """All teams, their total, and those without a service."""

    teams: Sequence[Team]
    total: Team
    loose: Team
    external: float


def headcount(counts: pd.DataFrame, frames: Mapping[str, pd.DataFrame], names: Names) -> Headcount:
    """Persons and FTE per service beside the teams of the plan; ``counts`` come from ``frames.staff``."""
    staff = counts.groupby("service")[["persons", "fte"]].sum()
    teams = frames["team_fte"]
    later = teams[teams["month"] == teams["month"].max()].set_index("service")["fte"]
    today = frames["today_fte"].groupby("service")["fte"].sum()
    codes = sorted(
        {*later[later > 0].index, *today.index, *staff.index} - {""}, key=lambda code: names.service(code)
    )
    rows = [_team(names.service(code), code, staff, today, later) for code in codes]
    loose = _team(_("No service yet"), "", staff, today, later)
    total = Team(_("Total"), sum(row.persons for row in rows) + loose.persons,
                 sum(row.staff_fte for row in rows) + loose.staff_fte,
                 sum(row.today for row in rows), sum(row.later for row in rows))  # fmt: skip
    return Headcount(rows, total, loose, float(counts.loc[counts["employer"] == "external", "fte"].sum()))


def tiles(found: Headcount) -> list[Tile]:
    """Persons, their FTE, and the teams of the plan."""
    total, loose = found.total, found.loose.persons
    note = ngettext("%(count)s person without a service", "%(count)s persons without a service", loose)
    outside = _("%(fte)s external") % {"fte": fte(found.external, "unit")}
    return [
        Tile(_("Persons"), number(total.persons), note=note % {"count": loose} if loose else ""),
        Tile(_("FTE of these persons"), fte(total.staff_fte, "unit"), note=outside if found.external else ""),
        Tile(_("Team FTE in the plan"), fte(total.later, "unit"), fte(total.today, "unit"),
             fte_signed(total.difference)),
    ]  # fmt: skip


def _team(name: str, code: str, staff: pd.DataFrame, today: pd.Series, later: pd.Series) -> Team:
    persons, own = (staff[column].get(code, 0) for column in ("persons", "fte"))
    return Team(name, int(persons), float(own), float(today.get(code, 0.0)), float(later.get(code, 0.0)))
