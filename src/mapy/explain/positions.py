"""Every position that a file tells, in whatever block: where it was taken, aimed, flown from."""

from __future__ import annotations

from enum import Enum
import re
from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.facts import number_of, said, tag_names
from mapy.explain.xmp_values import coordinate
from mapy.geo.sphere import distance_km

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapy.explain.facts import Facts
    from mapy.model import Tag

_MOST = 100
"""Positions of one file."""
_LATITUDE = re.compile("Latitude", re.IGNORECASE)
_COORDINATES = "GPSCoordinates"
"""Both halves in one text, in films and sequences."""
LATITUDES = tag_names(f"(?s:.*)(?i:Latitude)(?s:.*)|{_COORDINATES}")
"""Without one of these names a file tells no position."""
_PARTNERS = ("Longitude", "Longtitude", "longitude", "LONGITUDE")
"""What stands for "Latitude" in the name of the other half; DJI misspelt it for years."""
_MAX_LATITUDE, _MAX_LONGITUDE = 90.0, 180.0


class Kind(Enum):
    """What a position is of."""

    TAKEN = "taken"
    DESTINATION = "destination"
    """What the picture is aimed at."""
    PILOT = "pilot"
    """Where the one who flies the drone stands, or where it took off."""


class Placed(NamedTuple):
    """A position, and the tags that tell it."""

    kind: Kind
    latitude: float
    """Decimal degrees, north positive."""
    longitude: float
    evidence: tuple[Tag, ...]

    def metres_to(self, other: Placed) -> float:
        """The distance on a sphere."""
        here, there = (self.latitude, self.longitude), (other.latitude, other.longitude)
        return distance_km(here, there) * 1000


def positions_of(facts: Facts) -> tuple[Placed, ...]:
    """Every position, in the order of the file.

    Zero by zero is what receivers write that have none, and no place where pictures are taken.
    """
    found: list[Placed] = []
    latitudes = facts.by_names.get(LATITUDES, ())
    names = {tag.definition.name for tag in latitudes}
    groups = {tag.group for tag in latitudes}
    for directory in facts.metadata.directories:
        if len(found) >= _MOST:
            break
        if directory.name not in groups:
            continue
        tags: dict[str, Tag] = {}
        for tag in directory:
            tags.setdefault(tag.definition.name, tag)
        for name in tags:
            if name in names:
                found += _of_pair(tags, name)
    return tuple(found[:_MOST])


def place_of(facts: Facts) -> Placed | None:
    """Where the picture was taken: the first position that says so."""
    return next((each for each in facts.positions if each.kind is Kind.TAKEN), None)


def _of_pair(tags: Mapping[str, Tag], name: str) -> list[Placed]:
    """The positions that a latitude and its longitude tell; XMP may list several."""
    if name == _COORDINATES:
        return _of_both(tags[name])
    partners = (_LATITUDE.sub(partner, name) for partner in _PARTNERS)
    partner = next((tags[each] for each in partners if each in tags), None)
    if partner is None:
        return []
    tag = tags[name]
    north, north_tag = _reference(tags, tag)
    east, east_tag = _reference(tags, partner)
    evidence = tuple(each for each in (north_tag, tag, east_tag, partner) if each is not None)
    kind = _kind_of(tag.definition.name)
    placed = []
    for latitude, longitude in zip(_degrees(tag), _degrees(partner), strict=False):
        if latitude is None or longitude is None or not _is_place(latitude, longitude):
            continue
        signed = (
            -abs(latitude) if north == "S" else latitude,
            -abs(longitude) if east == "W" else longitude,
        )
        placed.append(Placed(kind, *signed, evidence))
    return placed


def _of_both(tag: Tag) -> list[Placed]:
    """The position that one text tells: latitude, longitude, perhaps a height."""
    latitude, longitude = (_degree(part) for part in (*str(tag.machine).split(" "), "", "")[:2])
    if latitude is None or longitude is None or not _is_place(latitude, longitude):
        return []
    return [Placed(Kind.TAKEN, latitude, longitude, (tag,))]


def _is_place(latitude: float, longitude: float) -> bool:
    """Whether it lies on the Earth, and is not what receivers write that have no position."""
    return (
        bool(latitude or longitude)
        and abs(latitude) <= _MAX_LATITUDE
        and abs(longitude) <= _MAX_LONGITUDE
    )


def _kind_of(name: str) -> Kind:
    if "Dest" in name:
        return Kind.DESTINATION
    if re.search("Home|Pilot|TakeOff|Takeoff|Operator|RemoteController", name):
        return Kind.PILOT
    return Kind.TAKEN


def _reference(tags: Mapping[str, Tag], tag: Tag) -> tuple[str, Tag | None]:
    """The hemisphere's letter where it stands beside the number, and the tag that tells it."""
    found = tags.get(f"{tag.definition.name}Ref")
    return ("" if found is None else str(found.machine).strip().upper()[:1]), found


def _degrees(tag: Tag) -> list[float | None]:
    value = tag.machine
    if isinstance(value, list):
        return [_degree(str(each)) for each in value[:_MOST]]
    number = number_of(tag)
    return [number if number is not None else _degree(said(tag))]


def _degree(text: str) -> float | None:
    value = coordinate(text.strip().removeprefix("+")[:64])
    return float(value) if isinstance(value, (int, float)) else None
