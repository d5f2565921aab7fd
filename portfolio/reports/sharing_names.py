"""Participants in a sentence: by name while they are few, and otherwise by who is left out or by number."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.reports.sharing import SharedYear

#: Groups, or participants, that are named at once; the others are counted.
MOST = 5


def counted(participants: int) -> str:
    return ngettext("%(count)s participant", "%(count)s participants", participants) % {"count": participants}


def named(year: SharedYear, codes: Collection[str]) -> str:
    """Who they are; of many only those who are not among them, or the first few and a number."""
    if len(codes) <= MOST + 1:
        return listed([year.name(code) for code in codes])
    others = [code for code in year.alone if code not in codes]
    if not others:
        return _("all %(count)s participants") % {"count": len(codes)}
    if len(others) <= MOST - 2:
        return _("all but %(names)s") % {"names": listed([year.name(code) for code in others])}
    first = [year.name(code) for code in codes][: MOST - 1]
    return listed([*first, _("%(count)s others") % {"count": len(codes) - len(first)}])


def listed(names: Sequence[str]) -> str:
    """Words as one says them: A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
