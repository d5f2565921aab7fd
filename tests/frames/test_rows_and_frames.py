"""Rows and frames hold the same center: what is written comes back, what did not change is not touched."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from auditlog.models import LogEntry
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.engine.findings import Refused
from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import FRAMES, tidy
from portfolio.frames import history
from portfolio.frames.files import read_folder
from portfolio.frames.mapping import TABLES, stored_decimal
from portfolio.frames.read import read_center, read_scenario
from portfolio.frames.write import Absent, as_stored, compare, new_center, write_center
from portfolio.models.catalogue import Service, Sizing
from portfolio.models.center import BudgetLine, Center, DriverVolume, Participant
from portfolio.models.scenarios import Decision
from tests.engine.centers import centers
from tests.models.cast import make_cast

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"


@pytest.fixture(scope="module")
def demo() -> CenterInputs:
    return as_stored(read_folder(DEMO))


def digests(inputs: CenterInputs) -> list[str]:
    return [inputs.plan_inputs(scenario).digest for scenario in inputs.scenarios]


def assert_same(left: CenterInputs, right: CenterInputs) -> None:
    assert left.settings == right.settings
    for name in FRAMES:
        pd.testing.assert_frame_equal(left.frames[name], right.frames[name], check_exact=True, obj=name)


def few(inputs: CenterInputs, **changes: pd.DataFrame) -> CenterInputs:
    return CenterInputs.of(inputs.settings, {**inputs.frames, **changes})


# --- There and back ---


def test_the_demo_comes_back_as_it_was_written(demo):
    back = read_center(new_center(demo, user=None, at=AT))

    assert_same(back, demo)
    assert digests(back) == digests(demo)


@given(inputs=centers(locks=True))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_center_comes_back_as_it_was_written(inputs):
    center = new_center(inputs, user=None, at=AT)
    back = read_center(center)

    assert_same(back, as_stored(inputs))
    assert digests(back) == digests(as_stored(inputs))
    Center.objects.filter(pk=center.pk).delete()


@given(
    old=centers(),
    new=centers(),
)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_center_can_become_any_other(old, new):
    center = new_center(old, user=None, at=AT)
    write_center(center, new, user=None, at=AT, absent=Absent.DELETE)

    assert_same(read_center(center), as_stored(new))
    assert compare(center, new, absent=Absent.DELETE).is_empty
    Center.objects.filter(pk=center.pk).delete()


@given(st.floats(0, 999_999_999))
def test_what_is_stored_is_stored_for_good(number):
    once = float(stored_decimal(number, 12))

    assert float(stored_decimal(once, 12)) == once


def test_what_people_type_is_kept_exactly(demo):
    typed = [0.1, 0.15, 1 / 3, 123456.789, 59_999.5, 1e-9]
    frame = tidy(
        "base_volumes", pd.DataFrame({"participant": "OEV", "driver": list("abcdef"), "volume": typed})
    )
    drivers = tidy("drivers", pd.DataFrame({"driver": list("abcdef")}))
    center = new_center(
        few(demo, base_volumes=frame, volumes=None, drivers=drivers, **NO_SIZING), user=None, at=AT
    )

    volumes = read_center(center).frames["base_volumes"]["volume"]

    assert volumes.tolist() == [0.1, 0.15, 0.333333333333, 123456.789, 59_999.5, 1e-9]


NO_SIZING = {"sizing": None, "offers": None}


def test_a_read_frame_is_what_the_engine_would_make_of_it(demo):
    back = read_center(new_center(demo, user=None, at=AT))

    assert_same(back, CenterInputs.of(back.settings, back.frames))


def test_every_frame_and_column_has_a_place():
    assert set(TABLES) == set(FRAMES)
    for table in TABLES.values():
        placed = set(table.fields) | {
            column for reference in table.references.values() for column in reference.by
        }
        assert set(table.names) - {"depends_on"} <= placed, table.frame
        assert table.names[: table.key_size] == FRAMES[table.frame].key


def test_a_center_without_a_scenario_gets_the_proposal():
    cast = make_cast()
    cast.scenario.delete()

    assert read_center(cast.center).scenarios == ["proposal"]


def test_centers_do_not_mix(demo):
    first = new_center(demo, user=None, at=AT)
    second = new_center(demo, user=None, at=AT)
    only = few(demo, budget=demo.frames["budget"].head(1))

    write_center(first, only, user=None, at=AT, absent=Absent.DELETE)

    assert_same(read_center(second), demo)
    assert len(read_center(first).frames["budget"]) == 1


# --- In how many queries ---


def test_reading_takes_the_same_few_queries_whatever_the_size(demo):
    small, large = make_cast().center, new_center(demo, user=None, at=AT)
    counts = []
    for center in (small, large):
        with CaptureQueriesContext(connection) as queries:
            read_center(center)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 18


def test_reading_a_scenario_reads_nothing_more(demo, django_assert_max_num_queries):
    center = new_center(demo, user=None, at=AT)
    scenario = center.scenarios.select_related("center").get(code="regie")

    with django_assert_max_num_queries(18):
        inputs = read_scenario(scenario)

    assert inputs.digest == demo.plan_inputs("regie").digest


def test_writing_what_stands_already_writes_nothing(demo):
    center = new_center(demo, user=None, at=AT)
    LogEntry.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        changes = write_center(center, demo, user=None, at=AT, absent=Absent.DELETE)

    assert changes.is_empty
    assert changes.counts["unchanged"] == sum(map(len, demo.frames.values()))
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not LogEntry.objects.exists()


def test_writing_takes_a_fixed_number_of_queries(demo):
    center = new_center(demo, user=None, at=AT)
    counts = []
    for rows in (1, 20):
        budget = demo.frames["budget"].copy()
        budget.loc[: rows - 1, "amount"] += rows
        with CaptureQueriesContext(connection) as queries:
            write_center(center, few(demo, budget=budget), user=None, at=AT, absent=Absent.DELETE)
        counts.append(len(queries))

    assert counts[0] == counts[1]


# --- What changed, and who did it ---


def test_only_changed_rows_change_and_the_history_says_what(demo):
    user = get_user_model().objects.create(username="controller", email="c@example.nl")
    center = new_center(demo, user=None, at=AT)
    LogEntry.objects.all().delete()
    key = tuple(demo.frames["budget"].loc[3, ["participant", "year"]])
    budget = demo.frames["budget"].copy()
    budget.loc[3, "amount"] = 1234.56
    before = dict(BudgetLine.objects.values_list("pk", "amount"))

    changes = write_center(center, few(demo, budget=budget), user=user, at=AT, absent=Absent.DELETE)

    assert changes.counts == {"new": 0, "changed": 1, "unchanged": changes.counts["unchanged"], "gone": 0}
    assert changes.frames["budget"].differing(key) == ["amount"]
    after = dict(BudgetLine.objects.values_list("pk", "amount"))
    assert [str(after[pk]) for pk in after if after[pk] != before[pk]] == ["1234.56"]
    [entry] = history.of_center(center)
    assert (entry.actor, entry.actor_email, entry.action) == (user, "c@example.nl", LogEntry.Action.UPDATE)
    assert entry.changes["amount"][1] == "1234.56"
    assert entry.additional_data == {"center": center.pk}
    assert entry.timestamp == AT


def test_a_single_save_is_in_the_same_history(demo):
    center = new_center(demo, user=None, at=AT)
    LogEntry.objects.all().delete()
    line = BudgetLine.objects.filter(participant__center=center).first()
    line.amount += 1
    line.save()

    [entry] = history.of_center(center)
    assert list(entry.changes) == ["amount"]


def test_settings_change_too(demo):
    center = new_center(demo, user=None, at=AT)
    changes = write_center(
        center,
        CenterInputs(dict(demo.settings) | {"wage_growth": 0.05}, demo.frames),
        user=None,
        at=AT,
        absent=Absent.KEEP,
    )

    assert list(changes.settings) == ["wage_growth"]
    assert read_center(Center.objects.get(pk=center.pk)).settings["wage_growth"] == 0.05


@pytest.mark.parametrize("absent", [Absent.KEEP, Absent.DELETE])
def test_an_absent_row_stays_or_goes_as_asked(demo, absent):
    center = new_center(demo, user=None, at=AT)
    before = len(demo.frames["budget"])
    left = before if absent == Absent.KEEP else 1

    changes = write_center(center, {"budget": demo.frames["budget"].head(1)}, user=None, at=AT, absent=absent)

    assert BudgetLine.objects.filter(participant__center=center).count() == left
    assert changes.counts["gone"] == before - left


def test_frames_that_are_not_given_are_left_alone(demo):
    center = new_center(demo, user=None, at=AT)

    write_center(center, {"budget": demo.frames["budget"].head(0)}, user=None, at=AT, absent=Absent.DELETE)

    assert_same(read_center(center), few(demo, budget=None))


def test_a_participant_takes_its_rows_along_when_it_goes(demo):
    center = new_center(demo, user=None, at=AT)
    frames = {
        name: frame[~frame.get("participant", pd.Series("", index=frame.index)).eq("OEV")]
        for name, frame in demo.frames.items()
    }
    frames["participants"] = frames["participants"][frames["participants"]["code"] != "OEV"]
    frames["keys"] = frames["keys"][frames["keys"]["part"] != "OEV"]

    write_center(center, CenterInputs.of(demo.settings, frames), user=None, at=AT, absent=Absent.DELETE)

    assert not Participant.objects.filter(code="OEV").exists()
    assert_same(read_center(center), CenterInputs.of(demo.settings, frames))


def test_what_services_need_changes_with_them(demo):
    center = new_center(demo, user=None, at=AT)
    services = demo.frames["services"].copy()
    services.loc[services["service"] == "INC", "depends_on"] = "STOR,DESK"
    services.loc[services["service"] == "DESK", "depends_on"] = ""

    write_center(center, {"services": services}, user=None, at=AT, absent=Absent.KEEP)

    needed = Service.objects.get(center=center, code="INC").depends_on.order_by("code")
    assert [service.code for service in needed] == ["DESK", "STOR"]
    assert (
        read_center(center).frames["services"].set_index("service").loc["INC", "depends_on"] == "DESK, STOR"
    )


def test_a_template_survives_a_change(demo):
    from portfolio.models.reference import ServiceTemplate

    center = new_center(demo, user=None, at=AT)
    template = ServiceTemplate.objects.create(
        code="DESK", phase="current", role_mix=[], outsourcing={"effect": "stays"}
    )
    Service.objects.filter(code="DESK").update(template=template)
    services = demo.frames["services"].copy()
    services.loc[services["service"] == "DESK", "name"] = "Helpdesk"

    write_center(center, {"services": services}, user=None, at=AT, absent=Absent.KEEP)

    desk = Service.objects.get(code="DESK")
    assert (desk.name, desk.template) == ("Helpdesk", template)


def test_who_brings_in_a_confirmed_figure_confirms_it(demo):
    user = get_user_model().objects.create(username="controller")
    center = new_center(demo, user=None, at=AT)
    budget = demo.frames["budget"].head(2).copy()
    budget["status"] = ["confirmed", "estimated"]
    budget["amount"] += 1

    write_center(center, {"budget": budget}, user=user, at=AT, absent=Absent.KEEP)

    held = BudgetLine.objects.filter(participant__code=budget.loc[0, "participant"]).order_by("year")[:2]
    assert [(line.confirmed_by, line.confirmed_at) for line in held] == [(user, AT), (None, None)]


# --- What is refused ---


@pytest.mark.parametrize(
    ("frame", "column", "value", "code"),
    [
        ("sizing", "driver", "moons", "unknown_code"),
        ("decisions", "service", "NOPE", "unknown_code"),
        ("shared_use", "item", "NOPE", "unknown_code"),
        ("scores", "option", "host", "unknown_code"),
        ("weights", "participant", "NOPE", "unknown_code"),
        ("services", "depends_on", "DESK, NOPE", "unknown_code"),
        ("participants", "name", "x" * 201, "too_long"),
        ("budget", "amount", 1e12, "out_of_range"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place_and_nothing_changes(demo, frame, column, value, code):
    center = new_center(demo, user=None, at=AT)
    changed = demo.frames[frame].copy()
    changed.loc[0, column] = value
    frames = {"budget": demo.frames["budget"].head(0), frame: changed}

    with pytest.raises(Refused) as refused:
        write_center(center, frames, user=None, at=AT, absent=Absent.DELETE)

    [finding] = refused.value.findings
    assert (finding.code, finding.place.sheet, finding.place.column) == (code, frame, column)
    assert_same(read_center(center), demo)


def test_a_row_that_is_still_used_does_not_go(demo):
    center = new_center(demo, user=None, at=AT)

    with pytest.raises(Refused) as refused:
        write_center(
            center, {"drivers": demo.frames["drivers"].head(0)}, user=None, at=AT, absent=Absent.DELETE
        )

    assert [finding.code for finding in refused.value.findings] == ["still_used"]
    assert Sizing.objects.filter(service__center=center).count() == len(demo.frames["sizing"])


def test_a_preview_changes_nothing(demo):
    center = new_center(demo, user=None, at=AT)
    changes = compare(center, {"decisions": demo.frames["decisions"].head(0)}, absent=Absent.DELETE)

    assert changes.counts["gone"] == len(demo.frames["decisions"]) == Decision.objects.count()


def test_blank_and_zero_stay_apart(demo):
    center = new_center(demo, user=None, at=AT)
    people = demo.frames["participants"].copy()
    people["current_contribution"] = [np.nan, 0.0] + [1.0] * (len(people) - 2)

    write_center(center, {"participants": people}, user=None, at=AT, absent=Absent.KEEP)

    held = read_center(center).frames["participants"]["current_contribution"]
    assert np.isnan(held[0])
    assert held[1] == 0


def test_a_base_year_and_a_later_year_stand_side_by_side():
    cast = make_cast()
    DriverVolume.objects.create(participant=cast.town, driver=cast.driver, volume=10)
    DriverVolume.objects.create(participant=cast.town, driver=cast.driver, volume=20, year=2029)

    frames = read_center(cast.center).frames

    assert frames["base_volumes"]["volume"].tolist() == [10]
    assert frames["volumes"][["year", "volume"]].to_numpy().tolist() == [[2029, 20]]
