"""Small pictures made of bytes: every builder writes one structure as its standard has it."""

from __future__ import annotations

from dataclasses import dataclass
import struct
from typing import TYPE_CHECKING
from zlib import compress, crc32

import mapy

if TYPE_CHECKING:
    from collections.abc import Sequence

BYTE, ASCII, SHORT, LONG, RATIONAL = 1, 2, 3, 4, 5
UNDEFINED, SRATIONAL, DOUBLE, LONG8, UTF8 = 7, 10, 12, 16, 129
_CODES = {3: "H", 4: "I", 5: "II", 8: "h", 9: "i", 10: "ii", 11: "f", 12: "d", 13: "I", 16: "Q"}


@dataclass(frozen=True)
class Entry:
    """One row of an IFD: its tag, its type, its values, or the IFD that it points to."""

    tag: int
    kind: int
    values: bytes | Sequence[float] | Ifd


@dataclass(frozen=True)
class Ifd:
    """A directory: its rows, and the next of the chain."""

    entries: Sequence[Entry]
    following: Ifd | None = None


def ifd(*entries: Entry, following: Ifd | None = None) -> Ifd:
    """A directory of these rows."""
    return Ifd(entries, following)


def ascii_entry(tag: int, text: str) -> Entry:
    """A text with its NUL."""
    return Entry(tag, ASCII, text.encode() + b"\0")


def short(tag: int, *values: int) -> Entry:
    """16-bit numbers."""
    return Entry(tag, SHORT, values)


def long(tag: int, *values: int) -> Entry:
    """32-bit numbers."""
    return Entry(tag, LONG, values)


def rational(tag: int, *pairs: tuple[int, int]) -> Entry:
    """Numerators and denominators."""
    return Entry(tag, RATIONAL, [number for pair in pairs for number in pair])


def pointer(tag: int, target: Ifd) -> Entry:
    """A row that points to another directory."""
    return Entry(tag, LONG, target)


def tiff(first: Ifd, order: str = "<") -> bytes:
    """A TIFF structure: byte order, 42, the offset of the first IFD, the IFDs behind each other."""
    body = bytearray()
    mark = b"II" if order == "<" else b"MM"
    start = _put(first, body, order)
    return mark + struct.pack(order + "HI", 42, start) + bytes(body)


def _put(directory: Ifd, body: bytearray, order: str) -> int:
    """Write a directory and all below it behind a header of 8 bytes; returns its offset."""
    rows: list[bytes] = []
    for entry in directory.entries:
        values = entry.values
        if isinstance(values, Ifd):
            values = [_put(values, body, order)]
        if isinstance(values, bytes):
            packed, count = values, len(values)
        else:
            code = _CODES[entry.kind]
            count = len(values) // len(code)
            packed = struct.pack(f"{order}{len(values)}{code[0]}", *values)
        if len(packed) > 4:
            place = 8 + len(body)
            body += packed + b"\0" * (len(packed) % 2)
            packed = struct.pack(order + "I", place)
        rows.append(
            struct.pack(order + "HHI", entry.tag, entry.kind, count) + packed.ljust(4, b"\0")
        )
    following = _put(directory.following, body, order) if directory.following else 0
    at = 8 + len(body)
    body += struct.pack(order + "H", len(rows)) + b"".join(rows)
    body += struct.pack(order + "I", following)
    return at


def bigtiff(*entries: tuple[int, int, int, int], order: str = "<") -> bytes:
    """A BigTIFF of one directory: rows of tag, type, count and 64-bit value."""
    mark = b"II" if order == "<" else b"MM"
    rows = b"".join(struct.pack(order + "HHQQ", *entry) for entry in entries)
    head = mark + struct.pack(order + "HHHQ", 43, 8, 0, 16)
    return head + struct.pack(order + "Q", len(entries)) + rows + struct.pack(order + "Q", 0)


def segment(marker: int, payload: bytes) -> bytes:
    """A JPEG segment: FF, its marker, its length with itself, its payload."""
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def frame(width: int = 16, height: int = 8) -> bytes:
    """A start of frame: baseline, 8 bits, three components sampled 2x2, 1x1, 1x1."""
    components = bytes([1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1])
    return segment(0xC0, struct.pack(">BHHB", 8, height, width, 3) + components)


def jpeg(*segments: bytes) -> bytes:
    """A JPEG of these segments, a frame, and a scan without data."""
    scan = segment(0xDA, bytes([1, 1, 0, 0, 63, 0]))
    return b"\xff\xd8" + b"".join(segments) + frame() + scan + b"\xff\xd9"


def jfif() -> bytes:
    """JFIF 1.02, 72 by 72 dots an inch, no thumbnail."""
    return segment(0xE0, b"JFIF\0" + struct.pack(">BBBHHBB", 1, 2, 1, 72, 72, 0, 0))


def exif(structure: bytes) -> bytes:
    """The APP1 of EXIF."""
    return segment(0xE1, b"Exif\0\0" + structure)


def xmp(packet: bytes) -> bytes:
    """The APP1 of XMP."""
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)


def rdf(body: str, attributes: str = "") -> bytes:
    """A packet whose one description has these properties; common namespaces are declared."""
    namespaces = " ".join(
        f'xmlns:{prefix}="{address}"'
        for prefix, address in (
            ("dc", "http://purl.org/dc/elements/1.1/"),
            ("xmp", "http://ns.adobe.com/xap/1.0/"),
            ("exif", "http://ns.adobe.com/exif/1.0/"),
            ("xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
            ("stEvt", "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"),
        )
    )
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Test">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {namespaces} {attributes}>{body}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def chunk(kind: bytes, body: bytes = b"") -> bytes:
    """A PNG chunk: length, kind, body, check sum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc32(kind + body))


def png(*chunks: bytes, width: int = 1, height: int = 1) -> bytes:
    """A PNG of 8-bit grey with these chunks in front of its data."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + data + chunk(b"IEND")


def riff(kind: bytes, body: bytes) -> bytes:
    """A RIFF chunk, padded to an even length."""
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def webp(*chunks: bytes, width: int = 4, height: int = 3) -> bytes:
    """An extended WebP with these chunks behind its header."""
    canvas = struct.pack("<I", 8 | 4) + (width - 1).to_bytes(3, "little")
    header = riff(b"VP8X", canvas + (height - 1).to_bytes(3, "little"))
    body = b"WEBP" + header + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def camera() -> Ifd:
    """What a camera writes: IFD0 with EXIF, GPS and Interop below, and IFD1 with a thumbnail."""
    photo = ifd(
        rational(0x829A, (1, 500)),
        rational(0x829D, (28, 10)),
        Entry(0x9000, UNDEFINED, b"0232"),
        ascii_entry(0x9003, "2024:05:01 10:11:12"),
        Entry(0x9286, UNDEFINED, b"ASCII\0\0\0hello"),
        pointer(0xA005, ifd(ascii_entry(0x0001, "R98"))),
    )
    gps = ifd(
        ascii_entry(0x0001, "S"),
        rational(0x0002, (33, 1), (51, 1), (3540, 100)),
        ascii_entry(0x0003, "E"),
        rational(0x0004, (151, 1), (12, 1), (3600, 100)),
        Entry(0x0005, BYTE, b"\0"),
        rational(0x0006, (585, 10)),
    )
    thumbnail = ifd(short(0x0103, 6), long(0x0201, 8), long(0x0202, 4))
    return ifd(
        ascii_entry(0x010F, "Lamp"),
        ascii_entry(0x0110, "Safe 1"),
        short(0x0112, 6),
        rational(0x011A, (72, 1)),
        pointer(0x8769, photo),
        pointer(0x8825, gps),
        following=thumbnail,
    )


def code_of(content: bytes) -> str:
    """The code of the error that reading gives, or an empty text; every value is asked for."""
    try:
        metadata = mapy.read(content)
    except mapy.MapyError as error:
        return error.code
    for tag in metadata:
        assert tag.machine is not None
        assert tag.readable is not None
    return ""
