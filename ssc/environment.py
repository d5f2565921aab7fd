"""Reads settings from the environment, and refuses nonsense in a sentence instead of guessing."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

PREFIX = "SSC_"
YES_NO = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}


def refuse_unknown(known: set[str]) -> None:
    """A misspelled SSC_HTTPS would silently be a default; so an unknown name stops the program."""
    if unknown := sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known):
        raise ImproperlyConfigured(
            f"Unknown setting in the environment: {', '.join(unknown)}. Known are: {', '.join(sorted(known))}."
        )


def read_bool(name: str, default: bool) -> bool:
    text = os.environ.get(name, "").strip().lower()
    if not text:
        return default
    if text not in YES_NO:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(YES_NO)}; it is {text!r}.")
    return YES_NO[text]


def read_int(name: str, default: int, *, low: int, high: int) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise ImproperlyConfigured(f"{name} must be a whole number from {low} to {high}; it is {text!r}.")
    return int(text)


def read_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    text = os.environ.get(name, "").strip() or default
    if text not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}; it is {text!r}.")
    return text


def read_hosts(name: str, default: list[str]) -> list[str]:
    """Host names, comma-separated. `*` is refused: it would let any Host header through."""
    hosts = [host.strip() for host in os.environ.get(name, "").split(",") if host.strip()]
    for host in hosts:
        if "*" in host or "/" in host or " " in host:
            raise ImproperlyConfigured(
                f"{name} must hold plain host names such as plan.example.nl, separated by commas; {host!r} is none."
            )
    return hosts or default


def read_origins(name: str) -> list[str]:
    """Origins such as https://plan.example.nl, comma-separated."""
    origins = [origin.strip() for origin in os.environ.get(name, "").split(",") if origin.strip()]
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
            raise ImproperlyConfigured(
                f"{name} must hold origins such as https://plan.example.nl; {origin!r} is none."
            )
    return origins


def read_secret_key(name: str, *, file: Path) -> str:
    """The key from the environment, else one made once and kept in a file only its owner can read."""
    if key := os.environ.get(name, ""):
        if len(key) < 50 or len(set(key)) < 5:
            raise ImproperlyConfigured(f"{name} is too weak: give at least 50 random characters.")
        return key
    try:
        if not file.exists():
            _write_once(file, get_random_secret_key())
        return file.read_text()
    except OSError as error:
        raise ImproperlyConfigured(f"Set {name}, or let {file.parent} be writable: {error}.") from error


def read_database(name: str, *, file: Path) -> dict[str, Any]:
    """PostgreSQL when the address says so, else SQLite set up for a web server and a worker side by side."""
    url = os.environ.get(name, "").strip()
    if not url:
        file.parent.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{file}"
    # Neither refusal shows the address, nor a cause that would: it may hold a password.
    if url.partition("://")[0] not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must start with postgres:// or sqlite:///.")
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except ValueError:
        raise ImproperlyConfigured(f"{name} is unreadable; does its password need %-quoting?") from None
    if database["ENGINE"].endswith("sqlite3"):
        # Readers do not wait for a writer (WAL), and a writer takes its lock at once (IMMEDIATE) and waits for it,
        # where upgrading a read lock later would fail with "database is locked".
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    return database


def _write_once(file: Path, text: str) -> None:
    """Of two processes that start together one wins, and neither ever reads half a key."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    try:
        file.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
