"""The sentence on top of who pays what: the plan's verdict, and which of the divisions beside it do otherwise."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from portfolio.reports.sharing import PLAN, SharedYear
from portfolio.reports.sharing_words import Verdict


def message(year: SharedYear, verdicts: Sequence[Verdict]) -> dict[str, str]:
    """What the page says first; when nothing keeps everyone in, that comes before who pays too much."""
    plan = next(one for one in verdicts if one.method == PLAN)
    others = [one for one in verdicts if one.method != PLAN]
    kind = "bad" if plan.is_bad else "ok" if plan.is_well else "plain"
    words = {"year": year.year}
    notes = plan.notes
    if year.only or not (plan.is_bad or plan.is_well):
        head, rest = _("In %(year)s, by the plan:") % words + " " + plan.head, []
    elif plan.state == "none":
        worst, rests = plan.groups[0]
        head = _("In %(year)s:") % words + " " + plan.mend
        means = _(
            "Either the plan costs more than it has to, or what some would pay alone is stated too low."
        )
        rest = [means, _("By the plan:") + " " + worst, rests]
    elif plan.is_bad:
        worst, rests = plan.groups[0]
        head, rest = _("In %(year)s, by the plan:") % words + " " + worst, [rests, _who_keeps(others)]
    else:
        head = _("In %(year)s nobody, and no group, would be better off outside the center.") % words
        rest, notes = [*notes, _who_breaks(year, others)], []
    return {"kind": kind, "head": head, "rest": " ".join(filter(None, [*rest, *notes]))}


def _who_keeps(others: Sequence[Verdict]) -> str:
    good = [one.label for one in others if one.is_well]
    open_ = [one.label for one in others if one.state == "open"]
    if good:
        return _("Everyone stays with: %(names)s.") % {"names": ", ".join(good)}
    if open_:
        return _("As far as is known, everyone stays with: %(names)s.") % {"names": ", ".join(open_)}
    if not others or not all(one.is_bad for one in others):
        return ""
    return _("None of the other divisions shown keeps everyone in.")


def _who_breaks(year: SharedYear, others: Sequence[Verdict]) -> str:
    bad = [one for one in others if one.is_bad]
    if not bad:
        return ""
    worst = max(bad, key=lambda one: year.stability[one.method].worst)
    return _("By “%(key)s”: %(group)s") % {"key": worst.label, "group": worst.groups[0][0]}
