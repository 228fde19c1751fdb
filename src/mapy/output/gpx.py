"""GPX 1.1: a waypoint for each picture that tells a place, and the track of those with a time."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from mapy.output.escaping import markup
from mapy.output.geojson import DECIMALS, coordinates
from mapy.output.labels import ENGLISH
from mapy.text import Text, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from mapy.batch import Facts
    from mapy.model import Position
    from mapy.output.labels import Language

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gpx version="1.1" creator="MAPy" xmlns="http://www.topografix.com/GPX/1/1">\n'
)


def pieces(facts: Iterable[Facts], language: Language = ENGLISH) -> Iterator[str]:
    """Waypoints in the order given, then one track by time. Files without a place are left out.

    A `time` is UTC, as the format demands. So a picture has one only if its file names a zone or a
    satellite's time; the clock of a camera without either stands in the description. Of each
    picture on the track a place and a time are kept until the end.
    """
    yield _HEAD
    track: list[tuple[datetime, Position]] = []
    for file in facts:
        if file.position is None:
            continue
        if file.utc is not None:
            track.append((file.utc, file.position))
        yield _waypoint(file, file.position, language)
    if len(track) > 1:
        yield f" <trk><name>{language.markup(Text('Pictures by time'))}</name><trkseg>\n"
        for utc, position in sorted(track, key=lambda each: each[0]):
            yield f"  {_point('trkpt', position)}<time>{as_utc(utc)}</time></trkpt>\n"
        yield " </trkseg></trk>\n"
    yield "</gpx>\n"


def _waypoint(file: Facts, position: Position, language: Language) -> str:
    """The schema wants this order: ele, time, name, desc."""
    time = f"<time>{as_utc(file.utc)}</time>" if file.utc else ""
    return (
        f" {_point('wpt', position)}{time}<name>{markup(file.name)}</name>"
        f"<desc>{language.markup(described(file))}</desc></wpt>\n"
    )


def _point(element: str, position: Position) -> str:
    """The beginning of a point: its place and its elevation. No exponents: xsd:decimal has none."""
    longitude, latitude, *altitude = coordinates(position)
    elevation = f"<ele>{altitude[0]:.2f}</ele>" if altitude else ""
    return f'<{element} lat="{latitude:.{DECIMALS}f}" lon="{longitude:.{DECIMALS}f}">{elevation}'


def as_utc(moment: datetime) -> str:
    """A moment with a zone as XML Schema writes it in UTC: `2024-05-01T08:11:12Z`."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def described(file: Facts) -> Text:
    """Camera, and the time as the file tells it."""
    if file.taken_at is None:
        return plain(file.camera)
    clock = plain(file.taken_at.isoformat(sep=" ", timespec="seconds"))
    if file.taken_at.tzinfo is None:
        clock = Text("{clock} (the camera's clock; the file names no zone)", {"clock": clock})
    if not file.camera:
        return clock
    return Text("{list}, {item}", {"list": file.camera, "item": clock})
