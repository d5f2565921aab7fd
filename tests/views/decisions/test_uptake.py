"""Who takes a service: yes or no, requested and locked, together and never over somebody else's."""

from decimal import Decimal

import pytest
from django.utils import timezone

from portfolio.actions.uptake import CellsOvertaken, set_uptake
from portfolio.frames.read import read_center
from portfolio.frames.uptake import Change, Take, read_back, takes_of, with_takes, written
from portfolio.models.scenarios import Uptake


@pytest.fixture
def address(cast):
    return cast.url("uptake", scenario="regie") + "?service=CISO"


@pytest.fixture
def save(cast, client_of):
    def send(seen: str = "", **cells: str):
        where = cast.url("save_uptake", scenario="regie") + "?service=CISO"
        data = {name.replace("__", ","): value for name, value in cells.items()}
        return client_of(cast.director).post(where, {"seen": seen, **data})

    return send


def kept() -> dict[str, Take]:
    rows = Uptake.objects.filter(scenario__isnull=False).select_related("participant")
    return {row.participant.code: Take.of(row.takes, row.fte, row.locked_fte) for row in rows}


def test_it_shows_every_participant_and_what_it_gets(cast, client_of, address):
    rows = client_of(cast.director).get(address).context["rows"]

    assert [(row.name, row.take.takes) for row in rows] == [
        ("Alfadam", True),
        ("Betadorp", True),
        ("Gammastad", True),
    ]
    assert sum(row.gets for row in rows) == pytest.approx(1.9)


def test_yes_and_no_requests_and_locks_are_saved_together(cast, save):
    response = save(takes__A="no", fte__B="0,4", locked__C="0.5", takes__C="yes")

    assert response.url == cast.url("decisions", scenario="regie")
    assert kept() == {
        "A": Take(False), "B": Take(True, Decimal("0.4")), "C": Take(True, None, Decimal("0.5")),
    }  # fmt: skip


def test_saving_twice_is_saving_once(cast, save):
    save(fte__B="0,4")
    seen = "CISO\tB\tyes|0.4|"
    save(seen, fte__B="0,40")

    assert kept() == {"B": Take(True, Decimal("0.4"))}


def test_who_does_not_take_it_requests_nothing(cast, save):
    save(takes__B="no", fte__B="0,4")

    assert kept() == {"B": Take(False)}


def test_what_holds_for_all_scenarios_needs_no_row_of_its_own(cast, save):
    save(takes__B="no")
    save("CISO\tB\tno||", takes__B="yes")

    assert kept() == {}


def test_what_is_no_lock_is_refused_with_its_reason_and_nothing_is_saved(cast, save):
    for typed in ("veel", "-1", "0,33", "5000"):
        response = save(fte__A="0,5", locked__B=typed)

        assert response.status_code == 422
        assert typed in response.content.decode()
        assert "cell-error" in response.content.decode()
    assert kept() == {}


def test_a_participant_changed_by_somebody_else_stops_all(cast, save):
    save(fte__A="0,5")
    response = save(fte__A="0,7", fte__B="0,4")

    assert response.status_code == 409
    assert kept() == {"A": Take(True, Decimal("0.5"))}
    assert "changed meanwhile" in response.content.decode()


def test_it_can_be_undone(cast, client_of):
    client = client_of(cast.director)
    client.post(cast.url("save_uptake", scenario="regie") + "?service=CISO", {"seen": "", "takes,A": "no"})
    client.post(cast.url("undo", scenario="regie"))

    assert kept() == {}


def test_history_is_kept_of_cells_written_in_bulk(cast):
    from auditlog.models import LogEntry

    change = Change("CISO", "A", Take(), Take(True, Decimal("0.4")))
    set_uptake(scenario=cast.scenario, changes=[change], user=cast.director, at=timezone.now())
    set_uptake(scenario=cast.scenario, changes=[change.reversed], user=cast.director, at=timezone.now())

    entries = LogEntry.objects.filter(content_type__model="uptake").order_by("pk")
    assert [(entry.action, entry.actor) for entry in entries] == [(0, cast.director), (2, cast.director)]
    assert entries[0].changes["fte"] == ["None", "0.4"]
    assert entries[0].object_repr == "regie + CISO + A"


def test_a_row_for_all_scenarios_is_what_was_seen(cast):
    from portfolio.models.catalogue import Service

    general = {"service": Service.objects.get(code="CISO"), "participant": cast.participant("A")}
    Uptake.objects.create(**general, takes=False)
    change = Change("CISO", "A", Take(), Take(True, Decimal(1)))

    with pytest.raises(CellsOvertaken):
        set_uptake(scenario=cast.scenario, changes=[change], user=None, at=timezone.now())
    set_uptake(
        scenario=cast.scenario,
        changes=[Change("CISO", "A", Take(False), Take())],
        user=None,
        at=timezone.now(),
    )
    assert kept() == {"A": Take()}


def test_the_preview_of_cells_is_of_what_is_saved(cast):
    changes = [
        Change("CISO", "A", Take(), Take(False)),
        Change("HELP", "B", Take(), Take(True, Decimal("0.333"))),
    ]
    expected = with_takes(read_center(cast.center), "regie", changes).plan_inputs("regie").digest

    set_uptake(scenario=cast.scenario, changes=changes, user=None, at=timezone.now())

    now = read_center(cast.center)
    assert now.plan_inputs("regie").digest == expected
    assert read_back(written(takes_of(now, "regie"))) == {change.pair: change.becomes for change in changes}
    assert read_back("nonsense\nCISO\tA\tmaybe") == {}


def test_readers_read(cast, client_of, address):
    page = client_of(cast.controller).get(address).content.decode()

    assert "<select name=" not in page
    assert client_of(cast.controller).post(cast.url("save_uptake", scenario="regie")).status_code == 403
    assert client_of(cast.director).get(cast.url("uptake", scenario="regie")).status_code == 404
