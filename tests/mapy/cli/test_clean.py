"""`mapy clean`, to the letter of its contract."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result
import pytest

import mapy
from mapy.clean import pixels
from mapy.cli import main
from mapy_builders import exif, jpeg, rdf
from mapy_clean_builders import CAMERA

if TYPE_CHECKING:
    from pathlib import Path

PHOTO = jpeg(exif(CAMERA))


@pytest.fixture(autouse=True)
def _no_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with and without Pillow."""
    monkeypatch.setattr(pixels, "find_spec", lambda _: None)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo in a folder of its own."""
    folder = tmp_path / "photos"
    folder.mkdir()
    path = folder / "IMG_20240501_101112.jpg"
    path.write_bytes(PHOTO)
    return path


def run(*arguments: object) -> Result:
    """What a command prints and how it ends."""
    return CliRunner().invoke(main, ["clean", *map(str, arguments)])


def names(folder: Path) -> list[str]:
    """What stands in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_writes_a_copy_beside_the_file(photo: Path) -> None:
    """Under a name that gives nothing away; the file stays as it is."""
    result = run(photo)

    assert [photo.name, "picture.jpg"] == names(photo.parent)
    assert photo.read_bytes() == PHOTO
    assert "IFD0:Make" not in mapy.read(photo.parent / "picture.jpg")
    assert "could not be removed" in result.output
    assert result.exit_code == 0


def test_writes_into_a_folder(photo: Path, tmp_path: Path) -> None:
    """Which is made if need be; several copies are numbered."""
    result = run("-o", tmp_path / "a" / "b", photo, photo)

    assert names(tmp_path / "a" / "b") == ["picture-2.jpg", "picture.jpg"]
    assert [photo.name] == names(photo.parent)
    assert result.exit_code == 0


def test_a_refused_file_does_not_stop_the_others(photo: Path, tmp_path: Path) -> None:
    """It gives its name and the reason, the others are cleaned, and the exit code is 1."""
    sidecar = tmp_path / "photo.xmp"
    sidecar.write_bytes(rdf("<dc:title>x</dc:title>").strip())
    result = run("--json", sidecar, tmp_path / "missing", photo)
    refused, missing, done = json.loads(result.output)

    assert "nothing but metadata" in refused["Error"]
    assert missing == {
        "SourceFile": str(tmp_path / "missing"),
        "Error": "There is no such file. Check the path and its permissions.",
    }
    assert done["Copy"] == str(photo.parent / "picture.jpg")
    assert result.exit_code == 1


def test_prints_what_was_done(photo: Path) -> None:
    """The three lists, what to know, and whether the pixels were compared."""
    (done,) = json.loads(run("--json", photo).output)

    assert "GPS:GPSLatitude" in done["Removed"]
    assert "IFD0:Orientation" in done["Kept"]
    assert (done["Stuck"], done["Coarsened"], done["Warnings"]) == ([], [], [])
    assert "byte for byte" in done["Pixels"]


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ((), {"IFD0:Orientation"}),
        (("--keep", "none"), set()),
        (("--preset", "sell"), {"IFD0:Orientation"}),
        (("--keep", "none", "--coarsen", "km"), {"GPS:GPSLatitude", "GPS:GPSLongitude"}),
    ],
)
def test_takes_options(photo: Path, options: tuple[str, ...], kept: set[str]) -> None:
    """Of what stays, and how exactly the place may be told."""
    (done,) = json.loads(run("--json", *options, photo).output)

    assert kept == {key for key in done["Kept"] if not key.startswith("File:")} - {
        "GPS:GPSLatitudeRef",
        "GPS:GPSLongitudeRef",
    }


def test_removes_the_place_alone(photo: Path) -> None:
    """--remove takes the tags of subjects, and leaves the others."""
    (done,) = json.loads(run("--json", "--remove", "place", photo).output)
    copy = mapy.read(done["Copy"])

    assert copy.position is None
    assert copy["ExifIFD:ExposureTime"].machine == 0.002


@pytest.mark.parametrize(
    "options", [("--keep", "colors"), ("--remove", "all"), ("--preset", "x"), ("--coarsen", "m")]
)
def test_names_a_wrong_word(photo: Path, options: tuple[str, ...]) -> None:
    """Wrong usage is 2, and nothing is written."""
    result = run(*options, photo)

    assert result.exit_code == 2
    assert options[1] in result.output
    assert [photo.name] == names(photo.parent)


def test_certifies_a_copy(photo: Path) -> None:
    """The certificate stands beside the copy, with the same number."""
    run(photo)
    (done,) = json.loads(run("--json", "--certificate", photo).output)

    assert done["Copy"].endswith("picture-2.jpg")
    assert done["Certificate"].endswith("picture-2.certificate.json")


def test_evidence_makes_a_certificate_only(photo: Path) -> None:
    """A file that stays needs no copy."""
    result = run("--preset", "evidence", photo)

    assert [photo.name, "picture.certificate.json"] == names(photo.parent)
    assert result.exit_code == 0


def test_names_a_folder_that_cannot_be_written(photo: Path) -> None:
    """A file where the folder should be."""
    result = run("-o", photo, photo)

    assert result.exit_code == 2
    assert "is no folder to write to" in result.output


def test_tells_how_it_is_used() -> None:
    """The help shows examples, and every preset with what it is for."""
    output = run("--help").output

    assert "mapy clean --remove place photo.jpg" in output
    assert "evidence" in output
