"""Tiny grey versions of pictures, made in a process of its own."""

from __future__ import annotations

import pytest

import mapy
from mapy.decoding import glance
from mapy.decoding.decoder import GREY_SIDE
from mapy.explain.likeness import Grey, are_alike
from mapy_decoding_builders import slope, with_stale_thumbnail


def test_pictures_become_tiny_and_grey() -> None:
    """The longer side has a fixed length, whatever the format; what they show is the same."""
    first, second = glance.greys([("JPEG", slope(1000, 500)), ("PNG", slope(80, 40, "PNG"))])

    assert first is not None
    assert second is not None
    assert (first.width, first.height) == (GREY_SIDE, GREY_SIDE // 2)
    assert are_alike(first, second)


def test_one_that_cannot_be_decoded_does_not_lose_the_others() -> None:
    """Broken ones, other formats than named, and formats that are not decoded."""
    png = slope(80, 40, "PNG")
    found = glance.greys([("JPEG", b"broken"), ("JPEG", png), ("SVG", b"<svg/>"), ("PNG", png)])

    assert [each is not None for each in found] == [False, False, False, True]


def test_without_pillow_nothing_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The core needs no package."""
    monkeypatch.setattr(glance, "find_spec", lambda _: None)

    assert glance.greys([("PNG", slope(80, 40, "PNG"))]) == [None]


@pytest.mark.parametrize(
    "answer", [None, [1, 1], [65, 1, "00" * 65], [2, 2, "00"], [0, 0, ""], {"sha256": "0"}]
)
def test_an_answer_of_another_shape_is_none(
    answer: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process has seen strangers' pictures, so it is not believed."""
    monkeypatch.setattr(glance, "ask", lambda *_: [answer])

    assert glance.greys([("PNG", b"")]) == [None]


def test_explain_sees_that_a_thumbnail_shows_something_else() -> None:
    """From the file to the finding."""
    content = with_stale_thumbnail()
    found = mapy.explain(mapy.read(content), content=content, decode=glance.greys)

    assert "picture.stale-preview" in {each.rule for each in found}


def test_a_grey_picture_has_as_many_pixels_as_its_size_says() -> None:
    """So that comparing it never fails."""
    found = glance.greys([("PNG", slope(3, 200, "PNG"))])[0]

    assert isinstance(found, Grey)
    assert len(found.pixels) == found.width * found.height
