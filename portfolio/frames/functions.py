"""Reads what HR has said of functions: comparisons, the competences they ask, what training takes. No persons."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from portfolio.models.center import Center
from portfolio.models.functions import FunctionChange, RoleCompetence
from portfolio.models.social_plan import SocialPlan


@dataclass(frozen=True)
class Functions:
    """`levels`: per role code the level by competence. `months_per_level`, and `month_cost` of training in EUR."""

    changes: tuple[FunctionChange, ...]
    levels: Mapping[str, Mapping[str, int]]
    months_per_level: Decimal
    month_cost: Decimal


def read_functions(center: Center) -> Functions:
    """Three queries, whatever the number of functions."""
    changes = FunctionChange.objects.filter(center=center).select_related("role", "new_role")
    levels: dict[str, dict[str, int]] = {}
    asked = RoleCompetence.objects.filter(role__center=center).order_by("role__code", "competence")
    for role, competence, level in asked.values_list("role__code", "competence", "level"):
        levels.setdefault(role, {})[competence] = level
    # Without a plan on record its defaults hold, as they do for the placement.
    plan = SocialPlan.objects.filter(center=center).first() or SocialPlan(center=center)
    return Functions(
        tuple(changes.order_by("role__code", "new_role__code", "pk")),
        levels,
        plan.months_per_level,
        plan.training_cost,
    )
