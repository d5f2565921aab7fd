"""From was to wordt: counts for who plans; for HR the board with names, on which somebody can be locked to a post."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.actions.looks import note_list
from portfolio.actions.placement import NoSuchPost, lock_person, unlock_person
from portfolio.frames.staff import read_persons
from portfolio.frames.staffing import Found, find_staffing
from portfolio.models.scenarios import Scenario
from portfolio.reports import placement
from portfolio.reports.charts_flow import sankey
from portfolio.reports.names import Names
from portfolio.reports.placement_board import board, empty_posts, proofs
from portfolio.views.acts import ActingPage


class Placement(ActingPage):
    """What becomes of whom, in counts."""

    capability = "see_staff_counts"
    template_name = "portfolio/placement/placement.html"
    title = gettext_lazy("From was to wordt")
    lead = gettext_lazy(
        "Which functions continue, which posts open, and for how many people there is no post yet"
    )
    nav = "placement"

    @cached_property
    def found(self) -> Found:
        return find_staffing(self.center, self.inputs, self.scenario.code)

    @cached_property
    def names(self) -> Names:
        return Names(self.inputs.frames)

    def other_scenario_url(self, other: Scenario) -> str:
        return self.url(self.nav, scenario=other.code)

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        sees_list = self.may("see_staff")
        people = self.found.hr.rows("staff")
        if not people or self.found.staffing is None:
            return self.show(sees_list=sees_list, people=people, errors=self.errors() if sees_list else [])
        counted = placement.counts(self.found.staffing)
        posts = placement.post_rows(
            self.found.staffing, self.names, float(self.plan_inputs.settings["fte_step"])
        )
        return self.show(
            sees_list=sees_list,
            people=people,
            stands=self.found.stands,
            counts=counted,
            shows_grounds=sees_list or placement.may_break_down(counted.grounds.values()),
            shows_outflow=sees_list or placement.may_break_down([counted.outflow, counted.not_placed]),
            roles=placement.role_rows(self.found.staffing, people, self.names),
            posts=posts,
            all_posts=placement.total(posts),
            chart=self.chart(people, is_exact=sees_list),
        )

    def chart(self, people: list[Any], *, is_exact: bool) -> Any:
        """Who may not know persons sees small flows as small, not how small."""
        assert self.found.staffing is not None
        lost = _("No post yet, or leaves")
        flows = placement.flows(self.found.staffing, people, self.names, without=lost)
        return sankey(
            "was-wordt",
            _("From old functions to new ones"),
            flows,
            smallest=1 if is_exact else placement.SMALLEST,
            lost=lost,
        )

    def errors(self) -> list[str]:
        """What keeps people from being placed; it may name a person by number, so it is for HR alone."""
        return [self.names.said(finding) for finding in self.found.findings]


class PlacementBoard(Placement):
    """Who waits, who has which post and why, and which posts nobody fills: for HR alone."""

    capability = "see_staff"
    template_name = "portfolio/placement/board.html"
    title = gettext_lazy("Placement board")
    lead = gettext_lazy(
        "Advice to the placement committee: nobody is placed or redundant until a person decides"
    )

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        staffing = self.found.staffing
        if staffing is None:
            return self.show(errors=self.errors(), board=None)
        people = {person.number: person for person in read_persons(self.center)}
        note_list(center=self.center, persons=len(people), user=request.user)
        proved = (
            _("No placement does better: every objective is proved.")
            if staffing.placement.objectives["proved"].all()
            else _("The search was cut off; the table below says how far it came.")
        )
        return self.show(
            errors=self.errors(),
            proved=proved,
            board=board(staffing, people, self.names, self.found.locked),
            empty=empty_posts(staffing, people, self.names),
            proofs=proofs(staffing),
            can_edit=self.may("edit_staff"),
        )


class Lock(PlacementBoard):
    """Lock somebody to a post, or let go."""

    capability = "edit_staff"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        number, chosen = request.POST.get("person", ""), request.POST.get("post", "")
        service, _mark, role = chosen.partition("/")
        try:
            if chosen:
                lock_person(center=self.center, number=number, service=service, role=role)
                messages.success(request, _("Locked. Everybody else has been placed around it."))
            elif unlock_person(center=self.center, number=number):
                messages.success(request, _("The lock is gone. Everybody has been placed again."))
            else:
                messages.info(request, _("Choose a post first; nothing has changed."))
        except NoSuchPost:
            messages.error(request, _("This post or this person is not there any more; nothing has changed."))
        return redirect(self.url("placement_board", scenario=self.scenario.code))
