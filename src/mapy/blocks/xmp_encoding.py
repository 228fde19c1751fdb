"""The bytes of an XMP packet as the XML parser wants them: in UTF-8, without what XML forbids."""

from __future__ import annotations

import re
from typing import Final

_NO_CONTROLS: Final = bytes(
    32 if byte < 32 and byte not in b"\t\n\r" else byte  # noqa: PLR2004 - a blank
    for byte in range(256)
)
"""A blank for every control character that XML does not allow."""


def cleared(packet: bytes) -> bytes:
    """The packet without the control characters and broken UTF-8 that some writers leave in it."""
    packet = packet.translate(_NO_CONTROLS)
    if packet.startswith(b"<?xml"):  # which could name another encoding
        return packet
    return packet.decode("utf-8", "replace").encode()


_ENCODINGS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""How a packet begins in each encoding but UTF-8 (XMP part 1, section 7.2)."""
_DECLARATION: Final = re.compile(r"\ufeff?(<\?xml [^>]*>)?")


def in_utf8(packet: bytes) -> bytes:
    """The packet in UTF-8; without its XML declaration, which names another encoding."""
    for start, encoding in _ENCODINGS:
        if packet.startswith(start):
            text = packet.decode(encoding, "replace")
            return _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")
    return packet
