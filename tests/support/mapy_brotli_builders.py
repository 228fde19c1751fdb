"""Brotli streams, bit by bit: each field is its value and its width."""

from __future__ import annotations

from typing import TypeAlias

Field: TypeAlias = "tuple[int, int]"

WINDOW: list[Field] = [(0, 1)]
"""64 KiB less 16 bytes."""
END: list[Field] = [(1, 1), (1, 1)]
"""A last meta-block that holds nothing."""
LITERAL_BITS, COMMAND_BITS = 8, 10


def brotli(*fields: Field) -> bytes:
    """A stream of these fields, from the lowest bit on."""
    bits = shift = 0
    for value, width in fields:
        bits |= value << shift
        shift += width
    return bits.to_bytes((shift + 7) // 8, "little")


def stored(content: bytes, *, empty: int = 0) -> bytes:
    """A stream that holds something as it is, behind so many empty blocks of what is no content."""
    head = [(0, 1), (0, 2), (len(content) - 1, 16), (1, 1)]
    skipped: list[Field] = [(0, 1), (3, 2), (0, 1), (0, 2)]
    parts = b""
    fields = list(WINDOW)
    for _ in range(empty):
        fields += skipped
        parts, fields = parts + brotli(*fields), []
    return parts + brotli(*fields, *head) + content + brotli(*END)


def symbol(number: int, width: int) -> list[Field]:
    """A code of one symbol, which takes no bits."""
    return [(1, 2), (0, 2), (number, width)]


def meta_block(size: int, literal: int, command: int, distance: int, *more: Field) -> list[Field]:
    """A meta-block of so many bytes: one literal, one command, one distance; then its bits."""
    return [
        *((0, 1), (0, 2), (size - 1, 16), (0, 1)),
        *((0, 1), (0, 1), (0, 1)),  # one kind of blocks each
        *((0, 2), (0, 4)),  # the layout of distances
        *((0, 2), (0, 1), (0, 1)),  # the context of literals, one code for all contexts each
        *symbol(literal, LITERAL_BITS),
        *symbol(command, COMMAND_BITS),
        *symbol(distance, 6),
        *more,
    ]
