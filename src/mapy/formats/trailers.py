"""Trailers: what programs and phones put behind a picture, each found by how the file ends.

They stand one behind the other, so the file is read from its end: each trailer tells its length,
and in front of it may be the next.
"""

from __future__ import annotations

import re
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from mapy import blocks

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.buffer import ByteView
    from mapy.reading import Reading

TAIL = 64
"""Bytes of the end of a file by which a trailer is known."""
_MOST = 16
"""Trailers of one file."""


class Trailer(NamedTuple):
    """How one kind of trailer is known, and how its length is found."""

    kind: str
    name: str
    pattern: re.Pattern[bytes]
    """Of the end of the file."""
    length: Callable[[bytes, ByteView, int], int]
    """From the end of the file, the file, and where the trailer ends; 0 if there is none."""


def read(view: ByteView, reading: Reading) -> None:
    """Find the trailers of a file, the last one first, and hand each to its parser."""
    end = view.size
    for _ in range(_MOST):
        size = min(TAIL, end)
        tail = view.take(end - size, size)
        found = next((each for each in TRAILERS if each.pattern.search(tail)), None)
        if found is None:
            return
        length = found.length(tail, view, end)
        if not 0 < length <= end:
            reading.problem(
                "trailer.outside", "A trailer is longer than its file.", view.span(end, 0)
            )
            return
        end -= length
        if length > reading.limits.block_bytes and found.kind not in _LARGE:
            reading.problem(
                "limit.block-bytes", "A trailer is too long to be read.", view.span(end, 0)
            )
        else:
            _parse(found, view, end, length, reading)


def _parse(trailer: Trailer, view: ByteView, at: int, length: int, reading: Reading) -> None:
    """Parse a trailer; of a large one only its directory, which stands at its end, is read."""
    size = min(length, reading.limits.block_bytes)
    blocks.parse(trailer.kind, view.sub(at + length - size, size), reading, trailer.name)


_U32BE, _U32LE = Struct(">I"), Struct("<I")
_SEFH_ENTRY = Struct("<HHII")
_SEFH_HEAD, _SEFT_SIZE, _MOST_PIECES = 12, 8, 1_000


def _foto_station(tail: bytes, _: ByteView, __: int) -> int:
    return int(_U32BE.unpack_from(tail, len(tail) - 8)[0])


def _photo_mechanic(tail: bytes, _: ByteView, __: int) -> int:
    return int(_U32BE.unpack_from(tail, len(tail) - 12)[0]) + 12


def _afcp(tail: bytes, view: ByteView, end: int) -> int:
    """The footer tells where the trailer begins, or began before something changed the file."""
    order = _U32BE if tail[-9:-8] == b"!" else _U32LE
    start = int(order.unpack_from(tail, len(tail) - 8)[0])
    signature = tail[-12:-8]
    if view.has(start, len(signature)) and view.take(start, len(signature)) == signature:
        return end - start
    return 0


def _canon_vrd(tail: bytes, _: ByteView, __: int) -> int:
    return int(_U32BE.unpack_from(tail, 20)[0]) + 0x1C + 0x40


def _mie(tail: bytes, _: ByteView, __: int) -> int:
    size = tail[-1]
    return int.from_bytes(tail[-2 - size : -2], "big" if tail[-2] & 0x10 else "little")


def _samsung(tail: bytes, view: ByteView, end: int) -> int:
    """The directory tells how far in front of it each piece begins."""
    directory = _U32LE.unpack_from(tail, len(tail) - 8)[0]
    start = end - _SEFT_SIZE - directory
    if not view.has(start, _SEFH_HEAD) or view.take(start, 4) != b"SEFH":
        return 0
    count = view.u32le(start + 8)
    furthest = 0
    for number in range(min(count, _MOST_PIECES)):
        at = start + _SEFH_HEAD + number * _SEFH_ENTRY.size
        if not view.has(at, _SEFH_ENTRY.size):
            break
        _, _, back, size = view.unpack(_SEFH_ENTRY, at)
        if size <= back:
            furthest = max(furthest, back)
    return _SEFT_SIZE + int(directory) + furthest


def _samsung_index(tail: bytes, _: ByteView, __: int) -> int:
    return int(_U32LE.unpack_from(tail, len(tail) - 10)[0]) + 10


_VIVO_LONGEST, _VIVO_REACH = 8 * 1024 * 1024, 64 * 1024
"""Where the picture may begin, and the text, counted from the end."""
_VIVO_START = b'vivo{"'


def _vivo(_: bytes, view: ByteView, end: int) -> int:
    """The footer does not tell the length: a second picture begins it, or a text."""
    from mapy.blocks.vivo import PICTURE  # noqa: PLC0415 - most pictures have no such trailer

    size = min(_VIVO_LONGEST, end)
    at = view.take(end - size, size).rfind(PICTURE)
    if at < 0:
        size = min(_VIVO_REACH, end)
        at = view.take(end - size, size).find(_VIVO_START)
    return size - at if at >= 0 else 0


_NIKON_APP_FOOT = 20


def _nikon_app(tail: bytes, _: ByteView, __: int) -> int:
    return int(_U32BE.unpack_from(tail, len(tail) - _NIKON_APP_FOOT)[0])


def _one_plus(tail: bytes, view: ByteView, end: int) -> int:
    """The list at the end tells how far in front of it each piece begins."""
    from mapy.blocks.one_plus import pieces  # noqa: PLC0415 - most pictures have no such trailer

    size = int(_U32LE.unpack_from(tail, len(tail) - 4)[0])
    if not view.has(end - size, size):
        return 0
    return size + max((each.back for each in pieces(view.sub(end - size, size))), default=0)


def _insta360(_: bytes, view: ByteView, end: int) -> int:
    at = end - _INSTA360_FOOT + _INSTA360_LENGTH_AT
    return view.u32le(at) if at >= 0 else 0


_INSTA360_FOOT, _INSTA360_LENGTH_AT = 78, 38

TRAILERS = (
    Trailer("samsung-trailer", "SEFT", re.compile(rb"\0\0SEFT\Z"), _samsung),
    Trailer("samsung-index", "QDIO", re.compile(rb"\0\0QDIOBS\Z"), _samsung_index),
    Trailer("soft-edit", "PhotoMechanic", re.compile(rb"(?s).{4}cbipcbbl\Z"), _photo_mechanic),
    Trailer("soft-edit", "FotoStation", re.compile(rb"(?s).{6}\xa1\xb2\xc3\xd4\Z"), _foto_station),
    Trailer(
        "canon-vrd", "CanonVRD", re.compile(rb"(?s)\ACANON OPTIONAL DATA\0.{44}\Z"), _canon_vrd
    ),
    Trailer("afcp", "AFCP", re.compile(rb"(?s)AXS[!*].{8}\Z"), _afcp),
    Trailer(
        "mie",
        "MIE",
        re.compile(rb"(?s)~\0\x04\0zmie~\0\0(?:\x06.{4}[\x10\x18]\x04|\x0a.{8}[\x10\x18]\x08)\Z"),
        _mie,
    ),
    Trailer("insta360", "Insta360", re.compile(rb"8db42d694ccc418790edff439fe026bf\Z"), _insta360),
    Trailer("nikon-app", "NikonApp", re.compile(rb"\0{6}/NIKON APP\Z"), _nikon_app),
    Trailer("one-plus", "OnePlus", re.compile(rb"(?s)jxrs.{3}\0\Z"), _one_plus),
    Trailer("vivo", "Vivo", re.compile(rb"\xff{4}\x1b\*9HWfu\x84\x93\xa2\xb1\Z"), _vivo),
)
_LARGE = frozenset({"insta360", "one-plus", "samsung-trailer"})
"""Trailers that hold films and pictures, of which these pieces are not read."""
