"""The note of Sony's cheapest cameras (DSC-H200, J10, J20, W370, W510; MHS-TS20): logs as text.

Each log is shown by its length, and some of what it says by itself.
"""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING, NamedTuple

from mapy.explain import numbers, words
from mapy.makernotes.sony.main import MAIN
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, UNDEFINED

if TYPE_CHECKING:
    from mapy.makernotes.note import Note

_LONGEST = 1 << 20
_IFD_AT = 12
_SMALLEST, _MOST_ENTRIES, _LAST_TYPE = 26, 255, 10
"""Where a directory is to be believed: bytes of the note, its entries, the type of the first."""
_LOG = re.compile(rb"\w[\t\n\r\x20-\x7e]{32,}", re.ASCII)
_MOST_LOGS = 16
_NUMBER = re.compile(r"-?\d")
_LONGEST_BARCODE = 12


class _Word(NamedTuple):
    """What a log says behind a label."""

    definition: Definition
    pattern: re.Pattern[str]


@cache
def _words() -> tuple[str, tuple[_Word, ...]]:
    """The group, and the labels as ExifTool sorts them: without regard to case."""
    group, rows = makers.section("sony", "PIC")
    labelled = sorted((row for row in rows if row.id.endswith(":")), key=lambda row: row.id.lower())
    return group, tuple(
        _Word(
            Definition(
                row.id,
                row.name,
                row.names,
                say=words.celsius if row.name.endswith("Temperature") else None,
            ),
            re.compile(rf"\b{re.escape(row.id)}\s*([^\s;,:]+)"),
        )
        for row in labelled
    )


def parse(note: Note) -> None:
    """Read the directory that a panorama has, and the logs."""
    block = note.block
    _directory(note)
    content = block.take(0, min(len(block), _LONGEST))
    group, _ = _words()
    tags: list[Tag] = []
    for number, log in enumerate(_LOG.finditer(content), 1):
        if number > _MOST_LOGS:
            break
        at, size = block.start + log.start(), len(log[0])
        means = Definition(f"TextInfo{number}", f"TextInfo{number}", None, numbers.binary)
        tags.append(Tag(group, means, UNDEFINED, size, None, at, size))
        tags += _said(log[0].decode("ascii"), group, at, size)
    note.add(group, tags, block, {})


def _said(log: str, group: str, at: int, size: int) -> list[Tag]:
    """What a log says behind the labels that are known."""
    tags: list[Tag] = []
    for definition, pattern in _words()[1]:
        found = pattern.search(log)
        if found is None:
            continue
        value: int | str = found[1]
        if definition.name == "CameraTemperature" and not _NUMBER.match(found[1]):
            continue
        if definition.name == "Barcode":
            value = found[1].partition("IP1")[0][:_LONGEST_BARCODE]
        elif definition.one_of is not None and found[1].isdigit():
            value = int(found[1])
        tags.append(Tag(group, definition, PLAIN, 1, value, at, size))
    return tags


def _directory(note: Note) -> None:
    """Read the directory behind the signature, if there is one."""
    block = note.block
    if len(block) < _SMALLEST:
        return
    order = note.order_at(_IFD_AT, block)
    u16 = block.u16le if order == "<" else block.u16be
    if 0 < u16(_IFD_AT) <= _MOST_ENTRIES and 0 < u16(_IFD_AT + 4) <= _LAST_TYPE:
        note.ifd(MAIN, note.at + _IFD_AT, order=order)
