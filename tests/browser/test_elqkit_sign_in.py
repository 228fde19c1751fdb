"""Signing in at Eloqua's own page in a real browser: there, back, and what may go wrong."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from elqkit.mock import APP, Mock, serving
from safelight_server import INSTALLED, free_port, running
from visits import Visits, violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from visits import Visit

pytestmark = pytest.mark.browser

HOME = "/elqkit/autosubmit/"
BACK = f"{HOME}sign-in/back/"
RUN_MS = 40_000


def people(number: int) -> dict[str, Any]:
    """A file that nobody has sent: one that arrived is known to all who sign in there."""
    rows = f"E-mail,First name\nana{number}@example.com,Ana\nbo{number}@example.com,Bo\n"
    return {"name": "people.csv", "mimeType": "text/csv", "buffer": rows.encode()}


class Workplace:
    """A workbench whose Eloqua is a mock with faults of the test's choice."""

    def __init__(self, visits: Visits, mock: Mock, address: str) -> None:
        self.visits, self.mock, self.address = visits, mock, address
        self._numbers = count()

    @contextmanager
    def visit(self, **context: Any) -> Iterator[Visit]:
        """A person with a file, before the ways to Eloqua. Nobody but Eloqua is asked anything."""
        with self.visits.visit(HOME, **context) as visit:
            payload: Any = people(next(self._numbers))
            visit.page.set_input_files("#csv", payload)
            visit.page.get_by_role("button", name="Look at the file").click()
            visit.page.get_by_role("link", name="Go on to the form and its columns").click()
            yield visit
            elsewhere = [each for each in visit.offences if not each.startswith(self.address)]
            paths = {urlsplit(each).path for each in visit.offences if each not in elsewhere}
            assert (elsewhere, paths - {"/auth/oauth2/authorize", "/mock.css"}) == ([], set())
            visit.offences.clear()

    @property
    def tokens(self) -> list[str]:
        """All that signs anybody in."""
        sign_in = self.mock._sign_in  # noqa: SLF001 - the mock's own state
        return [*sign_in._access, *sign_in._refresh]  # noqa: SLF001 - the same


@pytest.fixture(scope="module")
def port() -> int:
    """Where the workbench answers: Eloqua is told before it does."""
    return free_port()


@pytest.fixture(scope="module")
def mock(port: int) -> Mock:
    """An Eloqua whose app is the workbench."""
    return Mock(redirect_uri=f"http://127.0.0.1:{port}{BACK}")


@pytest.fixture(scope="module")
def workplace(browser: Browser, port: int, mock: Mock) -> Iterator[Workplace]:
    """Both of them."""
    client_id, secret, _ = APP
    with serving(mock) as address:
        settings = {
            "SAFELIGHT_RATE_LIMITS": "off",
            "ELQKIT_LOGIN": address,
            "ELQKIT_HOSTS": address,
            "ELQKIT_FORM_URL": f"{address}/e/f2",
            "ELQKIT_CLIENT_ID": client_id,
            "ELQKIT_CLIENT_SECRET": secret,
            "ELQKIT_REDIRECT_URI": f"http://127.0.0.1:{port}{BACK}",
        }
        with running("-p", str(port), command=INSTALLED, **settings):
            yield Workplace(Visits(browser, f"http://127.0.0.1:{port}"), mock, address)


def leave(page: Page) -> None:
    """Follow the link to Eloqua."""
    page.get_by_role("link", name="Sign in at Eloqua").click()
    page.wait_for_url("**/auth/oauth2/authorize?**")


def agree(page: Page) -> None:
    """Go there, agree, and be back."""
    leave(page)
    page.get_by_role("button", name="Agree").click()
    page.wait_for_url("**/form/")


def to_the_send_page(page: Page) -> None:
    """From the list of forms to the page that sends."""
    page.get_by_role("row", name="Newsletter").get_by_role("button").click()
    page.get_by_role("button", name="Check every row").click()
    page.wait_for_url("**/checks/")
    page.get_by_role("link", name="Rehearse").click()
    page.get_by_role("button", name="This is what I mean").click()
    page.wait_for_url("**/send/")


def send(page: Page) -> None:
    """Type the count and send."""
    page.fill("#count", "2")
    page.get_by_role("button", name="Send to Eloqua").click()


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
def test_a_person_signs_in_there_and_sends(workplace: Workplace, scripted: bool) -> None:
    """No token is in an address or a page on the way, and access tokens end at every step."""
    before = len(workplace.mock.site.rows)
    with workplace.visit(java_script_enabled=scripted) as visit:
        page, seen = visit.page, []
        page.on("framenavigated", lambda frame: seen.append(frame.url))
        agree(page)
        assert "Signed in as demo at Mock" in page.inner_text("main")
        workplace.mock._sign_in.expire()  # noqa: SLF001 - the mock's own state
        seen.append(page.content())
        to_the_send_page(page)
        workplace.mock._sign_in.expire()  # noqa: SLF001 - the same
        send(page)
        page.wait_for_selector("text=Every row was accepted", timeout=RUN_MS)
        seen.append(page.content())
        assert len(workplace.mock.site.rows) == before + 2
        assert workplace.tokens
        assert not [each for each in workplace.tokens if each in "".join(seen)]


def test_who_refuses_is_back_at_the_ways(workplace: Workplace) -> None:
    """Without scripts, too: with a sentence, and the file still there."""
    with workplace.visit(java_script_enabled=False) as visit:
        leave(visit.page)
        visit.page.get_by_role("button", name="Refuse").click()
        visit.page.wait_for_url("**/connect/?**")
        assert "you did not agree" in visit.page.get_by_role("alert").inner_text()
        agree(visit.page)


def test_the_answer_to_another_sign_in_is_not_believed(workplace: Workplace) -> None:
    """A stranger's link to our own address, with a code of theirs."""
    with workplace.visit(java_script_enabled=False) as visit:
        leave(visit.page)
        visit.open(f"{BACK}?code=abc&state=another")
        assert "not the answer" in visit.page.get_by_role("alert").inner_text()
        visit.open(f"{BACK}?code=abc&state=another")
        assert "not begun in this browser" in visit.page.inner_text("main")


def test_a_sign_in_that_was_revoked_is_named_and_begins_again(workplace: Workplace) -> None:
    """And nothing of the file is lost."""
    with workplace.visit() as visit:
        page = visit.page
        agree(page)
        to_the_send_page(page)
        workplace.mock._sign_in.revoke()  # noqa: SLF001 - the mock's own state
        send(page)
        page.get_by_role("alert").wait_for()
        assert "The sign-in at Eloqua has ended." in page.get_by_role("alert").inner_text()
        page.goto(page.url.replace("/send/", "/connect/"))
        agree(page)
        to_the_send_page(page)


def test_the_ways_can_be_used_by_everybody(workplace: Workplace) -> None:
    """No violation that a program can find."""
    with workplace.visit(bypass_csp=True) as visit:
        assert violations(visit.page) == []
