"""AutoSubmit's steps in every language, on the smallest phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from elqkit_walk import UGLY
from safelight.speaking import LANGUAGES
from visits import violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from visits import Visits

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}
FILE = {"name": "people.csv", "mimeType": "text/csv", "buffer": UGLY}


def faults(page: Page) -> list[str]:
    """The rules of accessibility that a page breaks, and whether it is wider than the screen."""
    found = violations(page)
    if page.evaluate("document.scrollingElement.scrollWidth") > PHONE["width"]:
        found.append("wide")
    return found


@pytest.mark.parametrize("code", [each.code for each in LANGUAGES[1:]])
def test_each_step_fits_a_phone_and_breaks_no_rule(visits: Visits, code: str) -> None:
    """From the file to the button that sends."""
    found = {}
    home = "/elqkit/autosubmit/"
    with visits.visit(home, viewport=PHONE, bypass_csp=True, locale=code) as visit:
        page = visit.page
        found["start"] = faults(page)
        page.set_input_files("#csv", FILE)  # type: ignore[arg-type]  # a dict is a payload
        page.click("form[data-drop] button")
        page.wait_for_url("**/file/")
        found["file"] = faults(page)
        page.click("p.onward a.button")
        page.wait_for_url("**/connect/")
        found["connect"] = faults(page)
        page.click("section[aria-labelledby=to-mock] button")
        page.wait_for_url("**/form/")
        found["forms"] = faults(page)
        page.click("table.forms button")
        for step in ("columns", "checks", "rehearsal", "send"):
            page.wait_for_url(f"**/{step}/")
            found[step] = faults(page)
            if step != "send":
                page.click("p.onward > :is(button, a):first-child")
    assert {step: broken for step, broken in found.items() if broken} == {}
