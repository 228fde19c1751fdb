"""What was found, to take away."""

from __future__ import annotations

import json

import pytest

from mapy.output.exports import EXPORTS
from mapy.web.exporting import export_images
from mapy_builders import camera, exif, jpeg, tiff
from safelight.api import Refusal, Request, Upload

PHOTO = jpeg(exif(tiff(camera())))


def exported(format_name: str | None, *contents: bytes) -> tuple[str, str]:
    """Name and text of a download."""
    uploads = tuple(Upload("a.jpg", content) for content in contents)
    download = export_images(Request(uploads, {"format": format_name}))
    return download.name, b"".join(download.content).decode()  # type: ignore[arg-type]  # pieces


@pytest.mark.parametrize("name", EXPORTS)
def test_each_format_of_the_command_line_is_here(name: str) -> None:
    """Written by the same functions."""
    assert exported(name, PHOTO)[0] == f"pictures.{name}"


def test_a_table_is_what_comes_unasked() -> None:
    """With a row for each file, read or not; files of one name are told apart."""
    name, text = exported(None, PHOTO, b"words", PHOTO)
    assert name == "pictures.csv"
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == [
        "a.jpg",
        "a.jpg (2)",
        "a.jpg (3)",
    ]


def test_places_are_json() -> None:
    """Nothing but what the format says."""
    assert json.loads(exported("geojson", PHOTO)[1])["type"] == "FeatureCollection"


def test_a_report_tells_all_that_was_found() -> None:
    """Of each file, and why another could not be read."""
    name, text = exported("report", PHOTO, b"words")
    assert name == "report.html"
    assert "What it gives away" in text
    assert "no picture" in text


def test_no_picture_at_all_is_a_refusal() -> None:
    """Instead of an empty table."""
    with pytest.raises(Refusal, match="unknown-format"):
        exported("csv", b"words")
