"""What leaving costs by the center's arrangement: its own rule, and losses that were stated line by line."""

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portfolio.engine.terms import ExitBase, ExitRule
from portfolio.models import labels
from portfolio.models.base import (
    NAME_LENGTH,
    Provenanced,
    check,
    choice_field,
    eur_field,
    name_field,
    not_blank,
    not_negative,
    one_of,
    text_field,
    within,
)
from portfolio.models.center import Center, Participant

#: ``100/80/60/40/20``: up to twenty years, each a percentage with at most two decimals.
PERCENTAGES = r"\A[0-9]{1,3}(\.[0-9]{1,2})?(/[0-9]{1,3}(\.[0-9]{1,2})?){0,19}\Z"


@auditlog.register()
class ExitTerms(Provenanced):
    """The arrangement's own rule for a participant that leaves."""

    center = models.OneToOneField(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="exit_terms"
    )
    rule = choice_field(_("what the arrangement says"), labels.EXIT_RULES, default=ExitRule.SILENT.value)
    text = text_field(_("text of the rule"))
    percentages = models.CharField(
        _("percentages per year"), max_length=NAME_LENGTH, blank=True, default="",
        help_text=_("As 100/80/60/40/20: the first year after leaving, the second, and so on"),
    )  # fmt: skip
    base = choice_field(_("percentages of"), labels.EXIT_BASES, default=ExitBase.LAST_YEAR.value)
    notice_months = models.SmallIntegerField(_("notice in months"), default=12)
    only_january = models.BooleanField(_("only on 1 January"), default=True)

    class Meta:
        verbose_name = _("exit terms")
        verbose_name_plural = _("exit terms")
        constraints = [
            *Provenanced.PROVENANCE,
            one_of(
                "rule", labels.EXIT_RULES, _("A rule is silent, in percentages, or by the actual damage.")
            ),
            one_of("base", labels.EXIT_BASES, _("Percentages are of the last year, or of each year.")),
            check(
                "percentages_written",
                Q(percentages="") | Q(percentages__regex=PERCENTAGES),
                _("Percentages are written as 100/80/60/40/20."),
            ),
            check(
                "percentages_when_so_ruled",
                (Q(rule=ExitRule.PERCENTAGES.value) & ~Q(percentages=""))
                | (~Q(rule=ExitRule.PERCENTAGES.value) & Q(percentages="")),
                _("Percentages belong to a rule in percentages, and only there."),
            ),
            check(
                "rule_has_text",
                Q(rule=ExitRule.SILENT.value) | ~Q(text=""),
                _("Quote the rule of the arrangement that this follows."),
            ),
            within("notice_months", 0, 120, _("Notice is 0 to 120 months.")),
        ]

    def __str__(self) -> str:
        return str(_("exit terms"))


@auditlog.register()
class ExitDamage(Provenanced):
    """One line of the actual damage when a participant leaves: an amount per year, in one year or several."""

    center_path = "participant__center"

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="exit_damage"
    )
    description = name_field(_("description"))
    amount = eur_field(_("amount per year"))
    year = models.SmallIntegerField(_("year"))
    last_year = models.SmallIntegerField(
        _("last year"), null=True, blank=True, help_text=_("Blank: that one year")
    )

    class Meta:
        verbose_name = _("line of exit damage")
        verbose_name_plural = _("lines of exit damage")
        ordering = ["participant", "year", "pk"]
        constraints = [
            *Provenanced.PROVENANCE,
            not_blank("description", _("Say what the damage is.")),
            not_negative("amount_not_negative", ["amount"], _("An amount cannot be negative.")),
            within("year", 2000, 2100, _("A year lies between 2000 and 2100.")),
            check(
                "last_year_not_before",
                Q(last_year__isnull=True) | Q(last_year__gte=F("year"), last_year__lte=2100),
                _("The last year is not before the first, and at most 2100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, {self.description}"
