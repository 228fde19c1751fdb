"""Records of makers' notes: records of a maker's table, some of whose tags depend on others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.records import Record
from mapy.tags import maker_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapy.buffer import ByteView
    from mapy.makernotes.note import Handler, Hook, Meanings, Note, Piece
    from mapy.records import Field
    from mapy.tags.makers import Row


class Fields(Record):
    """The layout of a record, and what sees its tags when they are read."""

    __slots__ = ("hooks",)

    def __init__(self, group: str, fields: Iterable[Field], hooks: Mapping[str, Hook]) -> None:
        super().__init__(group, fields)
        names = {field.definition.name for field in self.fields}
        self.hooks = {name: hook for name, hook in hooks.items() if name in names}

    def of(self, fields: Iterable[Field]) -> Fields:
        """The same record with these fields instead."""
        return Fields(self.group, fields, self.hooks)


def fields(
    maker: str,
    section: str,
    unit: str,
    meanings: Meanings,
    *,
    masks: Mapping[str, int] | None = None,
    variants: Mapping[str, int] | None = None,
    more: tuple[Row, ...] = (),
) -> Fields:
    """The record of a section of a maker's table, and its hooks; see `maker_tables.record`."""
    found = maker_tables.record(
        maker, section, unit, meanings, masks=masks, variants=variants, more=more
    )
    return Fields(found.group, found.fields, meanings.hooks)


def read_fields(record: Fields, note: Note, view: ByteView, order: str) -> None:
    """Read a record; fields behind its end are left out."""
    note.add(record.group, record.tags(view, order), view, record.hooks)


def reads(record: Fields) -> Handler:
    """A handler that reads an entry's block as this record."""

    def handle(note: Note, piece: Piece) -> None:
        read_fields(record, note, piece.view, piece.order)

    return handle
