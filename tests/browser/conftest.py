"""A real server and a real browser for the tests of the pages."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
import os
from pathlib import Path
import shutil
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any
import urllib.request

from playwright.sync_api import sync_playwright
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_S = 30
PATIENCE_MS = 10_000


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """The address of a server that runs for the whole session, as `safelight serve` starts it."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [Path(sys.executable).with_name("safelight"), "serve", "-p", str(port)]
    environment = {**os.environ, "SAFELIGHT_RATE_LIMITS": "off"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            _wait_until_ready(url, server)
            yield url
        finally:
            server.terminate()


def _wait_until_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not start")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        message = "these tests need Chromium: sudo apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=program, args=list(QUIET))
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """A page in the browser, and what it did that it must not do."""

    page: Page
    base_url: str
    offences: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to a page of the server."""
        self.page.goto(self.base_url + path)


class Visits:
    """Opens pages, each in a context of its own."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self._browser = browser
        self._base_url = base_url

    @contextmanager
    def visit(self, path: str = "/", **context: Any) -> Iterator[Visit]:
        """Open a page; at the end it must have broken no policy and asked no other site."""
        with self._browser.new_context(**context) as opened:
            page = opened.new_page()
            page.set_default_timeout(PATIENCE_MS)
            visit = Visit(page, self._base_url)
            page.on("console", lambda m: self._note(visit, m.type in ("error", "warning"), m.text))
            page.on("pageerror", lambda error: self._note(visit, True, str(error)))
            page.on("request", lambda r: self._note(visit, self._is_foreign(r.url), r.url))
            visit.open(path)
            yield visit
            assert visit.offences == []

    @staticmethod
    def _note(visit: Visit, offence: bool, text: str) -> None:
        expected = "Failed to load resource: the server responded with a status of 4"
        if offence and not text.startswith(expected):
            visit.offences.append(text)

    def _is_foreign(self, url: str) -> bool:
        return not url.startswith((self._base_url + "/", "data:", f"blob:{self._base_url}/"))


@pytest.fixture
def visits(browser: Browser, base_url: str) -> Visits:
    """Opens pages of the running server."""
    return Visits(browser, base_url)
