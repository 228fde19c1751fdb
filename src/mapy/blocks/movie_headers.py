"""The headers of a movie and its tracks (ISO/IEC 14496-12, section 8), as CR3 and sequences have.

Each reader takes the payload of a box and gives names and values; times are in seconds.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import TYPE_CHECKING

from mapy.blocks.item_properties import code_text
from mapy.tiff_types import number_text, spaced

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.tags.definition import Value

_TIMES = (Struct(">II"), Struct(">QQ"))
"""Creation and change, by the version of the box."""
_TIME_NAMES = (
    *("PreviewTime", "PreviewDuration", "PosterTime"),
    *("SelectionTime", "SelectionDuration", "CurrentTime"),
)
_LENGTHS = (Struct(">I"), Struct(">Q"))
_MATRIX = Struct(">9i")
_SIX = Struct(">6I")
_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
_UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NO_TIME = "0000:00:00 00:00:00"
_LAST_SECOND = 2**33
_FIXED, _FIXED_SHORT, _FIXED_MATRIX = 1 << 16, 1 << 8, 1 << 30
"""What one is in a number of 16.16, 8.8 and 2.30 bits."""
_FULL = 4
_PICTURE_HEAD = 86
"""Bytes of a sample entry of pictures, in front of its boxes."""
_FIRST_LETTER = 0x60
_SMALLEST_LANGUAGE = 0x400
"""Below, a language is a number of QuickTime's, and no three letters."""
_WHOLE_SIZE = 0xFFF00000
"""A size with these bits is in 16.16, as it has to be; some writers take whole numbers."""


def date(seconds: int, zone: str) -> str:
    """The time so many seconds after 1904; some writers count from 1970."""
    if not seconds:
        return _NO_TIME
    start = _EPOCH if seconds >= (_UNIX_EPOCH - _EPOCH).total_seconds() else _UNIX_EPOCH
    moment = start + timedelta(seconds=min(seconds, _LAST_SECOND))
    return f"{moment:%Y:%m:%d %H:%M:%S}{zone}"


def fraction(number: int, one: int) -> int | float:
    """A number in parts of `one`: whole where it is."""
    return number // one if number % one == 0 else number / one


def _matrix(view: ByteView, at: int) -> str:
    """A transformation: its third column is in 2.30, the others in 16.16."""
    numbers = view.unpack(_MATRIX, at)
    ones = (_FIXED, _FIXED, _FIXED_MATRIX) * 3
    return " ".join(
        number_text(fraction(number, one)) for number, one in zip(numbers, ones, strict=True)
    )


def _seconds(ticks: int, scale: int) -> int | float:
    return fraction(ticks, scale) if scale else ticks


def movie(view: ByteView, zone: str) -> dict[str, Value]:
    """`mvhd`."""
    version = min(view.u8(0), 1)
    created, changed = view.unpack(_TIMES[version], _FULL)
    at = _FULL + _TIMES[version].size
    scale = view.u32be(at)
    length = view.unpack(_LENGTHS[version], at + 4)[0]
    at += 4 + _LENGTHS[version].size
    times = view.unpack(_SIX, at + 52)
    return {
        "MovieHeaderVersion": view.u8(0),
        "CreateDate": date(created, zone),
        "ModifyDate": date(changed, zone),
        "TimeScale": scale,
        "Duration": _seconds(length, scale),
        "PreferredRate": fraction(view.u32be(at), _FIXED),
        "PreferredVolume": fraction(view.u16be(at + 4), _FIXED_SHORT),
        "MatrixStructure": _matrix(view, at + 16),
        **{name: _seconds(ticks, scale) for name, ticks in zip(_TIME_NAMES, times, strict=True)},
        "NextTrackID": view.u32be(at + 76),
    }


def track(view: ByteView, zone: str, scale: int) -> dict[str, Value]:
    """`tkhd`; its duration counts in the movie's `scale`."""
    version = min(view.u8(0), 1)
    created, changed = view.unpack(_TIMES[version], _FULL)
    at = _FULL + _TIMES[version].size
    length = view.unpack(_LENGTHS[version], at + 8)[0]
    number = view.u32be(at)
    at += 8 + _LENGTHS[version].size
    values: dict[str, Value] = {
        "TrackHeaderVersion": view.u8(0),
        "TrackCreateDate": date(created, zone),
        "TrackModifyDate": date(changed, zone),
        "TrackID": number,
        "TrackDuration": _seconds(length, scale),
        "TrackLayer": view.u16be(at + 8),
        "TrackVolume": fraction(view.u16be(at + 12), _FIXED_SHORT),
        "MatrixStructure": _matrix(view, at + 16),
    }
    for name, place in (("ImageWidth", at + 52), ("ImageHeight", at + 56)):
        size = view.u32be(place)
        if size:
            values[name] = size >> 16 if size & _WHOLE_SIZE else size
    return values


def media_scale(view: ByteView) -> int:
    """The ticks of a second, of `mdhd` or `mvhd`."""
    return view.u32be(_FULL + _TIMES[min(view.u8(0), 1)].size)


def media(view: ByteView, zone: str) -> dict[str, Value]:
    """`mdhd`."""
    version = min(view.u8(0), 1)
    created, changed = view.unpack(_TIMES[version], _FULL)
    at = _FULL + _TIMES[version].size
    scale = view.u32be(at)
    length = view.unpack(_LENGTHS[version], at + 4)[0]
    language = view.u16be(at + 4 + _LENGTHS[version].size)
    values: dict[str, Value] = {
        "MediaHeaderVersion": view.u32be(0),  # with the flags, as ExifTool has it
        "MediaCreateDate": date(created, zone),
        "MediaModifyDate": date(changed, zone),
        "MediaTimeScale": scale,
        "MediaDuration": _seconds(length, scale),
    }
    if language >= _SMALLEST_LANGUAGE:
        letters = (language >> shift & 31 for shift in (10, 5, 0))
        values["MediaLanguageCode"] = "".join(chr(_FIRST_LETTER + letter) for letter in letters)
    return values


def graphics(view: ByteView) -> dict[str, Value]:
    """`vmhd`."""
    colour = view.unpack(Struct(">3H"), _FULL + 2)
    return {"GraphicsMode": view.u16be(_FULL), "OpColor": spaced(colour)}


def sound(view: ByteView) -> dict[str, Value]:
    """`smhd`."""
    return {"Balance": fraction(view.u16be(_FULL), _FIXED_SHORT)}


def samples(view: ByteView, handler: str) -> dict[str, Value]:
    """The first entry of `stsd`: what the samples of a track are."""
    at = _FULL + 4
    kind = code_text(view.take(at + 4, 4))
    if handler == "meta":
        return {"MetaFormat": kind}
    if handler != "vide":
        return {} if handler == "soun" else {"OtherFormat": kind}
    if not view.has(at, _PICTURE_HEAD):
        return {"CompressorID": kind}
    values: dict[str, Value] = {"CompressorID": kind}
    vendor = view.take(at + 20, 4)
    if vendor.strip(b"\0"):
        values["VendorID"] = code_text(vendor)
    values |= {
        "SourceImageWidth": view.u16be(at + 32),
        "SourceImageHeight": view.u16be(at + 34),
        "XResolution": fraction(view.u32be(at + 36), _FIXED),
        "YResolution": fraction(view.u32be(at + 40), _FIXED),
    }
    name = view.take(at + 51, min(view.u8(at + 50), 31)).partition(b"\0")[0]
    if name:
        values["CompressorName"] = name.decode("utf-8", "replace")
    values["BitDepth"] = view.u16be(at + 82)
    return values


def frame_rate(view: ByteView, scale: int, most: int) -> float | None:
    """Samples a second, of the first `most` rows of `stts`."""
    rows = min(view.u32be(_FULL), (len(view) - _FULL - 4) // 8, most)
    numbers = view.unpack(Struct(f">{2 * rows}I"), _FULL + 4)
    ticks = sum(count * length for count, length in zip(numbers[::2], numbers[1::2], strict=True))
    return fraction(sum(numbers[::2]) * scale, ticks) if ticks else None
