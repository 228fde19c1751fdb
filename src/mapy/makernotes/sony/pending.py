"""Blocks of Sony's notes, held back until the main IFD is read: what they tell decides about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.errors import OutOfBounds
from mapy.makernotes.sony.blocks import HANDLERS
from mapy.model import Directory

if TYPE_CHECKING:
    from mapy.makernotes.note import Note, Piece

_PIECES = "pieces"
_SHOT_INFO = 0x3000
_META_VERSION = slice(0x34, 0x34 + 15)
_LATE_META_VERSION = b"DC7303320222000"
"""What the shot information of cameras from 2012 on says of itself."""
_FOCUS_OLD, _FOCUS_NEW, _AREA_OLD = 0xB042, 0xB04E, 0xB043
_OPTIMIZER, _OPTIMIZER_2 = 0xB025, 0xB04F
_BALANCE, _BALANCE_2 = 0x0115, 0xB054


def keep_for_later(note: Note, piece: Piece) -> None:
    """Hold a block back; of several with one number the first, so that few are held."""
    if piece.entry.raw is not None:
        note.seen.setdefault(_PIECES, {}).setdefault(piece.entry.id, piece)


def read_pending(note: Note, main: int) -> None:
    """Read the blocks that were held back, in the order of the file.

    Args:
        note: the note.
        main: which of the directories is the main one.
    """
    pieces: dict[int, Piece] = note.seen.pop(_PIECES, {})
    _settle(note, main, is_late=_is_late(pieces.get(_SHOT_INFO)))
    for number, piece in pieces.items():
        try:
            HANDLERS[number](note, piece)
        except OutOfBounds:  # of this block alone: the others may be whole
            note.part_is_cut_short(piece.view.span(0, len(piece.view)))


def _is_late(piece: Piece | None) -> bool:
    if piece is None:
        return False
    size = min(len(piece.view), _META_VERSION.stop)
    return piece.view.take(0, size)[_META_VERSION] == _LATE_META_VERSION


def _settle(note: Note, main: int, *, is_late: bool) -> None:
    """Leave out of the main directory what this generation of cameras does not keep there."""
    directories = note.reading.directories
    if main >= len(directories):
        return
    directory = directories[main]
    void = {_FOCUS_OLD, _AREA_OLD} if is_late else {_FOCUS_NEW}
    ids = {tag.definition.id for tag in directory.tags}
    if _OPTIMIZER in ids:
        void.add(_OPTIMIZER_2)
    if _BALANCE in ids:
        void.add(_BALANCE_2)
    if void & ids:
        tags = tuple([tag for tag in directory.tags if tag.definition.id not in void])
        directories[main] = Directory(
            directory.name, tags, directory.span, is_embedded=directory.is_embedded
        )
