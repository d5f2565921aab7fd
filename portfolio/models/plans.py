"""Plans: what was computed from which inputs, by which engine, for whom. A plan is a fact and never edited."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portfolio.models.base import CenterRow, check, unique
from portfolio.models.scenarios import Scenario


class Sealed(Exception):
    """Somebody tried to change a plan that is done."""


class PlanStatus(models.TextChoices):
    QUEUED = "queued", _("queued")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("failed")


OPEN = (PlanStatus.QUEUED, PlanStatus.FAILED)


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: Any) -> "PlanQuerySet":
        """The plans of the centers that a user is a member of."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(scenario__center__memberships__user=user)

    def done(self) -> "PlanQuerySet":
        return self.filter(status=PlanStatus.DONE)

    def update(self, **values: Any) -> int:
        """Only a plan that is not done or refused can still change."""
        if self.exclude(status__in=OPEN).exists():
            raise Sealed("a plan that is done is never edited")
        return super().update(**values)


class Plan(CenterRow):
    """A computed scenario: its provenance and findings; figures stand in its headlines and frames."""

    center_path = "scenario__center"

    scenario = models.ForeignKey(
        Scenario, verbose_name=_("scenario"), on_delete=models.CASCADE, related_name="plans"
    )
    digest = models.CharField(_("digest of the inputs"), max_length=64)
    engine_version = models.CharField(_("engine version"), max_length=20)
    release = models.CharField(_("release"), max_length=40, blank=True, default="")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("made on"))
    status = models.CharField(
        _("status"), max_length=10, choices=PlanStatus.choices, default=PlanStatus.QUEUED
    )
    findings = models.JSONField(_("findings"), default=list, blank=True)
    seconds = models.DecimalField(_("seconds"), max_digits=10, decimal_places=4, null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-created_at", "-pk"]
        constraints = [
            unique(
                "once", ["scenario", "digest", "engine_version"], _("This plan has been computed already.")
            ),
            check("status_known", Q(status__in=PlanStatus.values), _("This status is not known.")),
        ]

    def __str__(self) -> str:
        return f"{self.scenario}, {self.created_at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuses to write over a plan that is done."""
        if self.pk is not None and type(self).objects.filter(pk=self.pk).exclude(status__in=OPEN).exists():
            raise Sealed("a plan that is done is never edited")
        super().save(*args, **kwargs)


class PlanPartQuerySet(models.QuerySet):
    def update(self, **values: Any) -> int:
        raise Sealed("the figures of a plan are never edited")


class PlanPart(models.Model):
    """A figure or a frame of a plan: written once."""

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Sealed("the figures of a plan are never edited")
        super().save(*args, **kwargs)


class PlanHeadline(PlanPart):
    """One total of a plan, as a row, so that lists and comparisons need no frame."""

    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="headlines")
    name = models.CharField(_("name"), max_length=60)
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True, default="")

    class Meta:
        verbose_name = _("headline figure")
        verbose_name_plural = _("headline figures")
        ordering = ["plan", "name"]
        constraints = [unique("once", ["plan", "name"], _("This plan has this figure already."))]

    def __str__(self) -> str:
        return self.name


class PlanFrame(PlanPart):
    """One result frame of a plan, packed by ``frames.store``."""

    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="frames")
    name = models.CharField(_("name"), max_length=40)
    blob = models.BinaryField(_("contents"))

    class Meta:
        verbose_name = _("result table")
        verbose_name_plural = _("result tables")
        ordering = ["plan", "name"]
        constraints = [unique("once", ["plan", "name"], _("This plan has this table already."))]

    def __str__(self) -> str:
        return self.name
