"""The note of Sony's first raw files (SRF: DSC-F828, DSC-V3): a chain of IFDs, mostly enciphered.

The first IFD is plain. A table in the note gives the key of the second, which gives the key of all
behind it. Offsets count from the start of the file.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.blocks.ifd import BYTE_ORDERS, EXIF, Walker
from mapy.buffer import ByteView
from mapy.limits import MIB
from mapy.makernotes.note import Meanings, Note, ifd_table
from mapy.makernotes.sony.sr2 import decrypted

if TYPE_CHECKING:
    from mapy.makernotes.note import IfdTable
    from mapy.model import Tag
    from mapy.tags.definition import Value

_MAX_OFFSET = 4 * MIB
"""Where the note may begin; cameras put it in front of the picture."""
_MAX_BYTES = MIB
"""Of the note; in those cameras' files the picture begins within 700 KB of it."""
_KEYS_AT = 0x8DDC
"""Where the table of keys is; its first byte tells which of its words counts."""
_KEY_OF_REST = "SRF2Key"
_CHAIN = 7
"""IFDs: the keys, four of settings behind them, and one of EXIF."""
_FIRST_ENCIPHERED, _FIRST_OF_REST, _EXIF_NUMBER = 1, 2, 6
_WORD, _ROW = 4, 12


def parse(note: Note) -> None:
    """Read the chain as far as it can be deciphered.

    Raises:
        OutOfBounds: an IFD lies outside the note.
    """
    if note.at > _MAX_OFFSET or len(note.block) > _MAX_BYTES:
        return
    order = note.order_at(note.at)
    content = bytearray(note.block.take(0, len(note.block)))
    at = 0
    for number in range(_CHAIN):
        # So that offsets lead to the right places, zeros stand for what is in front of the note.
        view = ByteView(bytes(note.at) + bytes(content), note.view.start)
        _read(note, number, view, note.at + at, order)
        count = Struct(order + "H").unpack_from(content, at)[0]
        link = note.at + at + 2 + _ROW * count
        following = int(view.unpack(Struct(order + "I"), link)[0]) - note.at
        if not 0 < following < len(content):
            return
        at = following
        if number + 1 == _FIRST_ENCIPHERED:
            _decipher(content, at, _KEYS_AT + at, _key(note.block))
        elif number + 1 == _FIRST_OF_REST:
            rest = note.seen.get(_KEY_OF_REST)
            if isinstance(rest, int):
                _decipher(content, at, len(content), rest)


def _read(note: Note, number: int, view: ByteView, at: int, order: str) -> None:
    """Read one IFD; its group tells its number."""
    group = f"SRF{number}"
    if number < _EXIF_NUMBER:
        table = _KEYS if number < _FIRST_OF_REST else _SETTINGS
        note.ifd(table._replace(group=group), at, view=view, order=order)
        return
    layout = BYTE_ORDERS[b"II" if order == "<" else b"MM"][0]
    Walker(view, note.reading, layout, EXIF._replace(nested=())).directory(at, group, 1)


def _key(block: ByteView) -> int:
    return block.u32be(_KEYS_AT + _WORD * block.u8(_KEYS_AT))


def _decipher(content: bytearray, at: int, size: int, key: int) -> None:
    """Decipher so many bytes, or as many as there are, in their place."""
    content[at : at + size] = decrypted(bytes(content[at : at + size]), key)


def _keep(note: Note, tag: Tag) -> Tag:
    note.seen[tag.name] = tag.raw
    return tag


def _millimetres(value: Value) -> Value:
    return f"{value} mm"


_KEYS: IfdTable = ifd_table("sony", "SRF", Meanings(hooks={_KEY_OF_REST: _keep}))
_SETTINGS: IfdTable = ifd_table(
    "sony",
    "SRF2",
    Meanings(say=dict.fromkeys(("MinFocalLength", "MaxFocalLength"), _millimetres)),
)
