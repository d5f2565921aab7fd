"""The center at a glance, and confirming the figures of a participant."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio import access
from portfolio.actions.participants import confirm_participant
from portfolio.models.center import Participant, ParticipantSeal
from portfolio.reports.center import participant_rows, setting_rows, table_rows
from portfolio.views.base import CenterPage


class Overview(CenterPage):
    """Settings, participants and tables; a reviewer sees the own participant alone."""

    capability = "see_center"
    template_name = "portfolio/center/overview.html"
    title = gettext_lazy("Center")
    nav = "center"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        own = self.membership.participant if self.membership else None
        sees_all = self.may("see_planning")
        seals = {
            seal.participant.code: seal
            for seal in ParticipantSeal.objects.filter(participant__center=self.center).select_related(
                "participant", "confirmed_by"
            )
        }
        participants = participant_rows(self.inputs, seals, only=own.code if own else "")
        tables = (
            table_rows(self.inputs, lambda name: self.url("center_table", table=name)) if sees_all else []
        )
        return self.show(
            lead=self.center.legal_form,
            participants=participants,
            tables=tables,
            settings=setting_rows(self.inputs) if sees_all else [],
            own_tables=[] if sees_all else sorted(access.OF_OWN_PARTICIPANT - {"base_volumes"}),
            can_confirm=own is not None or self.may("confirm_own_participant"),
            complete=sum(row.known for row in participants),
            expected=sum(row.expected for row in participants),
            confirmed=sum(bool(row.confirmation and row.confirmation.holds) for row in participants),
        )


class Confirm(CenterPage):
    """Somebody stands for the figures of a participant as they are now."""

    capability = "see_center"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *, participant: str, **kwargs: str) -> HttpResponse:
        chosen = get_object_or_404(
            Participant.objects.select_related("center"), center=self.center, code=participant
        )
        if not self.may("confirm_own_participant", chosen):
            raise PermissionDenied
        confirm_participant(participant=chosen, user=request.user)
        messages.success(request, _("You have confirmed the figures of %(name)s.") % {"name": chosen.name})
        return redirect(self.url("center"))
