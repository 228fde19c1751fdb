"""`mapy check`, to the letter of its contract."""

from __future__ import annotations

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
    """A photo that tells a place, a picture that tells nothing, and a text."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "photo.jpg").write_bytes(jpeg(exif(tiff(camera()))))
    (tmp_path / "plain.png").write_bytes(png())
    (tmp_path / "notes.txt").write_text("no picture")
    return tmp_path


def run(*arguments: object) -> Result:
    """What the command prints and how it ends."""
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def test_a_picture_that_gives_away_a_place_fails(folder: Path) -> None:
    """Exit code 1, the file, the rule and the tags, but no value."""
    result = run(folder)

    assert result.exit_code == 1
    assert f"FAIL  {folder / 'in' / 'photo.jpg'}" in result.output
    assert "place.position" in result.output
    assert "GPS:GPSLatitude" in result.output
    assert "33.8" not in result.output
    assert "Files checked: 2. Failing: 1." in result.output


def test_a_picture_that_gives_nothing_away_passes(folder: Path) -> None:
    """Exit code 0 and one line."""
    result = run(folder / "plain.png")

    assert result.exit_code == 0
    assert result.output == (
        "Files checked: 1. Failing: 0. Passing with a warning: 0. Unreadable: 0.\n"
    )


def test_looks_behind_the_picture(folder: Path) -> None:
    """What no tag tells needs the file's content, and counts as much."""
    (folder / "plain.png").write_bytes(png() + b"PK\3\4" * 10)

    assert "picture.behind" in run(folder / "plain.png").output


def test_values_are_told_on_demand(folder: Path) -> None:
    """--values, for a person's own eyes."""
    assert "33.8" in run("--values", folder).output


def test_a_file_that_cannot_be_read_does_not_pass(folder: Path) -> None:
    """It is named, the others are still checked, the exit code is 1."""
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    result = run(folder / "broken.jpg", folder / "missing.jpg", folder / "plain.png")

    assert result.exit_code == 1
    assert result.output.count("UNREAD") == 2
    assert "Unreadable: 2." in result.output


def test_a_folder_that_cannot_be_opened_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in it was not seen, so the exit code is 1."""

    def iterdir(path: Path) -> object:
        raise PermissionError(path)

    monkeypatch.setattr(type(folder), "iterdir", iterdir)
    result = run(folder / "in")

    assert result.exit_code == 1
    assert "This folder could not be opened." in result.output


def test_a_policy_decides(folder: Path) -> None:
    """What it ignores passes."""
    policy = folder / "policy.toml"
    policy.write_text("fail = []\nwarn = []\n")

    assert run(folder, "--policy", policy).exit_code == 0


@pytest.mark.parametrize("content", [None, "fial = []", "fail = ["])
def test_an_unusable_policy_is_wrong_usage(content: str | None, folder: Path) -> None:
    """Exit code 2, and nothing is checked."""
    policy = folder / "policy.toml"
    if content is not None:
        policy.write_text(content)
    result = run(folder, "--policy", policy)

    assert result.exit_code == 2
    assert "checked" not in result.output


def test_writes_sarif_and_junit_beside_what_it_prints(folder: Path) -> None:
    """Both from one run."""
    result = run(folder, "--sarif", folder / "a.sarif", "--junit", folder / "a.xml")
    log = json.loads((folder / "a.sarif").read_text(encoding="utf-8"))
    root = ET.parse(folder / "a.xml").getroot()  # noqa: S314 - our own

    assert result.exit_code == 1
    assert "place.position" in {each["ruleId"] for each in log["runs"][0]["results"]}
    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    assert "Files checked: 2" in result.output


@pytest.mark.parametrize("option", ["--sarif", "--junit"])
def test_a_report_can_be_printed(option: str, folder: Path) -> None:
    """`-` prints it alone; the words go to the standard error."""
    result = run(folder, option, "-")

    assert result.stdout.startswith(("{", "<?xml"))
    assert "Files checked" not in result.stdout
    assert "Files checked: 2" in result.stderr


def test_prints_json(folder: Path) -> None:
    """An object a file, in order."""
    found = json.loads(run("--json", folder).stdout)

    assert [each["Passes"] for each in found] == [True, False]


@pytest.mark.parametrize("option", ["--sarif", "--junit"])
def test_never_writes_over_a_picture(option: str, folder: Path) -> None:
    """A forgotten name must not cost a photo."""
    photo = folder / "in" / "photo.jpg"
    before = photo.read_bytes()
    result = run(option, photo, folder / "plain.png")

    assert result.exit_code == 2
    assert "is a picture" in result.output
    assert photo.read_bytes() == before


@pytest.mark.parametrize(
    "arguments", [(), ("--json", "--sarif", "-", "x"), ("--sarif", "/no/such/folder/x", ".")]
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...], folder: Path) -> None:
    """Nothing to check, two reports on one output, a folder that is not there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(*arguments).exit_code == 2
