"""Where the compressed data of a PNG end, and whether they hold more than the picture.

The data are one stream of zlib, in as many chunks as the encoder liked (PNG third edition, 10.1).
Decoders stop when they have the last row, so whatever follows in the stream, or behind it in the
same chunks, is published along and never shown.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple
import zlib

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_BYTES = 1 << 30
"""Inflated bytes of a picture that is looked through."""
_FREE, _RATIO = 64 << 20, 100
"""To look for what is hidden, so many bytes are inflated, and so many for each compressed one: the
work follows the size of the file, and a bomb costs little."""
_HEADER = Struct(">IIBBBBB")
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Of a pixel, by the type of colour."""
_PASSES = (
    *((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4)),
    *((0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)),
)
"""Of Adam7: the first column and row, and the steps between them (section 8.1)."""
_ZLIB_HEAD, _CHECK_SUM = 2, 4
_STEP, _PORTION = 1 << 18, 1 << 16
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD = Struct(">I4s")
_MOST_CHUNKS = 200_000


class Picture(NamedTuple):
    """What a header tells of the rows."""

    width: int
    height: int
    bits: int
    """Of a pixel."""
    is_interlaced: bool

    @classmethod
    def of(cls, header: bytes) -> Picture | None:
        """The picture of the data of an IHDR; None if they are none."""
        if len(header) < _HEADER.size:
            return None
        width, height, depth, colour, _, _, interlace = _HEADER.unpack_from(header)
        samples = _SAMPLES.get(colour)
        return None if samples is None else cls(width, height, samples * depth, bool(interlace))

    @property
    def size(self) -> int:
        """Bytes of all rows, each with its filter."""
        if not self.is_interlaced:
            return self._rows(self.width, self.height)
        return sum(
            self._rows(-(-max(0, self.width - x) // across), -(-max(0, self.height - y) // down))
            for x, y, across, down in _PASSES
        )

    def _rows(self, width: int, height: int) -> int:
        return (1 + (width * self.bits + 7) // 8) * height if width else 0


class Ending(NamedTuple):
    """Where a stream ends."""

    length: int | None
    """Compressed bytes up to the end of the stream; None where it is cut short or damaged."""
    has_more: bool = False
    """Whether it holds more than the rows, and not only zeros, or too much to be looked through."""


def ending_of(pieces: Iterable[bytes], size: int) -> Ending:
    """The end of a stream that is given in pieces, and holds rows of `size` bytes.

    The check sum of zlib is not held against the data: decoders show what has a wrong one.
    """
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    given = made = 0
    for portion in _portions(pieces):
        given += len(portion)
        packed = portion
        while True:
            try:
                found = stream.decompress(packed, _STEP)
            except zlib.error:
                return Ending(None)
            packed = stream.unconsumed_tail
            made += len(found)
            if made > size and (made > size + _STEP or found[size - made :].strip(b"\0")):
                return Ending(None, has_more=True)
            if made > MOST_BYTES:
                return Ending(None, has_more=True)
            if stream.eof:
                return Ending(_ZLIB_HEAD + given - len(stream.unused_data) + _CHECK_SUM)
            if not packed and len(found) < _STEP:
                break
    return Ending(None)


def _portions(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The stream without the head of zlib, in portions: what is not consumed is copied often."""
    head = _ZLIB_HEAD
    for piece in pieces:
        for at in range(head, len(piece), _PORTION):
            yield piece[at : at + _PORTION]
        head = max(0, head - len(piece))


class Hidden(NamedTuple):
    """What the data of a file hold beside the picture."""

    size: int
    """Bytes behind the end of the stream, in its chunks."""
    has_more: bool
    """Whether the stream itself holds more than the rows."""


def hidden_in(content: bytes | bytearray) -> Hidden:
    """What the first picture of a PNG holds beside its rows.

    A picture that is packed a hundred times smaller, which no photograph is, is not looked through
    when it is large.
    """
    picture: Picture | None = None
    pieces: list[bytes] = []
    at = len(_SIGNATURE)
    for _ in range(_MOST_CHUNKS):
        head = bytes(content[at : at + _HEAD.size])
        if len(head) < _HEAD.size or head.endswith(b"IEND"):
            break
        length, kind = _HEAD.unpack(head)
        at += _HEAD.size
        if kind == b"IHDR":
            picture = Picture.of(bytes(content[at : at + length]))
        elif kind == b"IDAT":
            pieces.append(bytes(content[at : at + length]))
        at += length + _CHECK_SUM
    compressed = sum(map(len, pieces))
    if picture is None or picture.size > _FREE + _RATIO * compressed:
        return Hidden(0, has_more=False)
    ending = ending_of(pieces, picture.size)
    rest = compressed - ending.length if ending.length is not None else 0
    return Hidden(max(0, rest), ending.has_more)
