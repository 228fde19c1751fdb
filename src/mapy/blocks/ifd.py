"""The image file directories of TIFF 6.0 (section 2), Exif 3.0 (section 4.5) and BigTIFF.

One walker for whatever is shaped like TIFF: an EXIF block, a TIFF file, a camera raw file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping  # noqa: TC003 - compiled, a named tuple looks its types up
from functools import lru_cache
from itertools import count as count_up
from struct import Struct
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mapy.blocks import tiff_values
from mapy.blocks.embedded import EMBEDDED, read_block
from mapy.blocks.ifd_entry import Entry
from mapy.errors import OutOfBounds, Severity
from mapy.model import Tag
from mapy.tags import exif
from mapy.tags.file import FILE
from mapy.tiff_types import IFD, IFD8, LONG, LONG8, PLAIN, SHORT, UNDEFINED

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Definition


class Layout(NamedTuple):
    """How one kind of TIFF writes its directories."""

    order: str
    """`<` or `>`."""
    first: int
    """Where the header keeps the offset of the first IFD."""
    entries: Struct
    """The number of entries in front of them."""
    entry: Struct
    """One entry: tag, type, count, value or offset."""
    offset: Struct
    inline: int
    """Bytes of a value that fit into the entry itself, at its end."""

    @property
    def entry_head(self) -> Struct:
        """An entry but for its value: tag, type, count."""
        return Struct(self.entry.format[:-1])


def _layouts(order: str) -> tuple[Layout, Layout]:
    number, place = Struct(order + "H"), Struct(order + "I")
    classic = Layout(order, 4, number, Struct(order + "HHII"), place, 4)
    place = Struct(order + "Q")
    big = Layout(order, 8, place, Struct(order + "HHQQ"), place, 8)
    return classic, big


_LITTLE, _BIG = _layouts("<"), _layouts(">")
BYTE_ORDERS: Final = {b"II": _LITTLE, b"MM": _BIG}
_BIGTIFF_MAGIC: Final = 43
_BYTE_ORDER_MARKS: Final = {"<": "II", ">": "MM"}


class Vocabulary(NamedTuple):
    """What the numbers of a kind of directory mean."""

    tables: Mapping[str, dict[int, Definition]]
    """The tags of each group."""
    default: dict[int, Definition]
    """The tags of a group that `tables` does not name."""
    places: Collection[int]
    """Tags whose values are places, counted from the start of the view."""
    nested: Collection[int]
    """Tags that lead to further directories or blocks."""
    complete: Callable[[Walker, list[Tag], str], list[Tag]]
    """Makes the tags of a directory, of that group, what they are to be."""
    descend: Callable[[Walker, Entry, int], None]
    """Follows an entry of `nested`; the number is the depth."""


_SUBDIRECTORIES: Final = {
    0x8769: "ExifIFD",
    0x8825: "GPS",
    0xA005: "InteropIFD",
    0x014A: "SubIFD",
    0x0190: "GlobParamIFD",
}
"""Entries whose values are offsets of further IFDs."""
_OFFSET_TYPES: Final = frozenset({SHORT, LONG, IFD, LONG8, IFD8})
_MAX_BAD_ENTRIES: Final = 10
"""After so many impossible entries the rest of a directory is noise."""
_SUBIFDS: Final = 32
_JPEG: Final = b"\xff\xd8"
_PREVIEW: Final = "PreviewImage"


def parse(view: ByteView, reading: Reading) -> None:
    """Parse an EXIF block: a TIFF header and the IFDs behind it."""
    layouts = BYTE_ORDERS.get(view.take(0, 2))
    if layouts is None:
        reading.problem(
            "exif.bad-header", "The EXIF block has no byte order mark.", view.span(0, 2)
        )
        return
    is_big = layouts[0].entries.unpack(view.take(2, 2))[0] == _BIGTIFF_MAGIC
    layout = layouts[is_big]
    order = Tag(
        "File", FILE["ExifByteOrder"], PLAIN, 1, _BYTE_ORDER_MARKS[layout.order], view.start, 2
    )
    reading.add("File", [order], view.span(0, 2))
    Walker(view, reading, layout, EXIF).chain(view.unpack(layout.offset, layout.first)[0])


def begun(view: ByteView, reading: Reading, vocabulary: Vocabulary) -> tuple[Walker, int] | None:
    """A walker of a TIFF structure, and the offset of its first IFD; None without a header."""
    layouts = BYTE_ORDERS.get(view.take(0, 2))
    if layouts is None:
        return None
    layout = layouts[0]
    first: int = view.unpack(layout.offset, layout.first)[0]
    return Walker(view, reading, layout, vocabulary), first


def as_they_are(_: Walker, tags: list[Tag], __: str) -> list[Tag]:
    """The tags of a directory that needs nothing more: a `Vocabulary.complete`."""
    return tags


class Walker:
    """Walks the IFDs of one TIFF structure. Offsets count from the start of its view."""

    __slots__ = (
        "_base",
        "_readers",
        "_room",
        "_special",
        "_value_bytes",
        "_vocabulary",
        "_whole",
        "layout",
        "reading",
        "view",
    )

    def __init__(
        self, view: ByteView, reading: Reading, layout: Layout, vocabulary: Vocabulary
    ) -> None:
        self.view = view
        self.reading = reading
        self.layout = layout
        self._vocabulary = vocabulary
        self._base = view.start
        self._whole = view.whole()
        self._special = {*vocabulary.places, *vocabulary.nested}
        self._room = layout.inline
        self._readers = tiff_values.READERS[layout.order]
        self._value_bytes = reading.limits.value_bytes

    def chain(self, first: int) -> None:
        """Read IFD0, IFD1 and so on, each with what hangs below it."""
        at = first
        for number in count_up():
            if not at or (number and not self.reading.wants(f"IFD{number}")):
                return
            if not self.view.has(at, self.layout.entries.size):
                self.problem("ifd.outside", "A directory lies outside the file.", at)
                return
            following = self.directory(at, f"IFD{number}", 0)
            if following is None:
                return
            at = following

    def directory(self, at: int, group: str, depth: int) -> int | None:
        """Read one IFD; returns the offset of the next in its chain, or None if it was given up."""
        reading, view, layout = self.reading, self.view, self.layout
        if self._base + at in reading.visited:
            self.problem("ifd.loop", "A directory refers to one that was read already.", at)
            return None
        reading.visited.add(self._base + at)
        reading.budget.spend("ifds")
        count = view.unpack(layout.entries, at)[0]
        body = at + layout.entries.size
        fitting = (view.size - body) // layout.entry.size
        if count > fitting:
            self.problem("ifd.cut-short", "A directory is longer than its file.", at)
            count = fitting
        reading.budget.spend("entries", count)
        end = body + count * layout.entry.size
        tags, nested = self.tags(view.take(body, end - body), body, group)
        tags = self._vocabulary.complete(self, tags, group)
        reading.add(group, tags, view.span(at, end - at))
        for entry in nested:
            self._vocabulary.descend(self, entry, depth)
        if not view.has(end, layout.offset.size):
            return 0
        return int(view.unpack(layout.offset, end)[0])

    def tags(self, rows: bytes, body: int, group: str) -> tuple[list[Tag], list[Entry]]:
        """The tags of one directory, and the entries that lead to further blocks."""
        vocabulary, layout = self._vocabulary, self.layout
        table = vocabulary.tables.get(group, vocabulary.default)
        base, order, step, special = self._base, layout.order, layout.entry.size, self._special
        single = tiff_values.SINGLE[order, layout.inline]
        at = body - layout.inline
        tags: list[Tag] = []
        nested: list[Entry] = []
        bad = 0
        only = self._only(group)
        count: int  # as numbers: what `unpack` gives is anything to compiled code
        value: int
        for tag_id, kind, count, value in layout.entry.iter_unpack(rows):
            at += step
            if only is not None and tag_id not in only:
                continue
            definition = table.get(tag_id) or exif.unknown(tag_id)
            if count == 1 and kind in single:
                length, shift, mask = single[kind]
                raw: Any = value >> shift & mask
                place = at
            else:
                found = self._value(tag_id, kind, count, value, at)
                if found is None:
                    bad += 1
                    if bad > _MAX_BAD_ENTRIES:
                        self.problem("ifd.noise", "A directory is mostly noise.", body)
                        break
                    continue
                raw, place, length = found
                if raw is None:
                    definition = definition._replace(convert=exif.binary)
            if tag_id in special:
                if tag_id in vocabulary.nested:
                    nested.append(Entry(tag_id, raw, place, length))
                    if tag_id not in table:
                        continue
                raw = self._shown(tag_id, kind, raw)
            tags.append(Tag(group, definition, kind, count, raw, base + place, length, order))
        return tags, nested

    def _shown(self, tag_id: int, kind: int, raw: Any) -> Any:  # noqa: ANN401 - as Tag.raw
        """A value as it is shown: places count from the start of the file."""
        if raw is None or tag_id not in self._vocabulary.places or kind not in _OFFSET_TYPES:
            return raw
        base = self._base
        return tuple([each + base for each in raw]) if isinstance(raw, tuple) else raw + base

    def _only(self, group: str) -> frozenset[int] | None:
        """The entries that are wanted of a directory; None: all."""
        only = self.reading.only
        names = only.names.get(group) if only is not None else None
        if only is None or names is None:
            return None
        return _numbers(group, names, only.kinds)

    def _value(
        self, tag_id: int, kind: int, count: int, value: int, at: int
    ) -> tuple[Any, int, int] | None:
        """The raw value of an entry, its place and its length; None where there is none."""
        reader = self._readers.get(kind)
        if reader is None:
            self.problem("ifd.bad-type", "An entry has a type that TIFF does not know.", at)
            return None
        size, few, _, is_rational = reader
        length = size * count
        place, view = at, self.view
        if length > self._room:
            place = value
            if place + length > view.size:
                if self._is_preview(tag_id):
                    return None, place, length
                self.problem("ifd.value-outside", "A value lies outside the file.", at)
                return None
            if length > self._value_bytes and not self._is_block(tag_id, length):
                return None, place, length
            self.reading.value_bytes_left -= length
            if self.reading.value_bytes_left < 0:
                self.problem("limit.total-value-bytes", "The values are too long to be read.", at)
                return None
        whole = self._whole
        found: Any
        if not few:
            found = view.take(place, length) if whole is None else whole[place : place + length]
        else:
            layout = few[count] if count < len(few) else tiff_values.many(reader, count)
            found = (
                view.unpack(layout, place) if whole is None else layout.unpack_from(whole, place)
            )
            if is_rational:
                found = tiff_values.rational(found) if count == 1 else tiff_values.rationals(found)
            elif count == 1:
                found = found[0]
        return found, place, length

    def _is_preview(self, tag_id: int) -> bool:
        """Whether a value is a preview, which may stand behind the block: it has no room there."""
        definition = self._vocabulary.default.get(tag_id)
        return definition is not None and definition.name == _PREVIEW

    def _is_block(self, tag_id: int, length: int) -> bool:
        """Whether a long value is a block that is read on, and not too long for one."""
        return tag_id in self._vocabulary.nested and length <= self.reading.limits.block_bytes

    def with_picture(self, tags: list[Tag], group: str) -> list[Tag]:
        """The tags of a directory of EXIF, the picture that it holds among them."""
        picture = exif.EMBEDDED_PICTURES.get(group)
        if self.view is self.reading.file:
            values = {tag.id: tag.raw for tag in tags[:16]}
            stored = exif.picture_in_strips(values.get(_COMPRESSION), values.get(_SUBFILE_TYPE))
            if stored is not None:
                picture = stored
                named = (exif.of_picture(tag.definition, stored) for tag in tags)
                tags = [
                    tag._replace(definition=name) for tag, name in zip(tags, named, strict=True)
                ]
        if picture is not None:
            self._picture(tags, group, *picture)
        return tags

    def _picture(
        self,
        tags: list[Tag],
        group: str,
        offset_name: str,
        length_name: str,
        definition: Definition,
    ) -> None:
        """Add the embedded picture that an offset and a length point to."""
        by_name = {tag.definition.name: tag for tag in tags}
        place, size = by_name.get(offset_name), by_name.get(length_name)
        if place is None or size is None:
            return
        if not isinstance(place.raw, int) or not isinstance(size.raw, int):
            return
        at, length = place.raw - self._base, size.raw
        if not length:
            return
        view = self.view
        if not view.has(at, length):
            # Some cameras put it behind the block, which a segment of JPEG limits to 64 KiB.
            view, at = self.reading.file, place.raw
            if not view.has(at, length) or view.take(at, len(_JPEG)) != _JPEG:
                self.problem("exif.picture-outside", "An embedded picture is cut short.", at)
                return
        if self.reading.thumbnail is None and length <= self.reading.limits.value_bytes:
            self.reading.thumbnail = view.take(at, length)
        tags.append(Tag(group, definition, UNDEFINED, length, None, place.raw, length))

    def problem(self, code: str, message: str, at: int) -> None:
        """Note a problem at a place of the view."""
        self.reading.problem(code, message, self.view.span(at, 0), Severity.LOSS)


def _descend(walker: Walker, entry: Entry, depth: int) -> None:
    """Follow an entry of EXIF that leads to another directory or block."""
    view, reading = walker.view, walker.reading
    kind = EMBEDDED.get(entry.id)
    if not reading.wants(kind or _SUBDIRECTORIES[entry.id]):
        return
    if kind is not None:
        read_block(walker, entry, kind)
        return
    offsets = entry.raw if isinstance(entry.raw, tuple) else (entry.raw,)
    group = _SUBDIRECTORIES[entry.id]
    if depth >= reading.limits.ifd_depth:
        walker.problem("ifd.too-deep", "Directories lie too deep inside each other.", entry.place)
        return
    for number, offset in enumerate(offsets[:_SUBIFDS]):
        if not isinstance(offset, int) or not view.has(offset, walker.layout.entries.size):
            walker.problem("ifd.outside", "A directory lies outside the file.", entry.place)
            continue
        try:
            walker.directory(offset, f"{group}{number}" if number else group, depth + 1)
        except OutOfBounds:
            walker.problem("ifd.outside", "A directory lies outside the file.", offset)


NESTED: Final = frozenset(_SUBDIRECTORIES.keys() | EMBEDDED.keys())
EXIF: Final = Vocabulary(
    exif.GROUP_TABLES,
    exif.EXIF,
    exif.OFFSET_TAGS,
    NESTED,
    Walker.with_picture,
    _descend,
)


@lru_cache(maxsize=64)
def _numbers(group: str, names: frozenset[str], kinds: frozenset[str]) -> frozenset[int]:
    """The numbers of tags of a directory of EXIF, and of what leads to directories and blocks."""
    table = exif.GROUP_TABLES.get(group, exif.EXIF)
    leads = _SUBDIRECTORIES | EMBEDDED
    return frozenset(number for number, row in table.items() if row.name in names) | {
        number for number, kind in leads.items() if kind in kinds
    }


_SUBFILE_TYPE, _COMPRESSION = 0x00FE, 0x0103
