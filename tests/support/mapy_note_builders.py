"""Makers' notes of small bytes, inside the TIFF structure that a camera writes around them."""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED, SSHORT, SLONG = 1, 2, 3, 4, 5, 7, 8, 9
FLOAT, IFD = 11, 13
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 13: 4}
Row: TypeAlias = tuple[int, int, bytes]
"""Number, type and value."""


def u16(*numbers: int) -> bytes:
    """Numbers of 16 bits."""
    return pack(f"<{len(numbers)}H", *[number & 0xFFFF for number in numbers])


def u32(*numbers: int) -> bytes:
    """Numbers of 32 bits."""
    return pack(f"<{len(numbers)}I", *[number & 0xFFFFFFFF for number in numbers])


def directory(at: int, *rows: Row, order: str = "<") -> bytes:
    """An IFD that lies at an offset, its values behind it."""
    entries, values = pack(order + "H", len(rows)), b""
    behind = at + 2 + 12 * len(rows) + 4
    for number, kind, value in rows:
        place = value.ljust(4, b"\0")
        if len(value) > 4:
            place = pack(order + "I", behind + len(values))
            values += value + b"\0" * (len(value) % 2)
        entries += pack(order + "HHI", number, kind, len(value) // _SIZES[kind]) + place
    return entries + u32(0) + values


def camera_file(make: str, model: str, note: Callable[[int], bytes]) -> bytes:
    """A TIFF file of a camera; `note` makes its maker note for the offset where it will lie."""
    texts = [f"{text}\0".encode().ljust(6, b"\0") for text in (make, model)]
    texts = [text + b"\0" * (len(text) % 2) for text in texts]
    first = 8 + 2 + 12 * 3 + 4
    second, exif = first + len(texts[0]), first + len(texts[0]) + len(texts[1])
    at = exif + 2 + 12 + 4
    body = note(at)
    rows = [(0x010F, ASCII, len(texts[0]), first), (0x0110, ASCII, len(texts[1]), second)]
    rows.append((0x8769, LONG, 1, exif))
    head = b"II*\0" + u32(8) + u16(len(rows))
    head += b"".join(u16(number, kind) + u32(count, value) for number, kind, count, value in rows)
    links = u16(1) + u16(0x927C, UNDEFINED) + u32(len(body), at) + u32(0)
    return head + u32(0) + b"".join(texts) + links + body


def own_note(signature: bytes, *rows: Row) -> Callable[[int], bytes]:
    """A note whose offsets count from its own start."""
    return lambda _at: signature + directory(len(signature), *rows)


def tiff_note(signature: bytes, *rows: Row) -> Callable[[int], bytes]:
    """A note whose offsets count from the TIFF header."""
    return lambda at: signature + directory(at + len(signature), *rows)
