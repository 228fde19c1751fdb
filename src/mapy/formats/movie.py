"""The movie of a file (ISO/IEC 14496-12, section 8): CR3's pictures, sequences of HEIF and AVIF."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from mapy.blocks import movie_headers as headers
from mapy.blocks.item_properties import handler, tags_of
from mapy.boxes import Box, block_of, walk
from mapy.errors import OutOfBounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value

_TABLE_ROWS = 65_536
"""Rows of a table of samples that are looked at."""
_HOLDERS = frozenset({b"mdia", b"minf", b"stbl"})
_OFFSETS = {b"stco": Struct(">I"), b"co64": Struct(">Q")}
_TABLE_HEAD = 8
"""Version, flags, number of rows."""


class Track(NamedTuple):
    """One track, as far as its first sample needs it."""

    group: str
    handler: str
    format: str
    """Of its samples: `CRAW`, `CTMD`."""
    holds_jpeg: bool
    """Whether Canon marks its samples as JPEG."""
    sample: tuple[int, int] | None
    """Place in the file and length of its first sample."""
    duration_s: float
    """Of its first sample."""


def read_movie(
    view: ByteView, reading: Reading, box: Box, zone: str, other: Callable[[Box], None]
) -> list[Track]:
    """Read a `moov` box, and hand what is not of the standard to `other`; gives its tracks.

    `zone` is written behind every time: the standard counts in UTC, but most writers do not.
    """
    tracks: list[Track] = []
    scale = 0
    for child in walk(view, reading, box.at, box.end, 1):
        if child.kind == b"mvhd":
            header = view.sub(child.at, child.size)
            scale = headers.media_scale(header)
            reading.add(
                "QuickTime",
                tags_of(headers.movie(header, zone), header),
                header.span(0, len(header)),
            )
        elif child.kind == b"trak":
            group = f"Track{len(tracks) + 1}"
            reader = _TrackReader(view, reading, group, zone, scale)
            try:
                reader.read(child, 2)
            except OutOfBounds:
                reading.problem("movie.track", "A track is cut short.", view.span(child.at, 0))
            tracks.append(reader.track())
        else:
            other(child)
    return tracks


class _TrackReader:
    """Reads the boxes of one track."""

    def __init__(
        self, view: ByteView, reading: Reading, group: str, zone: str, movie_scale: int
    ) -> None:
        self._view = view
        self._reading = reading
        self._group = group
        self._zone = zone
        self._movie_scale = movie_scale
        self._scale = 0
        self._handler = ""
        self._format = ""
        self._holds_jpeg = False
        self._offset: int | None = None
        self._size = 0
        self._ticks = 0

    def read(self, box: Box, depth: int) -> None:
        """Read what a box of the track holds."""
        for child in walk(self._view, self._reading, box.at, box.end, depth):
            if child.kind in _HOLDERS:
                self.read(child, depth + 1)
            elif child.kind in _OFFSETS:
                self._first_offset(child)
            elif child.kind in _LEAVES:
                block = block_of(self._view, self._reading, child.at, child.size)
                if block is not None:
                    self._leaf(child.kind, block)

    def track(self) -> Track:
        """What was read."""
        sample = (self._offset, self._size) if self._offset is not None and self._size else None
        duration_s = self._ticks / self._scale if self._scale else 0.0
        holds_jpeg = self._holds_jpeg
        return Track(self._group, self._handler, self._format, holds_jpeg, sample, duration_s)

    def _leaf(self, kind: bytes, block: ByteView) -> None:
        values = self._values(kind, block)
        self._reading.add(
            self._group, tags_of(values, block, self._group), block.span(0, len(block))
        )

    def _values(self, kind: bytes, block: ByteView) -> dict[str, Value]:
        if kind == b"tkhd":
            values = headers.track(block, self._zone, self._movie_scale)
        elif kind == b"mdhd":
            self._scale = headers.media_scale(block)
            values = headers.media(block, self._zone)
        elif kind == b"hdlr":
            values = self._handler_values(block)
        elif kind == b"stsd":
            values = headers.samples(block, self._handler)
            self._format = str(next(iter(values.values()), ""))
            self._holds_jpeg = self._format == "CRAW" and b"JPEG" in block.take(0, len(block))
        elif kind == b"stts":
            values = self._rate(block)
        elif kind == b"stsz":
            self._size = block.u32be(4) or (block.u32be(12) if block.u32be(8) else 0)
            values = {}
        else:
            values = headers.graphics(block) if kind == b"vmhd" else headers.sound(block)
        return values

    def _handler_values(self, block: ByteView) -> dict[str, Value]:
        """Of two handlers the media's comes first, that of its data second."""
        values = handler(block)
        self._handler = self._handler or str(values.get("HandlerType", ""))
        return values

    def _rate(self, block: ByteView) -> dict[str, Value]:
        if block.u32be(4):
            self._ticks = block.u32be(12)
        rate = headers.frame_rate(block, self._scale, _TABLE_ROWS)
        return {} if rate is None or self._handler != "vide" else {"VideoFrameRate": rate}

    def _first_offset(self, box: Box) -> None:
        if self._view.u32be(box.at + 4):
            self._offset = self._view.unpack(_OFFSETS[box.kind], box.at + _TABLE_HEAD)[0]


_LEAVES = frozenset({b"tkhd", b"mdhd", b"hdlr", b"vmhd", b"smhd", b"stsd", b"stts", b"stsz"})
