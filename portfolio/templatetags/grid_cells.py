"""Cells of the FTE grid: a figure with its heat and its mark, to read or to type in, said in words as well."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def fte_figure(context: Context, value: float) -> str:
    """A total in the notation of the grid."""
    return str(context["grid"].write(value))


@register.simple_tag(takes_context=True)
def fte_cell(context: Context, cell: Any, service: str, column: int) -> SafeString:
    """One cell; made here, since a grid has hundreds and a template takes ten times as long."""
    if cell.value is None:
        return format_html('<td class="none"{}>–</td>', _title(cell.words))
    typed, wrong = context["typed"].get(cell.name), context["wrong"].get(cell.name, "")
    classes = " ".join(filter(None, (cell.heat, cell.mark, "wrong" if wrong else "")))
    if not (cell.can_edit and context["can_edit"]):
        words = format_html('<span class="visually-hidden">, {}</span>', cell.words) if cell.words else ""
        return format_html(
            '<td class="{}" data-cell="{}" data-value="{}"{}>{}{}</td>',
            classes, cell.name, repr(cell.value), _title(cell.words), cell.text, words,
        )  # fmt: skip
    if cell.name in (context.get("overtaken") or ()):
        wrong = _("changed meanwhile; it now says: %(now)s") % {
            "now": ", ".join(filter(None, (cell.text, cell.words)))
        }
        classes = f"{classes} wrong"
    label = ", ".join(filter(None, (service, context["grid"].heads[column][1], cell.words)))
    more = {"data-initial": cell.text} if typed is not None else {}
    error = SafeString("")
    if wrong:
        more |= {"aria-invalid": "true", "aria-describedby": f"error-{cell.name}"}
        error = format_html('<span class="cell-error" id="error-{}">{}</span>', cell.name, wrong)
    return format_html(
        '<td class="{}"{}><input name="{}" value="{}" inputmode="decimal" autocomplete="off" aria-label="{}"{}>{}</td>',
        classes, _title(cell.words), cell.name, cell.text if typed is None else typed, label,
        format_html_join("", ' {}="{}"', more.items()), error,
    )  # fmt: skip


def _title(words: str) -> SafeString:
    return format_html(' title="{}"', words) if words else SafeString("")
