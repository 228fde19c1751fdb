"""Short texts in segments of JPEG: the high dynamic range of APP11, and two programs' own notes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
import re
from typing import TYPE_CHECKING

from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value

_HDR = b"HDR_RI "
_RATIO_IMAGE = Definition("RatioImage", "RatioImage", convert=binary)
_HDR_NAMES = {
    "ver": "JPEG-HDRVersion",
    "ln0": "Ln0",
    "ln1": "Ln1",
    "s2n": "S2n",
    "alp": "Alpha",
    "bet": "Beta",
    "cor": "CorrectionMethod",
}
_PAIR = re.compile(r"(\w{3})=\s*([-+.\deE]{1,30})")
_JUKEBOX = b"Media Jukebox\0"
_ELEMENT = re.compile(r"<([A-Za-z]\w{0,60})>([^<]{0,10000})</\1>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_QUALITY = re.compile(r"\bQ\s*(\d{1,5})")


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the payload of a segment, signature included."""
    raw = view.take(0, len(view))
    if raw.startswith(_HDR):
        _dynamic_range(raw, view, reading)
    elif raw.startswith(_JUKEBOX):
        pairs = _ELEMENT.findall(raw.decode("utf-8", "replace"))
        values = [(name, _jukebox_value(name, text)) for name, text in pairs]
        _add("MediaJukebox", values, view, reading)
    else:
        match = _QUALITY.match(raw.decode("latin-1"))
        if match:
            _add("GraphConv", [("Quality", int(match[1]))], view, reading)


def _dynamic_range(raw: bytes, view: ByteView, reading: Reading) -> None:
    """JPEG-HDR (Ward and Simmons): `name=value`, then a picture of ratios behind a tilde."""
    head, mark, rest = raw.partition(b"~\0")
    pairs: list[tuple[str, Value]] = [
        (_HDR_NAMES[name], _number(value))
        for name, value in _PAIR.findall(head.decode("latin-1"))
        if name in _HDR_NAMES
    ]
    _add("JPEG-HDR", pairs, view, reading)
    if mark:
        at = view.start + len(head) + len(mark)
        tag = Tag("JPEG-HDR", _RATIO_IMAGE, UNDEFINED, len(rest), None, at, len(rest))
        reading.add("JPEG-HDR", [tag], view.span(0, len(view)))


def _number(text: str) -> Value:
    try:
        return int(text) if text.isdigit() else float(text)
    except ValueError:
        return text


def _jukebox_value(name: str, text: str) -> Value:
    """A text; a date is told in days since the end of 1899."""
    if name != "Date" or not re.fullmatch(r"\d{1,6}(?:\.\d{0,20})?", text):
        return _unescaped(text)
    moment = datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=float(text))
    return (moment + timedelta(seconds=0.5)).strftime("%Y:%m:%d %H:%M:%S")


def _unescaped(text: str) -> str:
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return text


def _add(group: str, pairs: list[tuple[str, Value]], view: ByteView, reading: Reading) -> None:
    tags = [
        Tag(group, Definition(name, name), PLAIN, 1, value, view.start, len(view))
        for name, value in pairs
    ]
    reading.add(group, tags, view.span(0, len(view)))
