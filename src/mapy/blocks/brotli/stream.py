"""A Brotli stream (RFC 7932, section 9): meta-blocks of literals, copies and known words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapy.blocks.brotli.bits import Bits, Malformed
from mapy.blocks.brotli.codes import DIRECT, LENGTH_BITS, LONG, LONGEST, Code, read_code
from mapy.blocks.brotli.commands import COMMANDS, SYMBOLS, Distances
from mapy.blocks.brotli.kinds import CONTEXTS, Blocks, read_map
from mapy.blocks.brotli.words import word
from mapy.errors import LimitExceeded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapy.limits import Budget

_LENGTH = (1 << LENGTH_BITS) - 1
_NIBBLES = (4, 5, 6, 0)
_FEWEST_NIBBLES = 4
_PLAIN_WINDOW, _LARGER_WINDOW, _SMALLER_WINDOW = 16, 17, 8
_WINDOW_GAP = 16
"""A window reaches so many bytes less far than a power of two."""
_LITERALS = 256
_LITERAL_CONTEXTS, _DISTANCE_CONTEXTS = 64, 4
_FIRST_DISTANCES = (16, 15, 11, 4)
_BLOCK_STEPS, _COMMAND_STEPS = 32, 6
"""What the head of a meta-block and a command cost, in steps of work; a literal is one."""
_SHORTEST_COPY = 2


class _MetaBlock(NamedTuple):
    """The codes of a meta-block, and how far the blocks that use them have come."""

    literals: Blocks
    commands: Blocks
    distances: Blocks
    literal_codes: list[Sequence[Code]]
    """By kind: of each context."""
    modes: list[int]
    """By kind: how the context is made."""
    command_codes: list[Code]
    distance_codes: list[Code]
    distance_map: bytes
    layout: Distances


class Stream:
    """One stream while it is unpacked."""

    __slots__ = ("_bits", "_budget", "_last", "_output", "_window")

    def __init__(self, packed: bytes, budget: Budget) -> None:
        self._bits = Bits(packed)
        self._budget = budget
        self._output = bytearray()
        self._last = list(_FIRST_DISTANCES)
        self._window = 0

    def unpack(self) -> bytes:
        """All that it holds.

        Raises:
            Malformed: it is no stream, or a broken one.
            LimitExceeded: it grows beyond what is allowed, or costs too much work.
        """
        self._window = (1 << self._window_bits()) - _WINDOW_GAP
        while self._meta_block():
            self._bits.check_end()
        self._bits.check_end()
        return bytes(self._output)

    def _window_bits(self) -> int:
        if not self._bits.take(1):
            return _PLAIN_WINDOW
        more = self._bits.take(3)
        if more:
            return _LARGER_WINDOW + more
        more = self._bits.take(3)
        if more == 1:  # a window that RFC 7932 does not have
            raise Malformed
        return _SMALLER_WINDOW + more if more else _LARGER_WINDOW

    def _meta_block(self) -> bool:
        """Unpack the next meta-block; whether another one follows."""
        bits = self._bits
        self._budget.spend("unpacking_steps", _BLOCK_STEPS)
        is_last = bits.take(1)
        if is_last and bits.take(1):
            return False
        nibbles = _NIBBLES[bits.take(2)]
        if not nibbles:
            self._skip()
            return not is_last
        size = bits.take(4 * nibbles)
        if nibbles > _FEWEST_NIBBLES and not size >> 4 * (nibbles - 1):
            raise Malformed
        self._grow(size + 1)
        if not is_last and bits.take(1):
            self._output += bits.take_bytes(size + 1)
        else:
            self._compressed(size + 1)
        return not is_last

    def _skip(self) -> None:
        """Pass over a meta-block that holds what is no part of the content."""
        bits = self._bits
        if bits.take(1):
            raise Malformed
        size = bits.take(2)
        skipped = bits.take(8 * size) if size else -1
        if size > 1 and not skipped >> 8 * (size - 1):
            raise Malformed
        bits.take_bytes(skipped + 1)

    def _grow(self, size: int) -> None:
        """Agree to so many bytes more.

        Raises:
            LimitExceeded: they are too many.
        """
        if len(self._output) + size > self._budget.limits.inflated_bytes:
            raise LimitExceeded(
                "limit.inflated-bytes",
                "A compressed block grows beyond the reader's limits.",
                hint="This guards against files made to exhaust a reader.",
            )
        self._budget.spend("total_inflated_bytes", size)

    def _compressed(self, size: int) -> None:
        bits = self._bits
        literals, commands, distances = Blocks(bits), Blocks(bits), Blocks(bits)
        postfix_bits = bits.take(2)
        layout = Distances(postfix_bits, bits.take(4) << postfix_bits)
        modes = [bits.take(2) for _ in range(literals.kinds)]
        literal_count, literal_map = read_map(bits, _LITERAL_CONTEXTS * literals.kinds)
        distance_count, distance_map = read_map(bits, _DISTANCE_CONTEXTS * distances.kinds)
        self._budget.spend("unpacking_steps", len(literal_map) + len(distance_map))
        literal_codes = self._codes(literal_count, _LITERALS)
        command_codes = self._codes(commands.kinds, SYMBOLS)
        distance_codes = self._codes(distance_count, layout.symbols)
        by_context = [literal_codes[number] for number in _checked(literal_map, literal_count)]
        self._run(
            _MetaBlock(
                literals,
                commands,
                distances,
                [
                    by_context[at : at + _LITERAL_CONTEXTS]
                    for at in range(0, len(by_context), _LITERAL_CONTEXTS)
                ],
                modes,
                command_codes,
                distance_codes,
                _checked(distance_map, distance_count),
                layout,
            ),
            len(self._output) + size,
        )

    def _codes(self, count: int, symbols: int) -> list[Code]:
        self._budget.spend("unpacking_steps", count * symbols)
        return [read_code(self._bits, symbols) for _ in range(count)]

    def _run(self, block: _MetaBlock, end: int) -> None:
        """Follow commands until the output reaches its end."""
        bits, output, blocks = self._bits, self._output, block.commands
        while len(output) < end:
            if not blocks.left:
                blocks.switch(bits)
            blocks.left -= 1
            command = COMMANDS[block.command_codes[blocks.kind].read(bits)]
            insert, insert_bits, copy, copy_bits, is_last_distance = command
            if insert_bits:
                insert += bits.take(insert_bits)
            if copy_bits:
                copy += bits.take(copy_bits)
            if len(output) + insert > end:
                raise Malformed
            self._budget.spend("unpacking_steps", _COMMAND_STEPS + insert)
            self._insert(block, insert)
            if len(output) < end:
                self._copy(
                    copy, self._last[-1] if is_last_distance else self._distance(block, copy)
                )
        if len(output) > end:
            raise Malformed

    def _insert(self, block: _MetaBlock, count: int) -> None:
        blocks = block.literals
        while count:
            if not blocks.left:
                blocks.switch(self._bits)
            together = min(count, blocks.left)
            self._literals(block.literal_codes[blocks.kind], block.modes[blocks.kind], together)
            blocks.left -= together
            count -= together

    def _literals(self, codes: Sequence[Code], mode: int, count: int) -> None:
        """Unpack literals: the hot loop, which keeps the bits in hand by itself."""
        bits, output = self._bits, self._output
        of_last, of_before = CONTEXTS[mode]
        last = output[-1] if output else 0
        before = output[-2] if len(output) > 1 else 0
        held, left, append = bits.held, bits.count, output.append
        for _ in range(count):
            if left < LONGEST:
                bits.held, bits.count = held, left
                bits.fill()
                held, left = bits.held, bits.count
            table, mask, long = codes[of_last[last] | of_before[before]]
            packed = table[held & mask]
            if packed < 0:
                packed = long[~packed][held >> DIRECT & LONG]
            length = packed & _LENGTH
            held >>= length
            left -= length
            before, last = last, packed >> LENGTH_BITS
            append(last)
        bits.held, bits.count = held, left

    def _distance(self, block: _MetaBlock, copy: int) -> int:
        blocks = block.distances
        if not blocks.left:
            blocks.switch(self._bits)
        blocks.left -= 1
        context = min(copy - _SHORTEST_COPY, _DISTANCE_CONTEXTS - 1)
        code = block.distance_codes[block.distance_map[blocks.kind * _DISTANCE_CONTEXTS + context]]
        symbol = code.read(self._bits)
        distance = block.layout.read(symbol, self._bits, self._last)
        if symbol and distance <= min(len(self._output), self._window):
            self._last = [*self._last[1:], distance]
        return distance

    def _copy(self, length: int, distance: int) -> None:
        """Repeat what lies so far back; farther than there is anything lie the known words."""
        output = self._output
        reach = min(len(output), self._window)
        if distance > reach:
            output += word(length, distance - reach - 1)
        elif distance >= length:
            start = len(output) - distance
            output += output[start : start + length]
        else:
            output += (output[-distance:] * (length // distance + 1))[:length]


def _checked(numbers: bytes, count: int) -> bytes:
    """Numbers of codes, of which there are so many.

    Raises:
        Malformed: one of them is no such number.
    """
    if max(numbers) >= count:
        raise Malformed
    return numbers
