"""Commands and distances of Brotli (RFC 7932, sections 4 and 5): what their symbols stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapy.blocks.brotli.bits import Malformed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapy.blocks.brotli.bits import Bits

SYMBOLS = 704
_INSERT_BITS = (0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 24)
_COPY_BITS = (0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 24)
_SHORTEST_COPY = 2
_CELLS = ((0, 0), (0, 1), (0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (1, 2), (2, 1), (2, 2))
"""Of 64 symbols each: which eight lengths to insert, and which eight to copy."""
_CELLS_OF_THE_LAST_DISTANCE = 2
_IN_CELL = 64
_EIGHT = 8


class Command(NamedTuple):
    """So many literals, then a copy; each length is a number and as many more as bits tell."""

    insert: int
    insert_bits: int
    copy: int
    copy_bits: int
    is_last_distance: bool
    """Whether the copy is from as far back as the one before it."""


def _lengths(widths: Sequence[int], first: int) -> list[tuple[int, int]]:
    """The least length and the bits of each symbol: where one range ends, the next begins."""
    found = []
    for width in widths:
        found.append((first, width))
        first += 1 << width
    return found


def _commands() -> list[Command]:
    inserts, copies = _lengths(_INSERT_BITS, 0), _lengths(_COPY_BITS, _SHORTEST_COPY)
    found = []
    for symbol in range(SYMBOLS):
        cell, rest = divmod(symbol, _IN_CELL)
        insert, copy = _CELLS[cell]
        is_last = cell < _CELLS_OF_THE_LAST_DISTANCE
        inserted = inserts[insert * _EIGHT + rest // _EIGHT]
        found.append(Command(*inserted, *copies[copy * _EIGHT + rest % _EIGHT], is_last))
    return found


COMMANDS = _commands()
"""By their symbols."""

_NEAR = (
    *((1, 0), (2, 0), (3, 0), (4, 0), (1, -1), (1, 1), (1, -2), (1, 2)),
    *((1, -3), (1, 3), (2, -1), (2, 1), (2, -2), (2, 2), (2, -3), (2, 3)),
)
"""Of the first symbols: which of the last distances, and how much more."""
_FAR_SYMBOLS = 48


class Distances(NamedTuple):
    """How the symbols of distances are to be understood in a meta-block."""

    postfix_bits: int
    direct: int
    """How many symbols stand for a distance of their own."""

    @property
    def symbols(self) -> int:
        """How many there are."""
        return len(_NEAR) + self.direct + (_FAR_SYMBOLS << self.postfix_bits)

    def read(self, symbol: int, bits: Bits, last: list[int]) -> int:
        """The distance of a symbol; `last` has the ones before it, the last of them last.

        Raises:
            Malformed: it would not lead back.
        """
        if symbol < len(_NEAR):
            which, more = _NEAR[symbol]
            distance = last[-which] + more
            if distance <= 0:
                raise Malformed
            return distance
        symbol -= len(_NEAR)
        if symbol < self.direct:
            return symbol + 1
        symbol -= self.direct
        high, low = symbol >> self.postfix_bits, symbol & (1 << self.postfix_bits) - 1
        width = 1 + (high >> 1)
        start = (2 + (high & 1) << width) - 4
        return (start + bits.take(width) << self.postfix_bits) + low + self.direct + 1
