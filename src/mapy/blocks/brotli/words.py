"""The words that Brotli knows beforehand, and what may be done to each (RFC 7932, section 8).

The words themselves are data: `words.zlib`, written by `tools/brotli_dictionary.py`.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from itertools import accumulate
import zlib

from mapy.blocks.brotli.bits import Malformed

SHORTEST, LONGEST = 4, 24
"""Letters of words."""
_BITS = (10, 10, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7, 7, 8, 7, 7, 6, 6, 5, 5)
"""By length: there are two to the power of this many words."""
_STARTS = (0, *accumulate(length << bits for length, bits in enumerate(_BITS, SHORTEST)))
_CAPITAL, _CAPITALS = 10, 11
"""Changes: the first letter in upper case, all of them. Those below leave out as many of the last
letters, those above (less 11) of the first."""
_TWO_BYTES, _THREE_BYTES = 0xC0, 0xE0
"""How letters of more bytes begin in UTF-8."""


@cache
def _words() -> bytes:
    packed = resources.files(__package__).joinpath("words.zlib").read_bytes()
    return zlib.decompress(packed)


def word(length: int, number: int) -> bytes:
    """The word of a length and number, changed as the number tells.

    Raises:
        Malformed: there is none.
    """
    if not SHORTEST <= length <= LONGEST:
        raise Malformed
    bits = _BITS[length - SHORTEST]
    index, change = number & (1 << bits) - 1, number >> bits
    if change >= len(_CHANGES):
        raise Malformed
    start = _STARTS[length - SHORTEST] + index * length
    before, kind, behind = _CHANGES[change]
    return before + _changed(_words()[start : start + length], kind) + behind


def _changed(letters: bytes, kind: int) -> bytes:
    if kind < _CAPITAL:
        return letters[: max(0, len(letters) - kind)]
    if kind > _CAPITALS:
        return letters[kind - _CAPITALS :]
    raised = bytearray(letters)
    at = _raise(raised, 0)
    while kind == _CAPITALS and at < len(raised):
        at = _raise(raised, at)
    return bytes(raised)


def _raise(letters: bytearray, at: int) -> int:
    """Put a letter in upper case, as far as Brotli knows how; returns where the next begins."""
    first = letters[at]
    if first < _TWO_BYTES:
        if ord("a") <= first <= ord("z"):
            letters[at] = first ^ 0x20
        return at + 1
    size, flip = (2, 0x20) if first < _THREE_BYTES else (3, 5)
    if at + size <= len(letters):
        letters[at + size - 1] ^= flip
    return at + size


_CHANGES = (
    (b"", 0, b""),
    (b"", 0, b" "),
    (b" ", 0, b" "),
    (b"", 12, b""),
    (b"", 10, b" "),
    (b"", 0, b" the "),
    (b" ", 0, b""),
    (b"s ", 0, b" "),
    (b"", 0, b" of "),
    (b"", 10, b""),
    (b"", 0, b" and "),
    (b"", 13, b""),
    (b"", 1, b""),
    (b", ", 0, b" "),
    (b"", 0, b", "),
    (b" ", 10, b" "),
    (b"", 0, b" in "),
    (b"", 0, b" to "),
    (b"e ", 0, b" "),
    (b"", 0, b'"'),
    (b"", 0, b"."),
    (b"", 0, b'">'),
    (b"", 0, b"\n"),
    (b"", 3, b""),
    (b"", 0, b"]"),
    (b"", 0, b" for "),
    (b"", 14, b""),
    (b"", 2, b""),
    (b"", 0, b" a "),
    (b"", 0, b" that "),
    (b" ", 10, b""),
    (b"", 0, b". "),
    (b".", 0, b""),
    (b" ", 0, b", "),
    (b"", 15, b""),
    (b"", 0, b" with "),
    (b"", 0, b"'"),
    (b"", 0, b" from "),
    (b"", 0, b" by "),
    (b"", 16, b""),
    (b"", 17, b""),
    (b" the ", 0, b""),
    (b"", 4, b""),
    (b"", 0, b". The "),
    (b"", 11, b""),
    (b"", 0, b" on "),
    (b"", 0, b" as "),
    (b"", 0, b" is "),
    (b"", 7, b""),
    (b"", 1, b"ing "),
    (b"", 0, b"\n\t"),
    (b"", 0, b":"),
    (b" ", 0, b". "),
    (b"", 0, b"ed "),
    (b"", 20, b""),
    (b"", 18, b""),
    (b"", 6, b""),
    (b"", 0, b"("),
    (b"", 10, b", "),
    (b"", 8, b""),
    (b"", 0, b" at "),
    (b"", 0, b"ly "),
    (b" the ", 0, b" of "),
    (b"", 5, b""),
    (b"", 9, b""),
    (b" ", 10, b", "),
    (b"", 10, b'"'),
    (b".", 0, b"("),
    (b"", 11, b" "),
    (b"", 10, b'">'),
    (b"", 0, b'="'),
    (b" ", 0, b"."),
    (b".com/", 0, b""),
    (b" the ", 0, b" of the "),
    (b"", 10, b"'"),
    (b"", 0, b". This "),
    (b"", 0, b","),
    (b".", 0, b" "),
    (b"", 10, b"("),
    (b"", 10, b"."),
    (b"", 0, b" not "),
    (b" ", 0, b'="'),
    (b"", 0, b"er "),
    (b" ", 11, b" "),
    (b"", 0, b"al "),
    (b" ", 11, b""),
    (b"", 0, b"='"),
    (b"", 11, b'"'),
    (b"", 10, b". "),
    (b" ", 0, b"("),
    (b"", 0, b"ful "),
    (b" ", 10, b". "),
    (b"", 0, b"ive "),
    (b"", 0, b"less "),
    (b"", 11, b"'"),
    (b"", 0, b"est "),
    (b" ", 10, b"."),
    (b"", 11, b'">'),
    (b" ", 0, b"='"),
    (b"", 10, b","),
    (b"", 0, b"ize "),
    (b"", 11, b"."),
    (b"\xc2\xa0", 0, b""),
    (b" ", 0, b","),
    (b"", 10, b'="'),
    (b"", 11, b'="'),
    (b"", 0, b"ous "),
    (b"", 11, b", "),
    (b"", 10, b"='"),
    (b" ", 10, b","),
    (b" ", 11, b'="'),
    (b" ", 11, b", "),
    (b"", 11, b","),
    (b"", 11, b"("),
    (b"", 11, b". "),
    (b" ", 11, b"."),
    (b"", 11, b"='"),
    (b" ", 11, b". "),
    (b" ", 10, b'="'),
    (b" ", 11, b"='"),
    (b" ", 10, b"='"),
)
"""What stands in front of the word, its change, what stands behind it."""
