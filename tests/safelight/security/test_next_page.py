"""After signing in nobody is led to another site."""

from __future__ import annotations

import pytest

from safelight.security.next_page import next_page, own_page
from safelight_builders import app


@pytest.mark.parametrize("address", ["/", "/toy/", "/toy/?a=b&c=d%20e", "/egress", "/account"])
def test_a_page_of_ours_is_taken(address: str) -> None:
    """As it was asked for."""
    with app().test_request_context("/"):
        assert next_page(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "toy/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/toy/\\..",
        "https://evil.example/toy/",
        "https:evil.example",
        "javascript:alert(1)",
        " /toy/",
        "/toy/\n",
        "/toy/\r\nSet-Cookie: a=b",
        "/\t/evil.example",
        "/toy/\x00",
        "/toy/#x",
        "/tóy/",
        "/nowhere",
        "/toy",
        "/sign-out",
        "/toy/?" + "a" * 2000,
        "/@evil.example",
        "/.evil.example",
        "/%2f%2fevil.example",
        "/%5cevil.example",
    ],
)
def test_all_else_is_not(address: str) -> None:
    """Other sites in every disguise, and pages that are not there."""
    with app().test_request_context("/"):
        assert next_page(address) == ""


def test_below_a_folder_only_what_is_below_it() -> None:
    """A proxy may serve other things beside this one."""
    with app().test_request_context("/toy/", environ_overrides={"SCRIPT_NAME": "/safelight"}):
        assert next_page("/safelight/toy/") == "/safelight/toy/"
        assert next_page("/toy/") == ""
        assert next_page("/safelightx/toy/") == ""
        assert own_page() == "/safelight/toy/"


def test_one_comes_back_to_what_was_asked_for() -> None:
    """With its query, if that can be written plainly; of a form that was sent, to its page."""
    application = app()
    for asked, expected in (("/toy/?a=b", "/toy/?a=b"), ("/toy/?a=\\", "/toy/"), ("/none", "")):
        with application.test_request_context(asked):
            assert own_page() == expected
