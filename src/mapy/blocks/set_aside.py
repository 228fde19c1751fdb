"""The long values of a packet of XMP, cut out in front of the parser: it goes byte by byte."""

from __future__ import annotations

from mapy.limits import KIB

_LONG = 64 * KIB
TOKEN = "set-aside-"  # noqa: S105 - a mark in a text
_MANY = 10_000
"""Pieces of a packet that are looked at."""
_MARKS = (b"&", b"<", b">", b"\t", b"\r", b"\n", b"'")


def set_aside(packet: bytes) -> tuple[bytes, dict[str, str]]:
    """The packet with a token in place of each attribute as long as a file, and these by token.

    Depth maps and the like make packets of megabytes, through which the XML parser would go byte
    by byte. Only what XML would hand on as it stands is taken: no reference, no markup.
    """
    if len(packet) < _LONG or packet[:4].count(0):
        return packet, {}
    pieces: list[bytes] = []
    aside: dict[str, str] = {}
    done, begin = 0, packet.find(b'"')
    for number in range(_MANY):
        end = packet.find(b'"', begin + 1)
        if min(begin, end) < 0:
            break
        token = f"{TOKEN}{number}"
        if end - begin > _LONG and token.encode() not in packet:
            long = _as_it_stands(packet, begin + 1, end)
            if long is not None:
                aside[token] = long
                pieces += packet[done : begin + 1], token.encode()
                done = end
        begin = end
    return (b"".join(pieces) + packet[done:] if aside else packet), aside


def _as_it_stands(packet: bytes, begin: int, end: int) -> str | None:
    """The text of a stretch that means in XML just what it says; None of any other."""
    if any(packet.find(mark, begin, end) >= 0 for mark in _MARKS):
        return None
    try:
        return str(memoryview(packet)[begin:end], "ascii")
    except UnicodeDecodeError:
        return None
