"""Prefix codes of Brotli (RFC 7932, section 3): which bits stand for which symbol."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from mapy.blocks.brotli.bits import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapy.blocks.brotli.bits import Bits

LONGEST = 15
"""Bits of the longest code."""
DIRECT = 10
"""Codes of up to so many bits are found at once, longer ones in a table behind the table."""
LONG = (1 << LONGEST - DIRECT) - 1
"""The bits of a longer code that are looked up there."""
LENGTH_BITS = 4
"""The lowest bits of a packed symbol tell how long its code is."""
_LENGTH = (1 << LENGTH_BITS) - 1
_FULL = 1 << LONGEST
"""All that codes can share: one of n bits takes 2 ** (15 - n) of it."""

_SIMPLE = 1
_SIMPLE_LENGTHS = ((0,), (1, 1), (1, 2, 2), (2, 2, 2, 2), (1, 2, 3, 3))
_LENGTH_ORDER = (1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15)
"""The order in which the lengths of the codes of lengths stand."""
_LENGTH_OF_FOUR = (0, 4, 3, 2, 0, 4, 3, 1, 0, 4, 3, 2, 0, 4, 3, 5)
_BITS_OF_FOUR = (2, 2, 2, 3, 2, 2, 2, 4, 2, 2, 2, 3, 2, 2, 2, 4)
"""By the next four bits: such a length, and how many of the four bits it took."""
_FULL_OF_LENGTHS = 32
_REPEAT, _ZEROS = 16, 17
_REPEAT_BITS = {_REPEAT: 2, _ZEROS: 3}
_FEWEST_REPEATS = 3
_FIRST_REPEATED = 8


class Code(NamedTuple):
    """A prefix code, ready to be looked up. A symbol is packed with the length of its code."""

    table: list[int]
    mask: int
    long: list[list[int]]
    """Tables of the longer ones, by the further bits; the table has the complement of a number."""

    def read(self, bits: Bits) -> int:
        """The next symbol."""
        if bits.count < LONGEST:
            bits.fill()
        packed = self.table[bits.held & self.mask]
        if packed < 0:
            packed = self.long[~packed][bits.held >> DIRECT & LONG]
        length = packed & _LENGTH
        bits.held >>= length
        bits.count -= length
        return packed >> LENGTH_BITS


def make_code(lengths: Iterable[tuple[int, int]]) -> Code:
    """The code of these symbols and lengths, of the symbols that have one (section 3.2).

    Raises:
        Malformed: the lengths are those of no complete code.
    """
    used = sorted((length, symbol) for symbol, length in lengths)
    if len(used) == 1:
        return Code([used[0][1] << LENGTH_BITS], 0, [])
    if sum(_FULL >> length for length, _ in used) != _FULL:
        raise Malformed
    size = min(used[-1][0], DIRECT)
    mask = (1 << size) - 1
    table = [0] * (1 << size)
    long: list[list[int]] = []
    number = last = 0
    for length, symbol in used:
        number <<= length - last
        last = length
        reversed_ = int(f"{number:0{length}b}"[::-1], 2)
        packed = symbol << LENGTH_BITS | length
        if length <= size:
            table[reversed_ :: 1 << length] = repeat(packed, 1 << size - length)
        else:
            if table[reversed_ & mask] >= 0:
                table[reversed_ & mask] = ~len(long)
                long.append([0] * (LONG + 1))
            further = long[~table[reversed_ & mask]]
            further[reversed_ >> size :: 1 << length - size] = repeat(packed, 1 << LONGEST - length)
        number += 1
    return Code(table, mask, long)


def read_code(bits: Bits, symbols: int) -> Code:
    """Read the code of an alphabet of so many symbols.

    Raises:
        Malformed: it is none.
    """
    skipped = bits.take(2)
    if skipped == _SIMPLE:
        return _simple(bits, symbols)
    return make_code(_lengths(bits, symbols, _code_of_lengths(bits, skipped)))


def _simple(bits: Bits, symbols: int) -> Code:
    """A code of up to four symbols, which are named (section 3.4)."""
    count = bits.take(2) + 1
    width = (symbols - 1).bit_length()
    named = [bits.take(width) for _ in range(count)]
    if len(set(named)) < count or max(named) >= symbols:
        raise Malformed
    is_uneven = count == len(_SIMPLE_LENGTHS) - 1 and bits.take(1)
    return make_code(zip(named, _SIMPLE_LENGTHS[count if is_uneven else count - 1], strict=True))


def _code_of_lengths(bits: Bits, skipped: int) -> Code:
    """The code that the lengths of a code are written in (section 3.5)."""
    found: list[tuple[int, int]] = []
    left = _FULL_OF_LENGTHS
    for symbol in _LENGTH_ORDER[skipped:]:
        if bits.count < LENGTH_BITS:
            bits.fill()
        four = bits.held & _LENGTH
        bits.take(_BITS_OF_FOUR[four])
        length = _LENGTH_OF_FOUR[four]
        if length:
            found.append((symbol, length))
            left -= _FULL_OF_LENGTHS >> length
            if left <= 0:
                break
    if not found:
        raise Malformed
    return make_code(found)


def _lengths(bits: Bits, symbols: int, code: Code) -> Sequence[tuple[int, int]]:
    """The symbols that have a code, and its length (section 3.5)."""
    found: list[tuple[int, int]] = []
    symbol, left = 0, _FULL
    repeated = _FIRST_REPEATED
    again, times = 0, 0
    """Which of the two symbols of repetition came last, and how often it repeats by now."""
    while symbol < symbols and left > 0:
        length = code.read(bits)
        if length < _REPEAT:
            again = times = 0
            if length:
                found.append((symbol, length))
                left -= _FULL >> length
                repeated = length
            symbol += 1
            continue
        width = _REPEAT_BITS[length]
        before = times if length == again else 0
        times = (before - 2 << width) if before else 0
        times += bits.take(width) + _FEWEST_REPEATS
        again = length
        more = times - before
        if symbol + more > symbols:
            raise Malformed
        if length == _REPEAT:
            found += zip(range(symbol, symbol + more), repeat(repeated), strict=False)
            left -= more * (_FULL >> repeated)
        symbol += more
    return found
