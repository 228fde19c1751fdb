"""Nikon's records: found by the version they begin with, deciphered where they are enciphered."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from mapy.buffer import ByteView
from mapy.makernotes.fields import Fields, fields
from mapy.makernotes.nikon.cipher import deciphered, key_of
from mapy.makernotes.nikon.masks import masks_of
from mapy.makernotes.nikon.meanings import meanings_of

if TYPE_CHECKING:
    from mapy.makernotes.note import Handler, Note, Piece

PLAIN: Final = -1
_OLDER_PICTURES, _WEAK = 0x00BD, -1
"""Picture controls of compact cameras: the main directory tells better."""
_VERSION: Final = 8
_IN_PLAIN: Final = 4
"""The version of an enciphered record."""


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
        return (not self.size or self.size == size) and head.startswith(_starts(self.versions))


@cache
def _starts(versions: str) -> tuple[str, ...]:
    return tuple(versions.split()) or ("",)


@cache
def record(section: str, unit: str = "int8u", profile: str = "") -> Fields:
    """The layout of a section."""
    if section == "RetouchVersion":
        whole = record("RetouchInfo")
        return whole.of(whole.fields[:1])
    masks, variants = masks_of(section, profile)
    return fields("nikon", section, unit, meanings_of(section), masks=masks, variants=variants)


def by_version(*shapes: Shape) -> Handler:
    """A handler that reads the record by the first shape that fits it."""

    def handle(note: Note, piece: Piece) -> None:
        view, size = piece.view, piece.view.size
        head = view.take(0, min(size, _VERSION)).decode("latin-1")
        for shape in shapes:
            if size >= shape.at and shape.fits(head, size):
                opened = plain_view(note, view, shape.start)
                order = shape.order or piece.order
                if opened is None:
                    opened = view.sub(0, min(size, _IN_PLAIN))
                part = opened
                if shape.at:
                    part = opened.sub(shape.at, opened.size - shape.at)
                layout = record(shape.section, shape.unit, shape.profile)
                entry = _WEAK if piece.entry.id == _OLDER_PICTURES else piece.entry.id
                add(note, entry, layout, part, order)
                return

    return handle


def add(note: Note, entry: int, layout: Fields, view: ByteView, order: str) -> None:
    """Add the tags of a record, but those that the main directory gives again behind its entry."""
    given = _given(note)
    tags = note.hooked(layout.tags(view, order), layout.hooks)
    weak = layout.group == _GROUP
    kept = [tag for tag in tags if not weak or given.get(tag.definition.name, _NOT_GIVEN) < entry]
    note.add(layout.group, kept, view, {})


_GROUP: Final = "Nikon"
_NOT_GIVEN, _LAST = -2, 0x10000
STRONG: Final = frozenset({"ISO"})
"""What the main directory tells better, wherever the record stands."""


def _given(note: Note) -> dict[str, int]:
    """The tags of the main directory, each with its number."""
    found: dict[str, int] | None = note.seen.get("main")
    if found is None:
        main = note.reading.directories[note.seen.get("before", 0) :][:1]
        found = {
            tag.definition.name: int(tag.definition.id)
            for directory in main
            for tag in directory.tags
        }
        found |= {name: _LAST for name in STRONG if name in found}
        note.seen["main"] = found
    return found


def plain_view(note: Note, view: ByteView, start: int) -> ByteView | None:
    """The record in plain; None where the key is missing."""
    if start == PLAIN:
        return view
    key = key_of(note)
    if key is None:
        return None
    return ByteView(deciphered(view.take(0, len(view)), start, key), view.start)
