"""Computing a plan: read, compute outside any transaction, save once; and telling whether it is behind."""

import time
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from portfolio.engine import checks, pipeline
from portfolio.engine.findings import Finding, Refused, in_order, refuse_errors
from portfolio.engine.inputs import CenterInputs, PlanInputs
from portfolio.engine.results import PlanResults
from portfolio.frames.read import read_center
from portfolio.frames.store import pack_findings, save_results
from portfolio.models.center import Center
from portfolio.models.plans import Plan, PlanStatus
from portfolio.models.scenarios import Scenario

#: Groups that are better off alone, kept per method and year: what a page can show.
BLOCKING = 100


def compute_plan(*, scenario: Scenario, user: Any, inputs: CenterInputs | None = None) -> Plan:
    """The plan of a scenario as its inputs are now: the stored one when it exists, else computed and stored.

    A plan that is done becomes the scenario's current plan. A refused one says why in its findings and leaves
    the current plan as it was. ``inputs`` saves reading a center again that was just read.
    """
    center = inputs or read_center(scenario.center)
    planned = center.plan_inputs(scenario.code)
    plan = _stored(scenario, planned) or _compute(scenario, center, planned, user)
    _make_current(scenario, plan)
    return plan


def compute_center(*, center: Center, user: Any) -> list[Plan]:
    """The plans of all scenarios of a center, reading it once."""
    inputs = read_center(center)
    scenarios = Scenario.objects.filter(center=center).select_related("center").order_by("code")
    return [compute_plan(scenario=scenario, user=user, inputs=inputs) for scenario in scenarios]


def is_behind(plan: Plan | None, inputs: PlanInputs) -> bool:
    """Whether the inputs or the engine have changed since the plan was made; no plan is behind too."""
    return plan is None or (plan.digest, plan.engine_version) != (inputs.digest, pipeline.ENGINE_VERSION)


def _stored(scenario: Scenario, inputs: PlanInputs) -> Plan | None:
    found: Plan | None = Plan.objects.filter(
        scenario=scenario,
        digest=inputs.digest,
        engine_version=pipeline.ENGINE_VERSION,
        status__in=[PlanStatus.DONE, PlanStatus.REFUSED],
    ).first()
    return found


def _compute(scenario: Scenario, center: CenterInputs, inputs: PlanInputs, user: Any) -> Plan:
    began = time.perf_counter()
    results: PlanResults | None = None
    try:
        found = checks.find(center)
        refuse_errors(found)
        results = pipeline.compute(inputs, blocking=BLOCKING)
        findings: Sequence[Finding] = in_order([*found, *results.findings])
    except Refused as refused:
        findings = refused.findings
    seconds = Decimal(f"{time.perf_counter() - began:.4f}")
    return _save(scenario, inputs, results, findings, user=user, seconds=seconds)


def _save(
    scenario: Scenario,
    inputs: PlanInputs,
    results: PlanResults | None,
    findings: Sequence[Finding],
    *,
    user: Any,
    seconds: Decimal,
) -> Plan:
    plan = Plan(
        scenario=scenario,
        digest=inputs.digest,
        engine_version=pipeline.ENGINE_VERSION,
        release=settings.RELEASE,
        created_by=user if getattr(user, "pk", None) else None,
        created_at=timezone.now(),
        status=PlanStatus.REFUSED if results is None else PlanStatus.DONE,
        findings=pack_findings(findings),
        seconds=seconds,
    )
    try:
        with transaction.atomic():
            plan.save()
            if results is not None:
                save_results(plan, results, step=inputs.settings["fte_step"])
    except IntegrityError:
        # Someone else computed the same inputs meanwhile; by construction the figures are the same.
        other = _stored(scenario, inputs)
        if other is None:
            raise
        return other
    return plan


def _make_current(scenario: Scenario, plan: Plan) -> None:
    if plan.status == PlanStatus.DONE and scenario.current_plan_id != plan.pk:
        Scenario.objects.filter(pk=scenario.pk).update(current_plan=plan)
        scenario.current_plan = plan
