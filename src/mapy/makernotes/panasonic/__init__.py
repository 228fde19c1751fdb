"""Panasonic, and Leica cameras of each family."""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.explain import numbers, words
from mapy.makernotes.fields import fields, read_fields, reads
from mapy.makernotes.note import Meanings, ifd_table
from mapy.makernotes.panasonic import leica, values
from mapy.tags import makers
from mapy.tags.maker_tables import definition

if TYPE_CHECKING:
    from mapy.makernotes.note import Hook, IfdTable, Note
    from mapy.model import Tag
    from mapy.tags.definition import Definition

_IFD_AT = 12
_OWN_OFFSETS = "DC-FT7"
"""The one camera whose offsets count from behind the TIFF header."""
_CONTRAST_MODE = (
    (re.compile(r"DMC-(?:FX10|G1|L1|L10|LC80)"), 3),
    (re.compile(r"DMC-(?:GF\d+|G2)"), 1),
    (re.compile(r"DMC-(?:TZ10|ZS7)"), 2),
)
_CONTRAST_ELSE, _CONTRAST_NUMBER = 0, 3


@cache
def _variants(number: str) -> dict[int, Definition]:
    rows = makers.section("panasonic", "Main").rows
    return {row.variant: definition(row, _MEANINGS) for row in rows if row.id == number}


def _contrast_mode(note: Note, tag: Tag) -> Tag:
    """The cameras' lists differ."""
    model = note.model.strip()
    others = _CONTRAST_NUMBER if model.startswith("DC-") else _CONTRAST_ELSE
    variant = next((n for pattern, n in _CONTRAST_MODE if pattern.fullmatch(model)), others)
    return tag._replace(definition=_variants("44")[variant])


def _area_mode(note: Note, tag: Tag) -> Tag:
    variant = 0 if note.model.strip() == "DMC-FZ10" else 1
    return tag._replace(definition=_variants("15")[variant])


def _serial_number(_note: Note, tag: Tag) -> Tag:
    """It tells the day only where it stands at the start of its field."""
    if isinstance(tag.raw, bytes) and tag.raw.startswith(b"\0"):
        return tag._replace(definition=tag.definition._replace(say=None))
    return tag


def _counts(name: str) -> Hook:
    """A hook that keeps how many faces there are."""

    def hook(note: Note, tag: Tag) -> Tag:
        note.seen[name] = tag.raw
        return tag

    return hook


def _of(name: str, number: int) -> Hook:
    """A hook that leaves out what is told of a face that there is not."""

    def hook(note: Note, tag: Tag) -> Tag | None:
        return tag if note.seen.get(name, 0) >= number else None

    return hook


_FACES = Meanings(
    hooks={
        "NumFacePositions": _counts("NumFacePositions"),
        **{f"Face{n}Position": _of("NumFacePositions", n) for n in range(1, 6)},
    }
)
_KNOWN_FACES = Meanings(
    hooks={
        "FacesRecognized": _counts("FacesRecognized"),
        **{
            f"RecognizedFace{n}{what}": _of("FacesRecognized", n)
            for n in range(1, 4)
            for what in ("Name", "Position", "Age")
        },
    }
)
_TIME = Meanings(
    convert={"PanasonicDateTime": values.moment}, hooks={"PanasonicDateTime": values.is_told}
)
_MEANINGS = Meanings(
    convert={
        "InternalSerialNumber": values.without_nuls,
        "FirmwareVersion": values.version,
        "WhiteBalanceBias": values.thirds,
        "FlashBias": values.thirds,
        "TimeSincePowerOn": values.hundredths,
        "Contrast": values.signed,
        "Saturation": values.signed,
        "Sharpness": values.signed,
        "WBShiftAB": values.signed,
        "WBShiftGM": values.signed,
        "WBShiftIntelligentAuto": values.signed,
        "WBShiftCreativeControl": values.signed_byte,
        "LensFirmwareVersion": values.listed,
        "Transform": values.signed_pair,
        "ManometerPressure": values.tenths,
        "AccelerometerZ": values.signed,
        "AccelerometerX": values.signed,
        "AccelerometerY": values.signed,
        "RollAngle": values.tenths,
        "PitchAngle": values.tenths_reversed,
        "FilterEffect": values.pair_of_rational,
        "LensTypeModel": values.half_bytes,
    },
    say={
        "FirmwareVersion": words.dotted,
        "LensFirmwareVersion": words.dotted,
        "WhiteBalanceBias": words.fraction,
        "FlashBias": words.fraction,
        "InternalSerialNumber": values.serial_number,
        "VideoFrameRate": values.as_is,
        "TimeSincePowerOn": values.duration,
        "BabyAge": values.no_date,
        "TravelDay": values.not_applicable,
        "ProgramISO": values.as_is,
        "Contrast": values.step,
        "Saturation": values.step,
        "Sharpness": values.step,
        "AFPointPosition": values.position,
        "ManometerPressure": values.pressure,
    },
    hooks={
        "AFAreaMode": _area_mode,
        "ContrastMode": _contrast_mode,
        "InternalSerialNumber": _serial_number,
        "ManometerPressure": values.is_known,
        "LensTypeMake": values.is_known,
        "LensTypeModel": values.is_set,
        "ISO": values.is_known,
    },
    names={"Contrast": None, "Saturation": None, "Sharpness": None},
)


@cache
def main() -> IfdTable:
    """The IFD of Panasonic, which some cameras of Leica have too."""
    table = ifd_table("panasonic", "Main", _MEANINGS)
    handlers = {
        0x004E: reads(fields("panasonic", "FaceDetInfo", "int16u", _FACES)),
        0x0061: reads(fields("panasonic", "FaceRecInfo", "int8u", _KNOWN_FACES)),
        0x2003: reads(fields("panasonic", "TimeInfo", "int8u", _TIME)),
    }
    return table._replace(handlers=handlers)


def parse(note: Note) -> None:
    """Read the note."""
    head = note.block.take(0, min(len(note.block), 16))
    if head.startswith(b"MKE"):
        record = fields("panasonic", "Type2", "int16u", Meanings(convert={"Gain": numbers.plain}))
        read_fields(record, note, note.block, "<")
    elif head.startswith(b"Panasonic\0"):
        order = note.order_at(note.at + _IFD_AT)
        if note.model.startswith(_OWN_OFFSETS):
            view = note.view.sub(_IFD_AT, len(note.view) - _IFD_AT)
            note.ifd(main(), note.at, view=view, order=order)
        else:
            note.ifd(main(), note.at + _IFD_AT, order=order)
    else:
        leica.parse(note, head, main)
