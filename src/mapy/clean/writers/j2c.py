"""The copy of a JPEG 2000 codestream (ISO/IEC 15444-1, annex A) without its comments.

No marker tells a place by its distance from the start, so comments of the main header are left out;
those of a tile's header become zeros, because the tile tells its length. What follows the end of
the codestream goes.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.errors import CannotClean
from mapy.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapy.clean.policy import Policy
    from mapy.model import Metadata
    from mapy.text import Text

STRUCTURE = frozenset(
    f"File:{name}"
    for name in ("FileType", "FileTypeExtension", "MIMEType", "ImageWidth", "ImageHeight")
)
STUCK: Mapping[str, Text] = {}

_SOC = b"\xff\x4f"
_SEGMENT = Struct(">BBH")
_TILE = Struct(">HI")
"""Behind the length of SOT: the number of the tile, the length of this part of it."""
_COM, _SOT, _SOD, _EOC = 0x64, 0x90, 0x93, 0xD9
_END = bytes([0xFF, _EOC])
_KIND = 2
"""Bytes in a comment that tell whether it is text."""


def write(content: bytes, metadata: Metadata, policy: Policy) -> bytes:
    """The codestream without comments; there is no room in it for anything else.

    Raises:
        CannotClean: it is broken.
    """
    del metadata
    return content if policy.changes_nothing else without_comments(content)


def image(content: bytes) -> Iterator[bytes]:
    """The codestream without comments."""
    yield without_comments(content)


def without_comments(content: bytes) -> bytes:
    """A codestream without comments, and without what follows its end.

    Raises:
        CannotClean: its headers are broken.
    """
    if not content.startswith(_SOC):
        raise _broken()
    pieces = [_SOC]
    at = len(_SOC)
    parts = DEFAULT_LIMITS.chunks
    for _ in range(DEFAULT_LIMITS.segments):
        marker, end = _segment(content, at)
        if marker == _SOT:
            break
        if marker != _COM:
            pieces.append(content[at:end])
        at = end
    else:
        raise _broken()
    while parts and content[at : at + 2] == b"\xff\x90":
        parts -= 1
        part, at = _tile_part(content, at)
        pieces.append(part)
    if content[at : at + 2] == _END:
        pieces.append(_END)
    return b"".join(pieces)


def _segment(content: bytes, at: int) -> tuple[int, int]:
    """The marker of a segment of a header, and where the segment ends."""
    if at + _SEGMENT.size > len(content):
        raise _broken()
    lead, marker, length = _SEGMENT.unpack_from(content, at)
    end = at + 2 + length
    if lead != 0xFF or marker == _EOC:  # noqa: PLR2004 - every marker begins so
        raise _broken()
    if marker == _SOD:
        return marker, at + 2
    if length < 2 or end > len(content):  # noqa: PLR2004 - its own length
        raise _broken()
    return marker, end


def _tile_part(content: bytes, start: int) -> tuple[bytes, int]:
    """A part of a tile with its comments blanked, and where the next one begins."""
    _, at = _segment(content, start)
    _, length = _TILE.unpack_from(content, start + _SEGMENT.size)
    if length:
        end = min(start + length, len(content))
    else:  # it reaches to the end: in packets, no byte above 8F follows FF
        end = content.find(_END, at)
        end = len(content) if end < 0 else end
    part = bytearray(content[start:end])
    for _ in range(DEFAULT_LIMITS.segments):
        marker, following = _segment(content, at)
        if marker == _SOD or following > end:
            break
        if marker == _COM:
            text = at + _SEGMENT.size - start
            part[text : following - start] = bytes(following - start - text)
        at = following
    if end <= start:
        raise _broken()
    return bytes(part), end


def _broken() -> CannotClean:
    return CannotClean(
        "clean.j2c-broken",
        "The picture's own headers are broken.",
        hint="Open it in a program that edits pictures, save it anew, and clean that.",
    )
