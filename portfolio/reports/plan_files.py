"""A stored plan as files to take along: the director's workbook and its tables as CSV in one archive."""

import io
import zipfile
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language

from portfolio.engine.findings import Finding
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.results import COLUMNS, PlanResults
from portfolio.frames.store import load_frames, load_headlines, unpack_findings
from portfolio.models.plans import Plan
from portfolio.reports.csvs import csv_files
from portfolio.reports.plan_workbook import plan_workbook

#: A fixed moment, so that the same plan gives the same archive.
_PACKED_AT = (2000, 1, 1, 0, 0, 0)


def plan_xlsx(plan: Plan, inputs: CenterInputs) -> bytes:
    """The plan as the director's workbook."""
    results = _results(plan)
    return plan_workbook(
        inputs,
        [results],
        results.findings,
        where=_where,
        language=_language(),
        made_at=_made_at(plan),
        release=plan.release,
    )


def plan_csvs(plan: Plan) -> bytes:
    """The plan's tables as CSV files in one archive."""
    results = _results(plan)
    files = csv_files([results], results.findings, where=_where, language=_language())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _PACKED_AT), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _results(plan: Plan) -> PlanResults:
    return PlanResults(
        scenario=plan.scenario.code,
        digest=plan.digest,
        engine_version=plan.engine_version,
        frames=load_frames(plan, COLUMNS),
        headlines=load_headlines(plan),
        findings=unpack_findings(plan.findings),
    )


def _where(finding: Finding) -> str:
    return str(finding.place)


def _language() -> str:
    return (get_language() or "nl")[:2]


def _made_at(plan: Plan) -> datetime:
    return timezone.localtime(plan.created_at)
