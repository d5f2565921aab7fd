"""One table of the center: read, sorted, searched, and edited in place by who may."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio import access
from portfolio.actions.center import Saved, Stale, save_table, standing_errors, undo_save, version_of
from portfolio.engine.findings import Finding, Refused
from portfolio.engine.terms import Level
from portfolio.forms.center_table import TableForm
from portfolio.frames.center_edits import control_of, key_of_new
from portfolio.frames.center_table import FIGURE_TABLES, NAMES, Table, table_of
from portfolio.reports import history
from portfolio.reports.center_parts import Refusal
from portfolio.reports.center_table import page
from portfolio.reports.names import Names
from portfolio.reports.table_words import column_words, table_links, title
from portfolio.sheets.key_words import GIVING_A_NAME
from portfolio.views.base import CenterPage

#: Findings shown above the table; the cells show them all.
MOST_SHOWN = 12


class CenterTable(CenterPage):
    """A table and its edits; ``Save`` is all or nothing."""

    capability = "see_center"
    template_name = "portfolio/center/table.html"
    nav = "center"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            if self.name not in NAMES:
                raise Http404
            if not access.may_see_table(self.membership, self.name):
                raise PermissionDenied
            if request.method == "POST" and not self.can_edit:
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def name(self) -> str:
        return str(self.kwargs["table"])

    @cached_property
    def can_edit(self) -> bool:
        return access.may_edit_table(self.membership, self.name)

    @cached_property
    def only(self) -> str:
        """The participant of a reviewer, who sees no other rows."""
        own = self.membership.participant if self.membership else None
        return own.code if own else ""

    @cached_property
    def table(self) -> Table:
        return table_of(self.name, self.inputs, only=self.only)

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        return self.table_page()

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        form = self.form()
        if not form.is_valid:
            return self.refused(form, list(form.wrong.values()))
        if form.edits.is_empty:
            messages.info(request, _("Nothing was changed."))
            return redirect(self.address)
        try:
            saved = save_table(
                center=self.center,
                name=self.name,
                edits=form.edits,
                version=request.POST.get("version", ""),
                user=request.user,
                only=self.only,
            )
        except Refused as refused:
            return self.refused(form, refused.findings)
        except Stale as stale:
            return self.behind_others(stale)
        return self.after_saving(saved)

    # --- Answers ---

    @property
    def address(self) -> str:
        query = self.request.GET.urlencode()
        return self.url("center_table", table=self.name) + (f"?{query}" if query else "")

    def form(self) -> TableForm:
        own = {str(code) for frame, column in GIVING_A_NAME for code in self.inputs.frames[frame][column]}
        return TableForm(self.request.POST.dict(), self.table, own)

    def after_saving(self, saved: Saved) -> HttpResponse:
        messages.success(self.request, counted(saved.counts))
        for finding in saved.warnings[:5]:
            messages.warning(self.request, Names(self.inputs.frames).said(finding))
        self.request.session[self._undo] = saved.undo
        return redirect(self.address)

    def refused(self, form: TableForm, findings: list[Finding]) -> HttpResponse:
        """The page with what was typed in its place and why it was refused; nothing has been written."""
        new = {key_of_new(self.table, record): ref for ref, record in form.edits.new.items()}
        placed = {
            control: (finding, control in form.wrong)
            for finding in reversed(findings)
            if (control := control_of(self.table, finding.place, new))
        }
        listed = [
            {
                "level": "error",
                "message": Names(self.inputs.frames).said(finding),
                "detail": self.where(finding),
            }
            for finding in findings[:MOST_SHOWN]
        ]
        return self.table_page(
            Refusal(form.typed, placed), refused=listed, more=len(findings) - MOST_SHOWN, status=422
        )

    def behind_others(self, stale: Stale) -> HttpResponse:
        """The page as it is now with what was typed on top, and what the others did."""
        for name in ("inputs", "table"):
            self.__dict__.pop(name, None)
        typed = self.form().typed
        others = history.since(self.center, self.name, stale.since) if stale.since else []
        return self.table_page(Refusal(typed), others=others, is_stale=True, status=409)

    def where(self, finding: Finding) -> str:
        place = finding.place
        sheet = "" if place.sheet in self.table.frames or place.sheet == self.name else title(place.sheet)
        row = ", ".join(str(part) for part in place.key if part != "")
        row = _("new row") if row.startswith("*") else row
        column = column_words(place.column) if place.column and place.sheet != "center" else ""
        return " · ".join(filter(None, [sheet, row, column]))

    @property
    def _undo(self) -> str:
        return f"undo-{self.center.key}"

    def table_page(
        self, refusal: Refusal | None = None, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        words = self.request.GET.get("q", "")
        number = self.request.GET.get("page")
        shown = page(
            self.table, self.inputs, can_edit=self.can_edit, refusal=refusal, words=words, number=number
        )
        undo = self.request.session.get(self._undo)
        names = [name for name in NAMES if access.may_see_table(self.membership, name)]
        context |= {"title": shown.title, "lead": shown.meaning}
        return self.show(
            status,
            table=shown,
            can_edit=self.can_edit,
            version=version_of(self.table, timezone.now()),
            undo=undo if undo and undo["table"] == self.name and not refusal else None,
            links=table_links(lambda name: self.url("center_table", table=name), names, self.name),
            one_by_one=self.url("center_table", table=self.table.wide) if self.table.wide else "",
            together=self.url("center_table", table=FIGURE_TABLES[self.name])
            if self.name in FIGURE_TABLES
            else "",
            todo=self.todo(),
            words=words,
            **context,
        )

    def todo(self) -> list[dict[str, str]]:
        """What in this table keeps the center from being computed."""
        if not self.may("see_planning"):
            return []
        names = Names(self.inputs.frames)
        return [
            {"level": Level.WARNING, "message": names.said(finding)}
            for finding in standing_errors(self.inputs)
            if finding.place.sheet in (self.name, self.table.wide)
        ][:5]


class UndoTable(CenterTable):
    """Take back the last save of this table."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        undo = request.session.pop(self._undo, None)
        if not undo or undo["table"] != self.name:
            messages.info(request, _("There is nothing to take back."))
            return redirect(self.address)
        try:
            counts = undo_save(center=self.center, undo=undo, user=request.user, only=self.only)
            messages.success(request, _("Taken back.") + " " + counted(counts))
        except Stale:
            messages.error(
                request, _("Somebody saved this table since; what you did can no longer be taken back.")
            )
        except Refused as refused:
            for finding in refused.findings[:5]:
                messages.error(request, Names(self.inputs.frames).said(finding))
        return redirect(self.address)


def counted(counts: Mapping[str, int]) -> str:
    """What a save did, in words."""
    parts = [
        ngettext("%(n)d row changed", "%(n)d rows changed", counts["changed"]) % {"n": counts["changed"]},
        ngettext("%(n)d row added", "%(n)d rows added", counts["new"]) % {"n": counts["new"]},
        ngettext("%(n)d row deleted", "%(n)d rows deleted", counts["gone"]) % {"n": counts["gone"]},
    ]
    told = [part for part, name in zip(parts, ("changed", "new", "gone"), strict=True) if counts[name]]
    return _("Saved: %(what)s.") % {"what": ", ".join(told)} if told else _("Nothing was changed.")
