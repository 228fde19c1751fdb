"""Nintendo: an IFD with a little-endian record of the camera, as the 3DS writes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from mapy.makernotes.fields import Fields, fields, read_fields
from mapy.makernotes.note import IfdTable, Meanings
from mapy.tiff_types import text

if TYPE_CHECKING:
    from mapy.makernotes.note import Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Value

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_CAMERA_INFO = 0x1101


def _model(tag: Tag) -> Value:
    return text(tag.raw)


def _date(tag: Tag) -> Value:
    """Seconds since 2000, of the camera's clock."""
    return f"{_EPOCH + timedelta(seconds=tag.raw):%Y:%m:%d %H:%M:%S}"


def _serial(tag: Tag) -> Value:
    return f"0x{tag.raw.hex()}"


_MEANINGS = Meanings(
    {"ModelID": _model, "TimeStamp": _date, "InternalSerialNumber": _serial},
    {"Parallax": lambda value: f"{value:.2f}"},
)


@cache
def _camera_info() -> Fields:
    return fields("nintendo", "CameraInfo", "int8u", _MEANINGS)


def _read_camera_info(note: Note, piece: Piece) -> None:
    read_fields(_camera_info(), note, piece.view, "<")


_MAIN = IfdTable("Nintendo", {}, {}, {_CAMERA_INFO: _read_camera_info})


def parse(note: Note) -> None:
    """Read the note."""
    note.ifd(_MAIN, note.at, order=note.order_at(note.at))
