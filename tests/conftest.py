"""What all tests share: which database and browser they use, and what no test may do.

docs/testing.md tells how to run them.
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import expect

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
    *(
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ),
)


def pytest_report_header() -> str:
    return f"database: {settings.TEST_DATABASE}"


# --- Which tests run where ---------------------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that open a browser; leave out those meant for the other database only."""
    other = {"sqlite": "postgres_only", "postgres": "sqlite_only"}[settings.TEST_DATABASE]
    elsewhere = [item for item in items if item.get_closest_marker(other)]
    if elsewhere:
        items[:] = [item for item in items if item not in elsewhere]
        config.hook.pytest_deselected(items=elsewhere)
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """A skipped test is a failed test: whatever it needs has to be installed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"No test may be skipped: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    if report.skipped:
        report.outcome, report.longrepr = "failed", f"No file may be skipped: {report.longrepr}"
    return report


# --- No test reaches beyond this machine -------------------------------------------------------

reached: list[str] = []


def is_local(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def refuse_foreign_hosts(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if not is_local(host):
        reached.append(str(host))
        raise PermissionError(f"A test tried to reach {host}.")


sys.addaudithook(refuse_foreign_hosts)


@pytest.fixture(autouse=True)
def no_foreign_hosts() -> Iterator[None]:
    """Fails a test that tried to reach another machine, even if it swallowed the refusal."""
    reached.clear()
    yield
    assert not reached, f"tried to reach {', '.join(reached)}"


# --- What a process keeps ---------------------------------------------------------------------


@pytest.fixture(autouse=True)
def no_kept_pages() -> None:
    """Every test starts with an empty record, and its revisions count from one again."""
    from django.utils import translation

    from policies import site_texts
    from policies.views import map as map_view
    from policies.views import nation

    map_view._pages.clear()
    nation.forget()
    site_texts.forget()
    translation.activate("en")  # a page in Spanish leaves its thread in Spanish


# --- The browser -------------------------------------------------------------------------------

#: Two browsers and two test runs share two cores: waiting longer costs nothing when all is well.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        pytest.fail("No Chromium is installed. Run scripts/test_tools.sh, or set CHROMIUM.")
    # Playwright keeps an event loop running in the thread of the tests, which Django would refuse.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {**browser_type_launch_args, "executable_path": path, "args": list(BROWSER_FLAGS)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], live_server: Any) -> dict[str, Any]:
    """`page.goto("/counties/")` opens the page on the test server."""
    return {
        **browser_context_args,
        "base_url": live_server.url,
        "viewport": {"width": 1280, "height": 800},
        "locale": "en-US",
        "timezone_id": "America/New_York",
    }


@pytest.fixture
def foreign_requests() -> Iterator[list[str]]:
    """Addresses on other hosts that a page asked for. There must be none."""
    urls: list[str] = []
    yield urls
    assert not urls, f"the page asked other hosts for {', '.join(urls)}"


@pytest.fixture
def page_errors() -> Iterator[list[str]]:
    """Scripts that failed, and what the content security policy refused. There must be none."""
    errors: list[str] = []
    yield errors
    assert not errors, f"the page had errors: {'; '.join(errors)}"


@pytest.fixture
def new_context(
    new_context: Callable[..., Any], foreign_requests: list[str], page_errors: list[str]
) -> Callable[..., Any]:
    """Every page of every browser test is watched."""

    def watch_request(request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and not is_local(address.hostname):
            foreign_requests.append(request.url)

    def watch_console(message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            page_errors.append(message.text)

    def make(**options: Any) -> Any:
        context = new_context(**options)
        context.on("request", watch_request)
        context.on("console", watch_console)
        context.on("weberror", lambda error: page_errors.append(str(error.error)))
        return context

    return make
