"""Which files of a folder are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mapy.batch import Folder
from mapy_builders import jpeg, png

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures, other files, and folders in folders."""
    (tmp_path / "b.jpg").write_bytes(jpeg())
    (tmp_path / "no extension").write_bytes(png())
    (tmp_path / "notes.txt").write_text("not a picture")
    (tmp_path / "empty").touch()
    (tmp_path / "in" / "side").mkdir(parents=True)
    (tmp_path / "in" / "side" / "a.png").write_bytes(png())
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "c.jpg").write_bytes(jpeg())
    return tmp_path


def names(folder: Folder, root: Path) -> list[str]:
    """What is found, below the root."""
    return [path.relative_to(root).as_posix() for path in folder]


def test_finds_the_pictures_by_content_in_one_order(folder: Path) -> None:
    """By name, a folder's files in front of those in its folders; other files are counted."""
    walk = Folder([folder])

    assert names(walk, folder) == ["b.jpg", "no extension", "in/side/a.png"]
    assert walk.passed_over == 2


def test_what_is_called_a_picture_is_never_passed_over(folder: Path) -> None:
    """A broken picture must be named as such by who reads it."""
    (folder / "broken.JPG").write_bytes(b"no picture")

    assert "broken.JPG" in names(Folder([folder]), folder)


def test_what_the_caller_names_is_always_given(folder: Path) -> None:
    """A text file, a missing file: the reader says what is wrong with them."""
    paths = [folder / "notes.txt", folder / "missing"]

    assert list(Folder(paths)) == paths


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    """They may lead in a circle."""
    (folder / "in" / "loop").symlink_to(folder, target_is_directory=True)

    assert len(list(Folder([folder]))) == 3


def test_a_folder_that_cannot_be_listed_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pictures were not seen, and that must be said."""
    original = type(folder).iterdir

    def iterdir(path: Path) -> object:
        if path.name == "side":
            raise PermissionError
        return original(path)

    monkeypatch.setattr(type(folder), "iterdir", iterdir)
    walk = Folder([folder])

    assert names(walk, folder) == ["b.jpg", "no extension"]
    assert walk.unopened == [folder / "in" / "side"]


def test_what_cannot_be_asked_is_given_to_the_reader(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in a folder without permission must be named, and stop nothing."""

    def is_dir(path: Path) -> bool:
        raise PermissionError(path)

    path = folder / "b.jpg"
    monkeypatch.setattr(type(folder), "is_dir", is_dir)

    assert list(Folder([path])) == [path]


def test_folders_in_folders_end_somewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the deepest level nothing is read, and that is said."""
    monkeypatch.setattr("mapy.batch.folders.DEEPEST", 1)
    walk = Folder([folder])

    assert names(walk, folder) == ["b.jpg", "no extension"]
    assert walk.unopened == [folder / "in" / "side"]
