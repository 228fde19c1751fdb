"""Canon: an IFD without a signature, its offsets counted from the TIFF header."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mapy.buffer import ByteView
from mapy.makernotes.canon import (
    camera_info,
    color_data,
    custom_functions,
    focus,
    movie,
    picture,
    settings,
)
from mapy.makernotes.canon.filters import read_filters
from mapy.makernotes.canon.main import HOOKS, SAY
from mapy.makernotes.canon.records import behind, reads, sized
from mapy.makernotes.note import Meanings, ifd_table

if TYPE_CHECKING:
    from mapy.makernotes.note import Handler, Note


def _plain(section: str, unit: str) -> Handler:
    return reads(partial(picture.plain, section, unit))


_HANDLERS: dict[int, Handler] = {
    0x0001: sized(settings.read_camera_settings),
    0x0002: reads(settings.focal_length),
    0x0004: sized(reads(settings.shot_info)),
    0x0005: _plain("Panorama", "int16s"),
    0x000D: behind(camera_info.read_camera_info),
    0x000F: custom_functions.read_functions,
    0x0011: sized(reads(movie.movie_info)),
    0x0012: focus.read_af_info,
    0x001D: sized(_plain("MyColors", "int16u")),
    0x0024: sized(reads(focus.face_detect_1)),
    0x0025: reads(focus.face_detect_2),
    0x0026: sized(focus.read_af_info_2),
    0x0027: picture.read_contrast,
    0x0029: _plain("WBInfo", "int32s"),
    0x002F: sized(reads(focus.face_detect_3)),
    0x0035: sized(reads(picture.time_info)),
    0x003C: sized(focus.read_af_info_3),
    0x0090: custom_functions.read_functions_1d,
    0x0091: sized(reads(custom_functions.personal_functions)),
    0x0092: sized(reads(custom_functions.personal_function_values)),
    0x0093: sized(picture.read_file_info),
    0x0098: _plain("CropInfo", "int16u"),
    0x0099: custom_functions.read_functions_2,
    0x009A: _plain("AspectInfo", "int32u"),
    0x00A0: sized(reads(picture.processing)),
    0x00A9: sized(picture.read_color_balance),
    0x00AA: sized(_plain("MeasuredColor", "int16u")),
    0x00B0: sized(_plain("Flags", "int16s")),
    0x00B1: sized(reads(picture.modified_info)),
    0x00B6: picture.read_preview,
    0x00E0: sized(_plain("SensorInfo", "int16s")),
    0x4001: color_data.read_color_data,
    0x4003: reads(picture.color_info),
    0x4013: sized(focus.read_af_micro_adjustment),
    0x4015: picture.read_vignetting,
    0x4016: sized(_plain("VignettingCorr2", "int32s")),
    0x4018: sized(reads(picture.lighting)),
    0x4019: reads(picture.lens_info),
    0x4020: sized(_plain("Ambience", "int32s")),
    0x4021: sized(_plain("MultiExp", "int32s")),
    0x4024: read_filters,
    0x4025: sized(_plain("HDRInfo", "int32s")),
    0x4026: sized(behind(reads(picture.log_info))),
    0x4028: sized(reads(focus.af_config)),
    0x403F: sized(_plain("RawBurstInfo", "int32u")),
    0x4053: sized(_plain("FocusBracketingInfo", "int32s")),
    0x4059: sized(reads(picture.level_info)),
}
MAIN = ifd_table("canon", "Main", Meanings({}, SAY, HOOKS, _HANDLERS))


_FOOTER_BYTES = 8
_MARKS = {"<": b"II*\0", ">": b"MM\0*"}
_MAX_MOVED = 1 << 20
"""Bytes of a TIFF structure whose note was moved; a longer one is read as it is."""


def parse(note: Note) -> None:
    """Read the note, whose footer tells where it stood when its offsets were written."""
    shift = _moved_by(note)
    view = note.view
    if not shift or len(view) > _MAX_MOVED:
        note.ifd(MAIN, note.at)
    elif shift > 0:
        note.ifd(MAIN, note.at - shift, view=view.sub(shift, len(view) - shift))
    else:
        moved = ByteView(bytes(-shift) + view.take(0, len(view)), view.start + shift)
        note.ifd(MAIN, note.at - shift, view=moved)


def _moved_by(note: Note) -> int:
    """By how many bytes software moved the note and left its offsets as they were."""
    size = len(note.block)
    if size < _FOOTER_BYTES:
        return 0
    footer = note.block.sub(size - _FOOTER_BYTES, _FOOTER_BYTES)
    if footer.take(0, 4) != _MARKS[note.order]:
        return 0
    then = footer.u32le(4) if note.order == "<" else footer.u32be(4)
    shift = note.at - then
    return shift if then and abs(shift) <= _MAX_MOVED else 0
