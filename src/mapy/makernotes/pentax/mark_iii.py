"""Pentax K-3 Mark III: its records of focus, faces and level, which no other camera writes."""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING

from mapy.makernotes.fields import Fields, fields, read_fields
from mapy.makernotes.note import Meanings
from mapy.records import Field
from mapy.tags.definition import Definition
from mapy.tiff_types import SHORT

if TYPE_CHECKING:
    from mapy.makernotes.note import Hook, Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Value

_MODEL = "K-3 Mark III"
_NUMBERS_OF_AREA = 7
_CENTRAL, _IS_IN_FOCUS, _NOT_PERIPHERAL = 0x10, 0x04, 0x08


def _areas(value: Value) -> Value:
    """The middle of each area, and what is so of it."""
    numbers = [int(part) for part in str(value).split()]
    said: list[Value] = []
    for at in range(0, len(numbers) - _NUMBERS_OF_AREA + 1, _NUMBERS_OF_AREA):
        across, down, flags = numbers[at + 2], numbers[at + 3], numbers[at + 6]
        claims = (
            ("central", flags & _CENTRAL),
            ("peripheral", not flags & _NOT_PERIPHERAL),
            ("in-focus", flags & _IS_IN_FOCUS),
        )
        names = ",".join([name for name, is_so in claims if is_so])
        said.append(f"{across},{down}" + (f"({names})" if names else ""))
    return said if len(said) != 1 else said[0]


_AREAS = Definition("AFAreas", "AFAreas", say=_areas)
_MOST_AREAS = 200
_AREAS_AT = 14
"""Bytes in front of the areas."""
_FACE = re.compile(r"Face(\d+)[AB]")


def _by(value: Value) -> Value:
    """Width and height: `640x480`."""
    return str(value).replace(" ", "x", 1)


def _count(note: Note, tag: Tag) -> Tag:
    note.seen[tag.name] = tag.raw
    return tag


def _if_points(note: Note, tag: Tag) -> Tag | None:
    return tag if note.seen.get("NumAFPoints") else None


def _if_points_and_size(note: Note, tag: Tag) -> Tag | None:
    return _if_points(note, tag) if any(tag.raw) else None


@cache
def _focus() -> Fields:
    hooks: dict[str, Hook] = {
        "NumAFPoints": _count,
        "AFFrameSize": _if_points,
        "AFAreaSize": _if_points_and_size,
    }
    found = fields(
        "pentax",
        "AFInfoK3III",
        "int16u",
        Meanings({}, {"AFFrameSize": _by, "AFAreaSize": _by}, hooks),
        masks={"0.1": 0xFFFF},
    )
    return found.of(field for field in found.fields if field.definition.name != _AREAS.name)


def focus(note: Note, piece: Piece) -> None:
    """Read how the picture was focused, and the areas, seven numbers each."""
    view, order = piece.view, piece.order
    read_fields(_focus(), note, view, order)
    areas = min(note.seen.get("NumAFPoints", 0), _MOST_AREAS)
    there = min(areas * _NUMBERS_OF_AREA, (len(view) - _AREAS_AT) // 2)
    if there > 0:
        field = Fields("Pentax", [Field(_AREAS_AT, "int16u", _AREAS, there)], {})
        tags = field.tags(view, order)
        note.add("Pentax", [tag._replace(type=SHORT) for tag in tags], view, {})


def _faces_found(note: Note, tag: Tag) -> Tag:
    note.seen["FacesA"] = tag.raw
    return tag


def _of_face(note: Note, tag: Tag) -> Tag | None:
    """Leave out the faces that were not found."""
    number = _FACE.match(tag.name)
    return tag if number and int(number[1]) <= note.seen.get("FacesA", 0) else None


@cache
def _faces() -> Fields:
    hooks: dict[str, Hook] = dict.fromkeys(("FacesDetectedA", "FacesDetectedB"), _faces_found)
    parts = [f"{face}{part}" for face in "AB" for part in ("Area", "Eye1", "Eye2")]
    hooks |= {f"Face{number}{part}": _of_face for number in range(1, 11) for part in parts}
    return fields("pentax", "FaceInfoK3III", "int32u", Meanings(hooks=hooks))


def faces(note: Note, piece: Piece) -> None:
    """Read where faces and eyes were found."""
    read_fields(_faces(), note, piece.view, piece.order)


def _half_against(tag: Tag) -> Value:
    """Degrees from half degrees, which are counted the other way."""
    return float(-tag.raw / 2)


@cache
def _level() -> Fields:
    convert = {"RollAngle": _half_against, "PitchAngle": _half_against}
    return fields("pentax", "LevelInfoK3III", "int8s", Meanings(convert))


def level(note: Note, piece: Piece) -> None:
    """Read how the camera was held."""
    read_fields(_level(), note, piece.view, piece.order)


_TEMPERATURE_PLACES = (10, 42)


@cache
def _temperatures() -> Fields:
    found = fields(
        "pentax",
        "TempInfo",
        "int8u",
        Meanings(
            {"SensorTemperature": _tenths, "ShotNumber": lambda tag: int(tag.raw) + 1},
            {"SensorTemperature": lambda value: f"{value:.1f} C"},
        ),
    )
    return found.of(field for field in found.fields if field.offset in _TEMPERATURE_PLACES)


def _tenths(tag: Tag) -> Value:
    return float(tag.raw / 10)


def temperatures(note: Note, piece: Piece) -> None:
    """Read how warm the sensor was."""
    read_fields(_temperatures(), note, piece.view, piece.order)


def is_one(model: str) -> bool:
    """Whether it is that camera."""
    return _MODEL in model
