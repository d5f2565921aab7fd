"""What edits of the FTE grid would do: the cells that come out otherwise, and one sentence that says it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.frames.uptake import Change
from portfolio.reports.grid import Grid
from portfolio.reports.grid_figures import ASKED
from portfolio.reports.names import Names
from portfolio.templatetags.figures import fte, fte_signed


def previewed(before: Grid, after: Grid, changes: Sequence[Change], names: Names) -> dict[str, Any]:
    """As ``grid-preview.js`` wants it: every cell, since an earlier preview may have moved it."""
    cells: dict[str, Any] = {
        name: {"value": cell.text, "class": cell.heat} for name, cell in after.cells.items()
    }
    if after.shown.unit == ASKED:
        cells |= {team_cell(row.code): fte(row.team) for group in after.groups for row in group.rows}
    texts = {"team-total": fte(after.target)} if after.shown.unit == ASKED else {}
    return {"cells": cells, "texts": texts, "message": sentence(before, after, changes, names)}


def team_cell(service: str) -> str:
    """How the cell with the team of a service is called."""
    return f"team,{service}"


def sentence(before: Grid, after: Grid, changes: Sequence[Change], names: Names) -> str:
    """What one change does, or several together."""
    if not changes:
        return _("Nothing differs from what is saved.")
    if len(changes) > 1:
        moved = sum(
            cell.text != after.cells[name].text for name, cell in before.cells.items() if name in after.cells
        )
        return ngettext(
            "%(count)s change; %(moved)s cells come out otherwise; teams together %(team)s (%(difference)s).",
            "%(count)s changes; %(moved)s cells come out otherwise; teams together %(team)s (%(difference)s).",
            len(changes),
        ) % {
            "count": len(changes), "moved": moved, "team": fte(after.target, "unit"),
            "difference": fte_signed(after.target - before.target),
        }  # fmt: skip
    change = changes[0]
    words = {"service": names.service(change.service), "participant": names.participant(change.participant)}
    team = next((row for group in after.groups for row in group.rows if row.code == change.service), None)
    words["team"] = fte(team.team if team else 0, "unit")
    if after.shown.unit == ASKED:
        if change.becomes.fte is None:
            return (
                _("%(service)s, %(participant)s: by the sizing rule again; the team comes to %(team)s.")
                % words
            )
        words["fte"] = fte(change.becomes.fte)
        return _("%(service)s, %(participant)s requests %(fte)s; the team comes to %(team)s.") % words
    if change.becomes.locked_fte is None:
        return (
            _("%(service)s, %(participant)s: no longer locked; the key divides the team of %(team)s.") % words
        )
    words["fte"] = fte(change.becomes.locked_fte)
    return (
        _("%(service)s, %(participant)s gets exactly %(fte)s; the others share the rest of %(team)s.") % words
    )


def act_text(changes: Sequence[Change], names: Names) -> str:
    """What was just saved, for the undo bar."""
    if len(changes) > 1:
        return _("%(count)s cells of the FTE grid.") % {"count": len(changes)}
    words = {
        "service": names.service(changes[0].service),
        "participant": names.participant(changes[0].participant),
    }
    return _("%(service)s, %(participant)s.") % words
