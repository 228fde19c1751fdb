"""GeoJSON (RFC 7946): a point for each picture that tells a place."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from mapy.output.escaping import visible
from mapy.output.labels import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapy.batch import Facts
    from mapy.model import Position
    from mapy.output.labels import Language

DECIMALS = 7
"""Of a degree: a centimetre on the ground; more would claim what no receiver knows."""


def pieces(facts: Iterable[Facts], language: Language = ENGLISH) -> Iterator[str]:
    """A feature collection, a feature a line. Files without a place are left out."""
    del language  # all of it is for programs
    yield '{"type":"FeatureCollection","features":['
    lead = "\n"
    for file in facts:
        if file.position is not None:
            yield lead + _feature(file, file.position)
            lead = ",\n"
    yield "\n]}\n"


def _feature(file: Facts, position: Position) -> str:
    """A feature: longitude in front of latitude (section 3.1.1)."""
    properties = {
        "name": visible(file.name),
        "time": file.taken_at.isoformat() if file.taken_at else None,
        "utc": file.utc.isoformat() if file.utc else None,
        "camera": visible(file.camera),
    }
    return json.dumps(
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": coordinates(position)},
            "properties": {name: value for name, value in properties.items() if value},
        },
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )


def coordinates(position: Position) -> list[float]:
    """Longitude, latitude, and the altitude in metres where the file tells a real one."""
    found = [round(position.longitude, DECIMALS), round(position.latitude, DECIMALS)]
    if position.altitude is not None and math.isfinite(position.altitude):
        found.append(round(position.altitude, 2))
    return found
