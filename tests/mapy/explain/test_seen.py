"""Whether a smaller picture shows what the picture shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import mapy
from mapy.explain.likeness import Grey, turned
from mapy_builders import exif, frame, ifd, long, segment, short, tiff

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Pictures = Sequence[tuple[str, bytes]]


def scene(width: int, height: int, *, right: float = 1.0) -> Grey:
    """A slope with a disc, or its left part."""
    cells = (
        (right * (x + 0.5) / width, (y + 0.5) / height) for y in range(height) for x in range(width)
    )
    discs = ((x, y, (x - 0.25) ** 2 + (y - 0.4) ** 2 < 0.03) for x, y in cells)
    return Grey(width, height, bytes(int(60 + 100 * x + 20 * y + 70 * on) for x, y, on in discs))


def content(size: tuple[int, int], thumbnail: tuple[int, int]) -> bytes:
    """A JPEG with a thumbnail."""

    def picture(width: int, height: int, *segments: bytes) -> bytes:
        scan = segment(0xDA, bytes([1, 1, 0, 0, 63, 0]))
        return b"\xff\xd8" + b"".join(segments) + frame(width, height) + scan + b"\xff\xd9"

    small = picture(*thumbnail, segment(0xDB, bytes(80)))

    def structure(place: int) -> bytes:
        pointers = short(0x0103, 6), long(0x0201, place), long(0x0202, len(small))
        return tiff(ifd(following=ifd(*pointers)))

    return picture(*size, exif(structure(len(structure(0))) + small))


def findings(
    decode: Callable[[Pictures], list[Grey | None]] | None,
    size: tuple[int, int] = (1200, 800),
    thumbnail: tuple[int, int] = (160, 107),
) -> dict[str, mapy.Finding]:
    """What is found where pictures decode so."""
    file = content(size, thumbnail)
    return {each.rule: each for each in mapy.explain(mapy.read(file), content=file, decode=decode)}


def test_a_thumbnail_of_something_else_weighs_most() -> None:
    """Although its shape is that of the picture."""
    found = findings(lambda _: [scene(60, 40), scene(60, 40, right=0.3)])

    assert found["picture.stale-preview"].weight is mapy.Weight.HIGH
    assert "(thumbnail) shows something else than the picture" in str(
        found["picture.stale-preview"].what
    )


@pytest.mark.parametrize(
    "small",
    [
        scene(30, 20),
        turned(scene(30, 20)),
        Grey(30, 24, bytes(120) + scene(30, 20).pixels),
        Grey(30, 24, scene(30, 20).pixels + bytes(120)),
    ],
    ids=["resized", "turned", "bar above", "bar below"],
)
def test_a_mere_resize_is_none(small: Grey) -> None:
    """Nor a turn, nor a bar; and it is said that they were compared."""
    found = findings(lambda _: [scene(60, 40), small])

    assert "picture.stale-preview" not in found
    assert "compared" not in str(found["picture.previews"].why)


@pytest.mark.parametrize(
    "decode",
    [None, lambda _: [None, scene(6, 4)], lambda _: [scene(6, 4), None]],
    ids=["nothing decodes", "not the picture", "not the thumbnail"],
)
def test_what_was_not_compared_is_said_to_be_so(
    decode: Callable[[Pictures], list[Grey | None]] | None,
) -> None:
    """No claim without a look."""
    found = findings(decode)

    assert "picture.stale-preview" not in found
    assert "Not all of them were compared with the picture" in str(found["picture.previews"].why)


def test_what_decodes_is_given_the_picture_and_then_the_smaller_ones() -> None:
    """Each with its format; those of another shape are judged by that alone."""
    asked: list[Pictures] = []

    def decode(pictures: Pictures) -> list[Grey | None]:
        asked.append(pictures)
        return [None] * len(pictures)

    findings(decode)
    findings(decode, (1000, 1000), (320, 160))

    assert [[format_ for format_, _ in pictures] for pictures in asked] == [["JPEG", "JPEG"]]
    assert asked[0][0][1].endswith(b"\xff\xd9")
    assert len(asked[0][1][1]) < len(asked[0][0][1])
