"""The copy of a BMP: header, colour table and pixels. What lies between and behind them is left.

A file that is wrapped around a JPEG or a PNG is refused; the name of a profile that lies on
somebody's disk becomes "sRGB".
"""

from __future__ import annotations

from struct import Struct, pack_into
from typing import TYPE_CHECKING, NamedTuple

from mapy.clean.profile import trimmed
from mapy.clean.rewriting import Rewriting
from mapy.errors import CannotClean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapy.clean.policy import Policy
    from mapy.model import Metadata
    from mapy.text import Text

_FILE_HEADER = 14
_OFFSET_AT = 10
_U32 = Struct("<I")
_OS2_V1, _WINDOWS, _MASKED, _V5 = 12, 40, 52, 124
_CORE = Struct("<HHHH")
_INFO = Struct("<iiHHIIiiI")
"""Width, height, planes, bits, compression, size of the pixels, densities, colours used."""
_BIT_FIELDS = {3: 12, 6: 16}
"""Bytes of the colour masks behind a short header, by compression."""
_UNCOMPRESSED = frozenset((0, 3, 6))
_RUN_LENGTHS = frozenset((1, 2))
_MOST_TABLE_BITS = 8
_SPACE_AT, _PROFILE_AT = 56, 112
_PROFILES = (b"DEBM", b"KNIL")
"""A profile in the file, or the name of one on a disk: four letters from the last to the first."""
_SRGB = b"BGRs"

STRUCTURE = frozenset(
    (
        *("File:BMPVersion", "File:ImageWidth", "File:ImageHeight", "File:Planes"),
        *("File:BitDepth", "File:Compression", "File:ImageLength", "File:PixelsPerMeterX"),
        *("File:PixelsPerMeterY", "File:NumColors", "File:NumImportantColors", "File:RedMask"),
        *("File:GreenMask", "File:BlueMask", "File:AlphaMask", "File:ColorSpace"),
        *("File:RedEndpoint", "File:GreenEndpoint", "File:BlueEndpoint", "File:GammaRed"),
        *("File:GammaGreen", "File:GammaBlue", "File:RenderingIntent"),
        *("File:ProfileDataOffset", "File:ProfileSize"),
    )
)
STUCK: Mapping[str, Text] = {}


class Parts(NamedTuple):
    """What makes the image."""

    header: bytes
    table: bytes
    """Masks and colours behind the header."""
    pixels: bytes


def write(content: bytes, metadata: Metadata, policy: Policy) -> bytes:
    """The clean copy of a BMP."""
    parts = _parts(content)
    header = bytearray(parts.header)
    profile = b""
    pixels_at = _FILE_HEADER + len(header) + len(parts.table)
    if bytes(header[_SPACE_AT : _SPACE_AT + 4]) in _PROFILES and len(header) >= _V5:
        if Rewriting(metadata, policy).keeps_profile:
            profile = _profile(content, header)
        at = len(header) + len(parts.table) + len(parts.pixels)  # counted from the header
        if not profile:
            header[_SPACE_AT : _SPACE_AT + 4] = _SRGB
            at = 0
        pack_into("<II", header, _PROFILE_AT, at, len(profile))
    size = pixels_at + len(parts.pixels) + len(profile)
    start = b"BM" + _U32.pack(size) + b"\0" * 4 + _U32.pack(pixels_at)
    return b"".join((start, header, parts.table, parts.pixels, profile))


def image(content: bytes) -> Iterable[bytes]:
    """The header as far as it tells of pixels, the colours, the pixels."""
    header, table, pixels = _parts(content)
    return header[:_SPACE_AT], table, pixels


def _parts(content: bytes) -> Parts:
    if len(content) < _FILE_HEADER + _OS2_V1:
        raise _broken()
    (size,) = _U32.unpack_from(content, _FILE_HEADER)
    (pixels_at,) = _U32.unpack_from(content, _OFFSET_AT)
    header = content[_FILE_HEADER : _FILE_HEADER + size]
    if len(header) < size:
        raise _broken()
    if size == _OS2_V1:
        width, height, _, bits = _CORE.unpack_from(header, 4)
        compression, length, colours, colour_size = 0, 0, 0, 3
    elif size >= _WINDOWS:
        width, height, _, bits, compression, length, _, _, colours = _INFO.unpack_from(header, 4)
        colour_size = 4
    else:
        raise CannotClean("bmp.old-header", "The file has a header that is not cleaned.")
    if bits <= _MOST_TABLE_BITS:
        colours = min(colours or 1 << bits, 1 << bits)
    masks = _BIT_FIELDS.get(compression, 0) if size == _WINDOWS else 0
    table_at = _FILE_HEADER + size
    table_size = min(masks + colours * colour_size, max(0, pixels_at - table_at))
    if compression in _UNCOMPRESSED:  # lines of whole 32-bit words
        length = (abs(width) * bits + 31) // 32 * 4 * abs(height)
    elif compression not in _RUN_LENGTHS:
        raise CannotClean("bmp.wrapped", "The file is wrapped around a picture of another kind.")
    pixels = content[pixels_at : pixels_at + length]
    if not pixels:
        raise _broken()
    return Parts(header, content[table_at : table_at + table_size], pixels)


def _broken() -> CannotClean:
    return CannotClean("bmp.no-image", "The file has no image data.")


def _profile(content: bytes, header: bytearray) -> bytes:
    """The profile in the file; empty if it is only named."""
    if bytes(header[_SPACE_AT : _SPACE_AT + 4]) != _PROFILES[0]:
        return b""
    offset = _FILE_HEADER + int.from_bytes(header[_PROFILE_AT : _PROFILE_AT + 4], "little")
    size = int.from_bytes(header[_PROFILE_AT + 4 : _PROFILE_AT + 8], "little")
    return trimmed(content[offset : offset + size]) or b""
