"""The form with which a workbook comes in."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

XLSX = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookForm(forms.Form):
    """A file, checked for its size alone: what is in it is read for the preview."""

    file = forms.FileField(
        label=gettext_lazy("Workbook"),
        widget=forms.FileInput(attrs={"accept": XLSX}),
        max_length=200,
        allow_empty_file=True,
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                _("This file is %(size)s; at most %(most)s can be uploaded.")
                % {"size": filesizeformat(file.size or 0), "most": filesizeformat(settings.UPLOAD_MAX_BYTES)}
            )
        return file


class CenterWorkbookForm(WorkbookForm):
    """A center's workbook, and what happens to rows it does not hold."""

    absent = forms.ChoiceField(
        label=gettext_lazy("Rows that a sheet of the workbook does not hold"),
        choices=[
            ("keep", gettext_lazy("stay as they are")),
            ("delete", gettext_lazy("are removed: each sheet holds all there is")),
        ],
        initial="keep",
        widget=forms.RadioSelect,
    )
