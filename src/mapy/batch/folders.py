"""The pictures in folders: found by their content, in an order that is the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.errors import UnreadableFile
from mapy.formats import recognise
from mapy.reader import HEAD
from mapy.source import PathSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


VERSION_CONTROL = frozenset({".git", ".hg", ".svn"})
"""Folders that hold other programs' copies of the files beside them."""

EXTENSIONS = frozenset(
    (
        *(".3fr", ".arw", ".avif", ".bmp", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf"),
        *(".exv", ".fff", ".gif", ".heic", ".heif", ".hif", ".iiq", ".j2k", ".jp2", ".jpe"),
        *(".jpeg", ".jpg", ".jps", ".jpx", ".jxl", ".kdc", ".mef", ".mos", ".mpo", ".mrw"),
        *(".nef", ".nrw", ".orf", ".pef", ".png", ".psb", ".psd", ".raf", ".raw", ".rw2"),
        *(".rwl", ".sr2", ".srf", ".srw", ".svg", ".tif", ".tiff", ".webp", ".x3f", ".xmp"),
    )
)
"""Names that promise a picture: a file in a folder that is called so is never passed over."""

DEEPEST = 64
"""Folders inside folders."""


class Folder:
    """Walks files and folders. Iterating gives the pictures; `passed_over` counts other files.

    What is named by the caller is always given, so that a wrong name is not passed over in silence.
    In a folder, a file that neither is a picture nor is called like one is passed over. Links to
    folders are not followed: they may lead in a circle, or out of what the caller meant.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = tuple(paths)
        self.passed_over = 0
        """Files in folders that are no pictures, once all were walked."""
        self.unopened: list[Path] = []
        """Folders that could not be listed, once all were walked."""

    def __iter__(self) -> Iterator[Path]:
        self.passed_over = 0
        self.unopened = []
        for path in self._paths:
            if _is_folder(path):
                yield from self._walk(path, DEEPEST)
            else:
                yield path

    def _walk(self, folder: Path, levels: int) -> Iterator[Path]:
        """The pictures of a folder, then those of the folders in it, each by name."""
        try:
            entries = sorted(folder.iterdir(), key=lambda path: path.name)
        except OSError:
            self.unopened.append(folder)
            return
        folders = []
        for path in entries:
            if _is_folder(path):
                if not path.is_symlink() and path.name not in VERSION_CONTROL:
                    folders.append(path)
            elif path.suffix.lower() in EXTENSIONS or _is_picture(path):
                yield path
            else:
                self.passed_over += 1
        for inner in folders:
            if levels:
                yield from self._walk(inner, levels - 1)
            else:
                self.unopened.append(inner)


def pictures_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that are named, and the pictures in the folders that are named and those below."""
    return iter(Folder(paths))


def _is_folder(path: Path) -> bool:
    """Whether it is a folder; of what cannot be asked the reader will say why."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_picture(path: Path) -> bool:
    """Whether the content is of a format that MAPy reads; False for what cannot be opened."""
    try:
        source = PathSource(path)
    except UnreadableFile:
        return False
    try:
        return recognise(source.read_at(0, min(source.size, HEAD))) is not None
    except UnreadableFile:
        return False
    finally:
        source.close()
