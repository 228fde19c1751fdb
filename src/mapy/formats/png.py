"""PNG (third edition, section 5): a signature, then chunks (length, type, data, CRC) to IEND."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING
from zlib import crc32

from mapy import blocks
from mapy.errors import Severity

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD = Struct(">I4s")
_SIZE = Struct(">II")
_FRAME = 12
"""4 of length, 4 of type, 4 of CRC."""

_KINDS = {
    **dict.fromkeys((b"eXIf", b"exIf"), "exif"),
    **dict.fromkeys((b"zxIf", b"zXIf"), "png-exif"),
    b"caBX": "jumbf",
    b"meTa": "xml",
    b"tXMP": "xmp",
    b"seAl": "seal",
    b"iCCP": "png-profile",
    **dict.fromkeys((b"tEXt", b"zTXt", b"iTXt"), "png-text"),
    **dict.fromkeys(
        (
            *(b"IHDR", b"PLTE", b"acTL", b"bKGD", b"cHRM", b"cICP", b"dSIG", b"fRAc", b"gAMA"),
            *(b"gIFg", b"gIFt", b"gIFx", b"gdAT", b"hIST", b"iDOT", b"oFFs", b"pCAL", b"pHYs"),
            *(b"sBIT", b"sCAL", b"sPLT", b"sRGB", b"sTER", b"tIME", b"tRNS", b"vpAg", b"cpIp"),
        ),
        "png-chunk",
    ),
}
"""What parses each chunk; the others are passed over unread."""
_EXIF_SIGNATURE = b"Exif\0\0"


class Png:
    """PNG and its chunks."""

    name = "PNG"
    media_type = "image/png"
    extension = "PNG"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with PNG's signature."""
        return head.startswith(SIGNATURE)

    def read(self, view: ByteView, reading: Reading) -> None:
        """Walk the chunks to IEND: texts and EXIF may stand behind the picture's data."""
        at = len(SIGNATURE)
        while view.has(at, _FRAME):
            reading.budget.spend("chunks")
            length, kind = view.unpack(_HEAD, at)
            if not view.has(at, length + _FRAME):
                reading.problem("png.truncated", "A chunk is cut short.", view.span(at, 0))
                return
            if kind == b"IEND":
                return
            if kind == b"IHDR":
                reading.check_pixels(*view.unpack(_SIZE, at + 8))
            if kind in _KINDS:
                _read_chunk(view, reading, kind, at, length)
            at += length + _FRAME
        reading.problem("png.no-end", "The file stops before the IEND chunk.", view.span(at, 0))


def _read_chunk(view: ByteView, reading: Reading, kind: bytes, at: int, length: int) -> None:
    if length > reading.limits.block_bytes:
        reading.problem(
            "limit.block-bytes", "A chunk is too long to be read.", view.span(at, length)
        )
        return
    body = view.take(at + 8, length)
    if crc32(body, crc32(kind)) != view.u32be(at + 8 + length):
        reading.problem(
            "png.bad-crc", "A chunk's check sum is wrong.", view.span(at, length), Severity.NOTE
        )
    block = view.sub(at + 8, length)
    name = _KINDS[kind]
    if name == "exif" and body.startswith(_EXIF_SIGNATURE):  # some writers keep JPEG's signature
        block = block.sub(len(_EXIF_SIGNATURE), length - len(_EXIF_SIGNATURE))
    blocks.parse(name, block, reading, kind.decode("latin-1"))
