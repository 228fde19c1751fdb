"""Hewlett-Packard: a little-endian record of two layouts, told apart by its number."""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.explain import words
from mapy.makernotes.fields import Fields, fields, read_fields
from mapy.makernotes.note import Meanings
from mapy.tiff_types import text

if TYPE_CHECKING:
    from mapy.makernotes.note import Note
    from mapy.model import Tag
    from mapy.tags.definition import Value

_KINDS = {b"IIII\x04\0": "Type4", b"IIII\x05\0": "Type4", b"IIII\x06\0": "Type6"}
_LABEL = re.compile(r"^SERIAL NUMBER:", re.IGNORECASE)


def _tenths(tag: Tag) -> Value:
    return int(tag.raw / 10) if tag.raw % 10 == 0 else float(tag.raw / 10)


def _microseconds(tag: Tag) -> Value:
    return float(tag.raw / 1_000_000)


def _serial(tag: Tag) -> Value:
    return _LABEL.sub("", text(tag.raw))


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
    return fields("hp", section, "int8u", Meanings(convert, say))


def parse(note: Note) -> None:
    """Read the note."""
    section = _KINDS.get(note.block.take(0, min(len(note.block), 6)))
    if section:
        read_fields(_record(section), note, note.block, "<")
