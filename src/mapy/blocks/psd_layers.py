"""The layers of a PSD: what each is called and how it is laid over the others.

Lists in the order of the file, from the lowest layer up, an item a layer (Adobe Photoshop File
Formats Specification, "Layer and Mask Information Section").
"""

from __future__ import annotations

from datetime import UTC, datetime
from struct import Struct
from typing import TYPE_CHECKING

from mapy.errors import OutOfBounds
from mapy.model import Tag
from mapy.tags.psd import PSD
from mapy.tiff_types import PLAIN, text

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value

_RECT = Struct(">4iH")
_COUNT = Struct(">h")
_U64 = Struct(">Q")
_DOUBLE = Struct(">d")
_BLEND = Struct(">4s4s4BI")
_SIGNATURES = (b"8BIM", b"8B64")
_HEAD = Struct(">4s4sI")
_LONG_KEYS = frozenset(
    {
        *(b"LMsk", b"Lr16", b"Lr32", b"Layr", b"Mt16", b"Mt32", b"Mtrn", b"Alph", b"FMsk"),
        *(b"lnk2", b"FEid", b"FXid", b"PxSD"),
    }
)
"""Blocks whose length is of 64 bits in a PSB."""
_HIDDEN = 2
_NONE: dict[str, Value] = {"LayerSections": 0}
"""What stands for a value that a layer lacks, where that is no empty text."""
_LONGEST_NAME = 1024
_TIME = b"layerTimedoub"
_LAST_SECOND = 253_402_300_799.0
"""The end of the year 9999."""


class _Layers:
    """The lists, while they are gathered."""

    def __init__(self) -> None:
        self.lists: dict[str, list[Value]] = {}
        self.layers = 0

    def add(self, name: str, value: Value) -> None:
        """Note a value of the current layer."""
        self._fill(name)
        self.lists[name].append(value)

    def all(self) -> dict[str, list[Value]]:
        """The lists, an item a layer."""
        for name in self.lists:
            self._fill(name)
        return self.lists

    def _fill(self, name: str) -> None:
        """Give the layers before the current one that have no value one that stands for none."""
        values = self.lists.setdefault(name, [])
        values.extend([_NONE.get(name, "")] * (self.layers - len(values)))


def read_layers(view: ByteView, reading: Reading, at: int, length: int, *, is_large: bool) -> None:
    """Read the layers of the section that begins at `at`.

    Raises:
        OutOfBounds: the section is cut short; what stands in front of the cut is kept.
    """
    found = _Layers()
    size = 8 if is_large else 4
    start = at + size
    count = abs(view.unpack(_COUNT, start)[0]) if length >= size + 2 else 0
    end = min(at + length, view.size)
    try:
        place = start + 2
        for _ in range(count):
            reading.budget.spend("chunks")
            place = _layer(view, reading, place, end, found, is_large=is_large)
            found.layers += 1
    finally:
        values: dict[str, Value] = {"LayerCount": count, **found.all()}
        tags = [
            Tag("Photoshop", PSD[name], PLAIN, 1, value, view.start + at, 0)
            for name, value in values.items()
        ]
        reading.add("Photoshop", tags, view.span(at, length))


def _layer(
    view: ByteView, reading: Reading, at: int, end: int, found: _Layers, *, is_large: bool
) -> int:
    """Read one layer; returns the place of the next."""
    *rectangle, channels = view.unpack(_RECT, at)
    at += _RECT.size + channels * (10 if is_large else 6)
    signature, blend, opacity, _, flags, _, length = view.unpack(_BLEND, at)
    at += _BLEND.size
    if signature not in _SIGNATURES or at + length > end:
        raise OutOfBounds("psd.layer", "A layer's record is broken.")
    found.add("LayerRectangles", " ".join(map(str, rectangle)))
    found.add("LayerBlendModes", blend.decode("latin-1"))
    found.add("LayerOpacities", int(opacity * 100 / 255 + 0.5))
    found.add("LayerVisible", flags & _HIDDEN)
    place = at + 4 + view.u32be(at)  # behind the mask
    place += 4 + view.u32be(place)  # behind the ranges of blending
    letters = view.u8(place)
    found.add("LayerNames", text(view.take(place + 1, letters)))
    place += (letters + 4) & ~3
    _blocks(view, reading, place, at + length, found, is_large=is_large)
    return int(at + length)


def _blocks(
    view: ByteView, reading: Reading, at: int, end: int, found: _Layers, *, is_large: bool
) -> None:
    """Read the tagged blocks behind a layer's name."""
    while at + _HEAD.size <= end:
        reading.budget.spend("chunks")
        signature, key, length = view.unpack(_HEAD, at)
        if signature not in _SIGNATURES:
            return
        at += _HEAD.size
        if is_large and key in _LONG_KEYS:
            length = view.unpack(_U64, at - 4)[0]
            at += 4
        if at + length > end:
            return
        _block(view, key, at, length, found)
        at += length + (length & 1)


def _block(view: ByteView, key: bytes, at: int, length: int, found: _Layers) -> None:
    if key == b"luni" and length >= 4:  # noqa: PLR2004 - its own length
        letters = min(view.u32be(at) * 2, length - 4, _LONGEST_NAME)
        name = view.take(at + 4, letters).decode("utf-16-be", "replace")
        found.add("LayerUnicodeNames", name.partition("\0")[0])
    elif key == b"lclr" and length >= 2:  # noqa: PLR2004 - one number
        found.add("LayerColors", view.u16be(at))
    elif key == b"lsct" and length >= 4:  # noqa: PLR2004 - one number
        found.add("LayerSections", view.u32be(at))
    elif key == b"shmd":
        moment = _modified(view, at, length)
        if moment:
            found.add("LayerModifyDates", moment)


def _modified(view: ByteView, at: int, length: int) -> str:
    """When a layer was changed, as its metadata tell; an empty text if they do not."""
    content = view.take(at, min(length, _LONGEST_NAME))
    where = content.find(_TIME)
    if where < 0 or where + len(_TIME) + 8 > len(content):
        return ""
    seconds = view.unpack(_DOUBLE, at + where + len(_TIME))[0]
    return _date(seconds) if 0 <= seconds <= _LAST_SECOND else ""


def _date(seconds: float) -> str:
    when = datetime.fromtimestamp(seconds, tz=UTC)
    return f"{when:%Y:%m:%d %H:%M:%S}+00:00"
