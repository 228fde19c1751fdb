"""Visits to pages in a real browser, each of which must keep the page's own policy."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PATIENCE_MS = 10_000


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
