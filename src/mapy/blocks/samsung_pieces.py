"""The pieces that Samsung's phones put behind a picture: what a piece of each kind says."""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING, TypeAlias

from mapy.blocks.json_text import parse_as
from mapy.explain.dates import moment_of_milliseconds
from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tiff_types import LONG, PLAIN, UNDEFINED, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Names, Value

    Piece: TypeAlias = Callable[[ByteView, ByteView, Reading], list[Tag]]

GROUP = "Samsung"
_LONGEST_TEXT = 4096
_COUNTRY = 0x0AA1


def _text_of(view: ByteView) -> str:
    return text(view.take(0, min(len(view), _LONGEST_TEXT)))


def _binary(kind: int, name: str, view: ByteView) -> Tag:
    means = Definition(kind, name, convert=binary)
    return Tag(GROUP, means, UNDEFINED, len(view), None, view.start, len(view))


def _label(kind: int, name: str, view: ByteView) -> Tag:
    means = Definition(f"{kind}-name", name)
    return Tag(GROUP, means, PLAIN, 1, _text_of(view), view.start, len(view))


def _data(kind: int, name: str, label: str = "", other: tuple[str, str] = ("", "")) -> Piece:
    """A piece that is bytes.

    Args:
        kind: its number.
        name: what it is called.
        label: what its own name is called, if that is told.
        other: how its own name has to be for its usual name, or for another.
    """
    own, other_name = other

    def read(title: ByteView, view: ByteView, _: Reading) -> list[Tag]:
        is_other = own and _text_of(title) != own
        found = [_binary(kind, other_name if is_other else name, view)]
        return [*found, _label(kind, label, title)] if label else found

    return read


def _shot(title: ByteView, view: ByteView, _: Reading) -> list[Tag]:
    """A further picture; the second of two has a name of its own."""
    name = "EmbeddedImage2" if _text_of(title) == "DualShot_2" else "EmbeddedImage"
    return [_binary(0x0001, name, view), _label(0x0001, "EmbeddedImageName", title)]


def _said(kind: int, name: str) -> Piece:
    """A piece that is a text."""

    def read(_: ByteView, view: ByteView, __: Reading) -> list[Tag]:
        means = Definition(kind, name)
        return [Tag(GROUP, means, PLAIN, 1, _text_of(view), view.start, len(view))]

    return read


def _moment(tag: Tag) -> Value:
    return moment_of_milliseconds(str(tag.raw))


def _time_stamp(_: ByteView, view: ByteView, __: Reading) -> list[Tag]:
    means = Definition(0x0A01, "TimeStamp", convert=_moment)
    return [Tag(GROUP, means, PLAIN, 1, _text_of(view), view.start, len(view))]


@cache
def _countries() -> Names:
    """The countries by the codes of their mobile networks (ITU-T E.212)."""
    rows = makers.section("samsung", "Trailer").rows
    return next(row.names or {} for row in rows if row.name == "MCCData")


def _country(_: ByteView, view: ByteView, __: Reading) -> list[Tag]:
    """The country of the mobile network: a number."""
    said = _text_of(view)
    raw = int(said) if re.fullmatch(r"[1-9]\d{0,8}", said) else said
    means = Definition(_COUNTRY, "MCCData", _countries())
    return [Tag(GROUP, means, PLAIN, 1, raw, view.start, len(view))]


_POINTER_BYTES = 12


def _video(title: ByteView, view: ByteView, _: Reading) -> list[Tag]:
    """The film of a motion photo, or where it lies."""
    found = [_label(0x0A30, "EmbeddedVideoType", title)]
    if len(view) == _POINTER_BYTES:
        means = Definition(0x0A30, "EmbeddedVideoOffsetSize")
        place = f"{view.u32be(4)} {view.u32be(8)}"
        return [Tag(GROUP, means, PLAIN, 1, place, view.start, len(view)), *found]
    return [_binary(0x0A30, "EmbeddedVideoFile", view), *found]


_SIZES_MARK = re.compile(rb"[\x01-\x09]\0\xff\xff")
_SIZES_FROM, _SIZES_IN, _LEAST_EXTRA = 32, 64, 96


def _extra(_: ByteView, view: ByteView, __: Reading) -> list[Tag]:
    """Width and height of the depth map, behind a mark whose place depends on the phone."""
    if len(view) < _LEAST_EXTRA:
        return []
    mark = _SIZES_MARK.search(view.take(_SIZES_FROM, _SIZES_IN))
    if mark is None or mark.end() % 4:
        return []
    at = _SIZES_FROM + mark.end()
    return [
        Tag(GROUP, Definition(name, name), LONG, 1, view.u32le(place), view.start + place, 4)
        for name, place in (("DepthMapWidth", at), ("DepthMapHeight", at + 4))
        if view.has(place, 4)
    ]


_SETTINGS_MARK, _SETTINGS_VERSION, _SETTINGS_HEAD = b"DOFS", 3, 18


def _settings(_: ByteView, view: ByteView, reading: Reading) -> list[Tag]:
    """The settings of a portrait: names and numbers."""
    known = {row.id: row.name for row in makers.section("samsung", "SingleShotMeta").rows}
    if not view.has(0, _SETTINGS_HEAD) or view.take(0, 4) != _SETTINGS_MARK:
        return []
    if view.u32le(4) != _SETTINGS_VERSION or view.u32le(12) != len(view):
        return []
    tags: list[Tag] = []
    at = _SETTINGS_HEAD
    for _number in range(view.u16le(16)):
        reading.budget.spend("datasets")
        if not view.has(at, 2) or not view.has(at + 2, view.u8(at + 1) + 2):
            break
        length = view.u8(at + 1)
        name = view.take(at + 2, length).decode("latin-1")
        size, at = view.u16le(at + 2 + length), at + 2 + length + 2
        if not view.has(at, size):
            break
        if name in known and size == 4:  # noqa: PLR2004 - a number of 32 bits
            means = Definition(name, known[name])
            tags.append(Tag(GROUP, means, LONG, 1, view.u32le(at), view.start + at, size))
        at += size
    return tags


_NAMES = {"sepVersion": "SEPVersion", "ndeVersion": "NDEVersion"}
_CLIP = re.compile(r'"m([A-Z]\w{1,30})"\s*:\s*(-?\d[\d.]{0,20}|true|false)')
_CLIP_LENGTH = 4096


def _edited(title: ByteView, view: ByteView, reading: Reading) -> list[Tag]:
    """What the phone's editor keeps to undo its edits, or a hash of the path."""
    name = _text_of(title)
    if name == "Original_Path_Hash_Key":
        return _said(0x0BA1, "OriginalPathHashKey")(title, view, reading)
    if name == "PhotoEditor_Re_Edit_Data":
        parse_as(GROUP, _NAMES, view, reading)
        return _clip(reading)
    return []


def _clip(reading: Reading) -> list[Tag]:
    """How the picture was cut: a JSON text within the other, which its values stand for."""
    tags = reading.directories[-1].tags if reading.directories else ()
    found: list[Tag] = []
    for tag in tags:
        if tag.definition.id == "clipInfoValue" and isinstance(tag.raw, str):
            for name, value in _CLIP.findall(tag.raw[:_CLIP_LENGTH]):
                means = Definition(f"m{name}", f"Clip{name}")
                raw = value if value in ("true", "false") else _number(value)
                found.append(Tag(GROUP, means, PLAIN, 1, raw, tag.offset, tag.length))
    return found


def _number(value: str) -> Value:
    try:
        return int(value) if value.lstrip("-").isdigit() else float(value)
    except ValueError:
        return value


def _generated(_: ByteView, view: ByteView, reading: Reading) -> list[Tag]:
    """How a picture was generated: a JSON text."""
    parse_as(GROUP, {}, view, reading)
    return []


PIECES: dict[int, Piece] = {
    0x0001: _shot,
    0x0100: _data(0x0100, "EmbeddedAudioFile", "EmbeddedAudioFileName"),
    0x0201: _data(0x0201, "SurroundShotVideo", "SurroundShotVideoName"),
    0x0A01: _time_stamp,
    0x0A20: _data(0x0A20, "DualCameraImage", "DualCameraImageName"),
    0x0A30: _video,
    0x0A31: _said(0x0A31, "SamsungMotionPhotoVersion"),
    0x0A33: _data(0x0A33, "MotionPhotoAutoPlayVideo"),
    _COUNTRY: _country,
    0x0AB1: _data(0x0AB1, "DepthMapData", "DepthMapName", ("DualShot_DepthMap_1", "DepthMapData2")),
    0x0AB3: _extra,
    0x0B40: _settings,
    0x0B41: _data(0x0B41, "SingleShotDepthMap"),
    0x0BA1: _edited,
    0x0BF0: _said(0x0BF0, "RemasterInfo"),
    0x0C51: _said(0x0C51, "SamsungCaptureInfo"),
    0x0D91: _generated,
    0x0E41: _said(0x0E41, "VideoEditedTimeZone"),
}
"""By kind: what reads the name and the content of a piece."""
