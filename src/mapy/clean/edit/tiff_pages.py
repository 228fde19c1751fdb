"""Where the pictures of a TIFF file are stored: strips, tiles and the streams of old JPEG.

TIFF 6.0, sections 3, 15 and 22, and Technical Note 2. A page that does not tell where its picture
ends is refused, because what lies behind it could not be told from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.errors import CannotClean, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapy.clean.edit.directories import Row, Structure, Table

SUBFILE_TYPE, OLD_SUBFILE_TYPE, COMPRESSION = 0x00FE, 0x00FF, 0x0103
_WIDTH, _HEIGHT, _BITS, _SAMPLES, _ROWS, _PLANES = 0x0100, 0x0101, 0x0102, 0x0115, 0x0116, 0x011C
_STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES = 0x0111, 0x0117, 0x0144, 0x0145
_JPEG_START, _JPEG_SIZE, _JPEG_TABLES = 0x0201, 0x0202, (0x0207, 0x0208, 0x0209)
_Q_TABLES = 0x0207
_REDUCED, _OLD_REDUCED = 1, 2
_UNCOMPRESSED, _OLD_JPEG, _JPEGS = 1, 6, frozenset({6, 7})
_Q_TABLE_SIZE, _CODE_LENGTHS = 64, 16
"""Bytes of a quantisation table, and of the list that begins a Huffman table."""


def is_reduced(structure: Structure, table: Table) -> bool:
    """Whether a page is a smaller version of another: a preview or thumbnail."""
    subfile = _number(structure, table, SUBFILE_TYPE)
    if subfile is not None:
        return bool(subfile & _REDUCED)
    return _number(structure, table, OLD_SUBFILE_TYPE) == _OLD_REDUCED


def compression(structure: Structure, table: Table) -> int:
    """How the picture of a page is compressed; as it is, unless the page tells."""
    return _number(structure, table, COMPRESSION) or _UNCOMPRESSED


def pictures(structure: Structure, pages: Iterable[Table]) -> tuple[list[Span], list[Span]]:
    """The stretches that hold the pictures of pages, and those of them that are streams of JPEG.

    Raises:
        CannotClean: a page does not tell where its picture ends.
        LimitExceeded: places overlap so often that they would take without end.
    """
    stretches: list[Span] = []
    streams: list[Span] = []
    for page in pages:
        found = picture(structure, page)
        stretches += found
        if compression(structure, page) in _JPEGS:
            streams += found
    return stretches, streams


def picture(structure: Structure, table: Table) -> list[Span]:
    """The stretches of the file that hold the picture of a page, in its order.

    Raises:
        CannotClean: the page does not tell where its picture ends.
    """
    found = []
    for starts_tag in (_STRIPS, _TILES):
        starts = table.row(starts_tag)
        if starts is not None:
            found += _pieces(structure, table, starts)
    found += _old_jpeg(structure, table)
    size = structure.view.size
    return [Span(at, min(length, size - at)) for at, length in found if at < size]


def _pieces(structure: Structure, table: Table, starts: Row) -> list[Span]:
    """Strips or tiles; some writers keep the places of tiles under the number of strips."""
    places = structure.numbers(starts)
    own = _STRIP_SIZES if starts.tag == _STRIPS else _TILE_SIZES
    sizes_row = table.row(own) or table.row(_TILE_SIZES) or table.row(_STRIP_SIZES)
    sizes = structure.numbers(sizes_row) if sizes_row is not None else ()
    needed = _needed(structure, table) if len(places) == 1 else 0
    if len(places) == 1 and needed:
        # Readers take as much as the picture needs, whatever its one strip claims.
        return [Span(places[0], max(needed, *sizes[:1], 0))]
    if len(sizes) < len(places) or any(
        at and not size for at, size in zip(places, sizes, strict=False)
    ):
        if compression(structure, table) == _OLD_JPEG and table.row(_JPEG_START) is not None:
            return []
        raise _no_end()
    return [Span(at, size) for at, size in zip(places, sizes, strict=False) if size]


def _needed(structure: Structure, table: Table) -> int:
    """Bytes of a picture that is not compressed; 0 for any other."""
    if compression(structure, table) != _UNCOMPRESSED:
        return 0
    width, height = (_number(structure, table, tag) or 0 for tag in (_WIDTH, _HEIGHT))
    row = table.row(_BITS)
    bits = structure.numbers(row) if row is not None else (1,)
    samples = _number(structure, table, _SAMPLES) or 1
    depth = bits[0] * samples if bits and len(bits) != samples else sum(bits)
    return (width * depth + 7) // 8 * height


def _old_jpeg(structure: Structure, table: Table) -> list[Span]:
    """The stream and the tables of JPEG as TIFF 6.0, section 22, has them."""
    found = []
    start, size = table.row(_JPEG_START), table.row(_JPEG_SIZE)
    if start is not None:
        places = structure.numbers(start)
        sizes = structure.numbers(size) if size is not None else ()
        if any(places) and not any(sizes):
            raise _no_end()
        found += [Span(at, length) for at, length in zip(places, sizes, strict=False)]
    view = structure.view
    for tag in _JPEG_TABLES:
        row = table.row(tag)
        for at in structure.numbers(row) if row is not None else ():
            length = _Q_TABLE_SIZE
            if tag != _Q_TABLES and view.has(at, _CODE_LENGTHS):
                length = _CODE_LENGTHS + sum(view.take(at, _CODE_LENGTHS))
            found.append(Span(at, length))
    return found


def _number(structure: Structure, table: Table, tag: int) -> int | None:
    row = table.row(tag)
    return structure.number(row) if row is not None else None


def _no_end() -> CannotClean:
    return CannotClean(
        "clean.tiff-no-end",
        "A page of the file does not tell where its picture ends.",
        hint="Open it in a program that edits pictures, save it anew, and clean that.",
    )
