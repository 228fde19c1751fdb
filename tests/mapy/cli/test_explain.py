"""`mapy explain`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result
import pytest

import mapy
from mapy.cli import main
from mapy_builders import camera, exif, jpeg, png, tiff

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str) -> Result:
    """The command with these arguments."""
    return CliRunner().invoke(main, ["explain", *arguments])


@pytest.fixture
def photo(tmp_path: Path) -> str:
    """A picture that says where it was taken."""
    path = tmp_path / "IMG_1234.jpg"
    path.write_bytes(jpeg(exif(tiff(camera()))) + b"PK\3\4" * 10)
    return str(path)


def test_tells_what_a_picture_gives_away_by_weight(photo: str) -> None:
    """First the summary, then each finding with why and what removes it, then the history."""
    result = run(photo)
    lines = result.output.splitlines()

    assert lines[:2] == [photo, "  This picture says where it was taken."]
    headings = [
        lines.index(f"  {each}")
        for each in (
            "High: it can lead to a person or a place",
            "Worth a look",
            "Note",
            "History, by the file's own word",
        )
    ]
    assert headings == sorted(headings)
    assert "      Why: Whoever gets the file can find the spot" in result.output
    assert "      What removes it: A clean copy removes every copy of it." in result.output
    assert "2024-05-01 10:11:12  taken, Lamp Safe 1 (claimed)" in result.output
    assert result.exit_code == 0


def test_looks_at_the_name_and_behind_the_picture(photo: str) -> None:
    """Both need the file itself."""
    found = json.loads(run("--json", photo).output)[0]["Findings"]
    assert {"name.device", "picture.behind"} <= {each["rule"] for each in found}


def test_json_has_findings_and_timeline(photo: str) -> None:
    """An array, one object a file, with stable names."""
    found = json.loads(run("--json", photo).output)
    assert [list(each) for each in found] == [["SourceFile", "Findings", "Timeline"]]
    first = found[0]["Findings"][0]
    assert list(first) == ["rule", "weight", "subject", "what", "why", "removal", "tags"]
    assert first["tags"] == [
        *("GPS:GPSLatitudeRef", "GPS:GPSLatitude", "GPS:GPSLongitudeRef", "GPS:GPSLongitude")
    ]
    assert (first["rule"], first["weight"], first["subject"]) == ("place.position", "high", "place")
    assert found[0]["Timeline"][0] == {
        "when": "2024-05-01T10:11:12",
        "what": "taken",
        "software": "Lamp Safe 1",
        "standing": "claimed",
        "tags": ["ExifIFD:DateTimeOriginal"],
    }


def test_a_file_that_cannot_be_read_does_not_stop_the_others(photo: str, tmp_path: Path) -> None:
    """It is named with the reason, and the exit code is 1; a finding alone is no failure."""
    empty = tmp_path / "empty.jpg"
    empty.write_bytes(b"")
    for option in ((), ("--json",)):
        result = run(*option, str(empty), str(tmp_path / "missing.jpg"), photo)
        assert "The file is empty." in result.output
        assert "There is no such file." in result.output
        assert "This picture says" in result.output or "place.position" in result.output
        assert result.exit_code == 1


def test_says_that_nothing_was_found(tmp_path: Path) -> None:
    """And does not call it clean."""
    path = tmp_path / "picture.png"
    path.write_bytes(png())
    result = run(str(path))
    assert "Nothing was found that this picture gives away." in result.output
    assert "clean" not in result.output


def test_nothing_in_a_file_can_steer_the_terminal(tmp_path: Path) -> None:
    """Not in sentences, not in the history, not in a name."""
    path = tmp_path / "a\x1b[2J.jpg"
    content = jpeg(exif(tiff(camera()).replace(b"Safe 1", b"\x1b[2J\r\n")))
    path.write_bytes(content)
    assert "\x1b" not in run(str(path)).output


def test_help_has_examples() -> None:
    """And tells what the exit codes mean."""
    output = run("--help").output
    assert "mapy explain --json *.jpg" in output
    assert "mapy check" in output


def test_writes_a_page_to_print(photo: str, tmp_path: Path) -> None:
    """A section a file, those that cannot be read among them; then the exit code is 1."""
    report = tmp_path / "report.html"
    assert run("--html", str(report), photo).exit_code == 0
    assert "This picture says where it was taken." in report.read_text(encoding="utf-8")

    result = run("--html", "-", str(tmp_path / "missing.jpg"), photo)
    assert result.exit_code == 1
    assert result.output.count("<h2>") == 2
    assert "There is no such file." in result.output


def test_a_report_is_never_written_over_a_picture(photo: str) -> None:
    """A slip must not cost the photo; nor are two reports printed into one another."""
    for arguments in (("--html", photo), ("--json", "--html", "-")):
        assert run(*arguments, photo).exit_code == 2
    assert mapy.read(photo).format == "JPEG"
