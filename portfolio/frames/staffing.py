"""The placement of a center's people in one scenario, from what is on record now."""

from dataclasses import dataclass
from datetime import date

from portfolio.engine import hr_checks
from portfolio.engine.findings import Finding
from portfolio.engine.hr_inputs import HrInputs
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.posts import settled_month
from portfolio.engine.staffing import Staffing, staff
from portfolio.engine.terms import Level
from portfolio.engine.working import work
from portfolio.frames.hr import read_chosen, read_hr
from portfolio.models.center import Center


@dataclass(frozen=True, eq=False)
class Found:
    """A placement, or None with the findings that say why there is none.

    `stands` is the day on which the new structure stands whole: contracts count as they are then.
    """

    staffing: Staffing | None
    hr: HrInputs
    findings: tuple[Finding, ...]
    stands: date

    @property
    def locked(self) -> frozenset[str]:
        """The numbers of everybody who is locked, whether or not this scenario can hold it."""
        return frozenset(row.person for row in self.hr.rows("agreements") if row.locked)


def find_staffing(center: Center, inputs: CenterInputs, scenario: str) -> Found:
    """Place everybody on record in the posts of a scenario. Numbers of persons, no names."""
    done = work(inputs.plan_inputs(scenario))
    stands = date.fromisoformat(f"{settled_month(done)}-01")
    hr = read_hr(center, on=stands)
    findings = tuple(hr_checks.find(hr, inputs))
    if any(finding.level is Level.ERROR for finding in findings):
        return Found(None, hr, findings, stands)
    staffing = staff(done, hr, first=read_chosen(center, scenario))
    return Found(staffing, hr, (*findings, *staffing.findings), stands)
