"""AutoSubmit in a real browser: the whole way on the built-in mock, with and without JavaScript."""

from __future__ import annotations

from io import BytesIO
import re
from typing import TYPE_CHECKING, Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from elqkit.workbooks.writing import MEDIA_TYPE
from visits import LOOKS, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from visits import Visit, Visits

pytestmark = pytest.mark.browser

HOME = "/elqkit/autosubmit/"
PEOPLE = "E-mail,First name\n" + "".join(
    f"p{number}@example.com,Person {number}\n" for number in range(40)
)
RUN_MS = 40_000


def file(content: str = PEOPLE) -> dict[str, Any]:
    """A file as the browser's file dialog gives it."""
    return {"name": "people.csv", "mimeType": "text/csv", "buffer": content.encode()}


def press(page: Page, name: str) -> None:
    """Press a button or follow a link that looks like one."""
    role = "button" if page.get_by_role("button", name=name).count() else "link"
    page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]  # one of the two


def choose(page: Page) -> None:
    """Give the file."""
    page.set_input_files("#csv", file())  # type: ignore[arg-type]  # a dict is a payload
    press(page, "Look at the file")
    page.wait_for_url("**/file/")


def to_the_mock(page: Page, weather: str) -> None:
    """From the file to the page that sends."""
    press(page, "Go on to the form and its columns")
    page.select_option("#weather", weather)
    press(page, "Rehearse")
    page.get_by_role("row", name="Newsletter").get_by_role("button").click()
    press(page, "Check every row")
    page.wait_for_url("**/checks/")
    press(page, "Rehearse")
    press(page, "This is what I mean")
    page.wait_for_url("**/send/")


def send(page: Page, way: str, rate: str) -> None:
    """Type the count and send."""
    page.check(f"#way-{way}")
    page.fill("#rate", rate)
    page.fill("#count", "40")
    press(page, "Send to the mock")
    page.wait_for_url("**/runs/*/")


def tallies(page: Page) -> dict[str, int]:
    """The large numbers of a page."""
    found = page.locator(".tally").all_inner_texts()
    pairs = (sorted(text.split("\n")) for text in found)
    return {words: int(number.replace(",", "")) for number, words in pairs}


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
class TestBothWays:
    """What holds with JavaScript on and off."""

    def test_the_whole_way_on_a_bad_day(self, visits: Visits, scripted: bool) -> None:
        """Throttled and cut off at times: each row arrives once, and the counts balance."""
        with visits.visit(HOME, java_script_enabled=scripted) as visit:
            page = visit.page
            choose(page)
            to_the_mock(page, "rough")
            send(page, "batch", "100")
            page.wait_for_selector("text=Every row was accepted", timeout=RUN_MS)
            assert "40 read = 40 accepted" in page.inner_text(".balance")

    def test_a_run_is_paused_gone_on_with_and_stopped(self, visits: Visits, scripted: bool) -> None:
        """By its buttons; what is left is not called complete."""
        with visits.visit(HOME, java_script_enabled=scripted) as visit:
            page = visit.page
            choose(page)
            to_the_mock(page, "calm")
            send(page, "single", "4")
            press(page, "Pause")
            page.wait_for_selector("h1:has-text('Paused')", timeout=RUN_MS)
            press(page, "Go on")
            page.wait_for_selector("h1:has-text('Sending')", timeout=RUN_MS)
            press(page, "Stop")
            page.wait_for_selector("h1:has-text('Stopped by you')", timeout=RUN_MS)
            assert page.locator(".mark", has_text="Not complete").count() == 1
            assert tallies(page)["not sent"] > 0

    def test_a_page_of_a_run_may_be_closed(self, visits: Visits, scripted: bool) -> None:
        """The run goes on, and is found again."""
        with visits.visit(HOME, java_script_enabled=scripted) as visit:
            page = visit.page
            choose(page)
            to_the_mock(page, "calm")
            send(page, "single", "25")
            visit.open("/")
            visit.open(f"{HOME}runs/")
            page.get_by_role("link", name=re.compile("Look at it")).click()
            page.wait_for_selector("text=Every row was accepted", timeout=RUN_MS)

    def test_one_can_go_back_and_lose_nothing(self, visits: Visits, scripted: bool) -> None:
        """A column that was taken out stays out, a fix stays applied."""
        with visits.visit(HOME, java_script_enabled=scripted) as visit:
            page = visit.page
            choose(page)
            to_the_mock(page, "calm")
            page.get_by_role("navigation", name="Steps").get_by_role("link", name="Columns").click()
            page.select_option("select[name=column-2]", "")
            press(page, "Check every row")
            page.wait_for_url(re.compile("/checks/$"))  # a page on its way can't be gone back from
            page.go_back()
            page.reload()
            assert page.input_value("select[name=column-2]") == ""


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
def test_a_large_workbook_is_waited_for_and_its_sheet_chosen(
    visits: Visits, scripted: bool
) -> None:
    """The page that waits goes on by itself, for AutoSubmit and for the check alone."""
    book = workbook(rows=12_000)
    with visits.visit(HOME, java_script_enabled=scripted) as visit:
        page = visit.page
        page.set_input_files("#csv", book)  # type: ignore[arg-type]  # a dict is a payload
        press(page, "Look at the file")
        page.wait_for_url("**/file/", timeout=RUN_MS)
        assert page.input_value("#sheet") == "People"
        page.select_option("#sheet", "Others")
        press(page, "Read this sheet")
        page.wait_for_selector("text=cem@example.com", timeout=RUN_MS)
        visit.open("/elqkit/")
        page.set_input_files("#csv", book)  # type: ignore[arg-type]  # as above
        if not scripted:
            press(page, "Check the file")
        page.wait_for_selector("text=Choose another sheet", timeout=RUN_MS)
        assert page.locator("dd", has_text="Others").count() == 1


def workbook(rows: int) -> dict[str, Any]:
    """Two sheets; for one of 12,000 rows no request waits."""
    book = openpyxl.Workbook(write_only=True)
    people, others = book.create_sheet("People"), book.create_sheet("Others")
    for row in ("E-mail,First name", *(f"p{number}@example.com,P" for number in range(rows))):
        people.append(row.split(","))
    for row in ("E-mail", "cem@example.com"):
        others.append([row])
    target = BytesIO()
    book.save(target)
    return {"name": "people.xlsx", "mimeType": MEDIA_TYPE, "buffer": target.getvalue()}


def test_a_file_may_be_dropped(visits: Visits) -> None:
    """Anywhere on the page."""
    with visits.visit(HOME) as visit:
        visit.page.evaluate(
            """content => {
                const dropped = new DataTransfer();
                dropped.items.add(new File([content], "people.csv", {type: "text/csv"}));
                dispatchEvent(new DragEvent("drop", {dataTransfer: dropped, cancelable: true}));
            }""",
            PEOPLE,
        )
        visit.page.wait_for_url("**/file/")
        assert visit.page.inner_text("h1") == "Is this your file, read right?"


def test_progress_is_shown_in_place(visits: Visits) -> None:
    """The numbers move, and the page is not loaded again until the run is over."""
    with visits.visit(HOME) as visit:
        page = visit.page
        choose(page)
        to_the_mock(page, "calm")
        send(page, "single", "12")
        page.evaluate("window.isTheSamePage = true")
        first = page.inner_text("[data-count=settled]")
        page.wait_for_function(
            "before => document.querySelector('[data-count=settled]').textContent !== before",
            arg=first,
        )
        assert page.evaluate("window.isTheSamePage") is True
        page.wait_for_selector(".balance", timeout=RUN_MS)


def check(visit: Visit, step: str) -> None:
    """Look at a step in every look: no rule broken, and never wider than a phone."""
    page = visit.page
    for name, look in LOOKS.items():
        page.emulate_media(
            color_scheme=look.get("color_scheme", "light"),
            forced_colors=look.get("forced_colors", "none"),
        )
        page.set_viewport_size(look["viewport"])
        width = page.evaluate("document.scrollingElement.scrollWidth")
        assert (step, name, violations(page)) == (step, name, [])
        assert (step, name, width <= look["viewport"]["width"]) == (step, name, True)
    page.emulate_media(color_scheme="light", forced_colors="none")


def test_every_step_can_be_used_by_everybody(visits: Visits) -> None:
    """Light, dark, forced colours and a phone: no violation that a program can find."""
    with visits.visit(HOME, bypass_csp=True) as visit:
        page = visit.page
        check(visit, "start")
        press(page, "Try a sample CSV on the built-in mock")
        page.wait_for_url("**/file/")
        base = page.url.removesuffix("file/")
        check(visit, "file")
        page.goto(f"{base}fix/1/?way=no-break")
        check(visit, "fix")
        page.goto(f"{base}connect/")
        check(visit, "connect")
        press(page, "Rehearse")
        page.wait_for_url("**/form/")
        check(visit, "form")
        page.get_by_role("row", name="Newsletter").get_by_role("button").click()
        page.wait_for_url("**/columns/")
        check(visit, "columns")
        press(page, "Check every row")
        page.wait_for_url("**/checks/")
        check(visit, "checks")
        page.goto(f"{base}line/8/1/?back=checks")
        check(visit, "edit")
        page.goto(f"{base}rehearsal/")
        check(visit, "rehearsal")
        press(page, "This is what I mean")
        page.wait_for_url("**/send/")
        check(visit, "send")
        page.fill("#count", "67")
        page.fill("#rate", "10")
        press(page, "Send to the mock")
        page.wait_for_url("**/runs/*/")
        press(page, "Pause")
        page.wait_for_selector("h1:has-text('Paused')", timeout=RUN_MS)
        check(visit, "run")
        press(page, "Stop")
        page.wait_for_selector(".balance", timeout=RUN_MS)
        check(visit, "result")
        page.goto(f"{base}send/")
        check(visit, "send again")
        visit.open(f"{HOME}runs/")
        check(visit, "runs")


@pytest.mark.parametrize("look", LOOKS)
def test_a_workbook_is_shown_within_reach_of_everybody(visits: Visits, look: str) -> None:
    """Its page has no axe violation and never scrolls sideways."""
    given: Any = workbook(rows=40)
    with visits.visit(HOME, bypass_csp=True, **LOOKS[look]) as visit:
        page = visit.page
        page.set_input_files("#csv", given)
        press(page, "Look at the file")
        page.wait_for_url("**/file/")
        assert page.get_by_label("Sheet", exact=True).is_visible()
        assert violations(page) == []
        width = page.viewport_size and page.viewport_size["width"]
        assert page.evaluate("document.scrollingElement.scrollWidth") == width
