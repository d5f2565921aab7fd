"""The tables of the director's workbook: computed plans rearranged as a board reads them, names beside codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.results import PlanResults
from portfolio.engine.terms import Part
from portfolio.models.labels import PARTS

TEXT, EUR, CENTS, FTE, COUNT, YEAR = "text", "eur", "cents", "fte", "count", "year"


@dataclass(frozen=True, eq=False)
class Table:
    """One sheet: a title, columns as (head, kind), rows of values, and which rows are totals. Blank is None."""

    title: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Any]]
    totals: frozenset[int] = frozenset()


def plan_tables(inputs: CenterInputs, plans: Sequence[PlanResults]) -> list[Table]:
    """Every table of figures, in the order of the sheets and in the active language."""
    services = _names(inputs, "services", "service")
    participants = _names(inputs, "participants", "code")
    return [
        _summary(plans),
        _per_year(
            _("Team FTE"), _("Service"), "service", services, [_team_years(plan) for plan in plans], plans
        ),
        _per_year(
            _("FTE per participant"),
            _("Participant"),
            "participant",
            participants,
            [_participant_years(plan) for plan in plans],
            plans,
        ),
        _division(plans, services, list(participants)),
        _contributions(plans, participants),
        _cost(plans),
    ]


def _names(inputs: CenterInputs, frame: str, code: str) -> dict[str, str]:
    return dict(zip(inputs.frames[frame][code], inputs.frames[frame]["name"], strict=True))


def _summary(plans: Sequence[PlanResults]) -> Table:
    rows = []
    for plan in plans:
        got = plan.headlines
        year = int(got["year"])
        paid, own = got["contributions_eur"], got["own_effort_eur"]
        paid_today, own_today = _known(got["today_contributions_eur"]), got["today_own_effort_eur"]
        both_today = None if paid_today is None else paid_today + own_today
        figures: list[tuple[str, str, float | None, float]] = [
            (_("Contributions in %(year)s") % {"year": year}, EUR, paid_today, paid),
            (_("Own effort of participants in %(year)s") % {"year": year}, EUR, own_today, own),
            (_("Contributions and own effort in %(year)s") % {"year": year}, EUR, both_today, paid + own),
            (_("Team FTE at the end"), FTE, got["today_team_fte"], got["team_fte"]),
            (_("One-off cost over the horizon"), EUR, None, got["one_off_eur"]),
            (_("Current services"), COUNT, got["current_services"], got["current_services_live"]),
            (_("New services"), COUNT, 0.0, got["new_services_started"]),
            (_("Services decided on"), COUNT, None, got["decided"]),
        ]
        for label, kind, before, after in figures:
            difference = None if before is None else after - before
            rows.append((plan.scenario, label, (before, kind), (after, kind), (difference, kind)))
    heads = (_("Scenario"), _("Figure"), _("Was"), _("Becomes"), _("Difference"))
    return Table(_("Summary"), [(head, TEXT) for head in heads], rows)


def _known(value: float) -> float | None:
    return None if value != value else value


def _team_years(plan: PlanResults) -> pd.DataFrame:
    """Mean FTE of a service over the months of each year."""
    frame = plan["team_fte"].assign(year=plan["team_fte"]["month"].str[:4].astype(int))
    return frame.groupby(["service", "year"])["fte"].mean().unstack()


def _participant_years(plan: PlanResults) -> pd.DataFrame:
    """FTE that works for a participant: the mean over the months of each year."""
    months = plan["team_fte"].drop_duplicates("month")["month"].str[:4].astype(int).value_counts()
    frame = plan["fte_allocation"].assign(year=plan["fte_allocation"]["month"].str[:4].astype(int))
    return (
        frame.groupby(["participant", "year"])["fte"].sum().unstack().fillna(0.0).div(months, axis="columns")
    )


def _per_year(
    title: str,
    head: str,
    code: str,
    names: dict[str, str],
    frames: Sequence[pd.DataFrame],
    plans: Sequence[PlanResults],
) -> Table:
    """A row per code and scenario, a column per year, a total per scenario."""
    years = sorted({int(year) for frame in frames for year in frame.columns})
    rows: list[Sequence[Any]] = []
    totals = set()
    for plan, found in zip(plans, frames, strict=True):
        frame = found.reindex(index=list(names), columns=years)
        for key, values in zip(frame.index, frame.to_numpy(), strict=True):
            rows.append(
                (plan.scenario, key, names[key], *(None if value != value else value for value in values))
            )
        totals.add(len(rows))
        rows.append((plan.scenario, "", _("Total"), *frame.sum().tolist()))
    columns = [(_("Scenario"), TEXT), (head, TEXT), (_("Name"), TEXT), *((str(year), FTE) for year in years)]
    return Table(title, columns, rows, frozenset(totals))


def _division(plans: Sequence[PlanResults], services: dict[str, str], participants: list[str]) -> Table:
    """Services by participants in the reference year, with totals both ways."""
    rows: list[Sequence[Any]] = []
    totals = set()
    for plan in plans:
        year = str(int(plan.headlines["year"]))
        frame = plan["fte_allocation"][plan["fte_allocation"]["month"].str[:4] == year]
        months = plan["team_fte"].loc[plan["team_fte"]["month"].str[:4] == year, "month"].nunique()
        grid = frame.groupby(["service", "participant"])["fte"].sum().div(months or 1).unstack()
        grid = grid.reindex(index=list(services), columns=participants)
        for service, values in zip(grid.index, grid.to_numpy(dtype=float), strict=True):
            cells = [None if value != value else value for value in values]
            rows.append((plan.scenario, service, services[service], *cells, sum(cell or 0 for cell in cells)))
        totals.add(len(rows))
        rows.append((plan.scenario, "", _("Total"), *grid.sum().tolist(), float(grid.sum().sum())))
    years = sorted({int(plan.headlines["year"]) for plan in plans})
    columns = [(_("Scenario"), TEXT), (_("Service"), TEXT), (_("Name"), TEXT)]
    columns += [(code, FTE) for code in participants] + [(_("Total"), FTE)]
    title = _("FTE division %(year)s") % {"year": ", ".join(map(str, years))}
    return Table(title, columns, rows, frozenset(totals))


def _contributions(plans: Sequence[PlanResults], participants: dict[str, str]) -> Table:
    rows: list[Sequence[Any]] = []
    totals = set()
    for plan in plans:
        frame = plan["contributions"].sort_values(["year", "participant"], kind="stable")
        for year, found in frame.groupby("year", sort=True):
            was = [_known(cents / 100) for cents in found["current_eur_cents"].tolist()]
            becomes = [float(eur) for eur in found["eur"].tolist()]
            own = [cents / 100 for cents in found["own_effort_eur_cents"].tolist()]
            for code, *figures in zip(found["participant"].tolist(), was, becomes, own, strict=True):
                rows.append((plan.scenario, year, code, participants[code], *_judged(*figures)))
            total = None if None in was else sum(figure or 0.0 for figure in was)
            totals.add(len(rows))
            rows.append((plan.scenario, year, "", _("Total"), *_judged(total, sum(becomes), sum(own))))
    columns = [(_("Scenario"), TEXT), (_("Year"), YEAR), (_("Participant"), TEXT), (_("Name"), TEXT)]
    money = (_("Was"), _("Becomes"), _("Difference"), _("Own effort"), _("Becomes and own effort"))
    return Table(_("Contributions"), [*columns, *((head, EUR) for head in money)], rows, frozenset(totals))


def _judged(was: float | None, becomes: float, own: float) -> tuple[float | None, ...]:
    return was, becomes, None if was is None else becomes - was, own, becomes + own


def _cost(plans: Sequence[PlanResults]) -> Table:
    parts = [part.value for part in Part]
    rows: list[Sequence[Any]] = []
    for plan in plans:
        by_year = plan["cost"].groupby(["year", "part"])["eur_cents"].sum().unstack(fill_value=0)
        for year, cents in zip(
            by_year.index, by_year.reindex(columns=parts, fill_value=0).to_numpy(), strict=True
        ):
            rows.append((plan.scenario, year, *(cents / 100).tolist(), float(cents.sum()) / 100))
    heads = [str(PARTS[part]) for part in Part]
    columns = [(_("Scenario"), TEXT), (_("Year"), YEAR), *((head, EUR) for head in heads), (_("Total"), EUR)]
    return Table(_("Cost by part"), columns, rows)
