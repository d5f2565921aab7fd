"""What was agreed with the unions and the works council: the limits of the social plan, and when data may be used."""

from datetime import date
from decimal import Decimal

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portfolio.models.base import (
    CenterRow,
    Provenanced,
    check,
    code_field,
    eur_field,
    name_field,
    not_negative,
    number_field,
    within,
)
from portfolio.models.center import Center


@auditlog.register()
class SocialPlan(Provenanced):
    """The social plan of a center. Its defaults are assumptions, to be replaced by what was agreed."""

    center = models.OneToOneField(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="social_plan"
    )
    scales_down = number_field(
        _("scales lower"), default=Decimal(1), help_text=_("How many scales lower a suitable post may be")
    )
    scales_up = number_field(
        _("scales higher"),
        null=True,
        blank=True,
        help_text=_("How many scales higher a suitable post may be; blank: any number"),
    )
    training_months = number_field(
        _("months of training"), default=Decimal(12), help_text=_("The most that a suitable post may ask")
    )
    months_per_level = number_field(
        _("months per level"),
        default=Decimal(3),
        help_text=_("Training that closes one level of one competence"),
    )
    training_cost = eur_field(_("cost of a month of training"), default=Decimal(0))
    output_in_training = number_field(
        _("output in training"), default=Decimal("0.75"), help_text=_("As a share: 0.75 is three quarters")
    )
    reference_date = models.DateField(
        _("reference date"), null=True, blank=True, help_text=_("The day on which the age bands look")
    )
    protected_salary_years = number_field(
        _("years of salary guarantee"), null=True, blank=True, help_text=_("Blank: without end")
    )
    hire_cost = eur_field(
        _("cost of hired staff per FTE per year"),
        null=True,
        blank=True,
        help_text=_("For posts that nobody can fill yet; blank: no hire is foreseen"),
    )
    track_after_years = number_field(
        _("years of service before the track"),
        default=Decimal(2),
        help_text=_("Who has served shorter has no right to the track from work to work"),
    )
    track_months = number_field(_("months of the track from work to work"), default=Decimal(24))
    track_cost = eur_field(_("cost of guidance per person in the track"), default=Decimal(0))
    payer_key = code_field(
        _("key for the cost of staff"),
        blank=True,
        default="",
        help_text=_("By which key participants share it; blank: by their contribution"),
    )

    class Meta:
        verbose_name = _("social plan")
        verbose_name_plural = _("social plans")
        constraints = [
            *Provenanced.PROVENANCE,
            within("scales_down", 0, 18, _("Scales lie between 0 and 18.")),
            within("scales_up", 0, 18, _("Scales lie between 0 and 18.")),
            within("training_months", 0, 120, _("Training takes 0 to 120 months.")),
            within("months_per_level", 0, 24, _("A level takes 0 to 24 months.")),
            within("output_in_training", 0, 1, _("Output is a share between 0 and 1.")),
            within("protected_salary_years", 0, 50, _("A salary is guaranteed for 0 to 50 years.")),
            within("track_after_years", 0, 50, _("Service is 0 to 50 years.")),
            within("track_months", 0, 60, _("The track takes 0 to 60 months.")),
            not_negative(
                "costs_not_negative",
                ["training_cost", "hire_cost", "track_cost"],
                _("A cost cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("social plan"))


@auditlog.register()
class Safeguards(CenterRow):
    """What must be on record before data of real staff is loaded, and how long names stay.

    Sources: GDPR art. 35 (a DPIA first), Works Councils Act art. 27 (consent to rules on staff data).
    """

    center = models.OneToOneField(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="safeguards"
    )
    is_fictional = models.BooleanField(
        _("fictional staff"), default=False, help_text=_("Only a demo: nobody in it exists")
    )
    dpia_date = models.DateField(_("date of the DPIA"), null=True, blank=True)
    dpia_document = name_field(_("document of the DPIA"), blank=True, default="")
    consent_date = models.DateField(_("date of the works council's consent"), null=True, blank=True)
    consent_document = name_field(_("document of the consent"), blank=True, default="")
    names_until = models.DateField(
        _("names are kept until"), null=True, blank=True, help_text=_("From this day on names are removed")
    )
    decisions_from = models.DateField(
        _("decisions are taken from"),
        null=True,
        blank=True,
        help_text=_("From this day on a director may see one name at a time, and that is noted"),
    )

    class Meta:
        verbose_name = _("safeguards")
        verbose_name_plural = _("safeguards")
        constraints = [
            check(
                "dpia_has_document",
                Q(dpia_date__isnull=True, dpia_document="")
                | (Q(dpia_date__isnull=False) & ~Q(dpia_document="")),
                _("A DPIA has a date and a document."),
            ),
            check(
                "consent_has_document",
                Q(consent_date__isnull=True, consent_document="")
                | (Q(consent_date__isnull=False) & ~Q(consent_document="")),
                _("The works council's consent has a date and a document."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("safeguards"))

    def is_clear(self, on: date) -> bool:
        """Whether data of staff may be loaded on a day."""
        if self.is_fictional:
            return True
        return all(day is not None and day <= on for day in (self.dpia_date, self.consent_date))

    def is_deciding(self, on: date) -> bool:
        """Whether decisions about persons are being taken on a day."""
        return self.decisions_from is not None and self.decisions_from <= on
