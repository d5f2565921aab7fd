"""What the center owns and has signed, and which services use it."""

from decimal import Decimal

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portfolio.models.base import (
    Provenanced,
    check,
    code_field,
    eur_field,
    is_month,
    month_field,
    name_field,
    not_blank,
    not_negative,
    number_field,
    unique,
    within,
)
from portfolio.models.catalogue import Service
from portfolio.models.center import Center


@auditlog.register()
class Asset(Provenanced):
    """Something bought and written off."""

    center = models.ForeignKey(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="assets"
    )
    code = code_field(_("code"))
    service = models.ForeignKey(
        Service,
        verbose_name=_("service"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="assets",
        help_text=_("Blank when it serves several services"),
    )
    purchased = month_field(_("month of purchase"))
    amount = eur_field(_("purchase amount"))
    term_months = models.SmallIntegerField(_("term in months"))

    class Meta:
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        ordering = ["code"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["center", "code"], _("An asset with this code exists already.")),
            not_blank("code", _("An asset has a code.")),
            is_month("purchased", _("A month is written as 2027-01.")),
            not_negative("amount_not_negative", ["amount"], _("An amount cannot be negative.")),
            within("term_months", 1, 1200, _("A term is 1 to 1200 months.")),
        ]

    def __str__(self) -> str:
        return self.code


@auditlog.register()
class Contract(Provenanced):
    """A contract with a supplier, renewed on the same terms unless a decision releases it."""

    center = models.ForeignKey(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="contracts"
    )
    code = code_field(_("code"))
    supplier = name_field(_("supplier"))
    service = models.ForeignKey(
        Service,
        verbose_name=_("service"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="contracts",
        help_text=_("Blank when it serves several services"),
    )
    annual_cost = eur_field(_("cost per year"))
    ends = month_field(_("ends"), blank=True, default="", help_text=_("First month without the contract"))
    exit_cost = eur_field(_("cost of leaving"), default=Decimal(0))
    notice_months = models.SmallIntegerField(_("notice in months"), default=0)

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["code"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["center", "code"], _("A contract with this code exists already.")),
            not_blank("code", _("A contract has a code.")),
            not_blank("supplier", _("A contract has a supplier.")),
            not_negative("cost_not_negative", ["annual_cost", "exit_cost"], _("A cost cannot be negative.")),
            is_month("ends", _("A month is written as 2027-01."), blank=True),
            within("notice_months", 0, 120, _("Notice is 0 to 120 months.")),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.supplier}"


@auditlog.register()
class SharedUse(Provenanced):
    """The share of an asset or a contract that one of several services uses."""

    center_path = "service__center"

    asset = models.ForeignKey(
        Asset,
        verbose_name=_("asset"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="shared_use",
    )
    contract = models.ForeignKey(
        Contract,
        verbose_name=_("contract"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="shared_use",
    )
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="shared_use"
    )
    share = number_field(_("share"))

    class Meta:
        verbose_name = _("shared use")
        verbose_name_plural = _("shared use")
        ordering = ["asset", "contract", "service"]
        constraints = [
            *Provenanced.PROVENANCE,
            check(
                "one_item",
                Q(asset__isnull=False, contract__isnull=True) | Q(asset__isnull=True, contract__isnull=False),
                _("Shared use is of one asset or of one contract."),
            ),
            unique(
                "asset_once",
                ["asset", "service"],
                _("This service uses the asset already."),
                Q(asset__isnull=False),
            ),
            unique(
                "contract_once",
                ["contract", "service"],
                _("This service uses the contract already."),
                Q(contract__isnull=False),
            ),
            within("share", 0, 1, _("A share lies between 0 and 1.")),
        ]

    def __str__(self) -> str:
        return f"{self.asset or self.contract}, {self.service}"
