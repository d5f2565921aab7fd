"""How a team is divided: keys, the smallest slice, locks (method, section 4), worked out by hand."""

import pytest

from portfolio.engine.findings import Refused
from tests.engine.small import codes, fte, plan, team

FOUR = {"A": 6000, "B": 2000, "C": 1000, "D": 1000}
POOL = {"service": "POOL", "min_fte": 2.0, "fte_key": "inhabitants"}


def lock(participant: str, locked: float) -> dict:
    return {
        "scenario": "s",
        "service": "POOL",
        "participant": participant,
        "takes": True,
        "locked_fte": locked,
    }


def test_a_team_is_the_larger_of_minimum_and_demand_rounded_up_to_the_step():
    sizing = [{"service": "POOL", "driver": "inhabitants", "per": 1000, "fte": 0.123}]
    results = plan([{"service": "POOL", "fixed_fte": 0.2, "min_fte": 0.65}], sizing=sizing)
    assert team(results, "POOL", "2027-01") == (0.7, "demand")  # 0.2 + 4 x 0.123 = 0.692
    assert team(plan([{"service": "POOL", "min_fte": 0.66}]), "POOL", "2027-01") == (0.7, "minimum")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("inhabitants", {"A": 1.2, "B": 0.4, "C": 0.2, "D": 0.2}),
        ("equal", {"A": 0.5, "B": 0.5, "C": 0.5, "D": 0.5}),
        ("half", {"A": 0.85, "B": 0.45, "C": 0.35, "D": 0.35}),
        ("own", {"A": 0.4, "B": 1.6, "C": 0.0, "D": 0.0}),
        ("demand", {"A": 0.5, "B": 0.5, "C": 0.5, "D": 0.5}),  # nobody has demand: shared equally
    ],
)
def test_a_quota_follows_its_key(key, expected):
    keys = [
        {"key": "half", "part": "equal", "share": 0.5},
        {"key": "half", "part": "inhabitants", "share": 0.5},
        {"key": "own", "part": "A", "share": 0.2},
        {"key": "own", "part": "B", "share": 0.8},
    ]
    assert fte(plan([POOL | {"fte_key": key}], people=FOUR, keys=keys), "POOL", "2027-01") == expected


def test_a_key_is_normalized_over_those_who_take_the_service():
    uptake = [{"scenario": "", "service": "POOL", "participant": "A", "takes": False}]
    assert fte(plan([POOL], people=FOUR, uptake=uptake), "POOL", "2027-01") == {"B": 1.0, "C": 0.5, "D": 0.5}


def test_a_row_that_names_the_scenario_overrides_a_row_for_all():
    uptake = [
        {"scenario": "", "service": "POOL", "participant": "A", "takes": False},
        {"scenario": "s", "service": "POOL", "participant": "A", "takes": True},
    ]
    assert fte(plan([POOL], people=FOUR, uptake=uptake), "POOL", "2027-01")["A"] == 1.2


def test_the_smallest_slice_lifts_small_quotas_and_the_rest_shrink_in_proportion_until_none_is_below():
    """Quotas 1.2, 0.4, 0.2, 0.2; floor 0.35 lifts C and D; 1.3 is left for A and B as 3 : 1, so B is lifted too."""
    results = plan([POOL | {"min_slice": 0.33}], people=FOUR)
    assert fte(results, "POOL", "2027-01") == {"A": 0.95, "B": 0.35, "C": 0.35, "D": 0.35}


def test_floors_that_together_exceed_the_team_are_not_applied_and_said():
    results = plan([POOL | {"min_slice": 0.55}], people=FOUR)
    assert fte(results, "POOL", "2027-01") == {"A": 1.2, "B": 0.4, "C": 0.2, "D": 0.2}
    assert "slices_above_team" in codes(results)


def test_a_lock_replaces_a_quota_and_the_others_share_what_is_left():
    results = plan([POOL], people=FOUR, uptake=[lock("A", 0.8)])
    assert fte(results, "POOL", "2027-01") == {"A": 0.8, "B": 0.6, "C": 0.3, "D": 0.3}


def test_the_smallest_slice_works_on_what_the_locks_leave():
    results = plan([POOL | {"min_slice": 0.4}], people=FOUR, uptake=[lock("A", 0.1)])
    assert fte(results, "POOL", "2027-01") == {"A": 0.1, "B": 0.95, "C": 0.5, "D": 0.45}


@pytest.mark.parametrize(
    ("locks", "code"),
    [
        ([lock("A", 2.5)], "locks_above_team"),
        ([lock(person, 0.25) for person in FOUR], "locks_other_sum"),
    ],
)
def test_locks_that_cannot_hold_are_refused_at_their_row(locks, code):
    with pytest.raises(Refused) as refused:
        plan([POOL], people=FOUR, uptake=locks)
    finding = refused.value.findings[0]
    assert (finding.code, finding.place.sheet, finding.place.key, finding.place.column) == (
        code,
        "uptake",
        ("s", "POOL", "A"),
        "locked_fte",
    )


def test_a_service_that_no_one_takes_has_no_team():
    uptake = [{"scenario": "", "service": "POOL", "participant": person, "takes": False} for person in FOUR]
    results = plan([POOL], people=FOUR, uptake=uptake)
    assert team(results, "POOL", "2027-01")[0] == 0
    assert fte(results, "POOL", "2027-01") == {}
    assert "no_takers" in codes(results)


def test_an_unknown_volume_counts_as_zero_with_a_warning_that_names_it():
    sizing = [{"service": "POOL", "driver": "inhabitants", "per": 1000, "fte": 0.1}]
    base = [{"participant": "A", "driver": "inhabitants", "volume": 3000}]
    results = plan([{"service": "POOL"}], sizing=sizing, base_volumes=base)
    assert team(results, "POOL", "2027-01")[0] == 0.3
    assert [finding.message for finding in results.findings if finding.code == "unknown_volume"] == [
        "the number of inhabitants of “B” is unknown; it counts as 0"
    ]


def test_a_stated_volume_leaves_the_growth_path_in_its_own_year_alone():
    sizing = [{"service": "POOL", "driver": "inhabitants", "per": 1000, "fte": 1}]
    drivers = [{"driver": "inhabitants", "growth": 0.1}]
    volumes = [{"participant": "A", "driver": "inhabitants", "year": 2028, "volume": 1000}]
    results = plan([{"service": "POOL"}], sizing=sizing, drivers=drivers, volumes=volumes)
    assert [team(results, "POOL", f"{year}-01")[0] for year in (2027, 2028, 2029)] == [4.0, 2.1, 4.85]


def test_equal_parts_that_cannot_be_equal_are_settled_by_code_and_said():
    results = plan([{"service": "POOL", "min_fte": 0.25, "fte_key": "equal"}])
    assert fte(results, "POOL", "2027-01") == {"A": 0.15, "B": 0.1}
    assert "fte_tie" in codes(results)
