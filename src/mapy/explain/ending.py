"""Where the picture itself ends in a file, by its format: what stands behind it is not shown."""

from __future__ import annotations

import re
from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.explain.facts import Content
    from mapy.model import Metadata, Tag

_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""A marker in a JPEG's scan: FF and a code; not FF 00 (stuffing), not a restart (D0 to D7)."""
_SEGMENT, _U32BE, _U32LE = Struct(">H"), Struct(">I"), Struct("<I")
_SOI, _EOI = b"\xff\xd8", 0xD9
_STANDALONE = frozenset({0x01, 0xD8})
_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_PIECES = 200_000


def end_of(content: Content) -> int | None:
    """The offset behind the picture; None for a format that is not known here, or a cut file."""
    for starts, at, find in _FINDERS:
        if content[at : at + len(starts[0])] in starts:
            return find(content)
    return None


def end_of_tiff(metadata: Metadata) -> int:
    """The offset behind the last byte that a directory of a TIFF refers to."""
    following = _FOLLOWING[metadata.format == "BTF"]
    ends = [sum(directory.span) + following for directory in metadata.directories]
    for directory in metadata.directories:
        by_name = {tag.definition.name: tag for tag in directory}
        ends += [tag.offset + tag.length for tag in directory]
        for places, sizes in _STRETCHES:
            if places in by_name and sizes in by_name:
                ends += map(
                    sum, zip(*map(_numbers, (by_name[places], by_name[sizes])), strict=False)
                )
    return max(ends, default=0)


_FOLLOWING = (4, 8)
"""Bytes behind a directory that tell where the next one is: of TIFF, of BigTIFF."""
_STRETCHES = (("StripOffsets", "StripByteCounts"), ("TileOffsets", "TileByteCounts"))


def _numbers(tag: Tag) -> list[int]:
    raw = tag.raw if isinstance(tag.raw, (list, tuple)) else [tag.raw]
    return [each for each in raw if isinstance(each, int)]


def _riff(content: Content) -> int | None:
    if len(content) <= _RIFF_HEAD:
        return None
    size = int(_U32LE.unpack(content[4:8])[0])
    end = 8 + size + size % 2
    return end if end <= len(content) else None


_RIFF_HEAD = 12


def _bmp(content: Content) -> int | None:
    """The size that the header tells, if the pixels begin in front of it."""
    if len(content) < _BMP_HEAD:
        return None
    end, pixels = (int(_U32LE.unpack(content[at : at + 4])[0]) for at in (2, 10))
    return end if pixels < end <= len(content) else None


_BMP_HEAD = 26


def _gif(content: Content) -> int | None:
    """Walk the blocks to the trailer (GIF 89a, section 27)."""
    at = _GIF_HEAD + _colours(content, _GIF_HEAD - 3)
    for _ in range(_MOST_PIECES):
        kind = content[at : at + 1]
        if kind == b";":
            return at + 1
        if kind == b",":
            at += _GIF_IMAGE + _colours(content, at + _GIF_IMAGE - 1) + 1
        elif kind == b"!":
            at += 2
        else:
            return None
        while at < len(content) and content[at]:  # each step is of a byte at least
            at += content[at] + 1
        at += 1
    return None


_GIF_HEAD, _GIF_IMAGE = 13, 10


def _colours(content: Content, at: int) -> int:
    """Bytes of the colour map that the flags at a place tell of."""
    flags = content[at] if at < len(content) else 0
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _boxes(content: Content) -> int | None:
    """Walk the boxes of the outermost level: ISO/IEC 14496-12, 4.2; JPEG 2000, JPEG XL."""
    if content[8:12] == _CR3:  # of which it is not known what stands at its end
        return None
    at, end = 0, None
    starts: set[bytes] = set()
    for _ in range(_MOST_PIECES):
        head = bytes(content[at : at + 16])
        kind, length = head[4:8], int.from_bytes(head[:4], "big")
        if len(head) < 8 or kind in starts:  # noqa: PLR2004 - a length and a kind
            return end
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        if length == 0 and kind in _BOXES:  # to the end of the file
            return len(content)
        if length < 8:  # noqa: PLR2004 - as above
            return end
        if at + length > len(content):
            return None if kind in _BOXES else end
        starts |= {kind} & _STARTS
        at += length
        end = at if kind in _BOXES else end
    return end


_STARTS = frozenset({b"ftyp", b"jP  ", b"JXL "})
"""Boxes that a file has once: with a second one, another file begins."""
_CR3 = b"crx "
_BOXES = frozenset(
    {
        *(b"ftyp", b"meta", b"mdat", b"moov", b"moof", b"mfra", b"uuid", b"idat", b"pdin", b"sidx"),
        *(b"styp", b"jumb", b"jP  ", b"JXL ", b"jp2h", b"jp2c", b"jp2i", b"uinf", b"xml ", b"Exif"),
        *(b"jxlc", b"jxlp", b"jxll", b"jxli", b"jbrd", b"brob", b"jpch", b"jplh", b"rreq", b"asoc"),
        *(b"ftbl", b"cref", b"nlst", b"comp", b"copt", b"inst", b"mdta", b"free", b"skip", b"wide"),
    }
)
"""Kinds of boxes that belong to a picture. Others behind the last of them are data behind it."""


def _jpeg(content: Content) -> int | None:
    """Walk the segments and the scans between them to EOI (ITU-T T.81, B.1.1)."""
    at = 2
    for _ in range(_MOST_PIECES):
        found = _MARKER.search(content, at)
        if found is None:
            return None
        code, at = content[found.start() + 1], found.end()
        if code == _EOI:
            return at
        if code in _STANDALONE:
            continue
        if at + 2 > len(content):
            return None
        at += int(_SEGMENT.unpack(content[at : at + 2])[0])
    return None


def _png(content: Content) -> int | None:
    at = len(_PNG)
    for _ in range(_MOST_PIECES):
        head = content[at : at + 8]
        if len(head) < 8:  # noqa: PLR2004 - a length and a kind
            return None
        at += 12 + int(_U32BE.unpack(head[:4])[0])
        if head[4:] == b"IEND":
            return at if at <= len(content) else None
    return None


_FINDERS: tuple[tuple[tuple[bytes, ...], int, Callable[[Content], int | None]], ...] = (
    ((_SOI,), 0, _jpeg),
    ((_PNG,), 0, _png),
    ((b"RIFF",), 0, _riff),
    ((b"BM",), 0, _bmp),
    ((b"GIF87a", b"GIF89a"), 0, _gif),
    ((b"ftyp", b"jP  ", b"JXL "), 4, _boxes),
)
"""How each format begins, where, and what finds its end."""
