"""The boxes of JPEG 2000 that describe the picture (ISO/IEC 15444-1, annex I)."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.blocks.item_properties import brands
from mapy.model import Tag
from mapy.tags.jpeg2000 import DEFINITIONS
from mapy.tiff_types import PLAIN, UNDEFINED

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value

GROUP = "Jpeg2000"
_HEADER = Struct(">IIHBB")
_COLOUR = Struct(">3b")
_RESOLUTION = Struct(">4H2b")
_ENUMERATED, _RESTRICTED_ICC, _ANY_ICC = 1, 2, 3
_LONGEST_TEXT = 65_536


def parse(kind: str, view: ByteView, reading: Reading) -> None:
    """Parse the payload of a box."""
    values = READERS[kind](view)
    tags = [
        Tag(GROUP, DEFINITIONS[name], PLAIN, 1, value, view.start, len(view))
        for name, value in values.items()
    ]
    after = _COLOUR.size
    if kind == "colr" and len(view) > after:
        method = view.u8(0)
        if method in (_RESTRICTED_ICC, _ANY_ICC):
            blocks.parse("icc", view.sub(after, len(view) - after), reading, kind)
        elif method != _ENUMERATED:
            tags.append(_bytes("ColorSpecData", view, after))
    elif kind == "hrgm":
        tags.append(_bytes("GainMapImage", view, 0))
    reading.add(GROUP, tags, view.span(0, len(view)))


def _bytes(name: str, view: ByteView, at: int) -> Tag:
    length = len(view) - at
    return Tag(GROUP, DEFINITIONS[name], UNDEFINED, length, None, view.start + at, length)


def _header(view: ByteView) -> dict[str, Value]:
    height, width, components, bits, compression = view.unpack(_HEADER, 0)
    return {
        "ImageHeight": height,
        "ImageWidth": width,
        "NumberOfComponents": components,
        "BitsPerComponent": bits,
        "Compression": compression,
    }


def _colour(view: ByteView) -> dict[str, Value]:
    method, precedence, approximation = view.unpack(_COLOUR, 0)
    values: dict[str, Value] = {
        "ColorSpecMethod": method,
        "ColorSpecPrecedence": precedence,
        "ColorSpecApproximation": approximation,
    }
    if method == _ENUMERATED:
        values["ColorSpace"] = view.u32be(_COLOUR.size)
    return values


def _resolution(of: str) -> Callable[[ByteView], dict[str, Value]]:
    def read(view: ByteView) -> dict[str, Value]:
        y, y_parts, x, x_parts, y_unit, x_unit = view.unpack(_RESOLUTION, 0)
        return {
            f"{of}YResolution": _quotient(y, y_parts),
            f"{of}XResolution": _quotient(x, x_parts),
            f"{of}YResolutionUnit": y_unit,
            f"{of}XResolutionUnit": x_unit,
        }

    return read


def _quotient(number: int, parts: int) -> Value:
    if not parts:
        return "inf" if number else "undef"
    return number // parts if number % parts == 0 else float(f"{number / parts:.7g}")


def _text(name: str, skip: int) -> Callable[[ByteView], dict[str, Value]]:
    def read(view: ByteView) -> dict[str, Value]:
        raw = view.take(skip, min(len(view) - skip, _LONGEST_TEXT)).partition(b"\0")[0]
        return {name: raw.decode("utf-8", "replace")}

    return read


READERS: dict[str, Callable[[ByteView], dict[str, Value]]] = {
    "colr": _colour,
    "ftyp": brands,
    "hrgm": lambda _: {},  # a picture
    "ihdr": _header,
    "lbl ": _text("Label", 0),
    "resc": _resolution("Capture"),
    "resd": _resolution("Display"),
    "url ": _text("URL", 4),  # 4: version and flags
}
"""By the type of the box."""
