"""Sanyo: an IFD behind a signature; what its values' offsets count from differs by camera."""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.explain import numbers, words
from mapy.makernotes.fields import fields, read_fields
from mapy.makernotes.moved import unmoved
from mapy.makernotes.note import Meanings, ifd_table
from mapy.tiff_types import RATIONAL

if TYPE_CHECKING:
    from mapy.makernotes.note import IfdTable, Note, Piece
    from mapy.model import Tag

_IFD_AT = 8
_MOVED = re.compile(r"\b(?:C4|J\d|S\d)\b")
"""Cameras whose offsets are wrong by a number of their own."""
_FACES_OR_DISTANCE = 0x0223


def _is_distance(_note: Note, tag: Tag) -> Tag | None:
    """Newer cameras keep faces under the number of the distance."""
    return tag if tag.type == RATIONAL else None


def _faces(note: Note, piece: Piece) -> None:
    """How many faces, and the place of the first."""
    if len(piece.view) > _FACES_ARE_LONGER:
        record = fields("sanyo", "FaceInfo", "int8u", Meanings())
        read_fields(record, note, piece.view, piece.order)


_FACES_ARE_LONGER = 8
"""Bytes of a distance."""


@cache
def _main() -> IfdTable:
    meanings = Meanings(
        convert={"SanyoThumbnail": numbers.binary},
        say={"SanyoQuality": words.unknown_code},
        hooks={"ManualFocusDistance": _is_distance},
    )
    return ifd_table("sanyo", "Main", meanings)._replace(handlers={_FACES_OR_DISTANCE: _faces})


def parse(note: Note) -> None:
    """Read the note."""
    at = note.at + _IFD_AT
    order = note.order_at(at)
    view = note.view
    if _MOVED.search(note.model):
        view, at = unmoved(note, at, order)
    note.ifd(_main(), at, view=view, order=order)
