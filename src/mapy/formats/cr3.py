"""CR3, Canon's raw files: an ISO base media file with EXIF in a box of Canon's.

The layout is Canon's own; what is known of it is in lclevy's canon_cr3 notes.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy import blocks
from mapy.blocks.exif_part import MAKER_NOTE, add_byte_order
from mapy.boxes import Box, block_of, walk
from mapy.errors import OutOfBounds
from mapy.formats.heif import read_brands, read_other
from mapy.formats.movie import Track, read_movie
from mapy.model import Directory, Tag
from mapy.tags.canon_boxes import CANON_BOXES
from mapy.tags.quicktime import DEFINITIONS
from mapy.tiff_types import LONG, PLAIN, RATIONAL, UNDEFINED, Rational

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.errors import Span
    from mapy.reading import Reading

_BRAND = b"ftypcrx "
_CANON = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_PREVIEW = bytes.fromhex("eaf42b5e1c984b88b9fbb7dc406e4d16")
_EDITS = bytes.fromhex("210f1687914911e4811100242131fce4")
"""Of Digital Photo Professional, which keeps its edits in the box `CNOP`."""
_PREVIEW_HEAD = 32
"""8 bytes, then the head of the box `PRVW`: length, type, size of the picture."""
_THUMBNAIL_HEAD = 16
_DIRECTORIES = {b"CMT1": "IFD0", b"CMT2": "ExifIFD", b"CMT3": MAKER_NOTE, b"CMT4": "GPS"}
_UTC = "+00:00"
"""Canon writes the times of a movie in UTC, as the standard has them."""
_RECORD = Struct("<IH")
_RECORD_HEAD = 12
_LONGEST_TIMED = 1 << 20
"""Bytes of the timed metadata that are looked at."""


class Cr3:
    """CR3 and its boxes."""

    name = "CR3"
    media_type = "image/x-canon-cr3"
    extension = "CR3"

    def recognises(self, head: bytes) -> bool:
        """Whether its brand is Canon's."""
        return head.startswith(_BRAND, 4)

    def read(self, view: ByteView, reading: Reading) -> None:
        """Walk the boxes, then look at what the tracks point to."""
        tracks: list[Track] = []
        for box in walk(view, reading):
            try:
                if box.kind == b"ftyp":
                    read_brands(view, reading, box)
                elif box.kind == b"moov":
                    canon = _CanonReader(view, reading)
                    tracks = read_movie(view, reading, box, _UTC, canon.read)
                elif box.kind == _PREVIEW and box.size > _PREVIEW_HEAD:
                    at, size = box.at + _PREVIEW_HEAD, box.size - _PREVIEW_HEAD
                    _add_picture(reading, "QuickTime", "PreviewImage", view.span(at, size))
                elif box.kind == _EDITS:
                    _read_edits(view, reading, box)
                else:
                    read_other(view, reading, box)
            except OutOfBounds:
                reading.problem("cr3.cut-short", "A box is cut short.", view.span(box.at, 0))
        for track in tracks:
            _read_sample(view, reading, track)


class _CanonReader:
    """Reads what Canon puts into the movie."""

    def __init__(self, view: ByteView, reading: Reading) -> None:
        self._view = view
        self._reading = reading

    def read(self, box: Box) -> None:
        """Read a box, if it is Canon's."""
        if box.kind != _CANON:
            return
        view, reading = self._view, self._reading
        for child in walk(view, reading, box.at, box.end, 2):
            if child.kind in _DIRECTORIES:
                block = block_of(view, reading, child.at, child.size)
                if block is not None:
                    blocks.parse("exif-part", block, reading, _DIRECTORIES[child.kind])
            elif child.kind == b"CNCV":
                definition = CANON_BOXES["CompressorVersion"]
                text = view.take(child.at, min(child.size, _LONGEST_VERSION))
                tag = Tag(
                    "Canon", definition, 2, child.size, text, view.start + child.at, child.size
                )
                reading.add("Canon", [tag], view.span(child.at, child.size))
            elif child.kind == b"THMB" and child.size > _THUMBNAIL_HEAD:
                at, size = child.at + _THUMBNAIL_HEAD, child.size - _THUMBNAIL_HEAD
                _add_picture(reading, "Canon", "ThumbnailImage", view.span(at, size))
                if reading.thumbnail is None and size <= reading.limits.value_bytes:
                    reading.thumbnail = view.take(at, size)


def _read_edits(view: ByteView, reading: Reading, box: Box) -> None:
    """Read what other files of Canon's have as a trailer."""
    for child in walk(view, reading, box.at, box.end, 1):
        block = block_of(view, reading, child.at, child.size) if child.kind == b"CNOP" else None
        if block is not None:
            blocks.parse("canon-vrd", block, reading, "CanonVRD")


def _add_picture(reading: Reading, group: str, name: str, span: Span) -> None:
    tag = Tag(group, DEFINITIONS[name], UNDEFINED, span.length, None, span.offset, span.length)
    reading.add(group, [tag], span)


def _read_sample(view: ByteView, reading: Reading, track: Track) -> None:
    """Read the first sample of a track: the picture of the camera, or timed metadata."""
    if track.sample is None or not (track.holds_jpeg or track.format == "CTMD"):
        return
    at, size = track.sample
    size = min(size, view.size - at)
    if size <= 0:
        reading.problem("cr3.sample-outside", "A sample lies outside the file.", view.span(0, 0))
        return
    times = {"SampleTime": 0.0, "SampleDuration": track.duration_s}
    tags = [
        Tag(track.group, DEFINITIONS[name], PLAIN, 1, value, view.start + at, 0)
        for name, value in times.items()
    ]
    if track.holds_jpeg:
        place = view.start + at
        tags.append(Tag(track.group, DEFINITIONS["JpgFromRaw"], UNDEFINED, size, None, place, size))
    else:
        tags += _timed(view.sub(at, min(size, _LONGEST_TIMED)), reading, track.group)
    reading.add(track.group, tags, view.span(at, size))


def _timed(view: ByteView, reading: Reading, group: str) -> list[Tag]:
    """Canon's timed metadata: records of length, type, 6 bytes, payload; all little-endian."""
    tags: list[Tag] = []
    at = 0
    while view.has(at, _RECORD_HEAD):
        reading.budget.spend("boxes")
        length, kind = view.unpack(_RECORD, at)
        if length < _RECORD_HEAD or not view.has(at, length):
            reading.problem("cr3.timed", "Timed metadata is cut short.", view.span(at, 0))
            break
        payload = view.sub(at + _RECORD_HEAD, length - _RECORD_HEAD)
        if kind in _EXIF_RECORDS:
            _read_timed_notes(payload, reading, group)
        else:
            tags += _timed_tags(kind, payload, group)
        at += length
    return tags


def _read_timed_notes(view: ByteView, reading: Reading, group: str) -> None:
    """Read the maker notes of a sample: parts of length, number of the tag, TIFF structure.

    They are about the sample, and are called after its track.
    """
    first = len(reading.directories)
    at = 0
    while view.has(at, _PART_HEAD):
        reading.budget.spend("boxes")
        length, number = view.u32le(at), view.u32le(at + 4)
        if length < _PART_HEAD or not view.has(at, length):
            reading.problem("cr3.timed", "Timed metadata is cut short.", view.span(at, 0))
            break
        if number == _MAKER_NOTE_ID:
            block = view.sub(at + _PART_HEAD, length - _PART_HEAD)
            add_byte_order(block, reading)
            blocks.parse("exif-part", block, reading, MAKER_NOTE)
        at += length
    reading.directories[first:] = [
        Directory(
            group,
            tuple([tag._replace(group=group) for tag in directory.tags]),
            directory.span,
            is_embedded=True,
        )
        for directory in reading.directories[first:]
    ]


def _timed_tags(kind: int, view: ByteView, group: str) -> list[Tag]:
    start = view.start
    if kind == _TIME and len(view) >= _TIME_SIZE:
        year = view.u16le(2)
        month, day, hour, minute, second, hundredth = view.take(4, 6)
        text = f"{year:04}:{month:02}:{day:02} {hour:02}:{minute:02}:{second:02}.{hundredth:02}"
        return [Tag(group, CANON_BOXES["TimeStamp"], PLAIN, 1, text, start, _TIME_SIZE)]
    if kind == _FOCAL and len(view) >= _FOCAL_SIZE:
        return [_rational(group, "FocalLength", view, 0)]
    if kind == _EXPOSURE and len(view) >= _EXPOSURE_SIZE:
        iso = view.u32le(8) & 0x7FFF_FFFF
        return [
            _rational(group, "FNumber", view, 0),
            _rational(group, "ExposureTime", view, 4),
            Tag(group, CANON_BOXES["ISO"], LONG, 1, iso, start + 8, 4),
        ]
    return []


def _rational(group: str, name: str, view: ByteView, at: int) -> Tag:
    raw = Rational(view.u16le(at), view.u16le(at + 2))
    return Tag(group, CANON_BOXES[name], RATIONAL, 1, raw, view.start + at, 4)


_EXIF_RECORDS = frozenset({7, 8, 9})
_PART_HEAD = 8
_MAKER_NOTE_ID = 0x927C
_TIME, _FOCAL, _EXPOSURE = 1, 4, 5
_TIME_SIZE, _FOCAL_SIZE, _EXPOSURE_SIZE = 10, 4, 12
_LONGEST_VERSION = 256
