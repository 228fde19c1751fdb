"""Every page, in every look: no axe violation, no broken policy, no request to another site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from visits import LOOKS, violations

if TYPE_CHECKING:
    from visits import Visits

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/mapy/",
    "/mapy/sample/",
    "/elqkit/",
    "/elqkit/sample/",
    "/elqkit/autosubmit/",
    "/no-such-page",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("look", LOOKS)
def test_has_no_axe_violation(visits: Visits, path: str, look: str) -> None:
    """A page breaks no accessibility rule that a program can check."""
    with visits.visit(path, bypass_csp=True, **LOOKS[look]) as visit:
        assert violations(visit.page) == []


@pytest.mark.parametrize("path", PAGES)
def test_keeps_its_own_policy(visits: Visits, path: str) -> None:
    """A page breaks no line of its content policy and asks no other site for anything."""
    with visits.visit(path) as visit:
        visit.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("path", PAGES)
def test_never_scrolls_sideways_on_a_phone(visits: Visits, path: str) -> None:
    """At 320 px the page is as wide as the screen."""
    with visits.visit(path, viewport={"width": 320, "height": 640}) as visit:
        assert visit.page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_the_keyboard_reaches_the_content_first(visits: Visits) -> None:
    """The first stop of the Tab key is the link that skips to the content."""
    with visits.visit("/mapy/") as visit:
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.textContent") == "Skip to the content"
        visit.page.keyboard.press("Enter")
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.id") == "images"
