"""Every sentence of a page goes through the catalogues, and these are complete."""

from __future__ import annotations

import gettext
from html.parser import HTMLParser
import importlib.util
from pathlib import Path
import re
import sys
from typing import TYPE_CHECKING

import pytest

from mapy.web import tool
from safelight.app import create_app
from safelight.settings import Settings
from safelight.speaking import ENGLISH, LANGUAGES, Language
from safelight.web.languages import CATALOGUES

if TYPE_CHECKING:
    from types import ModuleType

    from flask import Flask

ROOT = Path(__file__).parents[2]
PAGES = {"/": 200, "/egress": 200, "/mapy/": 200, "/mapy/sample/": 200, "/no-such-page": 404}
MARKED = Language("xx", "Marked")
OPEN, SHUT = "⟦", "⟧"
SCRIPTS_SAY = ("data-sending", "data-no-answer", "data-too-many", "data-too-large", "data-shown")
SPOKEN = ("alt", "aria-label", "placeholder", "title", *SCRIPTS_SAY)
"""Attributes that are shown or read out."""
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta"})
NAMES = frozenset({"code", "style", "caption", "svg"})
"""Elements that hold names and values: they are the same in every language."""
NAME_CLASSES = frozenset({"value", "name", "evidence", "where"})
PROPER = frozenset(["Safelight", "MAPy", "English", "Deutsch", "Marked", "UTC", "JPEG", "GeoNames"])
SAMPLE = frozenset(["sample", "photo", "jpg", "Italy", "Lumen", "Darkroom", "Desk", "mm"])
"""Words of the sample photo's own values, and its name."""


class Marks(gettext.NullTranslations):
    """A language that puts each translation in brackets."""

    def gettext(self, message: str) -> str:
        """The message in brackets."""
        return f"{OPEN}{message}{SHUT}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for a count, in brackets."""
        return self.gettext(msgid1 if n == 1 else msgid2)


class Sentences(HTMLParser):
    """What a page says, but for names and values."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    @property
    def _is_quiet(self) -> bool:
        return any(is_name for _, is_name in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what its attributes say."""
        given = {name: value or "" for name, value in attrs}
        is_name = tag in NAMES or bool(NAME_CLASSES & set(given.get("class", "").split()))
        is_name = is_name or given.get("scope") == "row" or "data-name" in given
        is_name = is_name or (tag == "option" and "value" not in given)
        if not self._is_quiet:
            self.found += [given[name] for name in SPOKEN if name in given]
        if tag not in VOID:
            self._open.append((tag, is_name))

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note what is said."""
        if not self._is_quiet:
            self.found.append(data)


def unmarked(page: str) -> list[str]:
    """The words of a page that went through no catalogue, but for names and values."""
    sentences = Sentences()
    sentences.feed(page)
    left = []
    for sentence in sentences.found:
        rest, count = sentence, 1
        while count:
            rest, count = re.subn(f"{OPEN}[^{OPEN}{SHUT}]*{SHUT}", "", rest)
        left += words_of(rest)
    return left


def words_of(sentence: str) -> list[str]:
    """Its words in Latin letters, without names."""
    return [w for w in re.findall(r"[A-Za-z]{2,}", sentence) if w not in PROPER | SAMPLE]


def application() -> Flask:
    """The workbench with MAPy, and one more language that marks what it translates."""
    made = create_app(Settings({}), (tool,))
    made.extensions[CATALOGUES][MARKED] = Marks()
    return made


@pytest.mark.parametrize("path", PAGES)
def test_every_sentence_of_a_page_goes_through_a_catalogue(path: str) -> None:
    """Nothing that a person reads is written past it."""
    reply = application().test_client().get(path, headers={"Accept-Language": "xx"})
    assert (reply.status_code, unmarked(reply.text)) == (PAGES[path], [])


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", LANGUAGES[1:], ids=lambda each: each.code)
def test_a_page_is_told_in_each_language(path: str, language: Language) -> None:
    """With its head, and none of the sentences that English has for it."""
    client = application().test_client()
    english = client.get(path, headers={"Accept-Language": ENGLISH.code}).text
    reply = client.get(path, headers={"Accept-Language": language.code})
    assert f'<html lang="{language.code}" dir="{language.direction}">' in reply.text
    assert said_in(reply.text) & said_in(english) == set()


def said_in(page: str) -> set[str]:
    """The sentences of a page that have at least three words beside names."""
    sentences = Sentences()
    sentences.feed(page)
    said = {each.strip() for each in sentences.found}
    return {each for each in said if len(words_of(each)) >= 3}


def collector() -> ModuleType:
    """The program that keeps the catalogues."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "tools/translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["translations"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("package", ["safelight", "mapy", "elqkit"])
@pytest.mark.parametrize("language", LANGUAGES[1:], ids=lambda each: each.code)
def test_a_catalogue_has_every_sentence(package: str, language: Language) -> None:
    """It is as tools/translations.py makes it from the sources, and nothing in it is missing."""
    made = collector()
    path = made.po_of(package, language.code)
    catalogue = made.updated(package, language.code)
    assert made.faults_of(catalogue) == []
    assert path.read_bytes() == made.text_of(catalogue)
    assert path.with_suffix(".mo").read_bytes() == made.compiled(catalogue)


def test_the_catalogues_are_those_of_the_languages_offered() -> None:
    """A language is offered when its catalogues are complete, and kept while it is offered."""
    made = collector()
    assert [each.code for each in LANGUAGES] == [ENGLISH.code, *made.LANGUAGES]


@pytest.mark.parametrize("package", collector().PACKAGES)
def test_no_sentence_is_put_together_of_pieces(package: str) -> None:
    """It is a template and values, so that a catalogue can have it; but on the command line."""
    folder = ROOT / "src" / package
    assert [
        (path.relative_to(folder).as_posix(), *found)
        for path in sorted(folder.rglob("*.py"))
        if "cli" not in path.relative_to(folder).parts
        for found in collector().composed_in(path.read_text("utf-8"))
    ] == []


@pytest.mark.parametrize(
    "said",
    ['f"{count} files"', '"{} files".format(count)', '"%s files" % count', 'name + " is large"'],
)
def test_pieces_are_found(said: str) -> None:
    """However they are joined."""
    source = f'raise Refusal("x", {said})'
    assert [line for line, _ in collector().composed_in(source)] == [1]


@pytest.mark.parametrize("package", ["safelight", "mapy", "elqkit"])
def test_arabic_has_its_six_forms_in_the_order_of_the_cldr(package: str) -> None:
    """None, one, two, few, many, others: 11 rows are of another form than 100 rows."""
    path = collector().po_of(package, "ar").with_suffix(".mo")
    with path.open("rb") as compiled:
        plural = gettext.GNUTranslations(compiled).plural  # type: ignore[attr-defined]  # of the file
    counts = (0, 1, 2, 3, 10, 11, 54, 99, 100, 102, 103, 111)
    assert [plural(count) for count in counts] == [0, 1, 2, 3, 3, 4, 4, 4, 5, 5, 3, 4]
