"""WebP (RFC 9649): a RIFF file of chunks (four letters, little-endian length, padded data)."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_HEAD = Struct("<4sI")
_START = 12
"""`RIFF`, its length, `WEBP`."""
_HEADERS = {b"VP8X": 10, b"VP8 ": 10, b"VP8L": 5, b"ANIM": 6, b"ANMF": 15, b"ALPH": 1}
"""Chunks that tell of the picture, and how many of their first bytes do."""
_KINDS = {
    b"EXIF": "exif",
    b"XMP ": "xmp",
    b"XMP\0": "xmp",
    b"ICCP": "icc",
    b"C2PA": "jumbf",
    b"SEAL": "seal",
}
_LIST = b"LIST"
_LISTS_OF_TEXTS = (b"INFO", b"exif")
_EXIF_SIGNATURE = b"Exif\0\0"


class WebP:
    """WebP and its chunks."""

    name = "WEBP"
    media_type = "image/webp"
    extension = "WEBP"

    def recognises(self, head: bytes) -> bool:
        """Whether it is a RIFF file of form WEBP."""
        return head[:4] == b"RIFF" and head[8:12] == b"WEBP"

    def read(self, view: ByteView, reading: Reading) -> None:
        """Walk the chunks to the end of the file."""
        at = _START
        while view.has(at, _HEAD.size):
            reading.budget.spend("chunks")
            kind, length = view.unpack(_HEAD, at)
            if not view.has(at + _HEAD.size, length):
                reading.problem("webp.truncated", "A chunk is cut short.", view.span(at, 0))
                return
            body = at + _HEAD.size
            if kind in _HEADERS:
                size = min(length, _HEADERS[kind])
                blocks.parse("webp-header", view.sub(body, size), reading, kind.decode("latin-1"))
            elif kind in _KINDS:
                _read_chunk(view, reading, kind, body, length)
            elif kind == _LIST and length <= reading.limits.block_bytes:
                _read_list(view.sub(body, length), reading)
            at = body + length + (length & 1)


def _read_chunk(view: ByteView, reading: Reading, kind: bytes, at: int, length: int) -> None:
    if length > reading.limits.block_bytes:
        reading.problem(
            "limit.block-bytes", "A chunk is too long to be read.", view.span(at, length)
        )
        return
    block = view.sub(at, length)
    skip = len(_EXIF_SIGNATURE)
    if kind == b"EXIF" and length >= skip and block.take(0, skip) == _EXIF_SIGNATURE:
        block = block.sub(skip, length - skip)  # some writers keep JPEG's signature
    blocks.parse(_KINDS[kind], block, reading, kind.decode("latin-1"))


def _read_list(block: ByteView, reading: Reading) -> None:
    """Read a list that holds texts."""
    name = block.take(0, min(_NAME_SIZE, block.size))
    if name in _LISTS_OF_TEXTS:
        content = block.sub(_NAME_SIZE, block.size - _NAME_SIZE)
        blocks.parse("riff-info", content, reading, name.decode("latin-1"))


_NAME_SIZE = 4
