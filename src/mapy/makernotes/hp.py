"""Hewlett-Packard: a little-endian record of two layouts, a text of labels, or a directory.

Makers that sold the same cameras (BenQ, Mustek, Sanyo, Traveler, Vivitar) write these notes, too.
"""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.explain import numbers, words
from mapy.makernotes.fields import Fields, fields, read_fields
from mapy.makernotes.note import IfdTable, Meanings
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tiff_types import ASCII, UNDEFINED, text

if TYPE_CHECKING:
    from mapy.makernotes.note import Note
    from mapy.tags.definition import Value

_KINDS = {b"IIII\x04\0": "Type4", b"IIII\x05\0": "Type4", b"IIII\x06\0": "Type6"}
_LABEL = b"SERIAL NUMBER:"


def _tenths(tag: Tag) -> Value:
    return int(tag.raw / 10) if tag.raw % 10 == 0 else float(tag.raw / 10)


def _microseconds(tag: Tag) -> Value:
    return float(tag.raw / 1_000_000)


def _serial(tag: Tag) -> Value:
    return text(tag.raw)[len(_LABEL) :]


def _labelled(_note: Note, tag: Tag) -> Tag | None:
    """A serial number that is said to be one."""
    return tag if tag.raw.startswith(_LABEL) else None


@cache
def _record(section: str) -> Fields:
    convert = {
        "FNumber": _tenths,
        "MaxAperture": _tenths,
        "ExposureTime": _microseconds,
        "SerialNumber": _serial,
    }
    say = {
        "ExposureTime": words.exposure_time,
        "FNumber": words.one_decimal,
        "MaxAperture": words.one_decimal,
    }
    return fields("hp", section, "int8u", Meanings(convert, say, {"SerialNumber": _labelled}))


_DIRECTORIES = (b"Hewlett-Packard\0", b"Vivitar\0")
"""How notes begin that are a directory behind the maker's name."""
_LABELS = re.compile(rb"610[\0-\4]")
_PICTURE, _PICTURE_END = b"\xff\xd8\xff\xdb", b"\xff\xd9"
_LONGEST = 1 << 20
_LONGEST_VALUE = 1000


def parse(note: Note) -> None:
    """Read the note."""
    head = note.block.take(0, min(len(note.block), 16))
    section = _KINDS.get(head[:6])
    if section:
        read_fields(_record(section), note, note.block, "<")
    elif _LABELS.match(head):
        read_labels(note, "hp", "Type2")
    else:
        start = next((len(name) for name in _DIRECTORIES if head.startswith(name)), 0)
        if start:
            note.ifd(_EMPTY, note.at + start, order=note.order_at(note.at + start))


_EMPTY = IfdTable("HP", {}, {}, {})
"""All that is known in such a directory means the same in those of other makers."""


def read_labels(note: Note, maker: str, section: str) -> None:
    """Read a text whose values stand behind labels, and a picture somewhere among them."""
    group, rows = makers.section(maker, section)
    content = note.block.take(0, min(len(note.block), _LONGEST))
    tags: list[Tag] = []
    for row in rows:
        if row.name == _PREVIEW.name:
            start = content.find(_PICTURE)
            end = content.rfind(_PICTURE_END) + len(_PICTURE_END)
            if 0 <= start < end:
                at, size = note.block.start + start, end - start
                tags.append(Tag(group, _PREVIEW, UNDEFINED, size, None, at, size))
                content = content[:start]
    for row in rows:
        label = re.escape(row.id.encode("ascii"))
        match = re.search(rb"(?i)" + label + rb":\s*([\x20-\x7e]+)", content)
        if match:
            raw = match[1][:_LONGEST_VALUE]
            means, at = Definition(row.id, row.name), note.block.start + match.start(1)
            tags.append(Tag(group, means, ASCII, len(raw), raw, at, len(raw)))
    note.add(group, tags, note.block, {})


_PREVIEW = Definition("PreviewImage", "PreviewImage", None, numbers.binary)
