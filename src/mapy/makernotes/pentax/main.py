"""The main IFD of Pentax's note."""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.explain import numbers
from mapy.makernotes.note import Meanings, ifd_table
from mapy.makernotes.pentax import battery, mark_iii, records, values
from mapy.makernotes.pentax.words import LISTS, SAY
from mapy.tags import makers
from mapy.tiff_types import PLAIN, number_text

if TYPE_CHECKING:
    from mapy.makernotes.note import Handler, Hook, IfdTable, Note
    from mapy.model import Tag
    from mapy.tags.definition import Converter, Names, Value

GROUP = "Pentax"
_PREVIEW_START = 4
_ISO_AUTO = 0x007A


def _keep(note: Note, tag: Tag) -> Tag:
    note.seen[tag.name] = tag.raw
    return tag


def _known_temperature(_note: Note, tag: Tag) -> Tag | None:
    return tag if tag.raw else None


def _faces_found(note: Note, tag: Tag) -> Tag:
    """How many faces there are, which some cameras tell here alone."""
    if isinstance(tag.raw, (tuple, bytes)) and len(tag.raw) > 1:
        note.seen["FacesDetected"] = tag.raw[1]
    return tag


_ALL_BITS = 0xFFFFFFFF
_SHUTTER_BYTES = 4


def _shutter_count(note: Note, tag: Tag) -> Tag | None:
    """The count, which is enciphered with the date and the time."""
    raw, date, time = tag.raw, note.seen.get("Date"), note.seen.get("Time")
    if not (isinstance(raw, bytes) and isinstance(date, bytes) and isinstance(time, bytes)):
        return None
    if len(raw) != _SHUTTER_BYTES:
        return None
    day = int.from_bytes(date[:4], "big")
    hour = int.from_bytes((time[:3] + b"\0")[:4], "big")
    count = int.from_bytes(raw, "big") ^ day ^ (_ALL_BITS - hour)
    return tag._replace(raw=count, type=PLAIN)


def _signed_16(tag: Tag) -> Value:
    return int((tag.raw ^ 0x8000) - 0x8000 if tag.raw >= 0 else tag.raw)


def _lv(tag: Tag) -> Value:
    """EV in steps of 1/1024, whatever type the camera declares."""
    raw = _signed_16(tag) if tag.count == 1 and isinstance(tag.raw, int) else tag.raw
    return values.scaled(1024)(tag._replace(raw=raw))


def _flash_compensation(tag: Tag) -> Value:
    """EV in 1/256, or in 1/6 of cameras with two flashes."""
    if isinstance(tag.raw, int):
        return values.scaled(256)(tag)
    return values.first_scaled(6)(tag)


def _bracketing(tag: Tag) -> Value:
    """Steps in EV: thirds, halves from 10, fractions of a whole step from 0x1000 and 0x2000."""
    first, *rest = tag.raw if isinstance(tag.raw, tuple) else (tag.raw,)
    step: float | str = first
    if first < 10:  # noqa: PLR2004 - thirds
        step = first / 3
    elif first < 20:  # noqa: PLR2004 - halves
        step = first - 9.5
    else:
        for unit, parts in ((0x1000, 2), (0x2000, 3)):
            if first & unit:
                step = f"{first - unit}/{parts}"
                break
    said = [step if isinstance(step, str) else number_text(step), *map(str, rest)]
    return step if not rest else " ".join(said)


def _slowest(tag: Tag) -> Value:
    """How the longest exposure is chosen, and seconds, which are set in steps; 0 for none."""
    if isinstance(tag.raw, int):
        return tag.raw
    kind, speed = tag.raw
    seconds = 2 ** -values.steps(speed - 68) if speed else 0
    return f"{kind} {number_text(seconds)}"


_TENTHS = re.compile(r"Optio (30|33WR|43WR|450|550|555|750Z|X)\b")


def _focal_length(note: Note, tag: Tag) -> Tag:
    """Millimetres in 1/100; some Optios write 1/10."""
    if not _TENTHS.search(note.model):
        return tag
    return tag._replace(definition=tag.definition._replace(convert=values.scaled(10)))


_CONVERT: dict[str, Converter] = {
    "Date": values.date,
    "Time": values.time,
    "ExposureTime": values.scaled(100_000),
    "FNumber": values.scaled(10),
    "LightReading": _signed_16,
    "ExposureCompensation": values.first_scaled(10, 50),
    "SensitivityAdjust": values.scaled(10, 50),
    "FocalLength": values.scaled(100),
    "DigitalZoom": values.scaled(100),
    "BlueBalance": values.scaled(256),
    "RedBalance": values.scaled(256),
    "DSPFirmwareVersion": values.firmware,
    "CPUFirmwareVersion": values.firmware,
    "EffectiveLV": _lv,
    "ImageEditing": numbers.listed_bytes,
    "SensorSize": values.scaled(500),
    "FlashExposureComp": _flash_compensation,
    "AutoBracketing": _bracketing,
    "ISOAutoMinSpeed": _slowest,
    **{
        f"ColorTemp{name}": values.color_temperature
        for name in (
            "Daylight", "Shade", "Cloudy", "Tungsten", "FluorescentD", "FluorescentN",
            "FluorescentW", "Flash",
        )
    },
    "DynamicRangeExpansion": numbers.listed_bytes,
    "ColorTemperature": lambda tag: 53190 - tag.raw,
    **dict.fromkeys(("DataDump", "ToneCurve", "ToneCurves"), numbers.binary),
    "ColorMatrixA": values.scaled(8192),
    "ColorMatrixB": values.scaled(8192),
    "ColorMatrixA2": values.matrix,
    "ColorMatrixB2": values.matrix,
    "CrossProcessParams": numbers.listed_bytes,
    "AEMeteringSegments": numbers.listed_bytes,
    "FlashMeteringSegments": numbers.listed_bytes,
    "SlaveFlashMeteringSegments": numbers.listed_bytes,
}  # fmt: skip


@cache
def _point_names() -> tuple[Names | None, ...]:
    rows = makers.section("pentax", "Main").rows
    return tuple(row.names for row in rows if row.name == "AFPointSelected")


_POINTS_OF_MODELS = ((r"K-1\b|645Z", 0), (r"(K-(3|70|S1|S2)|KP)\b(?! Mark III)", 1))
_ELEVEN_POINTS = 2


def _point_of_model(note: Note, tag: Tag) -> Tag:
    """The points are numbered by the sensor: most cameras have eleven."""
    which = next((row for model, row in _POINTS_OF_MODELS if re.search(model, note.model)), None)
    names = _point_names()[_ELEVEN_POINTS if which is None else which]
    return tag._replace(definition=tag.definition._replace(one_of=names))


_WITH_BITS = re.compile(r"K-(3|S1|S2)\b")
"""Cameras that tell the points in focus by a bit each."""


@cache
def _names_in_focus() -> tuple[Names | None, ...]:
    rows = makers.section("pentax", "Main").rows
    return tuple(row.names for row in rows if row.number == _IN_FOCUS)


_IN_FOCUS = 0x000F


def _points_in_focus(note: Note, tag: Tag) -> Tag:
    """The points in focus, which newer sensors tell by bits."""
    if tag.id != _IN_FOCUS:
        return tag
    names = _names_in_focus()[0 if _WITH_BITS.search(note.model) else 1]
    return tag._replace(definition=tag.definition._replace(one_of=names))


_HOOKS: dict[str, Hook] = {"Date": _keep, "Time": _keep, "ShutterCount": _shutter_count,
    "FocalLength": _focal_length, "ColorTemperature": _known_temperature,
    "AFPointSelected": _point_of_model, "FaceDetect": _faces_found,
    "AFPointsInFocus": _points_in_focus,
}  # fmt: skip
_HANDLERS: dict[int, Handler] = {
    0x003F: records.big("LensRec"),
    0x005C: records.shake,
    0x0060: records.big("FaceInfo"),
    0x0068: records.big("AWBInfo"),
    0x006B: records.big("TimeInfo"),
    0x007D: records.big("LensCorr"),
    0x0205: records.settings,
    0x0206: records.exposure,
    0x0207: records.lens,
    0x0208: records.flash,
    0x0215: records.own("CameraInfo"),
    0x0216: battery.read,
    0x021F: records.big("AFInfo"),
    0x0221: records.own("KelvinWB"),
    0x0222: records.big("ColorInfo"),
    0x0224: records.big("EVStepInfo"),
    0x0226: records.big("ShotInfo"),
    0x0227: records.own("FacePos"),
    0x0228: records.own("FaceSize"),
    0x022A: records.effects,
    0x022B: records.level,
    0x022D: records.levels,
    0x0238: records.contrast_points,
    0x0239: records.big("LensInfoQ"),
    0x0243: records.big("PixelShiftInfo"),
    0x0245: records.phase_points,
    0x03FF: records.temperatures,
    0x040B: mark_iii.faces,
    0x040C: mark_iii.focus,
}


@cache
def newer() -> IfdTable:
    """The table of the notes that have a signature."""
    table = ifd_table("pentax", "Main", Meanings(_CONVERT, SAY, _HOOKS, _HANDLERS, LISTS))
    speed = table.definitions[_ISO_AUTO]._replace(name="ISOAutoMinSpeed")
    table = table._replace(definitions={**table.definitions, _ISO_AUTO: speed})
    return table._replace(places=frozenset({_PREVIEW_START}))


@cache
def oldest() -> IfdTable:
    """The table of the first Optios, whose notes have none."""
    return ifd_table("pentax", "Type2", Meanings())
