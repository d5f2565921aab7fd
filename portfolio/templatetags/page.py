"""The parts every page is made of, so that a tile, a warning or a chart looks and speaks the same everywhere."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()

VERDICTS = {"better": gettext_lazy("better"), "worse": gettext_lazy("worse")}
LEVELS = {
    "error": gettext_lazy("Error"),
    "warning": gettext_lazy("Warning"),
    "note": gettext_lazy("For your information"),
}
STATUSES = {
    "estimated": (gettext_lazy("estimated"), "≈"),
    "entered": (gettext_lazy("entered"), "•"),
    "confirmed": (gettext_lazy("confirmed"), "✓"),
}


@register.inclusion_tag("portfolio/_tile.html")
def tile(
    label: str,
    becomes: str,
    was: str = "",
    difference: str = "",
    verdict: str = "",
    note: str = "",
    url: str = "",
    help: str = "",
) -> dict[str, Any]:
    """One headline: was, becomes and difference as written figures; ``verdict`` is better, worse or empty."""
    word = VERDICTS.get(str(verdict), "")
    return {
        "label": label, "becomes": becomes, "was": was, "difference": difference,
        "verdict": verdict, "word": word, "note": note, "url": url, "help": help,
    }  # fmt: skip


@register.inclusion_tag("portfolio/_delta.html")
def delta(difference: str, verdict: str = "") -> dict[str, Any]:
    """A difference on its own, for a table cell or a sentence."""
    return {"difference": difference, "verdict": verdict, "word": VERDICTS.get(str(verdict), "")}


@register.simple_block_tag
def say(content: str, kind: str = "") -> SafeString:
    """The sentence a page is about: ``{% say kind="ok" %}<b>…</b> …{% endsay %}``; kinds: "", ok, bad, plain."""
    return format_html('<div class="say {}">{}</div>', kind and f"say-{kind}", mark_safe(content))


@register.simple_block_tag
def scroll(content: str, label: str, tall: bool = False) -> SafeString:
    """A frame a table scrolls in, reachable by keyboard: ``{% scroll "FTE per service" %}<table>…{% endscroll %}``."""
    return format_html(
        '<div class="frame-scroll{}" role="region" aria-label="{}" tabindex="0">{}</div>',
        " frame-tall" if tall else "",
        label,
        mark_safe(content),
    )


@register.inclusion_tag("portfolio/_closing.html")
def closing(
    sum: str, target: str, closes: bool, unit: str = "", note: str = "", target_value: float | None = None
) -> dict[str, Any]:
    """The closing check under a table that distributes something; with ``target_value`` grid.js keeps it up to date."""
    live = None if target_value is None else repr(float(target_value))
    return {"sum": sum, "target": target, "closes": closes, "unit": unit, "note": note, "live": live}


@register.inclusion_tag("portfolio/_warnings.html")
def warnings(findings: Iterable[Any], empty: str = "") -> dict[str, Any]:
    """What asks for attention: items with level, message and, if they have one, detail, url and link."""
    items = []
    for finding in findings:
        level = str(_get(finding, "level") or "note")
        items.append(
            {
                "level": level,
                "word": LEVELS.get(level, level),
                "message": _get(finding, "message"),
                "detail": _get(finding, "detail"),
                "url": _get(finding, "url"),
                "link": _get(finding, "link"),
            }
        )
    return {"items": items, "empty": empty}


@register.inclusion_tag("portfolio/_figure.html")
def figure(chart: Any, csv_url: str = "", size: str = "") -> dict[str, Any]:
    """A chart of ``reports.charts`` with caption, sentence, table twin and CSV; ``size``: short or tall."""
    return {"chart": chart, "csv_url": csv_url, "size": size}


@register.inclusion_tag("portfolio/_status.html")
def status(value: str, range: str = "") -> dict[str, Any]:
    """How sure a figure is: estimated (with its range), entered or confirmed."""
    word, sign = STATUSES[str(value)]
    return {"value": value, "word": word, "sign": sign, "range": range}


@register.inclusion_tag("portfolio/_tag.html")
def tag(text: str, kind: str = "") -> dict[str, Any]:
    """A word in a pill: ``{% tag "nieuw" "new" %}``; kinds: "", new, gone, open."""
    return {"text": text, "kind": kind}


@register.inclusion_tag("portfolio/_empty.html", takes_context=True)
def empty(
    context: Context, title: str, text: str = "", url: str = "", label: str = "", post: bool = False
) -> dict[str, Any]:
    """What to do when there is nothing yet; the button is the page's filled one, and may post (computing)."""
    token = context.get("csrf_token")
    return {"title": title, "text": text, "url": url, "label": label, "post": post, "csrf_token": token}


@register.inclusion_tag("portfolio/_progress.html")
def progress(url: str, text: str, done: int | None = None, total: int | None = None) -> dict[str, Any]:
    """Work that goes on: asks ``url`` each second, whose answer replaces this part (HX-Refresh when finished)."""
    return {"url": url, "text": text, "done": done, "total": total}


@register.inclusion_tag("portfolio/_help.html")
def help(text: str, about: str = "") -> dict[str, Any]:
    """A "?" beside the thing it explains."""
    return {"text": text, "about": about}


@register.inclusion_tag("portfolio/_picker.html")
def picker(label: str, options: Iterable[Any]) -> dict[str, Any]:
    """A row of choices as links (year, unit): options have label, url and current."""
    return {"label": label, "options": options}


@register.inclusion_tag("portfolio/_pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Earlier and later pages of a list; keeps the other words of the query."""
    return {"page": page, "request": context.get("request")}


@register.inclusion_tag("portfolio/_undo_bar.html", takes_context=True)
def undo_bar(context: Context, text: str, url: str) -> dict[str, Any]:
    """What was just done, and a button that posts to ``url`` to undo it."""
    return {"text": text, "url": url, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("portfolio/_share_bar.html")
def share_bar(parts: Iterable[Any], label: str) -> dict[str, Any]:
    """One bar in parts (31 of 44 decided): parts have label, value and kind (keep, out, gone, new, open)."""
    listed = [
        {"label": _get(p, "label"), "value": _get(p, "value") or 0, "kind": _get(p, "kind")} for p in parts
    ]
    total = sum(part["value"] for part in listed) or 1
    start = 0.0
    for part in listed:
        width = 100 * float(part["value"]) / float(total)
        part.update(x=f"{start:.3f}", width=f"{width:.3f}")
        start += width
    return {"parts": listed, "label": label}


@register.simple_tag
def bar(value: float, most: float, kind: str = "") -> SafeString:
    """A small bar beside a figure that is printed too, so it is hidden from screen readers."""
    width = max(0.0, min(100.0, 100 * float(value) / float(most))) if most else 0.0
    return format_html(
        '<svg class="bar {}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect width="{}" height="8"/></svg>',
        kind,
        f"{width:.2f}",
    )


@register.simple_tag
def browser_texts() -> SafeString:
    """What the scripts say, in the reader's language; they read it from this one place (texts.js)."""
    texts = {
        "save": _("Save"),
        "save_one": _("Save 1 change"),
        "save_many": _("Save {n} changes"),
        "changed": _("changed, not saved yet"),
        "invalid_one": _("1 cell is not right yet. Nothing has been saved."),
        "invalid_many": _("{n} cells are not right yet. Nothing has been saved."),
        "not_a_number": _("“{value}” is not a number"),
        "too_small": _("At least {n}"),
        "too_large": _("At most {n}"),
        "wrong_step": _("In steps of {n}"),
        "not_an_option": _("“{value}” is not one of the choices"),
        "pasted": _("Cells pasted: {n}."),
        "pasted_outside": _("Left out, outside the table: {n}."),
        "pasted_readonly": _("Left out, not to be edited: {n}."),
        "pasted_wrong": _("Not right yet: {n}."),
        "undone": _("Undone: {n} cells."),
        "redone": _("Done again: {n} cells."),
        "nothing_to_undo": _("Nothing to undo."),
        "nothing_to_redo": _("Nothing to do again."),
        "restored": _("Restored: {value}"),
        "leave_grid": _("Press Tab to leave the table."),
        "still_to_divide": _("{n} still to divide"),
        "too_much": _("{n} too much"),
        "left": _("{n} left"),
        "over": _("{n} over"),
        "preview_failed": _("The effect could not be shown. Your changes are still here."),
        "request_failed": _("That did not work. Nothing was lost; try again in a moment."),
        "rows_shown": _("{n} of {total} rows"),
    }
    return json_script(texts, "browser-texts")


def _get(item: Any, name: str) -> Any:
    """A finding may be an object or a mapping."""
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)
