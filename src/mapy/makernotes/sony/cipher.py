"""The cipher of Sony's blocks: every byte below 249 is replaced by its cube modulo 249."""

from __future__ import annotations

from mapy.buffer import ByteView

_MODULUS = 249
"""3 * 83. Neither 83 - 1 nor 3 - 1 is a multiple of 3, so all cubes modulo it differ."""

_PLAIN = bytearray(range(256))
for _byte in range(_MODULUS):
    _PLAIN[_byte**3 % _MODULUS] = _byte
_TABLE = bytes(_PLAIN)


def deciphered(view: ByteView) -> ByteView:
    """The block in plain bytes, at the same place of the file."""
    return ByteView(view.take(0, len(view)).translate(_TABLE), view.start)
