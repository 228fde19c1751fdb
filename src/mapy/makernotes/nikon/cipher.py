"""The cipher over Nikon's records: a stream made of the serial number and the shutter count.

Two substitution tables start it: the first by the last byte of the serial number, the second by
the four bytes of the count together. The stream is arithmetic, so it repeats after 512 bytes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mapy.makernotes.note import Note

_BY_SERIAL: Final = bytes.fromhex("""
    c1bf6d0d59c5139d83616b4fc77f3d3d5359e3c7e92f95a7951fdf7f2b29c70d
    df07ef71893d133d3b13fb0d89c1651fb30d6b29e3fbefa36b477f9535a7474f
    c7f1599535112961f13db32b0d4389c19d9d8965f1e9dfbf3d7f5397e5e99517
    1d3d8bfbc7e367a707f171a753b52989e52ba71729e94fc5656d6bef0d89492f
    b34353651d49a3138959ef6bef651d0b5913e34f9db329432b071d95595947fb
    e5e961472f357f177fef7f959571d3a30b71a3ad0b3bb5fba3bf4f831dade92f
    7165a3e507353d0db5e9e5473b9def35a3bfb3df53d397534971073561712f43
    2f11df1797fb953b7f6bd325bfadc7c5c5b58bef2fd3076b25499525496d71c7
    """)
_BY_COUNT: Final = bytes.fromhex("""
    a7bcc9ad91df85e5d478d517467c294c4d03e925681186b3bdf76f6122a22634
    2abe1e4614689d4418c240f47e5f1bad0b94b667b40be1ea959c66dce75d6c05
    dad5df7aeff6db1f824cc06847a1bdee3950564adddfa5f8c6daca90ca01429d
    8b0c7343750594de24b38034e52cdc9b3fca3345d0db5ff552c321dae222726b
    3ed05ba8878c065d0fdd091993d0b9fc8b0f8460331c9b45f1f0a3943a127733
    4d4478283c9efd655716946bfb59d0c82236dbd2639843a1048786f7a626bbd6
    594dbf6a2eaa2befe678b64ee02fdc7cbe5719327e2ad0b8ba29003c527da849
    3b2deb2549faa3aa39a7c5a7501136fbc6674af5a512657eb0dfaf4eb3617f2f
    """)
_FIRST: Final = 0x60
"""Where the counter of the stream begins."""
_PERIOD: Final = 512
_COUNT_BITS: Final = 0xFFFFFFFF
_STEPS: Final = tuple(
    sum(_FIRST + each & 0xFF for each in range(n + 1)) & 0xFF for n in range(_PERIOD)
)
"""What the counter adds up to after each byte."""
_D50_SERIAL, _OTHER_SERIAL = 0x22, 0x60
"""Cameras whose serial number is no number use these."""


def key_of(note: Note) -> tuple[int, int] | None:
    """Serial number and shutter count, as they stand in the main directory; None without them."""
    serial, count = note.seen.get("SerialNumber"), note.seen.get("ShutterCount")
    if not isinstance(serial, str) or not isinstance(count, int):
        return None
    if serial.isdecimal():
        return int(serial[-18:]), count
    return (_D50_SERIAL if note.model.endswith("D50") else _OTHER_SERIAL), count


@lru_cache(maxsize=8)
def _period(serial: int, count: int) -> bytes:
    """The stream until it repeats; the records of a note share it."""
    factor, first = _BY_SERIAL[serial], _BY_COUNT[count]
    return bytes([(first + factor * step) & 0xFF for step in _STEPS])


def deciphered(data: bytes, start: int, key: tuple[int, int]) -> bytes:
    """The record with the bytes from `start` on in plain."""
    serial, count = key
    length = len(data) - start
    if length <= 0:
        return data
    mixed = 0
    for each in (count & _COUNT_BITS).to_bytes(4, "little"):
        mixed ^= each
    period = _period(serial & 0xFF, mixed)
    stream = (period * (length // _PERIOD + 1))[:length]
    plain = int.from_bytes(data[start:], "little") ^ int.from_bytes(stream, "little")
    return data[:start] + plain.to_bytes(length, "little")
