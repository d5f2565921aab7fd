"""Who pays what: divisions side by side, who would be better off alone, a key to choose, and the path towards it."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import pandas as pd
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.actions.center import Stale
from portfolio.actions.entry import Saved, version_of
from portfolio.actions.sharing import KEPT, PICKED, NegativeShare, keep_division, pick_key, undo_sharing
from portfolio.engine.findings import Refused
from portfolio.forms.sharing import Asked, PickForm, asked
from portfolio.models.scenarios import Scenario
from portfolio.reports import sharing as report
from portfolio.reports.sharing_alone import going_alone
from portfolio.reports.sharing_chart import chart
from portfolio.reports.sharing_message import message
from portfolio.reports.sharing_page import columns, pickers
from portfolio.reports.sharing_path import default_length, lengths, phase_in
from portfolio.reports.sharing_pick import picked_text, picking
from portfolio.reports.sharing_table import MEASURES, shares_table
from portfolio.reports.sharing_words import method_name, verdict
from portfolio.sheets.wording import said
from portfolio.views.base import CenterPage


class SharingPage(CenterPage):
    """What the page and its acts share: the sealed divisions, of the own participant alone for a reviewer."""

    capability = "see_sharing"
    nav = "sharing"

    @cached_property
    def only(self) -> str:
        """Whose figures are shown; "" for everyone's. Who may not see all and has no participant sees nothing."""
        if self.may("see_all_shares"):
            return ""
        own = self.membership.participant if self.membership else None
        if own is None or not self.may("see_own_participant", own):
            raise PermissionDenied
        return own.code

    @cached_property
    def here(self) -> Scenario:
        """The scenario in the address: these pages always have one."""
        if self.scenario is None:
            raise Http404
        return self.scenario

    @cached_property
    def shared(self) -> dict[str, pd.DataFrame]:
        """The frames of the plan; none when it was sealed without divisions."""
        frames = self.frames(report.FRAMES)
        return frames if report.is_shared(frames) else {}

    @cached_property
    def years(self) -> list[int]:
        return report.years_of_plan(self.shared)

    @cached_property
    def asked(self) -> Asked:
        methods = dict.fromkeys(self.shared["sharing"]["method"])
        return asked(
            self.request.GET, years=self.years, year=int(self.headlines["year"]), measures=list(MEASURES),
            methods=methods, towards=report.PLAN, length=default_length(self.years),
        )  # fmt: skip

    @cached_property
    def found(self) -> report.SharedYear:
        return report.shared_year(self.shared, self.inputs, self.asked.year, self.only)

    @property
    def undo_key(self) -> str:
        return f"sharing-{self.center.key}-{self.here.code}"

    #: Columns to show from now on, where an act brought one.
    also: list[str] | None = None

    def back(self) -> HttpResponse:
        """The page as it was asked for."""
        query = self.request.GET.copy()
        if self.also:
            query.setlist("m", self.also)
        address = self.url("sharing", scenario=self.here.code)
        return redirect(f"{address}?{query.urlencode()}" if query else address)


class Sharing(SharingPage):
    """The page."""

    title = gettext_lazy("Who pays what")
    lead = gettext_lazy("Keys side by side, and whether everyone is better off together")
    template_name = "portfolio/sharing/sharing.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        only = self.only  # refuses before anything is read
        if not self.shared:
            return self.show(nothing=True, may_compute=self.may("compute_plan"), computed=self.computed())
        year, asks = self.found, self.asked
        towards = asks.towards if asks.towards in year.cents else report.PLAN
        methods = report.chosen_methods(year, asks.methods)
        verdicts = [verdict(year, method) for method in methods]
        kept = [(name, value) for name, values in request.GET.lists() for value in values]
        return self.show(
            year=year,
            only=only,
            computed=self.computed(),
            message=message(year, verdicts),
            columns=columns(year, methods, verdicts),
            table=shares_table(year, methods, asks.measure),
            verdicts=verdicts,
            pickers=pickers(kept, year, methods, self.years, asks.measure),
            alone=going_alone(self.shared["alone"], year),
            chart=chart(year),
            path=phase_in(self.shared, self.inputs, towards, asks.length, only),
            towards=method_name(year, towards),
            lengths=lengths(self.years),
            is_behind=self.behind,
            query=request.GET.urlencode(),
            undo=request.session.get(self.undo_key),
            **self.acting(),
        )

    def acting(self) -> dict[str, Any]:
        """What one may change here: nothing for a reviewer, who is not told which keys the services have."""
        if self.only:
            return {}
        may_pick, may_keep = self.may("edit_decisions"), self.may("edit_figures")
        return {
            "may_pick": may_pick,
            "may_keep": may_keep,
            "picking": picking(self.inputs, self.here.code, self.shared["cost"], self.asked.year),
            "picked_version": version_of(self.inputs, PICKED) if may_pick else "",
            "kept_version": version_of(self.inputs, KEPT) if may_keep else "",
            "solutions": [(each, method_name(self.found, each)) for each in report.SOLUTIONS
                          if each in self.found.cents],
        }  # fmt: skip

    def computed(self) -> list[dict[str, Any]]:
        """For who has no strip to choose in: the scenarios that have been computed."""
        if self.may("see_planning"):
            return []
        return [{"label": str(each), "url": self.other_scenario_url(each), "current": each == self.scenario}
                for each in self.scenarios if each.current_plan_id]  # fmt: skip


class Act(SharingPage):
    """Something that changes keys: saved, told, and to be taken back."""

    http_method_names = ["post"]

    def acted(self, act: Callable[[], tuple[str, Saved]]) -> HttpResponse:
        """Do it, and say what became of it."""
        try:
            text, saved = act()
        except Stale:
            messages.error(
                self.request, _("Somebody else changed this meanwhile. Look again, and choose once more.")
            )
        except Refused as refused:
            for finding in refused.findings[:3]:
                messages.error(self.request, said(finding))
        except NegativeShare:
            messages.error(
                self.request, _("In this division somebody receives money, and a key cannot say that.")
            )
        else:
            if saved.undo["frames"] and any(
                one["rows"] or one["gone"] for one in saved.undo["frames"].values()
            ):
                self.request.session[self.undo_key] = {"text": text, "undo": saved.undo}
                messages.success(self.request, _("%(act)s The plan is computed and sealed.") % {"act": text})
            else:
                messages.info(self.request, _("Nothing was changed: this key holds already."))
        return self.back()


class PickKey(Act):
    """Divide the cost of one service, or of all, by one key."""

    capability = "edit_decisions"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.shared:
            raise Http404
        choice = picking(self.inputs, self.here.code, self.shared["cost"], self.asked.year)
        form = PickForm(request.POST, keys=[key for key, _label in choice.keys],
                        services=[service.code for service in choice.services])  # fmt: skip
        if not form.is_valid():
            messages.error(request, _("Choose a key of the list. Nothing was changed."))
            return self.back()
        key, services = form.cleaned_data["key"], form.services

        def act() -> tuple[str, Saved]:
            saved = pick_key(scenario=self.here, key=key, services=services, user=request.user,
                             version=form.cleaned_data["version"])  # fmt: skip
            return picked_text(self.inputs, key, services), saved

        return self.acted(act)


class KeepDivision(Act):
    """Keep a division as a key of the center: a fixed table of shares."""

    capability = "edit_figures"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        method = request.POST.get("method", "")
        if not self.shared or method not in report.SOLUTIONS or method not in self.found.cents:
            raise Http404
        year = self.found
        paid = dict(zip(year.codes, year.cents[method].tolist(), strict=True))
        source = _("%(division)s, %(scenario)s %(year)s") % {
            "division": method_name(year, method), "scenario": self.here, "year": year.year}  # fmt: skip

        def act() -> tuple[str, Saved]:
            name, saved = keep_division(center=self.center, name=f"{method}-{year.year}", paid=paid, source=source,
                                        version=request.POST.get("version", ""), user=request.user)  # fmt: skip
            self.show_too(report.KEY + name)
            return _("Kept as the key “%(key)s”.") % {"key": name}, saved

        return self.acted(act)

    def show_too(self, method: str) -> None:
        """The new key comes to be a column."""
        self.also = [*report.chosen_methods(self.found, self.asked.methods), method]


class UndoSharing(Act):
    """Take back the last choice or the last kept key."""

    capability = "see_all_shares"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kept = request.session.get(self.undo_key)
        if not kept:
            messages.info(request, _("There is nothing to undo."))
            return self.back()
        needed = "edit_figures" if tuple(kept["undo"]["names"]) == KEPT else "edit_decisions"
        if not self.may(needed):
            raise PermissionDenied
        try:
            undo_sharing(scenario=self.here, undo=kept["undo"], user=request.user)
        except Stale:
            messages.error(request, _("Somebody else changed this meanwhile, so it was not undone."))
        except Refused as refused:
            messages.error(request, _("This could not be undone:") + " " + said(refused.findings[0]))
        else:
            messages.success(request, _("Undone: %(act)s") % {"act": kept["text"]})
        request.session.pop(self.undo_key, None)
        return self.back()
