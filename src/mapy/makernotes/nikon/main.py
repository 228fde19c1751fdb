"""Nikon's main directory: what its numbers mean, and the records that it leads to."""

from __future__ import annotations

import re
from struct import Struct
from typing import TYPE_CHECKING

from mapy.explain import numbers, words
from mapy.makernotes.nikon import values
from mapy.makernotes.nikon.capture import capture_data, icc_profile
from mapy.makernotes.nikon.focus import focus_info, focus_points
from mapy.makernotes.nikon.previews import capture_offsets, menu_settings, preview, scan
from mapy.makernotes.nikon.records import Shape, add, by_version, record
from mapy.makernotes.nikon.shots import shot_info
from mapy.makernotes.note import Meanings, ifd_table
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.makernotes.note import IfdTable, Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Names, Value


def _keep_mode(note: Note, tag: Tag) -> Tag:
    """Keep the shutter mode: settings depend on it."""
    note.seen[tag.name] = tag.raw
    return tag


def _keep_serial(note: Note, tag: Tag) -> Tag:
    """Keep the serial number: it starts the cipher."""
    value = numbers.plain(tag)
    note.seen.setdefault("SerialNumber", value if isinstance(value, str) else str(value))
    return tag


def _keep_count(note: Note, tag: Tag) -> Tag:
    """Keep the shutter count: it starts the cipher."""
    if isinstance(tag.raw, int):
        note.seen.setdefault("ShutterCount", tag.raw)
    return tag


def _unless_0(_note: Note, tag: Tag) -> Tag | None:
    return tag if tag.raw else None


_CLOCK = {"<": Struct("<H5B"), ">": Struct(">H5B")}


def file_info(note: Note, piece: Piece) -> None:
    """Read the record of the file, in the byte order in which folder and file are numbers of some.

    Where both will do, or none, the camera decides.
    """
    view = piece.view
    order = "<" if _LITTLE_FILE_INFO.match(note.model) else ">"
    if view.has(_DIRECTORY, 4):
        fits = [each for each, numbers in _NUMBERS.items() if _is_file(view, numbers)]
        if len(fits) == 1:
            order = fits[0]
    add(note, piece.entry.id, record("FileInfo", "int16u"), view, order)


_LITTLE_FILE_INFO = re.compile(r"NIKON (D4S|D750|D810|D3300|D5200|D5300|D5500|D7100)$")
_DIRECTORY, _DIRECTORIES, _FILES = 6, range(100, 1000), range(10_000)
_NUMBERS = {"<": Struct("<HH"), ">": Struct(">HH")}


def _is_file(view: ByteView, numbers: Struct) -> bool:
    directory, file = view.unpack(numbers, _DIRECTORY)
    return directory in _DIRECTORIES and file in _FILES


def _date(tag: Tag) -> Value:
    """A date and a time of day: year, month, day, hour, minute, second."""
    parts = _CLOCK[tag.order].unpack_from(tag.raw)
    return "{:04d}:{:02d}:{:02d} {:02d}:{:02d}:{:02d}".format(*parts)


def _without_trailing_zeros(tag: Tag) -> Value:
    """A history: the zeros behind its end are nothing."""
    raw = tag.raw if isinstance(tag.raw, tuple) else (tag.raw,)
    last = max((place for place, code in enumerate(raw) if code), default=0)
    kept = raw[: last + 1]
    return kept[0] if len(kept) == 1 else " ".join(map(str, kept))


def _history(value: Value) -> Value:
    codes = str(value).split()
    return "; ".join(_RETOUCHES.get(int(code), f"Unknown ({code})") for code in codes)


_LENS_BITS = ("MF", "D", "G", "VR", "1", "FT-1", "E", "AF-P")


def _lens_type(value: Value) -> Value:
    """The kinds of a lens, as their names stand on it: `G VR`, `E AF-P`."""
    bits = int(values.number(value))
    if not bits:
        return "AF"
    names = [name for place, name in enumerate(_LENS_BITS) if bits >> place & 1]
    names += [f"[{place}]" for place in range(len(_LENS_BITS), 32) if bits >> place & 1]
    if "D" in names and "G" in names:
        names.remove("D")
    if "E" in names[1:]:
        names.remove("E")
        names = ["E", *(names[1:] if names[0] == "G" else names)]
    if "1" in names[1:]:
        names.remove("1")
        names.insert(0, "1")
    if "FT-1" in names[:-1]:
        names.remove("FT-1")
        names.append("FT-1")
    return " ".join(names)


_DRIVES = {1: "Continuous", 2: "Delay", 4: "PC Control", 8: "Self-timer", 16: "Exposure Bracketing"}
_DRIVES |= {32: "Auto ISO", 64: "White-Balance Bracketing", 128: "IR Control"}
_DRIVES |= {256: "D-Lighting Bracketing", 2048: "Pre-capture"}
_NOT_SINGLE = 0x87
"""Modes that are no single frame."""


_D70 = re.compile(r"D70\b")


def _drive(note: Note, tag: Tag) -> Tag:
    """The shooting mode, of which the D70 means something else by one bit."""
    if not _D70.search(note.model):
        return tag
    return tag._replace(definition=tag.definition._replace(say=_shooting_mode_of_d70))


def _shooting_mode_of_d70(value: Value) -> Value:
    return str(_shooting_mode(value)).replace("Auto ISO", "Unused LE-NR Slowdown")


def _shooting_mode(value: Value) -> Value:
    bits = int(values.number(value))
    names = [] if bits & _NOT_SINGLE else ["Single-Frame"]
    names += [_DRIVES.get(1 << place, f"[{place}]") for place in range(16) if bits >> place & 1]
    return ", ".join(names)


def _crop(value: Value) -> Value:
    """The kind of a crop, with its sizes."""
    parts = str(value).split()
    if len(parts) != 7:  # noqa: PLR2004 - kind, sizes before and after, place
        return f"Unknown ({value})"
    name = _CROPS.get(int(parts[0]), f"Unknown ({parts[0]})")
    return "{0} ({2}x{3} cropped to {4}x{5} at pixel {6},{7})".format(name, *parts)


def _micrometres(value: Value) -> Value:
    return f"{value.replace(' ', ' x ')} um" if isinstance(value, str) else value


def _bracket(value: Value) -> Value:
    return f"{values.number(value):.1f}"


_FRACTION = values.fraction_of_bytes
_TITLES = tuple(  # blanks part the names
    "ColorMode Quality WhiteBalance Sharpness FocusMode FlashSetting FlashType ISOSelection "  # noqa: SIM905 - a list of 23
    "ImageProcessing ImageAdjustment ToneComp AuxiliaryLens ColorHue SceneMode LightSource "
    "NoiseReduction SceneAssist ImageOptimization Saturation VariProgram ImageStabilization "
    "AFResponse ToningEffect".split()
)
_NOT_SHOWN = {0x0E01, 0x0E1D}
"""Blocks for the maker's own programs."""
PICTURE_CONTROL = by_version(
    Shape("01", "PictureControl"),
    Shape("02", "PictureControl2"),
    Shape("03", "PictureControl3"),
    Shape("", "PictureControlUnknown"),
)
_OLD_BALANCES = by_version(Shape("", "ColorBalanceA", "int16u", order=">"))
_BALANCES = {
    b"NRW 0100": by_version(Shape("", "ColorBalanceB")),
    b"NRW ": by_version(Shape("", "ColorBalanceC")),
}
"""By how the record begins."""
_OLD_BYTES = 2560


def _balances_of_compact(note: Note, piece: Piece) -> None:
    """The white balances of compact cameras."""
    if len(piece.view) == _OLD_BYTES:
        _OLD_BALANCES(note, piece)
        return
    head = piece.view.take(0, min(len(piece.view), 8))
    for begins, handler in _BALANCES.items():
        if head.startswith(begins):
            handler(note, piece)
            return


_RETOUCHED, _NOT_KNOWN = (
    by_version(Shape("", "RetouchInfo")), by_version(Shape("", "RetouchVersion")),
)  # fmt: skip
_SINCE = b"0200"


def _retouches(note: Note, piece: Piece) -> None:
    """How the camera changed a picture, which is known since version 2."""
    version = piece.view.take(0, min(len(_SINCE), len(piece.view)))
    (_RETOUCHED if version >= _SINCE else _NOT_KNOWN)(note, piece)


_SHORT_RANGE = 6
_HIGH_RANGES = by_version(Shape("", "HDRInfo")), by_version(Shape("", "HDRInfo2"))


def _high_range(note: Note, piece: Piece) -> None:
    """How pictures of several exposures became one: a longer record, and a shorter one."""
    _HIGH_RANGES[len(piece.view) == _SHORT_RANGE](note, piece)


MEANINGS = Meanings(
    convert={
        "MakerNoteVersion": values.version,
        "ProgramShift": _FRACTION,
        "ExposureDifference": _FRACTION,
        "FlashExposureComp": _FRACTION,
        "ExternalFlashExposureComp": _FRACTION,
        "FlashExposureBracketValue": _FRACTION,
        "ExposureTuning": _FRACTION,
        "LensFStops": values.unsigned_fraction_of_bytes,
        "PowerUpTime": _date,
        "RetouchHistory": _without_trailing_zeros,
    },
    say={
        **dict.fromkeys(_TITLES, values.title_case),
        "MakerNoteVersion": values.said_version,
        "ISO": values.said_iso,
        "ISOSetting": values.listed,
        "ProgramShift": words.fraction,
        "ExposureDifference": values.with_sign,
        "FlashExposureComp": words.fraction,
        "ExternalFlashExposureComp": values.with_sign_or_fraction,
        "FlashExposureBracketValue": _bracket,
        "ExposureBracketValue": words.fraction,
        "ExposureTuning": words.fraction,
        "LensFStops": values.stops,
        "LensType": _lens_type,
        "Lens": words.lens,
        "ShootingMode": _shooting_mode,
        "CropHiSpeed": _crop,
        "SensorPixelSize": _micrometres,
        "RetouchHistory": _history,
    },
    hooks={
        "SerialNumber": _keep_serial,
        "ShutterCount": _keep_count,
        "ShutterMode": _keep_mode,
        "ShootingMode": _drive,
        "JPGCompression": _unless_0,
    },
    handlers={
        0x0011: preview,
        0x0E01: capture_data,
        0x0E0E: capture_offsets,
        0x0E10: scan,
        0x0E1D: icc_profile,
        0x0014: _balances_of_compact,
        0x001F: by_version(Shape("", "VRInfo")),
        0x0021: by_version(Shape("", "FaceDetect", "int16u")),
        0x0023: PICTURE_CONTROL,
        0x00BD: by_version(Shape("", "PictureControl")),
        0x0024: by_version(Shape("", "WorldTime")),
        0x0025: by_version(Shape("", "ISOInfo", order=">")),
        0x002B: by_version(Shape("", "DistortInfo")),
        0x0035: _high_range,
        0x0039: by_version(Shape("", "LocationInfo")),
        0x004E: menu_settings,
        0x0051: by_version(Shape("", "MakerNotes0x51")),
        0x0056: by_version(Shape("", "MakerNotes0x56")),
        0x0088: focus_points,
        0x0098: by_version(
            Shape("0100", "LensData00"),
            Shape("0101", "LensData01"),
            Shape("0201 0202 0203", "LensData01", start=4),
            Shape("0204", "LensData0204", start=4),
            Shape("040", "LensData0400", start=4),
            Shape("0402", "LensData0402", start=4),
            Shape("0403", "LensData0403", start=4),
            Shape("080", "LensData0800", start=4, order="<"),
            Shape("", "LensDataUnknown"),
        ),
        0x0091: shot_info,
        0x0097: by_version(
            Shape("0100", "ColorBalance1", "int16u", at=72),
            Shape("0102", "ColorBalance2", "int16u", at=10),
            Shape("0103", "ColorBalance3", "int16u", at=20),
            Shape("0205", "ColorBalance2", "int16u", start=4, at=18),
            Shape("0209 0212 0214", "ColorBalance4", "int16u", start=284, at=294),
            Shape("0211", "ColorBalance4", "int16u", start=284, at=300),
            Shape("0213", "ColorBalance2", "int16u", start=284, at=294),
            Shape("0215 0216 0217", "ColorBalance4", "int16u", start=284, at=288),
            Shape("0219 0221 0222 0223 0224", "ColorBalance2", "int16u", start=4, at=128),
            Shape("020 0210", "ColorBalance2", "int16u", start=284, at=290),
            Shape("", "ColorBalanceUnknown"),
        ),
        0x00A8: by_version(
            Shape("0100 0101", "FlashInfo0100"),
            Shape("0102", "FlashInfo0102"),
            Shape("0103 0104 0105", "FlashInfo0103"),
            Shape("0106", "FlashInfo0106"),
            Shape("0107 0108", "FlashInfo0107"),
            Shape("0300 0301", "FlashInfo0300"),
            Shape("", "FlashInfoUnknown"),
        ),
        0x00B0: by_version(
            Shape("0102 0103", "MultiExposure2", "int32u"),
            Shape("0100", "MultiExposure", "int32u"),
            Shape("0101", "MultiExposure", "int32u", order="<"),
        ),
        0x00B7: focus_info,
        0x00B8: file_info,
        0x00B9: by_version(Shape("", "AFTune")),
        0x00BB: _retouches,
        0x00C3: by_version(Shape("", "BarometerInfo")),
        0x0E1E: by_version(Shape("0100", "CaptureOutput", "int32u")),
    },
)
_NAMED = ifd_table("nikon", "Main", MEANINGS)
_RETOUCHES = _NAMED.definitions[0x009E].one_of or {}
_CROPS = _NAMED.definitions[0x001B].one_of or {}
_JPEG_COMPRESSIONS: Names = {1: "Size Priority", 3: "Optimal Quality"}


def _main() -> IfdTable:
    """The main directory: blocks are not shown, lists have words of their own."""
    hidden = MEANINGS.handlers.keys() | _NOT_SHOWN
    found = {number: each for number, each in _NAMED.definitions.items() if number not in hidden}
    for number in (0x001B, 0x009E):
        found[number] = found[number]._replace(one_of=None)
    found[0x00A0] = found[0x00A0]._replace(say=values.title_case)
    found[0x0E13] = found[0x0E13]._replace(convert=numbers.binary)
    found[0x0044] = Definition(0x0044, "JPGCompression", _JPEG_COMPRESSIONS)
    return _NAMED._replace(definitions=found)


MAIN = _main()
