"""The bits of a Brotli stream (RFC 7932, section 1.5.1): from the lowest of the first byte on."""

from __future__ import annotations

from mapy.errors import MapyError
from mapy.text import Text

WORD = 8
"""Bytes that are taken into the hand at once."""
WORD_BITS = 64


class Malformed(MapyError):  # noqa: N818 - names what happened, as the public errors do
    """The bytes are no Brotli. Never leaves `mapy.blocks.brotli`."""

    def __init__(self) -> None:
        super().__init__("brotli.broken", Text("A block that is compressed with Brotli is broken."))


class Bits:
    """What is left of the stream: bits in the hand, and the bytes behind them."""

    __slots__ = ("at", "content", "count", "held")

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0
        """Where the bytes begin that are not in the hand yet."""
        self.held = 0
        self.count = 0
        """How many bits are held."""

    def fill(self) -> None:
        """Take the next bytes into the hand. Behind the end there are zeros, of one word.

        Raises:
            Malformed: the end was passed before.
        """
        if self.at >= len(self.content) + WORD:
            raise Malformed
        word = self.content[self.at : self.at + WORD]
        self.held |= int.from_bytes(word, "little") << self.count
        self.at += WORD
        self.count += WORD_BITS

    def take(self, count: int) -> int:
        """The next `count` bits, up to a word's, as a number."""
        if self.count < count:
            self.fill()
        value = self.held & ((1 << count) - 1)
        self.held >>= count
        self.count -= count
        return value

    def take_bytes(self, size: int) -> bytes:
        """The next `size` bytes, from where a byte begins on.

        Raises:
            Malformed: what lies in front of them is not zero, or they lie behind the end.
        """
        if self.take(self.count & 7):
            raise Malformed
        start = self.at - self.count // 8
        end = start + size
        if end > len(self.content):
            raise Malformed
        self.at, self.held, self.count = end, 0, 0
        return self.content[start:end]

    def check_end(self) -> None:
        """Refuse a stream that was read beyond its end."""
        if self.at * 8 - self.count > len(self.content) * 8:
            raise Malformed
