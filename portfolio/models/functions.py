"""From was to wordt, on functions: what becomes of each old role, and which competences a role asks. No persons."""

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portfolio.engine.terms import Comparison
from portfolio.models import labels
from portfolio.models.base import (
    CenterRow,
    Provenanced,
    check,
    choice_field,
    code_field,
    eur_field,
    not_blank,
    not_negative,
    number_field,
    one_of,
    text_field,
    unique,
    within,
)
from portfolio.models.catalogue import Role
from portfolio.models.center import Center


@auditlog.register()
class FunctionChange(Provenanced):
    """How one new function compares with one old function, judged on content, level and pay; never on persons."""

    center = models.ForeignKey(
        Center, verbose_name=_("center"), on_delete=models.CASCADE, related_name="function_changes"
    )
    role = models.ForeignKey(
        Role, verbose_name=_("old function"), on_delete=models.CASCADE, related_name="becomes"
    )
    new_role = models.ForeignKey(
        Role,
        verbose_name=_("new function"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="comes_from",
        help_text=_("Blank when the old function lapses"),
    )
    comparison = choice_field(_("comparison"), labels.COMPARISONS)
    training_months = number_field(
        _("months of training"), null=True, blank=True, help_text=_("Blank: by the competences that lack")
    )
    training_cost = eur_field(
        _("cost of training"), null=True, blank=True, help_text=_("Per person; blank: by the month")
    )
    is_critical = models.BooleanField(
        _("critical"), default=False, help_text=_("Posts of the new function must not stay empty")
    )
    reason = text_field(_("reason"), help_text=_("What stays and what changes in content, level and pay"))

    class Meta:
        verbose_name = _("function comparison")
        verbose_name_plural = _("function comparisons")
        ordering = ["role", "new_role", "pk"]
        constraints = [
            *Provenanced.PROVENANCE,
            unique(
                "once",
                ["center", "role", "new_role"],
                _("These two functions have been compared already."),
                condition=Q(new_role__isnull=False),
            ),
            unique(
                "lapses_once",
                ["center", "role"],
                _("This function has been let lapse already."),
                condition=Q(new_role__isnull=True),
            ),
            one_of("comparison", labels.COMPARISONS, _("This comparison is not one of the list.")),
            check(
                "lapsed_leads_nowhere",
                Q(comparison=Comparison.LAPSED.value, new_role__isnull=True)
                | (~Q(comparison=Comparison.LAPSED.value) & Q(new_role__isnull=False)),
                _("A function that lapses has no new function, and every other one has."),
            ),
            within("training_months", 0, 120, _("Training takes 0 to 120 months.")),
            not_negative("cost_not_negative", ["training_cost"], _("A cost cannot be negative.")),
        ]

    def __str__(self) -> str:
        return f"{self.role} – {self.new_role or self.get_comparison_display()}"


@auditlog.register()
class RoleCompetence(CenterRow):
    """The level of a competence (e-CF) that a function asks."""

    center_path = "role__center"

    role = models.ForeignKey(
        Role, verbose_name=_("function"), on_delete=models.CASCADE, related_name="competences"
    )
    competence = code_field(_("competence"), help_text=_("Code of the e-CF, such as D.8"))
    level = models.SmallIntegerField(_("level"))

    class Meta:
        verbose_name = _("competence of a function")
        verbose_name_plural = _("competences of functions")
        ordering = ["role", "competence"]
        constraints = [
            unique("once", ["role", "competence"], _("This function asks this competence already.")),
            not_blank("competence", _("Name the competence.")),
            within("level", 1, 5, _("A level is 1 to 5.")),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.competence}"
