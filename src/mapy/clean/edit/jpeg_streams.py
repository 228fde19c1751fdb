"""JPEG streams inside of other containers: what they carry beside the picture becomes zeros.

The segments stay where they are (ITU-T T.81, annex B): only what stands in comments and in segments
of applications is overwritten, but for the two that a decoder needs, of JFIF and of Adobe.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.errors import LimitExceeded, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEGMENT = Struct(">BBH")
_START, _SCAN, _COMMENT, _APP0, _APP14, _APP15 = b"\xff\xd8", 0xDA, 0xFE, 0xE0, 0xEE, 0xEF
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_TIMES_FOLLOWED = 4
_KEPT = {_APP0: (b"JFIF\0", 14), _APP14: (b"Adobe", 12)}
"""Signatures, and how many bytes of the segment a decoder may look at."""


def private_of(content: bytes | bytearray, streams: Iterable[Span]) -> list[Span]:
    """The stretches of streams, as places in `content`, that carry no picture.

    Raises:
        LimitExceeded: the streams overlap, so often that they would take without end.
    """
    found: list[Span] = []
    left = _TIMES_FOLLOWED * len(content)
    for start, length in streams:
        left -= length
        if left < 0:
            raise LimitExceeded("limit.segments", "Pictures of the file overlap too often.")
        found += _private(content, start, length)
    return found


def _private(content: bytes | bytearray, start: int, length: int) -> list[Span]:
    end = min(start + length, len(content))
    at = start + len(_START)
    found: list[Span] = []
    if content[start:at] != _START:
        return found
    while at + _SEGMENT.size <= end:
        lead, marker, size = _SEGMENT.unpack_from(content, at)
        if lead != 0xFF or marker == _SCAN:  # noqa: PLR2004 - every marker begins so
            break
        if marker in (0xFF, *_STANDALONE):
            at += 1 if marker == 0xFF else 2  # noqa: PLR2004 - a filling byte
            continue
        body, following = at + _SEGMENT.size, at + 2 + size
        if size < 2 or following > end:  # noqa: PLR2004 - its own length
            break
        if marker == _COMMENT or _APP0 <= marker <= _APP15:
            signature, kept = _KEPT.get(marker, (b"\0", 0))
            skip = kept if content[body : body + len(signature)] == signature else 0
            found.append(Span(body + skip, max(0, following - body - skip)))
        at = following
    return found
