"""Apple: an IFD, some of whose entries hold binary property lists."""

from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING, Any

from mapy.makernotes.note import IfdTable, Meanings, ifd_table
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.makernotes.note import Note, Piece
    from mapy.tags.definition import Names, Value

_GROUP = "Apple"
_ORDER_AT, _IFD_AT = 12, 14
_LONGEST_LIST = 4096
"""Bytes of a property list; those of cameras have some 200."""
_CAMERAS: Names = {0: "Back Wide Angle", 1: "Back Normal", 6: "Front"}
_CAPTURES: Names = {
    1: "ProRAW", 2: "Portrait", 10: "Photo", 11: "Manual Focus", 12: "Scene",
}  # fmt: skip
_PERFORMANCE = 0x0023
_NEWER: dict[int, tuple[str, Names | None]] = {
    0x0011: ("ContentIdentifier", None),
    0x0014: ("ImageCaptureType", _CAPTURES),
    0x001F: ("PhotosAppFeatureFlags", None),
    _PERFORMANCE: ("AFPerformance", None),
    0x002B: ("PhotoIdentifier", None),
    0x002D: ("ColorTemperature", None),
    0x002E: ("CameraType", _CAMERAS),
}
"""Tags that the table lacks or calls by an earlier name."""
_RUN_TIME = 0x0003
_LISTS = (0x0040, 0x0041, 0x0042)


def _af_performance(value: Value) -> Value:
    """The second number holds two: four bits and the rest."""
    first, _, second = str(value).partition(" ")
    if not second.isdigit():
        return value
    return f"{first} {int(second) >> 28} {int(second) & 0x0FFFFFFF}"


def _nearest_first(value: Value) -> Value:
    """The nearest and the farthest distance: `0.18 - 0.20 m`."""
    try:
        near, far = sorted(float(part) for part in str(value).split())
    except ValueError:
        return value
    return f"{near:.2f} - {far:.2f} m"


def _property_list(piece: Piece) -> Any:  # noqa: ANN401 - what such a list holds
    """What a binary property list holds; None where it is none."""
    if len(piece.view) > _LONGEST_LIST:
        return None
    try:
        return plistlib.loads(piece.view.take(0, len(piece.view)), fmt=plistlib.FMT_BINARY)
    except (ValueError, TypeError, RecursionError, LookupError, ArithmeticError):
        return None


def _run_time(note: Note, piece: Piece) -> None:
    """The time since the device was started, in parts of a second."""
    found = _property_list(piece)
    if not isinstance(found, dict):
        return
    rows = {row.id: row for row in makers.section("apple", "RunTime").rows}
    tags = [
        _tag(Definition(name, rows[name].name, rows[name].names), value, piece)
        for name, value in found.items()
        if name in rows and isinstance(value, int)
    ]
    note.add(_GROUP, tags, piece.view, {})


def _tag(definition: Definition, value: Value, piece: Piece) -> Tag:
    return Tag(_GROUP, definition, PLAIN, 1, value, piece.view.start, len(piece.view))


def _listed(note: Note, piece: Piece) -> None:
    """A property list, told as a text."""
    found = _property_list(piece)
    name = _NAMES[piece.entry.id]
    if isinstance(found, dict):
        pairs = (
            f"{key}={_scalar(value)}" if str(key)[:1].isalpha() else f"_{key}={_scalar(value)}"
            for key, value in sorted(found.items(), key=lambda pair: str(pair[0]))
        )
        text = "{" + ",".join(pairs) + "}"
    elif found is None:
        return
    else:
        text = _scalar(found)
    note.add(_GROUP, [_tag(Definition(piece.entry.id, name), text, piece)], piece.view, {})


def _scalar(value: object) -> str:
    """A number or a text; what else there may be is left out."""
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value) if isinstance(value, (bool, int, str)) else ""


_NAMES = {row.number: row.name for row in makers.section("apple", "Main").rows}


def _table() -> IfdTable:
    handlers = {_RUN_TIME: _run_time, **dict.fromkeys(_LISTS, _listed)}
    meanings = Meanings(say={"FocusDistanceRange": _nearest_first}, handlers=handlers)
    table = ifd_table("apple", "Main", meanings)
    newer = {
        id_: Definition(id_, name, names, None, _af_performance if id_ == _PERFORMANCE else None)
        for id_, (name, names) in _NEWER.items()
    }
    definitions = {**table.definitions, **newer}
    for id_ in _LISTS:
        definitions.pop(id_)
    return table._replace(definitions=definitions)


_MAIN = _table()


def parse(note: Note) -> None:
    """Read the note. Offsets count from its own start."""
    order = "<" if note.block.take(_ORDER_AT, 2) == b"II" else ">"
    note.ifd(_MAIN, _IFD_AT, view=note.block, order=order)
