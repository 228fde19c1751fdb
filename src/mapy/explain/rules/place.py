"""Rules about positions, and what the camera knew around them: direction, height, speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain.copies import blocks_of
from mapy.explain.facts import tag_names
from mapy.explain.finding import Subject, Weight
from mapy.explain.positions import LATITUDES, Kind
from mapy.explain.previews import PICTURES
from mapy.explain.rule import Rule, Sight
from mapy.explain.surroundings import place_text
from mapy.text import Number, Text, sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapy.explain.facts import Facts

_SAME_PLACE_M = 100
"""Copies that are further apart were not written together."""
_ERROR = ("GPS:GPSHPositioningError", "XMP-exif:GPSHPositioningError")
_VOID = "V"
"""Exif 3.0, GPSStatus: the receiver had no fix when the picture was taken."""


def _position(facts: Facts) -> Iterator[Sight]:
    taken = [each for each in facts.positions if each.kind is Kind.TAKEN]
    if not taken:
        return
    first = taken[0]
    tags = [tag for placed in taken for tag in placed.evidence]
    error = facts.number(*_ERROR)
    is_void = facts.first("GPS:GPSStatus").upper() == _VOID
    what = sentences(
        Text(
            "The file says where the picture was taken: {place}.",
            {"place": place_text(first.latitude, first.longitude)},
        ),
        _accuracy(error),
        Text("The receiver had no fix just then, so the position may be an older one.")
        if is_void
        else None,
        Text(
            "Copies of it: {count}, in {blocks}.", {"count": len(taken), "blocks": blocks_of(tags)}
        )
        if len(taken) > 1
        else Text("It stands in {blocks}.", {"blocks": blocks_of(tags)}),
    )
    yield Sight(Weight.LOOK if is_void else Weight.HIGH, what, tags)


def _accuracy(error: float | None) -> Text | None:
    if error is None or error <= 0:
        return None
    return Text(
        "By its own word it is right to within {metres} m.",
        {"metres": Number(round(max(error, 1)), "d")},
    )


def _disagreement(facts: Facts) -> Iterator[Sight]:
    taken = [each for each in facts.positions if each.kind is Kind.TAKEN]
    if not taken:
        return
    first = taken[0]
    for other in taken[1:]:
        metres = first.metres_to(other)
        if metres > _SAME_PLACE_M:
            yield Sight(
                Weight.LOOK,
                Text(
                    "Two copies of the position differ by {distance}: {one} in {first}, {two} in"
                    " {second}.",
                    {
                        "distance": _distance(metres),
                        "one": place_text(first.latitude, first.longitude),
                        "first": blocks_of(first.evidence),
                        "two": place_text(other.latitude, other.longitude),
                        "second": blocks_of(other.evidence),
                    },
                ),
                (*first.evidence, *other.evidence),
            )
            return


def _distance(metres: float) -> str:
    return f"{metres / 1000:.1f} km" if metres >= 1000 else f"{metres:.0f} m"  # noqa: PLR2004 - a kilometre


def _first_of(kind: Kind, what: Text) -> Callable[[Facts], Iterator[Sight]]:
    """Looks for a position of a kind; `what` says it, with the place left open."""

    def look(facts: Facts) -> Iterator[Sight]:
        for placed in facts.positions:
            if placed.kind is kind:
                place = place_text(placed.latitude, placed.longitude)
                yield Sight(Weight.HIGH, what.with_values({"place": place}), placed.evidence)
                return

    return look


_aimed_at = _first_of(
    Kind.DESTINATION, Text("The file says which place the picture shows: {place}.")
)
_pilot = _first_of(
    Kind.PILOT,
    Text("The drone noted where it took off or where its pilot stood: {place}."),
)


def _inside_previews(facts: Facts) -> Iterator[Sight]:
    for preview in facts.previews:
        inner = preview.metadata
        position = inner.position if inner is not None else None
        if inner is None or position is None or not (position.latitude or position.longitude):
            continue
        yield Sight(
            Weight.HIGH,
            Text(
                "A further picture in the file ({label}) says where it was taken: {place}.",
                {
                    "label": preview.label,
                    "place": place_text(position.latitude, position.longitude),
                },
            ),
            (preview.tag,),
        )


_HEADINGS = (
    ("GPS:GPSImgDirection", "GPS:GPSImgDirectionRef"),
    ("XMP-exif:GPSImgDirection", "XMP-exif:GPSImgDirectionRef"),
    ("XMP-GPano:PoseHeadingDegrees", ""),
    ("XMP-drone-dji:GimbalYawDegree", ""),
    ("XMP-Camera:Yaw", ""),
)
_HEADING_NAMES = tag_names("GPSImgDirection|PoseHeadingDegrees|GimbalYawDegree|Yaw")
_FULL_TURN = 360


def _direction(facts: Facts) -> Iterator[Sight]:
    for key, reference in _HEADINGS:
        heading = facts.number(key)
        if heading is None or abs(heading) > _FULL_TURN or not (heading or facts.positions):
            continue
        is_magnetic = bool(reference) and facts.first(reference).upper().startswith("M")
        degrees = {"degrees": f"{heading % _FULL_TURN:.0f}"}
        yield Sight(
            Weight.LOOK if facts.positions else Weight.NOTE,
            Text("The camera looked towards {degrees}° by its compass.", degrees)
            if is_magnetic
            else Text("The camera looked towards {degrees}° (0 is north, 90 is east).", degrees),
            [facts.metadata[key]],
        )
        return


_ALTITUDES = ("GPS:GPSAltitude", "XMP-exif:GPSAltitude", "XMP-drone-dji:AbsoluteAltitude")
_ALTITUDE_NAMES = tag_names("GPSAltitude|AbsoluteAltitude")
_BELOW_SEA_LEVEL = (1, 3)
_HIGHEST_M = 50_000
_KM_H = {"K": 1.0, "M": 1.609344, "N": 1.852}
"""Exif 3.0, GPSSpeedRef: kilometres, miles, knots an hour."""
_SPEED_NAMES = tag_names("GPSSpeed")
_STANDING_KM_H = 3
_FASTEST_KM_H = 2_000


def _altitude(facts: Facts) -> Iterator[Sight]:
    for key in _ALTITUDES:
        metres = facts.number(key)
        if metres is None or not 1 <= abs(metres) < _HIGHEST_M:  # 0 is written for unknown
            continue
        below = facts.number(f"{key}Ref") in _BELOW_SEA_LEVEL
        values = {"metres": Number(round(abs(metres)), "d")}
        yield Sight(
            Weight.NOTE,
            Text("The picture was taken {metres} m below sea level.", values)
            if below or metres < 0
            else Text("The picture was taken {metres} m above sea level.", values),
            [facts.metadata[key]],
        )
        return


def _speed(facts: Facts) -> Iterator[Sight]:
    for group in ("GPS", "XMP-exif"):
        speed = facts.number(f"{group}:GPSSpeed")
        factor = _KM_H.get(facts.first(f"{group}:GPSSpeedRef").upper()[:1])
        if speed is None or factor is None:
            continue
        if _STANDING_KM_H < speed * factor < _FASTEST_KM_H:
            yield Sight(
                Weight.NOTE,
                Text(
                    "The camera moved at {speed} km/h: it was in a vehicle or an aircraft, or the"
                    " receiver was still settling.",
                    {"speed": Number(round(speed * factor), "d")},
                ),
                [facts.metadata[f"{group}:GPSSpeed"]],
            )
            return


_LEADS_HOME = Text(
    "Whoever gets the file can find the spot: your home, your work, or the person you met."
)
_POINTER = Text("With the position it tells what you pointed the camera at, and from which side.")

RULES = (
    Rule(
        "place.position",
        Subject.PLACE,
        (Weight.HIGH, Weight.LOOK),
        "Latitude and longitude, in EXIF, XMP, makers' notes, Content Credentials or drone data.",
        _LEADS_HOME,
        _position,
        names=(LATITUDES,),
    ),
    Rule(
        "place.position-in-preview",
        Subject.PLACE,
        (Weight.HIGH,),
        "A position inside a further picture that the file carries.",
        Text("A program that removes the position of the picture itself leaves this one."),
        _inside_previews,
        names=(PICTURES,),
    ),
    Rule(
        "place.aimed-at",
        Subject.PLACE,
        (Weight.HIGH,),
        "The position of what the picture shows (GPS destination).",
        _LEADS_HOME,
        _aimed_at,
        names=(LATITUDES,),
    ),
    Rule(
        "place.pilot",
        Subject.PLACE,
        (Weight.HIGH,),
        "Where a drone took off, or where its pilot stood.",
        Text("It leads to the person who flew, not to what was filmed."),
        _pilot,
        names=(LATITUDES,),
    ),
    Rule(
        "place.disagreement",
        Subject.PLACE,
        (Weight.LOOK,),
        "Two copies of the position that lie more than 100 m apart.",
        Text("One of them was changed later, or by a program that did not know of the other."),
        _disagreement,
        names=(LATITUDES,),
    ),
    Rule(
        "place.direction",
        Subject.PLACE,
        (Weight.LOOK, Weight.NOTE),
        "The direction that the camera looked in.",
        _POINTER,
        _direction,
        names=(_HEADING_NAMES,),
    ),
    Rule(
        "place.altitude",
        Subject.PLACE,
        (Weight.NOTE,),
        "The height above sea level.",
        Text("In a town with hills it narrows down the street, in a tower the floor."),
        _altitude,
        names=(_ALTITUDE_NAMES,),
    ),
    Rule(
        "place.speed",
        Subject.PLACE,
        (Weight.NOTE,),
        "The speed at which the camera moved.",
        Text("It tells how you travelled."),
        _speed,
        names=(_SPEED_NAMES,),
    ),
)
