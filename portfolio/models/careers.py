"""Personal data: contracts over time, competences, wishes and agreements of people, and what was changed of them."""

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portfolio.models.base import (
    CenterRow,
    check,
    code_field,
    name_field,
    not_blank,
    number_field,
    text_field,
    unique,
    within,
)
from portfolio.models.catalogue import Role, Service
from portfolio.models.staff import StaffMember

MASK = "portfolio.models.staff.masked"


class OfPerson(CenterRow):
    """A row about one person."""

    center_path = "staff_member__center"

    class Meta:
        abstract = True


def person_key(related_name: str) -> models.ForeignKey:
    """The person a row is about; the row goes with the person."""
    return models.ForeignKey(
        StaffMember, verbose_name=_("staff member"), on_delete=models.CASCADE, related_name=related_name
    )


@auditlog.register()
class ContractPeriod(OfPerson):
    """The FTE of a contract from a day on, until the next such day; before the first, that of the person holds."""

    staff_member = person_key("periods")
    start_date = models.DateField(_("from"))
    fte = number_field(_("FTE"))

    class Meta:
        verbose_name = _("period of a contract")
        verbose_name_plural = _("periods of contracts")
        ordering = ["staff_member", "start_date"]
        constraints = [
            unique("once", ["staff_member", "start_date"], _("A period starts on this day already.")),
            check(
                "fte_possible",
                Q(fte__gt=0, fte__lte=1),
                _("The FTE of a period lies above 0 and is at most 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member}, {self.start_date:%d-%m-%Y}"


@auditlog.register(mask_fields=["level"], mask_callable=MASK)
class PersonCompetence(OfPerson):
    """The level that somebody has of a competence (e-CF)."""

    staff_member = person_key("competences")
    competence = code_field(_("competence"), help_text=_("Code of the e-CF, such as D.8"))
    level = models.SmallIntegerField(_("level"))

    class Meta:
        verbose_name = _("competence of a person")
        verbose_name_plural = _("competences of persons")
        ordering = ["staff_member", "competence"]
        constraints = [
            unique("once", ["staff_member", "competence"], _("This person has this competence already.")),
            not_blank("competence", _("Name the competence.")),
            within("level", 1, 5, _("A level is 1 to 5.")),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member}, {self.competence}"


@auditlog.register(mask_fields=["role", "service"], mask_callable=MASK)
class Preference(OfPerson):
    """What somebody would like: a function, in one service or any; the first of three counts most."""

    staff_member = person_key("preferences")
    rank = models.SmallIntegerField(_("preference"))
    role = models.ForeignKey(Role, verbose_name=_("function"), on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(
        Service,
        verbose_name=_("service"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Blank: any"),
    )

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        ordering = ["staff_member", "rank"]
        constraints = [
            unique("once", ["staff_member", "rank"], _("This person has a preference of this rank already.")),
            within("rank", 1, 3, _("A person has a first, second and third preference.")),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member}, {self.rank}"


@auditlog.register(mask_fields=["role", "service", "accepts", "reason"], mask_callable=MASK)
class Agreement(OfPerson):
    """What somebody agrees to, may be split over, or is locked to."""

    staff_member = person_key("agreements")
    role = models.ForeignKey(
        Role,
        verbose_name=_("function"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Blank when the row only says that the person may be split"),
    )
    service = models.ForeignKey(
        Service,
        verbose_name=_("service"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Blank: any"),
    )
    accepts = models.BooleanField(
        _("agrees"), default=True, help_text=_("Also when the post is not suitable")
    )
    may_split = models.BooleanField(
        _("may be split"), default=False, help_text=_("Over two posts, as both sides agree")
    )
    is_locked = models.BooleanField(
        _("locked"), default=False, help_text=_("Gets this post, whatever else happens")
    )
    reason = text_field(_("reason"))

    class Meta:
        verbose_name = _("agreement with a person")
        verbose_name_plural = _("agreements")
        ordering = ["staff_member", "role", "service", "pk"]
        # Four, since neither SQLite nor PostgreSQL holds rows with a NULL to be the same.
        constraints = [
            unique(
                f"once_{name}",
                ["staff_member", *fields],
                _("This has been agreed with this person already."),
                condition=Q(role__isnull="role" not in fields, service__isnull="service" not in fields),
            )
            for name, fields in {
                "post": ["role", "service"],
                "role": ["role"],
                "service": ["service"],
                "all": [],
            }.items()
        ] + [
            check(
                "lock_names_function",
                Q(is_locked=False) | Q(role__isnull=False),
                _("Who is locked is locked to a function."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff_member}, {self.role or '–'}"


class StaffChange(OfPerson):
    """What of a person was changed, by whom and when, old and new: for HR alone, and gone with the person."""

    staff_member = person_key("changes")
    at = models.DateTimeField(_("changed on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    table = name_field(_("table"))
    field = name_field(_("field"))
    old = text_field(_("was"))
    new = text_field(_("becomes"))

    class Meta:
        verbose_name = _("change of a person's data")
        verbose_name_plural = _("changes of persons' data")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.staff_member}, {self.field}"
