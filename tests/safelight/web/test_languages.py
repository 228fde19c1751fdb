"""Pages speak the language that was chosen, or that the browser asks for, or English."""

from __future__ import annotations

import gettext
from typing import TYPE_CHECKING

from flask import render_template_string
import pytest

from safelight.speaking import ENGLISH, Language
from safelight.web import languages
from safelight.web.languages import CATALOGUES
from safelight_builders import app

if TYPE_CHECKING:
    from flask import Flask

MARKED = Language("xx", "Marked", "rtl")


class Marks(gettext.NullTranslations):
    """A language that puts sentences in brackets."""

    def gettext(self, message: str) -> str:
        """The message in it."""
        return f"[{message}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for a count, in it."""
        return f"[{msgid1 if n == 1 else msgid2}]"


def bilingual() -> Flask:
    """The workbench with one more language."""
    made = app()
    made.extensions[CATALOGUES] = {ENGLISH: gettext.NullTranslations(), MARKED: Marks()}
    return made


def rendered(template: str, address: str = "/", **values: object) -> str:
    """What a template says."""
    with bilingual().test_request_context(address):
        return render_template_string(template, **values)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ('{{ _("Read") }}', "Read"),
        ('{{ _("Open %(tool)s", tool=value) }}', "Open &lt;b&gt; 5%"),
        ('{{ ngettext("%(num)s tag", "%(num)s tags", 1) }}', "1 tag"),
        ('{{ ngettext("%(num)s tag", "%(num)s tags", 2) }}', "2 tags"),
        ("{% trans %}Read{% endtrans %}", "Read"),
        ("{{ value | translated }}", "&lt;b&gt; 5%"),
    ],
)
def test_templates_say_what_they_say(template: str, text: str) -> None:
    """In English as it is written; values are escaped whatever they are."""
    assert rendered(template, value="<b> 5%") == text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ('{{ _("Read") }}', "[Read]"),
        ('{{ ngettext("%(num)s tag", "%(num)s tags", 2) }}', "[2 tags]"),
        ("{{ value | translated }}", "[&lt;b&gt;]"),
        ('{{ "" | translated }}', ""),
    ],
)
def test_every_sentence_is_translated(template: str, text: str) -> None:
    """By the catalogue of the language; nothing stays nothing."""
    assert rendered(template, "/?lang=xx", value="<b>") == text


def test_speaks_english_outside_of_a_request() -> None:
    """A command line and a job have no page."""
    assert (languages.translate("Read"), languages.current()) == ("Read", ENGLISH)


@pytest.mark.parametrize(
    ("address", "asked", "code"),
    [
        ("/", "", "en"),
        ("/", "xx", "xx"),
        ("/", "fr, xx;q=0.5", "xx"),
        ("/", "en, xx;q=0.5", "en"),
        ("/", "fr", "en"),
        ("/?lang=xx", "en", "xx"),
        ("/?lang=en", "xx", "en"),
        ("/?lang=../../etc", "", "en"),
    ],
)
def test_the_page_is_in_the_language_asked_for(address: str, asked: str, code: str) -> None:
    """By the address, else by the browser, else in English; its head and the reply say so."""
    reply = bilingual().test_client().get(address, headers={"Accept-Language": asked})
    direction = "rtl" if code == "xx" else "ltr"
    assert f'<html lang="{code}" dir="{direction}">' in reply.text
    assert reply.headers["Content-Language"] == code


def test_a_choice_is_kept() -> None:
    """In a cookie that holds the language and nothing else, out of reach of scripts."""
    client = bilingual().test_client()
    client.get("/?lang=xx")
    assert '<html lang="xx"' in client.get("/", headers={"Accept-Language": "en"}).text
    kept = client.get_cookie(languages.COOKIE)
    assert kept is not None
    assert (kept.value, kept.http_only, kept.same_site) == ("xx", True, "Lax")


def test_over_tls_the_choice_is_bound_to_this_host() -> None:
    """No other host of the domain can set it, and it is never sent in the clear."""
    client = bilingual().test_client()
    reply = client.get("/?lang=xx", base_url="https://localhost")
    (cookie,) = reply.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-safelight-language=xx; ")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    page = client.get("/", base_url="https://localhost", headers={"Accept-Language": "en"})
    assert '<html lang="xx"' in page.text


@pytest.mark.parametrize("address", ["/", "/?lang=yy", "/healthz?lang=xx"])
def test_nothing_is_kept_that_was_not_chosen(address: str) -> None:
    """No choice, an unknown one or one for a program sets no cookie."""
    client = bilingual().test_client()
    client.get(address, headers={"Accept-Language": "xx"})
    assert client.get_cookie(languages.COOKIE) is None


def test_caches_keep_languages_apart() -> None:
    """A page depends on the browser's language and on the cookie."""
    vary = app().test_client().get("/").headers["Vary"].split(", ")
    assert {"Accept-Language", "Cookie"} <= set(vary)


def test_the_footer_leads_to_the_same_page_in_another_language() -> None:
    """A link works without scripts; where the page can't be had again it leads to the start."""
    client = bilingual().test_client()
    assert 'href="?lang=xx" lang="xx" dir="rtl"' in client.get("/egress").text
    assert 'href="/?lang=xx"' in client.get("/no-such-page").text


def test_an_error_is_told_in_the_language() -> None:
    """The page of a failure is translated; the document for programs stays as it is."""
    client = bilingual().test_client()
    assert "[The address leads nowhere.]" in client.get("/no-such-page?lang=xx").text
    told = client.get("/api/v1/none", headers={"Accept-Language": "xx"}).get_json()
    assert told["detail"] == "The address leads nowhere."
