"""Samsung: an IFD without a signature. Phones count its offsets from the note, raw files do not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mapy.makernotes import unknown
from mapy.makernotes.fields import Fields, fields, reads
from mapy.makernotes.note import IfdTable, Meanings, ifd_table
from mapy.makernotes.samsung_cipher import HOOKS_BY_NUMBER

if TYPE_CHECKING:
    from mapy.makernotes.note import Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Value

_WIZARD = 0x0021
_FIRST_ENTRY = ((1, 7, 4), (1, 2, 4))
"""Number, type and count of a note's first entry: its version."""


def _less_four(tag: Tag) -> Value:
    return int(tag.raw) - 4


@cache
def _wizard() -> Fields:
    names = ("PictureWizardSaturation", "PictureWizardSharpness", "PictureWizardContrast")
    return fields("samsung", "PictureWizard", "int16u", Meanings(dict.fromkeys(names, _less_four)))


def _read_wizard(note: Note, piece: Piece) -> None:
    reads(_wizard())(note, piece)


@cache
def _table() -> IfdTable:
    table = ifd_table("samsung", "Type2", Meanings(handlers={_WIZARD: _read_wizard}))
    kept = {id_: means for id_, means in table.definitions.items() if id_ != _WIZARD}
    hooks = {kept[number].name: hook for number, hook in HOOKS_BY_NUMBER.items() if number in kept}
    return table._replace(definitions=kept, hooks=hooks)


def parse(note: Note) -> None:
    """Read the note."""
    block = note.block
    order = note.order_at(0, block)
    u16, u32 = (block.u16le, block.u32le) if order == "<" else (block.u16be, block.u32be)
    if (u16(2), u16(4), u32(6)) not in _FIRST_ENTRY:
        unknown.parse(note)
        return
    if "NX" in note.model and not note.reading.file.take(0, 2).startswith(b"\xff\xd8"):
        note.ifd(_table(), note.at, order=order)
    else:
        note.ifd(_table(), 0, view=block, order=order)
