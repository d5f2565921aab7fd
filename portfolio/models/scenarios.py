"""Scenarios: lists of typed decisions over one center, who takes what, and one-off lines."""

from typing import Any

from auditlog.registry import auditlog
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portfolio.engine.terms import FOR_CURRENT, FOR_NEW, DecisionKind, Phase
from portfolio.models import labels
from portfolio.models.base import (
    Provenanced,
    choice_field,
    code_field,
    eur_field,
    is_after,
    is_month,
    month_field,
    name_field,
    not_blank,
    not_negative,
    number_field,
    one_of,
    text_field,
    unique,
    within,
)
from portfolio.models.catalogue import Service
from portfolio.models.center import Center, Participant


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def visible_to(self, user: Any) -> "ScenarioQuerySet":
        """The scenarios of the centers that a user is a member of."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(center__memberships__user=user)


@auditlog.register(exclude_fields=["current_plan"])
class Scenario(Provenanced):
    """A list of decisions; what it says nothing about stays as the center has it."""

    center = models.ForeignKey(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="scenarios"
    )
    code = code_field(_("code"))
    name = name_field(_("name"), blank=True, default="")
    description = text_field(_("description"))
    current_plan = models.ForeignKey(
        "portfolio.Plan",
        verbose_name=_("current plan"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ["code"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["center", "code"], _("A scenario with this code exists already.")),
            not_blank("code", _("A scenario has a code.")),
        ]

    def __str__(self) -> str:
        return self.name or self.code


@auditlog.register()
class Decision(Provenanced):
    """What a scenario does with a service, from when to when, and why."""

    center_path = "scenario__center"

    scenario = models.ForeignKey(
        Scenario, verbose_name=_("scenario"), on_delete=models.CASCADE, related_name="decisions"
    )
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="decisions"
    )
    decision = choice_field(_("decision"), labels.DECISIONS)
    from_month = month_field(_("from"), blank=True, default="")
    until_month = month_field(_("until"), blank=True, default="")
    fte_key = code_field(_("key for FTE"), blank=True, default="")
    cost_key = code_field(_("key for cost"), blank=True, default="")
    reason = text_field(_("reason"))
    owner = name_field(_("owner"), blank=True, default="")

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["scenario", "service"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["scenario", "service"], _("This scenario decides about this service already.")),
            one_of("decision", labels.DECISIONS, _("This decision is not one of the list.")),
            is_month("from_month", _("A month is written as 2027-01."), blank=True),
            is_month("until_month", _("A month is written as 2027-01."), blank=True),
            is_after("until_month", "from_month", _("A decision ends after it begins.")),
        ]

    def __str__(self) -> str:
        return f"{self.scenario}, {self.service}"

    def clean(self) -> None:
        super().clean()
        if self.service_id is None or not self.decision:
            return
        fitting = FOR_CURRENT if self.service.phase == Phase.CURRENT else FOR_NEW
        if self.decision not in fitting:
            message = (
                _("A service that runs today cannot be started.")
                if self.decision == DecisionKind.START
                else _("A new service can only be started, or stay undecided.")
            )
            raise ValidationError({"decision": message}, code="phase")


@auditlog.register()
class Uptake(Provenanced):
    """Whether a participant takes a service, and how much; without a row it does."""

    center_path = "service__center"

    scenario = models.ForeignKey(
        Scenario,
        verbose_name=_("scenario"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="uptake",
        help_text=_("Blank: all scenarios"),
    )
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="uptake"
    )
    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="uptake"
    )
    takes = models.BooleanField(_("takes the service"), default=True)
    fte = number_field(_("requested FTE"), null=True, blank=True)
    locked_fte = number_field(_("locked FTE"), null=True, blank=True)

    class Meta:
        verbose_name = _("uptake")
        verbose_name_plural = _("uptake")
        ordering = ["scenario", "service", "participant"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique(
                "once_in_scenario",
                ["scenario", "service", "participant"],
                _("This scenario says already whether the participant takes the service."),
                Q(scenario__isnull=False),
            ),
            unique(
                "once_in_all_scenarios",
                ["service", "participant"],
                _("It is said already whether the participant takes the service."),
                Q(scenario__isnull=True),
            ),
            not_negative("fte_not_negative", ["fte", "locked_fte"], _("FTE cannot be negative.")),
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.participant}"


@auditlog.register()
class Line(Provenanced):
    """A stated one-off cost or income, and who pays or gets it."""

    center = models.ForeignKey(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="lines"
    )
    code = code_field(_("code"))
    service = models.ForeignKey(
        Service,
        verbose_name=_("service"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="lines",
        help_text=_("Blank: the whole center"),
    )
    scenario = models.ForeignKey(
        Scenario,
        verbose_name=_("scenario"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="lines",
        help_text=_("Blank: all scenarios"),
    )
    kind = choice_field(_("kind"), labels.LINE_KINDS)
    year = models.SmallIntegerField(_("year"))
    amount = eur_field(_("amount"))
    payer_key = code_field(_("paid by"), help_text=_("A key that divides it, or one participant's code"))
    recurring = models.BooleanField(_("comes back every year"), default=False)
    vat = models.BooleanField(_("VAT can be compensated"), default=False)

    class Meta:
        verbose_name = _("one-off line")
        verbose_name_plural = _("one-off lines")
        ordering = ["code"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["center", "code"], _("A line with this code exists already.")),
            not_blank("code", _("A line has a code.")),
            one_of("kind", labels.LINE_KINDS, _("A line is a one-off cost or an income.")),
            within("year", 2000, 2100, _("A year lies between 2000 and 2100.")),
            not_negative(
                "amount_not_negative",
                ["amount"],
                _("An amount cannot be negative; income is a kind of line."),
            ),
            not_blank("payer_key", _("A line says who pays it.")),
        ]

    def __str__(self) -> str:
        return self.code
