"""The back office: reference data for the administrator, nothing for anyone else, no plans and no persons."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse

from portfolio.models.center import Center, Membership, Participant
from portfolio.models.reference import (
    DriverTemplate,
    Municipality,
    RoleTemplate,
    SalaryTable,
    ServiceTemplate,
)
from tests.models.cast import make_cast

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label == "portfolio"]
READ_ONLY = {Center, Participant}


@pytest.fixture
def administrator():
    return get_user_model().objects.create_superuser("beheer")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_the_administrator_sees_and_adds_reference_data(client, administrator, model):
    make_cast()
    client.force_login(administrator)

    assert client.get(reverse(f"admin:portfolio_{model._meta.model_name}_changelist")).status_code == 200
    added = client.get(reverse(f"admin:portfolio_{model._meta.model_name}_add"))
    assert added.status_code == (403 if model in READ_ONLY else 200)


def test_a_director_has_no_business_in_the_back_office(client):
    cast = make_cast()
    Membership.objects.create(user=cast.user, center=cast.center, role="director")
    client.force_login(cast.user)

    assert client.get(reverse("admin:portfolio_municipality_changelist")).status_code == 302


def test_plans_and_persons_are_not_edited_here():
    reference = {Municipality, DriverTemplate, RoleTemplate, SalaryTable, ServiceTemplate}

    assert set(OURS) == reference | READ_ONLY | {Membership}
