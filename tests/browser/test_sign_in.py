"""Signing in with a real browser, with scripts and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from account_builders import PASSWORD, users_file
from safelight_server import running
from visits import LOOKS, Visits, violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(name="guarded", scope="module")
def _guarded(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visits]:
    path = users_file(tmp_path_factory.mktemp("users"))
    settings = {"SAFELIGHT_SIGN_IN": "always", "SAFELIGHT_USERS_FILE": str(path)}
    with running(**settings) as server:
        yield Visits(browser, f"http://127.0.0.1:{server.port}")


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fill the form in and send it by the keyboard."""
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_person_signs_in_works_and_signs_out(guarded: Visits, has_scripts: bool) -> None:
    """From the page that they wanted, back to it, and out again."""
    with guarded.visit("/toy/", java_script_enabled=has_scripts) as visit:
        page = visit.page
        assert page.title().startswith("Sign in")
        sign_in(page, "ada", "a wrong password")
        assert page.get_by_role("alert").inner_text() == "The name or the password is wrong."
        sign_in(page, "ada")
        assert page.url.endswith("/toy/")
        page.get_by_role("link", name="Account").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Your account"
        page.get_by_role("button", name="Sign out", exact=True).click()
        visit.open("/toy/")
        assert page.title().startswith("Sign in")


def test_a_person_makes_and_revokes_a_token_without_scripts(guarded: Visits) -> None:
    """And signs out everywhere."""
    with guarded.visit("/account", java_script_enabled=False) as visit:
        page = visit.page
        sign_in(page, "ada")
        page.get_by_text("Make a token").first.click()
        page.get_by_label("What is it for?").fill("nightly")
        page.get_by_label("toy", exact=True).check()
        page.locator("#token-password").fill(PASSWORD)
        page.get_by_role("button", name="Make the token").click()
        assert page.locator("#new-token").inner_text().startswith("safelight_")
        page.get_by_role("button", name="Revoke nightly").click()
        assert page.get_by_role("button", name="Revoke nightly").count() == 0
        page.get_by_role("button", name="Sign out everywhere").click()
        assert page.title().startswith("Sign in")


@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_have_no_axe_violation_and_fit(guarded: Visits, look: str) -> None:
    """The form, the account with all parts open, and the page of all people."""
    with guarded.visit("/account/people", bypass_csp=True, **LOOKS[look]) as visit:
        page = visit.page
        assert violations(page) == []
        sign_in(page, "root")
        assert violations(page) == []
        visit.open("/account")
        for summary in page.locator("summary").all():
            summary.click()
        assert violations(page) == []
        width = page.evaluate("document.scrollingElement.scrollWidth")
        assert width <= LOOKS[look]["viewport"]["width"]
