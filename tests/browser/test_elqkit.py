"""ElqKit in a real browser, with and without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from visits import Visits

pytestmark = pytest.mark.browser

GOOD = b"email,name\nana@example.com,Ana\nbo@example.com,Bo\n"
RAGGED = b"email,name\nana@example.com,Ana\nbo@example.com\n"


def table(content: bytes, name: str = "people.csv") -> dict[str, Any]:
    """A file as the browser's file dialog gives it."""
    return {"name": name, "mimeType": "text/csv", "buffer": content}


def choose(page: Page, file: dict[str, Any], *, scripted: bool) -> None:
    """Choose a file; without scripts the button sends it."""
    page.set_input_files("#csv", file)  # type: ignore[arg-type]  # a dict is a payload
    if not scripted:
        page.click("form[data-files] button")
    page.wait_for_selector("dl.facts")


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
class TestBothWays:
    """What holds with JavaScript on and off."""

    def test_shows_how_it_read_a_file(self, visits: Visits, scripted: bool) -> None:
        """Encoding, delimiter, rows and columns stand on top, the first rows below."""
        with visits.visit("/elqkit/", java_script_enabled=scripted) as visit:
            choose(visit.page, table(GOOD), scripted=scripted)
            facts = visit.page.inner_text("dl.facts")
            assert "UTF-8" in facts
            assert "comma" in facts
            assert visit.page.locator("td", has_text="ana@example.com").count() == 1

    def test_names_a_fault_with_its_line_and_column(self, visits: Visits, scripted: bool) -> None:
        """A row that is too short is named by its line."""
        with visits.visit("/elqkit/", java_script_enabled=scripted) as visit:
            choose(visit.page, table(RAGGED), scripted=scripted)
            assert "line 3" in visit.page.inner_text("main")
            assert visit.page.locator(".mark", has_text="Blocked").count() == 1


def test_reads_the_same_file_again_with_other_options(visits: Visits) -> None:
    """With scripts the file stays chosen, so that only the option has to be set."""
    with visits.visit("/elqkit/") as visit:
        choose(visit.page, table(b"a;b\n1;2\n"), scripted=True)
        assert "semicolon" in visit.page.inner_text("dl.facts")
        visit.page.select_option("#option-delimiter", index=1)
        visit.page.click("form[data-again] button")
        visit.page.wait_for_selector("dl.facts:has-text('comma')")
