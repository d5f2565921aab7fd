"""Every invariant stands in the table: bulk_create, which asks no form and no clean(), cannot get past it."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import CheckConstraint, UniqueConstraint
from django.utils import timezone

from portfolio.models.base import Provenanced
from portfolio.models.center import Membership
from tests.models.cast import make_cast, valid

MODELS = {model._meta.model_name: model for model in apps.get_app_config("portfolio").get_models()}
CONSTRAINTS = {c.name: (model, c) for model in MODELS.values() for c in model._meta.constraints}
NO_POST = {"service": None, "role": None, "ground": None, "fte": None}
#: What breaks which check. A string names something of the cast.
ATTACKS = {
    "center_name_given": {"name": ""},
    "center_start_is_month": {"start": "2027-13"},
    "center_years_in_range": {"years": 41},
    "center_fte_step_useful": {"fte_step": 0},
    "center_growth_in_range": {"wage_growth": -1},
    "center_rates_in_range": {"interest": 2},
    "center_overhead_not_negative": {"overhead_per_fte": -1},
    "center_hours_possible": {"productive_hours": 0},
    "participant_code_given": {"code": ""},
    "participant_name_given": {"name": ""},
    "participant_kind_known": {"kind": "country"},
    "participant_contribution_not_negative": {"current_contribution": -1},
    "driver_code_given": {"code": ""},
    "driver_growth_in_range": {"growth": -1},
    "drivervolume_not_negative": {"volume": -1},
    "drivervolume_year_in_range": {"year": 1999},
    "budgetline_year_in_range": {"year": 2101},
    "budgetline_not_negative": {"amount": -1},
    "keypart_key_given": {"key": ""},
    "keypart_part_given": {"part": ""},
    "keypart_share_in_range": {"share": 2},
    "membership_role_known": {"role": "mayor"},
    "membership_reviewer_has_participant": {"role": "reviewer"},
    "role_code_given": {"code": ""},
    "role_name_given": {"name": ""},
    "role_cost_not_negative": {"annual_cost": -1},
    "service_code_given": {"code": ""},
    "service_name_given": {"name": ""},
    "service_phase_known": {"phase": "old"},
    "service_fte_not_negative": {"min_slice": -1},
    "service_persons_not_negative": {"min_persons": -1},
    "service_cost_not_negative": {"solo_fixed_cost": -1},
    "service_fte_key_given": {"fte_key": ""},
    "service_cost_key_given": {"cost_key": ""},
    "sizing_per_positive": {"per": 0},
    "sizing_fte_not_negative": {"fte": -1},
    "sizing_price_not_negative": {"price": -1},
    "rolemix_share_in_range": {"share": 2},
    "offer_decision_known": {"decision": "keep"},
    "offer_per_positive": {"per": 0},
    "offer_cost_not_negative": {"fixed_cost": -1},
    "offer_retained_share_in_range": {"retained_share": 2},
    "owneffort_fte_not_negative": {"fte": -1},
    "owneffort_cost_not_negative": {"annual_cost": -1},
    "owneffort_remains_in_range": {"remains": 2},
    "alternative_option_known": {"option": "none"},
    "alternative_cost_not_negative": {"annual_cost": -1},
    "alternativescore_criterion_given": {"criterion": ""},
    "alternativescore_score_in_range": {"score": 6},
    "alternativeweight_criterion_given": {"criterion": ""},
    "alternativeweight_not_negative": {"weight": -1},
    "scenario_code_given": {"code": ""},
    "decision_decision_known": {"decision": "perhaps"},
    "decision_from_month_is_month": {"from_month": "2027-1"},
    "decision_until_month_is_month": {"until_month": "2027-00"},
    "decision_until_month_after_from_month": {"from_month": "2028-01", "until_month": "2028-01"},
    "uptake_fte_not_negative": {"locked_fte": -1},
    "line_code_given": {"code": ""},
    "line_kind_known": {"kind": "gift"},
    "line_year_in_range": {"year": 1999},
    "line_amount_not_negative": {"amount": -1},
    "line_payer_key_given": {"payer_key": ""},
    "asset_code_given": {"code": ""},
    "asset_purchased_is_month": {"purchased": ""},
    "asset_amount_not_negative": {"amount": -1},
    "asset_term_months_in_range": {"term_months": 0},
    "contract_code_given": {"code": ""},
    "contract_supplier_given": {"supplier": ""},
    "contract_cost_not_negative": {"exit_cost": -1},
    "contract_ends_is_month": {"ends": "2028-1x"},
    "contract_notice_months_in_range": {"notice_months": 121},
    "shareduse_one_item": {"contract": "contract"},
    "shareduse_share_in_range": {"share": 2},
    "exitterms_rule_known": {"rule": "perhaps", "text": "x"},
    "exitterms_base_known": {"base": "ever"},
    "exitterms_percentages_written": {"rule": "percentages", "percentages": "100%", "text": "x"},
    "exitterms_percentages_when_so_ruled": {"percentages": "100"},
    "exitterms_rule_has_text": {"rule": "damage"},
    "exitterms_notice_months_in_range": {"notice_months": 121},
    "exitdamage_description_given": {"description": ""},
    "exitdamage_amount_not_negative": {"amount": -1},
    "exitdamage_year_in_range": {"year": 1999},
    "exitdamage_last_year_not_before": {"last_year": 2028},
    "staffmember_number_given": {"number": ""},
    "staffmember_fte_possible": {"fte": 2},
    "staffmember_employer_known": {"employer": "nobody"},
    "staffmember_participant_employs": {"participant": "town"},
    "staffmember_until_after_start": {"employed_since": date(2026, 1, 1), "until": date(2026, 1, 1)},
    "staffmember_employed_after_birth": {"employed_since": date(1990, 1, 1), "born": date(1990, 1, 1)},
    "personname_name_given": {"name": ""},
    "functionchange_comparison_known": {"comparison": "alike"},
    "functionchange_lapsed_leads_nowhere": {"comparison": "lapsed"},
    "functionchange_training_months_in_range": {"training_months": 121},
    "functionchange_cost_not_negative": {"training_cost": -1},
    "rolecompetence_competence_given": {"competence": ""},
    "rolecompetence_level_in_range": {"level": 6},
    "socialplan_scales_down_in_range": {"scales_down": 19},
    "socialplan_scales_up_in_range": {"scales_up": 19},
    "socialplan_training_months_in_range": {"training_months": 121},
    "socialplan_months_per_level_in_range": {"months_per_level": 25},
    "socialplan_output_in_training_in_range": {"output_in_training": 2},
    "socialplan_protected_salary_years_in_range": {"protected_salary_years": 51},
    "socialplan_track_after_years_in_range": {"track_after_years": 51},
    "socialplan_track_months_in_range": {"track_months": 61},
    "socialplan_costs_not_negative": {"hire_cost": -1},
    "safeguards_dpia_has_document": {"dpia_date": date(2026, 1, 1)},
    "safeguards_consent_has_document": {"consent_document": "OR 12"},
    "contractperiod_fte_possible": {"fte": 0},
    "personcompetence_competence_given": {"competence": ""},
    "personcompetence_level_in_range": {"level": 0},
    "preference_rank_in_range": {"rank": 4},
    "agreement_lock_names_function": {"is_locked": True, "role": None},
    "lettertemplate_subject_given": {"subject": ""},
    "lettertemplate_body_given": {"body": ""},
    "lettertemplate_kind_known": {"kind": "love"},
    "letter_body_given": {"body": ""},
    "letter_kind_known": {"kind": "love"},
    "placementrecord_outcome_known": {"outcome": "lost", **NO_POST},
    "placementrecord_stage_known": {"stage": "whispered"},
    "placementrecord_post_is_whole": {"ground": None},
    "placementrecord_decision_is_dated": {"stage": "decided"},
    "placementrecord_surplus_is_decided": {"outcome": "surplus", **NO_POST},
    "tiechoice_reason_given": {"reason": ""},
    "placementrun_status_known": {"status": "asleep"},
    "namelook_what_known": {"what": "dream"},
    "namelook_one_name_has_number": {"what": "person"},
    "plan_status_known": {"status": "perfect"},
    "municipality_code_form": {"gm_code": "GM01"},
    "municipality_name_given": {"name": ""},
    "municipality_inhabitants_not_negative": {"inhabitants": -1},
    "drivertemplate_code_given": {"code": ""},
    "roletemplate_code_given": {"code": ""},
    "servicetemplate_code_given": {"code": ""},
    "servicetemplate_phase_known": {"phase": "old"},
    "salarytable_basis_known": {"basis": "rumor"},
    "salarytable_source_given": {"basis": "sourced"},
    **{
        f"{name}_status_known": {"status": "sure"} for name, m in MODELS.items() if issubclass(m, Provenanced)
    },
    **{f"{name}_spread_in_range": {"spread": 2} for name, m in MODELS.items() if issubclass(m, Provenanced)},
    **{
        f"{name}_confirmed_when_dated": {"confirmed_at": timezone.now()}
        for name, m in MODELS.items()
        if issubclass(m, Provenanced)
    },
}
#: What makes two rows the same, beyond what a valid row holds.
TWICE = {
    "drivervolume_once_a_year": {"year": 2028},
    "offer_once_per_driver": {"driver": "driver"},
    "uptake_once_in_scenario": {"scenario": "scenario"},
    "functionchange_lapses_once": {"comparison": "lapsed", "new_role": None},
    "agreement_once_role": {"service": None},
    "agreement_once_service": {"role": None},
    "agreement_once_all": {"role": None, "service": None},
    "placementrecord_open_once": {"outcome": "open", **NO_POST},
    "shareduse_contract_once": {"asset": None, "contract": "contract"},
}
CHECKS = sorted(name for name, (_model, c) in CONSTRAINTS.items() if isinstance(c, CheckConstraint))
UNIQUES = sorted(name for name, (_model, c) in CONSTRAINTS.items() if isinstance(c, UniqueConstraint))


def objects(model: type[models.Model], changes: dict, *, count: int) -> list[models.Model]:
    cast = make_cast()
    named = {
        field: getattr(cast, v) if isinstance(v, str) and hasattr(cast, v) else v
        for field, v in changes.items()
    }
    return [model(**{**valid(model, cast), **named}) for _ in range(count)]


@pytest.mark.django_db
@pytest.mark.parametrize("name", CHECKS)
def test_a_check_holds_against_bulk_create(name):
    model, _constraint = CONSTRAINTS[name]
    attack = objects(model, ATTACKS[name], count=1)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model._base_manager.bulk_create(attack)


@pytest.mark.django_db
@pytest.mark.parametrize("name", UNIQUES)
def test_a_row_stands_once(name):
    model, constraint = CONSTRAINTS[name]
    attack = objects(model, TWICE.get(name, {}), count=2)
    columns = [model._meta.get_field(field).column for field in constraint.fields]
    said = (
        name
        if connection.vendor == "postgresql"
        else ", ".join(f"{model._meta.db_table}.{c}" for c in columns)
    )

    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        model._base_manager.bulk_create(attack)


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS.values(), ids=list(MODELS))
def test_a_valid_row_passes(model):
    [row] = objects(model, {}, count=1)

    model._base_manager.bulk_create([row])

    assert model._base_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_a_constraint_speaks_in_a_sentence(name):
    _model, constraint = CONSTRAINTS[name]
    message = str(constraint.violation_error_message)

    assert message.endswith(".")
    assert "Constraint" not in message


def test_no_table_holds_a_float():
    floats = [
        str(f) for model in MODELS.values() for f in model._meta.fields if isinstance(f, models.FloatField)
    ]

    assert floats == []


@pytest.mark.django_db
def test_a_reviewer_has_a_participant_and_nobody_else_does():
    cast = make_cast()

    Membership.objects.create(user=cast.user, center=cast.center, role="reviewer", participant=cast.town)

    with pytest.raises(IntegrityError, match="reviewer_has_participant"), transaction.atomic():
        Membership.objects.update(role="controller")
