"""The center as it is: its settings, who takes part and how big they are, the adopted budget, and who may sign in."""

import secrets
from decimal import Decimal
from typing import Any

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portfolio.engine.terms import ParticipantKind
from portfolio.models import labels
from portfolio.models.base import (
    CenterRow,
    Provenanced,
    all_of,
    blank_or,
    check,
    choice_field,
    code_field,
    eur_field,
    is_month,
    month_field,
    name_field,
    not_blank,
    not_negative,
    number_field,
    one_of,
    unique,
    within,
)


def new_key() -> str:
    """Names a center in addresses, so that nobody counts centers or guesses the next."""
    return secrets.token_urlsafe(12)


class CenterQuerySet(models.QuerySet["Center"]):
    def visible_to(self, user: Any) -> "CenterQuerySet":
        """The centers that a user is a member of; nobody else sees any."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(memberships__user=user)


@auditlog.register(exclude_fields=["key"])
class Center(models.Model):
    """A shared service center and its settings."""

    key = models.CharField(_("key in addresses"), max_length=22, unique=True, default=new_key, editable=False)
    name = name_field(_("name"))
    legal_form = name_field(_("legal form"), blank=True, default="")
    start = month_field(_("first month"), help_text=_("As 2027-01; its year is the base year of all prices"))
    years = number_field(_("years"), default=Decimal(5), help_text=_("1.5 is eighteen months"))
    fte_step = number_field(_("FTE step"), default=Decimal("0.05"))
    wage_growth = number_field(_("wage growth per year"), default=Decimal(0))
    price_growth = number_field(_("price growth per year"), default=Decimal(0))
    overhead_per_fte = eur_field(_("overhead per FTE per year"), default=Decimal(0))
    interest = number_field(_("interest"), default=Decimal(0))
    discount_rate = number_field(_("discount rate"), default=Decimal(0))
    productive_hours = number_field(_("productive hours per FTE"), default=Decimal(1400))

    objects = CenterQuerySet.as_manager()

    class Meta:
        verbose_name = _("center")
        verbose_name_plural = _("centers")
        ordering = ["name", "pk"]
        constraints = [
            not_blank("name", _("A center has a name.")),
            is_month("start", _("The first month is written as 2027-01.")),
            within("years", 1, 40, _("The horizon is 1 to 40 years.")),
            check(
                "fte_step_useful",
                Q(fte_step__gt=0, fte_step__lte=1),
                _("The FTE step lies above 0 and is at most 1."),
            ),
            check(
                "growth_in_range",
                all_of(
                    Q(**{f"{field}__gt": -1, f"{field}__lte": 1}) for field in ("wage_growth", "price_growth")
                ),
                _("Growth is a rate between -1 and 1: 0.03 is 3 %."),
            ),
            check(
                "rates_in_range",
                all_of(blank_or(field, gte=0, lte=1) for field in ("interest", "discount_rate")),
                _("Interest and discount rate lie between 0 and 1: 0.02 is 2 %."),
            ),
            not_negative("overhead_not_negative", ["overhead_per_fte"], _("Overhead cannot be negative.")),
            check(
                "hours_possible",
                Q(productive_hours__gt=0, productive_hours__lte=2000),
                _("Productive hours lie between 0 and 2000 a year."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_additional_data(self) -> dict[str, Any]:
        return {"center": self.pk}


@auditlog.register()
class Participant(Provenanced):
    """A municipality or another body that takes part in a center."""

    center = models.ForeignKey(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="participants"
    )
    code = code_field(_("code"))
    name = name_field(_("name"))
    kind = choice_field(_("kind"), labels.PARTICIPANT_KINDS, default=ParticipantKind.MUNICIPALITY.value)
    current_contribution = eur_field(_("contribution today, per year"), null=True, blank=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["code"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["center", "code"], _("A participant with this code exists already.")),
            not_blank("code", _("A participant has a code.")),
            not_blank("name", _("A participant has a name.")),
            one_of("kind", labels.PARTICIPANT_KINDS, _("A participant is a municipality or another body.")),
            not_negative(
                "contribution_not_negative", ["current_contribution"], _("A contribution cannot be negative.")
            ),
        ]

    def __str__(self) -> str:
        return self.name


@auditlog.register()
class Driver(Provenanced):
    """What work grows with: inhabitants, workplaces, applications."""

    center = models.ForeignKey(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="drivers"
    )
    code = code_field(_("code"))
    label = name_field(_("label"), blank=True, default="")
    growth = number_field(_("growth per year"), default=Decimal(0))

    class Meta:
        verbose_name = _("driver")
        verbose_name_plural = _("drivers")
        ordering = ["code"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["center", "code"], _("A driver with this code exists already.")),
            not_blank("code", _("A driver has a code.")),
            check(
                "growth_in_range",
                Q(growth__gt=-1, growth__lte=10),
                _("Growth per year lies above -1 and is at most 10: 0.01 is 1 %."),
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.code


@auditlog.register()
class DriverVolume(Provenanced):
    """How many of a driver a participant has: in the base year, or in a year that leaves the growth path."""

    center_path = "participant__center"

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="volumes"
    )
    driver = models.ForeignKey(
        Driver, verbose_name=_("driver"), on_delete=models.CASCADE, related_name="volumes"
    )
    year = models.SmallIntegerField(_("year"), null=True, blank=True, help_text=_("Blank: the base year"))
    volume = number_field(_("volume"))

    class Meta:
        verbose_name = _("volume")
        verbose_name_plural = _("volumes")
        ordering = ["participant", "driver", "year"]
        constraints = [
            *Provenanced.PROVENANCE,
            # Two partial constraints: SQLite does not enforce nulls_distinct=False.
            unique(
                "once_in_base_year",
                ["participant", "driver"],
                _("This participant has a volume of this driver already."),
                Q(year__isnull=True),
            ),
            unique(
                "once_a_year",
                ["participant", "driver", "year"],
                _("This participant has a volume of this driver in this year already."),
                Q(year__isnull=False),
            ),
            not_negative("not_negative", ["volume"], _("A volume cannot be negative.")),
            within("year", 2000, 2100, _("A year lies between 2000 and 2100.")),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, {self.driver}" + (f", {self.year}" if self.year else "")


@auditlog.register()
class BudgetLine(Provenanced):
    """What a participant pays in a year by the adopted multi-year budget."""

    center_path = "participant__center"

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="budget"
    )
    year = models.SmallIntegerField(_("year"))
    amount = eur_field(_("amount"))

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["participant", "year"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once_a_year", ["participant", "year"], _("The budget of this year is there already.")),
            within("year", 2000, 2100, _("A year lies between 2000 and 2100.")),
            not_negative("not_negative", ["amount"], _("A contribution cannot be negative.")),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, {self.year}"


@auditlog.register()
class KeyPart(Provenanced):
    """One part of a sharing key of the center's own: a participant with its share, or another key."""

    center = models.ForeignKey(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="key_parts"
    )
    key = code_field(_("key"))
    part = code_field(_("part"), help_text=_("A participant's code, or the name of another key"))
    share = number_field(_("share"))

    class Meta:
        verbose_name = _("part of a key")
        verbose_name_plural = _("parts of keys")
        ordering = ["key", "part"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["center", "key", "part"], _("This part stands in the key already.")),
            not_blank("key", _("A key has a name.")),
            not_blank("part", _("A part of a key names a participant or another key.")),
            within("share", 0, 1, _("A share lies between 0 and 1.")),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.part}"


class MembershipRole(models.TextChoices):
    """What someone is to a center; ``access`` says what each may do."""

    DIRECTOR = "director", _("director")
    CONTROLLER = "controller", _("controller")
    HR = "hr", _("HR officer")
    REVIEWER = "reviewer", _("reviewer of one participant")


@auditlog.register()
class Membership(CenterRow):
    """A user's one role at a center; a reviewer's holds for one participant."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="memberships"
    )
    center = models.ForeignKey(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=MembershipRole.choices)
    participant = models.ForeignKey(
        Participant,
        verbose_name=_("participant"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        help_text=_("Only for a reviewer"),
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["center", "role", "user"]
        constraints = [
            unique("once", ["user", "center"], _("This user has a role at this center already.")),
            check("role_known", Q(role__in=MembershipRole.values), _("This role is not known.")),
            check(
                "reviewer_has_participant",
                Q(role=MembershipRole.REVIEWER, participant__isnull=False)
                | (~Q(role=MembershipRole.REVIEWER) & Q(participant__isnull=True)),
                _("A reviewer reviews one participant, and nobody else has one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


@auditlog.register()
class ParticipantSeal(CenterRow):
    """Somebody confirmed a participant's figures; it holds while their digest is still this one."""

    center_path = "participant__center"

    participant = models.OneToOneField(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="seal"
    )
    digest = models.CharField(_("digest"), max_length=64)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed on"))

    class Meta:
        verbose_name = _("confirmation of a participant")
        verbose_name_plural = _("confirmations of participants")

    def __str__(self) -> str:
        return f"{self.participant}, {self.confirmed_at:%Y-%m-%d}"
