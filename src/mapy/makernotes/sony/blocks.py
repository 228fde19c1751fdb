"""What the entries of Sony's main IFD lead to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.makernotes.sony import extra_info, more_info
from mapy.makernotes.sony.cipher import deciphered
from mapy.makernotes.sony.models import TAG_940C, TAG_940E, TAG_2010, TAG_9050, first
from mapy.makernotes.sony.records import read, reads_enciphered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapy.buffer import ByteView
    from mapy.makernotes.note import Handler, Note, Piece

_LENGTHS = {
    0x0010: {
        368: "CameraInfo",
        5478: "CameraInfo",
        5506: "CameraInfo2",
        6118: "CameraInfo2",
        15360: "CameraInfo3",
    },
    0x0114: {
        280: "CameraSettings",
        364: "CameraSettings",
        332: "CameraSettings2",
        1536: "CameraSettings3",
        2048: "CameraSettings3",
    },
}
"""The generations of cameras tell themselves apart by the lengths of these blocks."""
_LITTLE_ENDIAN = ("CameraInfo2", "CameraInfo3", "CameraSettings3")


def _by_length(note: Note, piece: Piece) -> None:
    """Camera information and settings of cameras with A-mount before the cipher."""
    section = _LENGTHS[piece.entry.id].get(len(piece.view))
    if section is None:
        return
    read(note, section, piece.view, "<" if section in _LITTLE_ENDIAN else ">")
    if section == "CameraInfo3" and re.match(r"DSLR-A(560|580)|SLT-", note.model):
        point = piece.view.u8(0x1C)
        status = "AFStatus15" if point != _ALL_POINTS else ""
        if status and piece.view.has(0x23, 36):
            read(note, status, piece.view.sub(0x23, 36), "<")


_ALL_POINTS = 255
_FOCUS_INFO = (19148, 19154)


def _focus_or_more(note: Note, piece: Piece) -> None:
    if len(piece.view) in _FOCUS_INFO:
        read(note, "FocusInfo", piece.view, "<")
    else:
        more_info.read(note, piece.view, piece.order)


_SHOT_INFO_ORDERS = {b"II": "<", b"MM": ">"}
_FACES = {32: "FaceInfo1", 37: "FaceInfo2"}
"""By the length of what is told of one face."""


def _shot_info(note: Note, piece: Piece) -> None:
    """The picture's size, time and faces."""
    view = piece.view
    order = _SHOT_INFO_ORDERS.get(view.take(0, 2), piece.order)
    read(note, "ShotInfo", view, order)
    offset = note.seen.get("FaceInfoOffset", 0)
    section = _FACES.get(note.seen.get("FaceInfoLength", 0))
    if section and note.seen.get("FacesDetected") and view.has(offset, 0):
        read(note, section, view.sub(offset, len(view) - offset), order)


def _by_model(table: tuple[tuple[str, str], ...]) -> Handler:
    def handle(note: Note, piece: Piece) -> None:
        section = first(table, note.model)
        if section:
            read(note, section, deciphered(piece.view), "<")

    return handle


_NEWEST_SHUTTERS = re.compile(r"ILCE-(1M2|7M5|7RM6)")
_NEWEST_HEAD = bytes(5)


def _9050(note: Note, piece: Piece) -> None:
    """Shutter and lens; the newest cameras keep them where others do only at times."""
    section = first(TAG_9050, note.model)
    if _NEWEST_SHUTTERS.match(note.model):
        is_known = piece.view.take(0, len(_NEWEST_HEAD)) == _NEWEST_HEAD
        section = "Tag9050d" if is_known else ""
    if section:
        read(note, section, deciphered(piece.view), "<")


def _by_first_byte(sections: Mapping[str, bytes]) -> Handler:
    """A handler for blocks of which the first byte, as it is stored, tells the version."""

    def handle(note: Note, piece: Piece) -> None:
        first_byte = piece.view.take(0, 1)
        for section, versions in sections.items():
            if first_byte in versions:
                read(note, section, deciphered(piece.view), "<")

    return handle


_9400 = {
    "Tag9400a": b"\x07\x09\x0a\x5e\xe7\x04",
    "Tag9400b": b"\x0c",
    "Tag9400c": b"\x23\x24\x26\x28\x31\x32\x33\x41\x43",
}
_9405 = {
    "Tag9405a": b"\x1b\x40\x7d",
    "Tag9405b": b"\x3a\xb3\x7e\x9a\x25\xe1\x76\x8b",
}
_ISO_PLACES = {
    0x97: 0x044E, 0x3D: 0x0498, 0xA7: 0x049D, 0x9E: 0x04A1, 0xC7: 0x04A1, 0x50: 0x04A2,
    0xA1: 0x04A2, 0xB5: 0x04A2, 0x86: 0x059D, 0xE1: 0x059D, 0xC2: 0x0634, 0x4F: 0x0636,
    0x65: 0x0636, 0xCF: 0x064C, 0xB1: 0x0653, 0x57: 0x0678, 0xA9: 0x0678, 0x10: 0x06B8,
    0x73: 0x06B8, 0x1F: 0x06DE, 0xDA: 0x06DE, 0x49: 0x06E7, 0x4A: 0x06E7, 0x6D: 0x06E7,
}  # fmt: skip
"""By the version of the block, as its first byte stores it: where it keeps ISO."""
_ISO_LENGTH = 5


def _9401(note: Note, piece: Piece) -> None:
    place = _ISO_PLACES.get(piece.view.u8(0))
    if place is not None and piece.view.has(place, _ISO_LENGTH):
        block = deciphered(piece.view.sub(place, _ISO_LENGTH))
        read(note, "ISOInfo", block, "<")


_NO_FOCUS_9402 = (0x05, 0xFF)


def _9402(note: Note, piece: Piece) -> None:
    """Temperature and focus; of cameras with A-mount it is something else."""
    if piece.view.u8(0) not in _NO_FOCUS_9402 and not re.match(r"SLT-|HV|ILCA-", note.model):
        read(note, "Tag9402", deciphered(piece.view), "<")


_9404 = (
    (b"\x40\x7d", 0x01, "Tag9404a"),
    (b"\xe7\xea\xcd\x8a\x70", 0x08, "Tag9404b"),
    (b"\xb6", 0x01, "Tag9404c"),
)


def _exposure_9404(note: Note, piece: Piece) -> None:
    head = piece.view.take(0, 4)
    for versions, fourth, section in _9404:
        if head[0] in versions and head[3] == fourth:
            read(note, section, deciphered(piece.view), "<")


_BATTERY_FIRST, _BATTERY_THIRD = b"\x01\x08\x1b", b"\x08\x1b"
_NEWER_BATTERY = 0x40


def _9406(note: Note, piece: Piece) -> None:
    """The battery."""
    head = piece.view.take(0, 3)
    if head[0] in _BATTERY_FIRST and head[2] in _BATTERY_THIRD:
        read(note, "Tag9406", deciphered(piece.view), "<")
    elif head[0] == _NEWER_BATTERY:
        read(note, "Tag9406b", deciphered(piece.view), "<")


def _940e(note: Note, piece: Piece) -> None:
    """Focus of cameras with A-mount, the meter's picture of others."""
    view = deciphered(piece.view)
    if re.match(r"SLT-|HV|ILCA-", note.model):
        _af_info(note, view)
    elif re.match(TAG_940E, note.model):
        read(note, "Tag940e", view, "<")


_AF_TYPES = {
    1: ("AFInfo15", "AFStatus15", 0x11, 36),
    2: ("AFInfo19", "AFStatus19", 0x11, 60),
    3: ("AFInfo79", "AFStatus79", 0x7D, 190),
}
"""By the kind of focus sensor: sections, and where the states of its points stand."""


def _af_info(note: Note, view: ByteView) -> None:
    """The focus of cameras with A-mount."""
    section, statuses, at, size = _AF_TYPES.get(view.u8(2), ("AFInfoOther", "", 0, 0))
    read(note, section, view, "<")
    if statuses and view.has(at, size):
        read(note, statuses, view.sub(at, size), "<")


_PANORAMAS = (b"\1\1", b"\0\0\1\1")
"""How the block begins where the picture is a panorama."""


def _panorama(note: Note, piece: Piece) -> None:
    if piece.view.take(0, 4).startswith(_PANORAMAS):
        read(note, "Panorama", piece.view, piece.order)


def _focal_plane(note: Note, piece: Piece) -> None:
    """The points of the sensor that the focus was found with."""
    if piece.view.u8(0) == 1:
        read(note, "Tag202a", piece.view, "<")


def _only(pattern: str, section: str) -> Handler:
    inner = reads_enciphered(section)

    def handle(note: Note, piece: Piece) -> None:
        if re.match(pattern, note.model):
            inner(note, piece)

    return handle


def _minolta(note: Note, piece: Piece) -> None:
    """The IFD of Minolta's, to which the A100 leads."""
    from mapy.makernotes.minolta import MAIN  # noqa: PLC0415 - one camera has it

    at = piece.entry.raw
    if isinstance(at, int) and at:
        note.ifd(MAIN, at, view=piece.around, order=piece.order)


HANDLERS: Mapping[int, Handler] = {
    0xB028: _minolta,
    0x0010: _by_length,
    0x0020: _focus_or_more,
    0x0114: _by_length,
    0x0116: extra_info.read_extra,
    0x1003: _panorama,
    0x202A: _focal_plane,
    0x2010: _by_model(TAG_2010),
    0x2044: extra_info.read_hidden,
    0x3000: _shot_info,
    0x900B: _by_first_byte({"Tag900b": b"\xae"}),
    0x9050: _9050,
    0x9400: _by_first_byte(_9400),
    0x9401: _9401,
    0x9402: _9402,
    0x9403: reads_enciphered("Tag9403"),
    0x9404: _exposure_9404,
    0x9405: _by_first_byte(_9405),
    0x9406: _9406,
    0x940A: _only(r"SLT-|HV", "Tag940a"),
    0x940C: _only(TAG_940C, "Tag940c"),
    0x940E: _940e,
    0x9416: reads_enciphered("Tag9416"),
}
