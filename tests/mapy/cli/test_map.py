"""`mapy map`, to the letter of its contract."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from click.testing import CliRunner, Result
import pytest

from mapy.cli import main
from mapy_builders import camera, exif, jpeg, png, tiff

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A photo with a place in a folder below, a picture without, and a text."""
    folder = tmp_path / "pictures"
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "photo.jpg").write_bytes(jpeg(exif(tiff(camera()))))
    (folder / "plain.png").write_bytes(png())
    (folder / "notes.txt").write_text("no picture")
    return folder


def run(*arguments: object) -> Result:
    """What the command prints and how it ends."""
    return CliRunner().invoke(main, ["map", *map(str, arguments)])


@pytest.mark.parametrize("name", ["html", "geojson", "gpx", "kml", "csv"])
def test_writes_the_format_that_the_name_ends_with(name: str, folder: Path, tmp_path: Path) -> None:
    """Folders are searched with those in them; the place is in each format."""
    target = tmp_path / f"places.{name.upper()}"
    result = run(folder, "-o", target)
    written = target.read_text(encoding="utf-8")

    assert result.exit_code == 0
    assert "photo.jpg" in written
    assert "-33.8598333" in written or "-33.85983" in written
    assert result.stderr == (
        "Files read: 2. With a place: 1. Passed over, because they are no pictures: 1.\n"
    )


def test_geojson_on_the_standard_output(folder: Path) -> None:
    """`-` with --format; nothing but the document is printed there."""
    result = run(folder, "-o", "-", "--format", "geojson")
    found = json.loads(result.stdout)

    assert [round(each, 2) for each in found["features"][0]["geometry"]["coordinates"]] == [
        *(151.21, -33.86, 58.5),
    ]


@pytest.mark.parametrize("name", ["gpx", "kml", "html"])
def test_what_is_written_is_well_formed(name: str, folder: Path) -> None:
    """An XML parser reads it; the page of HTML but for its head, too."""
    written = run(folder, "-o", "-", "--format", name).stdout
    if name == "html":
        written = written[written.index("<main>") : written.index("</body>")]
        written = written.replace("<br>", "<br/>")

    assert ET.fromstring(written.encode()) is not None  # noqa: S314 - our own


def test_an_unreadable_file_is_named_at_the_end(folder: Path) -> None:
    """The others are written all the same, and the exit code is 1."""
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    result = run(folder, folder / "missing.jpg", "-o", "-", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))

    assert result.exit_code == 1
    assert len(rows) == 4
    assert "broken.jpg: The file begins like a JPEG file, but is broken." in result.stderr
    assert "missing.jpg: There is no such file." in result.stderr
    assert result.stderr.splitlines()[-1].startswith(
        "Files read: 2. With a place: 1. Unreadable: 2."
    )


def test_a_folder_that_cannot_be_opened_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in it was not seen, so the exit code is 1."""

    def iterdir(path: Path) -> object:
        raise PermissionError(path)

    monkeypatch.setattr(type(folder), "iterdir", iterdir)
    result = run(folder, "-o", "-", "--format", "csv")

    assert result.exit_code == 1
    assert "This folder could not be opened." in result.output


def test_never_writes_over_a_picture(folder: Path) -> None:
    """A forgotten name must not cost a photo, whatever it is called."""
    photo = folder / "photo.csv"
    photo.write_bytes(jpeg())
    result = run(folder, "-o", photo)

    assert result.exit_code == 2
    assert "is a picture" in result.output
    assert photo.read_bytes() == jpeg()


@pytest.mark.parametrize(
    "arguments",
    [
        ("-o", "x.geojson"),
        (".",),
        (".", "-o", "-"),
        (".", "-o", "x.jpg"),
        (".", "-o", "/no/such/folder/x.csv"),
    ],
)
def test_wrong_usage_ends_with_2(
    arguments: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing to read, no file to write, a format that nobody named, a folder that is not there."""
    monkeypatch.chdir(folder)

    assert run(*arguments).exit_code == 2
