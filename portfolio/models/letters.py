"""Templates of letters, and the places in them that are filled in per person. They hold no personal data."""

import re
from collections.abc import Mapping

from auditlog.registry import auditlog
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portfolio.models.base import CenterRow, check, name_field, not_blank, unique
from portfolio.models.center import Center

#: What may stand between braces in a template, as it is written in Dutch and in English, and what it becomes.
PLACES = {
    "name": (("naam", "name"), _("the name of the person, or the number")),
    "center": (("centrum", "center"), _("the name of the center")),
    "was": (("oude functie", "old function"), _("the function today")),
    "becomes": (("nieuwe functie", "new function"), _("the new function or functions, with FTE and service")),
    "from": (("ingangsdatum", "starting month"), _("the month in which the new post opens")),
    "ground": (("grond", "ground"), _("on which ground the person is placed")),
    "reason": (("reden", "reason"), _("the reason in the register")),
    "decided": (("besluitdatum", "date of decision"), _("the date of the decision")),
    "today": (("vandaag", "today"), _("the date of the letter")),
}
_CODES = {word: code for code, (words, _told) in PLACES.items() for word in words}
_BRACES = re.compile(r"\{([^{}\n]*)\}")


def unknown_places(text: str) -> str:
    """The places of a text that cannot be filled in, as they stand there; empty when all are known."""
    found = _BRACES.finditer(text)
    return ", ".join(dict.fromkeys(part[0] for part in found if _code(part) is None))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill in the places of a text. What has no value stays as it stands, so that it is seen."""
    return _BRACES.sub(lambda part: values.get(_code(part) or "", "") or part[0], text)


def _code(part: re.Match[str]) -> str | None:
    return _CODES.get(part[1].strip().lower())


class LetterKind(models.TextChoices):
    PROVISIONAL = "provisional", _("provisional placement")
    FINAL = "final", _("final placement")
    SURPLUS = "surplus", _("declared redundant")


#: To begin with, in the reader's language: a center's own lawyer has the last word.
EXAMPLES = {
    LetterKind.PROVISIONAL: (
        _("Provisional placement"),
        _(
            "Dear {name},\n\n"
            "Your function of {old function} at {center} changes. The placement committee has been advised to place "
            "you as follows:\n\n"
            "{new function}, from {starting month}.\n\n"
            "Ground: {ground}.\n\n"
            "This is not a decision yet. We should like to hear what you think of it. You can make an objection with "
            "the placement committee.\n\n"
            "{today}"
        ),
    ),
    LetterKind.FINAL: (
        _("Decision on your placement"),
        _(
            "Dear {name},\n\n"
            "On {date of decision} it was decided to place you as follows:\n\n"
            "{new function}, from {starting month}.\n\n"
            "Your function until then: {old function}. Ground: {ground}.\n\n"
            "You can object to this decision, in the way and within the time that the social plan gives.\n\n"
            "{today}"
        ),
    ),
    LetterKind.SURPLUS: (
        _("Decision: you are redundant"),
        _(
            "Dear {name},\n\n"
            "On {date of decision} it was decided that you are redundant. There is no post for you in the new "
            "organization of {center}.\n\n"
            "Your function: {old function}. Reason: {reason}\n\n"
            "We shall invite you for a talk about the track from work to work and what it offers you. You can object "
            "to this decision, in the way and within the time that the social plan gives.\n\n"
            "{today}"
        ),
    ),
}


def example(kind: LetterKind) -> dict[str, str]:
    """Subject and body of a letter to begin with."""
    subject, body = EXAMPLES[kind]
    return {"subject": str(subject), "body": str(body)}


@auditlog.register()
class LetterTemplate(CenterRow):
    """The text of a letter, with places for what differs per person."""

    center = models.ForeignKey(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="letter_templates"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=LetterKind.choices)
    subject = name_field(_("subject"))
    body = models.TextField(_("text"))

    class Meta:
        verbose_name = _("template of a letter")
        verbose_name_plural = _("templates of letters")
        ordering = ["center", "kind"]
        constraints = [
            unique("once", ["center", "kind"], _("There is a template of this kind already.")),
            not_blank("subject", _("A letter has a subject.")),
            not_blank("body", _("A letter has a text.")),
            check("kind_known", Q(kind__in=LetterKind.values), _("This kind of letter is not known.")),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def clean(self) -> None:
        super().clean()
        for field in ("subject", "body"):
            unknown = unknown_places(getattr(self, field))
            if unknown:
                raise ValidationError({field: _("There is no such place: %(places)s.") % {"places": unknown}})
