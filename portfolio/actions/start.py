"""Starting a center from a few totals: what it would look like, and making it with its first two plans."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portfolio.actions.plans import compute_center
from portfolio.actions.reference import link_templates
from portfolio.engine import checks
from portfolio.engine.estimating import AsItIs, as_it_is, fit
from portfolio.engine.findings import refuse_errors
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.scaling import UNEXPLAINED
from portfolio.engine.schema import tidy
from portfolio.frames.start import Draft, Templates, decisions, drafted
from portfolio.frames.write import as_stored, new_center
from portfolio.models.center import Center, Membership, MembershipRole


@dataclass(frozen=True, eq=False)
class Proposal:
    """The center that a draft would give: its inputs, the current services as they cost, EUR that nothing explains."""

    inputs: CenterInputs
    now: AsItIs
    unexplained: int


def unexplained_words() -> dict[str, str]:
    """How what is not explained is called, in the language of whoever makes it."""
    return {
        "name": _("Not yet explained"),
        "category": _("Not yet explained"),
        "source": _("The total contribution, less what the services cost as far as known or estimated"),
    }


def propose(draft: Draft, templates: Templates | None = None) -> Proposal:
    """The templates scaled to the totals; nothing is stored. Raises ``Refused`` when these contradict each other."""
    made = drafted(draft, templates or Templates.read())
    found = fit(made, fte=draft.fte, eur=draft.eur, words=unexplained_words())
    inputs = as_stored(_with_unexplained_kept(found.inputs, draft))
    refuse_errors(checks.find(inputs))
    return Proposal(inputs, as_it_is(inputs), found.unexplained)


@transaction.atomic
def start_center(*, draft: Draft, key: str, user: Any) -> Center:
    """Make the center, with its maker as director; the one of this key when it has been made already."""
    made: Center | None = Center.objects.visible_to(user).filter(key=key).first()
    if made is not None:
        return made
    center = new_center(propose(draft).inputs, user=user, at=timezone.now())
    center.key = key
    center.save(update_fields=["key"])
    director = Membership(user=user, center=center, role=MembershipRole.DIRECTOR)
    director.full_clean()
    director.save()
    link_templates(center=center)
    return center


def start(*, draft: Draft, key: str, user: Any) -> Center:
    """Make the center and compute its plans."""
    try:
        center = start_center(draft=draft, key=key, user=user)
    except IntegrityError:  # sent twice at the same time: the other one has made it
        center = Center.objects.visible_to(user).get(key=key)
    compute_center(center=center, user=user)
    return center


def _with_unexplained_kept(inputs: CenterInputs, draft: Draft) -> CenterInputs:
    """Nobody has to decide about what is not explained yet."""
    if UNEXPLAINED not in set(inputs.frames["services"]["service"]):
        return inputs
    kept = decisions(replace(draft, wishes=()), [UNEXPLAINED], [UNEXPLAINED])
    both = pd.concat([inputs.frames["decisions"], tidy("decisions", kept)])
    return replace(inputs, frames={**inputs.frames, "decisions": tidy("decisions", both)})
