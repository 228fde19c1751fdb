"""The copy of a JPEG XL (ISO/IEC 18181-2): the boxes of the codestream, which is never touched.

The data that rebuild a JPEG (`jbrd`) go: they hold that JPEG's own metadata. A bare codestream has
no place for metadata, and is copied as it is.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from mapy.clean.rewriting import Rewriting
from mapy.errors import CannotClean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mapy.clean.policy import Policy
    from mapy.model import Metadata
    from mapy.text import Text

_HEAD, _LONG = Struct(">I4s"), Struct(">Q")
_TO_THE_END, _IS_LONG = 0, 1
_START = b"\0\0\0\x0cJXL \r\n\x87\n" + b"\0\0\0\x14ftypjxl \0\0\0\0jxl "
"""The signature box, and the one of the brand."""
_SIGNATURE = _START[:12]
_CODESTREAM = frozenset((b"jxlc", b"jxlp"))
_LEVEL, _EXIF, _XMP = b"jxll", b"Exif", b"xml "
_LEVEL_SIZE = 1
_EXIF_HEAD = 4
"""How far behind itself the structure of TIFF begins."""

STRUCTURE = frozenset(
    (
        *("File:ImageWidth", "File:ImageHeight", "Jpeg2000:MajorBrand", "Jpeg2000:MinorVersion"),
        "Jpeg2000:CompatibleBrands",
    )
)
STUCK: Mapping[str, Text] = {}


class Box(NamedTuple):
    """A type and the payload."""

    kind: bytes
    payload: bytes

    def packed(self) -> bytes:
        """The box as it is written."""
        length = _HEAD.size + len(self.payload)
        if length <= 0xFFFFFFFF:  # noqa: PLR2004 - what 32 bits hold
            return _HEAD.pack(length, self.kind) + self.payload
        return _HEAD.pack(_IS_LONG, self.kind) + _LONG.pack(length + _LONG.size) + self.payload


def write(content: bytes, metadata: Metadata, policy: Policy) -> bytes:
    """The clean copy of a JPEG XL file."""
    if not content.startswith(_SIGNATURE):
        return content
    rewriting = Rewriting(metadata, policy)
    boxes = list(_boxes(content))
    image_boxes = [box for box in boxes if box.kind in _CODESTREAM]
    if not image_boxes:
        raise CannotClean("jxl.no-image", "The file has no image data.")
    levels = [Box(_LEVEL, box.payload[:_LEVEL_SIZE]) for box in boxes if box.kind == _LEVEL]
    carried = [*levels[:1], *_metadata(boxes, rewriting), *image_boxes]
    return _START + b"".join(box.packed() for box in carried)


def image(content: bytes) -> Iterable[bytes]:
    """The codestream, and the heads of its parts."""
    if not content.startswith(_SIGNATURE):
        return (content,)
    return (box.payload for box in _boxes(content) if box.kind in _CODESTREAM)


def _boxes(content: bytes) -> Iterator[Box]:
    at = 0
    while at + _HEAD.size <= len(content):
        length, kind = _HEAD.unpack_from(content, at)
        start = at + _HEAD.size
        if length == _IS_LONG and start + _LONG.size <= len(content):
            (length,) = _LONG.unpack_from(content, start)
            start += _LONG.size
        elif length == _TO_THE_END:
            length = len(content) - at
        if length < start - at:
            return
        yield Box(kind, content[start : at + length])
        at += length


def _metadata(boxes: list[Box], rewriting: Rewriting) -> Iterator[Box]:
    """The new EXIF, or the blocks as edited. What is compressed is not edited, and goes."""
    new = rewriting.new_exif()
    if new is not None:
        yield Box(_EXIF, b"\0" * _EXIF_HEAD + new)
    for box in boxes:
        if box.kind == _EXIF and len(box.payload) >= _EXIF_HEAD:
            start = _EXIF_HEAD + int.from_bytes(box.payload[:_EXIF_HEAD], "big")
            edited = rewriting.exif(box.payload[start:])
            if edited is not None:
                yield Box(_EXIF, b"\0" * _EXIF_HEAD + edited)
        elif box.kind == _XMP:
            packet = rewriting.xmp(box.payload)
            if packet is not None:
                yield Box(_XMP, packet)
