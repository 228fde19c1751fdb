"""Files are written whole or not at all, over nothing, and tell no time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mapy.clean.saving import CLOCK, save

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    """What stands in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_writes_over_nothing(tmp_path: Path) -> None:
    """The second file of a name gets a number, and the first one stays."""
    paths = [save(content, tmp_path, "picture.jpg") for content in (b"1", b"2", b"3")]

    assert names(tmp_path) == ["picture-2.jpg", "picture-3.jpg", "picture.jpg"]
    assert [path.read_bytes() for path in paths] == [b"1", b"2", b"3"]


def test_keeps_both_extensions(tmp_path: Path) -> None:
    """The number belongs to the name."""
    save(b"1", tmp_path, "picture.certificate.json")

    assert save(b"2", tmp_path, "picture.certificate.json").name == "picture-2.certificate.json"


def test_tells_no_time(tmp_path: Path) -> None:
    """All files are of one time."""
    assert save(b"1", tmp_path, "a.jpg").stat().st_mtime == CLOCK


def test_works_where_there_are_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On such a file system, too, nothing is written over."""

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.hardlink_to", refuse)
    paths = [save(content, tmp_path, "a.jpg") for content in (b"1", b"2")]

    assert names(tmp_path) == ["a-2.jpg", "a.jpg"]
    assert [path.read_bytes() for path in paths] == [b"1", b"2"]


def test_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full has no half of a file afterwards."""

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        save(b"1", tmp_path, "a.jpg")

    assert names(tmp_path) == []
