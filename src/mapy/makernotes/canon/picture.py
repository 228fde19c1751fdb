"""Canon: the file, how the picture was processed, and the sensor that it comes from."""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.explain import words
from mapy.explain.numbers import binary
from mapy.makernotes.canon import codes
from mapy.makernotes.canon.models import APS_C_OF_2005, APS_C_OF_2006
from mapy.makernotes.canon.records import record, serial_number, u16
from mapy.makernotes.fields import read_fields
from mapy.makernotes.note import Meanings
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import UNDEFINED

if TYPE_CHECKING:
    from mapy.makernotes.fields import Fields
    from mapy.makernotes.note import Note, Piece
    from mapy.tags.definition import Converter, Value

_MACRO_LENS = 124
_PER_FOLDER = 10_000


def _file_number(note: Note, tag: Tag) -> Tag | None:
    """Folder and file, whose bits some cameras put in an order of their own."""
    code = tag.raw
    if APS_C_OF_2005.search(note.model):
        folder = (code & 0xFFC0) >> 6
        return codes.plain(tag, folder * _PER_FOLDER + (code >> 16 & 0xFF) + ((code & 0x3F) << 8))
    if APS_C_OF_2006.search(note.model):
        folder = (code & 0xFFC00) >> 10
        while folder < 100:  # noqa: PLR2004 - folders begin at 100; the bits above 64 are lost
            folder += 0x40
        return codes.plain(tag, folder * _PER_FOLDER + ((code & 0x3FF) << 4) + (code >> 20 & 0x0F))
    return None


def _shutter_count(_note: Note, tag: Tag) -> Tag:
    """A count that big-endian cameras, the first two 1D, write as it is."""
    if tag.order == ">":
        return tag
    return codes.plain(tag, tag.raw >> 16 | (tag.raw & 0xFFFF) << 16)


def _magnification(tag: Tag) -> Value:
    return float(2 ** ((75 - tag.raw) * 3 / 40))


def _macro_magnification(note: Note, tag: Tag) -> Tag | None:
    if re.search(r"\b(?:40D|450D|REBEL XSi|Kiss X2)\b", note.model):
        return None
    return tag if note.seen.get("LensType") == _MACRO_LENS else None


def hyphened(value: Value) -> Value:
    """The number of a file behind that of its folder: `100-0012`."""
    text = str(value)
    return f"{text[:-4]}-{text[-4:]}" if len(text) > 4 and text.isdigit() else value  # noqa: PLR2004


@cache
def _file_info(variant: int) -> Fields:
    return record(
        "FileInfo",
        "int16s",
        Meanings(
            {
                "MacroMagnification": _magnification,
                "FocusDistanceUpper": codes.hundredths,
                "FocusDistanceLower": codes.hundredths,
            },
            {
                "FileNumber": hyphened,
                "FocusDistanceUpper": codes.distance,
                "FocusDistanceLower": codes.distance,
            },
            {
                "FileNumber": _file_number,
                "ShutterCount": _shutter_count,
                "RawJpgQuality": codes.at_least(1),
                "RawJpgSize": codes.at_least(0),
                "LongExposureNoiseReduction2": codes.at_least(0),
                "FilterEffect": codes.unless(-1),
                "ToningEffect": codes.unless(-1),
                "MacroMagnification": _macro_magnification,
                "FocusDistanceUpper": codes.keep_upper,
                "FocusDistanceLower": codes.keep_lower,
            },
        ),
        variants={"1": variant},
    )


def read_file_info(note: Note, piece: Piece) -> None:
    """Read `FileInfo`."""
    counts = re.search(r"\b1Ds? Mark II\b", note.model) or piece.order == ">"
    numbers = APS_C_OF_2005.search(note.model) or APS_C_OF_2006.search(note.model)
    layout = _file_info(2 if counts and not numbers else 0)
    read_fields(layout, note, piece.view, piece.order)


def _of_1d(note: Note, tag: Tag) -> Tag | None:
    return tag if "1D" in note.model else None


def _of_1d_or_5d(note: Note, tag: Tag) -> Tag | None:
    return tag if re.search("1D|5D", note.model) else None


@cache
def processing() -> Fields:
    """The record `Processing`."""
    return record(
        "Processing",
        "int16s",
        Meanings(
            {"DigitalGain": codes.tenths},
            {"PictureStyle": words.unknown_code},
            {"WhiteBalance": codes.at_least(0), "Sharpness": _sharpness},
        ),
    )


def _sharpness(note: Note, tag: Tag) -> Tag | None:
    """What the settings of the camera say counts, and some cameras write noise here."""
    is_told = "Sharpness" in note.seen or APS_C_OF_2005.search(note.model)
    return None if is_told else tag


@cache
def modified_info() -> Fields:
    """The record `ModifiedInfo`."""
    return record(
        "ModifiedInfo",
        "int16s",
        Meanings(
            {"ModifiedDigitalGain": codes.tenths},
            {"ModifiedPictureStyle": words.unknown_code},
            {"ModifiedSharpness": _of_1d_or_5d},
        ),
    )


@cache
def color_info() -> Fields:
    """The record `ColorInfo`."""
    return record(
        "ColorInfo",
        "int16s",
        Meanings(
            say=dict.fromkeys(("Saturation", "ColorTone"), codes.parameter),
            hooks={"Saturation": _of_1d, "ColorSpace": codes.unless(0)},
        ),
    )


@cache
def lighting() -> Fields:
    """The record `LightingOpt`."""
    return record(
        "LightingOpt",
        "int32s",
        Meanings(),
    )


def _zone(value: Value) -> Value:
    """Minutes as `+02:00`."""
    if not isinstance(value, int):
        return value
    hours, minutes = divmod(abs(value), 60)
    return f"{'-' if value < 0 else '+'}{hours:02d}:{minutes:02d}"


@cache
def time_info() -> Fields:
    """The record `TimeInfo`."""
    return record("TimeInfo", "int32s", Meanings(say={"TimeZone": _zone}))


_NOT_SET = 0x7FFFFFFF


@cache
def log_info() -> Fields:
    """The record `LogInfo`: how a film's frame was coded."""
    settings = ("Sharpness", "Saturation", "ColorTone", "ColorSpace2", "ColorMatrix")
    return record(
        "LogInfo",
        "int32s",
        Meanings(
            say=dict.fromkeys(("Saturation", "ColorTone"), codes.parameter),
            hooks=dict.fromkeys((*settings, "CanonLogVersion"), codes.unless(_NOT_SET)),
        ),
    )


@cache
def _color_balance(variant: int) -> Fields:
    return record("ColorBalance", "int16s", Meanings(), variants={"29": variant})


def read_color_balance(note: Note, piece: Piece) -> None:
    """Read `ColorBalance`."""
    is_d60 = re.search(r"EOS D60\b", note.model) is not None
    read_fields(_color_balance(int(is_d60)), note, piece.view, piece.order)


@cache
def plain(section: str, unit: str) -> Fields:
    """A record whose numbers say what they mean."""
    return record(section, unit, Meanings())


_CONTRAST = b"\x0a\0"
"""How a record of contrast begins that has the one value that is known."""


def _contrast(value: Value) -> Value:
    """A bit of a code that says more, which nobody has words for."""
    if not isinstance(value, int):
        return value
    return f"{'On' if value & 8 else 'Off'} (0x{value:02x})"


@cache
def _contrast_info() -> Fields:
    return record("ContrastInfo", "int16u", Meanings(say={"IntelligentContrast": _contrast}))


def read_contrast(note: Note, piece: Piece) -> None:
    """Read `ContrastInfo`."""
    if piece.view.take(0, min(2, len(piece.view))) == _CONTRAST:
        read_fields(_contrast_info(), note, piece.view, piece.order)


def read_preview(note: Note, piece: Piece) -> None:
    """Read where the preview stands; the record begins with its length in 32-bit numbers."""
    if u16(piece, 0) in (len(piece.view) // 4, len(piece.view) // 2):
        read_fields(_preview(), note, piece.view, piece.order)
        start, length = note.seen.get("PreviewImageStart", 0), note.seen.get("PreviewImageLength")
        if length and start and note.reading.file.has(start, length):
            picture = Definition("preview", "PreviewImage", convert=binary)
            tag = Tag("Canon", picture, UNDEFINED, length, None, start, length)
            note.add("Canon", [tag], piece.view, {})


def _from_start_of_file(note: Note, tag: Tag) -> Tag | None:
    note.seen["PreviewImageStart"] = tag.raw + note.view.start
    return tag._replace(raw=tag.raw + note.view.start)


def _keep_length(note: Note, tag: Tag) -> Tag | None:
    note.seen["PreviewImageLength"] = tag.raw
    return tag


@cache
def _preview() -> Fields:
    return record(
        "PreviewImageInfo",
        "int32u",
        Meanings(
            hooks={
                "PreviewImageStart": _from_start_of_file,
                "PreviewImageLength": _keep_length,
            }
        ),
    )


_SIZED_VERSIONS = frozenset({1, 2, 16, 32})
"""Versions whose second word is the length of the block, as it is that of the first, which is 0."""
_NOT_FIRST, _NOT_SIZED = b"\0\x40\xdc\x05", b"\x02\x50\x7c\x04"
"""How blocks begin that only look as if they were of these versions."""


def read_vignetting(note: Note, piece: Piece) -> None:
    """Read the correction of vignetting, which is known of its first version only."""
    if not piece.view.has(0, 4):
        return
    head = piece.view.take(0, 4)
    if not any(head):
        return
    is_first = not head[0] and head != _NOT_FIRST
    is_sized = is_first or (head[0] in _SIZED_VERSIONS and head != _NOT_SIZED)
    if is_sized and u16(piece, 2) != len(piece.view):
        return
    section = "VignettingCorr" if is_first else "VignettingCorrUnknown"
    read_fields(plain(section, "int16s"), note, piece.view, piece.order)


@cache
def lens_info() -> Fields:
    """The record `LensInfo`."""
    return record(
        "LensInfo",
        "undef",
        Meanings({"LensSerialNumber": serial_number}, hooks={"LensSerialNumber": _is_number}),
    )


def _is_number(_note: Note, tag: Tag) -> Tag | None:
    return tag if isinstance(tag.raw, bytes) and tag.raw.strip(b"\0") else None


def _tenths(tag: Tag) -> Value:
    return float(tag.raw / 10)


def _degrees(sign: int) -> Converter:
    """Tenths of a degree, 0..3600, as degrees in -180..180."""

    def convert(tag: Tag) -> Value:
        turned = tag.raw - 3600 if tag.raw > 1800 else tag.raw  # noqa: PLR2004 - a whole, a half turn
        return float(sign * turned / 10)

    return convert


@cache
def level_info() -> Fields:
    """The record `LevelInfo`."""
    lengths = ("FocalLength", "MinFocalLength2", "MaxFocalLength2")
    convert = dict.fromkeys(lengths, _tenths)
    meanings = Meanings(
        {**convert, "RollAngle": _degrees(-1), "PitchAngle": _degrees(1)},
        dict.fromkeys(lengths, words.millimetres),
    )
    return record("LevelInfo", "int32s", meanings)
