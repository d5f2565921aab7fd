"""A plan with others taking part, beside the plan as it is: who pays what, which FTE is left, which pools fall."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.engine.inputs import PlanInputs
from portfolio.engine.membership import Switch, leaving, lines_of, switched
from portfolio.engine.schema import month_text
from portfolio.reports.names import Names
from portfolio.reports.sharing_names import listed
from portfolio.templatetags.figures import eur, fte, month, pct


@dataclass(frozen=True)
class Bill:
    """What one participant pays in a year, in whole EUR; ``switches`` is one that leaves or joins."""

    code: str
    name: str
    was: int
    becomes: int
    switches: bool = False

    @property
    def difference(self) -> int:
        return self.becomes - self.was

    @property
    def share(self) -> float | None:
        return self.difference / self.was if self.was else None


@dataclass(frozen=True)
class TeamRow:
    """A service's team in FTE: the mean of the year, and the first month of the change."""

    name: str
    was: float
    becomes: float
    was_at: float
    becomes_at: float
    marks: Sequence[str] = ()

    @property
    def difference(self) -> float:
        return round(self.becomes - self.was, 10)

    @property
    def difference_at(self) -> float:
        return round(self.becomes_at - self.was_at, 10)


@dataclass(frozen=True)
class Outcome:
    """Everything the page tells of one year."""

    year: int
    months: int
    month: int
    who: Sequence[str]
    codes: Sequence[str]
    others: Sequence[Bill]
    movers: Sequence[Bill]
    rest: Bill
    total: Bill
    cost: tuple[float, float]
    staff: float
    teams: Sequence[TeamRow]
    team: TeamRow
    pools: Sequence[dict[str, str]]
    untaken: Sequence[tuple[str, float]]
    by_year: Sequence[tuple[str, Sequence[int]]]
    years: Sequence[int]

    @property
    def bills(self) -> list[Bill]:
        return sorted([*self.others, *self.movers], key=lambda bill: bill.name.casefold())

    @property
    def closes(self) -> bool:
        """Contributions are whole euros per year, cost is exact: they differ by rounding alone."""
        return abs(self.total.becomes - self.cost[1]) < 1

    @property
    def from_month(self) -> str:
        return month_text(self.month)

    @property
    def is_before(self) -> bool:
        """Whether the year lies wholly before the change, so that nothing differs."""
        return self.month >= (self.year + 1) * 12

    @property
    def left(self) -> float:
        return -self.team.difference

    @property
    def left_at(self) -> float:
        return -self.team.difference_at


def without(inputs: PlanInputs, codes: Iterable[str], month: int) -> Switch:
    """The plan with some leaving from a month on; with nobody leaving, or nobody staying, the plan as it is."""
    gone = set(codes)
    stays = not gone or gone >= set(inputs.participant_at)
    return switched(inputs, inputs if stays else leaving(inputs, gone), month)


def outcome(
    switch: Switch, names: Names, movers: Iterable[str], year: int, *, rising: bool = False
) -> Outcome:
    """One year of the change. ``rising``: pools that come clear of a minimum, for who joins."""
    moving = set(movers)
    rows = switch.contributions
    bills = [Bill(row.participant, names.participant(row.participant), int(row.was), int(row.becomes),
                  row.participant in moving)
             for row in tuples(rows[rows["year"] == year])]  # fmt: skip
    others = [bill for bill in bills if not bill.switches]
    cost = switch.cost[switch.cost["year"] == year][["was", "becomes"]].sum()
    found = switch.lifted if rising else switch.pools
    teams = [TeamRow(names.service(row.service), row.was, row.becomes, row.was_at, row.becomes_at,
                     [what for service, what, _month in found if service == row.service])
             for row in tuples(switch.teams(year))]  # fmt: skip
    changes = (rows["becomes"] - rows["was"]).to_numpy().reshape(len(switch.people), -1)
    by_year = [(names.participant(code), changes[at].tolist()) for at, code in enumerate(switch.people)
               if code not in moving]  # fmt: skip
    return Outcome(
        year=year,
        months=switch.months_in[year],
        month=switch.month,
        who=[names.participant(code) for code in sorted(moving)],
        codes=sorted(moving),
        others=others,
        movers=[bill for bill in bills if bill.switches],
        rest=_sum(others),
        total=_sum(bills),
        cost=(float(cost["was"]), float(cost["becomes"])),
        staff=switch.staff_cost(year),
        teams=sorted(teams, key=lambda row: (row.difference if not rising else -row.difference, row.name)),
        team=_team(teams),
        pools=[pool(names.service(service), what, since, rising) for service, what, since in found],
        untaken=[(names.service(service), cost_) for service, cost_ in switch.untaken(year)],
        by_year=[
            *by_year,
            (_("Together"), [sum(each) for each in zip(*(row for _name, row in by_year), strict=True)]),
        ],
        years=switch.years,
    )


def tuples(frame: pd.DataFrame) -> list[Any]:
    """The rows of a frame as named tuples."""
    return list(frame.itertuples(index=False))


def _sum(bills: Sequence[Bill]) -> Bill:
    return Bill("", _("Total"), sum(bill.was for bill in bills), sum(bill.becomes for bill in bills))


def _team(teams: Sequence[TeamRow]) -> TeamRow:
    return TeamRow(_("Total"), *(round(sum(getattr(row, name) for row in teams), 10)
                                 for name in ("was", "becomes", "was_at", "becomes_at")))  # fmt: skip


def pool(service: str, what: str, since: str, rising: bool) -> dict[str, str]:
    """What happens to a pool, as a warning that a page shows."""
    texts = {
        ("minimum", False): _(
            "%(service)s is held up by its minimum team from %(month)s: less work no longer makes it smaller."
        ),
        ("persons", False): _("%(service)s has too few persons to stand in for each other from %(month)s."),
        ("minimum", True): _("%(service)s is no longer held up by its minimum team from %(month)s."),
        ("persons", True): _("%(service)s has enough persons to stand in for each other from %(month)s."),
    }  # fmt: skip
    text = texts[what, rising] % {"service": service, "month": month(since)}
    return {"level": "note" if rising else "warning", "message": text}


def message(found: Outcome) -> dict[str, str]:
    """The sentence on top: what leaving does to those who stay."""
    words = {"names": listed(found.who), "month": month(found.from_month), "year": found.year}
    difference = found.rest.difference
    words |= {"difference": eur(abs(difference)), "share": pct(abs(found.rest.share or 0), 1)}
    if found.is_before:
        text = _("In %(year)s nothing changes yet: %(names)s leaves from %(month)s.")
        return {"kind": "plain", "head": text % words, "rest": ""}
    if difference > 0:
        text = _(
            "Without %(names)s from %(month)s, those who stay pay %(difference)s more in %(year)s (%(share)s)."
        )
    elif difference < 0:
        text = _(
            "Without %(names)s from %(month)s, those who stay pay %(difference)s less in %(year)s (%(share)s)."
        )
    else:
        text = _("Without %(names)s from %(month)s, those who stay pay the same in %(year)s.")
    rest = []
    if found.left > 0:
        said = _("On average %(fte)s of the teams is left over that year. As long as these people stay on the payroll,"
                 " that costs another %(cost)s a year, which nobody pays yet in the figures below.")  # fmt: skip
        rest.append(said % {"fte": fte(found.left, "unit"), "cost": eur(round(found.staff))})
    return {"kind": "bad" if difference > 0 else "plain", "head": text % words, "rest": " ".join(rest)}


def remarks(switch: Switch, names: Names, inputs: PlanInputs, codes: Sequence[str]) -> list[dict[str, str]]:
    """What else to know of the test: lines that go, locks that no longer fit."""
    found = []
    if lines := lines_of(inputs, codes):
        text = ngettext("Line %(lines)s is paid by who leaves alone, and goes with it.",
                        "Lines %(lines)s are paid by who leaves alone, and go with it.", len(lines))  # fmt: skip
        found.append({"level": "note", "message": text % {"lines": ", ".join(lines)}})
    return found + locks(switch, names)


def locks(switch: Switch, names: Names) -> list[dict[str, str]]:
    """Locked FTE that no longer fits: it says nothing of cost, but the grid would refuse it."""
    text = _("The locked FTE of %(service)s no longer fits its team; look at it again in the FTE grid.")
    return [
        {"level": "warning", "message": text % {"service": names.service(service)}}
        for service in switch.locks
    ]


def candidates(names: Names, codes: Sequence[str]) -> list[dict[str, object]]:
    """The participants to choose from."""
    rows: Mapping[str, str] = names.participants
    return [{"code": code, "name": name, "chosen": code in codes}
            for code, name in sorted(rows.items(), key=lambda pair: pair[1].casefold())]  # fmt: skip
