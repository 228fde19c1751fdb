"""Notes of HDR+: messages of Protocol Buffers, compressed and enciphered."""

from __future__ import annotations

import gzip
import struct

MASK = (1 << 64) - 1


def field(number: int, value: float | bytes) -> bytes:
    """A field of a message."""
    match value:
        case int():
            return varint(number << 3) + varint(value)
        case float():
            return varint(number << 3 | 5) + struct.pack("<f", value)
        case bytes():
            return varint(number << 3 | 2) + varint(len(value)) + value


def varint(value: int) -> bytes:
    """A number, seven bits a byte."""
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    return bytes([*written, value])


def enciphered(content: bytes) -> bytes:
    """A content under xorshift64*; the other way round, too."""
    key = 0x2515606B4A7791CD
    mixed = bytearray()
    for at in range(0, len(content), 8):
        key ^= key >> 12
        key ^= key << 25 & MASK
        key ^= key >> 27
        key = key * 0x2545F4914F6CDD1D & MASK
        pairs = zip(content[at : at + 8], key.to_bytes(8, "little"), strict=False)
        mixed += bytes(one ^ other for one, other in pairs)
    return bytes(mixed)


def note(version: int, content: bytes) -> bytes:
    """A note of HDR+."""
    return b"HDRP" + bytes([version]) + enciphered(gzip.compress(content, mtime=0))
