"""BMP: Windows bitmaps of versions 3 to 5 and OS/2's of versions 1 and 2, by the header's size."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.model import Tag
from mapy.records import Record, sequence
from mapy.tags.bmp import BMP
from mapy.tiff_types import ASCII, PLAIN

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_FILE_HEADER = 14
_OFFSET = Struct("<I")
_OFFSET_AT = 10
_OS2_V1, _OS2_V2 = 12, 64
_SIZES = frozenset({_OS2_V1, 16, 40, 52, 56, _OS2_V2, 108, 124})
"""Bytes of every header there is."""
_CALIBRATED = b"\0\0\0\0"
_EMBEDDED = {4: "EmbeddedJPG", 5: "EmbeddedPNG"}
"""By compression: files that a header of version 4 may be wrapped around."""

_OS2 = sequence(
    "File",
    "<",
    ("I", BMP["BMPVersion"]),
    ("H", BMP["ImageWidth"]),
    ("H", BMP["ImageHeight"]),
    ("H", BMP["Planes"]),
    ("H", BMP["BitDepth"]),
)
_WITHOUT_MASKS = (
    ("I", BMP["BMPVersion"]),
    ("I", BMP["ImageWidth"]),
    ("i", BMP["ImageHeight"]),
    ("H", BMP["Planes"]),
    ("H", BMP["BitDepth"]),
    ("I", BMP["Compression"]),
    ("I", BMP["ImageLength"]),
    ("I", BMP["PixelsPerMeterX"]),
    ("I", BMP["PixelsPerMeterY"]),
    ("I", BMP["NumColors"]),
    ("I", BMP["NumImportantColors"]),
)
_MASKS = (
    ("I", BMP["RedMask"]),
    ("I", BMP["GreenMask"]),
    ("I", BMP["BlueMask"]),
    ("I", BMP["AlphaMask"]),
)
_WINDOWS = tuple(
    sequence("File", "<", *_WITHOUT_MASKS, *_MASKS[:count]) for count in range(len(_MASKS) + 1)
)
"""By the number of masks that there is room for."""
_COLOURS = sequence(
    "File",
    "<",
    ("3I", BMP["RedEndpoint"]),
    ("3I", BMP["GreenEndpoint"]),
    ("3I", BMP["BlueEndpoint"]),
    ("I", BMP["GammaRed"]),
    ("I", BMP["GammaGreen"]),
    ("I", BMP["GammaBlue"]),
)
_INTENT = sequence("File", "<", ("I", BMP["RenderingIntent"]))
_PROFILE = sequence("File", "<", ("I", BMP["ProfileDataOffset"]), ("I", BMP["ProfileSize"]))
_COLOUR_SPACE_AT, _COLOURS_AT, _INTENT_AT, _PROFILE_AT = 56, 60, 108, 112


class Bmp:
    """BMP, whose header is all that it tells."""

    name = "BMP"
    media_type = "image/bmp"
    extension = "BMP"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with BM and a header of a known size."""
        at = _FILE_HEADER
        return head.startswith(b"BM") and int.from_bytes(head[at : at + 4], "little") in _SIZES

    def read(self, view: ByteView, reading: Reading) -> None:
        """Read the header, and the profile that version 5 may have behind the picture."""
        size = view.u32le(_FILE_HEADER)
        header = view.sub(_FILE_HEADER, min(size, view.size - _FILE_HEADER))
        if size in (_OS2_V1, 16, _OS2_V2):
            tags = _at(_OS2 if size == _OS2_V1 else _OS2_LONG, header, 0)
        else:
            tags = _windows(view, header, size)
        values = {tag.name: tag.raw for tag in tags}
        reading.check_pixels(values["ImageWidth"], abs(values["ImageHeight"]))
        reading.add("File", tags, view.span(_FILE_HEADER, size))
        if values.get("ColorSpace") in ("MBED", "LINK"):
            _read_profile(view, reading, values["ProfileDataOffset"], values["ProfileSize"], values)


_OS2_LONG = sequence(
    "File",
    "<",
    ("I", BMP["BMPVersion"]),
    ("I", BMP["ImageWidth"]),
    ("I", BMP["ImageHeight"]),
    ("H", BMP["Planes"]),
    ("H", BMP["BitDepth"]),
)


def _windows(view: ByteView, header: ByteView, size: int) -> list[Tag]:
    """The tags of a header of Windows."""
    masks = min(max(size - 40, 0) // 4, len(_MASKS))
    tags = _at(_WINDOWS[masks], header, 0)
    compression = next(tag.raw for tag in tags if tag.name == "Compression")
    if compression in _EMBEDDED:
        at = view.u32le(_OFFSET_AT)
        tags.append(_tag(_EMBEDDED[compression], None, view.start + at, max(view.size - at, 0)))
    if size < _INTENT_AT:
        return tags
    space = header.take(_COLOUR_SPACE_AT, 4)
    is_named = space[3] > 0
    # The four letters are stored from the last to the first.
    value = space[::-1].decode("latin-1") if is_named else int.from_bytes(space, "little")
    tags.append(_tag("ColorSpace", value, header.start + _COLOUR_SPACE_AT, 4))
    if space == _CALIBRATED:
        tags += _at(_COLOURS, header, _COLOURS_AT)
    if size > _INTENT_AT:
        tags += _at(_INTENT, header, _INTENT_AT)
        if value in ("MBED", "LINK"):
            tags += _at(_PROFILE, header, _PROFILE_AT)
    return tags


def _at(record: Record, header: ByteView, at: int) -> list[Tag]:
    return record.tags(header.sub(at, record.size))


def _tag(name: str, value: str | int | None, offset: int, length: int) -> Tag:
    return Tag("File", BMP[name], PLAIN, 1, value, offset, length)


def _read_profile(
    view: ByteView, reading: Reading, offset: int, size: int, values: dict[str, object]
) -> None:
    at = _FILE_HEADER + offset
    if not view.has(at, size) or size > reading.limits.block_bytes:
        reading.problem("bmp.profile-outside", "The colour profile is cut short.", view.span(at, 0))
    elif values["ColorSpace"] == "LINK":
        name = view.take(at, size)
        tag = Tag("File", BMP["LinkedProfileName"], ASCII, size, name, view.start + at, size)
        reading.add("File", [tag], view.span(at, size))
    else:
        blocks.parse("icc", view.sub(at, size), reading, "BMP")
