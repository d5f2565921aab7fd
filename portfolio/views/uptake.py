"""Who takes one service in a scenario: yes or no per participant, what it requests, and what is locked."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.actions.undo import Act
from portfolio.actions.uptake import CellsOvertaken, set_uptake
from portfolio.forms.uptake import UptakeForm
from portfolio.frames.uptake import read_back, takes_of, written
from portfolio.models.catalogue import Service
from portfolio.reports.uptake import uptake_rows
from portfolio.views.acts import ActingPage


class UptakePage(ActingPage):
    """The participants of one service."""

    title = gettext_lazy("Who takes part")
    nav = "decisions"
    address = "uptake"
    template_name = "portfolio/decisions/uptake.html"

    def service(self) -> Service:
        return get_object_or_404(Service, center=self.center, code=self.request.GET.get("service", ""))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.service())

    def page(
        self, service: Service, status: int = 200, form: UptakeForm | None = None, **more: Any
    ) -> HttpResponse:
        takes = takes_of(self.inputs, self.scenario.code)
        own = {pair: take for pair, take in takes.items() if pair[0] == service.code}
        frames = self.frames(["fte_allocation"])
        rows = uptake_rows(self.inputs, service.code, own, frames.get("fte_allocation"), form)
        return self.show(
            status, title=service.name, lead=self.title, service=service, rows=rows, seen=written(own),
            step=self.inputs.settings["fte_step"], takers=sum(row.take.takes for row in rows), **more,
        )  # fmt: skip


class SaveUptake(UptakePage):
    """Save who takes a service; a cell that somebody else changed meanwhile stops it."""

    capability = "edit_decisions"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        service = self.service()
        people = self.inputs.frames["participants"]["code"].tolist()
        step = Decimal(f"{self.inputs.settings['fte_step']:.12g}")
        form = UptakeForm(request.POST, service.code, people, read_back(request.POST.get("seen", "")), step)
        if form.wrong:
            return self.page(service, 422, form)
        try:
            set_uptake(scenario=self.scenario, changes=form.changes, user=request.user, at=timezone.now())
        except CellsOvertaken as overtaken:
            return self.page(service, 409, form, overtaken={person for _service, person in overtaken.now})
        if form.changes:
            text = _("%(service)s: who takes part.") % {"service": service}
            self.keep(Act(self.scenario.code, text, "decisions", changes=tuple(form.changes)))
            messages.success(request, _("Saved. The plan is behind until it is computed again."))
        return redirect(self.url("decisions", scenario=self.scenario.code))
