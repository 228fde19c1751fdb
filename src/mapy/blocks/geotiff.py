"""GeoTIFF (OGC 19-008r4, section 7): keys in one entry of an IFD, their values in two others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tags.geotiff import definitions
from mapy.tiff_types import PLAIN, number_text, text

if TYPE_CHECKING:
    from mapy.errors import Span
    from mapy.reading import Reading
    from mapy.tags.definition import Value

DIRECTORY, DOUBLES, TEXTS = 0x87AF, 0x87B0, 0x87B1
"""The entries: keys, floating-point numbers, texts."""
_GROUP = "GeoTiff"
_VERSION = Definition(1, "GeoTiffVersion")
_KEY = 4
"""16-bit numbers of a key: its number, where its value stands, how many, which one."""
_TEXT_END = b"|"


_LOOK_BACK = 16
"""Directories between that of the keys and the end of what was found: those below it."""


def parse(keys: Any, span: Span, reading: Reading) -> None:  # noqa: ANN401 - a raw value
    """Note the directory that the keys make; their values are in the IFD that was just read."""
    if not isinstance(keys, tuple) or len(keys) < _KEY:
        return
    parts: dict[int | str, Any] = {DIRECTORY: keys}
    for directory in reading.directories[: -_LOOK_BACK - 1 : -1]:
        found: dict[int | str, Any] = {
            tag.id: tag.raw for tag in directory if tag.id in (DOUBLES, TEXTS)
        }
        if found:
            parts |= found
            break
    version, revision, minor, count = keys[:_KEY]
    seen: set[int] = set()
    tags = [_tag(_VERSION, f"{version}.{revision}.{minor}", span)]
    for at in range(_KEY, min(len(keys) - _KEY + 1, _KEY * (count + 1)), _KEY):
        number, place, size, first = keys[at : at + _KEY]
        definition = definitions().get(number)
        if definition is None or number in seen:
            continue
        seen.add(number)
        value = first if place == 0 else _value(parts.get(place), place, first, size)
        if value is not None:
            tags.append(_tag(definition, value, span))
    reading.add(_GROUP, tags, span)


def _tag(definition: Definition, value: Value, span: Span) -> Tag:
    return Tag(_GROUP, definition, PLAIN, 1, value, *span)


def _value(values: Any, place: int, first: int, size: int) -> Value | None:  # noqa: ANN401 - a raw value
    """The value of a key that stands in another entry, or in the directory itself."""
    if place == TEXTS and isinstance(values, bytes):
        return text(values[first : first + size].removesuffix(_TEXT_END).rstrip(b"\0"))
    if isinstance(values, float):
        values = (values,)
    if place not in (DIRECTORY, DOUBLES) or not isinstance(values, tuple):
        return None
    chosen = values[first : first + size]
    if len(chosen) != size or not size:
        return None
    return chosen[0] if size == 1 else " ".join(map(number_text, chosen))
