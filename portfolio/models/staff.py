"""Personal data: who works at the center. Only the HR officer's pages and ``frames.staff`` open this module."""

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portfolio.models.base import (
    CenterRow,
    Provenanced,
    check,
    code_field,
    name_field,
    not_blank,
    number_field,
    unique,
)
from portfolio.models.catalogue import Role, Service
from portfolio.models.center import Center, Participant


def masked(value: str) -> str:
    """What the history shows of personal data: that it changed, not what it was."""
    return "None" if value in ("None", "") else "***"


class Employer(models.TextChoices):
    CENTER = "center", _("the center")
    PARTICIPANT = "participant", _("a participant")
    EXTERNAL = "external", _("external")


@auditlog.register(
    mask_fields=["born", "employed_since", "until", "scale"], mask_callable="portfolio.models.staff.masked"
)
class StaffMember(Provenanced):
    """Someone who works at the center, as a number; the name stands apart."""

    center = models.ForeignKey(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="staff"
    )
    number = code_field(_("number"))
    role = models.ForeignKey(Role, verbose_name=_("role"), on_delete=models.RESTRICT, related_name="staff")
    fte = number_field(_("FTE"))
    employer = models.CharField(
        _("employer"), max_length=20, choices=Employer.choices, default=Employer.CENTER
    )
    participant = models.ForeignKey(
        Participant,
        verbose_name=_("employing participant"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="staff",
    )
    scale = name_field(_("scale"), blank=True, default="")
    born = models.DateField(_("born"), null=True, blank=True)
    employed_since = models.DateField(_("employed since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Only for a temporary contract"))
    service = models.ForeignKey(
        Service,
        verbose_name=_("service today"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="staff",
    )

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        ordering = ["number"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["center", "number"], _("A staff member with this number exists already.")),
            not_blank("number", _("A staff member has a number.")),
            check(
                "fte_possible",
                Q(fte__gt=0, fte__lte=1),
                _("The FTE of a person lies above 0 and is at most 1."),
            ),
            check(
                "employer_known", Q(employer__in=Employer.values), _("This employer is not one of the list.")
            ),
            check(
                "participant_employs",
                Q(employer=Employer.PARTICIPANT, participant__isnull=False)
                | (~Q(employer=Employer.PARTICIPANT) & Q(participant__isnull=True)),
                _("Staff of a participant names it, and nobody else does."),
            ),
            check(
                "until_after_start",
                Q(until__isnull=True) | Q(employed_since__isnull=True) | Q(until__gt=F("employed_since")),
                _("A contract ends after it begins."),
            ),
            check(
                "employed_after_birth",
                Q(born__isnull=True) | Q(employed_since__isnull=True) | Q(employed_since__gt=F("born")),
                _("Nobody is employed before being born."),
            ),
        ]

    def __str__(self) -> str:
        return self.number


@auditlog.register(mask_fields=["name"], mask_callable="portfolio.models.staff.masked")
class PersonName(CenterRow):
    """The name that goes with a number. It never leaves the HR officer's pages."""

    center_path = "staff_member__center"

    staff_member = models.OneToOneField(
        StaffMember,
        verbose_name=_("staff member"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="person_name",
    )
    name = name_field(_("name"))

    class Meta:
        verbose_name = _("name of a person")
        verbose_name_plural = _("names of persons")
        constraints = [not_blank("name", _("A name is not blank."))]

    def __str__(self) -> str:
        return str(self.staff_member)
