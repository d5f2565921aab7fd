"""The workbook: template and exports out; an import in, with a preview before anything is written."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portfolio.actions.imports import ChangedSince, import_workbook, preview_workbook
from portfolio.actions.uploads import Upload, keep_upload, kept_upload, throw_away
from portfolio.engine.schema import SHEETS
from portfolio.forms.workbook import CenterWorkbookForm
from portfolio.models.scenarios import Scenario
from portfolio.reports.plan_files import plan_csvs, plan_xlsx
from portfolio.reports.table_words import title
from portfolio.reports.workbook import shown_tabs, tabs
from portfolio.sheets.writing import template, write_center, write_frame
from portfolio.views.base import CenterPage
from portfolio.views.center_table import counted

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"


def download(content: bytes, name: str, content_type: str = XLSX) -> HttpResponse:
    """Bytes as a file to keep."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


class Workbook(CenterPage):
    """What goes out, and the form with which a workbook comes in."""

    capability = "export_workbook"
    template_name = "portfolio/workbook/workbook.html"
    title = gettext_lazy("Workbook")
    lead = gettext_lazy("The center in Excel: out, edited, and back")
    nav = "workbook"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        return self.page(CenterWorkbookForm())

    def page(self, form: CenterWorkbookForm, status: int = 200) -> HttpResponse:
        tables = [(name, title(name)) for name in SHEETS if name != "center"]
        return self.show(
            status,
            form=form,
            tables=tables,
            can_import=self.may("import_workbook"),
            waiting=waiting(self),
            plans=[one for one in self.scenarios if one.current_plan],
        )


class ImportWorkbook(Workbook):
    """Take a workbook in, and show what it would do."""

    capability = "import_workbook"
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
            kind="center",
            center=self.center,
            user=request.user,
            keep=form.cleaned_data["absent"] == "keep",
        )
        request.session[remembered(self)] = upload.as_dict()
        return redirect(self.url("workbook_preview"))


class PreviewWorkbook(CenterPage):
    """What a workbook would do, in tabs; nothing has been written yet."""

    capability = "import_workbook"
    template_name = "portfolio/workbook/preview.html"
    title = gettext_lazy("Import a workbook")
    nav = "workbook"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        upload = waiting(self)
        if upload is None:
            messages.info(
                request, _("There is no workbook waiting. A preview is kept for an hour; upload it again.")
            )
            return redirect(self.url("workbook"))
        return self.preview(upload)

    def preview(self, upload: Upload, *, is_changed: bool = False, status: int = 200) -> HttpResponse:
        found = preview_workbook(
            inputs=self.inputs, path=upload.path, name=upload.name, keep=upload.options["keep"]
        )
        kept, chosen = shown_tabs(tabs(found.reading, found.differences), self.request.GET.get("tab", ""))
        return self.show(
            status,
            lead=upload.name,
            tabs=kept,
            chosen=chosen,
            picks=[
                {"label": f"{tab.label} ({tab.count})", "url": f"?tab={tab.name}", "current": tab is chosen}
                for tab in kept
            ],
            can_apply=found.can_apply,
            is_refused=found.reading.inputs is None,
            version=found.version,
            keep=upload.options["keep"],
            is_changed=is_changed,
        )


class ApplyWorkbook(PreviewWorkbook):
    """Write the workbook that was previewed, all of it or nothing."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        upload = waiting(self)
        if upload is None:
            return self.get(request)
        try:
            changes = import_workbook(
                center=self.center,
                path=upload.path,
                name=upload.name,
                keep=upload.options["keep"],
                version=request.POST.get("version", ""),
                user=request.user,
            )
        except ChangedSince:
            return self.preview(upload, is_changed=True, status=409)
        forget(self, upload)
        messages.success(request, counted(changes.counts))
        return redirect(self.url("center"))


class CancelWorkbook(CenterPage):
    """Throw the workbook away that waits."""

    capability = "import_workbook"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        forget(self, waiting(self))
        messages.info(request, _("The workbook was thrown away; nothing has changed."))
        return redirect(self.url("workbook"))


class Template(CenterPage):
    """The empty workbook, in Dutch or English."""

    capability = "export_workbook"

    def get(self, request: HttpRequest, *, language: str, **kwargs: str) -> HttpResponse:
        name = {"nl": "sjabloon.xlsx", "en": "template.xlsx"}.get(language)
        if name is None:
            raise Http404
        return download(template(language), name)


class Export(CenterPage):
    """The whole center as a workbook, or one table of it."""

    capability = "export_workbook"

    def get(self, request: HttpRequest, *, table: str = "", **kwargs: str) -> HttpResponse:
        language = (get_language() or "nl")[:2]
        name = slugify(self.center.name) or "center"
        if not table:
            return download(write_center(self.inputs, language=language), f"{name}.xlsx")
        sheet = {"base_volumes": "participants", "scores": "alternatives"}.get(table, table)
        if sheet not in SHEETS:
            raise Http404
        return download(write_frame(sheet, self.inputs, language=language), f"{name}-{sheet}.xlsx")


class PlanFile(CenterPage):
    """The sealed plan of a scenario: plan.xlsx, or its tables as CSV."""

    capability = "export_workbook"

    def get(self, request: HttpRequest, *, kind: str, **kwargs: str) -> HttpResponse:
        plan = get_object_or_404(Scenario, center=self.center, code=kwargs["scenario"]).current_plan
        if plan is None or kind not in ("plan.xlsx", "plan.zip"):
            raise Http404
        name = f"{slugify(kwargs['scenario']) or 'plan'}-{timezone.localtime(plan.created_at):%Y%m%d}"
        if kind == "plan.xlsx":
            return download(plan_xlsx(plan, self.inputs), f"{name}.xlsx")
        return download(plan_csvs(plan), f"{name}.zip", ZIP)


def remembered(page: CenterPage) -> str:
    """Where the session keeps what waits for this center."""
    return f"workbook-{page.center.key}"


def waiting(page: CenterPage) -> Upload | None:
    """The workbook that this user has uploaded for this center and not yet imported."""
    found: dict[str, Any] | None = page.request.session.get(remembered(page))
    return kept_upload(found, kind="center", center=page.center, user=page.request.user)


def forget(page: CenterPage, upload: Upload | None) -> None:
    throw_away(upload)
    page.request.session.pop(remembered(page), None)
