"""The lists of a HEIF file's items, and what becomes of them in a copy (ISO/IEC 14496-12, 8.11).

A list is written anew where it stands, without the items that go; a `free` box fills the room, so
that no offset of the file changes.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from mapy.boxes import FULL, Box, walk
from mapy.errors import CannotClean, OutOfBounds, Span
from mapy.formats.heif_items import IN_FILE, IN_IDAT, Items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.buffer import ByteView
    from mapy.reading import Reading

IMAGES = frozenset(
    {
        *(b"hvc1", b"hev1", b"hvt1", b"lhv1", b"lhe1", b"av01", b"avc1", b"vvc1", b"evc1"),
        *(b"jpeg", b"j2k1", b"unci", b"mski"),
        *(b"grid", b"iden", b"iovl", b"tmap", b"tili", b"sato"),
    }
)
"""Types of items that are pictures, coded or made of others."""
ALPHA = frozenset(
    {
        b"urn:mpeg:hevc:2015:auxid:1",
        b"urn:mpeg:avc:2015:auxid:1",
        b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha",
    }
)
"""Auxiliary pictures that tell what is transparent; depths, mattes and all others go."""
_HIDDEN = 1
_BOX_HEAD = Struct(">I4s")
_U16, _U32 = Struct(">H"), Struct(">I")
_WIDTHS = {0: 0, 4: 4, 8: 8}
_LARGE_NUMBERS = 2
_TYPED = 2
"""The version of `infe` from which on it has the item's type."""


class Description(NamedTuple):
    """One `infe`: an item as the file describes it."""

    number: int
    kind: bytes
    is_hidden: bool
    is_protected: bool
    span: Span
    texts: int
    """Where its name, media type and encoding begin."""


class Meta:
    """The `meta` box of a file: its boxes, and its items."""

    def __init__(self, view: ByteView, reading: Reading, box: Box) -> None:
        """Find them.

        Raises:
            OutOfBounds, LimitExceeded: a list is broken.
        """
        self.view = view
        self.box = box
        self.items = Items(view, reading)
        self.boxes = list(walk(view, reading, box.at + FULL, box.end, 1))
        self.properties: list[Box] = []
        self.associations: list[Box] = []
        self.idat: Box | None = None
        self.descriptions: dict[int, Description] = {}
        for each in self.boxes:
            if each.kind == b"iprp":
                for inner in walk(view, reading, each.at, each.end, 2):
                    if inner.kind == b"ipco":
                        self.properties = list(walk(view, reading, inner.at, inner.end, 3))
                    elif inner.kind == b"ipma":
                        self.associations.append(inner)
                        self.items.read(inner)
            elif each.kind == b"idat":
                self.idat = each
            elif each.kind == b"iinf":
                self._describe(each, reading)
            self.items.read(each)

    def extents(self, number: int) -> list[Span]:
        """Where the bytes of an item are.

        Raises:
            CannotClean: they are stored in a way that is not followed.
            OutOfBounds: they do not lie in the file.
        """
        location = self.items.locations.get(number)
        if location is None:
            return []
        start, end = 0, self.view.size
        if location.method == IN_IDAT and self.idat is not None:
            start, end = self.idat.at, self.idat.end
        elif location.method != IN_FILE:
            raise unusual()
        found = [Span(start + at, size or end - start - at) for at, size in location.extents]
        if any(at + size > end or size < 0 for at, size in found):
            raise OutOfBounds("out-of-bounds", "An item reaches further than what holds it.")
        return found

    def pictures(self) -> set[int]:
        """The items that are shown, and those that these are made of.

        Raises:
            CannotClean: there is no picture, or it is protected.
        """
        shown = {
            number
            for number, item in self.descriptions.items()
            if item.kind in IMAGES and not item.is_hidden and not self._is_beside(number)
        }
        if self.items.primary in self.descriptions:
            shown.add(self.items.primary)
        kept: set[int] = set()
        waiting = sorted(shown)
        alphas = self._alphas()
        while waiting:
            number = waiting.pop()
            if number in kept or number not in self.descriptions:
                continue
            kept.add(number)
            for kind in (b"dimg", b"base", b"pred", b"exbl"):
                waiting += sorted(self.items.references.get((kind, number), ()))
            waiting += alphas.get(number, [])
        if any(
            self.descriptions[number].is_protected or self.descriptions[number].kind not in IMAGES
            for number in kept
        ):
            raise unusual()
        return kept

    def is_alpha(self, number: int) -> bool:
        """Whether an item tells what is transparent."""
        for index, box in enumerate(self.properties, 1):
            if box.kind == b"auxC" and number in self.items.properties.get(index, ()):
                text = self.view.take(box.at + FULL, max(0, box.size - FULL))
                return text.partition(b"\0")[0] in ALPHA
        return False

    def _is_beside(self, number: int) -> bool:
        """Whether a picture is a thumbnail, or tells of another one."""
        return any((kind, number) in self.items.references for kind in (b"thmb", b"auxl"))

    def _alphas(self) -> dict[int, list[int]]:
        """By picture: the items that tell what of it is transparent."""
        found: dict[int, list[int]] = {}
        for (kind, origin), targets in self.items.references.items():
            if kind == b"auxl" and self.is_alpha(origin):
                for target in targets:
                    found.setdefault(target, []).append(origin)
        return found

    def _describe(self, box: Box, reading: Reading) -> None:
        view = self.view
        for entry in walk(view, reading, box.at + FULL + _count_size(view, box), box.end, 2):
            version = view.u8(entry.at)
            if entry.kind != b"infe" or version < _TYPED:
                continue
            layout = _U16 if version == _TYPED else _U32
            number = int(view.unpack(layout, entry.at + FULL)[0])
            at = entry.at + FULL + layout.size
            self.descriptions[number] = Description(
                number,
                view.take(at + 2, 4),
                bool(view.u8(entry.at + 3) & _HIDDEN),
                view.u16be(at) != 0,
                Span(entry.start, entry.end - entry.start),
                at + 6,
            )


def unusual() -> CannotClean:
    """The refusal of a file that is stored in a way which a copy would have to guess at."""
    return CannotClean(
        "clean.heif-unusual",
        "The pictures of the file are stored in a way that cannot be copied with certainty.",
        hint="Open it in a program that edits pictures, save it anew, and clean that.",
    )


def descriptions(meta: Meta, box: Box, kept: set[int], named: set[int]) -> bytes:
    """`iinf` with the items that stay; only those in `named` keep their texts."""
    view = meta.view
    pieces = []
    for number, item in meta.descriptions.items():
        if number in kept:
            piece = view.take(*item.span)
            texts = item.texts - item.span.offset
            if number not in named:
                piece = piece[:texts] + bytes(len(piece) - texts)
            pieces.append(piece)
    return _list(view, box, pieces)


def locations(meta: Meta, box: Box, kept: set[int]) -> bytes:
    """`iloc` with the items that stay."""
    view = meta.view
    version = view.u8(box.at)
    head = FULL + 2
    pieces = [piece for number, piece in _locations(view, box) if number in kept]
    count = (_U32 if version == _LARGE_NUMBERS else _U16).pack(len(pieces))
    return made(box, view.take(box.at, head) + count + b"".join(pieces))


def _locations(view: ByteView, box: Box) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each entry of `iloc`."""
    version, sizes = view.u8(box.at), view.u16be(box.at + FULL)
    offset, length, base, index = (_WIDTHS.get(sizes >> shift & 15, 0) for shift in (12, 8, 4, 0))
    number = _U32 if version == _LARGE_NUMBERS else _U16
    at = box.at + FULL + 2
    count = int(view.unpack(number, at)[0])
    at += number.size
    for _ in range(count):
        item = int(view.unpack(number, at)[0])
        head = number.size + (2 if version else 0)
        if view.u16be(at + head):
            raise unusual()  # its bytes are in another file
        extents = view.u16be(at + head + 2 + base)
        each = (index if version else 0) + offset + length
        size = head + 2 + base + 2 + extents * each
        yield item, view.take(at, size)
        at += size


def references(meta: Meta, reading: Reading, box: Box, kept: set[int]) -> bytes:
    """`iref` with what refers from an item that stays to such items alone."""
    view = meta.view
    layout = _U32 if view.u8(box.at) else _U16
    pieces = []
    for entry in walk(view, reading, box.at + FULL, box.end, 2):
        origin = view.unpack(layout, entry.at)[0]
        targets = Struct(f">{view.u16be(entry.at + layout.size)}{layout.format[-1]}")
        numbers = view.unpack(targets, entry.at + layout.size + 2)
        if {origin, *numbers} <= kept:
            pieces.append(view.take(entry.start, entry.end - entry.start))
    return made(box, view.take(box.at, FULL) + b"".join(pieces))


def associations(meta: Meta, box: Box, kept: set[int], lost: set[int]) -> bytes:
    """`ipma` with the items that stay, of which none has a property of `lost`.

    Raises:
        CannotClean: a picture cannot be shown without such a property.
    """
    view, at = meta.view, box.at
    number = _U32 if view.u8(at) else _U16
    is_wide = view.u8(at + 3) & 1
    index, essential = (_U16, 0x8000) if is_wide else (Struct(">B"), 0x80)
    count = view.u32be(at + FULL)
    at += FULL + 4
    pieces = []
    for _ in range(count):
        item = view.unpack(number, at)[0]
        owned = Struct(f">{view.u8(at + number.size)}{index.format[-1]}")
        numbers = view.unpack(owned, at + number.size + 1)
        if item in kept:
            if any(each & essential and each & ~essential in lost for each in numbers):
                raise unusual()
            left = [0 if each & ~essential in lost else each for each in numbers]
            head = view.take(at, number.size + 1)
            pieces.append(head + owned.pack(*left))
        at += number.size + 1 + owned.size
    return made(box, view.take(box.at, FULL) + _U32.pack(len(pieces)) + b"".join(pieces))


def groups(meta: Meta, reading: Reading, box: Box, kept: set[int]) -> bytes:
    """`grpl` with the groups of alternatives and stereo pairs that are still whole."""
    view = meta.view
    pieces = []
    for entry in walk(view, reading, box.at, box.end, 2):
        count = view.u32be(entry.at + FULL + 4)
        numbers = view.unpack(Struct(f">{count}I"), entry.at + FULL + 8)
        if entry.kind in (b"altr", b"ster") and kept.issuperset(numbers):
            pieces.append(made(entry, view.take(entry.at, FULL + 8 + 4 * count)))
    return made(box, b"".join(pieces))


def _list(view: ByteView, box: Box, pieces: list[bytes]) -> bytes:
    size = _count_size(view, box)
    count = (_U16 if size == _U16.size else _U32).pack(len(pieces))
    return made(box, view.take(box.at, FULL) + count + b"".join(pieces))


def _count_size(view: ByteView, box: Box) -> int:
    return 4 if view.u8(box.at) else 2


def made(box: Box, payload: bytes) -> bytes:
    """A box with another payload, and behind it a `free` box that fills the room of the old one."""
    room = box.end - box.start
    left = room - _BOX_HEAD.size - len(payload)
    if left < 0:
        raise unusual()
    if 0 < left < _BOX_HEAD.size:  # too little for a box: zeros that no reader gets to
        payload += bytes(left)
        left = 0
    written = _BOX_HEAD.pack(_BOX_HEAD.size + len(payload), box.kind) + payload
    return written + free(left)


def free(size: int) -> bytes:
    """A box of nothing, of that length with its head; no byte at all if there is no room."""
    return _BOX_HEAD.pack(size, b"free") + bytes(size - _BOX_HEAD.size) if size else b""
