"""What a scenario decides per service: the list, one decision at a time, and taking one over from another scenario."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import reswap, retarget

from portfolio.actions.scenarios import Overtaken, decide, take_over
from portfolio.actions.undo import Act
from portfolio.engine.inputs import CenterInputs
from portfolio.forms.decisions import DecisionForm
from portfolio.frames.decisions import FIELDS, Verdict, verdicts_of, with_verdict
from portfolio.frames.store import unpack_findings
from portfolio.models.catalogue import Service
from portfolio.reports import decisions as report
from portfolio.reports.names import Names
from portfolio.reports.outlook import FRAMES, Outlook, look_ahead, totals, weighty
from portfolio.views.acts import ActingPage

#: How many warnings stand beside the totals at once; the rest unfolds.
MOST = 3


class DecisionsPage(ActingPage):
    """What the pages about decisions share: the outlook of the scenario and its rows."""

    nav = "decisions"

    @cached_property
    def names(self) -> Names:
        return Names(self.inputs.frames)

    @cached_property
    def outlook(self) -> Outlook:
        """The sealed plan, or a look ahead when the plan is behind."""
        if self.plan is None or self.behind:
            return look_ahead(self.inputs, self.scenario.code)
        return Outlook(
            self.headlines, unpack_findings(self.plan.findings), self.frames(FRAMES), is_sealed=True
        )

    def effect(self, inputs: CenterInputs, outlook: Outlook, before: Any = None) -> dict[str, Any]:
        """What stands around the list: totals, findings, progress."""
        found = [
            {"level": one.level.value, "message": self.names.said(one)} for one in weighty(outlook.findings)
        ]
        verdicts = verdicts_of(inputs, self.scenario.code)
        services = inputs.frames["services"]["service"].tolist()
        return {
            "outlook": outlook,
            "totals": totals(outlook, before),
            "warnings": found[:MOST],
            "more_warnings": found[MOST:],
            "decided": sum(verdicts.get(code, Verdict()).is_decided for code in services),
            "services": len(services),
            "parts": report.progress(verdicts.get(code, Verdict()) for code in services),
        }

    def rows(self, only: str = "") -> list[report.Row]:
        return report.decision_rows(self.inputs, self.scenario.code, self.outlook, self.names, only)

    @cached_property
    def keys(self) -> list[tuple[str, str]]:
        return report.key_options(self.inputs, self.names)


class Decisions(DecisionsPage):
    """All services with what is decided about them."""

    title = gettext_lazy("Decisions")
    lead = gettext_lazy("What happens to each service, from when, and what that does to the totals")
    template_name = "portfolio/decisions/decisions.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def page(self, status: int = 200, **context: Any) -> HttpResponse:
        """The list, filtered as the address says; totals are always those of all services."""
        rows = self.rows()
        groups = report.grouped(rows)
        open_only, group = self.request.GET.get("open") == "1", self.request.GET.get("group", "")
        shown = [
            row
            for row in rows
            if (not open_only or not row.verdict.is_decided) and (not group or row.group == group)
        ]
        return self.show(
            status,
            groups=report.grouped(shown),
            filters=self._filters(groups, open_only, group),
            keys=self.keys,
            others=len(self.scenarios) > 1,
            horizon=self._horizon(),
            **self.effect(self.inputs, self.outlook),
            **context,
        )

    def _filters(self, groups: list[report.Group], open_only: bool, chosen: str) -> dict[str, Any]:
        def url(**changed: str) -> str:
            kept = {**self.request.GET.dict(), **changed}
            return "?" + urlencode({name: value for name, value in kept.items() if value})

        return {
            "open": [
                {"label": _("All services"), "url": url(open=""), "current": not open_only},
                {"label": _("Undecided only"), "url": url(open="1"), "current": open_only},
            ],
            "groups": [
                {"key": group.key, "name": group.name, "current": group.key == chosen} for group in groups
            ],
            "is_open": open_only,
        }

    def _horizon(self) -> dict[str, str]:
        settings = self.inputs.settings
        first, years = str(settings["start"]), round(12 * settings["years"])
        last = int(first[:4]) * 12 + int(first[5:7]) - 1 + years
        return {"first": first, "last": f"{(last - 1) // 12}-{(last - 1) % 12 + 1:02d}"}


class Decide(Decisions):
    """Save one decision; with htmx only what it touches comes back, else the page."""

    capability = "edit_decisions"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        service = get_object_or_404(Service, center=self.center, code=request.POST.get("service", ""))
        options = [(kind.value, "") for kind in report.fitting(service.phase)]
        form = DecisionForm(request.POST, options=options, keys=self.keys)
        if not form.is_valid():
            errors = [str(error) for found in form.errors.values() for error in found]
            return self.answer(service.code, wrong=errors, status=422)
        try:
            before = decide(
                scenario=self.scenario,
                service=service,
                verdict=form.verdict,
                seen=form.cleaned_data["seen"],
            )
        except Overtaken as overtaken:
            return self.answer(service.code, overtaken=overtaken.now, status=409)
        return self.decided(service.code, before, form.verdict)

    def decided(self, code: str, before: Verdict, after: Verdict) -> HttpResponse:
        """What the act did: the totals before it, after it, and the difference."""
        if before == after:
            return self.answer(code)
        earlier = self.outlook.headlines
        self.inputs = with_verdict(self.inputs, self.scenario.code, code, after)
        for stale in ("plan_inputs", "behind", "outlook"):
            self.__dict__.pop(stale, None)
        row = self.rows(code)[0]
        self.keep(Act(self.scenario.code, report.act_text(row), "decisions", code, before, after))
        return self.answer(code, earlier=earlier)

    def answer(
        self, code: str, *, earlier: Any = None, wrong: Any = (), overtaken: Verdict | None = None, status: int = 200
    ) -> HttpResponse:  # fmt: skip
        """Parts of the page for htmx (always 200, so that it shows them), else all of it."""
        if overtaken is not None:
            self.inputs = with_verdict(self.inputs, self.scenario.code, code, overtaken)
        if not getattr(self.request, "htmx", False):
            if status == 200:
                return redirect(
                    self.url("decisions", scenario=self.scenario.code) + "#" + self.rows(code)[0].anchor
                )
            typed = {name: self.request.POST.get(name, "") for name in FIELDS}
            return self.page(status, about=code, typed=typed, wrong=wrong, overtaken=overtaken is not None)
        context = {
            "row": self.rows(code)[0],
            "about": code,
            "wrong": wrong,
            "overtaken": overtaken is not None,
            "act": self.act,
            "scenario": self.scenario,
            "center": self.center,
            "may_edit": True,
            "strip": self.seal(),
            "keys": self.keys,
            "horizon": self._horizon(),
            **self.effect(self.inputs, self.outlook, earlier),
        }
        response = render(self.request, "portfolio/decisions/_answer.html", context)
        if overtaken is not None:  # the whole row, so that it no longer says what was not saved
            reswap(retarget(response, f"#{context['row'].anchor}"), "outerHTML")
        return response


class TakeOver(DecisionsPage):
    """Where another scenario decides differently, with a button per service to decide likewise."""

    title = gettext_lazy("Take over from another scenario")
    address = "take_over"
    capability = "edit_decisions"
    template_name = "portfolio/decisions/take_over.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        others = [other for other in self.scenarios if other != self.scenario]
        source = next((other for other in others if other.code == request.GET.get("source")), None)
        source = source or (others[0] if others else None)
        options = [
            {"label": str(other), "url": f"?source={other.code}", "current": other == source}
            for other in others
        ]
        differing = report.differing(self.inputs, self.scenario.code, source.code) if source else []
        return self.show(
            source=source,
            options=options,
            differing=differing,
            lead=_("Into “%(name)s”") % {"name": self.scenario},
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        source = next((other for other in self.scenarios if other.code == request.POST.get("source")), None)
        if source is None or source == self.scenario:
            raise Http404
        service = get_object_or_404(Service, center=self.center, code=request.POST.get("service", ""))
        after = verdicts_of(self.inputs, source.code).get(service.code, Verdict())
        try:
            before = take_over(
                scenario=self.scenario, source=source, service=service, seen=request.POST.get("seen", "")
            )
        except Overtaken:
            messages.error(
                request,
                _("Somebody else decided on “%(service)s” meanwhile; look again before you take it over.")
                % {"service": service},
            )
        else:
            text = _("%(service)s: taken over from %(source)s.") % {"service": service, "source": source}
            self.keep(Act(self.scenario.code, text, "decisions", service.code, before, after))
            messages.success(request, text)
        return redirect(self.url("take_over", scenario=self.scenario.code) + f"?source={source.code}")
