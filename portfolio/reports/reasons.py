"""Why a contribution changes, in a sentence: the steps that do most, and what stands against them."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.engine.comparison import Step
from portfolio.reports.payers import Payer
from portfolio.templatetags.figures import eur_signed

#: The steps as they stand after "because of".
_CAUSES: dict[Step, str | Promise] = {
    Step.UNEXPLAINED: gettext_lazy("a gap between what is paid today and what these figures explain"),
    Step.INDEXATION: gettext_lazy("growth of wages and prices"),
    Step.VOLUME: gettext_lazy("other volumes"),
    Step.PORTFOLIO: gettext_lazy("other services"),
    Step.KEY: gettext_lazy("another sharing key"),
    Step.ONE_OFF: gettext_lazy("one-off costs and income"),
    Step.INTERACTION: gettext_lazy("what the changes do together"),
}
#: One step is the reason when it is this share of all that points its way; else the next is named as well.
_MOSTLY = 2 / 3
#: What stands against the change is named from this share of it on.
_WORTH_NAMING = 0.1

Cause = tuple[Step, int]


def because(payer: Payer) -> str:
    """The largest steps that make the difference, and the largest against it."""
    if payer.was is None:
        text = _("What %(name)s pays today is not known, so the change cannot be explained.")
        return text % {"name": payer.name}
    causes = sorted(((step, amount) for step, amount in payer.steps.items() if amount),
                    key=lambda cause: (-abs(cause[1]), cause[0]))  # fmt: skip
    if not causes:
        return _("Nothing changes: no step does anything in this year.")
    difference = sum(amount for _step, amount in causes)
    if difference == 0:
        text = _("The steps cancel each other out; the largest are %(causes)s.")
        return text % {"causes": _listed(causes[:2])}
    along = [cause for cause in causes if (cause[1] > 0) == (difference > 0)]
    against = [cause for cause in causes if (cause[1] > 0) != (difference > 0)]
    whole = sum(abs(amount) for _step, amount in along)
    most = along[: 1 if abs(along[0][1]) >= _MOSTLY * whole else 2]
    said = [_("Mostly because of %(causes)s.") % {"causes": _listed(most)}]
    if against and abs(against[0][1]) >= _WORTH_NAMING * whole:
        said.append(_("Against that stands: %(causes)s.") % {"causes": _listed(against[:1])})
    return " ".join(said)


def _listed(causes: Sequence[Cause]) -> str:
    written = [f"{_CAUSES[step]} ({eur_signed(amount)})" for step, amount in causes]
    if len(written) == 1:
        return written[0]
    return _("%(first)s and %(second)s") % {"first": written[0], "second": written[1]}
