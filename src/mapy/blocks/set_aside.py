"""The long values of a packet of XMP, cut out in front of the parser: it goes byte by byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapy.limits import KIB

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONG: Final = 8 * KIB
TOKEN: Final = "set-aside-"  # noqa: S105 - a mark in a text
_TOKEN: Final = TOKEN.encode()
_MARKS = (b"&", b"<", b">", b"\t", b"\r", b"\n", b"'")


def set_aside(packet: bytes) -> tuple[bytes, dict[str, str]]:
    """The packet with a token in place of each attribute as long as a file, and these by token.

    Depth maps, notes of phones and the like make packets of megabytes, through which the XML
    parser would go byte by byte. Only what XML would hand on as it stands is taken: no reference,
    no markup.
    """
    if len(packet) < _LONG or packet[:4].count(0):
        return packet, {}
    kept: list[bytes] = []
    aside: dict[str, str] = {}
    done, begin = 0, packet.find(b'"')
    while begin >= 0:
        near = packet.rfind(b'"', begin + 1, begin + 1 + _LONG)
        if near >= 0:  # whatever lies up to there is short
            begin = near
            continue
        end = packet.find(b'"', begin + 1 + _LONG)
        long = _as_it_stands(packet, begin + 1, end) if end >= 0 else None
        if long is not None:
            token = f"{TOKEN}{len(aside)}-"
            aside[token] = long
            kept += packet[done : begin + 1], token.encode()
            done = end
        begin = end
    if not aside:
        return packet, {}
    kept.append(packet[done:])
    if any(_TOKEN in each for each in kept[::2]):  # the packet's own
        return packet, {}
    return b"".join(kept), aside


def brought_back(text: str, aside: Mapping[str, str]) -> str:
    """A text of a packet, with the long values that were set aside."""
    if TOKEN in text:
        for token, long in aside.items():
            text = text.replace(token, long)
    return text


def _as_it_stands(packet: bytes, begin: int, end: int) -> str | None:
    """The text of a stretch that means in XML just what it says; None of any other.

    Nor of what stands between two attributes, which begins with a space: that is no value.
    """
    if packet.startswith(b" ", begin) or any(packet.find(mark, begin, end) >= 0 for mark in _MARKS):
        return None
    try:
        return str(memoryview(packet)[begin:end], "ascii")
    except UnicodeDecodeError:
        return None
