"""MIE, which stands behind pictures or in files of its own: groups of named values.

An element is a mark, a format, the length of its name and of its value, the name, the value. A
group begins with an element whose format says so, and ends with one that has no name (MIE 1.1).
"""

from __future__ import annotations

from functools import cache
import math
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from mapy import blocks
from mapy.explain import words
from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tags.quicktime import duration
from mapy.tiff_types import PLAIN, UNDEFINED, decimal, number_text

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Formatter, Value

_MARK = 0x7E
_HEAD = Struct("4B")
_LONG = {253: "H", 254: "I", 255: "Q"}
"""Lengths that stand for how wide the length behind the name is."""
_GROUP, _LITTLE, _COMPRESSED = 0x10, 0x08, 0x04
_DEEPEST = 16
_MOST_VALUES = 1_000
_NUMBERS = {
    **dict(zip(range(0x40, 0x44), "BHIQ", strict=True)),
    **dict(zip(range(0x48, 0x4C), "bhiq", strict=True)),
}
_FRACTIONS = {0x52: "H", 0x53: "I", 0x5A: "h", 0x5B: "i"}
_TEXTS = {0x00: "utf-8", 0x20: "utf-8", 0x28: "utf-8", 0x29: "utf-16"}
_LISTS = {0x30: "utf-8", 0x38: "utf-8"}
"""By format: the code of `struct`, or how the letters are coded."""
_SECTIONS = {
    "0MIE": "Main",
    "Document": "Doc",
    "Orientation": "Orient",
    **{
        name: name
        for name in (
            *("Audio", "Camera", "Extender", "Flash", "GPS", "Geo", "Image", "Lens", "Preview"),
            *("Thumbnail", "UTM", "Video"),
        )
    },
}
"""Groups whose values have names, and the table of them."""
_BLOCKS = {"EXIF": "exif", "ICCProfile": "icc", "IPTC": "iptc", "XMP": "xmp"}
_COORDINATES = {"GPSLatitude": "NS", "GPSLongitude": "EW"}


def _by(value: Value) -> Value:
    return str(value).replace(" ", "x")


def _directed(directions: str) -> Formatter:
    def say(value: Value) -> Value:
        if not isinstance(value, float):
            return value
        return f"{words.degrees(value)} {directions[value < 0]}"

    return say


_SAID: dict[str, Formatter] = {
    "Duration": duration,
    "ExposureTime": words.exposure_time,
    **dict.fromkeys(("ImageSize", "OriginalImageSize", "Resolution"), _by),
    **dict.fromkeys(("PreviewImageSize", "ThumbnailImageSize"), _by),
    **{name: _directed(directions) for name, directions in _COORDINATES.items()},
}


class _Element(NamedTuple):
    """The head of an element, and where its value stands."""

    kind: int
    name: str
    at: int
    size: int

    @property
    def is_group(self) -> bool:
        """Whether other elements follow that it holds."""
        return self.kind & 0xF0 == _GROUP and bool(self.name)


class _Group(NamedTuple):
    """A group that has not ended."""

    section: str
    """Its table; empty for one that has none."""
    order: str
    tags: list[Tag]


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the file or trailer: a directory for each group that tells something.

    Raises:
        OutOfBounds: it is cut short; the groups that ended before are kept.
    """
    groups = [_Group("", ">", [])]
    at = 0
    while at < len(view):
        reading.budget.spend("datasets")
        element = _element(view, at, groups[-1].order)
        if element is None or len(groups) > _DEEPEST:
            reading.problem("mie.lost", "A group is broken, or too deep.", view.span(at, 0))
            break
        at = element.at
        if element.is_group:
            order = "<" if element.kind & _LITTLE else ">"
            groups.append(_Group(_SECTIONS.get(element.name, ""), order, []))
            continue
        if not element.name:
            _close(groups.pop(), view, reading)
            if len(groups) <= 1:
                return
        else:
            _read_value(element, view.sub(at, element.size), groups[-1], reading)
        at += element.size
    for group in reversed(groups):
        _close(group, view, reading)


def _element(view: ByteView, at: int, order: str) -> _Element | None:
    mark, kind, name_size, size = view.unpack(_HEAD, at)
    if mark != _MARK:
        return None
    name = view.take(at + _HEAD.size, name_size).decode("latin-1")
    at += _HEAD.size + name_size
    if size in _LONG:
        length = Struct(order + _LONG[size])
        size = view.unpack(length, at)[0]
        at += length.size
    return _Element(kind, name, at, size)


def _read_value(element: _Element, body: ByteView, group: _Group, reading: Reading) -> None:
    """Read an element that is no group."""
    kind, name = element.kind, element.name
    if name in _BLOCKS and not kind:
        blocks.parse(_BLOCKS[name], body, reading, "MIE")
    elif group.section and not kind & _COMPRESSED:
        group.tags.extend(_tag(group.section, name, kind, body, group.order))


def _close(group: _Group, view: ByteView, reading: Reading) -> None:
    if group.tags:
        reading.add(f"MIE-{group.section}", group.tags, view.span(0, len(view)))


def _tag(section: str, name: str, kind: int, body: ByteView, order: str) -> list[Tag]:
    """The tag of a value that is known; behind its name may be a unit: `Altitude(m)`."""
    name, _, unit = name.partition("(")
    definition = _definitions(section).get(name)
    if definition is None:
        return []
    group = f"MIE-{section}"
    if definition.convert is not None:
        return [Tag(group, definition, UNDEFINED, len(body), None, body.start, len(body))]
    value = _value(kind, body, order)
    if value is None:
        return []
    if definition.name in _COORDINATES:
        value = _coordinate(value)
    elif unit:
        value = f"{number_text(value)}({unit}"
    return [Tag(group, definition, PLAIN, 1, value, body.start, len(body))]


def _value(kind: int, body: ByteView, order: str) -> Value | None:
    content = body.take(0, len(body))
    if kind in _TEXTS:
        coding = _TEXTS[kind]
        if coding == "utf-16":
            coding += "-le" if order == "<" else "-be"
        return content.decode(coding, "replace").rstrip("\0")
    if kind in _LISTS:
        return [*content.decode(_LISTS[kind], "replace").rstrip("\0").split("\0", _MOST_VALUES)]
    values: list[Value]
    if kind in _NUMBERS:
        code = _NUMBERS[kind]
        count = min(len(body) // Struct(order + code).size, _MOST_VALUES)
        values = list(body.unpack(Struct(f"{order}{count}{code}"), 0))
    elif kind in _FRACTIONS:
        code = _FRACTIONS[kind]
        count = min(len(body) // (2 * Struct(order + code).size), _MOST_VALUES)
        numbers = iter(body.unpack(Struct(f"{order}{2 * count}{code}"), 0))
        values = [decimal(*pair) for pair in zip(numbers, numbers, strict=True)]
    else:
        return None
    if not values:
        return None
    return values[0] if len(values) == 1 else " ".join(map(number_text, values))


def _coordinate(value: Value) -> Value:
    """Degrees, minutes and seconds as degrees; the sign is that of the degrees."""
    try:
        degrees, *rest = map(float, str(value).split())
    except ValueError:  # no number
        return value
    if not all(map(math.isfinite, (degrees, *rest))):  # divided by zero
        return value
    parts = sum(part / 60**power for power, part in enumerate(rest, 1))
    return float(f"{degrees - parts if degrees < 0 else degrees + parts:.15g}")


@cache
def _definitions(section: str) -> dict[str, Definition]:
    return {
        row.id: Definition(
            *(row.id, row.name, row.names, binary if row.is_binary else None),
            _SAID.get(row.name),
        )
        for row in makers.section("mie", section).rows
    }
