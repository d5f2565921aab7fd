"""The laws of the method hold for any center."""

import os

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.engine import checks
from portfolio.engine.findings import Refused
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.pipeline import compute
from portfolio.engine.working import divide, work
from tests.engine.centers import centers, compared

# A handful at every run, since each example computes whole plans; LAWS=500 for a long night.
law = settings(
    max_examples=int(os.environ.get("LAWS", "8")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def computed(center: CenterInputs):
    return compute(center.plan_inputs("s"))


def computed_or_refused(center: CenterInputs):
    try:
        return computed(center)
    except Refused as refused:
        return refused


def same(one, other) -> None:
    for name, frame in one.frames.items():
        pd.testing.assert_frame_equal(frame, other.frames[name], check_exact=True, obj=name)


@law
@given(centers())
def test_a_random_center_passes_the_checks_and_every_total_closes(center):
    assert not [finding for finding in checks.find(center) if finding.level == "error"]
    results = computed(center)  # asserts its own identities
    step = center.settings["fte_step"]
    for name in ("team_fte", "fte_allocation"):
        whole = results[name]["fte"] / step
        assert np.allclose(whole, whole.round(), atol=1e-6)
        assert (results[name]["fte"] >= 0).all()


@law
@given(centers(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(center, random):
    def shuffled(frame: pd.DataFrame) -> pd.DataFrame:
        order = list(range(len(frame)))
        random.shuffle(order)
        return frame.iloc[order]

    other = compared(center, **{name: shuffled(frame) for name, frame in center.frames.items()})
    assert other.plan_inputs("s").digest == center.plan_inputs("s").digest
    same(computed(center), computed(other))


@law
@given(centers())
def test_the_same_inputs_give_the_same_bytes(center):
    one, other = computed(center), computed(compared(center))
    same(one, other)
    assert one.headlines.keys() == other.headlines.keys()


@law
@given(centers())
def test_money_adds_up_for_every_participant_and_year(center):
    results = computed(center)
    bill = results["shares"].groupby(["participant", "year"])["eur_cents"].sum()
    paid = results["contributions"].set_index(["participant", "year"])
    assert ((bill.reindex(paid.index, fill_value=0)) == paid["eur"] * 100).all()

    steps = results["bridge"].groupby(["participant", "year"])["eur_cents"].sum()
    known = paid[paid["current_eur_cents"].notna()]
    assert (steps[known.index] == known["eur"] * 100 - known["current_eur_cents"]).all()


@law
@given(centers())
def test_every_cell_is_less_than_a_step_from_its_quota_and_so_is_every_column(center):
    done = work(center.plan_inputs("s"))
    if done.inputs["services"]["min_slice"].any():
        return
    steps, _ = divide(done)
    shares = done.keys.shares(done.planned.fte_key, done.uptake.takes, done.need.demand)
    quotas = done.need.team[:, None, :] * shares * done.planned.live[:, None, :]
    assert (np.abs(steps - quotas) < 1 - 1e-9).all()
    assert (np.abs(steps.sum(axis=0) - quotas.sum(axis=0)) < 1 - 1e-9).all()


@law
@given(centers(), st.integers(0, 4))
def test_a_participant_that_takes_nothing_pays_nothing_recurring(center, which):
    people = list(center.frames["participants"]["code"])
    gone = people[which % len(people)]
    if len(people) == 1:
        return
    services = center.frames["services"]["service"]
    none = pd.DataFrame({"scenario": "s", "service": services, "participant": gone, "takes": False})
    rest = center.frames["uptake"][center.frames["uptake"]["participant"] != gone]
    done = work(compared(center, uptake=pd.concat([rest[rest["takes"]], none])).plan_inputs("s"))
    assert done.cost.recurring[people.index(gone)].sum() == 0


@law
@given(centers())
def test_more_demand_never_gives_a_smaller_team(center):
    before = work(center.plan_inputs("s")).need.team
    sizing = center.frames["sizing"].assign(fte=lambda frame: frame["fte"] * 1.3)
    services = center.frames["services"].assign(base_fte=lambda frame: frame["base_fte"] + 0.02)
    after = work(compared(center, sizing=sizing, services=services).plan_inputs("s")).need.team
    assert (after >= before).all()


@law
@given(centers())
def test_splitting_a_service_without_fixed_parts_in_two_halves_changes_nothing_before_the_step(center):
    services = center.frames["services"].assign(fixed_fte=0.0, min_fte=0.0, min_slice=0.0)
    whole = compared(center, services=services, uptake=center.frames["uptake"].iloc[:0])
    code = whole.frames["services"]["service"].iloc[0]
    half = {}
    for name, figures in (
        ("services", ["base_fte"]),
        ("sizing", ["fte"]),
        ("role_mix", []),
        ("offers", []),
        ("decisions", []),
    ):
        frame = whole.frames[name]
        mine = frame["service"] == code
        halved = frame.copy()
        halved.loc[mine, figures] = halved.loc[mine, figures] / 2
        half[name] = pd.concat([halved, halved[mine].assign(service="ZZ")])
    parts = compared(whole, **half)
    one, two = work(whole.plan_inputs("s")), work(parts.plan_inputs("s"))
    assert np.allclose(one.need.raw[0], two.need.raw[0] + two.need.raw[-1], atol=1e-9)


@law
@given(centers(), st.integers(1, 3))
def test_permuting_participants_permutes_costs(center, turn):
    people = list(center.frames["participants"]["code"])
    renamed = dict(zip(people, people[turn % len(people) :] + people[: turn % len(people)], strict=True))
    lines = center.frames["lines"].assign(payer_key=lambda f: f["payer_key"].replace(renamed))
    frames = {
        name: frame.assign(participant=frame["participant"].map(renamed))
        for name, frame in center.frames.items()
        if "participant" in frame
    }
    frames["participants"] = center.frames["participants"].assign(code=lambda f: f["code"].map(renamed))
    frames["keys"] = center.frames["keys"].assign(part=lambda f: f["part"].replace(renamed))
    other = work(compared(center, lines=lines, **frames).plan_inputs("s")).cost.contributions
    order = [people.index(renamed[person]) for person in people]
    assert np.allclose(work(center.plan_inputs("s")).cost.contributions, other[order], rtol=1e-9, atol=1e-6)


@law
@given(centers(locks=True))
def test_a_locked_cell_comes_out_exactly_or_the_plan_is_refused_in_words(center):
    results = computed_or_refused(center)
    if isinstance(results, Refused):
        assert {finding.place.sheet for finding in results.findings} == {"uptake"}
        return
    cells = results["fte_allocation"].set_index(["service", "participant"])["fte"]
    for row in center.plan_inputs("s").rows("uptake"):
        named = any(
            other.scenario == "s" and other.service == row.service and other.participant == row.participant
            for other in center.plan_inputs("s").rows("uptake")
        )
        if row.takes and row.locked_fte == row.locked_fte and not (named and row.scenario == ""):
            assert (
                cells.get([(row.service, row.participant)], pd.Series(dtype=float)) == row.locked_fte
            ).all()


@pytest.mark.parametrize("noise", [0.1 + 0.2, 0.7 + 0.1 + 0.2, 3 * 0.35])
def test_float_noise_never_lifts_a_team_a_step(noise):
    center = CenterInputs.of(
        {"name": "x", "start": "2027-01", "years": 1},
        {
            "participants": pd.DataFrame({"code": ["A"], "name": ["A"]}),
            "roles": pd.DataFrame({"role": ["R"], "name": ["R"], "annual_cost": [1]}),
            "services": pd.DataFrame(
                {"service": ["S"], "name": ["S"], "phase": ["current"], "base_fte": [noise]}
            ),
            "role_mix": pd.DataFrame({"service": ["S"], "role": ["R"], "share": [1]}),
        },
    )
    assert compute(center.plan_inputs("proposal"))["team_fte"]["fte"].iloc[0] == round(noise, 9)
