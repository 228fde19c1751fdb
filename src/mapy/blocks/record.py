"""Records: blocks of fixed fields. Their layout is data, and one function reads them all."""

from __future__ import annotations

from struct import Struct, calcsize
from typing import TYPE_CHECKING, NamedTuple

from mapy.model import Tag
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Definition


class Field(NamedTuple):
    """One tag of a record."""

    definition: Definition
    offset: int
    size: int
    values: int


class Record(NamedTuple):
    """The layout of a record."""

    group: str
    layout: Struct
    fields: tuple[Field, ...]


def record(group: str, order: str, *fields: tuple[str, Definition]) -> Record:
    """The record of these fields: of each the code of `struct` (`3B`: a list), its definition."""
    laid_out: list[Field] = []
    at = 0
    for code, definition in fields:
        size = calcsize(order + code)
        laid_out.append(Field(definition, at, size, int(code[:-1] or 1)))
        at += size
    return Record(group, Struct(order + "".join(code for code, _ in fields)), tuple(laid_out))


def tags_of(fields: Record, view: ByteView) -> list[Tag]:
    """The tags of a record at the start of a view.

    Raises:
        OutOfBounds: the view is shorter than the record.
    """
    numbers = iter(view.unpack(fields.layout, 0))
    tags: list[Tag] = []
    for definition, offset, size, count in fields.fields:
        raw = next(numbers)
        if count > 1:
            raw = numbers_text((raw, *(next(numbers) for _ in range(count - 1))))
        tags.append(Tag(fields.group, definition, PLAIN, count, raw, view.start + offset, size))
    return tags


def numbers_text(values: Iterable[int]) -> str:
    """Numbers parted by blanks."""
    return " ".join(map(str, values))


def parse_record(fields: Record, view: ByteView, reading: Reading) -> None:
    """Parse a view as a record: one directory."""
    reading.add(fields.group, tags_of(fields, view), view.span(0, fields.layout.size))
