"""Random access to the bytes of a file, a file object or a byte string: size, and read at a place.

Plain reads, no memory map: a file that is cut short by somebody else while it is read must give an
error, not a SIGBUS.
"""

from __future__ import annotations

from importlib import import_module
import io
import os
import stat
from typing import BinaryIO, Protocol

from mapy.errors import UnreadableFile


class Source(Protocol):
    """Somewhere to read bytes from."""

    size: int

    def read_at(self, offset: int, size: int) -> bytes:
        """The bytes at `offset`, fewer at the end."""

    def close(self) -> None:
        """Give back what was opened here."""


class BytesSource:
    """A file that is in memory."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.size = len(content)

    def read_at(self, offset: int, size: int) -> bytes:
        """The bytes at `offset`, without a copy when all are asked for."""
        return self._content[offset : offset + size]

    def close(self) -> None:
        """Nothing was opened."""


class PathSource:
    """A regular file on a disk."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        try:
            # Not blocking, so that a named pipe cannot hold the reader; it is refused just below.
            self._file = os.open(path, os.O_RDONLY | _OPEN_FLAGS)
        except (OSError, ValueError) as error:
            raise UnreadableFile(
                "file.not-opened",
                _why_not_opened(error),
                hint="Check the path and its permissions.",
            ) from None
        status = os.fstat(self._file)
        if not stat.S_ISREG(status.st_mode):
            os.close(self._file)
            raise UnreadableFile("file.not-a-file", "This is not a regular file.")
        self.size = status.st_size

    def read_at(self, offset: int, size: int) -> bytes:
        """The bytes at `offset`."""
        try:
            return _pread(self._file, size, offset)
        except OSError:
            raise UnreadableFile("file.not-read", "The disk could not be read.") from None

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


class StreamSource:
    """A binary file object that can seek. It stays open, and where it stood is restored."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        try:
            self._stood_at = stream.tell()
            self.size = stream.seek(0, io.SEEK_END)
        except (OSError, ValueError):
            raise UnreadableFile("file.not-seekable", "The file object cannot seek.") from None

    def read_at(self, offset: int, size: int) -> bytes:
        """The bytes at `offset`."""
        try:
            self._stream.seek(offset)
            return self._stream.read(size)
        except (OSError, ValueError):
            raise UnreadableFile("file.not-read", "The file object could not be read.") from None

    def close(self) -> None:
        """Put the file object back to where it stood."""
        try:
            self._stream.seek(self._stood_at)
        except (OSError, ValueError):
            raise UnreadableFile("file.not-read", "The file object could not be read.") from None


class AddressSource:
    """A file at an address that fsspec opens, read in the pieces that are asked for.

    The one way by which MAPy reaches beyond this machine: it needs fsspec, which is not installed
    with MAPy, and an address from the caller.
    """

    def __init__(self, address: str) -> None:
        try:
            open_address = import_module("fsspec").open
        except ImportError:
            raise UnreadableFile(
                "file.needs-fsspec",
                "An address is read with fsspec, which is not installed.",
                hint="Install it with: pip install fsspec",
            ) from None
        try:
            self._stream = open_address(address, "rb").open()
        except (ImportError, OSError, ValueError):
            raise UnreadableFile("file.not-opened", "The address could not be opened.") from None
        self._source = StreamSource(self._stream)
        self.size = self._source.size

    def read_at(self, offset: int, size: int) -> bytes:
        """The bytes at `offset`."""
        return self._source.read_at(offset, size)

    def close(self) -> None:
        """Close the file at the address."""
        self._stream.close()


_OPEN_FLAGS = (
    getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
)


def _seek_and_read(file: int, size: int, offset: int) -> bytes:
    os.lseek(file, offset, os.SEEK_SET)
    return os.read(file, size)


_pread = getattr(os, "pread", _seek_and_read)  # Windows has no pread


def _why_not_opened(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "There is no such file."
    if isinstance(error, PermissionError):
        return "This user may not read the file."
    return "The file could not be opened."


def open_source(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO,
) -> Source:
    """The source for whatever `mapy.read` was given.

    Raises:
        UnreadableFile: it cannot be opened, or is not a regular file.
    """
    if isinstance(source, str) and "://" in source:
        return AddressSource(source)
    if isinstance(source, (str, os.PathLike)):
        return PathSource(source)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return BytesSource(bytes(source))
    return StreamSource(source)
