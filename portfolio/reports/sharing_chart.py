"""The chart of one year: what each pays today, in the plan and by the least objection, against going alone."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.engine.terms import Solution
from portfolio.reports.charts import Chart, bars, dots
from portfolio.reports.sharing import PLAN, SharedYear
from portfolio.reports.sharing_words import method_name
from portfolio.templatetags.figures import eur


def chart(year: SharedYear) -> Chart:
    """As a share of what each would pay alone where that is known; for one participant in EUR, as bars."""
    codes = year.shown
    alone = [_alone(year, code) for code in codes]
    by_name: dict[str, list[float | None]] = {
        _("Today"): [year.today[code] for code in codes],
        method_name(year, PLAN): [year.paid(PLAN, code) for code in codes],
        _("Alone"): alone,
    }
    fair = Solution.NUCLEOLUS.value
    if fair in year.cents:
        by_name[method_name(year, fair)] = [year.paid(fair, code) for code in codes]
    caption = _("Today, in the plan and alone, in %(year)s") % {"year": year.year}
    if len(codes) == 1:
        known = {name: values[0] for name, values in by_name.items() if values[0] is not None}
        caption = f"{caption}: {year.name(codes[0])}"
        return bars(
            "alone-chart", caption, list(known), {_("Amount"): list(known.values())}, sentence=_sentence(year)
        )
    is_share = any(alone)
    note = _("100% is what each would pay alone; the table has the amounts. The axis does not start at zero.")
    return dots(
        "alone-chart", caption, [year.name(code) for code in codes], by_name, sentence=_sentence(year),
        label_head=_("Participant"), whole=alone if is_share else (), note=note if is_share else "",
    )  # fmt: skip


def _alone(year: SharedYear, code: str) -> float | None:
    alone = year.alone.get(code)
    return alone.eur if alone is not None and alone.is_known else None


def _sentence(year: SharedYear) -> str:
    """For whom going alone is dearer, and for whom it is not."""
    gains = {code: -over for code in year.shown if (over := year.over_alone(PLAN, code)) is not None}
    if not gains:
        return _("It is not known what anyone would pay alone.")
    if len(gains) == 1:
        ((code, gain),) = gains.items()
        text = (
            _("%(name)s pays %(amount)s less than alone.")
            if gain >= 0
            else _("%(name)s pays %(amount)s more than alone.")
        )
        return text % {"name": year.name(code), "amount": eur(abs(gain))}
    most, least = (pick(gains, key=lambda code: gains[code]) for pick in (max, min))
    dearer = [code for code, gain in gains.items() if gain > 0]
    words = {"dearer": len(dearer), "known": len(gains), "most": year.name(most), "saves": eur(gains[most]),
             "least": year.name(least), "left": eur(abs(gains[least]))}  # fmt: skip
    if not dearer:
        return _("For none of the %(known)s participants is going alone dearer than the plan.") % words
    head = (
        _(
            "For all %(known)s participants going alone is dearer than the plan, most for %(most)s (%(saves)s)."
        )
        if len(dearer) == len(gains)
        else ngettext(
            "For %(dearer)s of %(known)s participants going alone is dearer than the plan: %(most)s (%(saves)s).",
            "For %(dearer)s of %(known)s participants going alone is dearer than the plan, most for %(most)s"
            " (%(saves)s).",
            len(dearer),
        )
    )
    tail = (
        _("%(least)s would pay %(left)s less alone.")
        if gains[least] < 0
        else _("%(least)s gains least by staying: %(left)s.")
    )
    return f"{head} {tail}" % words
