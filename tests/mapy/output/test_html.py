"""The printable pages: whole, alone, and deaf to what files say."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
import re
from typing import TYPE_CHECKING

import pytest

import mapy
from mapy.batch import Facts, Unread, facts_of
from mapy.batch.facts import Found
from mapy.batch.marks import Mark, MarkKind
from mapy.explain.finding import Subject, Weight
from mapy.model import Position
from mapy.output import overview, report
from mapy.output.labels import ENGLISH, SUBJECTS, WEIGHTS, Language
from mapy.output.report import Picture
from mapy.text import English, Text
from mapy_builders import ascii_entry, camera, exif, ifd, jpeg, tiff
from mapy_fact_builders import HOSTILE, finding, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

PHOTO = mapy.read(jpeg(exif(tiff(camera()))))
BROKEN = Unread("file.broken", "It is broken.", "Copy it again.")
SERIAL = Mark(MarkKind.BODY, "12345", "lamp")
FOUND = Found("place.position", Subject.PLACE, Weight.HIGH)
FILES = [
    Facts("in/a.jpg", position=Position(-33.86, 151.21), marks=(SERIAL,), findings=(FOUND,)),
    Facts("in/side/b.jpg", marks=(SERIAL,)),
    Facts("in/c.jpg", error=BROKEN),
]


def hostile_report() -> str:
    """A picture whose name, tags, finding and reason of failure are hostile."""
    picture = mapy.read(tiff(ifd(ascii_entry(0x010F, "<script>alert(1)</script>"))))
    found = finding("place.position", Weight.HIGH, tag(f"GPS:{HOSTILE}"), what="{x}")
    found = found._replace(what=found.what.with_values({"x": HOSTILE}))
    unread = Picture(HOSTILE, Unread(HOSTILE, HOSTILE, HOSTILE))
    return "".join(report.pieces([Picture(HOSTILE, picture, [found]), unread]))


def hostile_overview() -> str:
    """Files of which every text is hostile."""
    mark = Mark(MarkKind.PERSON, HOSTILE)
    file = Facts(HOSTILE, position=Position(1, 2), camera=HOSTILE, marks=(mark,))
    broken = Facts(HOSTILE, error=Unread(HOSTILE, HOSTILE))
    return "".join(overview.pieces([file, file._replace(name=HOSTILE * 2), broken]))


class Elements(HTMLParser):
    """The elements and attributes of a page, as a browser sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("page", [hostile_report(), hostile_overview()], ids=["report", "overview"])
def test_nothing_that_a_file_says_becomes_markup(page: str) -> None:
    """No script, no handler, no style of an element, no sign that HTML forbids."""
    elements = Elements(page).found

    assert "script" not in {name for name, _ in elements}
    assert not [key for _, attributes in elements for key in attributes if key.startswith("on")]
    assert not [key for _, attributes in elements for key in attributes if key == "style"]
    assert not set("\x00\x1b\u202e") & set(page)
    assert page.encode()
    assert "alert(1)" in page


@pytest.mark.parametrize("page", [hostile_report(), hostile_overview()], ids=["report", "overview"])
def test_a_page_stands_alone(page: str) -> None:
    """Nothing is loaded: no source, no reference, no address in a style."""
    for name, attributes in Elements(page).found:
        assert not attributes.keys() & {"src", "srcset", "href", "xlink:href", "action"}
        assert name not in ("link", "iframe", "object", "embed", "img", "form", "base")
    assert "url(" not in page
    assert "@import" not in page


def test_the_policy_of_a_page_allows_its_one_style_and_nothing_else() -> None:
    """The hash in the head is that of the style."""
    page = "".join(report.pieces([]))
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    policy = next(
        each["content"] or ""
        for name, each in Elements(page).found
        if name == "meta" and each.get("http-equiv") == "Content-Security-Policy"
    )

    assert len(style) == 1
    assert policy.startswith("default-src 'none';")
    assert b64encode(sha256(style[0].encode()).digest()).decode() in policy
    assert "unsafe" not in policy


def test_the_report_has_findings_problems_and_every_tag() -> None:
    """A section a picture; what could not be read has its reason."""
    page = "".join(report.pieces([Picture("a.jpg", PHOTO, [finding()]), Picture("b.jpg", BROKEN)]))

    for text in ("a.jpg", "It was taken at 33.86 S.", "Why.", "Clean it.", "GPSLatitude", "Safe 1"):
        assert text in page
    assert "It is broken. Copy it again." in page
    assert 'class="map-land"' in page


def test_the_tags_can_be_left_out() -> None:
    """A report of a page, not of a book."""
    page = "".join(report.pieces([Picture("a.jpg", PHOTO)], with_tags=False))

    assert "<table" not in page


def test_a_report_is_written_as_its_pictures_come() -> None:
    """One picture at a time is in memory."""
    asked = 0

    def pictures() -> Iterator[Picture]:
        nonlocal asked
        for _ in range(1000):
            asked += 1
            yield Picture("a.jpg", BROKEN)

    pieces = report.pieces(pictures())
    for _ in range(3):
        next(pieces)

    assert asked <= 2


def test_the_overview_has_map_pictures_matrix_links_and_failures() -> None:
    """Names are told below the folder that all files are in."""
    page = "".join(overview.pieces(FILES))

    assert (
        "Files: 3. With a place: 1. With something that can lead to a person or a place: 1." in page
    )
    assert "All names are below in<" in page
    for text in ('class="map-pin"', "-33.86000, 151.21000", "side/b.jpg", "High", "12345"):
        assert text in page
    assert "in/a.jpg" not in page
    assert "It is broken. Copy it again." in page


def test_the_overview_of_nothing_is_a_page() -> None:
    """An empty folder is no error."""
    assert "Files: 0. With a place: 0." in "".join(overview.pieces([]))


class Marked(English):
    """A language with a mark before each sentence."""

    def __call__(self, one: str, many: str = "", count: int = 1, /) -> str:
        """The template with its mark."""
        return f"¡{super().__call__(one, many, count)}"


def test_a_page_can_be_in_another_language() -> None:
    """Every sentence goes through the catalogue; the page names language and direction."""
    page = "".join(overview.pieces(FILES, Language("he", "rtl", Marked())))

    assert page.startswith('<!doctype html>\n<html lang="he" dir="rtl">')
    assert "¡Where the pictures were taken" in page
    assert "¡Files: 3." in page


def test_every_subject_and_weight_has_a_word() -> None:
    """A new one cannot be forgotten."""
    assert (set(SUBJECTS), set(WEIGHTS)) == (set(Subject), set(Weight))
    assert ENGLISH.say(SUBJECTS[Subject.PLACE]) == "Place"


def test_facts_of_a_file_with_a_broken_position_have_none() -> None:
    """What is no number cannot stand in a map."""

    class Broken(mapy.Metadata):
        """A file whose receiver wrote no numbers."""

        position = Position(float("nan"), 1.0, 5.0)

    assert facts_of("a", Broken(format="JPEG", media_type="", size=0), ()).position is None


class Turning(English):
    """A language that sets values apart from its sentences, which run from right to left."""

    def __call__(self, one: str, many: str = "", count: int = 1, /) -> str:
        """The template with its values in isolates."""
        return super().__call__(one, many, count).replace("{", "\u2068{").replace("}", "}\u2069")


def test_a_translation_turns_the_direction_and_a_value_does_not() -> None:
    """What a catalogue says is ours; what a file says stays within it."""
    language = Language("ar", "rtl", Turning())
    said = language.markup(Text("By {name}.", {"name": "\u202e<b>\u2069"}))
    assert said == "By \u2068\N{REPLACEMENT CHARACTER}&lt;b&gt;\N{REPLACEMENT CHARACTER}\u2069."
    assert language.markup("\u202e<b>") == "\N{REPLACEMENT CHARACTER}&lt;b&gt;"
