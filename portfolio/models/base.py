"""What the tables share: field makers with room to be exact, provenance, constraint makers, the center of a row."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portfolio.engine.terms import Status
from portfolio.models import labels
from portfolio.models.labels import Text

CODE_LENGTH = 60
NAME_LENGTH = 200
MONTH_PATTERN = r"\A[12][0-9]{3}-(0[1-9]|1[0-2])\Z"


# --- Fields. Decimals only: a float column would lose what a controller typed. ---


def code_field(verbose_name: Text, **more: Any) -> models.CharField:
    return models.CharField(verbose_name, max_length=CODE_LENGTH, **more)


def name_field(verbose_name: Text, **more: Any) -> models.CharField:
    return models.CharField(verbose_name, max_length=NAME_LENGTH, **more)


def text_field(verbose_name: Text, **more: Any) -> models.TextField:
    return models.TextField(verbose_name, blank=True, default="", **more)


def choice_field(verbose_name: Text, options: labels.Labels, **more: Any) -> models.CharField:
    return models.CharField(verbose_name, max_length=20, choices=labels.choices(options), **more)


def month_field(verbose_name: Text, **more: Any) -> models.CharField:
    """``2027-01``: sorts and compares as it reads, and is what frames hold."""
    return models.CharField(verbose_name, max_length=7, **more)


def eur_field(verbose_name: Text, **more: Any) -> models.DecimalField:
    """An amount in EUR, to the cent."""
    return models.DecimalField(verbose_name, max_digits=14, decimal_places=2, **more)


def price_field(verbose_name: Text, **more: Any) -> models.DecimalField:
    """A price per unit in EUR, where cents are too coarse."""
    return models.DecimalField(verbose_name, max_digits=15, decimal_places=6, **more)


def number_field(verbose_name: Text, **more: Any) -> models.DecimalField:
    """FTE, shares, rates and volumes: up to 15 significant digits, which is what a spreadsheet holds."""
    return models.DecimalField(verbose_name, max_digits=24, decimal_places=12, **more)


# --- Constraints, each with the sentence that a user reads. ---


def check(name: str, condition: Q, message: Text) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"%(class)s_{name}", condition=condition, violation_error_message=message
    )


def unique(
    name: str, fields: Iterable[str], message: Text, condition: Q | None = None
) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        name=f"%(class)s_{name}", fields=list(fields), condition=condition, violation_error_message=message
    )


def not_blank(field: str, message: Text) -> models.CheckConstraint:
    return check(f"{field}_given", ~Q(**{field: ""}), message)


def not_negative(name: str, fields: Iterable[str], message: Text) -> models.CheckConstraint:
    return check(name, all_of(blank_or(field, gte=0) for field in fields), message)


def within(field: str, low: float, high: float, message: Text) -> models.CheckConstraint:
    return check(f"{field}_in_range", blank_or(field, gte=low, lte=high), message)


def one_of(field: str, options: labels.Labels, message: Text) -> models.CheckConstraint:
    return check(
        f"{field}_known", Q(**{f"{field}__in": [word for word, _label in labels.choices(options)]}), message
    )


def is_month(field: str, message: Text, *, blank: bool = False) -> models.CheckConstraint:
    condition = Q(**{f"{field}__regex": MONTH_PATTERN})
    return check(f"{field}_is_month", condition | Q(**{field: ""}) if blank else condition, message)


def is_after(later: str, earlier: str, message: Text) -> models.CheckConstraint:
    """``until > from``, where both are given."""
    return check(
        f"{later}_after_{earlier}",
        Q(**{later: ""}) | Q(**{earlier: ""}) | Q(**{f"{later}__gt": F(earlier)}),
        message,
    )


def blank_or(field: str, **bounds: float) -> Q:
    """A NULL passes a check in SQL anyway; Django's own validation needs it said."""
    return Q(**{f"{field}__isnull": True}) | Q(
        **{f"{field}__{lookup}": bound for lookup, bound in bounds.items()}
    )


def all_of(conditions: Iterable[Q]) -> Q:
    total = Q()
    for condition in conditions:
        total &= condition
    return total


# --- Rows ---


class CenterRow(models.Model):
    """A row that belongs to one center, which ``center_path`` says how to reach."""

    center_path = "center"

    class Meta:
        abstract = True

    @property
    def own_center_id(self) -> int | None:
        """The primary key of the center this row belongs to."""
        row: Any = self
        *steps, last = self.center_path.split("__")
        for step in steps:
            row = getattr(row, step)
        return None if row is None else getattr(row, f"{last}_id")

    def get_additional_data(self) -> dict[str, Any]:
        """What the history notes beside a change, so that it can be shown per center."""
        return {"center": self.own_center_id}

    def clean(self) -> None:
        """No row ties two centers together."""
        super().clean()
        centers = set()
        for field in self._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and getattr(self, field.attname) is not None:
                if field.name == "center":
                    centers.add(self.center_id)  # type: ignore[attr-defined]
                elif isinstance(related := getattr(self, field.name), CenterRow):
                    centers.add(related.own_center_id)
        if len(centers) > 1:
            raise ValidationError(_("This combines rows of different centers."), code="two_centers")


class Provenanced(CenterRow):
    """A row of figures that says how sure it is, and where it comes from."""

    status = choice_field(_("status"), labels.STATUSES, default=Status.ENTERED.value)
    source = text_field(_("source"))
    spread = number_field(
        _("spread"),
        null=True,
        blank=True,
        help_text=_("Range of an estimate as a share either way: 0.3 is 30 %"),
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True, editable=False)

    PROVENANCE = (
        one_of("status", labels.STATUSES, _("A figure is estimated, entered or confirmed.")),
        within("spread", 0, 1, _("A spread is a share between 0 and 1.")),
        check(
            "confirmed_when_dated",
            Q(status=Status.CONFIRMED.value) | Q(confirmed_at__isnull=True, confirmed_by__isnull=True),
            _("Only a confirmed figure says who confirmed it and when."),
        ),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A figure that is no longer confirmed loses its confirmation."""
        super().clean()
        if self.status != Status.CONFIRMED:
            self.confirmed_by = self.confirmed_at = None
