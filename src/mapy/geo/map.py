"""Maps as SVG, drawn from data in the package: no script, no style, nothing from outside.

Colours are the page's business: each shape has a class (`map-sea`, `map-land`, `map-border`,
`map-pin`, `map-accuracy`, `map-view`, `map-place`, `map-label`, `map-scale`) and a plain colour for
where no style sheet is. A drawing has a title and a description, and all text in it is escaped.
"""

from __future__ import annotations

from functools import cache
from html import escape
from itertools import islice
from math import floor, log10
import re
from typing import TYPE_CHECKING

from mapy.geo.coasts import borders_in, land_in
from mapy.geo.codes import decimal
from mapy.geo.labels import labels
from mapy.geo.marks import Mark, accuracy, number, pins, view
from mapy.geo.places import nearest_place
from mapy.geo.projection import WORLD_HEIGHT, WORLD_WIDTH, Around, world_x, world_y
from mapy.geo.sphere import KM_PER_DEGREE
from mapy.geo.stored import content_of
from mapy.text import ENGLISH, Number, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapy.text import Speech

MARKS_MAX = 1_000
"""So many places the world can show at once; of more, the first."""
WIDEST, NARROWEST = 40.0, 0.5
"""Degrees of latitude as long as the nearer map is wide."""

_VIEW_ON_WORLD, _VIEW_AROUND = 150, 60
_DATE_LINE, _NEAR_EDGE = 180, 20
_WIDTH, _HEIGHT = 600, 400
_MARGIN = 10
_FINE = 10
"""Steps in a unit, so that a path is whole numbers."""
_PATHS_MAX = 24_000
"""Letters for land and borders; a ragged coast is drawn with fewer points until it fits."""
_FIRST_STEP = 2
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def world_map(
    points: Sequence[Mark],
    *,
    width: int = 960,
    title: str = "",
    description: str = "",
    speech: Speech = ENGLISH,
) -> str:
    """The world with a pin at each point; circle and direction where a point has them.

    Args:
        points: What to show; the first `MARKS_MAX` are drawn.
        width: Of the picture, in pixels, where no style sheet says otherwise.
        title: The name of the picture, as text.
        description: What it shows, as text.
        speech: The language of both where they are not given.

    Raises:
        ValueError: a point lies nowhere on the Earth.
    """
    marks = [mark.checked() for mark in islice(points, MARKS_MAX)]

    def project(latitude: float, longitude: float) -> tuple[float, float]:
        return world_x(longitude), world_y(latitude)

    shown = [copy for mark in marks for copy in _on_both_edges(mark)]
    land, borders = _world()
    title = title or Text("Map of the world").translated(speech)
    description = description or _where(points).translated(speech)
    shapes = (
        _path("map-land", land),
        _path("map-border", borders),
        *(accuracy(mark, project) for mark in shown),
        *(view(mark, project, _VIEW_ON_WORLD) for mark in shown),
        pins(shown, project) if shown else "",
    )
    return _svg("map map-world", (WORLD_WIDTH, WORLD_HEIGHT), width, (title, description), shapes)


def place_map(
    point: Mark,
    *,
    span: float = 10.0,
    width: int = _WIDTH,
    title: str = "",
    description: str = "",
    speech: Speech = ENGLISH,
) -> str:
    """The land around a point: coast, borders, towns by name, a scale.

    Args:
        point: What stands in the middle.
        span: How wide the view is, in degrees of latitude (111 km each).
        width: Of the picture, in pixels, where no style sheet says otherwise.
        title: The name of the picture, as text.
        description: What it shows, as text.
        speech: The language of both where they are not given.

    Raises:
        ValueError: the point lies nowhere on the Earth.
    """
    mark = point.checked()
    span = min(max(span, NARROWEST), WIDEST)
    around = Around(mark.latitude, mark.longitude, span / _WIDTH, _WIDTH, _HEIGHT)

    def project(latitude: float, longitude: float) -> tuple[float, float]:
        return around.x(longitude), around.y(latitude)

    land, borders = _around(around)
    title = title or Text("Map of the surroundings").translated(speech)
    description = description or _surroundings(mark, span).translated(speech)
    shapes = (
        f'<g transform="scale({1 / _FINE})">',
        _path("map-land", land),
        _path("map-border", borders),
        "</g>",
        accuracy(mark, project),
        view(mark, project, _VIEW_AROUND),
        labels(mark, around),
        _scale(around.unit * KM_PER_DEGREE),
        pins([mark], project),
    )
    return _svg("map map-place-view", (_WIDTH, _HEIGHT), width, (title, description), shapes)


def _on_both_edges(mark: Mark) -> list[Mark]:
    """The mark, and once more a turn away where it reaches over the edge of the world."""
    turn = 360 if mark.longitude < 0 else -360
    is_near = abs(mark.longitude) > _DATE_LINE - _NEAR_EDGE
    return [mark, mark._replace(longitude=mark.longitude + turn)] if is_near else [mark]


def _where(points: Sequence[Mark]) -> Text:
    """The points in a sentence."""
    if len(points) != 1:
        return Text("{count} places are marked.", {"count": Number(len(points))})
    return Text("Marked: {place}.", {"place": decimal(points[0].latitude, points[0].longitude, 4)})


def _surroundings(mark: Mark, span: float) -> Text:
    """The view in a sentence."""
    here = decimal(mark.latitude, mark.longitude, 4)
    wide = Number(round(span * KM_PER_DEGREE))
    near = nearest_place(mark.latitude, mark.longitude)
    if near is None:
        return Text(
            "{place} is in the middle of {wide} km from west to east. No town is near.",
            {"place": here, "wide": wide},
        )
    return Text(
        "{place} is in the middle of {wide} km from west to east. "
        "The nearest town is {town}, {distance} km away.",
        {
            "place": here,
            "wide": wide,
            "town": near.name,
            "distance": Number(near.distance_km, ".1f"),
        },
    )


def _svg(
    names: str,
    size: tuple[int, int],
    width: int,
    words: tuple[str, str],
    shapes: Iterable[str],
) -> str:
    title, description = (escape(_UNPRINTABLE.sub("", each), quote=False) for each in words)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{names}" role="img" '
        f'viewBox="0 0 {size[0]} {size[1]}" width="{width}" '
        f'height="{round(width * size[1] / size[0])}">'
        f"<title>{title}</title><desc>{description}</desc>"
        f'<rect class="map-sea" width="{size[0]}" height="{size[1]}" fill="#eef1f2"/>'
        f"{''.join(shapes)}</svg>"
    )


_COLOURS = {
    "map-land": 'fill="#d9d2cb" stroke="#8a827c" stroke-width=".5"',
    "map-border": 'fill="none" stroke="#fff"',
}


def _path(name: str, path: str) -> str:
    return (
        f'<path class="{name}" d="{path}" {_COLOURS[name]} fill-rule="evenodd" '
        'stroke-linejoin="round" vector-effect="non-scaling-stroke"/>'
    )


@cache
def _world() -> tuple[str, str]:
    """Land and borders of the whole world as paths."""
    lines = content_of("world.txt").decode("ascii").splitlines()
    return lines[0], lines[1]


def _around(around: Around) -> tuple[str, str]:
    """Land and borders of a view as paths, with as many points as there is room for."""
    box = around.box(_MARGIN)
    land = [around.steps(line, _FINE) for line in land_in(box)]
    borders = [around.steps(line, _FINE) for line in borders_in(box)]
    step = _FIRST_STEP
    while True:
        paths = (
            "".join(_line(line, step, "z") for line in land),
            "".join(_line(line, step, "") for line in borders),
        )
        if sum(map(len, paths)) <= _PATHS_MAX:
            return paths
        step *= 2


def _line(corners: list[tuple[int, int]], step: int, end: str) -> str:
    """A line of a path; points nearer than `step` to the one before are left out."""
    x, y = corners[0]
    parts, last = [], len(corners) - 1
    for index, (next_x, next_y) in enumerate(corners):
        far = abs(next_x - x) + abs(next_y - y)
        if far >= step or (index == last and far):
            parts.append(f"{next_x - x} {next_y - y}")
            x, y = next_x, next_y
    if len(parts) < len(end) + 1:
        return ""
    return f"M{corners[0][0]} {corners[0][1]}l{' '.join(parts).replace(' -', '-')}{end}"


def _scale(km_per_unit: float) -> str:
    """A bar of a round length at the bottom left, at most a quarter of the width."""
    most = _WIDTH / 4 * km_per_unit
    power = 10 ** floor(log10(most))
    length = max(factor * power for factor in (1, 2, 5) if factor * power <= most)
    end, y = number(12 + length / km_per_unit), _HEIGHT - 12
    return (
        f'<path class="map-scale" d="M12 {y - 6}v6H{end}v-6" fill="none" stroke="#1d1a19" '
        'stroke-width="1.5" vector-effect="non-scaling-stroke"/>'
        f'<text class="map-label" x="16" y="{y - 6}" font-size="13" fill="#1d1a19">'
        f"{length:g} km</text>"
    )
