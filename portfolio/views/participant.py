"""What changes for one participant: its own page, which a reviewer sees of the own participant alone."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from portfolio.actions.participants import seal_holds
from portfolio.frames.participants import completeness
from portfolio.models.center import MembershipRole, Participant
from portfolio.models.plans import Plan
from portfolio.reports import participant, payers
from portfolio.views.base import CenterPage

FRAMES = {*payers.FRAMES, *participant.FRAMES}


class ForUs(CenterPage):
    """The entry of the menu: a reviewer goes to the own participant, the others to the one they choose."""

    capability = "see_center"
    leads_to = "participant"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        code = self.own_code() or self.chosen_code(request.GET.get("participant", ""))
        query = request.GET.copy()
        query.pop("participant", None)
        url = self.url(self.leads_to, scenario=kwargs["scenario"], participant=code)
        return redirect(f"{url}?{query.urlencode()}" if query else url)

    def own_code(self) -> str:
        own = self.membership.participant if self.membership else None
        return own.code if own else ""

    def chosen_code(self, asked: str) -> str:
        codes = list(
            Participant.objects.filter(center=self.center).order_by("name").values_list("code", flat=True)
        )
        if not codes:
            raise Http404
        return asked if asked in codes else codes[0]


class ParticipantPage(CenterPage):
    """Services, FTE, money and why, in words that need no training, on one sheet of paper."""

    capability = "see_own_participant"
    nav = "for_us"
    template_name = "portfolio/participant/participant.html"

    def gated_participant(self) -> Participant:
        return self.participant

    @property
    def is_reviewer(self) -> bool:
        return self.membership is None or self.membership.role == MembershipRole.REVIEWER

    @cached_property
    def participant(self) -> Participant:
        """Codes of others are refused alike, whether they exist or not: a reviewer learns nothing of them."""
        code = self.kwargs["participant"]
        own = self.membership.participant if self.membership else None
        if self.is_reviewer and (own is None or own.code != code):
            raise PermissionDenied
        found = Participant.objects.select_related("seal__confirmed_by")
        return get_object_or_404(found, center=self.center, code=code)

    @property
    def title(self) -> str:
        return _("What changes for %(participant)s") % {"participant": self.participant.name}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        seal = getattr(self.participant, "seal", None)
        shown: dict[str, Any] = {
            "participant": self.participant,
            "inhabitants": payers.inhabitants(self.inputs).get(self.participant.code),
            "others": self.others(),
            "computed": self.computed(),
            "complete": completeness(self.inputs, self.participant.code),
            "confirmation": seal if seal_holds(seal, self.inputs, self.participant.code) else None,
        }
        return self.show(**shown, **self.figures())

    def figures(self) -> dict[str, Any]:
        """What the sealed plan says; nothing while there is none, or when it does not know this participant yet."""
        if self.plan is None or self.plan_inputs is None:
            return {}
        frames, code, year = self.frames(FRAMES), self.participant.code, int(self.headlines["year"])
        found = payers.contributions(frames, self.inputs, year)
        payer = next((payer for payer in found.payers if payer.code == code), None)
        if payer is None:
            return {}
        groups, total = participant.service_groups(frames, self.plan_inputs, code, year)
        return {
            "payer": payer, "groups": groups, "total": total, "year": year, "behind": self.behind,
            "message": participant.message(payer, total, year),
            "estimated": participant.sureness_share(frames["sureness"]),
            "version": Plan.objects.done().filter(scenario=self.scenario, created_at__lte=self.plan.created_at).count(),
        }  # fmt: skip

    def others(self) -> list[tuple[str, str]]:
        """The participants to choose from; none for a reviewer."""
        if self.is_reviewer:
            return []
        known = self.inputs.frames["participants"]
        return sorted(zip(known["code"], known["name"], strict=True), key=lambda each: each[1])

    def computed(self) -> list[dict[str, Any]]:
        """For a reviewer, who has no strip to choose in: the scenarios that have been computed."""
        if not self.is_reviewer:
            return []
        return [{"label": str(each), "url": self.other_scenario_url(each), "current": each == self.scenario}
                for each in self.scenarios if each.current_plan_id]  # fmt: skip
