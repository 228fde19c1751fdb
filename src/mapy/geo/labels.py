"""Which towns a map names, and where the names stand so that none covers another."""

from __future__ import annotations

from html import escape
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from mapy.geo.marks import Mark, dot, number
from mapy.geo.places import largest_in, nearest_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.geo.places import Near, Place
    from mapy.geo.projection import Around

_MOST = 14
_TRIED = 200
_SIZE = 13
_LETTER = 7.2
"""The width of a letter of that size, on average of the widest of the usual fonts."""
_GAP, _PIN_GAP = 7, 15
"""From a dot to its name; where the pin covers the dot."""
_EDGE = 4


class _Frame(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Frame) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def labels(mark: Mark, around: Around) -> str:
    """Dots and names: the nearest town first, then the largest that there is room for."""
    taken: list[_Frame] = []
    middle_x, middle_y = around.width / 2, around.height / 2
    pin = _Frame(middle_x - _GAP, middle_y - _GAP, middle_x + _GAP, middle_y + _GAP)
    dots, names = [], []
    for name, x, y in islice(_candidates(mark, around), _TRIED):
        is_under_pin = _is_under_pin(x, y, around)
        gap = _PIN_GAP if is_under_pin else _GAP
        blocked = taken if is_under_pin else [*taken, pin]
        for anchor in ("start", "end"):
            frame = _frame(name, x, y, anchor, gap)
            inside = frame.left >= _EDGE and frame.right <= around.width - _EDGE
            if inside and not any(map(frame.meets, blocked)):
                break
        else:
            continue
        taken.append(frame)
        dots.append(f"M{number(x)} {number(y)}h0")
        at = x + gap if anchor == "start" else x - gap
        names.append(
            f'<text class="map-label" x="{number(at)}" y="{number(y + 4.5)}" '
            f'text-anchor="{anchor}" font-size="{_SIZE}" fill="#1d1a19">{escape(name)}</text>'
        )
        if len(names) == _MOST:
            break
    return dot("map-place", "".join(dots), "#5f5955", 6) + "".join(names) if names else ""


def _candidates(mark: Mark, around: Around) -> Iterator[tuple[str, float, float]]:
    """Names and where they belong in the drawing."""
    near = nearest_place(mark.latitude, mark.longitude)
    box = around.box(-_GAP)
    inside = largest_in(box.south, box.west, box.north, box.east)
    places: Iterator[Near | Place] = inside if near is None else chain((near,), inside)
    for place in places:
        longitude = mark.longitude + (place.longitude - mark.longitude + 180) % 360 - 180
        x, y = around.x(longitude), around.y(place.latitude)
        if _EDGE < x < around.width - _EDGE and _SIZE < y < around.height - _BAR:
            yield place.name, x, y


_BAR = 40
"""Units at the bottom that belong to the scale."""


def _is_under_pin(x: float, y: float, around: Around) -> bool:
    """Whether the pin in the middle covers a dot, or the beginning of its name."""
    return abs(x - around.width / 2) < _PIN_GAP and abs(y - around.height / 2) < _PIN_GAP


def _frame(name: str, x: float, y: float, anchor: str, gap: float) -> _Frame:
    """What a dot and its name cover."""
    width = gap + len(name) * _LETTER
    left, right = (x - _EDGE, x + width) if anchor == "start" else (x - width, x + _EDGE)
    return _Frame(left, y - _SIZE * 0.7, right, y + _SIZE * 0.7)
