"""The formats for maps: valid by their published rules, whatever a file says."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta, timezone
import io
import json
import math
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from mapy.batch import Facts, Unread
from mapy.model import Position
from mapy.output import csv as csv_output
from mapy.output import geojson, gpx, kml
from mapy_fact_builders import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

GPX, KML = "{http://www.topografix.com/GPX/1/1}", "{http://www.opengis.net/kml/2.2}"
SYDNEY = Position(-33.8599999999, 151.21, 58.5)
LATER = datetime(2024, 5, 1, 12, tzinfo=timezone(timedelta(hours=10)))
PLACED = Facts("a.jpg", position=SYDNEY, taken_at=LATER, utc=LATER.astimezone(UTC), camera="Lamp")
EARLIER = Facts(
    "b.jpg", position=Position(-33.0, 151.0), utc=datetime(2024, 5, 1, 1, 30, tzinfo=UTC)
)
UNZONED = Facts("c.jpg", position=Position(0.00000001, 0.0), taken_at=datetime(2024, 5, 1, 9))  # noqa: DTZ001
NOWHERE = Facts("d.jpg", camera="Lamp")
ALL = (PLACED, EARLIER, UNZONED, NOWHERE)
WRITERS = [geojson.pieces, gpx.pieces, kml.pieces, csv_output.of_places]


def text(pieces: Iterable[str]) -> str:
    """The whole of what is written."""
    return "".join(pieces)


def test_geojson_has_a_point_for_each_place() -> None:
    """RFC 7946: longitude in front of latitude, then metres; names and times as properties."""
    found = json.loads(text(geojson.pieces(ALL)))

    assert found["type"] == "FeatureCollection"
    assert [each["geometry"]["coordinates"] for each in found["features"]] == [
        [151.21, -33.86, 58.5],
        [151.0, -33.0],
        [0.0, 0.0],
    ]
    assert found["features"][0]["properties"] == {
        "name": "a.jpg",
        "time": "2024-05-01T12:00:00+10:00",
        "utc": "2024-05-01T02:00:00+00:00",
        "camera": "Lamp",
    }


def test_geojson_without_a_place_is_an_empty_collection() -> None:
    """Nothing to show is a valid document, too."""
    assert json.loads(text(geojson.pieces([NOWHERE])))["features"] == []


def test_geojson_leaves_out_an_altitude_that_is_no_number() -> None:
    """JSON has no infinity."""
    file = Facts("a", position=Position(1.0, 2.0, math.inf))

    assert "[2.0,1.0]" in text(geojson.pieces([file]))


def test_gpx_has_a_waypoint_for_each_place() -> None:
    """Latitude and longitude as attributes, then ele, time, name, desc: the schema's order."""
    root = ET.fromstring(text(gpx.pieces(ALL)))  # noqa: S314 - our own
    points = root.findall(f"{GPX}wpt")

    assert root.tag == f"{GPX}gpx"
    assert [point.attrib for point in points] == [
        {"lat": "-33.8600000", "lon": "151.2100000"},
        {"lat": "-33.0000000", "lon": "151.0000000"},
        {"lat": "0.0000000", "lon": "0.0000000"},
    ]
    assert [child.tag.removeprefix(GPX) for child in points[0]] == ["ele", "time", "name", "desc"]
    assert points[0].findtext(f"{GPX}time") == "2024-05-01T02:00:00Z"


def test_gpx_claims_no_time_for_a_clock_without_a_zone() -> None:
    """A time is UTC in GPX; such a clock is told in words."""
    root = ET.fromstring(text(gpx.pieces([UNZONED])))  # noqa: S314 - our own

    assert root.find(f".//{GPX}time") is None
    assert "names no zone" in (root.findtext(f".//{GPX}desc") or "")


def test_gpx_has_the_track_in_order_of_time() -> None:
    """The earlier picture stands first, whatever the order of the files."""
    root = ET.fromstring(text(gpx.pieces(ALL)))  # noqa: S314 - our own

    assert [each.text for each in root.findall(f"{GPX}trk//{GPX}time")] == [
        "2024-05-01T01:30:00Z",
        "2024-05-01T02:00:00Z",
    ]


def test_kml_has_a_placemark_for_each_place() -> None:
    """Longitude, latitude, metres; children in the schema's order."""
    root = ET.fromstring(text(kml.pieces(ALL)))  # noqa: S314 - our own
    marks = root.findall(f"{KML}Document/{KML}Placemark")

    assert [mark.findtext(f".//{KML}coordinates") for mark in marks] == [
        "151.2100000,-33.8600000,58.50",
        "151.0000000,-33.0000000",
        "0.0000000,0.0000000",
    ]
    assert [child.tag.removeprefix(KML) for child in marks[0]] == [
        *("name", "description", "TimeStamp", "Point"),
    ]


def test_a_description_of_kml_is_harmless_as_html_too() -> None:
    """Programs show it as HTML: what XML gives out still has to be escaped."""
    file = Facts("a", position=SYDNEY, camera="<script>alert(1)</script>")
    root = ET.fromstring(text(kml.pieces([file])))  # noqa: S314 - our own

    assert "<" not in (root.findtext(f".//{KML}description") or "<")


@pytest.mark.parametrize("write", [gpx.pieces, kml.pieces])
def test_xml_stays_well_formed_whatever_a_file_is_called(
    write: Callable[[Iterable[Facts]], Iterator[str]],
) -> None:
    """A hostile name and camera are one name: no element, no forbidden sign."""
    file = PLACED._replace(name=HOSTILE, camera=HOSTILE)
    root = ET.fromstring(text(write([file])).encode())  # noqa: S314 - what is tested
    names = [each.text or "" for each in root.iter() if each.tag.endswith("}name")]

    assert sum("<script>" in name for name in names) == 1
    assert not any(each.tag.endswith("script") for each in root.iter())


@pytest.mark.parametrize("write", WRITERS)
def test_what_is_written_can_be_encoded(
    write: Callable[[Iterable[Facts]], Iterator[str]],
) -> None:
    """Half a character of a file's name ends in no format."""
    assert text(write([PLACED._replace(name=HOSTILE)])).encode()


@pytest.mark.parametrize("write", WRITERS)
def test_files_are_written_as_they_come(
    write: Callable[[Iterable[Facts]], Iterator[str]],
) -> None:
    """A file is asked for only after what stands before it was given out: no list is made."""
    asked = 0

    def files() -> Iterator[Facts]:
        nonlocal asked
        for _ in range(1000):
            asked += 1
            yield PLACED

    pieces = write(files())
    for _ in range(3):
        next(pieces)

    assert asked <= 3


def test_csv_has_a_row_a_file_and_says_why_one_was_not_read() -> None:
    """Every file has a row, with a place or without."""
    broken = Facts("e.jpg", error=Unread("file.broken", "It is broken.", "Copy it again."))
    rows = list(csv.DictReader(io.StringIO(text(csv_output.of_places([*ALL, broken])), newline="")))

    assert [row["SourceFile"] for row in rows] == ["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg"]
    assert (rows[0]["Latitude"], rows[0]["Longitude"]) == ("-33.86", "151.21")
    assert rows[4]["Error"] == "It is broken. Copy it again."
