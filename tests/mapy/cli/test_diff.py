"""`mapy diff`, to the letter of its contract."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result
import pytest

from mapy.batch.comparison import LONGEST, bounded, compared
from mapy.cli import main
from mapy_builders import ascii_entry, ifd, short, tiff

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Three files: one make, two models, one without an orientation."""
    contents = {
        "a.tif": ifd(ascii_entry(0x010F, "Lamp"), ascii_entry(0x0110, "One"), short(0x0112, 6)),
        "b.tif": ifd(ascii_entry(0x010F, "Lamp"), ascii_entry(0x0110, "Two"), short(0x0112, 6)),
        "c.tif": ifd(ascii_entry(0x010F, "Lamp"), ascii_entry(0x0110, "One")),
    }
    for name, structure in contents.items():
        (tmp_path / name).write_bytes(tiff(structure))
    return [str(tmp_path / name) for name in contents]


def run(*arguments: str) -> Result:
    """What the command prints and how it ends."""
    return CliRunner().invoke(main, ["diff", *arguments])


def test_tells_what_is_the_same_what_differs_and_what_is_missing(files: list[str]) -> None:
    """Of any number of files; exit code 1."""
    result = run("--json", "--group", "IFD0", *files)
    found = json.loads(result.output)

    assert found["Files"] == files
    assert found["Same"] == {"IFD0:Make": "Lamp"}
    assert found["Different"] == {"IFD0:Model": ["One", "Two", "One"]}
    assert found["Missing"] == {"IFD0:Orientation": ["Rotate 90 CW", "Rotate 90 CW", None]}
    assert result.exit_code == 1


def test_files_with_the_same_tags_end_with_0(files: list[str]) -> None:
    """Nothing differs, nothing is missing."""
    result = run(files[0], files[0])

    assert result.exit_code == 0
    assert "0 different, 0 not in every file." in result.output


def test_the_table_has_a_line_for_each_value(files: list[str]) -> None:
    """With the numbers of the files that have it."""
    lines = run("--group", "IFD0", *files).output.splitlines()

    assert lines[:3] == [f"{number}  {name}" for number, name in enumerate(files, 1)]
    assert lines[4] == "Tags: 1 the same, 1 different, 1 not in every file."
    assert lines[6:] == [
        *("Different", "  IFD0:Model", "    1 3  One", "      2  Two", ""),
        *("Missing", "  IFD0:Orientation", "    1 2  Rotate 90 CW", "      3  (none)"),
    ]


def test_what_is_the_same_is_shown_on_demand(files: list[str]) -> None:
    """--same."""
    assert "IFD0:Make  Lamp" in run("--same", "--group", "IFD0", *files).output


def test_machine_values_on_demand(files: list[str]) -> None:
    """-n, as in `mapy show`."""
    found = json.loads(run("--json", "-n", "--tag", "Orientation", *files).output)

    assert found["Missing"] == {"IFD0:Orientation": [6, 6, None]}


def test_a_file_that_cannot_be_read_does_not_stop_the_others(files: list[str]) -> None:
    """It is named, the rest is compared, the exit code is 1."""
    result = run("--json", files[0], "missing.tif", files[0])
    found = json.loads(result.stdout)

    assert found["Files"] == [files[0], files[0]]
    assert [each["SourceFile"] for each in found["Errors"]] == ["missing.tif"]
    assert "missing.tif: There is no such file." in result.stderr
    assert result.exit_code == 1


def test_long_values_are_kept_short_and_still_differ() -> None:
    """Beginning, length and check sum: two texts that begin alike are not the same."""
    texts = ["x" * 10_000 + end for end in ("a", "b")]
    objects = [(text[-1], bounded({"XMP:Text": text})) for text in texts]
    found = compared(objects)

    assert list(found.different) == ["XMP:Text"]
    assert all(len(str(value)) < LONGEST + 120 for value in found.different["XMP:Text"])


def test_a_number_is_not_a_truth() -> None:
    """1 and True are equal in Python, and differ in a file."""
    assert compared([("a", {"X:Y": 1}), ("b", {"X:Y": True})]).different == {"X:Y": (1, True)}


@pytest.mark.parametrize("arguments", [(), ("a.tif",), ("--nothing", "a", "b")])
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...]) -> None:
    """One file has nothing to be compared with."""
    assert run(*arguments).exit_code == 2
