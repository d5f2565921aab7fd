"""How the closed lists of the engine are called on pages: one label per word."""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portfolio.engine import terms

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    #: A text of an interface: translated when it is shown.
    Text = str | _StrPromise
else:
    Text = object

Labels = dict[str, Text]

PHASES: Labels = {terms.Phase.CURRENT: _("current"), terms.Phase.NEW: pgettext_lazy("phase", "new")}
DECISIONS: Labels = {
    terms.DecisionKind.KEEP: _("keep"),
    terms.DecisionKind.OUTSOURCE: _("outsource the infrastructure"),
    terms.DecisionKind.OUTSOURCE_MANAGED: _("outsource with management"),
    terms.DecisionKind.RETURN: _("hand back"),
    terms.DecisionKind.STOP: _("stop"),
    terms.DecisionKind.START: _("start"),
    terms.DecisionKind.UNDECIDED: _("not yet decided"),
}
OFFER_DECISIONS: Labels = {word: label for word, label in DECISIONS.items() if word in terms.OUTSOURCING}
PARTS: Labels = {
    terms.Part.PEOPLE: _("people"),
    terms.Part.OVERHEAD: _("overhead"),
    terms.Part.FIXED: _("fixed cost"),
    terms.Part.CAPITAL: _("capital"),
    terms.Part.CONTRACTS: _("contracts"),
    terms.Part.QUANTITY: _("price times quantity"),
    terms.Part.ONE_OFF: _("one-off"),
}
BOUND_BY: Labels = {
    terms.BoundBy.MINIMUM: _("minimum team"),
    terms.BoundBy.DEMAND: pgettext_lazy("what sets the size of a team", "demand"),
}
LINE_KINDS: Labels = {terms.LineKind.ONE_OFF: _("one-off cost"), terms.LineKind.INCOME: _("income")}
STATUSES: Labels = {
    terms.Status.ESTIMATED: _("estimated"),
    terms.Status.ENTERED: _("entered"),
    terms.Status.CONFIRMED: _("confirmed"),
}
PARTICIPANT_KINDS: Labels = {
    terms.ParticipantKind.MUNICIPALITY: _("municipality"),
    terms.ParticipantKind.OTHER: _("other body"),
}
OPTIONS: Labels = {
    terms.Option.OWN: _("own infrastructure and staff"),
    terms.Option.OWN_DATACENTER: _("own staff and machines in a commercial data center"),
    terms.Option.MANAGED: _("data center and management bought"),
    terms.Option.SHARED: _("another shared service center"),
    terms.Option.HOST: _("a host municipality"),
}
#: The same in few words, for the head of a column.
OPTION_HEADS: Labels = {
    terms.Option.OWN: _("All on its own"),
    terms.Option.OWN_DATACENTER: _("Own staff, data center rented"),
    terms.Option.MANAGED: _("Management bought"),
    terms.Option.SHARED: _("Another center"),
    terms.Option.HOST: _("Host municipality"),
}
CRITERIA: Labels = {
    terms.Criterion.FLEXIBILITY: _("flexibility"),
    terms.Criterion.SCALABILITY: _("scalability"),
    terms.Criterion.CONTINUITY: _("continuity"),
    terms.Criterion.SECURITY: _("security"),
    terms.Criterion.SPEED_OF_CHANGE: _("speed of change"),
    terms.Criterion.COST: pgettext_lazy("criterion", "cost"),
    terms.Criterion.INFLUENCE: _("influence"),
}
EXIT_RULES: Labels = {
    terms.ExitRule.SILENT: _("nothing on the exit sum"),
    terms.ExitRule.PERCENTAGES: _("percentages of the yearly contribution"),
    terms.ExitRule.DAMAGE: _("the actual damage"),
}
EXIT_BASES: Labels = {
    terms.ExitBase.LAST_YEAR: _("the contribution of the last year before leaving"),
    terms.ExitBase.EACH_YEAR: _("what the participant would have paid in each of the years"),
}
LEVELS: Labels = {
    terms.Level.ERROR: _("error"),
    terms.Level.WARNING: _("warning"),
    terms.Level.NOTE: _("note"),
}
COMPARISONS: Labels = {
    terms.Comparison.UNCHANGED: _("unchanged"),
    terms.Comparison.EXCHANGEABLE: _("exchangeable"),
    terms.Comparison.CHANGED: _("changed"),
    terms.Comparison.LAPSED: _("lapsed"),
}
BUILTIN_KEYS: Labels = {
    terms.BuiltinKey.EQUAL: _("equal parts"),
    terms.BuiltinKey.DEMAND: _("demand"),
}


def choices(labels: Labels) -> list[tuple[str, Text]]:
    """The pairs that a Django field wants, with plain words as values."""
    return [(str(word.value if isinstance(word, StrEnum) else word), label) for word, label in labels.items()]
