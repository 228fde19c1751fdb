"""The files that many pictures' facts can be taken away as: one table for command line and page."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol

from mapy.output.labels import ENGLISH
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapy.batch import Facts
    from mapy.output.labels import Language


class Writer(Protocol):
    """Writes facts in a format."""

    def __call__(self, facts: Iterable[Facts], language: Language = ENGLISH, /) -> Iterator[str]:
        """The pieces of the file; what is for people in it is in that language."""


class Export(NamedTuple):
    """A format to take away."""

    label: Text
    """What a person chooses."""
    media_type: str
    """As a download names it; all are UTF-8."""
    where: str
    """Module and function that write it."""
    needs_findings: bool = False
    """Whether it tells what the pictures give away, and not only places and times."""

    def writer(self) -> Writer:
        """The function, loaded when it is asked for: facts in, pieces of text out."""
        module, _, function = self.where.partition(":")
        found: Writer = getattr(import_module(module), function)
        return found


EXPORTS = {
    "html": Export(
        Text("Page with a map"), "text/html", "mapy.output.overview:pieces", needs_findings=True
    ),
    "geojson": Export(Text("GeoJSON"), "application/geo+json", "mapy.output.geojson:pieces"),
    "gpx": Export(Text("GPX"), "application/gpx+xml", "mapy.output.gpx:pieces"),
    "kml": Export(Text("KML"), "application/vnd.google-earth.kml+xml", "mapy.output.kml:pieces"),
    "csv": Export(Text("CSV"), "text/csv", "mapy.output.csv:of_places"),
}
"""By the extension of the file."""
