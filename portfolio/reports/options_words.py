"""The sentence on top of the comparison of outside options: which comes first, how firmly, and at what cost."""

import math
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.engine.terms import Status
from portfolio.reports.options import Choice, Comparison, Staying
from portfolio.templatetags.figures import eur, number


def message(found: Comparison, stays: Staying | None, name: str) -> dict[str, str]:
    """The sentence the page is about."""
    ranked, firsts = found.ranked, found.firsts
    if not any(line.is_judged for line in found.lines):
        return {"kind": "plain", "head": _("Nothing is judged yet."),
                "rest": _("Give the options a score from 1 to 5, and they can be ranked.")}  # fmt: skip
    if not found.is_weighed:
        return {"kind": "plain", "head": _("There is no ranking, because no judged criterion has a weight above 0."),
                "rest": _("Give at least one criterion that counts a higher weight.")}  # fmt: skip
    if not ranked:
        return {"kind": "plain", "head": _("No option can be ranked yet."),
                "rest": _("Each misses a score on a criterion on which another is judged.")}  # fmt: skip
    if len(ranked) == 1:
        head = _("Only one option is judged on everything: “%(option)s”, with %(total)s out of 5.")
        rest = _("There is nothing to rank it against yet.")
    elif len(firsts) == 1:
        head = _("For %(name)s, “%(option)s” comes first with %(total)s out of 5.")
        rest = ngettext(
            "It does so in %(share)s of all ways to weigh the %(count)s criterion.",
            "It does so in %(share)s of all ways to weigh the %(count)s criteria.",
            count := sum(line.is_judged for line in found.lines),
        ) % {"share": firsts[0].share_words, "count": count}
    else:
        head = _("For %(name)s, %(option)s share the first place with %(total)s out of 5.")
        rest = _("The smallest change of a weight may decide it.")
    option = firsts[0].head if len(firsts) == 1 else _(" and ").join(f"“{choice.head}”" for choice in firsts)
    head = head % {"name": name, "option": option, "total": number(firsts[0].total, 2)}
    tempts = any(choice.difference is not None and choice.difference < 0 for choice in firsts)
    rest = " ".join(filter(None, [rest, _cost_words(firsts, stays)]))
    return {"kind": "" if tempts else "plain", "head": head, "rest": rest}


def _cost_words(firsts: Sequence[Choice], stays: Staying | None) -> str:
    if len(firsts) != 1 or stays is None or not stays.takes:
        return ""
    difference = firsts[0].difference
    if difference is None:
        return _("What it costs is not known, so it is not compared with staying.")
    if math.isclose(difference, 0, abs_tol=0.5):
        return _("In %(year)s it costs as much as staying.") % {"year": stays.year}
    text = _("In %(year)s it costs %(eur)s more than staying.") if difference > 0 else _(
        "In %(year)s it costs %(eur)s less than staying.")  # fmt: skip
    words = text % {"year": stays.year, "eur": eur(abs(difference))}
    estimated = _("That cost is an estimate.") if firsts[0].status == Status.ESTIMATED else ""
    return f"{words} {estimated}".strip()
