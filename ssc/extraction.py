"""Lets Babel read the texts out of Django templates, so that translators need no GNU gettext."""

from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize


def extract(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Django rewrites a template as calls of gettext; Babel reads those as Python.

    Indentation goes, because Python would stumble over it; lines stay, because translators look them up.
    """
    source = templatize(file.read().decode())
    flat = "\n".join(line.lstrip() for line in source.split("\n"))
    return extract_python(BytesIO(flat.encode()), keywords, comment_tags, options)
