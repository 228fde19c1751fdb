"""ElqKit's pages in every language: nothing is said past the catalogues, nothing in English."""

from __future__ import annotations

import gettext
from pathlib import Path
import re
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po
import pytest

from elqkit_visitor import Visitor, workbench
from elqkit_walk import said_in, walk
from safelight.speaking import LANGUAGES, Language
from safelight.web.languages import CATALOGUES

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKED = Language("xx", "Marked")
OPEN, SHUT = "⟦", "⟧"
LOCALE = Path(__file__).parents[3] / "src/elqkit/locale"
OTHERS = [each.code for each in LANGUAGES[1:]]
PROPER = frozenset(["Safelight", "ElqKit", "AutoSubmit", "English", "Deutsch", "Marked", "UTC"])
MIN_WORDS = 3
"""Of a sentence: fewer may be a name, or the same in two languages."""


class Marks(gettext.NullTranslations):
    """A language that puts each translation in brackets."""

    def gettext(self, message: str) -> str:
        """The message in brackets."""
        return f"{OPEN}{message}{SHUT}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for a count, in brackets."""
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture(scope="module")
def pages() -> dict[tuple[str, str], str]:
    """Every page, by its state and the code of the language."""
    app = workbench(ELQKIT_MAX_CSV_BYTES="100000")
    app.extensions[CATALOGUES][MARKED] = Marks()
    return walk(app, [MARKED.code, *OTHERS])


def test_every_word_goes_through_a_catalogue(pages: dict[tuple[str, str], str]) -> None:
    """But for names and values, which stand apart."""
    left = {
        name: found
        for (name, code), page in pages.items()
        if code == MARKED.code and (found := _unmarked(said_in(page)))
    }
    assert left == {}


def _unmarked(said: str) -> list[str]:
    count = 1
    while count:
        said, count = re.subn(f"{OPEN}[^{OPEN}{SHUT}]*{SHUT}", "", said)
    return [word for word in re.findall(r"[A-Za-z]{2,}", said) if word not in PROPER]


@pytest.mark.parametrize("code", OTHERS)
def test_no_sentence_is_english(pages: dict[tuple[str, str], str], code: str) -> None:
    """No page says a sentence of the catalogue as it is in English."""
    sentences = sorted(_english(code))
    said = {name: said_in(page) for (name, in_code), page in pages.items() if in_code == code}
    found = {(name, each) for name in said for each in sentences if each in said[name]}
    assert found == set()


def test_rows_are_taken_away_with_their_reasons_in_the_language() -> None:
    """The cause of each row, before a run and after it; the columns keep their names."""
    visitor = Visitor()
    visitor.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    visitor.give("E-mail,First name\nana@example.com,Ana\nno,Bo\n")
    visitor.to_mock()
    visitor.rehearse()
    mended = visitor.get("checks/rows/exact/").data.decode()
    assert '"no","Bo","3","Ein Wert ist keine E-Mail-Adresse."' in mended
    visitor.send(1)
    visitor.wait()
    rows = visitor.client.get(f"{visitor.run}rows/all/exact/").data.decode("utf-8-sig")
    assert rows.splitlines() == [
        '"E-mail","First name","ElqKit line","ElqKit reason"',
        '"ana@example.com","Ana","2","angenommen"',
        '"no","Bo","3","ausgelassen: Ein Wert ist keine E-Mail-Adresse. (E-mail) [value.email]"',
    ]


def _english(code: str) -> Iterator[str]:
    """The longest piece without values of each sentence that the language has other words for."""
    with (LOCALE / code / "LC_MESSAGES/elqkit.po").open("rb") as stored:
        for message in read_po(stored, locale=code):
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            for each in ids:
                pieces = re.split(r"\{\w+\}|%\(\w+\)s", each)
                piece = max(pieces, key=len).strip()
                if len(piece.split()) >= MIN_WORDS and piece not in str(message.string):
                    yield piece
