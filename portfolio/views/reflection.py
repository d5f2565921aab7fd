"""Reflection by age band, for HR and its placement committee: reproducible, printable, and advice alone."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.actions.looks import note_list
from portfolio.actions.placement import NoSuchPost, choose_in_tie
from portfolio.frames.register import read_choices
from portfolio.frames.staff import read_persons
from portfolio.frames.staffing import Found, find_staffing
from portfolio.reports import reflection as report
from portfolio.reports.names import Names
from portfolio.views.acts import ActingPage


class ReflectionPage(ActingPage):
    """Natural outflow, then per group larger than its posts who keeps the ground and who does not."""

    capability = "see_staff"
    template_name = "portfolio/reflection/reflection.html"
    title = gettext_lazy("Reflection by age band")
    lead = gettext_lazy("Who keeps the own function where there are fewer posts than people")
    nav = "placement"
    http_method_names = ["get", "head", "options"]

    @cached_property
    def found(self) -> Found:
        return find_staffing(self.center, self.inputs, self.scenario.code)

    @cached_property
    def names(self) -> Names:
        return Names(self.inputs.frames)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        staffing, hr = self.found.staffing, self.found.hr
        if staffing is None:
            errors = [self.names.said(finding) for finding in self.found.findings]
            return self.show(errors=errors, reference=hr.reference_date)
        people = {person.number: person for person in read_persons(self.center)}
        note_list(center=self.center, persons=len(people), user=request.user)
        leavers = report.leavers(staffing, hr.rows("staff"), people, self.names)
        groups = report.groups(staffing, people, self.names, read_choices(self.scenario))
        return self.show(
            staffing=staffing,
            reference=hr.reference_date,
            stands=self.found.stands,
            leavers=leavers,
            leaving_fte=round(sum(one.fte for one in leavers), 6),
            groups=groups,
            designated=sum(len(group.designated) for group in groups),
            ties=sum(len(group.ties) for group in groups),
            can_edit=self.may("edit_staff"),
        )


class ChooseInTie(ReflectionPage):
    """HR chooses between people whom the rules leave equal, with a reason; or lets the choice go."""

    capability = "edit_staff"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        between, chosen = request.POST.getlist("between"), request.POST.getlist("chosen")
        reason, places = request.POST.get("reason", "").strip(), request.POST.get("places", "")
        back = redirect(self.url("reflection", scenario=self.scenario.code))
        if chosen and not reason:
            messages.error(request, _("Say why this person goes first; nothing has changed."))
            return back
        if chosen and str(len(set(chosen))) != places:
            messages.error(request, _("Choose as many persons as the rules ask for; nothing has changed."))
            return back
        try:
            choose_in_tie(
                scenario=self.scenario,
                between=between,
                chosen=set(chosen),
                reason=reason,
                user=request.user,
                at=timezone.now(),
            )
        except NoSuchPost:
            messages.error(request, _("Somebody is not on record any more; nothing has changed."))
            return back
        messages.success(
            request,
            _("The choice is recorded with its reason.") if chosen else _("The choice has been let go."),
        )
        return back
