"""How a participant weighs what it could do instead: what is judged stands with its alternatives."""

from auditlog.registry import auditlog
from django.db import models
from django.utils.translation import gettext_lazy as _

from portfolio.models.base import Provenanced, code_field, not_blank, not_negative, number_field, unique
from portfolio.models.center import Participant


@auditlog.register()
class AlternativeWeight(Provenanced):
    """How much one criterion counts for a participant, beside its other criteria."""

    center_path = "participant__center"

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="weights"
    )
    criterion = code_field(_("criterion"))
    weight = number_field(_("weight"))

    class Meta:
        verbose_name = _("weight")
        verbose_name_plural = _("weights")
        ordering = ["participant", "criterion"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique("once", ["participant", "criterion"], _("This criterion is weighed already.")),
            not_blank("criterion", _("A weight says which criterion it is of.")),
            not_negative("not_negative", ["weight"], _("A weight cannot be negative.")),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, {self.criterion}"
