"""TIFF files of one page that hold a note as Nikon's cameras write it."""

from __future__ import annotations

import struct

from mapy_note_builders import directory as note_directory

BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED = 1, 2, 3, 4, 5, 7
Record = tuple[int, int, bytes]
"""Tag, type, bytes."""


SERIAL, COUNT = 1234567, 4321
"""The key of the enciphered records."""


def directory(records: list[Record], at: int, order: str) -> bytes:
    """An IFD at a place, in the order of its numbers, its values behind it."""
    return note_directory(at, *sorted(records), order=order)


def structure(first: list[Record], order: str) -> bytes:
    """A TIFF header and its first IFD."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(order + "I", 8) + directory(first, 8, order)


def tiff(note: bytes, *, model: str = "NIKON D80", order: str = "<") -> bytes:
    """A file of one page with this note."""
    names = [(0x010F, ASCII, b"NIKON\0"), (0x0110, ASCII, model.encode() + b"\0")]
    exif = len(structure([*names, (0x8769, LONG, bytes(4))], order))
    page = structure([*names, (0x8769, LONG, struct.pack(order + "I", exif))], order)
    return page + directory([(0x927C, UNDEFINED, note)], exif, order)


def nikon(
    *records: Record, model: str = "NIKON D80", order: str = "<", has_key: bool = True
) -> bytes:
    """A file with a note of the newest kind: a TIFF of its own with these records."""
    key = [
        (0x001D, ASCII, str(SERIAL).encode() + b"\0"),
        (0x00A7, LONG, struct.pack(order + "I", COUNT)),
    ]
    inner = structure([*records, *(key if has_key else [])], order)
    return tiff(b"Nikon\0\x02\x10\0\0" + inner, model=model, order=order)


def block(size: int, places: dict[int, bytes]) -> bytes:
    """A record of so many bytes; what is not named is 0."""
    found = bytearray(size)
    for place, value in places.items():
        found[place : place + len(value)] = value
    return bytes(found)
