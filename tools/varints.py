"""Numbers in as few bytes as they need: seven bits a byte, the lowest first."""

from __future__ import annotations


def unsigned(number: int) -> bytes:
    """A number that is not negative."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def signed(number: int) -> bytes:
    """Any number; small ones of either sign are short."""
    return unsigned(number << 1 if number >= 0 else (~number << 1) | 1)
