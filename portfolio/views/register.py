"""The placement register: what was proposed, discussed, agreed and decided, by name; for HR alone."""

from functools import cached_property

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portfolio.actions.looks import note_list, note_look
from portfolio.actions.register import DECIDABLE, NEXT, Refused, decide, move, propose
from portfolio.forms.register import DecisionForm, StepForm
from portfolio.frames.register import Entry, read_register, read_steps
from portfolio.models.placement import Look, Stage
from portfolio.reports import register
from portfolio.templatetags.figures import month
from portfolio.views.placement import Placement


class Register(Placement):
    """Everybody in the register, to filter by status and to take a step with several at once."""

    capability = "see_staff"
    template_name = "portfolio/placement/register.html"
    title = gettext_lazy("Placement register")
    lead = gettext_lazy(
        "What was proposed, discussed, agreed and decided: a person decides, never the computer"
    )

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        return self.page()

    def page(self, form: StepForm | None = None, status: int = 200) -> HttpResponse:
        entries = read_register(self.scenario)
        chosen = self.request.GET.get("stage", "")
        shown = [entry for entry in entries if chosen not in set(Stage) or entry.stage == chosen]
        note_list(center=self.center, persons=len(shown), user=self.request.user)
        return self.show(
            status,
            rows=register.rows(shown, self.names, self.found.staffing),
            options=register.stage_options(entries, chosen),
            persons=len(entries),
            behind=register.behind(entries, self.found.staffing),
            form=form or StepForm(),
            can_edit=self.may("edit_staff"),
            errors=self.errors(),
        )

    def back(self) -> HttpResponse:
        return redirect(self.url("register", scenario=self.scenario.code))


class Propose(Register):
    """Take over what the placement proposes now."""

    capability = "edit_staff"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        staffing = self.found.staffing
        if staffing is None:
            messages.error(request, _("There is no placement: first mend what the placement board names."))
            return self.back()
        done = propose(scenario=self.scenario, staffing=staffing, reasons=register.reasons(staffing))
        said = ngettext(
            "The proposal for %(n)s person is in the register.",
            "The proposals for %(n)s persons are in the register.",
            done.new,
        ) % {"n": done.new}
        messages.success(request, said if done.new else _("The register held every proposal already."))
        return self.back()


class TakeStep(Register):
    """Mark some as discussed, agreed or objecting."""

    capability = "edit_staff"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        form = StepForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            done = move(
                scenario=self.scenario,
                seen=form.cleaned_data["who"],
                stage=Stage(form.cleaned_data["stage"]),
                reason=form.cleaned_data["reason"],
                user=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error("reason", str(refused))
            return self.page(form, status=422)
        label = Stage(form.cleaned_data["stage"]).label
        if done.done:
            said = ngettext("%(n)s person: %(stage)s.", "%(n)s persons: %(stage)s.", done.done)
            messages.success(request, said % {"n": done.done, "stage": label})
        if done.left:
            said = ngettext(
                "%(n)s person was left as it stands: this step does not follow on its status, or somebody was first.",
                "%(n)s persons were left as they stand: this step does not follow on their status, or somebody "
                "was first.",
                done.left,
            )
            messages.error(request, said % {"n": done.left})
        return self.back_to_where(request)

    def back_to_where(self, request: HttpRequest) -> HttpResponse:
        """One person's page when the step was taken there."""
        key = request.POST.get("page", "")
        if key.isdecimal() and len(key) < 18:
            return redirect(self.url("register_person", scenario=self.scenario.code, person=int(key)))
        return self.back()


class RegisterPerson(Register):
    """One person: what is proposed and why, every step with its author, the letters, and the decision."""

    template_name = "portfolio/placement/register_person.html"
    lead = ""

    @cached_property
    def entry(self) -> Entry:
        found = read_register(self.scenario, pk=self.kwargs["person"])
        if not found:
            raise Http404
        return found[0]

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        return self.one(DecisionForm(initial={"decided_on": timezone.localdate(), "seen": self.entry.stage}))

    def one(self, decision: DecisionForm, status: int = 200) -> HttpResponse:
        note_look(
            center=self.center,
            what=Look.PERSON,
            persons=1,
            number=self.entry.number,
            user=self.request.user,
            at=timezone.now(),
        )
        row = register.rows([self.entry], self.names, self.found.staffing)[0]
        return self.show(
            status,
            title=row.name,
            row=row,
            steps=register.step_rows(read_steps(self.scenario, self.entry.pk)),
            form=StepForm(stages=NEXT[self.entry.stage]),
            decision=decision,
            can_edit=self.may("edit_staff"),
            can_decide=self.entry.stage in DECIDABLE,
        )

    def letter_values(self, decided: str = "") -> dict[str, str]:
        opens = {}
        if self.found.staffing is not None:
            opens = {(post.service, post.role): month(post.opens) for post in self.found.staffing.posts}
        return register.letter_values(
            self.entry,
            self.names,
            opens,
            center=self.center.name,
            today=register.day(timezone.localdate()),
            decided=decided,
        )


class Decide(RegisterPerson):
    """Record a decision that a person took; the letter is made with it."""

    capability = "edit_staff"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self.one(form, status=422)
        said = form.cleaned_data
        try:
            decide(
                scenario=self.scenario,
                person=self.entry.pk,
                seen=said["seen"],
                on=said["decided_on"],
                reason=said["reason"],
                values=self.letter_values(register.day(said["decided_on"]))
                | ({"reason": said["reason"]} if said["reason"] else {}),
                user=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            return self.one(form, status=422)
        messages.success(request, _("The decision is recorded, and its letter is made."))
        return redirect(self.url("register_person", scenario=self.scenario.code, person=self.entry.pk))
