"""Where the picture itself ends in a file, by its format: what stands behind it is not shown."""

from __future__ import annotations

import re
from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapy.explain.facts import Content

_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""A marker in a JPEG's scan: FF and a code; not FF 00 (stuffing), not a restart (D0 to D7)."""
_SEGMENT, _U32BE, _U32LE = Struct(">H"), Struct(">I"), Struct("<I")
_SOI, _EOI = b"\xff\xd8", 0xD9
_STANDALONE = frozenset({0x01, 0xD8})
_PNG, _RIFF = b"\x89PNG\r\n\x1a\n", b"RIFF"
_MOST_PIECES = 200_000


def end_of(content: Content) -> int | None:
    """The offset behind the picture; None for a format that is not known here, or a cut file."""
    if content[:2] == _SOI:
        return _jpeg(content)
    if content[: len(_PNG)] == _PNG:
        return _png(content)
    if content[:4] == _RIFF and len(content) > _RIFF_HEAD:
        size = int(_U32LE.unpack(content[4:8])[0])
        end = 8 + size + size % 2
        return end if end <= len(content) else None
    return None


_RIFF_HEAD = 12


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
