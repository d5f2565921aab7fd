"""Every check on a whole center: what is wrong is named, at its place."""

import pytest

from portfolio.engine import checks
from portfolio.engine.messages import ON_THE_CENTER
from tests.engine.small import center

DESK = {"service": "DESK", "base_fte": 1.0}


def row(**cells) -> list[dict]:
    return [cells]


def decision(kind: str, service: str = "DESK", **more) -> list[dict]:
    return [{"scenario": "s", "service": service, "decision": kind, **more}]


ASSET = {"asset": "X", "purchased": "2026-01", "amount": 1, "term_months": 12}
OFFER = {"service": "DESK", "decision": "outsource", "driver": "", "retained_share": 0.5}
LINE = {"line": "L", "kind": "one_off", "year": 2027, "amount": 1, "payer_key": "equal"}
LOCK = {"scenario": "s", "service": "DESK", "participant": "A", "takes": True}

CASES = [
    ("unknown_code", "sizing:NONE+inhabitants:service",
     {"sizing": row(service="NONE", driver="inhabitants", per=1)}),
    ("unknown_code", "sizing:DESK+servers:driver", {"sizing": row(service="DESK", driver="servers", per=1)}),
    ("unknown_code", "services:DESK:fte_key",
     {"services": row(service="DESK", name="x", phase="current", fte_key="no")}),
    ("unknown_code", "services:DESK:depends_on",
     {"services": row(service="DESK", name="x", phase="current", depends_on="DESK, NONE")}),
    ("unknown_code", "decisions:other+DESK:scenario",
     {"decisions": row(scenario="other", service="DESK", decision="stop")}),
    ("unknown_code", "lines:L:payer_key", {"lines": [LINE | {"payer_key": "nobody"}]}),
    ("unknown_code", "keys:k+nobody:part", {"keys": row(key="k", part="nobody", share=1)}),
    ("unknown_code", "budget:Z+2027:participant", {"budget": row(participant="Z", year=2027, amount=1)}),
    ("shares_sum", "role_mix:DESK+R:share", {"role_mix": row(service="DESK", role="R", share=0.9)}),
    ("shares_sum", "shared_use:X+DESK:share",
     {"assets": [ASSET], "shared_use": row(item="X", service="DESK", share=0.5)}),
    ("shares_sum", "keys:k+equal:share", {"keys": row(key="k", part="equal", share=0.5)}),
    ("table_sum", "keys:k+A:share", {"keys": row(key="k", part="A", share=0.5)}),
    ("no_role_mix", "services:DESK:service", {"role_mix": row(service="OTHER", role="R", share=1)}),
    ("item_twice", "contracts:X:contract",
     {"assets": [ASSET], "contracts": row(contract="X", supplier="x", annual_cost=1),
      "shared_use": row(item="X", service="DESK", share=1)}),
    ("item_without_service", "assets:X:service", {"assets": [ASSET]}),
    ("decision_phase", "decisions:s+DESK:decision", {"decisions": decision("start")}),
    ("period_backwards", "decisions:s+DESK:until",
     {"decisions": decision("stop", **{"from": "2028-02", "until": "2028-02"})}),
    ("decision_past", "decisions:s+DESK:until", {"decisions": decision("stop", until="2026-12")}),
    ("decision_after_horizon", "decisions:s+DESK:from", {"decisions": decision("stop", **{"from": "2030-01"})}),
    ("offer_differs", "offers:DESK+outsource+inhabitants:retained_share",
     {"offers": [OFFER, OFFER | {"driver": "inhabitants", "retained_share": 0.6}]}),
    ("offer_without_retained", "offers:DESK+outsource+:retained_share",
     {"offers": [OFFER | {"retained_share": None}]}),
    ("price_without_driver", "offers:DESK+outsource+:driver", {"offers": [OFFER | {"price": 3}]}),
    ("lock_not_in_steps", "uptake:s+DESK+A:locked_fte", {"uptake": [LOCK | {"locked_fte": 0.12}]}),
    ("fte_not_taken", "uptake:s+DESK+A:takes", {"uptake": [LOCK | {"takes": False, "fte": 0.2}]}),
    ("line_outside_horizon", "lines:L:year", {"lines": [LINE | {"year": 2031}]}),
    ("own_effort_empty", "own_effort:A+DESK", {"own_effort": row(participant="A", service="DESK")}),
    ("code_is_key", "participants:inhabitants:code", {"participants": row(code="inhabitants", name="x")}),
    ("code_is_key", "participants:equal:code", {"participants": row(code="equal", name="x")}),
    ("key_name_taken", "keys:demand+A:key", {"keys": row(key="demand", part="A", share=1)}),
    ("key_mixed", "keys:k+A:part", {"keys": [{"key": "k", "part": "A", "share": 0.5},
                                             {"key": "k", "part": "equal", "share": 0.5}]}),
    ("key_circle", "keys:k+l:part",
     {"keys": [{"key": "k", "part": "l", "share": 1}, {"key": "l", "part": "k", "share": 1}]}),
    ("no_rows", "participants", {"participants": []}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "place", "frames"), CASES)
def test_what_is_wrong_is_named_at_its_place(code, place, frames):
    found = checks.find(center([DESK], **frames))
    assert (code, place) in {(finding.code, str(finding.place)) for finding in found}
    assert all(finding.message for finding in found)


def test_every_check_has_a_case():
    assert {case[0] for case in CASES} == set(ON_THE_CENTER) - {"still_used"}  # said when rows are written


def test_a_sound_center_has_no_findings():
    assert checks.find(center([DESK])) == []


def test_a_mix_may_hold_another_mix():
    keys = [
        {"key": "k", "part": "l", "share": 1},
        {"key": "l", "part": "equal", "share": 0.5},
        {"key": "l", "part": "demand", "share": 0.5},
    ]
    assert checks.find(center([DESK], keys=keys)) == []
