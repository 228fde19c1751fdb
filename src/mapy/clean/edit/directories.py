"""The directories of a TIFF structure, as an editor needs them: where each row and value stands.

The reader of tags (`mapy.blocks.ifd`) tells what a directory says; this tells where it is written.
Directories have the names that the reader gives them, so that a tag is found by group and number.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from mapy.blocks.ifd import BYTE_ORDERS, Layout
from mapy.buffer import ByteView
from mapy.errors import LimitExceeded, OutOfBounds, Span
from mapy.limits import DEFAULT_LIMITS
from mapy.tiff_types import IFD, IFD8, LONG, LONG8, SHORT, TIFF_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EXIF_IFD, GPS_IFD, INTEROP_IFD, SUB_IFDS, GLOBAL_PARAMETERS = 0x8769, 0x8825, 0xA005, 0x014A, 0x0190
POINTERS = {
    EXIF_IFD: "ExifIFD",
    GPS_IFD: "GPS",
    INTEROP_IFD: "InteropIFD",
    SUB_IFDS: "SubIFD",
    GLOBAL_PARAMETERS: "GlobParamIFD",
}
"""Entries whose values are places of further directories, and what these are called."""
_BIGTIFF_MAGIC = 43
_TIMES_ASKED = 4
_NUMBERS = {SHORT: "H", LONG: "I", IFD: "I", LONG8: "Q", IFD8: "Q"}


class Row(NamedTuple):
    """One entry of a directory."""

    at: int
    """Where the row stands."""
    tag: int
    kind: int
    count: int  # type: ignore[assignment]  # the field's word, as in `Tag`
    place: int
    """Where its value stands: in the row itself if it fits."""
    length: int
    """Bytes of the value; 0 where its type is unknown."""

    @property
    def value(self) -> Span:
        """The place of the value."""
        return Span(self.place, self.length)


class Table(NamedTuple):
    """One directory."""

    name: str
    """As the reader calls it: `IFD0`, `GPS`."""
    at: int
    rows: tuple[Row, ...]
    first_rows: Mapping[int, Row]
    """By number: the first entry of each, which is the one that counts."""
    size: int
    """Bytes from `at` to behind the offset of the next directory."""
    following: int
    """The place of the next directory in its chain, or 0."""
    has_following: bool
    """Whether there is room for that place: the block may end before it."""
    parent: Row | None = None
    """The row that leads here; None in the chain of the header."""

    @property
    def span(self) -> Span:
        """The place of the table itself."""
        return Span(self.at, self.size)

    def row(self, tag: int) -> Row | None:
        """The first entry with this number."""
        return self.first_rows.get(tag)


class Structure:
    """All directories of a TIFF structure that a header, a chain or a pointer leads to."""

    def __init__(self, content: bytes) -> None:
        """Find them.

        Raises:
            OutOfBounds: there is no header, or a directory lies outside.
            LimitExceeded: there are more directories or entries than is allowed.
        """
        self.view = ByteView(content)
        layouts = BYTE_ORDERS.get(self.view.take(0, 2))
        if layouts is None:
            raise OutOfBounds("exif.bad-header", "The block has no byte order mark.")
        is_big = layouts[0].entries.unpack(self.view.take(2, 2))[0] == _BIGTIFF_MAGIC
        self.layout: Layout = layouts[is_big]
        self.header = Span(0, self.layout.first + self.layout.offset.size)
        self.tables: list[Table] = []
        self._below_row: dict[int, list[Table]] = {}
        """By the row itself, not by its place: directories may overlap."""
        self._visited: set[int] = set()
        self._entries = DEFAULT_LIMITS.entries
        # Each value is asked for a few times; without overlaps all of them fit into the file.
        self._bytes_left = _TIMES_ASKED * len(content) + DEFAULT_LIMITS.entries
        self._chain(int(self.view.unpack(self.layout.offset, self.layout.first)[0]))

    @property
    def order(self) -> str:
        """`<` little-endian, `>` big-endian."""
        return self.layout.order

    def numbers(self, row: Row) -> tuple[int, ...]:
        """The whole numbers of a value; none where it is of another type.

        Raises:
            LimitExceeded: values overlap so often that they would take without end.
        """
        code = _NUMBERS.get(row.kind)
        if code is None:
            return ()
        self._bytes_left -= row.length
        if self._bytes_left < 0:
            raise LimitExceeded("limit.total-value-bytes", "The values are too long to be read.")
        return self.view.unpack(Struct(f"{self.order}{row.count}{code}"), row.place)

    def number(self, row: Row) -> int | None:
        """The first of the whole numbers of a value; None where it has none."""
        code = _NUMBERS.get(row.kind)
        if code is None or not row.count:
            return None
        return int(self.view.unpack(Struct(self.order + code), row.place)[0])

    def packed(self, row: Row, numbers: Sequence[int]) -> bytes:
        """Whole numbers as the row's type writes them."""
        return Struct(f"{self.order}{len(numbers)}{_NUMBERS[row.kind]}").pack(*numbers)

    def children(self, row: Row) -> list[Table]:
        """The directories that a row leads to."""
        return self._below_row.get(id(row), [])

    def _chain(self, at: int) -> None:
        number = 0
        while at:
            table = self._directory(at, f"IFD{number}", None, 0)
            if table is None:
                return
            at = table.following
            number += 1

    def _directory(self, at: int, name: str, parent: Row | None, depth: int) -> Table | None:
        """Read a directory and those below it; None if it was read, or cannot be."""
        layout, view = self.layout, self.view
        limits = DEFAULT_LIMITS
        if at in self._visited or depth > limits.ifd_depth or not view.has(at, layout.entries.size):
            return None
        self._visited.add(at)
        if len(self._visited) > limits.ifds:
            raise LimitExceeded("limit.ifds", "The file has more directories than is allowed.")
        body = at + layout.entries.size
        fitting = (view.size - body) // layout.entry.size
        count = min(int(view.unpack(layout.entries, at)[0]), fitting)
        self._entries -= count
        if self._entries < 0:
            raise LimitExceeded("limit.entries", "The file has more entries than is allowed.")
        end = body + count * layout.entry.size
        following, size = 0, end - at
        has_following = view.has(end, layout.offset.size)
        if has_following:
            following = int(view.unpack(layout.offset, end)[0])
            size += layout.offset.size
        rows = self._rows(body, count)
        first_rows = {row.tag: row for row in reversed(rows)}
        table = Table(name, at, rows, first_rows, size, following, has_following, parent)
        self.tables.append(table)
        if parent is not None:
            self._below_row.setdefault(id(parent), []).append(table)
        for row in rows:
            if row.tag in POINTERS:
                self._below(row, depth)
        return table

    def _rows(self, at: int, count: int) -> tuple[Row, ...]:
        layout, view = self.layout, self.view
        entry = layout.entry
        found = []
        for _ in range(count):
            tag, kind, number, value = view.unpack(entry, at)
            tiff_type = TIFF_TYPES.get(kind)
            length = tiff_type.size * number if tiff_type else 0
            inline = at + layout.entry.size - layout.inline
            place = inline if length <= layout.inline else value
            if not view.has(place, length):
                place, number, length = inline, 0, 0
            found.append(Row(at, tag, kind, number, place, length))
            at += layout.entry.size
        return tuple(found)

    def _below(self, row: Row, depth: int) -> None:
        if row.count > DEFAULT_LIMITS.ifds:
            raise LimitExceeded("limit.ifds", "The file has more directories than is allowed.")
        for number, at in enumerate(self.numbers(row)):
            name = f"{POINTERS[row.tag]}{number or ''}"
            self._directory(at, name, row, depth + 1)
