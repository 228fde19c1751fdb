"""The movie of an image sequence (ISO/IEC 14496-12, section 8): what shows its pictures stays.

Nothing moves: a box that goes becomes `free`, times and names become zeros.
"""

from __future__ import annotations

from itertools import pairwise
from struct import Struct
from typing import TYPE_CHECKING

from mapy.boxes import FULL, Box, walk
from mapy.clean.writers.heif_items import unusual
from mapy.clean.writers.heif_tags import PROFILES
from mapy.errors import OutOfBounds, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapy.buffer import ByteView
    from mapy.reading import Reading

_LEAVES: Mapping[bytes, frozenset[bytes]] = {
    b"moov": frozenset({b"mvhd", b"trak"}),
    b"trak": frozenset({b"tkhd", b"edts", b"tref", b"mdia"}),
    b"edts": frozenset({b"elst"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
    b"minf": frozenset({b"vmhd", b"nmhd", b"hmhd", b"dinf", b"stbl"}),
    b"dinf": frozenset({b"dref"}),
    b"stbl": frozenset(
        {
            *(b"stsd", b"stts", b"ctts", b"cslg", b"stsc", b"stsz", b"stz2", b"stco", b"co64"),
            *(b"stss", b"stsh", b"sdtp", b"sbgp", b"sgpd", b"subs"),
        }
    ),
}
"""What each box of the movie may hold."""
_IN_SAMPLE = frozenset(
    {
        *(b"hvcC", b"av1C", b"avcC", b"vvcC", b"lhvC", b"colr", b"pasp", b"clap", b"ccst"),
        *(b"auxi", b"clli", b"mdcv", b"btrt"),
    }
)
_PICTURES = frozenset({b"pict", b"vide", b"auxv"})
"""Handlers of tracks that show something; tracks of sound, metadata and all others go."""
_SAMPLE_HEAD = 78
"""Bytes of a visual sample entry in front of its boxes."""
_VENDOR_AT, _VENDOR_SIZE, _NAME_AT, _NAME_SIZE = 8, 16, 42, 32
"""Where it names its encoder."""
_SELF_CONTAINED = b"\0\0\0\x0curl \0\0\0\x01"
_UNDETERMINED = b"\x55\xc4"
"""The language `und`."""
_MOST = 1_000_000
"""Samples and chunks of a track that are followed."""


class Movie:
    """A `moov` box: what of it goes, and where its samples are."""

    def __init__(self, view: ByteView, reading: Reading, box: Box) -> None:
        """Follow its tracks.

        Raises:
            OutOfBounds, LimitExceeded: a table is broken.
            CannotClean: its samples are in other files, or cannot be found.
        """
        self._view = view
        self._reading = reading
        self.freed: list[Box] = []
        """Boxes that go."""
        self.profiles: list[Box] = []
        """Boxes that hold colour profiles."""
        self.zeroed: list[Span] = []
        """Times, names and reserved fields."""
        self.written: list[tuple[int, bytes]] = []
        """What is written elsewhere: place and bytes."""
        self.samples: list[Span] = []
        """Where the pictures are, by tracks."""
        self._holder(box, 1)

    def _holder(self, box: Box, depth: int) -> None:
        for child in walk(self._view, self._reading, box.at, box.end, depth):
            if child.kind not in _LEAVES[box.kind]:
                self.freed.append(child)
            elif child.kind == b"trak":
                self._track(child, depth + 1)
            elif child.kind in _LEAVES:
                self._holder(child, depth + 1)
            else:
                self._leaf(child, depth + 1)

    def _track(self, box: Box, depth: int) -> None:
        tables: dict[bytes, Box] = {}
        self._tables(box, depth, tables)
        handler = tables.get(b"hdlr")
        if handler is None or self._view.take(handler.at + 8, 4) not in _PICTURES:
            self.freed.append(box)
            return
        self._holder(box, depth)
        self.samples += _samples(self._view, tables)

    def _tables(self, box: Box, depth: int, found: dict[bytes, Box]) -> None:
        for child in walk(self._view, self._reading, box.at, box.end, depth):
            if child.kind in (b"mdia", b"minf", b"stbl"):
                self._tables(child, depth + 1, found)
            else:
                found.setdefault(child.kind, child)

    def _leaf(self, box: Box, depth: int) -> None:
        view, at = self._view, box.at
        if box.kind in (b"mvhd", b"tkhd", b"mdhd"):
            is_long = view.u8(at) != 0
            self.zeroed.append(Span(at + FULL, 16 if is_long else 8))
            if box.kind == b"mdhd":
                self.written.append((at + (32 if is_long else 20), _UNDETERMINED))
        elif box.kind == b"hdlr":
            self.zeroed += handler_texts(box)
        elif box.kind == b"dref":
            rows = view.take(at + 8, max(0, box.size - 8))
            if rows != _SELF_CONTAINED * (len(rows) // len(_SELF_CONTAINED)):
                raise unusual()
        elif box.kind == b"stsd":
            self._formats(box, depth)

    def _formats(self, box: Box, depth: int) -> None:
        view, reading = self._view, self._reading
        for entry in walk(view, reading, box.at + 8, box.end, depth):
            if entry.size < _SAMPLE_HEAD:
                raise unusual()
            self.zeroed += [
                Span(entry.at + _VENDOR_AT, _VENDOR_SIZE),
                Span(entry.at + _NAME_AT, _NAME_SIZE),
            ]
            for child in walk(view, reading, entry.at + _SAMPLE_HEAD, entry.end, depth + 1):
                if child.kind not in _IN_SAMPLE:
                    self.freed.append(child)
                elif child.kind == b"colr" and view.take(child.at, 4) in PROFILES:
                    self.profiles.append(child)


def handler_texts(box: Box) -> list[Span]:
    """Where a `hdlr` has texts, and fields that are reserved."""
    return [
        Span(box.at + FULL, 4),
        Span(box.at + FULL + 8, 12),
        Span(box.at + FULL + 20, max(0, box.size - FULL - 20)),
    ]


def _samples(view: ByteView, tables: Mapping[bytes, Box]) -> list[Span]:
    """Where the samples of a track are, a stretch a chunk."""
    offsets = _chunks(view, tables)
    sizes = _sizes(view, tables)
    runs = tables.get(b"stsc")
    if runs is None:
        raise unusual()
    count = _count(view, runs.at + FULL)
    numbers = view.unpack(Struct(f">{count * 3}I"), runs.at + FULL + 4)
    rows = [numbers[at : at + 2] for at in range(0, len(numbers), 3)]
    found: list[Span] = []
    at = 0
    for (first, each), (following, _) in pairwise([*rows, (len(offsets) + 1, 0)]):
        if not 0 < first <= following <= len(offsets) + 1:
            raise unusual()
        for offset in offsets[first - 1 : following - 1]:
            found.append(Span(offset, sum(sizes[at : at + each])))
            at += each
    if at < len(sizes):
        raise unusual()
    return found


def _chunks(view: ByteView, tables: Mapping[bytes, Box]) -> tuple[int, ...]:
    for kind, letter in ((b"stco", "I"), (b"co64", "Q")):
        box = tables.get(kind)
        if box is not None:
            count = _count(view, box.at + FULL)
            return view.unpack(Struct(f">{count}{letter}"), box.at + FULL + 4)
    raise unusual()


def _sizes(view: ByteView, tables: Mapping[bytes, Box]) -> tuple[int, ...]:
    box = tables.get(b"stsz")
    if box is None:
        raise unusual()
    same, count = view.u32be(box.at + FULL), _count(view, box.at + FULL + 4)
    if same:
        return (same,) * count
    return view.unpack(Struct(f">{count}I"), box.at + FULL + 8)


def _count(view: ByteView, at: int) -> int:
    count = view.u32be(at)
    if count > _MOST:
        raise OutOfBounds("out-of-bounds", "A track has more samples than is allowed.")
    return count
