"""What a participant could do instead: compared on one page, entered on another, of the own participant alone."""

from functools import cached_property, partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portfolio.actions.center import Stale
from portfolio.actions.entry import save_stage, undo_stage, version_of
from portfolio.engine.findings import Refused
from portfolio.forms.options import OptionsForm
from portfolio.frames.options import TOUCHED, cells_of, with_options
from portfolio.reports import options as report
from portfolio.reports import options_entry
from portfolio.reports.options_words import message
from portfolio.sheets.wording import said
from portfolio.views.base import year_options
from portfolio.views.participant import ForUs, ParticipantPage


class Options(ForUs):
    """The entry of the menu."""

    leads_to = "participant_options"


class OptionsBase(ParticipantPage):
    """What these pages share: whose options, who may enter them, and the last save."""

    nav = "options"

    @property
    def code(self) -> str:
        return self.participant.code

    @cached_property
    def can_edit(self) -> bool:
        return self.may("weigh_own_options", self.participant)

    def own_url(self, name: str) -> str:
        return self.url(name, scenario=self.kwargs["scenario"], participant=self.code)

    @property
    def undo_key(self) -> str:
        return f"options-{self.center.key}-{self.code}"

    @property
    def computes(self) -> bool:
        """A reviewer's figures wait for the center to compute; what they change is shown as behind."""
        return self.may("compute_plan")


class OptionsPage(OptionsBase):
    """Options by criteria with weights, rank, cost and what staying costs, and how firm the ranking is."""

    template_name = "portfolio/options/options.html"
    http_method_names = ["get", "head", "options"]
    lead = gettext_lazy("What it could do instead of taking part, weighed by its own judgment")

    @property
    def title(self) -> str:
        return _("Outside options of %(participant)s") % {"participant": self.participant.name}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        stays, years = self.staying()
        found = report.comparison(self.inputs, self.code, stays)
        return self.show(
            participant=self.participant,
            others=self.others(),
            computed=self.computed(),
            found=found,
            stays=stays,
            years=years,
            message=message(found, stays, self.participant.name),
            base_year=int(self.inputs.settings["start"][:4]),
            samples=report.SAMPLES,
            can_edit=self.can_edit,
            edit_url=self.own_url("edit_options"),
            is_behind=self.plan is not None and self.behind,
            undo=self.can_edit and self.undo_key in request.session,
        )

    def staying(self) -> tuple[report.Staying | None, list[dict[str, Any]]]:
        """What the sealed plan asks in the chosen year, and the years to choose from."""
        if self.plan is None:
            return None, []
        frames = self.frames(report.FRAMES)
        years = report.years_in(frames)
        asked = self.request.GET.get("year", "")
        year = int(asked) if asked in map(str, years) else int(self.headlines["year"])
        return report.staying(frames, self.inputs, self.code, year), year_options(self, year, years)


class EditOptions(OptionsBase):
    """Cost, judgment and weights of one participant."""

    capability = "weigh_own_options"
    template_name = "portfolio/options/edit.html"
    lead = gettext_lazy("Leave blank what is not known: a blank is never taken for 0.")

    @property
    def title(self) -> str:
        return _("Enter the options of %(participant)s") % {"participant": self.participant.name}

    @cached_property
    def statuses(self) -> list[str]:
        may_confirm = self.may("confirm_own_participant", self.participant)
        return options_entry.statuses(may_confirm=may_confirm)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = OptionsForm(request.POST.dict(), cells_of(self.inputs, self.code), self.statuses)
        if form.wrong:
            return self.page(422, form)
        if not form.told:
            messages.info(request, _("Nothing was changed."))
            return redirect(self.own_url("edit_options"))
        refused = self.save(form)
        return (
            self.page(422, form, refused=refused)
            if refused
            else redirect(self.own_url("participant_options"))
        )

    def save(self, form: OptionsForm) -> str:
        """Save; "" when that was done, else why not."""
        try:
            saved = save_stage(
                center=self.center, names=TOUCHED, user=self.request.user, only=self.code, is_computed=self.computes,
                change=partial(with_options, participant=self.code, told=form.told, source=form.source),
                version=self.request.POST.get("version", ""),
            )  # fmt: skip
        except Stale:
            return _(
                "Somebody else saved these figures meanwhile. "
                "What you typed is still here; look at what changed and save again."
            )
        except Refused as refused:
            return " ".join(said(finding) for finding in refused.findings[:3])
        self.request.session[self.undo_key] = saved.undo
        count = saved.counts["new"] + saved.counts["changed"] + saved.counts["gone"]
        messages.success(self.request, ngettext("Saved: %(count)s row changed.", "Saved: %(count)s rows changed.",
                                                count) % {"count": count})  # fmt: skip
        return ""

    def page(self, status: int = 200, form: OptionsForm | None = None, refused: str = "") -> HttpResponse:
        return self.show(
            status,
            participant=self.participant,
            heads=options_entry.heads(),
            rows=options_entry.rows(
                self.inputs, self.code, self.statuses, form.typed if form else {}, form.wrong if form else {}
            ),
            version=version_of(self.inputs, TOUCHED, self.code),
            base_year=int(self.inputs.settings["start"][:4]),
            back_url=self.own_url("participant_options"),
            wrong=form.wrong if form else {},
            source=form.source if form else "",
            refused=refused,
        )


class UndoOptions(OptionsBase):
    """Take back the last save."""

    capability = "weigh_own_options"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        undo = request.session.pop(self.undo_key, None)
        if not undo:
            messages.info(request, _("There is nothing to undo."))
            return redirect(self.own_url("participant_options"))
        try:
            undo_stage(
                center=self.center, undo=undo, user=request.user, only=self.code, is_computed=self.computes
            )
        except Stale:
            messages.error(request, _("Somebody else changed this meanwhile, so it was not undone."))
        else:
            messages.success(request, _("Undone."))
        return redirect(self.own_url("participant_options"))
