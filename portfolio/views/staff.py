"""Staff: counts for who plans, the list with names and its import for the HR officer alone."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portfolio.actions.imports import ChangedSince
from portfolio.actions.looks import note_list, note_look
from portfolio.actions.safeguards import NotCleared
from portfolio.actions.staff import StaffPreview, import_staff, preview_staff, whole_hr
from portfolio.actions.uploads import Upload, keep_upload, kept_upload, throw_away
from portfolio.forms.workbook import CenterWorkbookForm
from portfolio.frames.staff import read_counts, read_persons
from portfolio.models.placement import Look
from portfolio.reports.names import Names
from portfolio.reports.staff import (
    by_employer,
    by_role,
    by_service,
    differing,
    other_changes,
    person_rows,
    total,
)
from portfolio.sheets.writing import write_hr
from portfolio.views.base import CenterPage
from portfolio.views.center_table import counted
from portfolio.views.workbook import download

ON_PAGE = 100


class Staff(CenterPage):
    """Persons, FTE and vacancies per service and role, without a name."""

    capability = "see_staff_counts"
    template_name = "portfolio/staff/staff.html"
    title = gettext_lazy("Staff")
    lead = gettext_lazy("Who works for which team today, and where people are missing")
    nav = "staff"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        counts = read_counts(self.center)
        today = self.frames(["today_fte"]).get("today_fte")
        services, roles = by_service(counts, today, self.inputs), by_role(counts, today, self.inputs)
        return self.show(
            services=services,
            roles=roles,
            all_services=total(services),
            all_roles=total(roles),
            employers=by_employer(counts, self.inputs),
            sees_list=self.may("see_staff"),
        )


class Persons(CenterPage):
    """The list with names."""

    capability = "see_staff"
    template_name = "portfolio/staff/persons.html"
    title = gettext_lazy("Staff list")
    lead = gettext_lazy("Names are shown to the HR officer alone")
    nav = "staff"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        return self.page(CenterWorkbookForm())

    def page(self, form: CenterWorkbookForm, status: int = 200) -> HttpResponse:
        words = self.request.GET.get("q", "")
        people = read_persons(self.center)
        note_list(center=self.center, persons=len(people), user=self.request.user)
        rows = person_rows(people, self.inputs, words)
        page = Paginator(rows, ON_PAGE).get_page(self.request.GET.get("page"))
        return self.show(
            status,
            page_obj=page,
            words=words,
            form=form,
            waiting=waiting(self),
            can_edit=self.may("edit_staff"),
            can_export=self.may("export_staff"),
        )


class ExportStaff(CenterPage):
    """The HR workbook as it is on record; that somebody took it out is noted."""

    capability = "export_staff"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        hr = whole_hr(self.center)
        note_look(
            center=self.center,
            what=Look.EXPORT,
            persons=len(hr["staff"]),
            user=request.user,
            at=timezone.now(),
        )
        name = _("staff-%(date)s.xlsx") % {"date": timezone.localdate().isoformat()}
        return download(write_hr(hr, language=get_language() or "nl"), name)


class ImportStaff(Persons):
    """Take a staff sheet in, and show what it would do."""

    capability = "edit_staff"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        form = CenterWorkbookForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form, status=422)
        file = form.cleaned_data["file"]
        throw_away(waiting(self))
        upload = keep_upload(
            content=file.chunks(),
            name=file.name,
            size=file.size,
            kind="staff",
            center=self.center,
            user=request.user,
            keep=form.cleaned_data["absent"] == "keep",
        )
        request.session[remembered(self)] = upload.as_dict()
        return redirect(self.url("staff_preview"))


class PreviewStaff(CenterPage):
    """What a staff sheet would do; nothing has been written yet."""

    capability = "edit_staff"
    template_name = "portfolio/staff/preview.html"
    title = gettext_lazy("Import staff")
    nav = "staff"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        upload = waiting(self)
        if upload is None:
            messages.info(
                request, _("No staff sheet is waiting. A preview is kept for an hour; upload it again.")
            )
            return redirect(self.url("persons"))
        found = preview_staff(center=self.center, path=upload.path, keep=upload.options["keep"])
        return self.preview(upload, found)

    def preview(
        self, upload: Upload, found: StaffPreview, *, is_changed: bool = False, status: int = 200
    ) -> HttpResponse:
        names = Names(self.inputs.frames)
        errors = [
            (found.reading.where(one), one.params.get("value", ""), names.said(one))
            for one in found.reading.findings
        ]
        return self.show(
            status,
            lead=upload.name,
            errors=errors,
            is_refused=bool(found.reading.errors),
            new=person_rows(found.new, self.inputs),
            changed=[(old, differing(old, new)) for old, new in found.changed],
            gone=person_rows(found.gone, self.inputs),
            unchanged=len(found.unchanged),
            others=other_changes(found.others, names),
            can_apply=found.can_apply,
            version=found.version,
            is_changed=is_changed,
        )


class ApplyStaff(PreviewStaff):
    """Write the staff sheet that was previewed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        upload = waiting(self)
        if upload is None:
            return self.get(request)
        chosen: dict[str, Any] = {"center": self.center, "path": upload.path, "keep": upload.options["keep"]}
        try:
            done = import_staff(
                version=request.POST.get("version", ""),
                user=request.user,
                today=timezone.localdate(),
                **chosen,
            )
        except ChangedSince:
            return self.preview(upload, preview_staff(**chosen), is_changed=True, status=409)
        except NotCleared as missing:
            messages.error(request, str(missing))
            return self.preview(upload, preview_staff(**chosen), status=409)
        forget(self, upload)
        counts = {"new": len(done.new), "changed": len(done.changed), "gone": len(done.gone)}
        messages.success(request, counted(counts))
        return redirect(self.url("persons"))


class CancelStaff(CenterPage):
    """Throw the staff sheet away that waits."""

    capability = "edit_staff"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        forget(self, waiting(self))
        messages.info(request, _("The staff sheet was thrown away; nothing has changed."))
        return redirect(self.url("persons"))


def remembered(page: CenterPage) -> str:
    """Where the session keeps the staff sheet that waits for this center."""
    return f"staff-{page.center.key}"


def waiting(page: CenterPage) -> Upload | None:
    """The staff sheet that this user has uploaded for this center and not yet imported."""
    found = page.request.session.get(remembered(page))
    return kept_upload(found, kind="staff", center=page.center, user=page.request.user)


def forget(page: CenterPage, upload: Upload | None) -> None:
    throw_away(upload)
    page.request.session.pop(remembered(page), None)
