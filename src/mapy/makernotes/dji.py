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
    from collections.abc import Iterator

    from mapy.makernotes.note import Note

_LONGEST = 1 << 18
_MOST = 1_000
_END = re.compile(r"\](?=\[|\Z)")
_TEXT = re.compile(r"[\x20-\x7e]+\0*")


def parse(note: Note) -> None:
    """Read the note."""
    raw = note.block.take(0, min(len(note.block), _LONGEST)).decode("latin-1")
    if not raw.startswith("["):
        plain_ifds.parse(note)
        return
    group, rows = makers.section("dji", "Info")
    names = {row.id: row.name for row in rows}
    tags = []
    for at, key, value in _pieces(raw.rstrip("\0")):
        name = names.get(key) or _made_of(key)
        place = note.block.start + at
        if _TEXT.fullmatch(value):
            shown = value.rstrip("\0")
            tags.append(Tag(group, Definition(key, name), PLAIN, 1, shown, place, len(value)))
        else:
            means = Definition(key, name, None, numbers.binary)
            tags.append(Tag(group, means, UNDEFINED, len(value), None, place, len(value)))
    note.add(group, tags, note.block, {})


def _pieces(raw: str) -> Iterator[tuple[int, str, str]]:
    """Where each value begins, its name, and it, up to what is no piece: `[name:value][...`."""
    at = 0
    for _ in range(_MOST):
        end = _END.search(raw, at) if raw.startswith("[", at) else None
        if end is None:
            return
        key, colon, value = raw[at + 1 : end.start()].partition(":")
        if colon:
            yield at + 1 + len(key) + 1, key, value
        at = end.end()


def _made_of(key: str) -> str:
    """`gimbal_degree(Y,P,R)` becomes `Gimbal_DegreeYPR`: words begin with a capital letter."""
    name = re.sub(r"([^A-Za-z])([a-z])", lambda match: match[1] + match[2].upper(), key)
    name = re.sub(r"[^-_A-Za-z0-9]", "", name)
    if len(name) <= 1 or not (name[0].isalpha() or name[0] == "_"):
        name = f"Tag{name}"
    return name[0].upper() + name[1:]
