"""Tiny grey versions of pictures, by another program than this one: to see whether they are alike.

    mapy.explain(metadata, content=content, decode=greys)

Pillow, where it is installed, runs in a process of its own that has limits.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from mapy.decoding.decoder import FORMATS, GREY_SIDE
from mapy.decoding.process import ask
from mapy.explain.likeness import Grey

if TYPE_CHECKING:
    from collections.abc import Sequence


def greys(pictures: Sequence[tuple[str, bytes]]) -> list[Grey | None]:
    """The grey version of each picture, given with its format; None of what cannot be decoded."""
    known = [number for number, (format_, _) in enumerate(pictures) if format_ in FORMATS]
    found: list[Grey | None] = [None] * len(pictures)
    if known and find_spec("PIL") is not None:
        answers = ask("grey", [pictures[number] for number in known]) or []
        for number, answer in zip(known, answers, strict=False):
            found[number] = _checked(answer)
    return found


def _checked(answer: object) -> Grey | None:
    """An answer, if it is what it should be: it comes from where strangers' pictures are."""
    match answer:
        case [int(width), int(height), str(pixels)]:
            size = width * height
            if 1 <= width <= GREY_SIDE and 1 <= height <= GREY_SIDE and len(pixels) == 2 * size:
                return Grey(width, height, bytes.fromhex(pixels))
    return None
