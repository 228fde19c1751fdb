"""TIFF files of one page that hold a note as cameras of Sony and Minolta write it."""

from __future__ import annotations

import struct

BYTE, ASCII, SHORT, LONG, UNDEFINED, SLONG = 1, 2, 3, 4, 7, 9
_SIZES = {BYTE: 1, ASCII: 1, SHORT: 2, LONG: 4, UNDEFINED: 1, SLONG: 4}
Record = tuple[int, int, bytes]
"""Tag, type, bytes."""

_CIPHER = bytes(byte**3 % 249 if byte < 249 else byte for byte in range(256))


def block(size: int, places: dict[int, bytes]) -> bytes:
    """A block of so many bytes; what is not named is 0."""
    found = bytearray(size)
    for place, value in places.items():
        found[place : place + len(value)] = value
    return bytes(found)


def enciphered(size: int, places: dict[int, bytes], *, begins: bytes = b"") -> bytes:
    """The same as the camera stores it; `begins` are the first bytes as they are stored."""
    stored = block(size, places).translate(_CIPHER)
    return begins + stored[len(begins) :]


def u16(*values: int, order: str = "<") -> bytes:
    """16-bit numbers."""
    return struct.pack(f"{order}{len(values)}H", *values)


def u32(*values: int, order: str = "<") -> bytes:
    """32-bit numbers."""
    return struct.pack(f"{order}{len(values)}I", *values)


def _directory(records: list[Record], at: int, order: str) -> bytes:
    """An IFD at a place, its values behind it."""
    head = 2 + 12 * len(records) + 4
    rows, values = struct.pack(order + "H", len(records)), b""
    for tag, kind, content in records:
        row = content.ljust(4, b"\0")
        if len(content) > 4:
            row = struct.pack(order + "I", at + head + len(values))
            values += content
        rows += struct.pack(order + "HHI", tag, kind, len(content) // _SIZES[kind]) + row
    return rows + bytes(4) + values


def noted(
    *records: Record,
    model: str,
    make: str = "SONY",
    signature: bytes = b"SONY DSC \0\0\0",
    order: str = "<",
) -> bytes:
    """A TIFF file with a note of these records."""
    names = [(0x010F, ASCII, make.encode() + b"\0"), (0x0110, ASCII, model.encode() + b"\0\0\0\0")]

    def page(exif: int) -> bytes:
        return _directory([*names, (0x8769, LONG, struct.pack(order + "I", exif))], 8, order)

    exif_at = 8 + len(page(0))
    note_at = exif_at + 2 + 12 + 4
    note = signature + _directory(list(records), note_at + len(signature), order)
    mark = b"II*\0" if order == "<" else b"MM\0*"
    exif = _directory([(0x927C, UNDEFINED, note.ljust(5, b"\0"))], exif_at, order)
    return mark + struct.pack(order + "I", 8) + page(exif_at) + exif
