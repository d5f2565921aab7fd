"""What each decision does to team, cost and own effort (method, section 3), worked out by hand."""

import pytest

from tests.engine.small import codes, eur, fte, paid, plan, team

DESK = {"service": "DESK", "base_fte": 1.0}


def decided(decision: str, **more) -> list[dict]:
    return [{"scenario": "s", "service": "DESK", "decision": decision, **more}]


def test_without_a_decision_a_current_service_runs_and_a_new_one_does_not():
    results = plan([DESK, {"service": "NEW", "phase": "new", "base_fte": 1.0}])
    assert team(results, "DESK", "2027-01") == (2.0, "demand")
    assert team(results, "NEW", "2027-01") == (0.0, "")
    assert fte(results, "NEW", "2027-01") == {}


def test_undecided_counts_as_kept():
    assert team(plan([DESK], decisions=decided("undecided")), "DESK", "2029-12") == (2.0, "demand")


def test_a_start_holds_from_its_month_until_the_month_it_no_longer_does():
    service = {"service": "DESK", "phase": "new", "base_fte": 1.0}
    results = plan([service], decisions=decided("start", **{"from": "2027-03", "until": "2028-02"}))
    assert [team(results, "DESK", month)[0] for month in ("2027-02", "2027-03", "2028-01", "2028-02")] == [
        0,
        2,
        2,
        0,
    ]
    assert eur(results, "DESK", "people", 2027) == 2 * 120_000 * 10 / 12


def test_a_stop_ends_for_everyone_and_the_service_is_back_at_its_default_after_until():
    results = plan([DESK], decisions=decided("stop", **{"from": "2028-01", "until": "2029-01"}))
    assert [team(results, "DESK", f"{year}-06")[0] for year in (2027, 2028, 2029)] == [2, 0, 2]
    assert paid(results, 2028) == {"A": 0, "B": 0}


def test_a_returned_service_is_no_saving_but_own_effort():
    results = plan([DESK], decisions=decided("return", **{"from": "2028-01"}), settings={"wage_growth": 0.03})
    assert paid(results, 2028) == {"A": 0, "B": 0}
    assert paid(results, 2028, "own_effort_eur_cents") == {"A": 12_360_000, "B": 12_360_000}


def test_outsourcing_multiplies_fte_and_replaces_price_and_fixed_cost():
    service = {"service": "DESK", "base_fte": 1.0, "fixed_fte": 0.4, "min_fte": 0.3, "fixed_cost": 5_000}
    sizing = [{"service": "DESK", "driver": "inhabitants", "per": 1000, "fte": 0.1, "price": 7}]
    offers = [
        {
            "service": "DESK",
            "decision": "outsource",
            "driver": "inhabitants",
            "per": 1000,
            "price": 3_000,
            "fixed_cost": 12_000,
            "retained_share": 0.5,
        }
    ]
    results = plan(
        [service], sizing=sizing, offers=offers, decisions=decided("outsource", **{"from": "2028-01"})
    )
    assert team(results, "DESK", "2027-12")[0] == 2.8
    assert team(results, "DESK", "2028-01")[0] == 1.4
    assert (eur(results, "DESK", "fixed", 2027), eur(results, "DESK", "fixed", 2028)) == (5_000, 12_000)
    assert (eur(results, "DESK", "quantity", 2027), eur(results, "DESK", "quantity", 2028)) == (28, 12_000)


def test_requested_fte_is_retained_in_the_same_share():
    offers = [{"service": "DESK", "decision": "outsource", "driver": "", "retained_share": 0.5}]
    uptake = [{"scenario": "", "service": "DESK", "participant": "A", "takes": True, "fte": 3.0}]
    results = plan(
        [DESK], offers=offers, uptake=uptake, decisions=decided("outsource", **{"from": "2028-01"})
    )
    assert fte(results, "DESK", "2027-01") == {"A": 3.0, "B": 1.0}
    assert fte(results, "DESK", "2028-01") == {"A": 1.5, "B": 0.5}


def test_without_an_offer_the_effect_is_unknown_and_the_service_counts_as_kept():
    results = plan([DESK], decisions=decided("outsource", **{"from": "2028-01"}))
    assert team(results, "DESK", "2028-01") == (2.0, "demand")
    assert "no_offer" in codes(results)


def test_a_release_turns_book_value_and_exit_cost_into_one_off_lines():
    """60,000 over 60 months from February 2026: 23 gone by January 2028, 37 left of 1,000 each; exit 5,000."""
    results = plan(
        [DESK],
        decisions=decided("stop", **{"from": "2028-01"}),
        settings={"interest": 0.1},
        assets=[
            {"asset": "X", "service": "DESK", "purchased": "2026-01", "amount": 60_000, "term_months": 60}
        ],
        contracts=[
            {"contract": "C", "supplier": "x", "service": "DESK", "annual_cost": 2_400, "exit_cost": 5_000}
        ],
    )
    assert eur(results, "DESK", "capital", 2027) == 12_000 + 0.1 * 49_000
    assert eur(results, "DESK", "contracts", 2027) == 2_400
    assert eur(results, "DESK", "one_off", 2028) == 37_000 + 5_000
    assert eur(results, "DESK", "capital", 2028) == eur(results, "DESK", "contracts", 2028) == 0
    assert paid(results, 2028) == {"A": 21_000, "B": 21_000}


def test_at_the_natural_replacement_moment_nothing_is_left_to_write_off():
    asset = {"asset": "X", "service": "DESK", "purchased": "2025-12", "amount": 24_000, "term_months": 24}
    stopped = plan([DESK], decisions=decided("stop", **{"from": "2028-01"}), assets=[asset])
    assert eur(stopped, "DESK", "one_off", 2028) == 0
    kept = plan([DESK], assets=[asset], settings={"price_growth": 0.1})
    assert eur(kept, "DESK", "capital", 2028) == pytest.approx(
        12_000
    )  # replaced in December 2027, the base year
    assert eur(kept, "DESK", "capital", 2029) == pytest.approx(12_000)


def test_a_part_of_a_shared_asset_is_released_with_its_service_and_the_rest_stays():
    services = [DESK, {"service": "NET", "base_fte": 1.0}]
    results = plan(
        services,
        decisions=decided("stop", **{"from": "2028-01"}),
        assets=[{"asset": "X", "purchased": "2026-12", "amount": 60_000, "term_months": 60}],
        shared_use=[
            {"item": "X", "service": "DESK", "share": 0.25},
            {"item": "X", "service": "NET", "share": 0.75},
        ],
    )
    assert eur(results, "DESK", "capital", 2027) == 3_000
    assert eur(results, "DESK", "one_off", 2028) == 0.25 * 48_000
    assert eur(results, "NET", "capital", 2028) == 9_000


def test_a_key_of_a_decision_holds_while_the_decision_does():
    results = plan(
        [DESK], decisions=decided("keep", **{"from": "2028-01", "until": "2029-01"}, cost_key="inhabitants")
    )
    assert [paid(results, year)["A"] for year in (2027, 2028, 2029)] == [120_000, 180_000, 120_000]


def test_own_effort_remains_in_its_share_once_the_center_delivers():
    service = {"service": "DESK", "phase": "new", "base_fte": 1.0}
    own = [
        {"participant": "A", "service": "DESK", "fte": 0.5, "remains": 0.2},
        {"participant": "B", "service": "DESK", "annual_cost": 30_000, "remains": 0.0},
    ]
    results = plan([service], own_effort=own, decisions=decided("start", **{"from": "2028-01"}))
    assert paid(results, 2027, "own_effort_eur_cents") == {"A": 6_000_000, "B": 3_000_000}
    assert paid(results, 2028, "own_effort_eur_cents") == {"A": 1_200_000, "B": 0}


def test_a_decision_that_ends_what_another_service_needs_is_a_finding():
    services = [DESK, {"service": "NET", "base_fte": 1.0, "depends_on": "DESK"}]
    assert "needs_ended" in codes(plan(services, decisions=decided("stop")))


def test_a_partial_year_stays_partial_and_today_is_prorated():
    results = plan(
        [DESK],
        settings={"start": "2027-07", "years": 1},
        participants=[
            {"code": "A", "name": "A", "current_contribution": 100_000},
            {"code": "B", "name": "B"},
        ],
        budget=[{"participant": "A", "year": 2028, "amount": 130_000}],
    )
    assert paid(results, 2027) == {"A": 60_000, "B": 60_000}
    assert paid(results, 2027, "current_eur_cents")["A"] == 5_000_000
    assert paid(results, 2028, "current_eur_cents")["A"] == 6_500_000
    assert (
        paid(results, 2028, "current_eur_cents")["B"] != paid(results, 2028, "current_eur_cents")["B"]
    )  # unknown
