"""`mapy verify`, to the letter of its contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner, Result
import pytest

import mapy
from mapy.cli import main
from mapy_builders import exif, jpeg
from mapy_clean_builders import CAMERA

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def certified(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate and its copy."""
    cleaned = mapy.clean(jpeg(exif(CAMERA)), with_pixels=False)
    certificate, copy = tmp_path / "certificate.json", tmp_path / "picture.jpg"
    certificate.write_bytes(cleaned.certificate())
    copy.write_bytes(cleaned.content)
    return certificate, copy


def run(*arguments: object) -> Result:
    """What a command prints and how it ends."""
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


def test_agrees(certified: tuple[Path, Path]) -> None:
    """The exit code is 0."""
    result = run(*certified)

    assert "neither was changed" in result.output
    assert result.exit_code == 0


@pytest.mark.parametrize("number", [0, 1])
def test_finds_a_changed_byte(certified: tuple[Path, Path], number: int) -> None:
    """In the certificate or in the copy; the exit code is 1."""
    path = certified[number]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    result = run(*certified)

    assert result.exit_code == 1
    assert "changed" in result.output


def test_names_a_missing_file(certified: tuple[Path, Path], tmp_path: Path) -> None:
    """With what to do; the exit code is 1."""
    result = run(certified[0], tmp_path / "missing")

    assert result.exit_code == 1
    assert "There is no such file." in result.output
