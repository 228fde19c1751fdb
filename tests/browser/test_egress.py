"""The list of outbound connections in a real browser, with something in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from visits import LOOKS, violations

if TYPE_CHECKING:
    from visits import Visits

pytestmark = pytest.mark.browser


def call_somebody(visits: Visits) -> None:
    """Have the server open a connection: ElqKit asks the built-in mock for its forms."""
    with visits.visit("/elqkit/autosubmit/") as visit:
        page = visit.page
        page.get_by_role("button", name="Try a sample CSV on the built-in mock").click()
        page.get_by_role("link", name="Go on to the form and its columns").click()
        page.get_by_role("button", name="Rehearse").click()
        page.wait_for_url("**/form/")


def test_everybody_can_read_who_was_called(visits: Visits) -> None:
    """In every look: no axe violation, and the table never makes the page wider than the screen."""
    call_somebody(visits)
    for look in LOOKS.values():
        with visits.visit("/egress", bypass_csp=True, **look) as visit:
            assert visit.page.get_by_role("table", name="Who was called").is_visible()
            width = visit.page.evaluate("document.scrollingElement.scrollWidth")
            assert (violations(visit.page), width <= look["viewport"]["width"]) == ([], True)
