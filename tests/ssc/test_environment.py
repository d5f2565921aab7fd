"""Settings from the environment: what is right is read, what is wrong is refused in a sentence."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from ssc import environment


@pytest.mark.parametrize(
    ("text", "value"), [("yes", True), ("TRUE", True), ("0", False), ("off", False), ("", True)]
)
def test_a_switch_is_on_or_off_in_words(monkeypatch, text, value):
    monkeypatch.setenv("SSC_X", text)

    assert environment.read_bool("SSC_X", default=True) is value


@pytest.mark.parametrize("text", ["ja", "2", "tru"])
def test_a_switch_refuses_anything_else(monkeypatch, text):
    monkeypatch.setenv("SSC_X", text)

    with pytest.raises(ImproperlyConfigured, match="SSC_X must be one of"):
        environment.read_bool("SSC_X", default=False)


@pytest.mark.parametrize("text", ["0", "101", "-5", "1.5", "ten", "٣"])
def test_a_number_stays_within_its_bounds(monkeypatch, text):
    monkeypatch.setenv("SSC_X", text)

    with pytest.raises(ImproperlyConfigured, match="whole number from 1 to 100"):
        environment.read_int("SSC_X", 10, low=1, high=100)


@pytest.mark.parametrize("text", ["*", "plan.example.nl,*", "https://plan.example.nl", "a b"])
def test_hosts_are_plain_names(monkeypatch, text):
    monkeypatch.setenv("SSC_X", text)

    with pytest.raises(ImproperlyConfigured, match="plain host names"):
        environment.read_hosts("SSC_X", default=[])


@pytest.mark.parametrize("text", ["plan.example.nl", "https://plan.example.nl/", "ftp://plan.example.nl"])
def test_origins_have_a_scheme_and_no_path(monkeypatch, text):
    monkeypatch.setenv("SSC_X", text)

    with pytest.raises(ImproperlyConfigured, match="must hold origins"):
        environment.read_origins("SSC_X")


def test_lists_are_split_at_commas(monkeypatch):
    monkeypatch.setenv("SSC_X", " plan.example.nl , localhost,")

    assert environment.read_hosts("SSC_X", default=[]) == ["plan.example.nl", "localhost"]


def test_a_misspelled_name_is_refused(monkeypatch):
    monkeypatch.setenv("SSC_HTPS", "yes")

    with pytest.raises(ImproperlyConfigured, match="SSC_HTPS"):
        environment.refuse_unknown({"SSC_HTTPS"})


def test_a_secret_key_is_made_once_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.delenv("SSC_X", raising=False)
    file = tmp_path / "var" / "secret_key"

    first = environment.read_secret_key("SSC_X", file=file)

    assert len(first) >= 50
    assert environment.read_secret_key("SSC_X", file=file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]


@pytest.mark.parametrize("text", ["secret", "x" * 80])
def test_a_weak_secret_key_is_refused(monkeypatch, tmp_path, text):
    monkeypatch.setenv("SSC_X", text)

    with pytest.raises(ImproperlyConfigured, match="too weak"):
        environment.read_secret_key("SSC_X", file=tmp_path / "secret_key")


def test_sqlite_waits_for_a_lock_instead_of_failing(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)

    database = environment.read_database("DATABASE_URL", file=tmp_path / "var" / "plan.sqlite3")

    assert database["NAME"] == str(tmp_path / "var" / "plan.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "WAL" in database["OPTIONS"]["init_command"]


def test_postgresql_is_read_from_an_address(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://plan:p%40ss@db.example.nl:5433/regie")

    database = environment.read_database("DATABASE_URL", file=tmp_path / "plan.sqlite3")

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["USER"], database["PASSWORD"], database["PORT"]) == ("plan", "p@ss", 5433)


@pytest.mark.parametrize("url", ["mysql://plan:geheim@host/x", "postgres://plan:ge[heim@host/x", "plan"])
def test_a_refused_address_does_not_show_its_password(monkeypatch, tmp_path, url):
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.read_database("DATABASE_URL", file=tmp_path / "plan.sqlite3")

    assert "DATABASE_URL" in str(refusal.value)
    assert "heim" not in str(refusal.value)
