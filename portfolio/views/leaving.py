"""Leaving: what it does to those who stay and what the leaver still owes, as a test; and the terms it rests on."""

from datetime import date
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.actions.center import Stale
from portfolio.actions.leaving import (
    LINE,
    damage_as_kept,
    damage_of,
    exit_terms_of,
    save_damage,
    save_exit_terms,
    terms_as_kept,
    token_of,
    undo_damage,
    undo_exit_terms,
)
from portfolio.engine.exits import earliest_exit
from portfolio.engine.inputs import PlanInputs
from portfolio.engine.schema import month_text
from portfolio.forms.leaving import DamageFormSet, ExitTermsForm, given_on, leaving_choice
from portfolio.models.center import Participant
from portfolio.models.leaving import ExitDamage, ExitTerms
from portfolio.reports import exit_sums
from portfolio.reports import leaving as report
from portfolio.reports.names import Names
from portfolio.templatetags.figures import month, number
from portfolio.views.base import CenterPage, year_options, years_of


class MembershipTest(CenterPage):
    """A page that plays with who takes part: a preview over the inputs as they are now, of which nothing is kept."""

    capability = "test_leaving"
    nav = "leaving"
    tab = ""

    def show(self, status: int = 200, **context: Any) -> HttpResponse:
        return super().show(status, tabs=self.tabs(), **context)

    def tabs(self) -> list[dict[str, Any]]:
        if self.scenario is None:
            return []
        labels = {"leaving": _("Leaving"), "joining": _("Joining"), "scale": _("Does scale still pay?")}
        return [{"label": label, "url": self.url(name, scenario=self.scenario.code), "current": name == self.tab}
                for name, label in labels.items()]  # fmt: skip

    @property
    def planned(self) -> PlanInputs:
        """What is played with; the addresses of these tests name a scenario, so there is one."""
        if self.plan_inputs is None:
            raise Http404
        return self.plan_inputs

    @cached_property
    def names(self) -> Names:
        return Names(self.inputs.frames)

    @cached_property
    def terms(self) -> ExitTerms:
        return exit_terms_of(self.center)

    @property
    def undo_key(self) -> str:
        """Where the session keeps the last save of terms or damage."""
        return f"exit-{self.center.key}"


class Leaving(MembershipTest):
    """Some participants switched off from a month on."""

    title = gettext_lazy("Leaving and joining")
    lead = gettext_lazy("What happens to the others when a participant leaves, and what it still owes")
    tab = "leaving"
    template_name = "portfolio/leaving/leaving.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        inputs, terms = self.planned, self.terms
        given = given_on(request.GET, timezone.localdate())
        earliest = earliest_exit(given, terms.notice_months, terms.only_january)
        choice = leaving_choice(request.GET, inputs, earliest=earliest, given=given,
                                only_january=terms.only_january, label=from_month)  # fmt: skip
        shown: dict[str, Any] = {
            "choice": choice, "terms": terms, "earliest": earliest, "behind": self.behind,
            "candidates": report.candidates(self.names, choice.who), "may_edit": self.may("edit_center"),
            "too_soon": choice.month < earliest.year * 12 + earliest.month - 1,
            "nobody_stays": len(choice.who) == len(inputs.participant_at),
            "undo": request.session.get(self.undo_key) if self.may("edit_center") else None,
        }  # fmt: skip
        if choice.who and not shown["nobody_stays"]:
            shown |= self.figures(choice.who, choice.month, choice.year)
        return self.show(**shown)

    def figures(self, who: Any, month_: int, year: int) -> dict[str, Any]:
        """Everything about a test that asks something."""
        inputs, names = self.planned, self.names
        switch = report.without(inputs, who, month_)
        if switch.refusals:
            return {"refused": [{"level": "error", "message": names.said(each)} for each in switch.refusals]}
        found = report.outcome(switch, names, who, year)
        damage = list(
            ExitDamage.objects.filter(participant__center=self.center).select_related("participant")
        )
        leaves = date(month_ // 12, month_ % 12 + 1, 1)
        sums = [exit_sums.leaver_sum(code, names.participant(code), self.terms, damage,
                                     exit_sums.yearly_of(switch, inputs, code), leaves) for code in who]  # fmt: skip
        return {
            "found": found, "message": report.message(found), "sums": sums,
            "remarks": [*found.pools, *report.remarks(switch, names, inputs, who)],
            "years": year_options(self, year, years_of(inputs)),
        }  # fmt: skip


def from_month(number: int) -> str:
    if number % 12 == 0:
        return _("1 January %(year)s") % {"year": number // 12}
    return month(month_text(number))


class TermsPage(MembershipTest):
    """A page of the exit terms, which go with the center and not with a scenario."""

    capability = "edit_center"

    def back(self) -> str:
        return self.url("leaving", scenario=self.scenario.code) if self.scenario else self.url("home")

    def keep(self, text: str, before: Any, seen: str, participant: str = "") -> None:
        """Remember what a save replaced, to be put back as long as nobody saves again."""
        self.request.session[self.undo_key] = {
            "text": text, "before": before, "seen": seen, "participant": participant}  # fmt: skip

    def overtaken(self) -> None:
        messages.error(self.request, _("Nothing was saved: somebody else saved this meanwhile. What stands now is"
                                       " below; make your change again."))  # fmt: skip


class ExitTermsPage(TermsPage):
    """The arrangement's own rule."""

    title = gettext_lazy("Exit terms of the arrangement")
    lead = gettext_lazy(
        "The arrangement's own rule comes first; only where it is silent do the courts' methods"
    )
    template_name = "portfolio/leaving/terms.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ExitTermsForm(instance=self.terms)
        return self.show(form=form, seen=token_of(self.terms), back=self.back())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        seen = request.POST.get("seen", "")
        form = ExitTermsForm(request.POST, instance=exit_terms_of(self.center))
        if not form.is_valid():
            return self.show(422, form=form, seen=seen, back=self.back())
        before = terms_as_kept(self.center)
        try:
            saved = save_exit_terms(center=self.center, seen=seen, **form.cleaned_data)
        except Stale:
            self.overtaken()
            return redirect(self.url("exit_terms"))
        self.keep(_("You saved the exit terms."), before, token_of(saved))
        messages.success(request, _("The exit terms are saved."))
        return redirect(self.back())


class ExitDamagePage(TermsPage):
    """The actual damage when one participant leaves, line by line."""

    lead = gettext_lazy("What its leaving costs the others, directly and demonstrably, per year")
    template_name = "portfolio/leaving/damage.html"

    @cached_property
    def participant(self) -> Participant:
        return get_object_or_404(Participant, center=self.center, code=self.kwargs["participant"])

    @property
    def title(self) -> str:
        return _("Damage when %(participant)s leaves") % {"participant": self.participant.name}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        stored = list(damage_of(self.participant))
        rows = [{"pk": row.pk, **{name: getattr(row, name) for name in LINE}} for row in stored]
        return self.page(DamageFormSet(initial=[_written(row) for row in rows]), token_of(*stored))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        seen, lines = request.POST.get("seen", ""), DamageFormSet(request.POST)
        if not lines.is_valid():
            return self.page(lines, seen, 422)
        values = [form.values for form in lines if form.has_changed() and not form.is_blank]
        before = damage_as_kept(self.participant)
        try:
            save_damage(participant=self.participant, seen=seen, lines=values)
        except Stale:
            self.overtaken()
            return redirect(request.path)
        text = _("You saved the damage when %(participant)s leaves.") % {"participant": self.participant.name}
        self.keep(text, before, token_of(*damage_of(self.participant)), self.participant.code)
        messages.success(request, _("The lines are saved."))
        return redirect(f"{self.back()}?{urlencode({'who': self.participant.code})}")

    def page(self, lines: Any, seen: str, status: int = 200) -> HttpResponse:
        return self.show(status, lines=lines, seen=seen, participant=self.participant, back=self.back())


class UndoExit(TermsPage):
    """Take back the last save of terms or damage."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kept = request.session.pop(self.undo_key, None)
        if not kept:
            messages.info(request, _("There is nothing to undo."))
            return redirect(self.back())
        code = kept["participant"]
        try:
            if code:
                participant = get_object_or_404(Participant, center=self.center, code=code)
                undo_damage(participant=participant, before=kept["before"], seen=kept["seen"])
            else:
                undo_exit_terms(center=self.center, before=kept["before"], seen=kept["seen"])
        except Stale:
            messages.error(request, _("Somebody else changed this meanwhile, so it was not undone."))
        else:
            messages.success(request, _("Undone: %(act)s") % {"act": kept["text"]})
        return redirect(f"{self.back()}?{urlencode({'who': code})}" if code else self.back())


def _written(row: dict[str, Any]) -> dict[str, Any]:
    """Amounts as people of this language write them."""
    amount = row["amount"]
    return row | {"amount": number(amount, 0 if amount == int(amount) else 2)}
