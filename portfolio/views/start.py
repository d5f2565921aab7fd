"""The guided start: three short steps and a check, kept in the session, and then a center with a first plan."""

import secrets
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from portfolio import access
from portfolio.actions.start import propose, start
from portfolio.engine.findings import Refused
from portfolio.forms.journey import ASKING, CHECK, STEPS, Journey
from portfolio.frames.start import PROPOSED
from portfolio.models.reference import Municipality
from portfolio.reports.names import Names
from portfolio.reports.start import preview

TITLES = {
    "deelnemers": _("Who takes part"),
    "totalen": _("What it costs, and how many people"),
    "diensten": _("Which services"),
    "controle": _("Check, and make it"),
}
SESSION = "start"


class StartPage(LoginRequiredMixin, View):
    """One step. What was typed is kept whatever button is pressed; only going on judges it."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.step = kwargs.get("step", STEPS[0])
        self.told: dict[str, Any] = request.session.get(SESSION, {})
        self.journey = Journey(self.told, first_year=timezone.now().year + 1)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            if not access.may_start_center(request.user):
                raise PermissionDenied
            if self.step not in STEPS:
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if STEPS.index(self.step) > STEPS.index(self.journey.next_step):
            return redirect(step_url(self.journey.next_step))
        return self.check() if self.step == CHECK else self.ask()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.step == CHECK:
            return self.make()
        go = self.keep()
        here, right = STEPS.index(self.step), STEPS.index(self.journey.next_step)
        if here > right:
            return redirect(step_url(self.journey.next_step))
        if go == "back" and here:
            return redirect(step_url(STEPS[here - 1]))
        return self.ask() if go == "stay" or here == right else redirect(step_url(STEPS[here + 1]))

    def keep(self) -> str:
        """Remember what was typed; a name picked from the list joins the others. Returns which button was pressed."""
        typed = dict(self.request.POST.lists())
        typed.pop("csrfmiddlewaretoken", None)
        if picked := "".join(typed.pop("picked", [])).strip():
            typed["names"] = ["\n".join(filter(None, ["".join(typed.get("names", [])).rstrip(), picked]))]
        self.told = {**self.told, self.step: typed}
        self.request.session[SESSION] = self.told
        self.journey = Journey(self.told, first_year=timezone.now().year + 1)
        return "".join(typed.get("go", ["next"]))

    def ask(self) -> HttpResponse:
        """The form; it is judged when somebody wanted to go on, not while it is being filled in."""
        form = self.journey.form(self.step)
        if form.is_bound and self.told[self.step].get("go", ["next"]) != ["next"]:
            form.errors.clear()
        known = Municipality.objects.values_list("name", flat=True) if self.step == STEPS[0] else ()
        return self.show(form=form, municipalities=list(known))

    def check(self) -> HttpResponse:
        draft = self.journey.draft
        try:
            found = propose(draft, self.journey.templates)
        except Refused as refused:
            names = Names({})
            return self.show(
                refused=[{"level": "error", "message": names.said(one)} for one in refused.findings]
            )
        key = self.told.setdefault("key", secrets.token_urlsafe(12))
        self.request.session[SESSION] = self.told
        return self.show(
            preview=preview(draft, found.inputs, found.now, found.unexplained), draft=draft, key=key
        )

    def make(self) -> HttpResponse:
        """The same form sent twice makes one center."""
        if self.journey.next_step != CHECK or "key" not in self.told:
            return redirect("portfolio:index")
        center = start(draft=self.journey.draft, key=self.told["key"], user=self.request.user)
        del self.request.session[SESSION]
        return redirect("portfolio:overview", center=center.key, scenario=PROPOSED)

    def show(self, **context: Any) -> HttpResponse:
        at, reached = STEPS.index(self.step), STEPS.index(self.journey.next_step)
        steps = [
            {
                "title": TITLES[step],
                "url": step_url(step) if number <= max(reached, at) else "",
                "current": number == at,
                "done": number < reached,
            }
            for number, step in enumerate(STEPS)
        ]
        shell = {
            "title": TITLES[self.step],
            "nav": [],
            "strip": {},
            "steps": steps,
            "at": at + 1,
            "count": len(STEPS),
        }
        return render(self.request, f"portfolio/start/{PAGES[self.step]}.html", shell | context)


PAGES = dict(zip(STEPS, ("names", "totals", "services", "check"), strict=True))


def step_url(step: str) -> str:
    """The address of a step."""
    return reverse("portfolio:start") if step == ASKING[0] else reverse("portfolio:start_step", args=[step])
