"""Canon's creative filters: groups of numbered parameters."""

from __future__ import annotations

from functools import cache
from struct import Struct
from typing import TYPE_CHECKING

from mapy.makernotes.note import Meanings
from mapy.model import Tag
from mapy.tags import makers
from mapy.tags.maker_tables import definition
from mapy.tiff_types import SLONG

if TYPE_CHECKING:
    from mapy.makernotes.note import Note, Piece
    from mapy.tags.definition import Definition, Value

_HEAD = {order: Struct(order + "II") for order in "<>"}
_GROUP = {order: Struct(order + "III") for order in "<>"}
_MAX_FILTERS, _MAX_PARAMETERS, _MAX_VALUES = 64, 64, 64


def _strength(value: Value) -> Value:
    return value


@cache
def _definitions() -> tuple[str, dict[int, Definition]]:
    group, rows = makers.section("canon", "FilterInfo")
    say = {row.name: _strength for row in rows if row.name.endswith("Filter")}
    meanings = Meanings(say=say)
    return group, {row.number: definition(row, meanings) for row in rows}


def read_filters(note: Note, piece: Piece) -> None:
    """Read `FilterInfo`: its length and the number of filters, then each with its parameters."""
    view, order = piece.view, piece.order
    if not view.has(0, 8):
        return
    length, count = view.unpack(_HEAD[order], 0)
    if length != len(view):
        return
    group, known = _definitions()
    tags: list[Tag] = []
    at = 8
    for _ in range(min(count, _MAX_FILTERS)):
        if not view.has(at, 12):
            break
        _number, size, parameters = view.unpack(_GROUP[order], at)
        place, end = at + 12, at + 4 + size
        for _parameter in range(min(parameters, _MAX_PARAMETERS)):
            if not view.has(place, 8):
                break
            number, values = view.unpack(_HEAD[order], place)
            if values > _MAX_VALUES or not view.has(place + 8, 4 * values):
                break
            raw = view.unpack(Struct(f"{order}{values}i"), place + 8)
            found = known.get(number)
            if found and raw:
                value = raw[0] if values == 1 else raw
                start = view.start + place + 8
                tags.append(Tag(group, found, SLONG, values, value, start, values * 4, order))
            place += 8 + 4 * values
        at = max(end, at + 12)
    note.add(group, tags, view, {})
