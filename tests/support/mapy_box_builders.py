"""Small files made of boxes: HEIF, CR3, JPEG 2000, JPEG XL, and the boxes of C2PA."""

from __future__ import annotations

from dataclasses import dataclass
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

C2PA = "6332706100110010800000aa00389b71"
CBOR = "63626f7200110010800000aa00389b71"
JSON = "6a736f6e00110010800000aa00389b71"
EMBEDDED_FILE = "40cb0c32bb8a489da70b2ad6f47f4369"
CANON = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
PREVIEW = bytes.fromhex("eaf42b5e1c984b88b9fbb7dc406e4d16")
XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


def box(kind: bytes, *content: bytes) -> bytes:
    """A box: its length, four letters, what it holds."""
    body = b"".join(content)
    return struct.pack(">I", len(body) + 8) + kind + body


def full_box(kind: bytes, *content: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A box that begins with a version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *content)


def uuid_box(uuid: bytes, *content: bytes) -> bytes:
    """A box that 16 bytes tell the kind of."""
    return box(b"uuid", uuid, *content)


def ftyp(major: bytes, *compatible: bytes) -> bytes:
    """The brands, version 0."""
    return box(b"ftyp", major, bytes(4), *compatible)


def hdlr(kind: bytes, name: bytes = b"") -> bytes:
    """A handler of this type."""
    return full_box(b"hdlr", bytes(4), kind, bytes(12), name, b"\0")


def ispe(width: int, height: int) -> bytes:
    """The property of an item's size."""
    return full_box(b"ispe", struct.pack(">II", width, height))


@dataclass(frozen=True)
class HeifItem:
    """An item: its number, its type, its bytes, whom it describes, where it is stored."""

    number: int
    kind: bytes
    content: bytes = b""
    describes: int = 0
    content_type: bytes = b""
    is_in_idat: bool = False
    method: int | None = None
    links: Sequence[tuple[bytes, int]] = ()
    """Whom it refers to besides, and as what: `thmb`, `auxl`, `dimg`."""
    is_hidden: bool = False
    name: bytes = b""


def heif(
    *items: HeifItem,
    properties: Sequence[bytes] = (),
    owners: dict[int, Sequence[int]] | None = None,
    primary: int = 1,
    brand: bytes = b"heic",
    behind: bytes = b"",
) -> bytes:
    """A HEIF of these items; `owners` tells of each item the numbers of its properties."""
    brands = ftyp(brand, b"mif1", brand)
    told = _primary(primary) + _properties(properties, owners or {})
    start = len(brands) + len(_items(items, told, 0)[0]) + 8
    meta, media = _items(items, told, start)
    return brands + meta + box(b"mdat", media) + behind


def _primary(number: int) -> bytes:
    return full_box(b"pitm", struct.pack(">H", number))


def _properties(properties: Sequence[bytes], owners: dict[int, Sequence[int]]) -> bytes:
    if not properties:
        return b""
    associations = b"".join(
        struct.pack(">HB", number, len(owned)) + bytes(owned) for number, owned in owners.items()
    )
    ipma = full_box(b"ipma", struct.pack(">I", len(owners)), associations)
    return box(b"iprp", box(b"ipco", *properties), ipma)


def _items(items: Sequence[HeifItem], told: bytes, start: int) -> tuple[bytes, bytes]:
    """The `meta` box of items that lie in `mdat` from `start` on, or in `idat`; their bytes."""
    infos, places, links = [], [], []
    media = data = b""
    for item in items:
        extra = item.content_type + b"\0" if item.content_type else b""
        entry = struct.pack(">HH", item.number, 0) + item.kind + item.name + b"\0" + extra
        infos.append(full_box(b"infe", entry, version=2, flags=int(item.is_hidden)))
        method = int(item.is_in_idat) if item.method is None else item.method
        offset = len(data) if item.is_in_idat else start + len(media)
        places.append(struct.pack(">HHHHII", item.number, method, 0, 1, offset, len(item.content)))
        if item.is_in_idat:
            data += item.content
        else:
            media += item.content
        described = [(b"cdsc", item.describes)] if item.describes else []
        for kind, target in (*described, *item.links):
            links.append(box(kind, struct.pack(">HHH", item.number, 1, target)))
    meta = full_box(
        b"meta",
        hdlr(b"pict"),
        full_box(b"iinf", struct.pack(">H", len(items)), *infos),
        full_box(b"iloc", b"\x44\0", struct.pack(">H", len(items)), *places, version=1),
        full_box(b"iref", *links) if links else b"",
        told,
        box(b"idat", data) if data else b"",
    )
    return meta, media


def jp2(*boxes: bytes, brand: bytes = b"jp2 ") -> bytes:
    """A JPEG 2000 file of 16 by 8 samples, three of 8 bits, with these boxes behind its header."""
    header = box(b"ihdr", struct.pack(">IIHBBBB", 8, 16, 3, 7, 7, 0, 0))
    colour = box(b"colr", b"\1\0\0", struct.pack(">I", 16))
    return (
        box(b"jP  ", b"\r\n\x87\n") + ftyp(brand, brand) + box(b"jp2h", header, colour)
    ) + b"".join(boxes)


def jxl(*boxes: bytes) -> bytes:
    """A JPEG XL container of these boxes."""
    return box(b"JXL ", b"\r\n\x87\n") + ftyp(b"jxl ", b"jxl ") + b"".join(boxes)


def superbox(kind: str, label: str, *content: bytes, salt: bytes = b"") -> bytes:
    """A JUMBF superbox of this type and label."""
    private = box(b"c2sh", salt) if salt else b""
    toggles = 3 | (16 if salt else 0)
    described = bytes.fromhex(kind) + bytes([toggles]) + label.encode() + b"\0" + private
    return box(b"jumb", box(b"jumd", described), *content)


def cbor(value: object) -> bytes:
    """A value as CBOR writes it; bytes that are no value are given as a bytearray."""
    match value:
        case bytearray():
            written = bytes(value)
        case None | bool():
            written = {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
        case int():
            written = _head(0, value) if value >= 0 else _head(1, -1 - value)
        case float():
            written = b"\xfb" + struct.pack(">d", value)
        case bytes():
            written = _head(2, len(value)) + value
        case str():
            written = _head(3, len(value.encode())) + value.encode()
        case list():
            written = _head(4, len(value)) + b"".join(map(cbor, value))
        case dict():
            pairs = b"".join(cbor(key) + cbor(each) for key, each in value.items())
            written = _head(5, len(value)) + pairs
        case _:
            raise TypeError(value)
    return written


def tagged(tag: int, value: object) -> bytearray:
    """A value of CBOR with the number of its meaning."""
    return bytearray(_head(6, tag) + cbor(value))


def _head(major: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([major << 5 | argument])
    for low, code in ((24, ">B"), (25, ">H"), (26, ">I"), (27, ">Q")):
        if argument < 1 << 8 * struct.calcsize(code):
            return bytes([major << 5 | low]) + struct.pack(code, argument)
    raise ValueError(argument)
