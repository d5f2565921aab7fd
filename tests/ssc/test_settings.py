"""The project as it stands without any setting: secure, on this machine alone, Dutch first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse

ROOT = Path(__file__).resolve().parents[2]


def django(*arguments, **environment):
    """A process of its own, since here the tests have softened some settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SSC_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_is_secure_unless_told_otherwise():
    done = django("check", "--deploy", "--fail-level=WARNING")

    assert done.returncode == 0, done.stderr


def test_a_wrong_setting_stops_the_program_in_a_sentence():
    done = django("check", SSC_DEBUG="perhaps")

    assert done.returncode != 0
    assert "SSC_DEBUG must be one of" in done.stderr


@pytest.mark.django_db
def test_pages_load_nothing_from_elsewhere_and_nothing_inline(client):
    policy = client.get(reverse("login"))["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.django_db
def test_the_interface_is_dutch_unless_asked_otherwise(client):
    assert client.get(reverse("login"))["Content-Language"] == "nl"
    assert client.get(reverse("login"), headers={"accept-language": "en"})["Content-Language"] == "en"


@pytest.mark.django_db
def test_the_back_office_asks_to_sign_in(client):
    assert client.get("/beheer/").status_code == 302
