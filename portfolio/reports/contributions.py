"""Who pays what: the message on top, why a contribution changes as a chart, and the tables to take along."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from portfolio.reports.charts import Chart, bridge
from portfolio.reports.cost import CostTable
from portfolio.reports.payers import STEPS, Contributions, Payer, total_of
from portfolio.reports.plan_tables import EUR, TEXT, Table
from portfolio.templatetags.figures import eur_short, eur_short_signed, eur_signed


def message(year: Contributions) -> dict[str, str]:
    """What the page says before anything else: the total, who pays most more and most less, own effort included."""
    known = year.known
    total = total_of(known)
    if not known or total.difference is None:
        head = _("In %(year)s the participants pay %(becomes)s together; what they pay today is not known.")
        return {
            "kind": "plain",
            "head": head % {"year": year.year, "becomes": eur_short(year.total.becomes)},
            "rest": "",
        }
    words = {"year": year.year, "becomes": eur_short(total.becomes), "was": eur_short(total.was),
             "difference": eur_short(abs(total.difference))}  # fmt: skip
    if round(total.difference) > 0:
        head = _("In %(year)s the participants pay %(becomes)s together, %(difference)s more than today.")
    elif round(total.difference) < 0:
        head = _("In %(year)s the participants pay %(becomes)s together, %(difference)s less than today.")
    else:
        head = _("In %(year)s the participants pay %(becomes)s together, as much as today.")
    both = total.together_difference or 0.0
    kind = "ok" if round(both) < 0 else "" if round(both) > 0 else "plain"
    return {
        "kind": kind,
        "head": head % words,
        "rest": " ".join([*_extremes(known), *_with_own_effort(total), *_left_out(year)]),
    }


def _extremes(known: Sequence[Payer]) -> list[str]:
    changes = [(payer.difference or 0.0, payer.name) for payer in known]
    most, least = max(changes), min(changes)
    said = []
    if round(most[0]) > 0:
        said.append(
            _("The largest rise is for %(name)s: %(difference)s.")
            % {"name": most[1], "difference": eur_signed(most[0])}
        )
    if round(least[0]) < 0:
        said.append(
            _("The largest fall is for %(name)s: %(difference)s.")
            % {"name": least[1], "difference": eur_signed(least[0])}
        )
    elif round(least[0]) > 0 and len(known) > 1:
        said.append(_("Nobody pays less; the smallest rise is for %(name)s: %(difference)s.")
                    % {"name": least[1], "difference": eur_signed(least[0])})  # fmt: skip
    return said


def _with_own_effort(total: Payer) -> list[str]:
    if total.together_difference is None or round(total.own_difference) == 0:
        return []
    text = _("With what participants spend themselves (%(own)s) the difference is %(difference)s.")
    return [text % {"own": eur_short_signed(total.own_difference),
                    "difference": eur_short_signed(total.together_difference)}]  # fmt: skip


def _left_out(year: Contributions) -> list[str]:
    if not year.unknown:
        return []
    text = _("Not counted, since it is not known what they pay today: %(names)s.")
    return [text % {"names": ", ".join(year.unknown)}]


def why_chart(payer: Payer, year: int) -> Chart | None:
    """From today's contribution to the new one, step by step; None when today's is unknown or nothing changes."""
    if payer.was is None or not payer.reasons:
        return None
    steps = [(label, amount) for label, _meaning, amount in payer.all_reasons]
    return bridge("why", _("Why the contribution changes: %(name)s") % {"name": payer.name}, (_("Today"), payer.was),
                  steps, _("In %(year)s") % {"year": year})  # fmt: skip


# --- What is on screen, to take along ---


def tables(year: Contributions, cost: CostTable) -> list[Table]:
    """The tables of the page for Excel and CSV: the contributions with their reasons, and the cost by part."""
    money = [_("Was"), _("Becomes"), _("Difference"), _("Per inhabitant, was"), _("Per inhabitant, becomes"),
             _("Own effort, was"), _("Own effort, becomes"), _("Together"), _("Together, difference")]  # fmt: skip
    heads = [(_("Participant"), TEXT), (_("Name"), TEXT), *((head, EUR) for head in money)]
    heads += [(str(label), EUR) for label, _meaning in STEPS.values()]
    rows = [[payer.code, payer.name, payer.was, payer.becomes, payer.difference, payer.was_each, payer.becomes_each,
             payer.own_was, payer.own_becomes, payer.together, payer.together_difference,
             *(None if payer.was is None else payer.exact.get(step, 0.0) for step in STEPS)]
            for payer in [*year.payers, year.total]]  # fmt: skip
    name = _("Contributions %(year)s") % {"year": year.year}
    by_part = [[label, *values] for label, values in [*cost.rows, (_("Total"), cost.totals)]]
    return [
        Table(name, heads, rows, frozenset({len(rows) - 1})),
        Table(_("Cost by part"), [(_("Part"), TEXT), *((str(each), EUR) for each in cost.years)], by_part,
              frozenset({len(by_part) - 1})),
    ]  # fmt: skip
