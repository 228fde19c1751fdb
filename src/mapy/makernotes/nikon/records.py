"""Nikon's records: found by the version they begin with, deciphered where they are enciphered."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mapy.buffer import ByteView
from mapy.makernotes.fields import Fields, fields, read_fields
from mapy.makernotes.nikon.cipher import deciphered, key_of
from mapy.makernotes.nikon.masks import masks_of
from mapy.makernotes.nikon.meanings import meanings_of

if TYPE_CHECKING:
    from mapy.makernotes.note import Handler, Note, Piece

PLAIN = -1
_VERSION = 4


class Shape(NamedTuple):
    """One layout of a record."""

    versions: str
    """The versions that have it, parted by blanks; the starts of them will do; empty: any."""
    section: str
    """Of the table."""
    unit: str = "int8u"
    order: str = ""
    """`<` or `>` where it is not the note's."""
    start: int = PLAIN
    """Where the cipher starts."""
    size: int = 0
    """Bytes of the whole record, where cameras of one version differ in it."""
    at: int = 0
    """Where the fields are counted from."""
    profile: str = ""
    """Which of the cameras that share the section."""

    def fits(self, head: str, size: int) -> bool:
        """Whether a record of that version and size has this layout."""
        return (not self.size or self.size == size) and head.startswith(
            tuple(self.versions.split()) or ""
        )


@cache
def record(section: str, unit: str = "int8u", profile: str = "") -> Fields:
    """The layout of a section."""
    masks, variants = masks_of(section, profile)
    return fields(
        "nikon", section, unit, meanings_of(section), masks=masks, variants=variants
    )


def by_version(*shapes: Shape) -> Handler:
    """A handler that reads the record by the first shape that fits it."""

    def handle(note: Note, piece: Piece) -> None:
        view = piece.view
        head = view.take(0, min(len(view), _VERSION)).decode("latin-1")
        for shape in shapes:
            if len(view) >= shape.at and shape.fits(head, len(view)):
                opened = plain_view(note, view, shape.start)
                order = shape.order or piece.order
                if opened is None:
                    opened = view.sub(0, min(len(view), _VERSION))
                part = opened
                if shape.at:
                    part = opened.sub(shape.at, len(opened) - shape.at)
                read_fields(record(shape.section, shape.unit, shape.profile), note, part, order)
                return

    return handle


def plain_view(note: Note, view: ByteView, start: int) -> ByteView | None:
    """The record in plain; None where the key is missing."""
    if start == PLAIN:
        return view
    key = key_of(note)
    if key is None:
        return None
    return ByteView(deciphered(view.take(0, len(view)), start, key), view.start)
