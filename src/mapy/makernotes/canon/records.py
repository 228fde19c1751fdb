"""How Canon writes records: most tell their own length first; rows that the tables lack."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Final

from mapy.makernotes.fields import fields, read_fields
from mapy.tags.makers import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mapy.makernotes.fields import Fields
    from mapy.makernotes.note import Handler, Meanings, Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Formatter, Value

_GROUP: Final = "Canon"


def record(
    section: str,
    unit: str,
    meanings: Meanings,
    *,
    variants: Mapping[str, int] | None = None,
    more: tuple[Row, ...] = (),
) -> Fields:
    """The record of a section of Canon's table, and rows that it lacks."""
    return fields("canon", section, unit, meanings, variants=variants, more=more)


def row(
    place: int,
    name: str,
    kind: str = "",
    count: int = 1,
    names: dict[int | str, str] | None = None,
) -> Row:
    """A row that the table lacks: it became known later."""
    return Row(str(place), 0, name, kind, count, is_binary=False, names=names)


def reads(make: Callable[[], Fields]) -> Handler:
    """A handler of a record whose layout is made when the first one is met."""

    def handle(note: Note, piece: Piece) -> None:
        read_fields(make(), note, piece.view, piece.order)

    return handle


def sized(read: Handler) -> Handler:
    """The handler, for records that begin with their length in bytes; others are noise."""

    def handle(note: Note, piece: Piece) -> None:
        if u16(piece, 0) == piece.view.size:
            read(note, piece)

    return handle


def behind(read: Handler) -> Handler:
    """The handler, for records that say again what others said: where they differ, those count."""

    def handle(note: Note, piece: Piece) -> None:
        directories = note.reading.directories
        told = {
            tag.definition.name
            for directory in directories
            if directory.name == _GROUP
            for tag in directory.tags
        }
        before = len(directories)
        read(note, piece)
        for directory in directories[before:]:
            directory.tags = tuple(
                [tag for tag in directory.tags if tag.definition.name not in told]
            )

    return handle


def u16(piece: Piece, at: int) -> int:
    """The 16-bit number at a place of a block, in its byte order; -1 where it has none."""
    if at + 2 > piece.view.size:
        return -1
    return int(piece.view.unpack(_U16[piece.order], at)[0])


_U16: Final = {order: Struct(order + "H") for order in "<>"}


def bits(meanings: tuple[str | None, ...]) -> Formatter:
    """A formatter that names the bits that are set, the lowest first."""

    def say(value: Value) -> Value:
        if not isinstance(value, int):
            return value
        if not value:
            return "(none)"
        count = len(meanings)
        names = [
            (meanings[bit] if bit < count else None) or f"[{bit}]"
            for bit in range(32)
            if value >> bit & 1
        ]
        return ", ".join(names)

    return say


def serial_number(tag: Tag) -> Value:
    """A serial number in bytes: ten digits in hexadecimal."""
    return tag.raw.hex() if isinstance(tag.raw, bytes) else str(tag.raw)
