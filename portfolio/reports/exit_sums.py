"""The exit sum of a participant: by the arrangement's own rule, else by the methods of the courts, line by line."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pandas as pd
from django.utils.translation import gettext as _

from portfolio.engine.exits import (
    BRIDGING_YEARS,
    COURT_PERCENTAGES,
    Damage,
    ExitLine,
    ExitSum,
    Yearly,
    by_damage,
    by_percentages,
    percentages,
)
from portfolio.engine.inputs import PlanInputs
from portfolio.engine.membership import Switch
from portfolio.engine.rounding import half_up
from portfolio.engine.terms import ExitBase, ExitRule
from portfolio.models.labels import EXIT_BASES
from portfolio.models.leaving import ExitDamage, ExitTerms
from portfolio.reports.leaving import tuples
from portfolio.templatetags.figures import eur, number, pct

#: Where the methods were read. What the sources do not say is said on the page.
COURTS = "https://www.omgevingsweb.nl/nieuws/samenwerkende-gemeenten-kunnen-uittreden-makkelijker-maken"


@dataclass(frozen=True)
class Line:
    """One line of a computation in words, and its whole euros."""

    year: int
    how: str
    eur: int
    is_counted: bool


@dataclass(frozen=True)
class Method:
    """One way to come to an exit sum; ``gap`` says what is missing when there is no sum."""

    title: str
    why: str
    lines: Sequence[Line]
    total: int | None
    gap: str = ""
    source: str = ""
    basis: str = ""


@dataclass(frozen=True)
class LeaverSum:
    """The methods that hold for one participant."""

    code: str
    name: str
    methods: Sequence[Method]


def leaver_sum(
    code: str,
    name: str,
    terms: ExitTerms,
    damage: Iterable[ExitDamage],
    yearly: Callable[[int], Yearly],
    leaves: date,
) -> LeaverSum:
    """The arrangement's own rule; only where that is silent, both methods of the courts."""
    losses = [Damage(row.description, Fraction(row.amount), row.year, row.last_year or row.year)
              for row in damage if row.participant.code == code]  # fmt: skip
    if terms.rule == ExitRule.PERCENTAGES:
        base = ExitBase(terms.base)
        found = by_percentages(percentages(terms.percentages), yearly, leaves, base)
        why = _("The arrangement's own rule: %(percentages)s percent of %(base)s.") % {
            "percentages": terms.percentages, "base": EXIT_BASES[base]}  # fmt: skip
        methods = [_falling(_("By the arrangement"), why, found, terms.source)]
    elif terms.rule == ExitRule.DAMAGE:
        why = _("The arrangement's own rule: the actual damage, as stated line by line.")
        methods = [_stated(_("By the arrangement"), why, by_damage(losses, leaves), terms.source)]
    else:
        falling = by_percentages(percentages(COURT_PERCENTAGES), yearly, leaves, ExitBase.LAST_YEAR)
        bridged = by_damage(losses, leaves, BRIDGING_YEARS)
        methods = [
            _falling(_("Paying on, falling to nothing"), _("Courts: 100, 80, 60, 40 and 20 percent of the"
                     " contribution over five years. The contribution of which year is not said in the source; here"
                     " it is that of the last year before leaving."), falling, COURTS),
            _stated(_("Actual damage"), _("Courts: the actual, direct damage over five years; fixed costs may be part"
                    " of it."), bridged, COURTS),
        ]  # fmt: skip
    return LeaverSum(code, name, methods)


def _falling(title: str, why: str, found: ExitSum, source: str) -> Method:
    """Percentages of one contribution name it once; of several, each line names its own."""
    if found.total is None:
        gap = _("What this participant pays is not known. Fill in its contribution.")
        return Method(title, why, [], None, gap, source)
    bases = {line.base for line in found.lines}
    lines = [Line(line.year, _share(line, len(bases) > 1), line.eur, True) for line in found.lines]
    basis = _base(found.lines[0].base) if len(bases) == 1 else ""
    return Method(title, why, lines, found.total, "", source, basis)


def _stated(title: str, why: str, found: ExitSum, source: str) -> Method:
    gap = "" if found.lines else _("No damage has been entered for this participant, so there is no sum.")
    lines = [Line(line.year, line.what, line.eur, line.is_counted) for line in found.lines]
    return Method(title, why, lines, found.total, gap, source)


def _share(line: ExitLine, is_full: bool) -> str:
    words = {"share": _percent(line.share or Fraction(0)), "base": eur(line.base.eur if line.base else None)}
    text = _("%(share)s of %(base)s") % words
    return f"{text}: {_base(line.base)}" if is_full else text


def _base(base: Yearly | None) -> str:
    """Which contribution it is, and what was done to it."""
    if base is None:
        return ""
    words = {"base": eur(base.eur), "year": base.year}
    said = {
        "plan": _("%(base)s is the contribution of %(year)s in the plan"),
        "today": _("%(base)s is the contribution of today; %(year)s lies before the plan"),
        "last": _("%(base)s is the contribution of %(year)s, the last year of the plan"),
    }[base.origin] % words
    if base.one_off:
        said += ", " + _("without one-off costs of %(eur)s") % {"eur": eur(base.one_off)}
    if base.months < 12:
        said += ", " + _("%(months)s months made up to a whole year") % {"months": number(base.months)}
    return said + "."


def _percent(share: Fraction) -> str:
    return pct(float(share), 0 if (share * 100).denominator == 1 else 2)


def yearly_of(switch: Switch, inputs: PlanInputs, code: str) -> Callable[[int], Yearly]:
    """What a participant contributes in any year, one-offs left out: in the plan as it is, before it, after it."""
    rows = switch.contributions
    mine = {row.year: row for row in tuples(rows[rows["participant"] == code])}
    first, last = min(switch.years), max(switch.years)

    def of(year: int) -> Yearly:
        if year < first:
            return Yearly(year, _today(inputs, code, year), "today")
        at = min(year, last)
        months, one_off = switch.months_in[at], int(mine[at].one_off_was)
        amount = int(half_up((int(mine[at].was) - one_off) * 12 / months))
        return Yearly(at, amount, "plan" if year <= last else "last", one_off, months)

    return of


def _today(inputs: PlanInputs, code: str, year: int) -> int | None:
    budget = {row.year: row.amount for row in inputs.rows("budget") if row.participant == code}
    now = inputs.column("participants", "current_contribution")[inputs.participant_at[code]]
    found = budget.get(year, now)
    return None if pd.isna(found) else int(half_up(found))
