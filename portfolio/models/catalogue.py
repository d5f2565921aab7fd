"""What the center delivers or could deliver: roles, services, how they are sized, and what outsourcing them costs."""

from decimal import Decimal

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portfolio.engine.terms import BuiltinKey
from portfolio.models import labels
from portfolio.models.base import (
    Provenanced,
    check,
    choice_field,
    code_field,
    eur_field,
    name_field,
    not_blank,
    not_negative,
    number_field,
    one_of,
    price_field,
    text_field,
    unique,
    within,
)
from portfolio.models.center import Center, Driver, Participant
from portfolio.models.reference import ServiceTemplate


@auditlog.register()
class Role(Provenanced):
    """A role with its scale and what it costs."""

    center = models.ForeignKey(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="roles"
    )
    code = code_field(_("code"))
    name = name_field(_("name"))
    family = name_field(_("family"), blank=True, default="")
    scale = name_field(_("scale"), blank=True, default="")
    annual_cost = eur_field(_("cost per FTE per year"))

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["code"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["center", "code"], _("A role with this code exists already.")),
            not_blank("code", _("A role has a code.")),
            not_blank("name", _("A role has a name.")),
            not_negative("cost_not_negative", ["annual_cost"], _("The cost of a role cannot be negative.")),
        ]

    def __str__(self) -> str:
        return self.name


@auditlog.register(m2m_fields={"depends_on"})
class Service(Provenanced):
    """A service, current or new; what a scenario decides about it stands in its decisions."""

    center = models.ForeignKey(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="services"
    )
    template = models.ForeignKey(
        ServiceTemplate,
        verbose_name=_("template"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="services",
    )
    code = code_field(_("code"))
    name = name_field(_("name"))
    category = name_field(_("category"), blank=True, default="")
    phase = choice_field(_("phase"), labels.PHASES)
    description = text_field(_("description"))
    base_fte = number_field(_("FTE per participant"), default=Decimal(0))
    fixed_fte = number_field(_("FTE for the whole pool"), default=Decimal(0))
    min_fte = number_field(_("smallest team"), default=Decimal(0))
    min_persons = models.SmallIntegerField(_("persons needed for cover"), default=0)
    min_slice = number_field(_("smallest useful slice"), default=Decimal(0))
    fixed_cost = eur_field(_("cost besides people, per year"), default=Decimal(0))
    solo_min_fte = number_field(_("smallest team of one participant alone"), default=Decimal(0))
    solo_fixed_cost = eur_field(_("cost besides people of one participant alone"), null=True, blank=True)
    fte_key = code_field(_("key for FTE"), default=BuiltinKey.DEMAND.value)
    cost_key = code_field(_("key for cost"), default=BuiltinKey.DEMAND.value)
    depends_on = models.ManyToManyField(
        "self", verbose_name=_("depends on"), symmetrical=False, blank=True, related_name="needed_by"
    )

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["code"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["center", "code"], _("A service with this code exists already.")),
            not_blank("code", _("A service has a code.")),
            not_blank("name", _("A service has a name.")),
            one_of("phase", labels.PHASES, _("A service is current or new.")),
            not_negative(
                "fte_not_negative",
                ["base_fte", "fixed_fte", "min_fte", "min_slice", "solo_min_fte"],
                _("FTE cannot be negative."),
            ),
            not_negative(
                "persons_not_negative", ["min_persons"], _("A number of persons cannot be negative.")
            ),
            not_negative(
                "cost_not_negative", ["fixed_cost", "solo_fixed_cost"], _("A cost cannot be negative.")
            ),
            not_blank("fte_key", _("A service has a key that divides its FTE.")),
            not_blank("cost_key", _("A service has a key that divides its cost.")),
        ]

    def __str__(self) -> str:
        return self.name


@auditlog.register()
class Sizing(Provenanced):
    """How the FTE and the price of a service follow a driver."""

    center_path = "service__center"

    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="sizing"
    )
    driver = models.ForeignKey(
        Driver, verbose_name=_("driver"), on_delete=models.RESTRICT, related_name="sizing"
    )
    per = number_field(_("per how many units"))
    fte = number_field(_("FTE"), default=Decimal(0))
    price = price_field(_("price"), default=Decimal(0))

    class Meta:
        verbose_name = _("sizing rule")
        verbose_name_plural = _("sizing rules")
        ordering = ["service", "driver"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["service", "driver"], _("This service has a rule for this driver already.")),
            check("per_positive", Q(per__gt=0), _("A rule goes per a number of units above 0.")),
            not_negative("fte_not_negative", ["fte"], _("FTE cannot be negative.")),
            not_negative("price_not_negative", ["price"], _("A price cannot be negative.")),
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.driver}"


@auditlog.register()
class RoleMix(Provenanced):
    """The share of a role in the team of a service."""

    center_path = "service__center"

    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="role_mix"
    )
    role = models.ForeignKey(Role, verbose_name=_("role"), on_delete=models.RESTRICT, related_name="role_mix")
    share = number_field(_("share"))

    class Meta:
        verbose_name = _("role in a team")
        verbose_name_plural = _("roles in teams")
        ordering = ["service", "role"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["service", "role"], _("This role is in the team already.")),
            within("share", 0, 1, _("A share lies between 0 and 1.")),
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.role}"


@auditlog.register()
class Offer(Provenanced):
    """What outsourcing a service costs, and which share of its FTE stays."""

    center_path = "service__center"

    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="offers"
    )
    decision = choice_field(_("decision"), labels.OFFER_DECISIONS)
    driver = models.ForeignKey(
        Driver,
        verbose_name=_("driver"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="offers",
    )
    per = number_field(_("per how many units"), default=Decimal(1))
    price = price_field(_("price"), default=Decimal(0))
    fixed_cost = eur_field(_("cost per year whatever the volume"), null=True, blank=True)
    retained_share = number_field(_("share of the FTE that stays"), null=True, blank=True)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["service", "decision", "driver"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique(
                "once_per_driver",
                ["service", "decision", "driver"],
                _("There is an offer for this service, decision and driver already."),
                Q(driver__isnull=False),
            ),
            unique(
                "once_without_driver",
                ["service", "decision"],
                _("There is an offer without a driver for this service and decision already."),
                Q(driver__isnull=True),
            ),
            one_of(
                "decision", labels.OFFER_DECISIONS, _("An offer is for one of the two ways to outsource.")
            ),
            check("per_positive", Q(per__gt=0), _("A price goes per a number of units above 0.")),
            not_negative("cost_not_negative", ["price", "fixed_cost"], _("A price cannot be negative.")),
            within("retained_share", 0, 1, _("A share lies between 0 and 1.")),
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.get_decision_display()}"


@auditlog.register()
class OwnEffort(Provenanced):
    """What a participant spends itself today on what a service does."""

    center_path = "participant__center"

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="own_effort"
    )
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="own_effort"
    )
    fte = number_field(_("own FTE"), null=True, blank=True)
    annual_cost = eur_field(_("own cost per year"), null=True, blank=True)
    remains = number_field(_("share that stays"), default=Decimal(0))

    class Meta:
        verbose_name = _("own effort")
        verbose_name_plural = _("own effort")
        ordering = ["participant", "service"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique(
                "once", ["participant", "service"], _("The own effort for this service is there already.")
            ),
            not_negative("fte_not_negative", ["fte"], _("FTE cannot be negative.")),
            not_negative("cost_not_negative", ["annual_cost"], _("A cost cannot be negative.")),
            within("remains", 0, 1, _("A share lies between 0 and 1.")),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, {self.service}"


@auditlog.register()
class Alternative(Provenanced):
    """What a participant could do instead of taking part, and what the whole package would cost."""

    center_path = "participant__center"

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="alternatives"
    )
    option = choice_field(_("option"), labels.OPTIONS)
    annual_cost = eur_field(_("cost per year"), null=True, blank=True)

    class Meta:
        verbose_name = _("alternative")
        verbose_name_plural = _("alternatives")
        ordering = ["participant", "option"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["participant", "option"], _("This option is there already.")),
            one_of("option", labels.OPTIONS, _("An alternative is one of the five options.")),
            not_negative("cost_not_negative", ["annual_cost"], _("A cost cannot be negative.")),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, {self.get_option_display()}"


@auditlog.register()
class AlternativeScore(Provenanced):
    """How an alternative is judged on one criterion."""

    center_path = "alternative__participant__center"

    alternative = models.ForeignKey(
        Alternative, verbose_name=_("alternative"), on_delete=models.CASCADE, related_name="scores"
    )
    criterion = code_field(_("criterion"))
    score = number_field(_("score"))

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["alternative", "criterion"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["alternative", "criterion"], _("This criterion is judged already.")),
            not_blank("criterion", _("A score says what is judged.")),
            within("score", 1, 5, _("A score lies between 1 and 5.")),
        ]

    def __str__(self) -> str:
        return f"{self.alternative}, {self.criterion}"
