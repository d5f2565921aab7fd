"""Joining: a newcomer tried out on the plan; nothing of it is kept, unless it is made a participant."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.actions.center import Stale
from portfolio.actions.entry import version_of
from portfolio.actions.joining import ADDED, add_participant, undo_participant
from portfolio.engine.findings import Refused
from portfolio.forms.joining import JoiningForm
from portfolio.forms.leaving import chosen_month, chosen_year, moments
from portfolio.reports import joining as report
from portfolio.reports.leaving import locks, outcome
from portfolio.reports.names import Names
from portfolio.sheets.wording import said
from portfolio.views.base import year_options, years_of
from portfolio.views.leaving import MembershipTest, from_month


class JoiningTest(MembershipTest):
    """What the page and its acts share: the newcomer as the address describes it."""

    @cached_property
    def form(self) -> JoiningForm:
        asked = self.request.GET if "name" in self.request.GET else None
        inputs = self.planned
        return JoiningForm(
            asked, inputs=inputs, inhabitants=report.inhabitants_driver(inputs), names=self.names
        )

    @cached_property
    def guess(self) -> report.Guess:
        """Of a form that is valid."""
        asked = self.form.cleaned_data
        return report.newcomer(self.planned, asked["name"], self.form.volumes, asked["services"])

    @property
    def undo_key(self) -> str:
        return f"joined-{self.center.key}"


class Joining(JoiningTest):
    """One participant more, from a month on."""

    title = gettext_lazy("Leaving and joining")
    lead = gettext_lazy("What a newcomer would pay, what it brings, and what changes for the others")
    tab = "joining"
    template_name = "portfolio/leaving/joining.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        inputs = self.planned
        month = chosen_month(request.GET.get("from", ""), inputs, True, inputs.base_year * 12)
        form, may_add = self.form, self.may("edit_decisions")
        shown: dict[str, Any] = {
            "form": form, "moments": moments(inputs, True, month, from_month), "may_add": may_add,
            "undo": request.session.get(self.undo_key) if may_add else None,
        }  # fmt: skip
        if form.is_bound and form.is_valid():
            shown |= self.figures(form, month, chosen_year(request.GET.get("year", ""), inputs, month))
        return self.show(**shown)

    def figures(self, form: JoiningForm, month: int, year: int) -> dict[str, Any]:
        """Everything about a newcomer that is well described."""
        inputs, asked, guess = self.planned, form.cleaned_data, self.guess
        switch = report.together(inputs, guess, month)
        names = Names(switch.other.inputs.frames)
        if switch.refusals:
            return {
                "refused": [{"level": "error", "message": self.names.said(each)} for each in switch.refusals]
            }
        found = outcome(switch, names, [guess.newcomer.code], year, rising=True)
        return {
            "found": found, "message": report.message(found, asked["name"]), "estimates": guess.estimates,
            "entry": report.entry(switch, found, asked), "own": report.own(asked, found),
            "inhabitants": guess.volumes.get(form.inhabitants),
            "remarks": [*found.pools, *locks(switch, self.names)],
            "years": year_options(self, year, years_of(inputs)),
            "version": version_of(self.inputs, ADDED), "query": self.request.GET.urlencode(),
            "starts": from_month(inputs.base_year * 12) if month > inputs.base_year * 12 else "",
        }  # fmt: skip


class JoiningAct(JoiningTest):
    """What the director does with a newcomer."""

    capability = "edit_decisions"
    http_method_names = ["post"]

    def back(self, query: str = "") -> HttpResponse:
        address = self.url("joining", scenario=self.kwargs["scenario"])
        return redirect(f"{address}?{query}" if query else address)


class MakeParticipant(JoiningAct):
    """The newcomer becomes a participant."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        query = request.GET.urlencode()
        if not (self.form.is_bound and self.form.is_valid()):
            return self.back(query)
        name = self.form.cleaned_data["name"]
        newcomer = report.as_participant(self.guess, self.planned, name, list(self.form.volumes))
        version = request.POST.get("version", "")
        try:
            saved = add_participant(center=self.center, newcomer=newcomer, version=version, user=request.user)
        except Stale:
            messages.error(request, _("Nothing was saved: somebody else changed the participants, their volumes, keys"
                                      " or services meanwhile. Look again."))  # fmt: skip
            return self.back(query)
        except Refused as refused:
            for finding in refused.findings[:3]:
                messages.error(request, said(finding))
            return self.back(query)
        text = _("%(name)s is a participant now.") % {"name": name}
        request.session[self.undo_key] = {"text": text, "undo": saved.undo}
        messages.success(request, text + " " + _("The plans are computed with it."))
        return self.back()


class UndoParticipant(JoiningAct):
    """Take that back."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kept = request.session.pop(self.undo_key, None)
        if not kept:
            messages.info(request, _("There is nothing to undo."))
            return self.back()
        try:
            undo_participant(center=self.center, undo=kept["undo"], user=request.user)
        except Stale:
            messages.error(request, _("Somebody else changed this meanwhile, so it was not undone."))
        except Refused as refused:
            messages.error(request, _("This could not be undone:") + " " + said(refused.findings[0]))
        else:
            messages.success(request, _("Undone: %(act)s") % {"act": kept["text"]})
        return self.back()
