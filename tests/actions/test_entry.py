"""Saving a stage of entry: what was typed is entered, totals stay reconciled, others' work is never overwritten."""

import pytest

from portfolio.actions.center import Stale
from portfolio.actions.entry import save_stage, undo_stage, version_of
from portfolio.actions.start import unexplained_words
from portfolio.engine.estimating import as_it_is
from portfolio.engine.findings import Refused
from portfolio.engine.scaling import UNEXPLAINED
from portfolio.frames.entry import (
    TOUCHED,
    Entered,
    Holdings,
    adopted,
    spread_budget,
    with_holdings,
    with_own_effort,
    with_volumes,
)
from portfolio.frames.read import read_center
from portfolio.models.catalogue import OwnEffort, Service
from portfolio.models.plans import Plan
from tests.views.conftest import make_cast, small_inputs  # noqa: F401 - the cast of the page tests

pytestmark = pytest.mark.django_db


def estimated(inputs, *frames):
    """The same with every row of these frames estimated."""
    for name in frames:
        inputs.frames[name]["status"] = "estimated"
        inputs.frames[name]["spread"] = 0.3
    return inputs


@pytest.fixture
def cast(make_cast, small_inputs):  # noqa: F811
    return make_cast(estimated(small_inputs(), "services", "sizing", "base_volumes"))


def save(cast, stage, change, version=None):
    inputs = read_center(cast.center)
    version = version or version_of(inputs, TOUCHED[stage])
    return save_stage(
        center=cast.center, names=TOUCHED[stage], change=change, version=version, user=cast.director
    )


def budget(**values):
    told = Entered({tuple(name.split("_")): share for name, share in values.items()}, source="Begroting 2027")
    return lambda inputs: spread_budget(inputs, told, fte=20.0, eur=1_800_000.0, words=unexplained_words())


def test_shares_become_teams_and_cost_and_the_rest_stands_apart(cast):
    save(cast, "budget", budget(HELP_team=0.4, HELP_cost=0.5, WERK_cost=0.4))

    inputs = read_center(cast.center)
    now = as_it_is(inputs)
    assert now.teams["HELP"] * now.step == 8.0
    assert (now.eur("HELP"), now.eur("WERK")) == (900_000, 720_000)
    services = inputs.frames["services"].set_index("service")
    assert services.loc["HELP", ["status", "source"]].tolist() == ["entered", "Begroting 2027"]
    assert services.loc["CISO", "status"] == "estimated"
    assert services.loc[UNEXPLAINED, ["fixed_cost", "status"]].tolist() == [180_000, "estimated"]
    sizing = inputs.frames["sizing"].set_index("service")["status"]
    assert (sizing["HELP"], sizing["WERK"]) == ("entered", "estimated")
    assert adopted(inputs) == 1_800_000 == now.total + now.fixed[UNEXPLAINED]
    assert (inputs.frames["decisions"]["service"] == UNEXPLAINED).sum() == 1  # kept: nobody has to decide
    assert Plan.objects.done().count() == 2  # computed at once


def test_a_team_alone_keeps_the_share_of_the_cost(cast):
    before = as_it_is(read_center(cast.center)).eur("WERK")
    save(cast, "budget", budget(WERK_team=0.05))

    now = as_it_is(read_center(cast.center))
    assert now.teams["WERK"] * now.step == 1.0
    assert now.eur("WERK") == before


def test_staff_that_costs_more_than_the_share_is_what_it_is(cast):
    save(cast, "budget", budget(HELP_cost=0.01))

    inputs = read_center(cast.center)
    now = as_it_is(inputs)
    assert now.fixed["HELP"] == 0
    assert now.eur("HELP") == now.staff["HELP"] > 18_000


def test_estimates_can_be_said_to_be_right(cast):
    def accept(inputs):
        return spread_budget(
            inputs, Entered({}, {"WERK"}), fte=20.0, eur=1_800_000.0, words=unexplained_words()
        )

    before = as_it_is(read_center(cast.center))
    save(cast, "budget", accept)

    inputs = read_center(cast.center)
    assert inputs.frames["services"].set_index("service").loc["WERK", "status"] == "entered"
    assert as_it_is(inputs).eur("WERK") == before.eur("WERK")


def test_undo_puts_everything_back(cast):
    before = read_center(cast.center)
    saved = save(cast, "budget", budget(HELP_team=0.4, HELP_cost=0.5))
    undo_stage(center=cast.center, undo=saved.undo, user=cast.director)

    after = read_center(cast.center)
    assert after.plan_inputs("regie").digest == before.plan_inputs("regie").digest
    assert not Service.objects.filter(code=UNEXPLAINED).exists()


def test_what_somebody_else_saved_is_not_overwritten(cast):
    version = version_of(read_center(cast.center), TOUCHED["volumes"])
    change = lambda inputs: with_volumes(inputs, Entered({("A", "workplaces"): 410.0}))  # noqa: E731
    save(cast, "volumes", change, version)

    with pytest.raises(Stale):
        save(cast, "volumes", change, version)


def test_a_contract_takes_the_place_of_what_was_estimated(cast):
    contract = {"contract": "C01", "supplier": "Waalnet", "service": "WERK", "annual_cost": 60_000.0, "ends": "",
                "status": "entered"}  # fmt: skip
    before = as_it_is(read_center(cast.center))
    save(
        cast,
        "holdings",
        lambda inputs: with_holdings(inputs, Holdings([contract]), words=unexplained_words()),
    )

    now = as_it_is(read_center(cast.center))
    assert (now.fixed["WERK"], now.material["WERK"]) == (40_000, 60_000)
    assert now.total == before.total


def test_a_contract_beside_what_was_estimated_adds_to_it(cast):
    asset = {"asset": "SAN", "service": "WERK", "amount": 60_000.0, "purchased": "2027-01", "term_months": 60.0,
             "status": "entered"}  # fmt: skip
    told = Holdings(assets=[asset], is_instead=False)
    save(cast, "holdings", lambda inputs: with_holdings(inputs, told, words=unexplained_words()))

    now = as_it_is(read_center(cast.center))
    assert now.fixed["WERK"] == 100_000
    assert now.material["WERK"] == 11_000  # eleven months after the purchase


def test_volumes_are_entered_accepted_and_emptied(cast):
    told = Entered({("A", "workplaces"): 410.0, ("B", "workplaces"): None}, {"C"}, "Telling")
    save(cast, "volumes", lambda inputs: with_volumes(inputs, told))

    rows = read_center(cast.center).frames["base_volumes"].set_index(["participant", "driver"])
    assert rows.loc[("A", "workplaces"), ["volume", "status", "source"]].tolist() == [
        410,
        "entered",
        "Telling",
    ]
    assert rows.loc[("A", "inhabitants"), "status"] == "estimated"
    assert set(rows.loc["C", "status"]) == {"entered"}
    assert ("B", "workplaces") not in rows.index


def test_own_effort_says_what_remains(cast):
    told = Entered({("B", "BI"): 0.0, ("B", "HELP"): 0.5, ("A", "CISO"): None})
    save(cast, "effort", lambda inputs: with_own_effort(inputs, told, "fte", 0.2))

    rows = {(row.participant.code, row.service.code): row for row in OwnEffort.objects.all()}
    assert set(rows) == {("B", "BI"), ("B", "HELP")}
    assert float(rows["B", "BI"].remains) == 0.2
    assert float(rows["B", "HELP"].remains) == 1  # beside what the center delivers already


def test_what_contradicts_itself_is_refused_and_nothing_written(cast):
    told = Holdings(
        [{"contract": "C01", "supplier": "X", "service": "NO", "annual_cost": 1.0, "status": "entered"}]
    )
    with pytest.raises((Refused, KeyError)):
        save(cast, "holdings", lambda inputs: with_holdings(inputs, told, words=unexplained_words()))

    assert read_center(cast.center).frames["contracts"].empty
