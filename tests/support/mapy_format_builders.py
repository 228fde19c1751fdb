"""Small files of the formats beside JPEG, PNG, WebP and TIFF: each as its standard has it."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from mapy_builders import exif, jpeg, tiff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapy_builders import Ifd


def sub_blocks(content: bytes) -> bytes:
    """A chain of a GIF: up to 255 bytes behind each length, and a length of 0."""
    pieces = [content[at : at + 255] for at in range(0, len(content), 255)]
    return b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\0"


def gif_extension(label: int, *chains: bytes) -> bytes:
    """An extension: its first sub-block is of fixed size, the others are its content."""
    head = bytes([len(chains[0])]) + chains[0]
    return b"!" + bytes([label]) + head + sub_blocks(b"".join(chains[1:]))


def gif_comment(text: bytes) -> bytes:
    """A comment."""
    return b"!\xfe" + sub_blocks(text)


def gif_frame(delay: int | None = None, transparent: int | None = None) -> bytes:
    """A picture of one pixel, behind a control block if it has a delay."""
    control = b""
    if delay is not None:
        flags = 0 if transparent is None else 1
        control = b"!\xf9\x04" + struct.pack("<BHBB", flags, delay, transparent or 0, 0)
    return control + b"," + struct.pack("<4HB", 0, 0, 1, 1, 0) + b"\x02" + sub_blocks(b"LX")


def gif(*blocks: bytes, width: int = 4, height: int = 3, aspect: int = 0) -> bytes:
    """A GIF with a colour map of two colours."""
    screen = struct.pack("<HHBBB", width, height, 0x80, 1, aspect)
    return b"GIF89a" + screen + bytes(6) + b"".join(blocks) + b";"


def bmp(header: bytes, behind: bytes = b"") -> bytes:
    """A BMP: its file header, a header, what follows."""
    return b"BM" + struct.pack("<IHHI", 14 + len(header), 0, 0, 14 + len(header)) + header + behind


def windows_header(size: int, *, width: int = 4, height: int = -3, compression: int = 0) -> bytes:
    """The 40 bytes that every header of Windows begins with, and zeros up to its size."""
    head = struct.pack("<IiiHHIIiiII", size, width, height, 1, 24, compression, 0, 2835, 2835, 0, 0)
    return head.ljust(size, b"\0")


class Layer:
    """A layer of a PSD."""

    def __init__(self, name: str, *tagged: tuple[bytes, bytes], flags: int = 0) -> None:
        letters = name.encode()
        pascal = bytes([len(letters)]) + letters
        extra = struct.pack(">II", 0, 0) + pascal + b"\0" * (-len(pascal) % 4)
        for key, body in tagged:
            extra += b"8BIM" + key + struct.pack(">I", len(body)) + body + b"\0" * (len(body) % 2)
        rectangle = struct.pack(">4iH", 0, 1, 2, 3, 0)
        self.record = rectangle + b"8BIMnorm" + bytes([255, 0, flags, 0])
        self.record += struct.pack(">I", len(extra)) + extra


def psd(*layers: Layer, resources: bytes = b"", width: int = 4, version: int = 1) -> bytes:
    """A PSD or PSB: header, colour table, resources, layers, compression."""
    header = b"8BPS" + struct.pack(">H6xHIIHH", version, 3, 3, width, 8, 3)
    size = ">Q" if version == 2 else ">I"
    records = struct.pack(">h", len(layers)) + b"".join(layer.record for layer in layers)
    section = struct.pack(size, len(records)) + records
    parts = struct.pack(">I", 0) + struct.pack(">I", len(resources)) + resources
    return header + parts + struct.pack(size, len(section)) + section + struct.pack(">H", 1)


def svg(body: str = "", attributes: str = "", prolog: str = "") -> bytes:
    """A drawing."""
    start = f'{prolog}<svg xmlns="http://www.w3.org/2000/svg" {attributes}>'
    return f"{start}{body}</svg>".encode()


def raf(camera: Ifd, *entries: tuple[int, bytes]) -> bytes:
    """A RAF: header, the camera's JPEG, one directory."""
    picture = jpeg(exif(tiff(camera)))
    at = 0x70
    body = b"".join(struct.pack(">HH", number, len(value)) + value for number, value in entries)
    directory = struct.pack(">I", len(entries)) + body
    header = b"FUJIFILMCCD-RAW 0201".ljust(0x3C, b"\0") + b"0106".ljust(0x18, b"\0")
    places = struct.pack(">7I", at, len(picture), at + len(picture), len(directory), 0, 0, 2)
    return header + places + picture + directory


def mrw(*blocks: tuple[bytes, bytes], order: str = ">") -> bytes:
    """An MRW of these blocks."""
    mark = b"\0MRM" if order == ">" else b"\0MRI"
    body = b"".join(
        b"\0" + name + struct.pack(order + "I", len(content)) + content for name, content in blocks
    )
    return mark + struct.pack(order + "I", len(body)) + body


def x3f_properties(pairs: Sequence[tuple[str, str]]) -> bytes:
    """The section of properties: places of names and values, and their letters."""
    letters, places = "", b""
    for name, value in pairs:
        places += struct.pack("<II", len(letters), len(letters) + len(name) + 1)
        letters += f"{name}\0{value}\0"
    head = b"SECp" + struct.pack("<5I", 0x20000, len(pairs), 0, 0, len(letters))
    return head + places + letters.encode("utf-16-le")


def x3f(*sections: tuple[bytes, bytes]) -> bytes:
    """An X3F of version 2.2: header, sections, directory, its place."""
    header = b"FOVb" + struct.pack("<I", 0x20002) + bytes(range(16))
    header += struct.pack("<4I", 0, 4, 3, 90) + b"Sunlight".ljust(32, b"\0")
    header += bytes([1, 2]).ljust(32, b"\0") + struct.pack("<2f", 0.5, -1).ljust(128, b"\0")
    content, entries = header, b""
    for kind, body in sections:
        entries += struct.pack("<II", len(content), len(body)) + kind
        content += body
    at = len(content)
    return (
        content
        + b"SECd"
        + struct.pack("<II", 0x20000, len(sections))
        + entries
        + (struct.pack("<I", at))
    )


def ciff_directory(*records: tuple[int, bytes]) -> bytes:
    """A block of a heap: values, then their directory, then its place."""
    values, rows = b"", b""
    for kind, value in records:
        if kind & 0x4000:
            rows += struct.pack("<H", kind) + value.ljust(8, b"\0")
        else:
            rows += struct.pack("<HII", kind, len(value), len(values))
            values += value
    return values + struct.pack("<H", len(records)) + rows + struct.pack("<I", len(values))


def crw(*records: tuple[int, bytes]) -> bytes:
    """A CRW of one directory."""
    return b"II" + struct.pack("<I", 26) + b"HEAPCCDR" + bytes(12) + ciff_directory(*records)


def phase_one(*entries: tuple[int, int, bytes]) -> bytes:
    """A directory of Phase One: of each entry its number, its type, its value."""
    values, rows = b"", b""
    head = 12
    for number, kind, value in entries:
        place = struct.pack("<I", head + len(values))
        if len(value) <= 4:
            place = value.ljust(4, b"\0")
        else:
            values += value
        rows += struct.pack("<III", number, kind, len(value)) + place
    directory = struct.pack("<II", len(entries), 0) + rows
    return b"IIIIwaR\0" + struct.pack("<I", head + len(values)) + values + directory
