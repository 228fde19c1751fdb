"""Where a picture was taken, in the ways people write it, and on maps drawn from our own data."""

from __future__ import annotations

from math import atan, degrees
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from mapy.explain.facts import shown
from mapy.explain.positions import Kind, place_of
from mapy.geo import Mark, country_of, nearest_place, place_map, world_map, zone_of
from mapy.geo.codes import decimal, geo_uri, plus_code
from mapy.geo.codes import degrees as in_degrees
from mapy.geo.sphere import distance_km
from mapy.text import ENGLISH, Number, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapy.explain.facts import Facts
    from mapy.explain.positions import Placed
    from mapy.text import Speech
    from mapy.web.listing import Evidence, Listing

_FILM_WIDTH_MM = 36
"""Of 35 mm film, to which cameras convert their focal lengths."""
_FARTHEST_ACCURACY_M = 100_000
_ALL_AROUND = 360
_WORLD_WIDTH = 960
_TRUE, _MAGNETIC = "T", "M"
_BEARINGS = {
    "north": Text("north"),
    "north-east": Text("north-east"),
    "east": Text("east"),
    "south-east": Text("south-east"),
    "south": Text("south"),
    "south-west": Text("south-west"),
    "west": Text("west"),
    "north-west": Text("north-west"),
}


class Line(NamedTuple):
    """A line of the place's text form."""

    label: Text
    text: Text | str
    is_code: bool = False


class Place(NamedTuple):
    """The place as text, on maps, and on another site's map for those who click it."""

    lines: tuple[Line, ...]
    world: Markup
    near: Markup
    link: str
    evidence: tuple[Evidence, ...]
    """The tags of every position in the file."""


def place(facts: Facts, listing: Listing, speech: Speech = ENGLISH) -> Place | None:
    """Where the picture was taken; None where the file does not tell. Maps speak `speech`."""
    placed = place_of(facts)
    if placed is None:
        return None
    here = placed.latitude, placed.longitude
    mark = _mark(facts, placed)
    exact = ", ".join(f"{number:.6f}" for number in here).replace(", ", "/")
    return Place(
        lines=tuple(_lines(facts, placed, mark)),
        world=drawn(world_map([Mark(*here)], width=_WORLD_WIDTH, speech=speech)),
        near=drawn(place_map(mark, speech=speech)),
        link=(
            f"https://www.openstreetmap.org/?mlat={here[0]:.6f}&mlon={here[1]:.6f}#map=15/{exact}"
        ),
        evidence=listing.evidence(tag for each in facts.positions for tag in each.evidence),
    )


def map_of_all(marks: Sequence[Mark], speech: Speech = ENGLISH) -> Markup | None:
    """The world with every place; None where there is none."""
    return drawn(world_map(marks, width=_WORLD_WIDTH, speech=speech)) if marks else None


def drawn(svg: str) -> Markup:
    """A drawing of `mapy.geo`, which writes numbers and escapes all of its texts."""
    return Markup(svg)  # noqa: S704 - made by us, escaped there


def _mark(facts: Facts, placed: Placed) -> Mark:
    accuracy = facts.number("GPS:GPSHPositioningError", "XMP-exif:GPSHPositioningError")
    if accuracy is not None and not 0 <= accuracy <= _FARTHEST_ACCURACY_M:
        accuracy = None
    direction = facts.number("GPS:GPSImgDirection", "XMP-exif:GPSImgDirection")
    if direction is not None and not 0 <= direction <= _ALL_AROUND:
        direction = None
    focal = facts.number("ExifIFD:FocalLengthIn35mmFormat", "XMP-exif:FocalLengthIn35mmFilm")
    angle = degrees(2 * atan(_FILM_WIDTH_MM / 2 / focal)) if focal and focal > 1 else None
    return Mark(placed.latitude, placed.longitude, accuracy, direction, angle)


def _lines(facts: Facts, placed: Placed, mark: Mark) -> Iterable[Line]:
    here = placed.latitude, placed.longitude
    yield from _surroundings(*here)
    yield Line(Text("Decimal degrees"), decimal(*here), is_code=True)
    yield Line(Text("Degrees"), in_degrees(*here), is_code=True)
    yield Line(Text("geo URI"), geo_uri(*here, uncertainty_m=mark.accuracy_m), is_code=True)
    yield Line(Text("Plus code"), plus_code(*here), is_code=True)
    position = facts.metadata.position
    if position is not None and position.altitude is not None:
        metres = {"metres": Number(round(abs(position.altitude)), "d")}
        above = Text("{metres} m above sea level", metres)
        below = Text("{metres} m below sea level", metres)
        yield Line(Text("Height"), above if position.altitude >= 0 else below)
    if mark.accuracy_m is not None:
        off = {"metres": Number(round(mark.accuracy_m), "d")}
        yield Line(Text("Accuracy"), Text("within {metres} m, by the receiver's word", off))
    if mark.direction is not None:
        yield Line(Text("Camera looked"), _direction(facts, mark.direction))
    yield from _others(facts, here)


_OTHERS = {
    Kind.TAKEN: Text("Told elsewhere"),
    Kind.DESTINATION: Text("Aimed at"),
    Kind.PILOT: Text("The pilot was at"),
}
_SAME_M = 25
"""Nearer than this two positions are one, written with different exactness."""


def _others(facts: Facts, here: tuple[float, float]) -> Iterable[Line]:
    """The other positions that the file tells, each once."""
    known = [here]
    for placed in facts.positions:
        there = placed.latitude, placed.longitude
        if all(distance_km(there, each) * 1000 > _SAME_M for each in known):
            known.append(there)
            yield Line(_OTHERS[placed.kind], decimal(*there), is_code=True)


def _direction(facts: Facts, direction: float) -> Text:
    reference = facts.first("GPS:GPSImgDirectionRef", "XMP-exif:GPSImgDirectionRef")[:1].upper()
    angle: dict[str, object] = {"angle": f"{direction:.0f}"}
    if reference == _MAGNETIC:
        return Text("{angle}° from magnetic north", angle)
    if reference == _TRUE:
        return Text("{angle}° from true north", angle)
    return Text("{angle}° from north", angle)


def _surroundings(latitude: float, longitude: float) -> Iterable[Line]:
    """The nearest place and the country, with what they are known from."""
    near, country = nearest_place(latitude, longitude), country_of(latitude, longitude)
    if near is not None:
        yield Line(
            Text("Nearest place"),
            Text(
                "{town}: its centre is {km} km away, and this is {bearing} of it (GeoNames)",
                {
                    "town": near.name,
                    "km": Number(near.distance_km, ".1f"),
                    "bearing": _BEARINGS[near.bearing],
                },
            ),
        )
    else:
        yield Line(Text("Nearest place"), Text("none within 250 km"))
    at_sea = Text("none: the place is at sea, or no borders are known there")
    yield Line(Text("Country"), Text(country.name) if country is not None else at_sea)
    zone = zone_of(latitude, longitude)
    if zone is not None:
        yield Line(Text("Time zone"), shown(zone), is_code=True)
