"""Pages in every language: none breaks a rule, none scrolls sideways, none mixes directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safelight.speaking import LANGUAGES
from visits import violations

if TYPE_CHECKING:
    from visits import Visits

pytestmark = pytest.mark.browser

PAGES = ("/", "/mapy/", "/mapy/sample/", "/elqkit/", "/elqkit/sample/", "/no-such-page")
OTHERS = [each.code for each in LANGUAGES[1:]]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("code", OTHERS)
def test_has_no_axe_violation(visits: Visits, path: str, code: str) -> None:
    """A translated page breaks no accessibility rule that a program can check."""
    with visits.visit(path, bypass_csp=True, locale=code) as visit:
        assert visit.page.evaluate("document.documentElement.lang") == code
        assert violations(visit.page) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("code", OTHERS)
def test_never_scrolls_sideways_on_a_phone(visits: Visits, path: str, code: str) -> None:
    """At 320 px a page of longer words, or from right to left, is as wide as the screen."""
    with visits.visit(path, viewport={"width": 320, "height": 640}, locale=code) as visit:
        assert visit.page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_begins_at_the_right_in_arabic(visits: Visits) -> None:
    """The name of the workbench stands at the right, the tools at the left."""
    with visits.visit("/", viewport={"width": 1440, "height": 900}, locale="ar") as visit:
        name = visit.page.locator(".masthead .home").bounding_box()
        tools = visit.page.locator(".masthead nav").bounding_box()
        assert name is not None
        assert tools is not None
        assert name["x"] > tools["x"] + tools["width"]


def test_a_link_in_the_footer_changes_the_language_for_good(visits: Visits) -> None:
    """Without scripts, and the next page keeps it."""
    with visits.visit("/mapy/", java_script_enabled=False) as visit:
        visit.page.get_by_role("link", name="Deutsch").click()
        assert visit.page.locator("html").get_attribute("lang") == "de"
        visit.open("/")
        assert visit.page.locator("html").get_attribute("lang") == "de"
