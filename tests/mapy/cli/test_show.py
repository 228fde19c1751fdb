"""`mapy show`, to the letter of its contract."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result
import pytest

from mapy.cli import main
from mapy_builders import camera, exif, jpeg, tiff

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def photo(tmp_path: Path) -> str:
    """A photo on the disk."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg(exif(tiff(camera()))))
    return str(path)


def run(*arguments: str) -> Result:
    """What a command prints and how it ends."""
    return CliRunner().invoke(main, arguments)


def test_prints_a_json_array_in_the_order_given(photo: str, tmp_path: Path) -> None:
    """One object a file, its path as it was given, keys of group and name."""
    other = tmp_path / "other.tif"
    other.write_bytes(tiff(camera()))
    result = run("show", "--json", str(other), photo)
    objects = json.loads(result.output)

    assert [str(other), photo] == [each["SourceFile"] for each in objects]
    assert [each["IFD0:Make"] for each in objects] == ["Lamp", "Lamp"]
    assert result.exit_code == 0


def test_gives_readable_values_and_with_n_machine_values(photo: str) -> None:
    """Words without -n, numbers with it."""
    readable = json.loads(run("show", "--json", photo).output)[0]
    machine = json.loads(run("show", "--json", "-n", photo).output)[0]

    assert (
        readable["ExifIFD:ExposureTime"],
        readable["IFD0:Orientation"],
    ) == ("1/500", "Rotate 90 CW")
    assert (machine["ExifIFD:ExposureTime"], machine["IFD0:Orientation"]) == (0.002, 6)


def test_a_broken_file_does_not_stop_the_others(photo: str, tmp_path: Path) -> None:
    """It gives its name and its error, the others are shown, and the exit code is 1."""
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff")
    result = run("show", "--json", str(broken), str(tmp_path / "missing"), photo)
    objects = json.loads(result.output)

    assert [{"SourceFile", "Error"}] * 2 == [set(each) for each in objects[:2]]
    assert objects[2]["IFD0:Make"] == "Lamp"
    assert result.exit_code == 1


def test_a_broken_file_is_named_in_the_table_too(photo: str, tmp_path: Path) -> None:
    """Without --json the reason stands below the file's name."""
    result = run("show", str(tmp_path / "missing"), photo)

    assert "There is no such file." in result.output
    assert "Safe 1" in result.output
    assert result.exit_code == 1


@pytest.mark.parametrize("group", ["GPS", "gps"])
def test_shows_one_group(photo: str, group: str) -> None:
    """--group takes a group's name in any case."""
    found = json.loads(run("show", "--json", "--group", group, photo).output)[0]

    assert {"SourceFile", "GPS"} == {key.partition(":")[0] for key in found}


@pytest.mark.parametrize("tag", ["model", "IFD0:Model"])
def test_shows_one_tag(photo: str, tag: str) -> None:
    """--tag takes a name, or a group and a name."""
    found = json.loads(run("show", "--json", "--tag", tag, photo).output)[0]

    assert {"SourceFile": photo, "IFD0:Model": "Safe 1"} == found


def test_prints_a_table_by_group(photo: str) -> None:
    """Groups stand alone, names and values in columns."""
    lines = run("show", photo).output.splitlines()

    assert photo == lines[0]
    at = lines.index("  GPS")
    assert lines[at + 1].split() == ["GPSLatitudeRef", "South"]


def test_nothing_in_a_file_can_steer_the_terminal(tmp_path: Path) -> None:
    """Control characters and those that turn the direction of writing are made visible."""
    path = tmp_path / "photo.tif"
    path.write_bytes(tiff(camera()).replace(b"Safe 1", b"\x1b[2J\r\n"))
    output = run("show", str(path)).output

    assert "\x1b" not in output
    assert "\N{REPLACEMENT CHARACTER}[2J" in output


@pytest.mark.parametrize(
    "arguments", [("show",), ("show", "--nothing", "x"), ("nothing",), ("show", "--json")]
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...]) -> None:
    """A missing file, an unknown option or command is a matter of usage."""
    assert run(*arguments).exit_code == 2


def test_help_has_examples() -> None:
    """Each help text shows how it is used."""
    for arguments in (("--help",), ("show", "--help")):
        result = run(*arguments)
        assert "mapy show --json -n *.jpg" in result.output
        assert result.exit_code == 0


def test_tells_its_version() -> None:
    """The version is that of the distribution."""
    assert "mapy 0." in run("--version").output


def test_an_address_is_the_name_of_a_file_and_never_opened() -> None:
    """The command reads this machine's files only, whatever libraries are there."""
    result = run("show", "memory://photo.jpg")

    assert "There is no such file" in result.output
    assert result.exit_code == 1


def test_prints_a_table_of_tags(photo: str, tmp_path: Path) -> None:
    """A row a tag; one row with the reason for a file that cannot be read."""
    missing = str(tmp_path / "missing.jpg")
    result = run("show", "--csv", "-n", "--tag", "ExposureTime", missing, photo)
    rows = list(csv.reader(result.output.splitlines()))

    assert rows[0] == ["SourceFile", "Group", "Tag", "Value", "Offset", "Length"]
    assert rows[1][:4] == [
        missing,
        "",
        "Error",
        "There is no such file. Check the path and its permissions.",
    ]
    assert [row[:4] for row in rows[2:]] == [[photo, "ExifIFD", "ExposureTime", "0.002"]]
    assert result.exit_code == 1


def test_two_forms_at_once_are_wrong_usage(photo: str) -> None:
    """An array in a table is neither."""
    assert run("show", "--csv", "--json", photo).exit_code == 2
