"""HEIF (ISO/IEC 23008-12), and with it HEIC, AVIF and HIF: items in boxes.

Reads the brands, the properties of the items, the items of metadata (EXIF, XMP), C2PA and the
headers of sequences; of pictures only where they are.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.blocks.item_properties import READERS, brands, tags_of
from mapy.boxes import FULL, Box, block_of, walk
from mapy.buffer import ByteView
from mapy.errors import LimitExceeded, OutOfBounds
from mapy.formats import FileKind, trailers
from mapy.formats.heif_items import IN_FILE, IN_IDAT, Items
from mapy.formats.movie import read_movie
from mapy.model import Tag
from mapy.tags.file import FILE
from mapy.tags.quicktime import DEFINITIONS
from mapy.tiff_types import PLAIN, UNDEFINED, spaced

if TYPE_CHECKING:
    from mapy.reading import Reading

_HEIF = FileKind("HEIF", "image/heif", "HEIF")
_KINDS = {
    b"heic": FileKind("HEIC", "image/heic", "HEIC"),
    b"heix": _HEIF,
    b"mif1": _HEIF,
    b"hevc": FileKind("HEICS", "image/heic-sequence", "HEICS"),
    b"msf1": FileKind("HEIFS", "image/heif-sequence", "HEIFS"),
    b"avif": FileKind("AVIF", "image/avif", "AVIF"),
    b"avis": FileKind("AVIF", "image/avif", "AVIF"),
}
"""By the major brand; what is HEIF by another brand is called so."""
_BRANDS = frozenset(
    (
        *_KINDS,
        *(b"heim", b"heis", b"hevx", b"hevm", b"hevs", b"avci", b"avcs", b"jpeg", b"jpgs", b"j2ki"),
        *(b"vvic", b"vvis", b"mif2", b"1pic", b"miaf", b"evbi", b"MiHB", b"MiHE", b"MiHA"),
    )
)
_FTYP = b"ftyp"
_C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_C2PA_PURPOSE = b"manifest\0"
_C2PA_HEAD = FULL + len(_C2PA_PURPOSE) + 8
"""Version and flags, the purpose, the place of the first Merkle box (C2PA 2.1, section A.5)."""
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_XMP_TYPES = frozenset({b"application/rdf+xml", b"application/xmp+xml"})
_TIFF_MARKS = (b"II", b"MM")
_JPEG = b"\xff\xd8"
_EXIF_PREFIX = b"Exif\0\0"


class Heif:
    """HEIF and its items."""

    name, media_type, extension = _HEIF

    def recognises(self, head: bytes) -> bool:
        """Whether one of its brands is of HEIF."""
        if head[4:8] != _FTYP:
            return False
        size = min(int.from_bytes(head[:4], "big"), len(head))
        places = (8, *range(16, size, 4))
        return any(head[at : at + 4] in _BRANDS for at in places)

    def read(self, view: ByteView, reading: Reading) -> None:
        """Walk the boxes to the end of the file."""
        for box in walk(view, reading):
            try:
                _read_box(view, reading, box)
            except OutOfBounds:
                reading.problem(
                    "heif.cut-short", "A box ends before its content does.", view.span(box.at, 0)
                )


def _read_box(view: ByteView, reading: Reading, box: Box) -> None:
    if box.kind == _FTYP:
        reading.kind = _KINDS.get(view.take(box.at, 4), _HEIF)
        read_brands(view, reading, box)
    elif box.kind == b"meta":
        _Meta(view, reading).read(box)
    elif box.kind == b"moov":
        read_movie(view, reading, box, "", lambda child: _read_of_movie(view, reading, child))
    else:
        read_other(view, reading, box)


def _read_of_movie(view: ByteView, reading: Reading, box: Box) -> None:
    """Read what is said of a sequence."""
    if box.kind in (b"udta", b"meta"):
        block = block_of(view, reading, box.at, box.size)
        if block is not None:
            blocks.parse("movie-texts", block, reading, box.kind.decode("latin-1"))


def read_brands(view: ByteView, reading: Reading, box: Box) -> None:
    """Read `ftyp`."""
    block = block_of(view, reading, box.at, box.size)
    if block is not None:
        reading.add("QuickTime", tags_of(brands(block), block), block.span(0, len(block)))


def read_other(view: ByteView, reading: Reading, box: Box) -> None:
    """Read a box of the file that is neither its brands, its items nor its movie."""
    if box.kind == b"mdat":
        values = {"MediaDataSize": box.declared, "MediaDataOffset": view.start + box.at}
        tags = [
            Tag("QuickTime", DEFINITIONS[name], PLAIN, 1, value, view.start + box.at, 0)
            for name, value in values.items()
        ]
        reading.add("QuickTime", tags, view.span(box.at, box.size))
    elif box.kind == b"mpvd":
        video = Tag(
            *("QuickTime", DEFINITIONS["MotionPhotoVideo"], UNDEFINED, box.size, None),
            *(view.start + box.at, box.size),
        )
        reading.add("QuickTime", [video], view.span(box.at, box.size))
    elif box.kind == b"SEAL":
        _parse(view, reading, "seal", box.at, box.size)
    elif box.kind == b"sefd":  # Samsung's phones
        trailers.read(view.sub(box.at, box.size), reading)
    elif box.kind == _XMP:
        _parse(view, reading, "xmp", box.at, box.size)
    elif box.kind == _C2PA and view.take(box.at + FULL, len(_C2PA_PURPOSE)) == _C2PA_PURPOSE:
        _parse(view, reading, "jumbf", box.at + _C2PA_HEAD, box.size - _C2PA_HEAD)


def _parse(view: ByteView, reading: Reading, kind: str, at: int, size: int) -> None:
    block = block_of(view, reading, at, size)
    if block is not None:
        blocks.parse(kind, block, reading, "uuid")


class _Meta:
    """Reads a `meta` box: first all that tells of the items, then the items and properties."""

    def __init__(self, view: ByteView, reading: Reading) -> None:
        self._view = view
        self._reading = reading
        self._items = Items(view, reading)
        self._properties: list[Box] = []
        self._idat: Box | None = None

    def read(self, box: Box) -> None:
        """Read the box, and the metadata that its items are."""
        # QuickTime's own `meta` has no version and flags: its first box follows at once.
        has_version = self._view.take(box.at + 4, 4) not in (b"hdlr", b"mhdr")
        self._boxes(box.at + (FULL if has_version else 0), box.end, 1)
        self._primary()
        self._read_items()
        self._read_properties()

    def _boxes(self, at: int, end: int, depth: int) -> None:
        view, reading = self._view, self._reading
        for box in walk(view, reading, at, end, depth):
            try:
                if box.kind == b"iprp":
                    self._boxes(box.at, box.end, depth + 1)
                elif box.kind == b"ipco":
                    self._properties = list(walk(view, reading, box.at, box.end, depth + 1))
                elif box.kind == b"idat":
                    self._idat = box
                elif box.kind == b"hdlr":
                    blocks.parse("item-property", view.sub(box.at, box.size), reading, "hdlr")
                elif not self._items.read(box):
                    read_other(view, reading, box)
            except OutOfBounds:
                reading.problem("heif.items", "A list of items is cut short.", view.span(box.at, 0))

    def _primary(self) -> None:
        view, primary = self._view, self._items.primary
        tags: list[Tag] = []
        if primary is not None:
            at, length = self._items.primary_place
            definition = DEFINITIONS["PrimaryItemReference"]
            tags.append(Tag("Meta", definition, PLAIN, 1, primary, view.start + at, length))
        # HEIC keeps the grid of its tiles there; what others keep there is no size.
        is_heic = self._reading.kind == _KINDS[b"heic"]
        if is_heic and self._idat is not None and 0 < self._idat.size <= _LARGEST_GRID:
            at, length = self._idat.at, self._idat.size
            words = spaced(view.unpack(Struct(f">{length // 2}H"), at))
            definition = DEFINITIONS["MetaImageSize"]
            tags.append(Tag("Meta", definition, PLAIN, 1, words, view.start + at, length))
        if tags:
            self._reading.add("Meta", tags, view.span(tags[0].offset - view.start, tags[0].length))

    def _read_items(self) -> None:
        items, reading = self._items, self._reading
        for number in sorted(items.items):
            item = items.items[number]
            if item.kind == b"Exif":
                kind = "exif"
            elif item.kind == b"mime" and item.content_type in _XMP_TYPES:
                kind = "xmp"
            else:
                if item.kind == b"jpeg" and number != items.primary:
                    self._add_preview(number)
                continue
            try:
                content = self._content(number)
            except OutOfBounds:
                reading.problem(
                    "heif.item-outside", "An item lies outside the file.", self._view.span(0, 0)
                )
                continue
            if content is None:
                continue
            if kind == "exif":
                content = _tiff_of(content)
            reading.is_embedded = not items.describes_primary(number)
            blocks.parse(kind, content, reading, item.kind.decode("latin-1"))
            reading.is_embedded = False

    def _add_preview(self, number: int) -> None:
        """Tell where an item is that is a whole JPEG: cameras keep smaller pictures so."""
        location = self._items.locations.get(number)
        if location is None or len(location.extents) != 1 or location.method not in self._starts():
            return
        at, size = location.extents[0]
        at += self._starts()[location.method]
        if not self._view.has(at, max(size, len(_JPEG))) or self._view.take(at, 2) != _JPEG:
            return
        place = self._view.start + at
        tag = Tag("File", DEFINITIONS["PreviewImage"], UNDEFINED, size, None, place, size)
        self._reading.add("File", [tag], self._view.span(at, size))

    def _starts(self) -> dict[int, int]:
        """Where the places of items count from, by the way they are stored."""
        return {IN_FILE: 0} | ({IN_IDAT: self._idat.at} if self._idat is not None else {})

    def _content(self, number: int) -> ByteView | None:
        """The bytes of an item.

        Raises:
            OutOfBounds: they do not lie in the file.
        """
        reading, view = self._reading, self._view
        location = self._items.locations.get(number)
        if location is None or not location.extents:
            return None
        start, end = 0, view.size
        if location.method == IN_IDAT and self._idat is not None:
            start, end = self._idat.at, self._idat.end
        elif location.method != IN_FILE or self._items.items[number].encoding:
            reading.problem(
                "heif.item-not-read",
                "An item is stored in a way that is not read.",
                view.span(0, 0),
            )
            return None
        # An extent without a length reaches to the end of what holds it.
        pieces = [(start + at, size or end - start - at) for at, size in location.extents]
        if any(at + size > end for at, size in pieces):
            raise OutOfBounds("out-of-bounds", "An item reaches further than what holds it.")
        length = sum(size for _, size in pieces)
        if length > reading.limits.block_bytes:
            reading.problem("limit.block-bytes", "An item is too long to be read.", view.span(0, 0))
            return None
        reading.budget.spend("read_bytes", length)  # items may overlap
        if len(pieces) == 1:
            return view.sub(*pieces[0])
        joined = b"".join([view.take(at, size) for at, size in pieces])
        return ByteView(joined, view.start + pieces[0][0])

    def _read_properties(self) -> None:
        """Read each property once, as the primary item's if it is one of it."""
        view, reading, items = self._view, self._reading, self._items
        for number, box in enumerate(self._properties, 1):
            name = box.kind.decode("latin-1")
            owner = items.owner(number)
            if name not in READERS or owner is None:
                continue
            block = block_of(view, reading, box.at, box.size)
            if block is None:
                continue
            is_primary = owner == items.primary
            reading.is_embedded = not is_primary
            blocks.parse("item-property", block, reading, name)
            reading.is_embedded = False
            if name == "ispe" and is_primary and block.size >= _EXTENT_SIZE:
                _add_size(block, reading)


def _add_size(block: ByteView, reading: Reading) -> None:
    """The size of the primary item is that of the picture; its metadata counts even if it lies."""
    width, height = block.u32be(FULL), block.u32be(FULL + 4)
    try:
        reading.check_pixels(width, height)
    except LimitExceeded as exceeded:
        reading.problem(exceeded.code, exceeded.message, block.span(0, len(block)))
    tags = [
        Tag("File", FILE[name], PLAIN, 1, value, block.start + place, 4)
        for name, value, place in (("ImageWidth", width, 4), ("ImageHeight", height, 8))
    ]
    reading.add("File", tags, block.span(0, len(block)))


def _tiff_of(content: ByteView) -> ByteView:
    """The TIFF structure of an `Exif` item: the first 4 bytes tell how far behind them it begins.

    Some writers tell nothing, or keep the signature of JPEG.
    """
    size = len(content)
    told = content.u32be(0) + 4 if size > 4 else 0  # noqa: PLR2004 - the offset itself
    for at in (told, 4, 0, 4 + len(_EXIF_PREFIX), len(_EXIF_PREFIX)):
        if content.has(at, 4) and content.take(at, 2) in _TIFF_MARKS:
            return content.sub(at, size - at)
    return content


_EXTENT_SIZE = 12
_LARGEST_GRID = 256
"""Bytes of `idat` that can be sizes; a longer one holds items."""
