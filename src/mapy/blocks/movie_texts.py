"""What is said of a movie, in `udta` and `meta` of `moov`: title, device, place, program.

User data are texts in boxes of their own. In `meta` a list (`ilst`) has items of four letters, or
of numbers that `keys` gives names. Sequences of HEIF and AVIF have the same.
"""

from __future__ import annotations

import re
from struct import Struct
from struct import error as StructError  # noqa: N812 - reads as the exception it is
from typing import TYPE_CHECKING, Final

from mapy import blocks
from mapy.boxes import FULL, Box, walk
from mapy.explain.numbers import binary
from mapy.explain.xmp_values import date
from mapy.model import Tag
from mapy.tags.movie_texts import (
    COORDINATES,
    DATES,
    ITEM_LIST,
    KEYS,
    TABLES,
    USER_DATA,
    define,
)
from mapy.tiff_types import PLAIN, UNDEFINED, number_text

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Definition, Value

_SIGN: Final = b"\xa9"
"""The copyright sign, which begins the names of QuickTime's own texts."""
_INTERNATIONAL: Final = Struct(">HH")
"""Of QuickTime's texts: length and language."""
_PLAIN_NAMES: Final = frozenset({b"name", b"manu", b"modl", b"slno", b"date"})
"""Texts without a head."""
_PACKED_LANGUAGE: Final = 2
_UTF_8, _JPEG, _PNG, _SIGNED, _UNSIGNED, _FLOAT, _BMP = 1, 13, 14, 21, 22, 23, 27
_PICTURES: Final = frozenset({_JPEG, _PNG, _BMP})
_NUMBERED: Final = frozenset({b"trkn", b"disk"})
"""Items that are one of so many."""
_OF_SO_MANY: Final = Struct(">HHH")
_KEY_HEAD: Final = Struct(">I4s")
_MOST_KEYS: Final = 1_000
_LONGEST_KEY: Final = 256
"""Of a name, as many bytes are read: many items may have the same."""
_MAKERS: Final = re.compile(r"com\.(?:apple\.quicktime\.)?")
_SMALL: Final = re.compile(r"(?:^|[^A-Za-z])[a-z]")
_NO_LETTER: Final = re.compile(r"[^0-9A-Za-z_-]")
_ZONE: Final = re.compile(r"([-+]\d\d)(\d\d)\Z")
_PLACE: Final = re.compile(r"([-+]\d{1,2}(?:\.\d*)?)([-+]\d{1,3}(?:\.\d*)?)([-+]\d+(?:\.\d*)?)?")
"""ISO 6709, in degrees."""


def parse(name: str, view: ByteView, reading: Reading) -> None:
    """Parse the payload of a box that is called so: `udta` or `meta`."""
    if name == "udta":
        _user_data(view, reading)
    else:
        _items(view, reading)


def _user_data(view: ByteView, reading: Reading) -> None:
    tags: list[Tag] = []
    for box in walk(view, reading, 0, view.size, 1):
        if box.kind == b"meta":
            _items(view.sub(box.at, box.size), reading)
            continue
        definition = TABLES[USER_DATA].get(box.kind.decode("latin-1"))
        if definition is None:
            continue
        content = view.take(box.at, box.size)
        if box.kind.startswith(_SIGN):
            head = _INTERNATIONAL.size
            length = view.unpack(_INTERNATIONAL, box.at)[0] if box.size >= head else 0
            content = content[head : head + length]
        elif box.kind == b"yrrc":
            content = str(view.u16be(box.at + FULL)).encode()
        elif box.kind == b"kywd":
            content = _keywords(content[FULL + _PACKED_LANGUAGE :])
        elif box.kind not in _PLAIN_NAMES:
            content = content[FULL + _PACKED_LANGUAGE :]
        tags.append(_tag(USER_DATA, definition, _text(definition.name, content), view, box))
    reading.add(USER_DATA, tags, view.span(0, view.size))


def _keywords(content: bytes) -> bytes:
    """Keywords, each behind its length, behind their number."""
    words, at = [], 1
    while at < len(content):
        size = content[at]
        words.append(content[at + 1 : at + 1 + size].rstrip(b"\0"))
        at += 1 + size
    return b", ".join(words)


def _items(view: ByteView, reading: Reading) -> None:
    """Read the list of a `meta`, with the names of its keys if it has them."""
    has_version = view.take(0, FULL) == bytes(FULL)
    names: list[str] = []
    for box in walk(view, reading, FULL if has_version else 0, view.size, 1):
        if box.kind == b"hdlr":
            blocks.parse("item-property", view.sub(box.at, box.size), reading, "hdlr")
        elif box.kind == b"keys":
            names = _keys(view.sub(box.at, box.size))
        elif box.kind == b"ilst":
            group = KEYS if names else ITEM_LIST
            tags = [
                tag
                for item in walk(view, reading, box.at, box.end, 2)
                for tag in _item(group, item, names, view, reading)
            ]
            reading.add(group, tags, view.span(box.at, box.size))


def _keys(view: ByteView) -> list[str]:
    names: list[str] = []
    at = FULL + 4
    while len(names) < min(view.u32be(FULL), _MOST_KEYS) and view.has(at, _KEY_HEAD.size):
        size = view.unpack(_KEY_HEAD, at)[0]
        if size < _KEY_HEAD.size:
            break
        name = view.take(at + _KEY_HEAD.size, min(size - _KEY_HEAD.size, _LONGEST_KEY))
        names.append(name.decode("utf-8", "replace"))
        at += size
    return names


def _item(group: str, item: Box, names: list[str], view: ByteView, reading: Reading) -> list[Tag]:
    """The tag of an item, of what its first `data` holds."""
    if group == KEYS:
        number = int.from_bytes(item.kind, "big")
        definition = _key_definition(names[number - 1]) if 0 < number <= len(names) else None
    else:
        definition = TABLES[ITEM_LIST].get(item.kind.decode("latin-1"))
    if definition is None:
        return []
    for box in walk(view, reading, item.at, item.end, 3):
        if box.kind == b"data" and box.size >= 2 * FULL:
            kind = view.u32be(box.at)
            place = box._replace(at=box.at + 2 * FULL, size=box.size - 2 * FULL)
            if kind in _PICTURES:
                shown = definition._replace(convert=binary)
                start, size = view.start + place.at, place.size
                return [Tag(group, shown, UNDEFINED, size, None, start, size)]
            content = view.take(place.at, place.size)
            value = _value(item.kind, kind, definition.name, content)
            return [] if value is None else [_tag(group, definition, value, view, place)]
    return []


def _key_definition(key: str) -> Definition:
    """What a key is called; one that no table has is made of its words."""
    short = _MAKERS.sub("", key, count=1) if key.startswith("com.apple.") else key
    known = TABLES[KEYS].get(short)
    if known is not None:
        return known
    made = _SMALL.sub(lambda found: found[0].upper(), _MAKERS.sub("", key, count=1))
    return define(_NO_LETTER.sub("", made) or "Tag")


def _value(item: bytes, kind: int, name: str, content: bytes) -> Value | None:
    """The value of an item's data, by its kind; None for bytes of no known meaning."""
    if kind == _UTF_8:
        return _text(name, content)
    if kind in (_SIGNED, _UNSIGNED) and len(content) <= _LONGEST_NUMBER:
        return int.from_bytes(content, "big", signed=kind == _SIGNED)
    if kind == _FLOAT and len(content) == FULL:
        return float(number_text(Struct(">f").unpack(content)[0]))
    if item in _NUMBERED:
        try:
            _, number, all_ = _OF_SO_MANY.unpack_from(content)
        except StructError:
            return None
        return f"{number} of {all_}" if all_ else int(number)
    return None


_LONGEST_NUMBER: Final = 8


def _text(name: str, content: bytes) -> Value:
    text = content.decode("utf-8", "replace").rstrip("\0")
    if name in DATES:
        return date(_ZONE.sub(r"\1:\2", text))
    if name == COORDINATES:
        found = _PLACE.match(text)
        if found is not None:
            parts = [float(part) for part in found.groups("0")]
            return " ".join(f"{part:.15g}" for part in (parts if parts[2] else parts[:2]))
    return text


def _tag(group: str, definition: Definition, value: Value, view: ByteView, box: Box) -> Tag:
    return Tag(group, definition, PLAIN, 1, value, view.start + box.at, box.size)
