"""The records of Pentax's note. They are big-endian, but for some that follow their note."""

from __future__ import annotations

from functools import cache, partial
import re
from typing import TYPE_CHECKING, Any

from mapy.makernotes.fields import Fields, fields, read_fields
from mapy.makernotes.note import Meanings
from mapy.makernotes.pentax import filters, mark_iii, values
from mapy.makernotes.pentax.words import SAY
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tags.makers import Row
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.makernotes.note import Handler, Hook, Note, Piece
    from mapy.records import Field
    from mapy.tags.definition import Converter, Formatter, Value

GROUP = "Pentax"
_CONVERT: dict[str, Converter] = {
    **dict.fromkeys(("AEExposureTime", "AEMinExposureTime"), values.ae_seconds),
    **dict.fromkeys(
        ("AEAperture", "AEMaxAperture", "AEMaxAperture2", "AEMinAperture"), values.ae_aperture
    ),
    "AE_ISO": values.ae_iso,
    "AEXv": values.scaled(8, 64),
    "AEBXv": values.scaled(8),
    "AEError": values.scaled(-8, 64),
    "FlashExposureCompSet": lambda tag: values.steps(tag.raw),
    "ISOFloor": values.iso_floor,
    "TvExposureTimeSetting": values.set_seconds,
    "AvApertureSetting": values.set_aperture,
    "SvISOSetting": values.iso_floor,
    "BaseExposureCompensation": values.base_compensation,
    "LensFStops": values.lens_stops,
    "LensFocalLength": values.lens_focal_length,
    "NominalMaxAperture": values.nominal_max_aperture,
    "NominalMinAperture": values.nominal_min_aperture,
    "MaxAperture": values.max_aperture,
    "ManufactureDate": values.digits_date,
    "ProductionCode": values.dotted_code,
    "ExternalFlashGuideNumber": values.guide_number,
    "AFIntegrationTime": values.scaled(0.5),
    "SRHalfPressTime": values.scaled(60),
    "SRFocalLength": values.sr_focal_length,
    **{
        name: values.scaled(-2) for name in ("RollAngle", "PitchAngle", "CompositionAdjustRotation")
    },
    **dict.fromkeys(("CompositionAdjustX", "CompositionAdjustY"), values.scaled(-1)),
    **dict.fromkeys(("SensorTemperature", "SensorTemperature2"), values.scaled(10)),
    "KelvinWB_Daylight": values.kelvin_balance,
    **{f"KelvinWB_{number:02d}": values.kelvin_balance for number in range(1, 17)},
}


def _of_models(pattern: str) -> Hook:
    """A hook that keeps a tag of cameras whose model fits."""
    fits = re.compile(pattern)

    def hook(note: Note, tag: Tag) -> Tag | None:
        return tag if fits.search(note.model) else None

    return hook


def _leave_out(_note: Note, _tag: Tag) -> None:
    return None


def _keep_faces(note: Note, tag: Tag) -> Tag:
    note.seen.setdefault("FacesDetected", tag.raw)  # FaceDetect counts for more
    return tag


def _of_face(note: Note, tag: Tag) -> Tag | None:
    """A face's place or size, where there is that face."""
    faces = note.seen.get("FacesDetected", 0)
    number = int("".join(filter(str.isdigit, tag.name)))
    return tag if isinstance(faces, int) and number <= faces else None


def _if_used(_note: Note, tag: Tag) -> Tag | None:
    """An effect that was applied: its first byte is its kind."""
    return tag if tag.raw[:1].strip(b"\0") else None


def _effect(tag: Tag) -> Value:
    """The kind of an effect, and its settings, which may be negative."""
    kind, *settings = tag.raw
    return " ".join(map(str, (kind, *((each ^ 0x80) - 0x80 for each in settings))))


_FILTERS = tuple(f"DigitalFilter{number:02d}" for number in range(1, 21))
_K10D = _of_models(r"\b(K10D|GX10)\b")
_K5 = _of_models(r"K-5\b")
_STEPS_OF = {14: _K5, 17: _K10D}
"""Where the settings of two cameras keep what others have in a record of its own."""


def _sensitivity_steps(note: Note, tag: Tag) -> Tag | None:
    number = tag.id
    hook = _STEPS_OF.get(number) if isinstance(number, int) else None
    return tag if hook is None else hook(note, tag)


_K3_III = _of_models(r"K-3 Mark III")
_HOOKS: dict[str, Hook] = {
    "AEFlags": _leave_out,
    "MaxAperture": lambda note, tag: tag if tag.raw > 1 and note.model != "K-5" else None,
    "LensFocalLength": lambda note, tag: None if "645Z" in note.model else tag,
    "LinkAEToAFPoint": _K5,
    "ISOAuto": _K5,
    "SensitivitySteps": _sensitivity_steps,
    "NewLensDataHook": _leave_out,
    **dict.fromkeys(
        (
            "RawAndJpgRecording", "JpgRecordedPixels", "FlashOptions2", "MeteringMode3",
            "SRActive", "Rotation", "ISOSetting", "TvExposureTimeSetting", "AvApertureSetting",
            "SvISOSetting", "BaseExposureCompensation",
        ),
        _K10D,
    ),
    **dict.fromkeys(
        (
            "ShotNumber", "FirstFrameActionInAFC", "ActionInAFCCont", "AFCHold",
            "AFCPointTracking", "AFCSensitivity", "SubjectRecognition",
        ),
        _K3_III,
    ),
    "CameraOrientation": _of_models(r"\bK-(5|7|r|x)\b"),
    "AFPointsInFocus": _of_models(r"^(?!.*\b(K-1|K-3|K-70|K-S1|K-S2|KP)\b)"),
    "AFHold": _of_models(r"\b(K-1|K-70|KP)\b"),
    "CameraTemperature4": _of_models(r"\bK-5\b"),
    "CameraTemperature5": _of_models(r"\bK-5\b"),
    "FacesDetected": _keep_faces,
    **dict.fromkeys(_FILTERS, _if_used),
    **{f"Face{number}Position": _of_face for number in range(1, 33)},
    **{f"Face{number}Size": _of_face for number in range(1, 33)},
}  # fmt: skip
_MASKS: dict[str, dict[str, int]] = {
    "CameraSettings": {
        "1.1": 0x03, "1.2": 0x20, "1.3": 0x40, "1.4": 0x80, "2.1": 0x0F, "3.1": 0x0F,
        "10.1": 0x0F, "14.1": 0x03, "14.2": 0x01, "14.3": 0x02, "14.4": 0x04,
        "16.1": 0x0F, "17.1": 0x80, "17.2": 0x60, "17.3": 0x04,
        "17.4": 0x02,
        "2": 0xF0, "3": 0xF0, "10": 0xF0, "16": 0xF0,
    },
    "LensData": {
        "0.1": 0x01, "0.2": 0x06, "0.3": 0x70, "3": 0xF8, "3.1": 0x07, "10": 0xF0, "10.1": 0x0F,
        "14.1": 0x7F,
    },
    "AEInfo": {"13": 0xF0, "13.1": 0x0F},
    "FlashInfo": {"24.1": 0x1F},
    "LevelInfo": {"0": 0x0F, "0.1": 0xF0},
    "TimeInfo": {"0.1": 0x01, "0.2": 0x02, "0.3": 0x04},
}  # fmt: skip
_UNITS = {"KelvinWB": "int16u", "CameraInfo": "int32u", "FacePos": "int16u", "FaceSize": "int16u"}
_TEXTUAL = False
"""Of a row: its value is no mere data."""
_STEPS = Row(
    "17.4", 0, "SensitivitySteps", "int8u", 1, _TEXTUAL, {0: "1 EV Steps", 1: "As EV Steps"}
)


@cache
def record(section: str) -> Fields:
    """The record of a section."""
    convert = {**_CONVERT, **dict.fromkeys(_FILTERS, _effect)}
    more: tuple[Row, ...] = ()
    if section.startswith("LensInfo") or section == "LensRec":
        convert["LensType"] = values.lens_pair if section in _PAIRS else values.lens_long
    if section == "CameraSettings":
        more = (_STEPS,)
    meanings = Meanings(convert, SAY, _HOOKS)
    found = fields(
        "pentax", section, _UNITS.get(section, "int8u"), meanings,
        masks=_MASKS.get(section), more=more,
    )  # fmt: skip
    return found.of(
        _in_words(field)
        for field in found.fields
        if field.definition.id not in _NEVER_AT.get(section, ())
    )


def _in_words(field: Field) -> Field:
    """The field; one of a filter says that, and its settings."""
    means = field.definition
    if means.name not in _FILTERS:
        return field
    say = partial(filters.in_words, means.one_of or {})
    return field._replace(definition=means._replace(one_of=None, say=say))


_PAIRS = ("LensInfo", "LensRec")
_NEVER_AT = {"TempInfo": (10, 42), "AFInfo": (20, 298, 399, 506)}
"""Places that the K-3 Mark III alone has; other cameras keep something else there."""


def big(section: str) -> Handler:
    """A handler of a record that is big-endian whatever its note is."""
    return lambda note, piece: read_fields(record(section), note, piece.view, ">")


def own(section: str) -> Handler:
    """A handler of a record in the byte order of its note."""
    return lambda note, piece: read_fields(record(section), note, piece.view, piece.order)


_SETTINGS_SIZE = 25
_AE_2, _AE_3, _LONGEST_AE = 21, (48, 64), 25


def settings(note: Note, piece: Piece) -> None:
    """CameraSettings; the longer ones of newer cameras are not known."""
    if len(piece.view) < _SETTINGS_SIZE:
        read_fields(record("CameraSettings"), note, piece.view, ">")


def exposure(note: Note, piece: Piece) -> None:
    """AEInfo: three layouts, which its size tells apart."""
    size = len(piece.view)
    if size == _AE_2:
        read_fields(record("AEInfo2"), note, piece.view, ">")
    elif size in _AE_3:
        read_fields(record("AEInfo3"), note, piece.view, ">")
    elif size <= _LONGEST_AE:
        read_fields(_first_exposure(size), note, piece.view, ">")


_LAST_UNMOVED, _LONG_AE, _K7_AE = 7, 20, 24
_OF_K7 = ("AEWhiteBalance", "AEMeteringMode2")


@cache
def _first_exposure(size: int) -> Fields:
    """The first layout: longer records have one byte more behind their eighth."""
    moved = int(size > _LONG_AE)
    layout = record("AEInfo")
    return layout.of(
        field._replace(offset=field.offset + moved) if field.offset > _LAST_UNMOVED else field
        for field in layout.fields
        if size == _K7_AE or field.definition.name not in _OF_K7
    )


_LENS_KINDS = {
    90: ("LensInfo3", 13), 91: ("LensInfo4", 12), 80: ("LensInfo5", 15), 128: ("LensInfo5", 15),
    168: ("LensInfo5", 15),
}  # fmt: skip
"""By size: the layout, and where the lens's own data begins."""
_LENS_DATA_SIZE = 17
_SHORT_LENS = re.compile(r"(\*ist|GX-1[LS])")
_EARLY_K = re.compile(r"K1[01]0D")
_LONG_MARK = 0x80


def lens(note: Note, piece: Piece) -> None:
    """LensInfo, which its size and the camera tell apart, and the data that the lens gave."""
    view = piece.view
    is_short = _SHORT_LENS.search(note.model) or (
        _EARLY_K.search(note.model) and len(view) > 0 and not view.take(0, 1)[0] & _LONG_MARK
    )
    section, at = _LENS_KINDS.get(len(view), ("LensInfo", 3) if is_short else ("LensInfo2", 4))
    read_fields(record(section), note, view, ">")
    size = min(_LENS_DATA_SIZE, len(view) - at)
    if size > 0:
        layout = _moved_lens_data() if section == "LensInfo4" else record("LensData")
        read_fields(layout, note, view.sub(at, size + (section == "LensInfo4")), ">")


_MOVED_FROM = 13
_NOT_MOVED = ("AutoAperture", "MinAperture", "LensFStops")


@cache
def _moved_lens_data() -> Fields:
    """The lens's own data as the K-r and the K-5 have them: a byte more, and less at the start."""
    layout = record("LensData")
    return layout.of(
        field._replace(offset=field.offset + (field.offset >= _MOVED_FROM))
        for field in layout.fields
        if field.definition.name not in _NOT_MOVED
    )


_FLASH_SIZE = 27


def flash(note: Note, piece: Piece) -> None:
    """FlashInfo of the size that is known."""
    if len(piece.view) == _FLASH_SIZE:
        read_fields(record("FlashInfo"), note, piece.view, ">")


_SR_LONG = 4


def shake(note: Note, piece: Piece) -> None:
    """SRInfo: four bytes, of which newer cameras have two."""
    section = "SRInfo" if len(piece.view) == _SR_LONG else "SRInfo2"
    read_fields(record(section), note, piece.view, ">")


_WITH_TEMPERATURES = re.compile(r"K-(01|3|30|5|50|500)\b")


def temperatures(note: Note, piece: Piece) -> None:
    """TempInfo, of the cameras that are known to write it."""
    if mark_iii.is_one(note.model):
        mark_iii.temperatures(note, piece)
    elif _WITH_TEMPERATURES.search(note.model):
        read_fields(record("TempInfo"), note, piece.view, piece.order)


def level(note: Note, piece: Piece) -> None:
    """LevelInfo: how the camera was held."""
    if mark_iii.is_one(note.model):
        mark_iii.level(note, piece)
    else:
        read_fields(record("LevelInfo"), note, piece.view, ">")


def effects(note: Note, piece: Piece) -> None:
    """FilterInfo: the effects of the camera, little-endian where Ricoh's name is on it."""
    order = "<" if note.make.startswith("RICOH") else ">"
    read_fields(record("FilterInfo"), note, piece.view, order)


_WB_SIZE = 100


def levels(note: Note, piece: Piece) -> None:
    """WBLevels of the size that is known."""
    if len(piece.view) == _WB_SIZE:
        read_fields(record("WBLevels"), note, piece.view, piece.order)


_MOST_POINTS = 255


def contrast_points(note: Note, piece: Piece) -> None:
    """The grid of contrast autofocus, and its points: four a byte."""
    view = piece.view
    if len(view) < 2:  # noqa: PLR2004 - the byte of the grid
        return
    grid = view.take(1, 1)[0]
    wide, high = grid >> 4, grid & 15
    raw = view.take(
        2, min((grid + 3) // 4, len(view) - 2)
    )  # as many as the grid's byte itself says
    _add_points(note, piece, [
        ("NumCAFPoints", wide * high, None),
        ("CAFGridSize", f"{wide} {high}", None),
        ("CAFPointsInFocus", raw, values.points(0x02, wide * high)),
        ("CAFPointsSelected", raw, values.points(0x03, wide * high)),
    ])  # fmt: skip


def _add_points(note: Note, piece: Piece, found: list[tuple[str, Any, Formatter | None]]) -> None:
    tags = []
    for name, value, say in found:
        means = Definition(name, name, None, None, say or SAY.get(name))
        raw = " ".join(map(str, value)) if isinstance(value, bytes) else value
        tags.append(Tag(GROUP, means, PLAIN, 1, raw, piece.view.start, len(piece.view)))
    note.add(GROUP, tags, piece.view, {})


_WITH_POINTS = re.compile(r"K(P|-1|-70)\b")


def phase_points(note: Note, piece: Piece) -> None:
    """The points of phase autofocus of the newest cameras."""
    view = piece.view
    if len(view) < 4:  # noqa: PLR2004 - a version and the number of points
        return
    total = view.u16be(2) if piece.order == ">" else view.u16le(2)
    count = min(total, _MOST_POINTS)
    raw = view.take(4, min((count + 3) // 4, len(view) - 4))
    found: list[tuple[str, Any, Formatter | None]] = [("NumAFPoints", total, None)]
    if _WITH_POINTS.search(note.model):
        found.append(("AFPointsInFocus", raw, values.points(0x02, total)))
        found.append(("AFPointsSelected", raw, values.points(0x03, total)))
    _add_points(note, piece, found)
