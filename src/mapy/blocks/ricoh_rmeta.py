"""Ricoh's APP5 of a JPEG (`RMETA`): what the photographer chose from the camera's lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, text

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Names

_GROUP = "RMETA"
_NAMES, _VALUES, _NUMBERS = 1, 2, 3
"""Kinds of sections: what was asked, the answers in words, their numbers."""
_SECTION_HEAD = 4
_MOST_SECTIONS, _MOST_ROWS = 100, 500
_WINDS = (
    *("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE"),
    *("S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"),
)
_KNOWN: dict[str, tuple[str, Names]] = {
    "Azimuth": ("Azimuth", dict(enumerate(_WINDS, 1))),
    "Condition": ("Condition", {1: "Good", 2: "Fair", 3: "Poor", 4: "Damaged"}),
    "Lit": ("Lit", {1: "Yes", 2: "No"}),
    "Location": (
        "Location",
        {1: "Verge", 2: "Gantry", 3: "Central reservation", 4: "Roundabout"},
    ),
    "Sign type": ("SignType", {1: "Directional", 2: "Warning", 3: "Information"}),
}
_ORDERS: dict[bytes, Literal["big", "little"]] = {b"MM": "big", b"II": "little"}
_LENGTH_AT = 8


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload behind the signature: a header, then sections of a kind and a length."""
    order = _ORDERS.get(view.take(0, 2))
    if order is None:
        reading.problem("rmeta.bad-header", "The block has no byte order mark.", view.span(0, 2))
        return
    sections: dict[int, bytes] = {}
    at = _LENGTH_AT + 2 + int.from_bytes(view.take(_LENGTH_AT, 2), order)
    for _ in range(_MOST_SECTIONS):
        if not view.has(at, _SECTION_HEAD):
            break
        kind = int.from_bytes(view.take(at, 2), order)
        size = int.from_bytes(view.take(at + 2, 2), order) - 2
        if size < 0 or not view.has(at + _SECTION_HEAD, size):
            break
        sections[kind] = view.take(at + _SECTION_HEAD, size)
        at += _SECTION_HEAD + size
    names = sections.get(_NAMES, b"").rstrip(b"\0").split(b"\0")[:_MOST_ROWS]
    words = sections.get(_VALUES, b"").split(b"\0")
    raw = sections.get(_NUMBERS, b"")
    numbers = [int.from_bytes(raw[i : i + 2], order) for i in range(0, len(raw) - 1, 2)]
    tags: list[Tag] = []
    for row, name in enumerate(map(text, names)):
        if name:
            value = numbers[row] if row < len(numbers) else text(b"".join(words[row : row + 1]))
            tags.append(Tag(_GROUP, _define(name), PLAIN, 1, value, view.start, len(view)))
    reading.add(_GROUP, tags, view.span(0, len(view)))


def _define(name: str) -> Definition:
    """The definition of a list, by what the camera calls it."""
    known = _KNOWN.get(name)
    if known is not None:
        return Definition(name, *known)
    words = "".join(word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", name))
    return Definition(name, words or "List")
