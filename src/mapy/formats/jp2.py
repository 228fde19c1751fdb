"""JPEG 2000: the boxes of JP2, JPX and JPM (ISO/IEC 15444-1, annex I), and the bare codestream."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.blocks.jpeg2000_boxes import READERS
from mapy.boxes import Box, block_of, walk
from mapy.errors import LimitExceeded, OutOfBounds
from mapy.formats import FileKind
from mapy.model import Tag
from mapy.tags.file import FILE
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_KINDS = {
    b"jpx ": FileKind("JPX", "image/jpx", "JPX"),
    b"jpm ": FileKind("JPM", "image/jpm", "JPM"),
}
_HOLDERS = frozenset({b"jp2h", b"res ", b"asoc", b"uinf", b"jpch", b"jplh", b"comp"})
"""Boxes of boxes."""
_IPTC = bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38")
_OTHER_IPTC = bytes.fromhex("09a14e97c0b442e0bebf36df6f0ce36f")
_PHOTOSHOP = bytes.fromhex("2c4c0100850440b9a03e562148d6dfeb")
_UUIDS = {
    b"JpgTiffExif->JP2": "exif",
    bytes.fromhex("0537cdab9d0c4431a72afa561f2a113e"): "exif",
    _IPTC: "iptc",
    _OTHER_IPTC: "iptc",
    bytes.fromhex("be7acfcb97a942e89c71999491e3afac"): "xmp",
    bytes.fromhex("b14bf8bd083d4b43a5ae8cd7d5a6ce03"): "exif",  # GeoJP2: GeoTIFF without a picture
    _PHOTOSHOP: "photoshop",
}
_STANDARD_NAMES = {_IPTC: "IPTC", _OTHER_IPTC: "IPTC", _PHOTOSHOP: "image resources"}
"""By these names the parsers know that a block stands where it has to."""
_XMP_MARKS = (b"x:xmpmeta", b"x:xapmeta", b"rdf:RDF")
_XMP_SEARCH = 1024
"""Bytes of an XML box in which XMP tells what it is."""
_EXIF_OFFSET = 4
"""The size of the field in front of the TIFF structure in an `Exif` box."""


class Jp2:
    """The boxes of JPEG 2000."""

    name = "JP2"
    media_type = "image/jp2"
    extension = "JP2"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with the signature box, as the standard or an early draft has it."""
        return head.startswith((b"\0\0\0\x0cjP  \r\n\x87\n", b"\0\0\0\x0cjP\x1a\x1a\r\n\x87\n"))

    def read(self, view: ByteView, reading: Reading) -> None:
        """Walk the boxes to the end of the file."""
        read_boxes(view, reading, 0, view.size, 0)


def read_boxes(view: ByteView, reading: Reading, at: int, end: int, depth: int) -> None:
    """Read boxes, and those inside of them."""
    for box in walk(view, reading, at, end, depth):
        try:
            if box.kind in _HOLDERS:
                read_boxes(view, reading, box.at, box.end, depth + 1)
            else:
                read_box(view, reading, box)
        except OutOfBounds:
            reading.problem("jp2.cut-short", "A box is cut short.", view.span(box.at, box.size))


def read_box(view: ByteView, reading: Reading, box: Box) -> None:
    """Read a box that holds no others.

    Raises:
        OutOfBounds: it is shorter than it has to be.
    """
    name = box.kind.decode("latin-1")
    kind = _UUIDS.get(box.kind) or _BLOCKS.get(box.kind)
    if kind is None and name not in READERS:
        return
    if box.kind == b"ftyp":
        reading.kind = _KINDS.get(view.take(box.at, 4))
    start = box.start if kind == "jumbf" else box.at
    block = block_of(view, reading, start, box.end - start)
    if block is None:
        return
    if box.kind == b"ihdr" and block.size >= _HEADER_SIZE:
        _check_size(block, reading)
    if kind is None:
        blocks.parse("jpeg2000-box", block, reading, name)
        return
    if box.kind == b"Exif":
        skip = min(_EXIF_OFFSET + block.u32be(0), block.size)
        block = block.sub(skip, block.size - skip)
    elif box.kind == b"xml ":
        beginning = block.take(0, min(block.size, _XMP_SEARCH))
        kind = "xmp" if any(mark in beginning for mark in _XMP_MARKS) else "xml"
    if len(name) != _CODE:
        name = _STANDARD_NAMES.get(box.kind, "uuid")
    blocks.parse(kind, block, reading, name)


def _check_size(block: ByteView, reading: Reading) -> None:
    try:
        reading.check_pixels(block.u32be(0), block.u32be(4))
    except LimitExceeded as exceeded:
        reading.problem(exceeded.code, exceeded.message, block.span(0, len(block)))


_BLOCKS = {b"xml ": "xml", b"Exif": "exif", b"jumb": "jumbf"}
_CODE = 4
_HEADER_SIZE = 8

_SOC_SIZ = b"\xff\x4f\xff\x51"
_SIZE = Struct(">II")
_MARKER = Struct(">BBH")
_SIZ, _COM, _SOT, _SOD, _EOC = 0x51, 0x64, 0x90, 0x93, 0xD9
_LATIN = 1


class J2k:
    """The codestream of JPEG 2000 without a container (ISO/IEC 15444-1, annex A)."""

    name = "J2C"
    media_type = "image/x-j2c"
    extension = "J2C"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with the markers SOC and SIZ."""
        return head.startswith(_SOC_SIZ)

    def read(self, view: ByteView, reading: Reading) -> None:
        """Walk the segments of the main header."""
        at = 2
        while view.has(at, _MARKER.size):
            reading.budget.spend("segments")
            lead, marker, length = view.unpack(_MARKER, at)
            if lead != 0xFF or marker in (_SOT, _SOD, _EOC):  # noqa: PLR2004 - every marker begins so
                return
            payload, size = at + _MARKER.size, length - 2
            if size < 0 or not view.has(payload, size):
                reading.problem("j2k.truncated", "A segment is cut short.", view.span(at, 0))
                return
            if marker == _SIZ:
                _add_size(view, reading, payload)
            elif marker == _COM and size > 2 and view.u16be(payload) == _LATIN:  # noqa: PLR2004 - the kind
                text = view.take(payload + 2, size - 2).decode("latin-1")
                tag = Tag(
                    "File", FILE["Comment"], PLAIN, 1, text, view.start + payload + 2, size - 2
                )
                reading.add("File", [tag], view.span(payload, size))
            at += 2 + length


def _add_size(view: ByteView, reading: Reading, at: int) -> None:
    width, height = view.unpack(_SIZE, at + 2)
    reading.check_pixels(width, height)
    tags = [
        Tag("File", FILE[name], PLAIN, 1, value, view.start + place, 4)
        for name, value, place in (("ImageWidth", width, at + 2), ("ImageHeight", height, at + 6))
    ]
    reading.add("File", tags, view.span(at, 10))
