"""Visits to pages in a real browser, each of which must keep the page's own policy."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PATIENCE_MS = 10_000
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1440, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1440, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 320, "height": 640}},
    "forced colours": {"forced_colors": "active", "viewport": {"width": 1440, "height": 900}},
}


def violations(page: Page) -> list[str]:
    """The accessibility rules that a page breaks, of those that a program can check.

    The page was opened with `bypass_csp`: its own policy lets no checker in.
    """
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - most tests need none

    only = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": []}
    found = Axe().run(page, options=only).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


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
