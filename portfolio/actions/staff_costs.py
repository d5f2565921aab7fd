"""Taking the cost of staff over time into a plan, as one-off lines with a payer; and out again."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from portfolio.engine.staff_costs import CostLine, StaffCost
from portfolio.engine.terms import LineKind, Status
from portfolio.models.scenarios import Line, Scenario

#: How the codes of these lines begin, so that they are told from lines that somebody entered.
PREFIX = "HR"


@transaction.atomic
def take_over_costs(
    *, scenario: Scenario, lines: Iterable[CostLine], payer_key: str, source: str
) -> tuple[int, int]:
    """Make the cost of staff the one-off lines of a scenario, one per year and kind, in place of earlier ones.

    Gives how many lines there are now, and how many went. No line holds a role, lest it point at a person.
    """
    Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
    gone = take_out_costs(scenario=scenario)
    cents: dict[tuple[int, StaffCost], int] = {}
    for line in lines:
        cents[line.year, line.kind] = cents.get((line.year, line.kind), 0) + line.cents
    for (year, kind), amount in sorted(cents.items()):
        row = Line(
            center_id=scenario.center_id,
            scenario=scenario,
            code=f"{_prefix(scenario)}{kind.value}-{year}",
            kind=LineKind.ONE_OFF.value,
            year=year,
            amount=Decimal(amount) / 100,
            payer_key=payer_key,
            status=Status.ESTIMATED.value,
            source=source,
        )
        row.full_clean()
        row.save()
    return len(cents), gone


@transaction.atomic
def take_out_costs(*, scenario: Scenario) -> int:
    """Take the lines out again; gives how many went."""
    found = Line.objects.filter(scenario=scenario, code__startswith=_prefix(scenario))
    lines = list(found)
    for line in lines:
        line.delete()
    return len(lines)


def _prefix(scenario: Scenario) -> str:
    return f"{PREFIX}-{scenario.code[:30]}-"
