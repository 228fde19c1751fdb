"""The edits of Canon's Digital Photo Professional from version 2 on, and of version 4.

The second layout continues the first one, with a block of any length in its midst. The fourth is
a directory: of each edit a number, a type, flags, where its value lies and how long it is.
"""

from __future__ import annotations

from functools import cache
import math
from struct import Struct
from typing import TYPE_CHECKING

from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.canon_vrd import EDITS
from mapy.tags.definition import Definition
from mapy.tags.maker_tables import ValueMeanings, record
from mapy.tiff_types import ASCII, DOUBLE, LONG, SLONG, UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.records import Record
    from mapy.tags.definition import Converter, Formatter, Value

GROUP, GROUP_4 = "CanonVRD", "CanonDR4"
_FIRST_SIZE = 0x0272
_STYLE = 88
"""The place of a block of any length, in words; all behind it is shifted by that."""
_LENS = 0xE0
"""The place of what is there of a lens, if there is something, in words; the same goes for it."""
_LENS_HEAD, _LENS_DATA = 22, 20
"""Bytes beside its data, and the place of the data."""
_NEW_NOISE = 330
"""The version from which on the strength of noise reduction has other words."""
_UNTOLD = 0x7FFF
_RAW_STYLES = (
    "Standard", "Portrait", "Landscape", "Neutral", "Faithful", "Monochrome", "Unknown", "Custom",
)  # fmt: skip


def _over(divisor: float) -> Converter:
    def convert(tag: Tag) -> Value:
        value = tag.raw / divisor
        return int(value) if value == int(value) else float(value)

    return convert


def _distance(tag: Tag) -> Value:
    return float(1 - tag.raw / 0x400)


def _percent(value: Value) -> Value:
    return f"{value * 100:.0f}%" if isinstance(value, int | float) else value


def _short(value: Value) -> Value:
    return f"{value:g}" if isinstance(value, int | float) else value


_CORRECTIONS = ("ChromaticAberration", "DistortionCorrection", "PeripheralIllumination")
_DISTANCES = ("AberrationCorrectionDistance", "DLOShootingDistance")
_TENTHS = tuple(f"{style}Raw{part}" for style in _RAW_STYLES for part in ("Highlight", "Shadow"))
_MEANINGS = ValueMeanings(
    convert={
        **dict.fromkeys(_CORRECTIONS, _over(0x400)),
        **dict.fromkeys(_DISTANCES, _distance),
        **dict.fromkeys((*_TENTHS, "LuminanceNR_TIFF_JPEG"), _over(10)),
        "AngleAdj": _over(100),
    },
    say=dict.fromkeys((*_CORRECTIONS, *_DISTANCES), _percent),
)


def read_edits(view: ByteView, reading: Reading) -> None:
    """Read the edits of versions 1 to 3: three parts, of which the second tells its length.

    Raises:
        OutOfBounds: the first part is cut short.
    """
    whole = view.sub(4, min(view.u32be(0), len(view) - 4))
    tags = EDITS.tags(whole.sub(0, min(_FIRST_SIZE, len(whole))))
    reading.add(GROUP, tags, whole.span(0, len(whole)))
    version = next((tag.raw for tag in tags if tag.name == "VRDVersion"), 0)
    if not whole.has(_FIRST_SIZE, 4):
        return
    stamps = min(whole.u32be(_FIRST_SIZE), len(whole) - _FIRST_SIZE - 4)
    at = _FIRST_SIZE + 4
    if stamps >= 4:  # noqa: PLR2004 - a number of 32 bits
        found = record("canonvrd", "StampTool", "int32u", ValueMeanings())
        reading.add(GROUP, found.tags(whole.sub(at, 4), ">"), whole.span(at, 4))
    at += stamps
    _second(whole.sub(at, len(whole) - at), version, reading)


@cache
def _layouts(is_new: bool) -> tuple[Record, Record, Record]:  # noqa: FBT001 - the key of a cache
    """The second layout: up to the block of any length, up to the lens' data, and behind them."""
    layout = record("canonvrd", "Ver2", "int16s", _MEANINGS)
    rows = makers.section("canonvrd", "Ver2").rows
    newer = {row.name: Definition(row.id, row.name, row.names) for row in rows if row.variant}
    fields = layout.fields
    if is_new:
        fields = tuple(
            [
                field._replace(definition=newer.get(field.definition.name, field.definition))
                for field in fields
            ]
        )
    style, lens = 2 * _STYLE, 2 * _LENS
    return (
        layout.of(field for field in fields if field.offset < style),
        layout.of(field for field in fields if style < field.offset < lens),
        layout.of(field for field in fields if field.offset > lens),
    )


def _second(view: ByteView, version: int, reading: Reading) -> None:
    shift = view.u16be(2 * _STYLE) if view.has(2 * _STYLE, 2) else 0
    until_style, until_lens, rest = _layouts(version >= _NEW_NOISE)
    tags = until_style.tags(view, ">")
    if shift and view.has(2 * _STYLE, shift + 2):
        means = Definition(_STYLE, "CustomPictureStyleData", convert=binary)
        place = view.start + 2 * _STYLE
        tags.append(Tag(GROUP, means, UNDEFINED, shift + 2, None, place, shift + 2))
    behind = _from(view, shift)
    told = until_lens.tags(behind, ">")
    values = {tag.name: tag.raw for tag in told}
    if values.get("DLOOn"):
        size = values.get("DLODataLength", 0)
        told += _lens(_from(behind, 2 * _LENS), size)
        behind = _from(behind, size + _LENS_HEAD)
    told += rest.tags(behind, ">")
    tags += [tag for tag in told if not (tag.name in _DISTANCES and tag.raw == _UNTOLD)]
    reading.add(GROUP, tags, view.span(0, len(view)))


def _from(view: ByteView, at: int) -> ByteView:
    """What there is from a place on."""
    at = min(at, len(view))
    return view.sub(at, len(view) - at)


def _lens(view: ByteView, size: int) -> list[Tag]:
    """What a lens was corrected by (Digital Lens Optimizer); of its data the place alone."""
    layout = record("canonvrd", "DLOInfo", "int16s", ValueMeanings())
    tags = layout.of(field for field in layout.fields if field.offset < _LENS_DATA).tags(view, ">")
    there = min(size, len(view) - _LENS_DATA)
    if there > 0:
        means = Definition(_LENS_DATA // 2, "DLOData", convert=binary)
        place = view.start + _LENS_DATA
        tags.append(Tag(GROUP, means, UNDEFINED, there, None, place, there))
    return tags


_HEAD, _ENTRY_BYTES = 36, 28
_COUNT_AT = 28
_MOST = 1_000
_KINDS = {
    1: ("I", LONG), 8: ("I", LONG), 33: ("I", LONG), 9: ("i", SLONG), 24: ("i", SLONG),
    13: ("d", DOUBLE), 38: ("d", DOUBLE),
}  # fmt: skip
_TEXT = 2
_PARTS = {
    0x20400: ("ToneCurve", "int32u"),
    0x20A00: ("GammaInfo", "double"),
    0xF0100: ("CropInfo", "int32s"),
    0xF0510: ("StampInfo", "int32u"),
    0xF0511: ("DustInfo", "int32u"),
}
"""Numbers whose value is a record."""


def _stops(zero: float) -> Converter:
    """EV from a point of the curve."""

    def convert(tag: Tag) -> Value:
        if tag.raw <= 0:
            return 0 if zero > 0 else float(tag.raw)
        value = math.log2(tag.raw / 4.6875) + zero
        return value if abs(value) > 1e-10 else 0  # noqa: PLR2004 - as good as none

    return convert


def _signed(value: Value) -> Value:
    return f"{value:+.3f}" if isinstance(value, int | float) else value


def _behind_first(value: Value) -> Value:
    return value.partition(" ")[2] if isinstance(value, str) else value


_POINTS = ("GammaBlackPoint", "GammaWhitePoint", "GammaMidPoint")
_CORRECTIONS_4 = (
    *("PeripheralIllumination", "ChromaticAberration", "DistortionCorrection"),
    *("ChromaticAberrationRed", "ChromaticAberrationBlue"),
)
_SAY_4: dict[str, Formatter] = {
    **dict.fromkeys(_CORRECTIONS_4, _short),
    **dict.fromkeys(_POINTS, _signed),
    "ShootingDistance": _percent,
    "WBAdjRGGBLevels": _behind_first,
}
_MEANINGS_4 = ValueMeanings(
    convert={
        "ShootingDistance": _over(10),
        **dict(zip(_POINTS, map(_stops, (1, -11.77109325169954, -8)), strict=True)),
    },
    say=_SAY_4,
)


@cache
def _definitions() -> dict[str, Definition]:
    """By number, or by number and flag: `0x20310.0`."""
    found: dict[str, Definition] = {}
    for row in makers.section("canonvrd", "DR4").rows:
        convert = binary if row.is_binary else _MEANINGS_4.convert.get(row.name)
        say = _SAY_4.get(row.name)
        found[row.id] = Definition(row.id, row.name, row.names, convert, say)
    return found


def read_directory(view: ByteView, reading: Reading) -> None:
    """Read the edits of version 4, in the byte order that the directory begins with.

    Raises:
        OutOfBounds: the directory is cut short.
    """
    order = {b"II": "<", b"MM": ">"}.get(view.take(0, 2))
    if order is None:
        return
    word, entry = Struct(order + "I"), Struct(order + "7I")
    model = record("canonvrd", "DR4Header", "int32u", ValueMeanings())
    tags = model.tags(view.sub(0, min(len(view), _HEAD)), order)
    for number in range(min(view.unpack(word, _COUNT_AT)[0], _MOST)):
        at = _HEAD + number * _ENTRY_BYTES
        if not view.has(at, _ENTRY_BYTES):
            break
        reading.budget.spend("datasets")
        key, kind, *flags, place, size = view.unpack(entry, at)
        if place + size >= len(view):
            continue
        value = view.sub(place, size)
        if key in _PARTS:
            section, unit = _PARTS[key]
            part = record("canonvrd", section, unit, _MEANINGS_4)
            reading.add(GROUP_4, part.tags(value, order), value.span(0, size))
        else:
            tags += _edit(key, kind, value, order)
        tags += _flags(key, flags, view.start + at + 8)
    reading.add(GROUP_4, tags, view.span(0, len(view)))


def _edit(key: int, kind: int, value: ByteView, order: str) -> list[Tag]:
    """The tag of an edit that is known, with its numbers or its text."""
    means = _definitions().get(str(key))
    size = len(value)
    if means is None or not size:
        return []
    if kind in _KINDS:
        code, tiff_type = _KINDS[kind]
        width = Struct(order + code).size
        numbers = value.unpack(Struct(f"{order}{size // width}{code}"), 0)
        if not numbers:
            return []
        raw = numbers if len(numbers) > 1 else numbers[0]
        return [Tag(GROUP_4, means, tiff_type, len(numbers), raw, value.start, size, order)]
    if kind == _TEXT:
        return [Tag(GROUP_4, means, ASCII, size, value.take(0, size), value.start, size)]
    shown = means if means.convert is not None else means._replace(convert=_digits)
    return [Tag(GROUP_4, shown, UNDEFINED, size, value.take(0, size), value.start, size)]


def _digits(tag: Tag) -> Value:
    """Bytes of no known type, as digits."""
    return str(tag.raw.hex())


def _flags(key: int, flags: list[int], at: int) -> list[Tag]:
    """The tags of flags that are known."""
    known = _definitions()
    names = [f"0x{key:x}.{number}" for number in range(len(flags))]
    return [
        Tag(GROUP_4, known[name], LONG, 1, flag, at + 4 * number, 4)
        for number, (name, flag) in enumerate(zip(names, flags, strict=True))
        if name in known
    ]
