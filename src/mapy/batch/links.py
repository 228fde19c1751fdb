"""What links pictures to each other: one camera, one person, one document, one place and hour."""

from __future__ import annotations

from itertools import product
from math import cos, dist, radians, sin
from typing import TYPE_CHECKING, NamedTuple

from mapy.batch.marks import MarkKind
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapy.batch.facts import Facts
    from mapy.batch.marks import Mark

PLACE = "place"
"""The kind of a link by place and hour; the others have the value of their `MarkKind`."""
NEAR_M, NEAR_S = 100, 3600
"""How near two pictures are that were taken together: metres, seconds."""
_EARTH_RADIUS_M = 6_371_008.8
"""The mean radius (IUGG)."""

_WHAT = {
    MarkKind.BODY: Text("{count} pictures share the serial number of a camera: {value}"),
    MarkKind.LENS: Text("{count} pictures share the serial number of a lens: {value}"),
    MarkKind.PERSON: Text("{count} pictures name the same person: {value}"),
    MarkKind.DOCUMENT: Text("{count} pictures come from one edited document: {value}"),
    MarkKind.IMAGE: Text("{count} pictures have one picture's own number: {value}"),
}
_TOGETHER = Text("{count} pictures were taken within 100 m and an hour of {value}")


class Link(NamedTuple):
    """Files that belong together, and by what."""

    kind: str
    value: str
    """What they share: a number, a name; for a place the first picture's name."""
    names: tuple[str, ...]
    """The files, in the order given; two or more."""
    what: Text
    """The link in a sentence."""


def links(facts: Iterable[Facts]) -> tuple[Link, ...]:
    """All links, those of most files first."""
    files = tuple(facts)
    found: dict[tuple[str, tuple[str, ...]], Link] = {}
    for link in (*_by_marks(files), *_by_place(files)):
        found.setdefault((link.kind, link.names), link)  # an edited document has several ids
    return tuple(sorted(found.values(), key=lambda link: -len(link.names)))


def _by_marks(files: tuple[Facts, ...]) -> Iterator[Link]:
    first: dict[object, Mark] = {}
    names: dict[object, dict[str, None]] = {}
    for file in files:
        for mark in file.marks:
            first.setdefault(mark.key, mark)
            names.setdefault(mark.key, {})[file.name] = None
    for key, those in names.items():
        if len(those) > 1:
            mark = first[key]
            yield _link(mark.kind.value, mark.text or mark.value, tuple(those), _WHAT[mark.kind])


def _link(kind: str, value: str, names: tuple[str, ...], what: Text) -> Link:
    return Link(kind, value, names, what.with_values({"count": len(names), "value": value}))


class _Anchor(NamedTuple):
    """The first picture of a place and hour, and those taken near it."""

    point: tuple[float, float, float]
    seconds: float
    names: list[str]


_Cell = tuple[int, int, int, int, bool]


def _by_place(files: tuple[Facts, ...]) -> Iterator[Link]:
    """The pictures near the first of them in place and time, in linear time.

    Space and time are cut into cells of 100 m and an hour. Of what a cell holds, two anchors are
    never near each other, so there are few; a picture asks those of its own cell and of the cells
    around it. Points in space, not degrees: neither the date line nor the poles are special.
    """
    cells: dict[_Cell, list[_Anchor]] = {}
    anchors: list[_Anchor] = []
    for is_utc, seconds, file in sorted(_timed(files), key=lambda each: each[:2]):
        point = _point(file)
        at = (*(int(axis // NEAR_M) for axis in point), int(seconds // NEAR_S))
        anchor = next(
            (
                each
                for step in _AROUND
                for each in cells.get(_moved(at, step, is_utc=is_utc), ())
                if seconds - each.seconds <= NEAR_S and dist(point, each.point) <= NEAR_M
            ),
            None,
        )
        if anchor is None:
            anchor = _Anchor(point, seconds, [])
            anchors.append(anchor)
            cells.setdefault(_moved(at, (0, 0, 0, 0), is_utc=is_utc), []).append(anchor)
        anchor.names.append(file.name)
    for anchor in anchors:
        names = tuple(dict.fromkeys(anchor.names))
        if len(names) > 1:
            yield _link(PLACE, names[0], names, _TOGETHER)


_AROUND = tuple(product((0, -1, 1), (0, -1, 1), (0, -1, 1), (0, -1)))
"""A cell and its neighbours; in time those before it only, for pictures come in their order."""


def _moved(at: tuple[int, ...], step: tuple[int, ...], *, is_utc: bool) -> _Cell:
    x, y, z, hour = map(sum, zip(at, step, strict=True))
    return x, y, z, hour, is_utc


def _timed(files: tuple[Facts, ...]) -> Iterator[tuple[bool, float, Facts]]:
    """The files with a place and a time; clocks without a zone are compared among themselves."""
    for file in files:
        if file.position is None:
            continue
        moment = file.utc or file.taken_at
        if moment is not None:
            days = moment.toordinal()
            seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second
            yield file.utc is not None, days * 86_400 + seconds, file


def _point(file: Facts) -> tuple[float, float, float]:
    """The position as metres from the middle of the Earth."""
    if file.position is None:
        raise ValueError(file.name)
    latitude, longitude = radians(file.position.latitude), radians(file.position.longitude)
    across = _EARTH_RADIUS_M * cos(latitude)
    return across * cos(longitude), across * sin(longitude), _EARTH_RADIUS_M * sin(latitude)
