"""What the divisions are called, and in words: who would be better off alone, by how much, and what mends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portfolio.engine.rounding import largest_remainder
from portfolio.engine.terms import BuiltinKey, Solution
from portfolio.models.labels import BUILTIN_KEYS
from portfolio.reports.sharing import KEY, SharedYear
from portfolio.reports.sharing_names import MOST, counted, named
from portfolio.templatetags.figures import eur

#: The divisions that are no key: what each is called, and the term with what it means.
SOLUTION_NAMES: dict[str, tuple[str | Promise, str | Promise]] = {
    Solution.CONTRIBUTION.value: (
        gettext_lazy("The plan"),
        gettext_lazy("What the plan asks: every service by the key that is decided for it."),
    ),
    Solution.SHAPLEY.value: (
        gettext_lazy("Share in the savings"),
        gettext_lazy("Shapley value: what a participant adds to the cost, on average over every order in which the "
                     "participants could have joined."),
    ),
    Solution.NUCLEOLUS.value: (
        gettext_lazy("Least objection"),
        gettext_lazy("Nucleolus: the group that gains least by taking part gains as much as possible, then the next. "
                     "It keeps everyone in whenever some division does."),
    ),
    Solution.SCRB.value: (
        gettext_lazy("Own extra cost first"),
        gettext_lazy("SCRB (separable costs, remaining benefits): each pays what the others would save without it; the "
                     "rest is divided by what each then still saves against going alone."),
    ),
}  # fmt: skip
KEY_MEANINGS: dict[str, str | Promise] = {
    BuiltinKey.EQUAL.value: gettext_lazy("Every service in equal parts over the participants that take it."),
    BuiltinKey.DEMAND.value: gettext_lazy(
        "Every service by what each participant takes of it, in FTE of demand."
    ),
}


def method_name(year: SharedYear, method: str) -> str:
    """What a division is called on the page; a key of the center's own keeps the name it was given."""
    if method in SOLUTION_NAMES:
        return str(SOLUTION_NAMES[method][0])
    key = method.removeprefix(KEY)
    label = BUILTIN_KEYS.get(key) or year.names.drivers.get(key)
    return capfirst(str(label)) if label else key


def method_meaning(year: SharedYear, method: str) -> str:
    """What a division does, the term of the literature included."""
    if method in SOLUTION_NAMES:
        return str(SOLUTION_NAMES[method][1])
    key = method.removeprefix(KEY)
    if key in KEY_MEANINGS:
        return str(KEY_MEANINGS[key])
    if key in year.names.drivers:
        return _("Every service by “%(driver)s” of the participants that take it.") % {
            "driver": year.names.driver(key)
        }
    return _("Every service by the center's own key “%(key)s”, over the participants that take it.") % {
        "key": key
    }


@dataclass(frozen=True)
class Verdict:
    """Whether everyone stays under a division. ``state``: stable, mendable, none, searched (nothing found), open
    (no verdict on some), each (no groups tried), unjudged; ``groups`` what is said of each and what that rests on,
    worst first; ``more`` counts the others."""

    method: str
    label: str
    state: str
    short: str
    head: str
    groups: Sequence[tuple[str, str]] = ()
    more: str = ""
    mend: str = ""
    notes: Sequence[str] = field(default=())

    @property
    def is_well(self) -> bool:
        return self.state in ("stable", "searched")

    @property
    def is_bad(self) -> bool:
        return self.state in ("mendable", "none")


def verdict(year: SharedYear, method: str) -> Verdict:
    """The verdict on one division. Of a group with a member whose cost alone is unknown nothing is said."""
    label = method_name(year, method)
    if year.only:
        return _own_verdict(year, method, label)
    found = year.stability.get(method)
    if found is None:
        return _each_by_itself(year, method, label)
    judged = [
        (names, excess) for names, excess in year.core.get(method, ()) if not {*names} & {*year.unknown}
    ]
    doubt = _unknown_words(year)
    if not judged:
        return _nothing_blocks(year, method, label, doubt)
    groups = [group_words(year, method, names, excess) for names, excess in judged[:MOST]]
    left = (len(judged) if year.unknown else found.groups) - len(groups)
    more = (
        ngettext("and %(count)s more group", "and %(count)s more groups", left) % {"count": left}
        if left
        else ""
    )
    counted = left + len(groups)
    short = (ngettext("no, %(count)s group", "no, %(count)s groups", counted) if found.is_exact
             else ngettext("no, at least %(count)s group", "no, at least %(count)s groups", counted))  # fmt: skip
    short %= {"count": counted}
    head = _("Not everyone stays.")
    notes = [
        *doubt,
        *([] if found.is_exact else [_("Groups were searched for, not all tried; there may be more.")]),
    ]
    if found.verdict == "none" and not doubt:
        return Verdict(method, label, "none", short, head, groups, more, _none_words(year), notes)
    mend = _("No change is proposed while that is not known.") if doubt else mend_words(year, method)
    return Verdict(method, label, "mendable", short, head, groups, more, mend, notes)


def _nothing_blocks(year: SharedYear, method: str, label: str, doubt: Sequence[str]) -> Verdict:
    guessed = _estimates(year)
    rests = [_("What %(names)s would pay alone is an estimate.") % {"names": guessed}] if guessed else []
    if doubt:
        head = _("As far as it is known nobody would be better off alone.")
        return Verdict(method, label, "open", _("as far as known"), head, notes=[*doubt, *rests])
    if not year.stability[method].is_exact:
        head = _("No group was found that would be better off alone.")
        notes = [
            _("Groups were searched for, not all tried: above 20 participants there are too many."),
            *rests,
        ]
        return Verdict(method, label, "searched", _("yes, as found"), head, notes=notes)
    head = _("Everyone stays: no participant and no group would be better off alone.")
    return Verdict(method, label, "stable", _("yes"), head, notes=rests)


def _each_by_itself(year: SharedYear, method: str, label: str) -> Verdict:
    """Above 40 participants no groups are tried, but what each by itself would pay alone still is known."""
    over = {code: over for code in year.codes if (over := year.over_alone(method, code)) is not None}
    notes = [
        _("Above 40 participants only keys are compared, and no groups are tried."),
        *_unknown_words(year),
    ]
    if not over:
        return Verdict(method, label, "unjudged", "–", _("No verdict: it is not known what anyone would pay alone."),
                       notes=notes)  # fmt: skip
    dear = sorted((code for code, much in over.items() if much > 0), key=lambda code: (-over[code], code))
    if not dear:
        head = _("No participant by itself would be better off alone.")
        return Verdict(method, label, "each", _("each by itself"), head, notes=notes)
    short = ngettext("no, %(count)s participant", "no, %(count)s participants", len(dear)) % {
        "count": len(dear)
    }
    groups = [group_words(year, method, [code], over[code]) for code in dear[:MOST]]
    left = len(dear) - len(groups)
    more = (ngettext("and %(count)s more participant", "and %(count)s more participants", left) % {"count": left}
            if left else "")  # fmt: skip
    return Verdict(method, label, "mendable", short, _("Not everyone stays."), groups, more, "", notes)


def group_words(year: SharedYear, method: str, codes: Sequence[str], excess: float) -> tuple[str, str]:
    """Who pays how much more than alone, and what that rests on."""
    apart = sum(year.alone[code].eur for code in codes)
    cost = sum(year.paid(method, code) for code in codes) - excess
    # A group is cheapest apart or as a center of its own; only the first rests on what each would pay alone, and then
    # what it pays too much is the sum over its members, as the table writes them.
    is_apart = len(codes) == 1 or cost > apart - 0.5
    over = {code: year.over_alone(method, code) or 0 for code in codes}
    written = sum(over.values()) if is_apart else 0
    words = {"names": named(year, codes), "amount": eur(written if written > 0 else excess)}
    said = ngettext("%(names)s pays %(amount)s more than on its own.",
                    "%(names)s together pay %(amount)s more than on their own.", len(codes)) % words  # fmt: skip
    said = capfirst(said)
    if not is_apart:
        return said, _("That is what a center of their own would cost by the figures of the services.")
    most = max(over, key=lambda code: (over[code], code))
    words = {"amount": eur(over[most]), "name": year.name(most)}
    mostly = [_("Of that %(amount)s is %(name)s.") % words] if len(codes) > 1 else []
    return said, " ".join([*mostly, *_guessed(year, codes)])


def _guessed(year: SharedYear, codes: Sequence[str]) -> list[str]:
    guessed = [code for code in codes if year.alone[code].is_estimate]
    if len(guessed) == len(codes):
        return [ngettext("This rests on an estimate of what it would pay alone.",
                         "This rests on an estimate of what they would pay alone.", len(codes))]  # fmt: skip
    text = _("This rests on an estimate of what %(names)s would pay alone.")
    return [text % {"names": named(year, guessed)}] if guessed else []


def mend_words(year: SharedYear, method: str) -> str:
    """The smallest change after which nobody is better off alone."""
    moves = sorted(_whole_moves(year.mending.get(method, {})).items(), key=lambda item: item[1])
    said = [
        (_("%(name)s %(amount)s less") if euros < 0 else _("%(name)s %(amount)s more"))
        % {"name": year.name(code), "amount": eur(abs(euros))}
        for code, euros in moves
        if euros
    ]
    return (
        _("The smallest change that keeps everyone in: %(moves)s.") % {"moves": ", ".join(said)}
        if said
        else ""
    )


def _whole_moves(moves: Mapping[str, float]) -> dict[str, int]:
    """Whole euros, so that what some pay less is to the euro what the others pay more."""
    whole: dict[str, int] = {}
    for sign in (-1, 1):
        exact = {
            code: Fraction(abs(round(move * 100)), 100) for code, move in moves.items() if move * sign > 0
        }
        whole |= {str(code): sign * euros for code, euros in largest_remainder(exact).items()}
    return whole


def _none_words(year: SharedYear) -> str:
    apart = sum(alone.eur for alone in year.alone.values())
    if year.total > apart:
        text = _("No division of this total keeps everyone in: together is dearer than apart by %(amount)s.")
        return text % {"amount": eur(year.total - apart)}
    least = year.stability.get(Solution.NUCLEOLUS.value)
    text = _(
        "No division of this total keeps everyone in: under every one some group pays at least %(amount)s too much."
    )
    return text % {"amount": eur(least.worst if least else None)}


def _own_verdict(year: SharedYear, method: str, label: str) -> Verdict:
    """What a reviewer may know: the own participant alone, against what it would pay alone."""
    code = year.only
    alone, over = year.alone.get(code), year.over_alone(method, code)
    if alone is None:
        return Verdict(method, label, "unjudged", "–", _("%(name)s takes no service of the center in this year.")
                       % {"name": year.name(code)})  # fmt: skip
    if over is None:
        return Verdict(method, label, "open", _("not known"), " ".join(_unknown_words(year)))
    rests = _guessed(year, [code])
    words = {"name": year.name(code), "amount": eur(abs(over))}
    if over > 0:
        return Verdict(method, label, "mendable", _("no"), _("%(name)s pays %(amount)s more than on its own.") % words,
                       notes=rests)  # fmt: skip
    head = _("%(name)s pays %(amount)s less than on its own.") % words
    return Verdict(method, label, "stable", _("yes"), head, notes=rests)


def _unknown_words(year: SharedYear) -> list[str]:
    codes = [code for code in year.unknown if year.only in ("", code)]
    if not codes:
        return []
    if year.only:
        return [
            _("No verdict: it is not known what %(name)s would pay alone.") % {"name": year.name(year.only)}
        ]
    text = ngettext("No verdict on %(names)s, nor on groups with it: it is not known what it would pay alone.",
                    "No verdict on %(names)s, nor on groups with them: it is not known what they would pay alone.",
                    len(codes))  # fmt: skip
    return [text % {"names": named(year, codes)}]


def _estimates(year: SharedYear) -> str:
    guessed = [code for code, alone in year.alone.items() if alone.is_known and alone.is_estimate]
    if len(guessed) > MOST:
        return counted(len(guessed))
    return named(year, guessed) if guessed else ""
