"""A letter as a document for a word processor."""

import io

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx import Document
from docx.shared import Pt


def letter_document(subject: str, body: str) -> bytes:
    """A letter as .docx: the subject as its heading, each line that is not blank a paragraph."""
    document = Document()
    properties = document.core_properties
    # No author: a name in the properties of a file is a name outside the corridor.
    properties.title, properties.author, properties.language = subject, "", get_language() or "nl"
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    document.add_heading(subject, level=1)
    for line in body.splitlines():
        if line.strip():
            document.add_paragraph(line.strip())
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def file_name(pk: int) -> str:
    """A file name that says nothing of whom it is about."""
    return _("letter-%(number)s.docx") % {"number": pk}
