"""Pictures on the page: bounded in size, and only of kinds that browsers draw safely."""

from __future__ import annotations

from base64 import b64decode

from mapy import read
from mapy.explain.facts import Facts
from mapy.web import previews
from mapy.web.previews import HIDDEN_BYTES, hidden_in, shown_of
from mapy_explain_builders import metadata_of

INNER = b"\xff\xd8\xff\xdb" + bytes(200)


def hidden(*contents: bytes, different: bool = False) -> list[tuple[bytes, bool]]:
    """What the page carries of pictures in a file, and whether it says that they differ."""
    tags = {f"MPImage{at}:MPImage{at}": content for at, content in enumerate(contents, 2)}
    metadata = metadata_of(tags)
    file = bytearray(100)
    for tag, content in zip(metadata, contents, strict=True):
        file[tag.offset : tag.offset + 100] = bytes(100)
        file += bytes(max(0, tag.offset - len(file)))
        file[tag.offset :] = content
    marked = list(metadata) if different else []
    found = hidden_in(Facts(metadata, content=bytes(file)), marked)
    return [(b64decode(each.uri.partition(",")[2]), each.differs) for each in found]


def test_a_hidden_picture_is_shown() -> None:
    """As it is in the file, beside the picture itself."""
    assert hidden(INNER) == [(INNER, False)]


def test_one_that_differs_is_marked() -> None:
    """By the finding that says so."""
    assert hidden(INNER, different=True) == [(INNER, True)]


def test_one_that_is_too_large_is_only_named() -> None:
    """The page stays small whatever the file holds."""
    assert hidden(INNER + bytes(HIDDEN_BYTES)) == [(b"", False)]


def test_a_large_picture_is_shown_by_the_small_one_in_it() -> None:
    """Or not at all."""
    metadata = metadata_of({"IFD0:Make": "Lamp"}, thumbnail=INNER)
    large = b"\xff\xd8\xff" + bytes(1000)
    shown = shown_of(metadata, large, 500)
    assert shown is not None
    assert (shown.is_inner, b64decode(shown.uri.partition(",")[2])) == (True, INNER)
    assert shown_of(metadata, large, 100) is None


def test_a_drawing_is_never_drawn_by_the_page() -> None:
    """It could hold anything; it is read as text."""
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    assert shown_of(read(drawing), drawing, previews.PREVIEW_BYTES) is None


def test_a_browser_is_told_where_one_stands_that_the_page_does_not_carry() -> None:
    """It has the file, and can draw it from there."""
    large = INNER + bytes(HIDDEN_BYTES)
    metadata = metadata_of({"MPImage2:MPImage2": large})
    (tag,) = metadata
    file = bytes(tag.offset) + large
    (found,) = hidden_in(Facts(metadata, content=file), [])
    assert found.cut is not None
    assert file[found.cut.start : found.cut.end] == large
