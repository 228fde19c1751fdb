"""What Qualcomm's camera software writes into APP7 of a JPEG: settings by their names."""

from __future__ import annotations

from functools import cache
from struct import Struct
from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tags.makers import section
from mapy.tiff_types import PLAIN, number_text

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_GROUP = "Qualcomm"
_HEAD, _KIND = Struct("<HB"), Struct("<BHH")
"""Lengths of a value and of its name; behind the name the type of the value, and two counts."""
_CODES = "BbHHIifd"
"""By type: the code of `struct`."""


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the settings behind the signature: one directory."""
    tags: list[Tag] = []
    at = 0
    while view.has(at, _HEAD.size):
        reading.budget.spend("datasets")
        size, name_size = view.unpack(_HEAD, at)
        name = view.take(at + _HEAD.size, name_size).decode("latin-1")
        kind, _, _ = view.unpack(_KIND, at + _HEAD.size + name_size)
        at += _HEAD.size + name_size + _KIND.size
        if not view.has(at, size):
            break
        definition = _definitions().get(name)
        if definition is not None and kind < len(_CODES) and size:
            code = _CODES[kind]
            count = size // Struct(f"<{code}").size
            numbers = view.unpack(Struct(f"<{count}{code}"), at)
            value = numbers[0] if count == 1 else " ".join(map(number_text, numbers))
            tags.append(Tag(_GROUP, definition, PLAIN, count, value, view.start + at, size))
        at += size
    reading.add(_GROUP, tags, view.span(0, len(view)))


@cache
def _definitions() -> dict[str, Definition]:
    return {row.id: Definition(row.id, row.name) for row in section("qualcomm", "Main").rows}
