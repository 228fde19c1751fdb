"""KML 2.2 (OGC 07-147r2): a placemark for each picture that tells a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.output.escaping import escaped, markup
from mapy.output.geojson import DECIMALS, coordinates
from mapy.output.gpx import as_utc, described
from mapy.output.labels import ENGLISH
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapy.batch import Facts
    from mapy.model import Position
    from mapy.output.labels import Language

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
)


def pieces(facts: Iterable[Facts], language: Language = ENGLISH) -> Iterator[str]:
    """A document of placemarks, one a line. Files without a place are left out."""
    yield f"{_HEAD}<name>{language.markup(Text('Pictures'))}</name>\n"
    for file in facts:
        if file.position is not None:
            yield _placemark(file, file.position, language)
    yield "</Document></kml>\n"


def _placemark(file: Facts, position: Position, language: Language) -> str:
    """The schema wants this order: name, description, TimeStamp, the point.

    A description is read as HTML (section 9.1.3.10), so it is made harmless twice: as HTML, and as
    XML around it. A name is text.
    """
    time = f"<TimeStamp><when>{as_utc(file.utc)}</when></TimeStamp>" if file.utc else ""
    longitude, latitude, *altitude = coordinates(position)
    height = f",{altitude[0]:.2f}" if altitude else ""
    description = escaped(language.markup(described(file)))
    return (
        f" <Placemark><name>{markup(file.name)}</name>"
        f"<description>{description}</description>{time}"
        f"<Point><coordinates>{longitude:.{DECIMALS}f},{latitude:.{DECIMALS}f}{height}"
        "</coordinates></Point></Placemark>\n"
    )
