"""The copy of a TIFF or BigTIFF: its pages, and of their entries those that a decoder needs.

No byte of a picture moves. Each directory is written anew where it stands, with the entries that
`tiff_tags` allows; what a copy has to say beside them is written behind the pictures; every byte
that nothing of this refers to becomes zero, and what follows the last of them is left out. Smaller
versions of a page (previews, thumbnails, pyramids) go: they may show what was cut away.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mapy.clean.edit import jpeg_streams, tiff_blocks, tiff_pages
from mapy.clean.edit.directories import SUB_IFDS, Structure
from mapy.clean.edit.spans import blank, blank_all_but, merged, overlap
from mapy.clean.edit.tiff_tags import (
    DECODING,
    ICC,
    NUMERIC,
    OPAQUE,
    ORIENTATION,
    STRUCTURE,
    STUCK,
)
from mapy.clean.policy import Keep
from mapy.clean.profile import trimmed
from mapy.clean.rewriting import Rewriting
from mapy.clean.writers.tiff_fields import Field, adopted, append, table_of, table_size
from mapy.errors import CannotClean, LimitExceeded, MapyError, OutOfBounds, Span
from mapy.tiff_types import UNDEFINED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.clean.edit.directories import Row, Table
    from mapy.clean.policy import Policy
    from mapy.model import Metadata

__all__ = ["STRUCTURE", "STUCK", "image", "write"]

_IMAGE_WIDTH = 0x0100


def write(content: bytes, metadata: Metadata, policy: Policy) -> bytes:
    """The clean copy; its pictures stand where they stood.

    Raises:
        CannotClean: the directories cannot be read, or a page does not tell where it ends.
    """
    rewriting = Rewriting(metadata, policy)
    structure = _structure(content)
    try:
        if rewriting.selection is not None:
            return tiff_blocks.edit(content, rewriting.selection, is_file=True)
        return _Copy(structure, content, rewriting).content()
    except (OutOfBounds, LimitExceeded):
        raise _unreadable() from None


def image(content: bytes) -> Iterator[bytes]:
    """The pictures of the pages as they stand, without what JPEG streams carry beside them."""
    structure = _structure(content)
    try:
        stretches, streams = tiff_pages.pictures(structure, _pages(structure))
        private = jpeg_streams.private_of(content, streams)
    except (OutOfBounds, LimitExceeded):
        raise _unreadable() from None
    plain = bytearray(content)
    blank(plain, private)
    return (bytes(plain[at : at + length]) for at, length in merged(stretches))


def _structure(content: bytes) -> Structure:
    try:
        structure = Structure(content)
    except MapyError:
        raise _unreadable() from None
    if not structure.tables:
        raise _unreadable()
    return structure


def _unreadable() -> CannotClean:
    return CannotClean(
        "clean.tiff-unreadable",
        "The directories of the file cannot be read.",
        hint="It may be damaged. Open it in a program that edits pictures, and save it anew.",
    )


def _pages(structure: Structure) -> list[Table]:
    """The directories that stay: pages of the chain, and pictures below them."""
    chain = [table for table in structure.tables if table.parent is None]
    first = chain[0]
    is_full = not tiff_pages.is_reduced(structure, first)

    def is_page(table: Table) -> bool:
        has_size = table.row(_IMAGE_WIDTH) is not None
        return has_size and not (is_full and tiff_pages.is_reduced(structure, table))

    found = [first, *filter(is_page, chain[1:])]
    for page in found:  # which grows by what lies below
        row = page.row(SUB_IFDS)
        if row is not None:
            found += filter(is_page, structure.children(row))
    return found


class _Copy:
    """One file while its copy is made."""

    def __init__(self, structure: Structure, content: bytes, rewriting: Rewriting) -> None:
        self._structure = structure
        self._rewriting = rewriting
        self._pages = _pages(self._structure)
        self._out = bytearray(content)
        self._kept = [self._structure.header]

    def content(self) -> bytes:
        """The bytes of the copy."""
        structure, layout = self._structure, self._structure.layout
        stretches, streams = tiff_pages.pictures(structure, self._pages)
        private = jpeg_streams.private_of(self._out, streams)
        self._kept += stretches
        fields = {page.at: self._fields(page) for page in self._pages}
        facts = self._rewriting.new_exif()
        added = Structure(facts) if facts is not None else None
        sizes = {at: table_size(structure, len(found)) for at, found in fields.items()}
        first = self._pages[0]
        start = first.at
        if added is not None:
            count = len(fields[start]) + len(added.tables[0].rows)
            sizes[start] = table_size(structure, count)
        has_room = sizes[start] <= first.size
        if not has_room:
            del sizes[start]
        tables = [Span(at, size) for at, size in sizes.items()]
        if overlap(self._kept, tables):
            raise _unreadable()
        end = max(span.offset + span.length for span in (*self._kept, *tables))
        blank_all_but(self._out, self._kept)
        blank(self._out, private)
        del self._out[end:]
        if added is not None:
            fields[start] += adopted(structure, added, self._out)
        if not has_room:
            start = append(self._out, b"")
            fields[start] = fields.pop(first.at)
        chain = [page for page in self._pages if page.parent is None]
        following = {page.at: after.at for page, after in pairwise(chain)}
        for page in self._pages:
            at = start if page is first else page.at
            _put(self._out, at, table_of(structure, fields[at], following.get(page.at, 0)))
        _put(self._out, layout.first, layout.offset.pack(start))
        return bytes(self._out)

    def _fields(self, page: Table) -> list[Field]:
        """The entries of a page that stay; their values do, too, where they stand."""
        found = []
        for row in page.rows:
            if not self._is_kept(row, is_first=page is self._pages[0]):
                continue
            value = bytes(self._out[row.place : row.place + row.length])
            if row.tag == SUB_IFDS:
                found += self._pointers(row)
                continue
            if row.tag == ICC:
                found += self._profile(row, value)
                continue
            if row.length > self._structure.layout.inline:
                self._kept.append(row.value)
                value = self._structure.layout.offset.pack(row.place)
            found.append(Field(row.tag, row.kind, row.count, value))
        return found

    def _is_kept(self, row: Row, *, is_first: bool) -> bool:
        if not row.length:
            return False
        if row.tag == ICC:
            return self._rewriting.keeps_profile
        if row.tag == ORIENTATION:  # that of the first page is a fact of its own
            return not is_first and Keep.ORIENTATION in self._rewriting.policy.keep
        return row.tag in DECODING and (row.kind in NUMERIC or row.tag in OPAQUE)

    def _profile(self, row: Row, value: bytes) -> list[Field]:
        """The entry of the colour profile, without what follows the profile's own end."""
        profile = trimmed(value)
        if profile is None:
            return []
        self._kept.append(Span(row.place, len(profile)))
        place = self._structure.layout.offset.pack(row.place)
        return [Field(row.tag, UNDEFINED, len(profile), place)]

    def _pointers(self, row: Row) -> list[Field]:
        """The entry that leads to the pictures below a page, without those that went."""
        structure = self._structure
        kept = [page.at for page in self._pages if page.parent is row]
        if not kept:
            return []
        value = structure.packed(row, kept)
        if len(value) > structure.layout.inline:
            _put(self._out, row.place, value)
            self._kept.append(Span(row.place, len(value)))
            value = structure.layout.offset.pack(row.place)
        return [Field(row.tag, row.kind, len(kept), value)]


def _put(content: bytearray, at: int, piece: bytes) -> None:
    """Write a piece over what stands at a place, or behind the end."""
    content[at : at + len(piece)] = piece
