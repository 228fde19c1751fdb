"""The EXIF block of a copy that loses everything else: new, and nothing in it but what is kept."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from mapy.clean.policy import Keep

if TYPE_CHECKING:
    from mapy.model import Metadata, Position

_ASCII, _SHORT, _LONG, _RATIONAL, _BYTE = 2, 3, 4, 5, 1
_ORIENTATION, _ARTIST, _COPYRIGHT, _GPS = 0x0112, 0x013B, 0x8298, 0x8825
_ORIENTATIONS = range(1, 9)
_ROW, _COUNT, _NEXT, _INLINE = 12, 2, 4, 4
_HEADER = 8
_LONGEST_TEXT = 4096
"""Bytes of a name or notice that is copied; a longer one is cut."""
_DECIMALS = 100_000
"""A place of five decimals is exact to about a metre: the coarsening is done before."""

SOURCES = {
    Keep.ORIENTATION: ("IFD0:Orientation",),
    Keep.COPYRIGHT: ("IFD0:Copyright", "IPTC:CopyrightNotice", "XMP-dc:Rights"),
    Keep.CREATOR: ("IFD0:Artist", "IPTC:By-line", "XMP-dc:Creator"),
}
"""Where each kept fact is looked for, the first one first."""

Row = tuple[int, int, int, bytes]
"""Tag, type, count, and the value's bytes."""


def build(metadata: Metadata, keep: frozenset[Keep], position: Position | None) -> bytes | None:
    """A big-endian TIFF structure with the kept facts that the file tells; None if it tells none.

    Args:
        metadata: of the original.
        keep: which facts.
        position: where, as coarsely as the copy may say it.
    """
    rows: list[Row] = []
    orientation = _orientation(metadata) if Keep.ORIENTATION in keep else None
    if orientation is not None:
        rows.append((_ORIENTATION, _SHORT, 1, struct.pack(">H", orientation)))
    for tag, fact in ((_ARTIST, Keep.CREATOR), (_COPYRIGHT, Keep.COPYRIGHT)):
        text = _text(metadata, fact) if fact in keep else b""
        if text:
            rows.append((tag, _ASCII, len(text), text))
    if not rows and position is None:
        return None
    if position is None:
        return b"MM\0*\0\0\0\x08" + _directory(rows, _HEADER)
    # The pointer's own value does not change the directory's length.
    pointer = (_GPS, _LONG, 1, b"\0" * 4)
    at = _HEADER + len(_directory([*rows, pointer], _HEADER))
    first = _directory([*rows, (*pointer[:3], struct.pack(">I", at))], _HEADER)
    return b"MM\0*\0\0\0\x08" + first + _directory(_gps_rows(position), at)


def _orientation(metadata: Metadata) -> int | None:
    for key in SOURCES[Keep.ORIENTATION]:
        tag = metadata.get(key)
        if tag is not None and tag.machine in _ORIENTATIONS:
            return int(tag.machine)  # type: ignore[arg-type]  # it is one of the range
    return None


def _text(metadata: Metadata, fact: Keep) -> bytes:
    """A text with its NUL, in UTF-8; empty if the file does not tell."""
    for key in SOURCES[fact]:
        tag = metadata.get(key)
        if tag is None:
            continue
        value = tag.machine
        text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        encoded = text.replace("\0", "").strip().encode()[:_LONGEST_TEXT]
        if encoded:
            return encoded.decode(errors="ignore").encode() + b"\0"
    return b""


def _gps_rows(position: Position) -> list[Row]:
    """The rows of a GPS directory (Exif 3.0, section 4.6.6): version, latitude, longitude."""
    return [
        (0, _BYTE, 4, bytes((2, 3, 0, 0))),
        (1, _ASCII, 2, b"S\0" if position.latitude < 0 else b"N\0"),
        (2, _RATIONAL, 3, _degrees(position.latitude)),
        (3, _ASCII, 2, b"W\0" if position.longitude < 0 else b"E\0"),
        (4, _RATIONAL, 3, _degrees(position.longitude)),
    ]


def _degrees(angle: float) -> bytes:
    """Decimal degrees in the first of three rationals, zero minutes and seconds."""
    return struct.pack(">6I", round(abs(angle) * _DECIMALS), _DECIMALS, 0, 1, 0, 1)


def _directory(rows: list[Row], at: int) -> bytes:
    """An IFD that stands at `at`, its longer values behind it, and none to follow."""
    table = struct.pack(">H", len(rows))
    values = b""
    values_at = at + _COUNT + _ROW * len(rows) + _NEXT
    for tag, kind, count, value in rows:
        if len(value) <= _INLINE:
            place = value.ljust(_INLINE, b"\0")
        else:
            place = struct.pack(">I", values_at + len(values))
            values += value + b"\0" * (len(value) % 2)
        table += struct.pack(">HHI", tag, kind, count) + place
    return table + b"\0" * _NEXT + values
