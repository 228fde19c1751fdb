"""A template is compiled for each language, and looks up no sentence after that."""

from __future__ import annotations

import gettext

from flask import render_template
from jinja2 import DictLoader
import pytest

from safelight.speaking import ENGLISH, Language
from safelight.web.languages import CATALOGUES
from safelight_builders import app

MARKED = Language("xx", "Marked")
TEMPLATES = {
    "page": '{% from "part" import button %}{{ _("Read") }} {{ button(_("Send")) }}',
    "part": '{% macro button(word) %}<b>{{ word }}</b>{{ _("Now") }}{% endmacro %}',
    "percent": '{{ _("5%% of it") }}',
    "marked-up": '{{ _("a <b>bold</b> word") }}',
    "valued": '{{ _("Open %(tool)s", tool=value) }}',
    "block": "{% trans %}Read{% endtrans %}",
}


class Counted(gettext.NullTranslations):
    """A language in capitals that counts what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def gettext(self, message: str) -> str:
        """The message in it."""
        self.asked.append(message)
        return message.upper() if "%(" not in message else message


def rendered(name: str, times: int = 1) -> tuple[dict[str, str], list[str]]:
    """What a template says in each language, and what the second one was asked for."""
    made, counted = app(), Counted()
    made.extensions[CATALOGUES] = {ENGLISH: gettext.NullTranslations(), MARKED: counted}
    made.jinja_env.loader = DictLoader(TEMPLATES)
    said = {}
    for _ in range(times):
        for code in ("en", "xx"):
            with made.test_request_context(f"/?lang={code}"):
                said[code] = render_template(name, value="<i>")
    return said, counted.asked


@pytest.mark.parametrize(
    ("name", "english", "marked"),
    [
        ("page", "Read <b>Send</b>Now", "READ <b>SEND</b>NOW"),
        ("percent", "5% of it", "5% OF IT"),
        ("marked-up", "a <b>bold</b> word", "A <B>BOLD</B> WORD"),
        ("valued", "Open &lt;i&gt;", "Open &lt;i&gt;"),
        ("block", "Read", "READ"),
    ],
)
def test_each_language_has_its_own(name: str, english: str, marked: str) -> None:
    """One after the other, in one application, with what is imported."""
    assert rendered(name, times=2)[0] == {"en": english, "xx": marked}


def test_a_sentence_is_looked_up_once() -> None:
    """However often the page is made."""
    assert rendered("page", times=3)[1] == ["Read", "Send", "Now"]
