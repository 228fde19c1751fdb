"""Canon: where the camera focused, and how it was told to; the faces that it found."""

from __future__ import annotations

from functools import cache, lru_cache
import re
from typing import TYPE_CHECKING, NamedTuple

from mapy.makernotes.canon import codes
from mapy.makernotes.canon.models import is_eos
from mapy.makernotes.canon.records import bits, record, u16
from mapy.makernotes.fields import Fields, read_fields
from mapy.makernotes.note import Meanings
from mapy.records import Field
from mapy.tags import makers

if TYPE_CHECKING:
    from mapy.makernotes.note import Note, Piece
    from mapy.model import Tag
    from mapy.tags.definition import Names, Value

_GROUP = "Canon"
_WORD = 16
"""Bits of a word of a set of points."""
_MAX_POINTS = 2048


class Part(NamedTuple):
    """A stretch of an AF record, in 16-bit words."""

    name: str
    """Empty: nobody knows what it says."""
    words: str = "one"
    """`one`; `points`: a word each; `set`: a bit each; `more`: a bit each and a word."""
    is_signed: bool = False


def _count(words: str, number: int) -> int:
    in_set = (number + _WORD - 1) // _WORD
    return {"one": 1, "points": number, "set": in_set, "more": in_set + 1, "eight": 8}[words]


_HEAD = tuple(
    Part(name)
    for name in (
        "NumAFPoints",
        "ValidAFPoints",
        "CanonImageWidth",
        "CanonImageHeight",
        "AFImageWidth",
        "AFImageHeight",
    )
)
_POSITIONS = (
    Part("AFAreaXPositions", "points", is_signed=True),
    Part("AFAreaYPositions", "points", is_signed=True),
    Part("AFPointsInFocus", "set", is_signed=True),
)
_AF_INFO = (*_HEAD, Part("AFAreaWidth"), Part("AFAreaHeight"), *_POSITIONS)
_AF_INFO_2 = (
    Part(""),
    Part("AFAreaMode"),
    *_HEAD,
    Part("AFAreaWidths", "points", is_signed=True),
    Part("AFAreaHeights", "points", is_signed=True),
    *_POSITIONS,
)
_SELECTED = Part("AFPointsSelected", "set", is_signed=True)
_PRIMARY = Part("PrimaryAFPoint")
_POINTS_1, _POINTS_2 = 0, 4
"""Where the two kinds of record keep the number of points."""
_COUNT_OF_ODD = 36
"""Words of the record of some compact cameras, that has eight more in front of the last."""


def points(value: Value) -> Value:
    """A set of points, a bit each, 16 a word: their numbers."""
    parts = str(value).split()
    numbers = [
        str(index * _WORD + bit)
        for index, part in enumerate(parts)
        for bit in range(_WORD)
        if int(part) >> bit & 1
    ]
    return ",".join(numbers) if numbers else "(none)"


@cache
def _definitions(section: str) -> dict[str, Field]:
    say = {"AFPointsInFocus": points, "AFPointsSelected": points}
    found = record(section, "int16u", Meanings(say=say))
    return {each.definition.name: each for each in found.fields}


def _read_parts(note: Note, piece: Piece, section: str, parts: tuple[Part, ...], at: int) -> None:
    """Read an AF record, which tells the number of its points."""
    number = u16(piece, at)
    if 0 <= number <= _MAX_POINTS:
        read_fields(_parts(section, parts, number), note, piece.view, piece.order)


@lru_cache(maxsize=32)
def _parts(section: str, parts: tuple[Part, ...], number: int) -> Fields:
    """The AF record of so many points: each part begins where the one in front of it ends."""
    definitions = _definitions(section)
    fields: list[Field] = []
    offset = 0
    for part in parts:
        count = _count(part.words, number)
        if part.name and count:
            kind = "int16s" if part.is_signed else "int16u"
            known = definitions[part.name].definition
            fields.append(Field(offset, kind, known, count))
        offset += count * 2
    return Fields(_GROUP, fields, {})


def read_af_info(note: Note, piece: Piece) -> None:
    """Read `AFInfo`."""
    if not _is_plausible(piece):
        return
    tail: tuple[Part, ...] = ()
    if not is_eos(note):
        odd = len(piece.view) == _COUNT_OF_ODD * 2
        tail = (Part("", "eight"), _PRIMARY) if odd else (_PRIMARY,)
    _read_parts(note, piece, "AFInfo", (*_AF_INFO, *tail), _POINTS_1)


_POINT_COUNTS = frozenset({1, 5, 7, 9, 15, 45, 53})
_RATIOS = (1.33, 1.67, 0.75, 0.6)
_NEAR = 0.01


def _is_plausible(piece: Piece) -> bool:
    """Whether an AF record without a length tells of a picture: software writes other things."""
    width, height, af_width, af_height = (u16(piece, at) for at in (4, 6, 8, 10))
    if len(piece.view) < 24 or u16(piece, 0) not in _POINT_COUNTS:  # noqa: PLR2004 - one point
        return False
    if min(width, height) <= 0:
        return False
    ratio = width / height
    if any(abs(ratio - usual) < _NEAR for usual in _RATIOS):
        return True
    if min(af_width, af_height) <= 0 or width == height:
        return False
    af_ratio = af_width / af_height
    return abs(1 - ratio / af_ratio) < _NEAR or abs(1 - ratio * af_ratio) < _NEAR


def read_af_info_3(note: Note, piece: Piece) -> None:
    """Read `AFInfo3`, which ends with other things."""
    _read_parts(note, piece, "AFInfo2", _AF_INFO_2, _POINTS_2)


def read_af_info_2(note: Note, piece: Piece) -> None:
    """Read `AFInfo2`, which cameras write since 2007."""
    tail = (_SELECTED,) if is_eos(note) else (Part("", "more"), _PRIMARY)
    _read_parts(note, piece, "AFInfo2", (*_AF_INFO_2, *tail), _POINTS_2)


_MAX_FACES = 9


def _keep_faces(note: Note, tag: Tag) -> Tag | None:
    note.seen["FacesDetected"] = tag.raw
    return tag


def _keep_face(note: Note, tag: Tag) -> Tag | None:
    """Only of so many faces as were found."""
    found = note.seen.get("FacesDetected", 0)
    return tag if int(tag.name.removeprefix("Face")[0]) <= found else None


@cache
def face_detect_1() -> Fields:
    """The record `FaceDetect1`."""
    faces = dict.fromkeys((f"Face{n}Position" for n in range(1, _MAX_FACES + 1)), _keep_face)
    return record("FaceDetect1", "int16u", Meanings(hooks={"FacesDetected": _keep_faces, **faces}))


@cache
def face_detect_2() -> Fields:
    """The record `FaceDetect2`."""
    return record("FaceDetect2", "int8u", Meanings())


@cache
def face_detect_3() -> Fields:
    """The record `FaceDetect3`."""
    return record("FaceDetect3", "int16u", Meanings())


@cache
def af_config() -> Fields:
    """The record `AFConfig`."""
    return record(
        "AFConfig",
        "int32s",
        Meanings(
            {"AFConfigTool": codes.plus_one},
            {
                "AFConfigTool": _case,
                "SelectAFAreaSelectionMode": bits(_AREA_MODES),
                **dict.fromkeys(_STEPS, _as_it_is),
            },
            {
                "USMLensElectronicMF": _manual_focus,
                "AutoAFPointSelEOSiTRAF": _unless_5d_mark,
                "AFStatusViewfinder": _since_2020,
                "InitialAFPointInServo": _since_2020,
            },
        ),
    )


_STEPS = ("AFTrackingSensitivity", "AFAccelDecelTracking", "AFPointSwitching")


def _as_it_is(value: Value) -> Value:
    return value


@cache
def _manual_focus_names() -> tuple[Names | None, ...]:
    rows = makers.section("canon", "AFConfig").rows
    return tuple(row.names for row in rows if row.name == "USMLensElectronicMF")


def _manual_focus(note: Note, tag: Tag) -> Tag:
    """Words of the mirrorless cameras, or of those before them."""
    words = _manual_focus_names()[0 if re.search(r"EOS R\d", note.model) else -1]
    return tag._replace(definition=tag.definition._replace(one_of=words))


_AREA_MODES = (
    "Single-point AF", "Auto", "Zone AF", "AF Point Expansion (4 point)", "Spot AF",
    "AF Point Expansion (8 point)",
)  # fmt: skip


def _unless_5d_mark(note: Note, tag: Tag) -> Tag | None:
    return None if "5D Mark" in note.model else tag


def _since_2020(note: Note, tag: Tag) -> Tag | None:
    """What the 1D X and the mirrorless cameras tell, others write noise."""
    return tag if re.search(r"EOS-1D X|EOS R", note.model) else None


def _case(value: Value) -> Value:
    return f"Case {value}" if isinstance(value, int) else value


@cache
def af_micro_adjustment() -> Fields:
    """The record `AFMicroAdj`: its value is a rational at the second 32-bit place."""
    return record("AFMicroAdj", "int32s", Meanings())


def read_af_micro_adjustment(note: Note, piece: Piece) -> None:
    """Read `AFMicroAdj`."""
    read_fields(af_micro_adjustment(), note, piece.view, piece.order)
