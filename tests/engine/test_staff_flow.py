"""Staff over time, by hand in the case of `test_staffing`: OLD stops and POOL begins in 2027-07; and its laws."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.staff_costs import StaffCost, Terms, staff_costs
from portfolio.engine.staff_flow import CONTRACT_ENDS, EXTERNAL_ENDS, PENSION, WORK_ENDS, flow
from portfolio.engine.staffing import staff
from portfolio.engine.working import work
from tests.engine.test_staffing import center, hr, person

COSTS = {"SYS": 60_000.0, "REG": 84_000.0, "CIS": 120_000.0, "WEB": 48_000.0}


def paid(**fixed):
    """The same center with a cost per role, without index."""
    found = center(**fixed)
    roles = found.frames["roles"]
    roles = roles.assign(annual_cost=[COSTS[role] for role in roles["role"]])
    return CenterInputs.of(dict(found.settings), {**found.frames, "roles": roles})


def over_time(inputs, at=None, periods=None, terms=None):
    done = work((at or paid()).plan_inputs("s"))
    found = staff(done, inputs)
    way = flow(done, inputs, found, periods)
    return way, staff_costs(done, inputs, found, way, terms or Terms())


def fte(way, array, role, month):
    return float(way.fte(array[way.roles.index(role), way.months.index(month)]))


def test_demand_is_what_the_teams_ask_each_month():
    way, _costs = over_time(hr(person("1")))
    assert way.months[0] == "2027-01"
    assert len(way.months) == 24
    assert [fte(way, way.demand, "SYS", month) for month in ("2027-06", "2027-07")] == [3.0, 2.0]
    assert [fte(way, way.demand, "REG", month) for month in ("2027-06", "2027-07")] == [0.0, 1.0]


def test_who_goes_to_another_post_is_there_when_the_own_work_ends():
    functions = [
        {
            "role": "SYS",
            "new_role": "REG",
            "comparison": "changed",
            "training_months": 6,
            "training_cost": 3000,
        }
    ]
    way, costs = over_time(hr(person("1", "OLD"), functions=functions), paid(NET=0))
    assert [fte(way, way.supply, "SYS", month) for month in ("2027-06", "2027-07")] == [1.0, 0.0]
    assert [fte(way, way.supply, "REG", month) for month in ("2027-06", "2027-07")] == [0.0, 1.0]
    assert not way.free.any()
    assert costs.total(kind=StaffCost.TRAINING) == 300_000
    # Half a year at three quarters of the output: 84,000 / 12 x 6 x 1/4.
    assert costs.total(kind=StaffCost.REDUCED_OUTPUT, year=2027) == 1_050_000


def test_who_has_no_post_is_free_when_the_work_ends_and_has_a_right_to_the_track():
    terms = Terms(track_months=12, track_cost=5000)
    way, costs = over_time(hr(person("1", "OLD")), paid(NET=0), terms=terms)
    assert [fte(way, way.free, "SYS", month) for month in ("2027-06", "2027-07")] == [0.0, 1.0]
    assert float(way.fte(way.left[WORK_ENDS][6])) == 1.0
    # Twelve months of 5,000, half of them in either year, and the guidance at the beginning.
    assert [costs.total(kind=StaffCost.TRACK, year=year) for year in (2027, 2028)] == [3_500_000, 3_000_000]


@pytest.mark.parametrize("more", [{"employed_since": "2026-01-01"}, {"until": "2028-06-30"}])
def test_who_served_short_or_has_a_temporary_contract_has_no_right_to_it(more):
    _way, costs = over_time(hr(person("1", "OLD", **more)), paid(NET=0))
    assert costs.total(kind=StaffCost.TRACK) == 0
    assert costs.without_right == 1


def test_natural_outflow_leaves_in_its_month():
    people = [
        person("1", until="2027-03-31"),
        person("2", born="1960-05-20"),  # 67 on 20 May 2027
        person("3", employer="external"),
    ]
    way, _costs = over_time(hr(*people))
    assert np.flatnonzero(way.left[CONTRACT_ENDS]).tolist() == [3]
    assert np.flatnonzero(way.left[PENSION]).tolist() == [5]
    assert np.flatnonzero(way.left[EXTERNAL_ENDS]).tolist() == [6]
    assert [int(steps.sum()) for steps in (way.supply[:, 2], way.supply[:, 3], way.supply[:, 6])] == [
        60,
        40,
        0,
    ]


def test_a_contract_changes_over_time():
    way, _costs = over_time(
        hr(person("1")), periods={"1": [(date(2027, 3, 1), 0.8), (date(2027, 9, 15), 0.5)]}
    )
    months = ("2027-02", "2027-03", "2027-09", "2027-10")
    assert [fte(way, way.supply, "SYS", month) for month in months] == [1.0, 0.8, 0.8, 0.5]


def test_a_lower_scale_keeps_the_old_salary_as_long_as_it_is_guaranteed():
    functions = [
        {"role": "SYS", "new_role": "WEB", "comparison": "changed", "training_months": 0, "training_cost": 0}
    ]
    at = paid(NET=0)
    mix = pd.DataFrame([("POOL", "WEB", 1.0)], columns=["service", "role", "share"])
    roles = at.frames["roles"].assign(scale=["10", "10", "12", "9"])
    others = at.frames["role_mix"].query("service != 'POOL'")[["service", "role", "share"]]
    at = CenterInputs.of(
        dict(at.settings), {**at.frames, "role_mix": pd.concat([others, mix]), "roles": roles}
    )
    people = hr(person("1", "OLD", scale="10"), functions=functions, plan={"scales_down": 1})
    _way, costs = over_time(people, at, terms=Terms(protected_salary_years=1))
    # 12,000 a year for twelve months from July.
    assert [costs.total(kind=StaffCost.SALARY_GUARANTEE, year=year) for year in (2027, 2028)] == [
        600_000,
        600_000,
    ]
    _way, costs = over_time(people, at)
    assert costs.total(kind=StaffCost.SALARY_GUARANTEE) == 1_800_000  # without an end: to that of the plan


def test_hire_costs_what_lies_above_the_salary_and_only_when_it_is_foreseen():
    way, costs = over_time(hr(person("1"), person("2"), person("3", "OLD")), terms=Terms(hire_cost=100_000))
    gap = np.maximum(way.gap, 0)
    assert int(gap.sum()) == 2 * 20 * 18  # REG and CIS from July to the end
    # REG 100,000 - 84,000 for a year and a half; a CISO costs more than hire does.
    assert costs.total(kind=StaffCost.HIRE) == 2_400_000
    _way, costs = over_time(hr(person("1"), person("2"), person("3", "OLD")))
    assert costs.total(kind=StaffCost.HIRE) == 0
    assert costs.unhired == 3.0


def test_staff_of_a_participant_counts_from_its_pool_on():
    functions = [{"role": "REG", "new_role": "REG", "comparison": "unchanged"}]
    people = hr(person("1", "POOL", role="REG", employer="A"), functions=functions)
    way, _costs = over_time(people)
    assert [fte(way, way.supply, "REG", month) for month in ("2027-06", "2027-07")] == [0.0, 1.0]


people_of = st.lists(
    st.builds(
        lambda service, steps, until, since: {
            "service": service,
            "fte": steps / 20,
            "until": until,
            "employed_since": since,
        },
        st.sampled_from(["NET", "OLD"]),
        st.integers(1, 20),
        st.sampled_from(["", "2027-04-30", "2028-02-29"]),
        st.sampled_from(["2010-01-01", "2026-06-01"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people_of, st.randoms(use_true_random=False))
def test_everybody_is_somewhere_once_a_month_and_the_order_of_rows_has_no_influence(rows, random):
    people = [person(str(number), **row) for number, row in enumerate(rows)]
    terms = Terms(hire_cost=90_000, track_cost=1_000)
    way, costs = over_time(hr(*people), terms=terms)
    present = sum(path.steps for path in way.paths)
    assert (way.supply.sum(axis=0) + way.free.sum(axis=0) == present).all()
    assert (way.supply >= 0).all()
    assert (way.free >= 0).all()
    assert (way.gap == way.demand - way.supply).all()
    assert costs.total() == sum(costs.total(year=year) for year in (2027, 2028))
    assert costs.total() == sum(costs.total(kind=kind) for kind in StaffCost)
    random.shuffle(people)
    again, other = over_time(hr(*people), terms=terms)
    assert (again.supply == way.supply).all()
    assert other.lines == costs.lines
