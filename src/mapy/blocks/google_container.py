"""What a Pixel phone puts behind its picture: a gain map, a film (Google's Container, in XMP).

The directory tells the length of each item; they stand one behind the other at the file's end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapy.explain import numbers
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import UNDEFINED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapy.reading import Reading

_GROUP = "Google"
_ITEM = ("GContainer:Directory", "GContainer:Item")
SEMANTIC = ((*_ITEM, "Item:Semantic"), "")
_LENGTH = ((*_ITEM, "Item:Length"), "")
_MOST = 16
"""Items; pictures have two or three."""
_HEAD = 8


class _Kind(NamedTuple):
    """What an item is called, and how it begins."""

    name: str
    at: int
    begins: bytes


_KINDS = {
    "GainMap": _Kind("GainMapImage", 0, b"\xff\xd8\xff"),
    "MotionPhoto": _Kind("MotionPhotoVideo", 4, b"ftyp"),
}
"""By what the directory says that they are."""


def read_items(
    values: Mapping[tuple[tuple[str, ...], str], Sequence[str]], reading: Reading
) -> None:
    """Note the items that stand behind the picture."""
    items = values.get(SEMANTIC, ())[1:]  # the first is the picture itself
    lengths = [int(each) for each in values.get(_LENGTH, ()) if _is_length(each)]
    if reading.is_embedded or not 0 < len(items) <= min(len(lengths), _MOST):
        return
    tags: list[Tag] = []
    end = reading.file.size
    for item, length in zip(reversed(items), reversed(lengths), strict=False):
        at = end - length
        kind = _KINDS.get(item)
        if at <= 0 or length < _HEAD or kind is None:
            break
        if reading.file.take(at + kind.at, len(kind.begins)) != kind.begins:
            break
        means = Definition(item, kind.name, None, numbers.binary)
        tags.append(Tag(_GROUP, means, UNDEFINED, length, None, at, length))
        end = at
    reading.add(_GROUP, tags[::-1], reading.file.span(end, reading.file.size - end))


def _is_length(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER


_LONGEST_NUMBER = 12
