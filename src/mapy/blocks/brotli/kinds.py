"""Kinds of blocks in a meta-block of Brotli, and contexts (RFC 7932, sections 6 and 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.blocks.brotli.bits import Malformed
from mapy.blocks.brotli.codes import read_code

if TYPE_CHECKING:
    from mapy.blocks.brotli.bits import Bits

ENDLESS = 1 << 24
"""Symbols of the only block there is: more than a meta-block has."""
_COUNT_BITS = (
    *(2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 13, 24),
)
_COUNT_STARTS = tuple(1 + sum(1 << width for width in _COUNT_BITS[:at]) for at in range(26))
_BEFORE, _NEXT, _FIRST_NAMED = 0, 1, 2
"""Symbols of kinds: the one before this one, the next, then each by its number."""
_CONTEXTS_OF_LITERALS = 256


class Blocks:
    """Which codes are in use, and for how many symbols still."""

    __slots__ = ("_before", "_code", "_counts", "kind", "kinds", "left")

    def __init__(self, bits: Bits) -> None:
        self.kinds = read_count(bits)
        self.kind = 0
        self.left = ENDLESS
        self._before = 1
        if self.kinds > 1:
            self._code = read_code(bits, self.kinds + _FIRST_NAMED)
            self._counts = read_code(bits, len(_COUNT_BITS))
            self.left = self._count(bits)

    def _count(self, bits: Bits) -> int:
        symbol = self._counts.read(bits)
        return _COUNT_STARTS[symbol] + bits.take(_COUNT_BITS[symbol])

    def switch(self, bits: Bits) -> None:
        """Go on with the next block.

        Raises:
            Malformed: there can be none.
        """
        if self.kinds == 1:
            raise Malformed
        symbol = self._code.read(bits)
        if symbol == _BEFORE:
            kind = self._before
        elif symbol == _NEXT:
            kind = (self.kind + 1) % self.kinds
        else:
            kind = symbol - _FIRST_NAMED
        self._before, self.kind = self.kind, kind
        self.left = self._count(bits)


def read_count(bits: Bits) -> int:
    """A number from 1 to 256."""
    if not bits.take(1):
        return 1
    width = bits.take(3)
    return (1 << width) + 1 + bits.take(width)


def read_map(bits: Bits, size: int) -> tuple[int, bytes]:
    """How many codes there are, and which of them each of so many contexts uses.

    Raises:
        Malformed: the contexts are more or fewer.
    """
    codes = read_count(bits)
    if codes == 1:
        return 1, bytes(size)
    most = bits.take(4) + 1 if bits.take(1) else 0
    code = read_code(bits, codes + most)
    found = bytearray()
    while len(found) < size:
        symbol = code.read(bits)
        if symbol == 0:
            found.append(0)
        elif symbol <= most:
            found += bytes((1 << symbol) + bits.take(symbol))
        else:
            found.append(symbol - most)
    if len(found) > size:
        raise Malformed
    return codes, _moved_back(found) if bits.take(1) else bytes(found)


def _moved_back(found: bytearray) -> bytes:
    """Undo that each number was written as its place among those used last."""
    order = bytearray(range(256))
    for at, place in enumerate(found):
        number = found[at] = order[place]
        if place:
            del order[place]
            order.insert(0, number)
    return bytes(found)


def _lowest_six() -> tuple[bytes, bytes]:
    return bytes(range(64)) * 4, bytes(256)


def _highest_six() -> tuple[bytes, bytes]:
    return bytes(number >> 2 for number in range(256)), bytes(256)


_SIGNS = {
    **dict.fromkeys(b"\t\n\r", 1),
    **dict.fromkeys(b"!#$&*+-/?@\\^_`|~", 3),
    **dict.fromkeys(b"\"'", 4),
    **dict.fromkeys(b"([<{", 6),
    **dict.fromkeys(b")]>}", 7),
    **dict.fromkeys(b",:;", 8),
    **dict.fromkeys(b"0123456789", 11),
    **dict.fromkeys(b"AEIOU", 12),
    **dict.fromkeys(b"BCDFGHJKLMNPQRSTVWXYZ", 13),
    **dict.fromkeys(b"aeiou", 14),
    **dict.fromkeys(b"bcdfghjklmnpqrstvwxyz", 15),
    **dict.fromkeys(b" ", 2),
    **dict.fromkeys(b"%", 5),
    **dict.fromkeys(b".", 9),
    **dict.fromkeys(b"=", 10),
}
"""What sort of sign the last byte is, in a text."""


def _text() -> tuple[bytes, bytes]:
    ascii_ = bytes(_SIGNS.get(byte, 0) * 4 for byte in range(128))
    last = ascii_ + bytes((0, 1)) * 32 + bytes((2, 3)) * 32
    signs = (2 if chr(byte).isalnum() else 1 for byte in range(33, 127))
    middle = bytes(3 if chr(byte).islower() else sign for byte, sign in enumerate(signs, 33))
    return last, bytes(33) + middle + bytes(97) + bytes((2,)) * 32


def _signed() -> tuple[bytes, bytes]:
    ranges = ((0, 1), (1, 15), (2, 48), (3, 64), (4, 64), (5, 48), (6, 15), (7, 1))
    sizes = b"".join(bytes((size,)) * count for size, count in ranges)
    return bytes(size * 8 for size in sizes), sizes


CONTEXTS = (_lowest_six(), _highest_six(), _text(), _signed())
"""By mode: what the last byte, and the one before it, add to the number of a context."""
