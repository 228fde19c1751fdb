"""Whether the pictures beside the picture show what it shows, where something decodes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from mapy.explain.likeness import ALIKE, Grey, likeness, turned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapy.explain.facts import Facts
    from mapy.explain.previews import Preview

    Decode: TypeAlias = Callable[[Sequence[tuple[str, bytes]]], Sequence[Grey | None]]

MOST = 4
"""Pictures of a file that are compared with it."""
SMALLEST_SIDE = 32
"""Pixels; smaller pictures show too little."""
_OTHERS = ("MPImage", "C2PA")
"""How the names begin of pictures that show something else by their nature, or stand in pieces."""


def alike(facts: Facts) -> dict[int, bool]:
    """Whether a picture shows the same as the file's own, by the place of its bytes.

    Those that were not compared, for whatever reason, are not there.
    """
    size = facts.size
    if facts.decode is None or facts.content is None or size is None or min(size) < SMALLEST_SIDE:
        return {}
    chosen = [each for each in facts.previews if _is_comparable(each, size)][:MOST]
    if not chosen:
        return {}
    pictures = [(facts.metadata.format, bytes(facts.content))]
    pictures += [("JPEG", each.content or b"") for each in chosen]
    whole, *parts = facts.decode(pictures)
    if whole is None:
        return {}
    answers = {
        each.tag.offset: _shows(part, whole)
        for each, part in zip(chosen, parts, strict=True)
        if part is not None
    }
    return {place: answer for place, answer in answers.items() if answer is not None}


def _is_comparable(preview: Preview, size: tuple[int, int]) -> bool:
    """Whether a picture should show the same: of another shape, it is judged by that."""
    if preview.tag.definition.name.startswith(_OTHERS) or preview.media_type != "image/jpeg":
        return False
    inner = preview.size
    return inner is not None and min(inner) >= SMALLEST_SIDE and has_same_shape(inner, size)


def _shows(part: Grey, whole: Grey) -> bool | None:
    """Whether two pictures show the same, one of them turned or not; None: it is not certain."""
    best = -1.0
    for _ in range(4):
        best = max(best, *(likeness(each, whole) for each in _without_bars(part, whole)))
        if best >= ALIKE:
            return True
        part = turned(part)
    return None if best >= _UNSURE else False


_UNSURE = 0.7
"""Between this and `ALIKE` are scenes of little contrast or very fine detail, and slight crops."""


def _without_bars(part: Grey, whole: Grey) -> Iterator[Grey]:
    """The picture; and if it is higher than the other's shape, its middle, top and bottom."""
    yield part
    height = round(part.width * whole.height / whole.width)
    rest = part.height - height
    for top in (rest // 2, 0, rest) if 0 < rest < height else ():
        rows = part.pixels[top * part.width : (top + height) * part.width]
        yield Grey(part.width, height, rows)


def has_same_shape(inner: tuple[int, int], size: tuple[int, int]) -> bool:
    """Whether one is a resize of the other, turned or not.

    Cameras fill thumbnails up to whole blocks of 16 pixels, and make previews of the whole sensor,
    of which the picture is a little less.
    """
    for width, height in (size, size[::-1]):
        expected = inner[0] * height / width
        blocks = _BLOCK if inner[1] % _BLOCK == 0 or inner[0] % _BLOCK == 0 else 0
        if abs(expected - inner[1]) <= max(2.0, inner[1] * _SAME_SHAPE, blocks):
            return True
    return False


_BLOCK = 16
_SAME_SHAPE = 0.04
