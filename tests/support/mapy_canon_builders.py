"""TIFF files of one page that hold a note as Canon's cameras write it."""

from __future__ import annotations

import struct

from mapy_note_builders import directory

ASCII, SHORT, LONG, UNDEFINED = 2, 3, 4, 7
Record = tuple[int, int, bytes]
"""Tag, type, bytes."""


def shorts(*values: int, order: str = "<") -> bytes:
    """16-bit numbers."""
    return struct.pack(f"{order}{len(values)}H", *(value & 0xFFFF for value in values))


def longs(*values: int, order: str = "<") -> bytes:
    """32-bit numbers."""
    return struct.pack(f"{order}{len(values)}I", *(value & 0xFFFFFFFF for value in values))


def words(count: int, places: dict[int, int], order: str = "<") -> bytes:
    """A record of 16-bit numbers that begins with its length; what is not named is 0."""
    values = [0] * count
    values[0] = count * 2
    for place, value in places.items():
        values[place] = value
    return shorts(*values, order=order)


def numbers(count: int, places: dict[int, int]) -> bytes:
    """A record of 32-bit numbers that begins with its length; what is not named is 0."""
    values = [0] * count
    values[0] = count * 4
    for place, value in places.items():
        values[place] = value
    return longs(*values)


def filled(count: int, places: dict[int, bytes]) -> bytes:
    """A block of so many bytes; what is not named is 0."""
    block = bytearray(count)
    for place, value in places.items():
        block[place : place + len(value)] = value
    return bytes(block)


def canon(
    *records: Record, model: str = "Canon EOS 20D", order: str = "<", written_at: int = 0
) -> bytes:
    """A TIFF file with a note of these records.

    With `written_at` the note has a footer that says that it stood there, and offsets to match.
    """
    names = [(0x010F, ASCII, b"Canon\0"), (0x0110, ASCII, model.encode() + b"\0")]

    def page(exif: int) -> bytes:
        return directory(
            8, *sorted([*names, (0x8769, LONG, struct.pack(order + "I", exif))]), order=order
        )

    exif_at = 8 + len(page(0))
    note_at = exif_at + 2 + 12 + 4
    note = directory(written_at or note_at, *sorted(records), order=order)
    mark = b"II*\0" if order == "<" else b"MM\0*"
    if written_at:
        note += mark + struct.pack(order + "I", written_at)
    exif = directory(exif_at, (0x927C, UNDEFINED, note.ljust(5, b"\0")), order=order)
    return mark + struct.pack(order + "I", 8) + page(exif_at) + exif
