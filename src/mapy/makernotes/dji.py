"""DJI: a text of names and values in brackets (some of them mere data), or an IFD."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.explain import numbers
from mapy.makernotes import plain_ifds
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, UNDEFINED

if TYPE_CHECKING:
    from mapy.makernotes.note import Note

_LONGEST = 1 << 18
_LONGEST_TEXT = 64
_TEXT = re.compile(r"[\x20-\x7e]*")


def parse(note: Note) -> None:
    """Read the note."""
    raw = note.block.take(0, min(len(note.block), _LONGEST)).decode("latin-1")
    if not raw.startswith("["):
        plain_ifds.parse(note)
        return
    group, rows = makers.section("dji", "Info")
    names = {row.id: row.name for row in rows}
    known = "|".join(map(re.escape, names))
    found = list(re.finditer(rf"\[({known}):", raw))
    ends = [*(match.start() for match in found), len(raw.rstrip("\0"))][1:]
    tags = []
    for match, end in zip(found, ends, strict=True):
        value = raw[match.end() : end].removesuffix("]")
        at, name = note.block.start + match.end(), names[match[1]]
        shown = value.rstrip("\0")
        if len(value) <= _LONGEST_TEXT and shown and _TEXT.fullmatch(shown):
            means = Definition(match[1], name)
            tags.append(Tag(group, means, PLAIN, 1, shown, at, len(value)))
        else:
            means = Definition(match[1], name, None, numbers.binary)
            tags.append(Tag(group, means, UNDEFINED, len(value), None, at, len(value)))
    note.add(group, tags, note.block, {})
