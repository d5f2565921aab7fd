"""What every test stands on: plain settings, and for browser tests a guarded page and axe."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as project
from django.test import override_settings
from playwright.sync_api import BrowserContext, Page, Route

from run import find_chromium

# Playwright's synchronous calls run inside an event loop, where Django refuses the database. The tests
# do one thing at a time, so that refusal protects nothing here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: A desk and a phone.
WIDTHS = (1280, 390)
PAGE_FIXTURES = {"page", "page_at", "browser", "context", "new_context"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if PAGE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


@pytest.fixture(scope="session", autouse=True)
def plain_settings() -> Iterator[None]:
    """Argon2 is slow on purpose, https needs a certificate, hashed file names need collectstatic, and WhiteNoise
    looks up all files again for every test client: none of them is what a test asks about, unless it says so."""
    storages = {
        **project.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES=storages,
        WHITENOISE_AUTOREFRESH=True,  # a file is looked for when it is asked for
        SECURE_SSL_REDIRECT=False,
        SESSION_COOKIE_SECURE=False,
        CSRF_COOKIE_SECURE=False,
        SECOND_FACTOR=False,
    ):
        yield


# --- The browser ---


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict, playwright) -> dict:
    """The machine's own Chromium, else the one Playwright fetched; in CI a missing browser is a failure."""
    path = find_chromium() or playwright.chromium.executable_path
    if not Path(path).exists():
        reason = "No Chromium or Chrome on this machine: pages are not tested in a browser."
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    # Without a sandbox, since root (in a container, in CI) gets none and the pages are our own.
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": path, "args": flags}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {
        **browser_context_args,
        "locale": "nl-NL",
        "timezone_id": project.TIME_ZONE,
        "reduced_motion": "reduce",
    }


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What went wrong in a page besides what the test looks at; a test that expects some clears the list."""
    found: list[str] = []
    yield found
    assert not found, "The page reported faults:\n" + "\n".join(found)


@pytest.fixture
def page_at(
    new_context: Callable[..., BrowserContext], live_server, faults: list[str]
) -> Callable[[int], Page]:
    """Opens a guarded page of a given width (1280 for a desk, 390 for a phone) at the live server."""

    def open_page(width: int) -> Page:
        context = new_context(base_url=live_server.url, viewport={"width": width, "height": 844})
        context.route(lambda url: urlsplit(url).scheme in {"http", "https"}, guard)
        page = context.new_page()
        page.on(
            "console", lambda message: message.type == "error" and faults.append(f"Console: {message.text}")
        )
        page.on("pageerror", lambda error: faults.append(f"Script: {error}"))
        # The console says so too, but in words that differ from one Chromium to the next.
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', event =>"
            " console.error('CSP', event.violatedDirective, event.blockedURI, event.sourceFile, event.lineNumber))"
        )
        return page

    def guard(route: Route) -> None:
        if route.request.url.startswith(f"{live_server.url}/"):
            route.fallback()
        else:
            faults.append(f"Request to elsewhere: {route.request.url}")
            route.abort()

    return open_page


@pytest.fixture
def page(page_at: Callable[[int], Page]) -> Page:
    """A guarded page at desk width."""
    return page_at(1280)


@pytest.fixture
def sign_in(client, live_server) -> Callable:
    """Signs a user in to a page, without the form that has a test of its own: `sign_in(page, user)`."""

    def hand_over_session(page: Page, user) -> None:
        client.force_login(user)
        name = project.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )

    return hand_over_session


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """The WCAG 2.2 A and AA violations axe finds in a page, one line each: `assert axe(page) == []`."""

    script = Axe().axe_script

    def violations(page: Page) -> list[str]:
        if page.evaluate("!window.axe"):
            page.evaluate(script)
        # Only what is wrong leaves the page: all that passes is megabytes on a large table.
        found = page.evaluate("tags => axe.run({runOnly: tags}).then(found => found.violations)", WCAG_2_2_AA)
        return [
            f"{violation['id']} ({violation['impact']}): {violation['help']}: {node['html'][:200]}"
            for violation in found
            for node in violation["nodes"]
        ]

    return violations


@pytest.fixture(scope="session")
def reads_well(axe) -> Callable[..., None]:
    """Axe finds nothing in a page and nothing scrolls sideways, on a desk and on a phone: `reads_well(page)`.

    The page is loaded once; it stays as wide as a desk.
    """

    def check(page: Page, place: str = "") -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            assert axe(page) == [], (place or page.url, width)
            sideways = page.evaluate("document.documentElement.scrollWidth")
            assert sideways <= width, f"{place or page.url} scrolls sideways at {width}"
        page.set_viewport_size({"width": WIDTHS[0], "height": 844})

    return check
