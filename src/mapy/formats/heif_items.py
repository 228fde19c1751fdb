"""The items of a HEIF file (ISO/IEC 14496-12, section 8.11): what there is, where, what for.

Parses the boxes `pitm`, `iinf`, `iloc`, `iref` and `ipma` of a `meta` box. It reads no item.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Final, NamedTuple

from mapy.boxes import FULL, Box, walk

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

IN_FILE, IN_IDAT = 0, 1
"""Construction methods of `iloc`; 2 counts from another item and is refused."""
_WIDTHS: Final = {0: None, 4: Struct(">I"), 8: Struct(">Q")}
_U16, _U32 = Struct(">H"), Struct(">I")
_ESSENTIAL: Final = 1
_HIDDEN_TYPE_VERSION: Final = 2
"""From this version on, `infe` has the item's type."""


class Location(NamedTuple):
    """Where an item's bytes are."""

    method: int
    extents: tuple[tuple[int, int], ...]
    """Offset and length of each piece; a length of 0 reaches to the end."""


class Item(NamedTuple):
    """One item, as `infe` describes it."""

    kind: bytes
    """Four letters: `hvc1`, `Exif`, `mime`."""
    content_type: bytes
    """The media type of a `mime` item."""
    encoding: bytes
    """How a `mime` item is compressed; empty if it is not."""


class Items:
    """All that the `meta` box of a HEIF file tells of its items."""

    def __init__(self, view: ByteView, reading: Reading) -> None:
        self._view = view
        self._reading = reading
        self.primary: int | None = None
        self.primary_place = (0, 0)
        self.items: dict[int, Item] = {}
        self.locations: dict[int, Location] = {}
        self.references: dict[tuple[bytes, int], set[int]] = {}
        """By kind and item: the items that it refers to. `cdsc`: which ones it describes."""
        self.properties: dict[int, set[int]] = {}
        """By the number of a property, from 1: the items that have it."""

    def read(self, box: Box) -> bool:
        """Read a box, if it is one that tells of items.

        Raises:
            OutOfBounds: the box is shorter than it tells.
            LimitExceeded: there is more of it than `Limits.items`.
        """
        reader = _READERS.get(box.kind)
        if reader is not None:
            reader(self, box)
        return reader is not None

    def describes_primary(self, number: int) -> bool:
        """Whether an item of metadata is about the picture: one that tells nothing is."""
        described = self.references.get((b"cdsc", number))
        return described is None or self.primary is None or self.primary in described

    def owner(self, number: int) -> int | None:
        """The item that a property is of: the primary before all others, else the first."""
        owners = self.properties.get(number)
        if not owners:
            return None
        return self.primary if self.primary in owners else min(owners)

    def _spend(self, amount: int = 1) -> None:
        self._reading.budget.spend("items", amount)

    def _primary(self, box: Box) -> None:
        view = self._view
        layout = _U32 if view.u8(box.at) else _U16
        self.primary = int(view.unpack(layout, box.at + FULL)[0])
        self.primary_place = (box.at + FULL, layout.size)

    def _entries(self, box: Box) -> None:
        """`iinf`: the descriptions of the items, each in a box `infe` of its own."""
        view = self._view
        at = box.at + FULL + (4 if view.u8(box.at) else 2)
        for entry in walk(view, self._reading, at, box.end):
            if entry.kind == b"infe":
                self._spend()
                self._entry(entry)

    def _entry(self, box: Box) -> None:
        view = self._view
        version = view.u8(box.at)
        if version < _HIDDEN_TYPE_VERSION:
            return  # of files without pictures
        layout = _U16 if version == _HIDDEN_TYPE_VERSION else _U32
        number = view.unpack(layout, box.at + FULL)[0]
        at = box.at + FULL + layout.size + 2  # 2: item_protection_index
        kind = view.take(at, 4)
        texts = view.take(at + 4, min(box.end - at - 4, _LONGEST_TEXTS)).split(b"\0")
        _, content_type, encoding, *_ = *texts, b"", b""
        is_file = kind == b"mime"
        self.items[number] = Item(kind, content_type * is_file, encoding * is_file)

    def _locations(self, box: Box) -> None:
        """`iloc`: the places of the items, each in one or more extents."""
        view, at = self._view, box.at
        version = view.u8(at)
        sizes = view.u16be(at + FULL)
        offset, length, base = (_WIDTHS.get(sizes >> shift & 15) for shift in (12, 8, 4))
        index = _WIDTHS.get(sizes & 15) if version else None
        number = _U32 if version == _LARGE_NUMBERS else _U16
        at += FULL + 2
        count = view.unpack(number, at)[0]
        at += number.size
        self._spend(count)
        for _ in range(count):
            item = view.unpack(number, at)[0]
            at += number.size
            method = IN_FILE
            if version:
                method = view.u16be(at) & 15
                at += 2
            at += 2  # data_reference_index
            start, at = self._number(base, at)
            extents = view.u16be(at)
            at += 2
            self._spend(extents)
            pieces = []
            for _ in range(extents):
                _, at = self._number(index, at)
                place, at = self._number(offset, at)
                size, at = self._number(length, at)
                pieces.append((start + place, size))
            self.locations[item] = Location(method, tuple(pieces))

    def _number(self, layout: Struct | None, at: int) -> tuple[int, int]:
        """A number whose width the box tells, and where the next begins."""
        if layout is None:
            return 0, at
        return self._view.unpack(layout, at)[0], at + layout.size

    def _references(self, box: Box) -> None:
        """`iref`: of each kind of reference a box: from which item to which others."""
        view = self._view
        layout = _U32 if view.u8(box.at) else _U16
        for entry in walk(view, self._reading, box.at + FULL, box.end):
            origin = view.unpack(layout, entry.at)[0]
            count = view.u16be(entry.at + layout.size)
            self._spend(count)
            to = Struct(f">{count}{layout.format[-1]}")
            targets = view.unpack(to, entry.at + layout.size + 2)
            self.references.setdefault((entry.kind, origin), set()).update(targets)

    def _associations(self, box: Box) -> None:
        """`ipma`: of each item the numbers of its properties."""
        view, at = self._view, box.at
        number = _U32 if view.u8(at) else _U16
        is_wide = view.u8(at + 3) & _ESSENTIAL
        count = view.u32be(at + FULL)
        at += FULL + 4
        for _ in range(count):
            self._spend()
            item = view.unpack(number, at)[0]
            at += number.size
            properties = view.u8(at)
            at += 1
            self._spend(properties)
            for _ in range(properties):
                index = view.u16be(at) & 0x7FFF if is_wide else view.u8(at) & 0x7F
                at += 2 if is_wide else 1
                self.properties.setdefault(index, set()).add(item)


_LONGEST_TEXTS: Final = 1024
"""Bytes of an item's name, media type and encoding together."""
_LARGE_NUMBERS: Final = 2
"""The version of `iloc` with item numbers of 32 bits."""
_READERS: Final = {
    b"pitm": Items._primary,  # noqa: SLF001 - a table of the class's own methods
    b"iinf": Items._entries,  # noqa: SLF001
    b"iloc": Items._locations,  # noqa: SLF001
    b"iref": Items._references,  # noqa: SLF001
    b"ipma": Items._associations,  # noqa: SLF001
}
