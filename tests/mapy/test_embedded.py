"""What a file holds inside of it does not speak for the picture."""

from __future__ import annotations

import mapy
from mapy.output.json import as_object
from mapy_box_builders import HeifItem, heif
from mapy_builders import rdf

XMP = b"application/rdf+xml"
FILE = heif(
    HeifItem(1, b"hvc1", b"pixels"),
    HeifItem(2, b"mime", rdf("<dc:format>map</dc:format><dc:type>inner</dc:type>"), 9, XMP),
    HeifItem(3, b"mime", rdf("<dc:format>picture</dc:format>"), 1, XMP),
    HeifItem(4, b"mime", rdf("<dc:type>second</dc:type>"), 8, XMP),
)


def test_the_pictures_own_tag_is_found_first() -> None:
    """Wherever it stands in the file."""
    assert mapy.read(FILE)["XMP-dc:Format"].machine == "picture"


def test_json_has_the_pictures_own_value() -> None:
    """And what only something inside tells, by the first that tells it."""
    found = as_object("a.heic", mapy.read(FILE), is_numeric=True)

    assert found["XMP-dc:Format"] == "picture"
    assert found["XMP-dc:Type"] == "inner"


def test_nothing_is_left_out() -> None:
    """Iterating gives every tag."""
    told = [tag.machine for tag in mapy.read(FILE) if tag.group == "XMP-dc"]

    assert told == ["map", "inner", "picture", "second"]
