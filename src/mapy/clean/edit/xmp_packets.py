"""A packet of XMP without the properties that a selection takes.

Attributes and elements become blanks where they stood; all else stays byte for byte. A packet that
cannot be parsed, or that says things in ways that cannot be taken apart, goes as a whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from mapy.clean.edit.spans import merged
from mapy.clean.edit.xmp_spans import Locator, Property
from mapy.clean.selection import Fate
from mapy.errors import MapyError, Span

if TYPE_CHECKING:
    from mapy.clean.selection import Selection

_BLANKS = b"\0 \t\r\n"
_NO_CONTROLS = bytes(byte if byte >= 32 or byte in b"\t\n\r" else 32 for byte in range(256))  # noqa: PLR2004 - a blank
_LITTLE, _BIG = "utf-16-le", "utf-16-be"
_MARKS = {b"\xff\xfe": _LITTLE, b"\xfe\xff": _BIG, b"<\0": _LITTLE}
"""How a packet in UTF-16 begins, with a byte order mark or without."""
_EMPTY = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_LINKED = b"nodeID"
"""Properties that stand elsewhere than where they are meant (RDF 1.1, section 2.10)."""
_OPAQUE_GROUPS = frozenset({"XMP-xmpGImg", "XMP-GImage", "XMP-GDepth", "XMP-GAudio"})
_OPAQUE = re.compile(r".*(Thumbnails?Image|MakerNote)|ShotLogData|Thumbnails")
"""Pictures and makers' notes in texts: what nobody can edit goes."""
_DEGREES_MINUTES = re.compile(r"\d+,\d+(\.\d+|,\d+)?[NSEW]")
_DECIMALS = 5


def edit(packet: bytes, selection: Selection) -> bytes:
    """The packet without what `selection` takes, of the same length."""
    if not selection.drops_opaque:
        return packet
    start = len(packet) - len(packet.lstrip(_BLANKS))
    encoding = _MARKS.get(packet[start : start + 2], "")
    if encoding == _LITTLE and start % 2:  # the NUL in front of a letter is no blank
        start, encoding = start - 1, _BIG
    try:
        text = _decoded(packet[start:], encoding)
        edits = _edits(text, selection)
    except (MapyError, expat.ExpatError, LookupError, ValueError):
        return _EMPTY.ljust(len(packet)) if len(packet) >= len(_EMPTY) else b" " * len(packet)
    after = _applied_wide(text, edits, encoding) if encoding else _applied(text, edits)
    return packet[:start] + after + packet[start + len(after) :]


def _decoded(content: bytes, encoding: str) -> bytes:
    """The packet in UTF-8, without the blanks behind it.

    Raises:
        ValueError: it is in no encoding that XMP has.
    """
    if encoding:
        even = content[: len(content) & ~1]
        return even.decode(encoding).rstrip("\0 \t\r\n").encode()
    content = content.rstrip(_BLANKS).translate(_NO_CONTROLS)
    content.decode()
    return content


def _edits(text: bytes, selection: Selection) -> list[tuple[Span, bytes]]:
    """What stands where afterwards, in order; blanks fill what is shorter than it was.

    Raises:
        ValueError: the packet says things in a way that cannot be taken apart.
        MapyError, ExpatError: it cannot be parsed.
    """
    if _LINKED in text:
        raise ValueError
    taken = [Span(match.start(), len(match[0])) for match in _COMMENT.finditer(text)]
    rewritten: list[tuple[Span, bytes]] = []

    def decide(found: Property) -> None:
        fate = selection.fate(found.group, found.name)
        if fate is Fate.COARSEN:
            piece = _coarse(text, found, selection)
            if piece is not None:
                rewritten.append((found.span, piece))
                return
            fate = Fate.REMOVE
        is_opaque = found.group in _OPAQUE_GROUPS or _OPAQUE.fullmatch(found.name)
        if fate is Fate.REMOVE or is_opaque:
            taken.append(found.span)

    Locator(text, decide).parse(text)
    return _in_order(merged(taken), rewritten)


def _in_order(taken: list[Span], rewritten: list[tuple[Span, bytes]]) -> list[tuple[Span, bytes]]:
    """Both kinds of edits; what lies in something that is taken is not rewritten."""
    edits = [(span, b"") for span in taken]
    edits += rewritten
    found: list[tuple[Span, bytes]] = []
    for span, piece in sorted(edits, key=lambda edit: (edit[0].offset, -edit[0].length)):
        if not found or span.offset >= found[-1][0].offset + found[-1][0].length:
            found.append((span, piece))
    return found


def _applied(text: bytes, edits: list[tuple[Span, bytes]]) -> bytes:
    pieces, at = [], 0
    for (offset, length), piece in edits:
        pieces += [text[at:offset], piece.ljust(length)]
        at = offset + length
    return b"".join([*pieces, text[at:]])


def _applied_wide(text: bytes, edits: list[tuple[Span, bytes]], encoding: str) -> bytes:
    """The same in UTF-16: what is written there is as long as what stood there."""
    pieces, at = [], 0
    for (offset, length), piece in edits:
        there = text[offset : offset + length].decode().encode(encoding)
        blanks = (len(there) - len(piece) * 2) // 2
        pieces.append(text[at:offset].decode().encode(encoding))
        pieces.append((piece.decode() + " " * blanks).encode(encoding))
        at = offset + length
    return b"".join([*pieces, text[at:].decode().encode(encoding)])


def _coarse(text: bytes, found: Property, selection: Selection) -> bytes | None:
    """A property with the coarse position in it; None if there is no room, or it is no position."""
    position = selection.position
    if position is None or not found.is_simple:
        return None
    is_latitude = "Latitude" in found.name
    angle = position.latitude if is_latitude else position.longitude
    letter = ("NS" if is_latitude else "EW")[angle < 0]
    start, length = found.value
    said = text[start : start + length].decode().strip()
    if found.name.endswith("Ref"):
        value = letter if len(said) == 1 else None
    elif _DEGREES_MINUTES.fullmatch(said):
        degrees, rest = divmod(round(abs(angle) * 60, _DECIMALS), 60)
        value = f"{int(degrees)},{rest:.{_DECIMALS}f}".rstrip("0").rstrip(".") + letter
    else:
        value = _decimal(said, angle)
    before, behind = text[found.span.offset : start], text[start + length : sum(found.span)]
    if value is None or len(value) > length:
        return None
    return before + value.encode() + behind


def _decimal(said: str, angle: float) -> str | None:
    """Decimal degrees, where that is how the position was said."""
    try:
        float(said)
    except ValueError:
        return None
    return f"{angle:.{_DECIMALS}f}".rstrip("0").rstrip(".")
