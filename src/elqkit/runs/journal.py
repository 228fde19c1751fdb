"""Where a ledger keeps its records: any append-only log, or a file that a crash cannot spoil.

In a file, each record is a line that begins with the CRC-32 of the rest. It is on the disk before
`append` returns; threads that append at the same time share one sync. The end of a file that a
crash cut off is recognised and removed; damage anywhere else is an error.
"""

from __future__ import annotations

import contextlib
import os
from threading import Condition
from typing import TYPE_CHECKING, Protocol
import zlib

from elqkit.runs.errors import LedgerDamaged, LedgerFailed
from elqkit.runs.locks import lock

if TYPE_CHECKING:
    from pathlib import Path

MAX_RECORD_BYTES = 16 * 1024
"""More than the events of the largest batch take."""
MAX_JOURNAL_BYTES = 512 * 1024 * 1024
_CRC_CHARS = 8
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would write two bytes for a line's end
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class Journal(Protocol):
    """An append-only log of small records that one holder writes at a time."""

    def append(self, record: bytes, /) -> None:
        """Keep a record of printable ASCII; return when it is safe.

        Raises:
            LedgerFailed: it could not be kept.
        """

    def read(self) -> list[bytes]:
        """The records kept so far, in their order."""

    def close(self) -> None:
        """Let go of the log."""


class NoJournal:
    """For a ledger in memory only: nothing is written, nothing survives."""

    def append(self, record: bytes) -> None:
        """Keep nothing."""

    def read(self) -> list[bytes]:
        """Nothing."""
        return []

    def close(self) -> None:
        """Nothing to let go of."""


class FileJournal:
    """Records in a file, a line each. Made by `open_journal`."""

    def __init__(self, descriptor: int, records: list[bytes]) -> None:
        self._descriptor = descriptor
        self._records = records
        self._turn = Condition()
        self._waiting: list[bytes] = []
        self._asked = 0
        self._safe = 0
        self._is_writing = False
        self._has_failed = False

    def read(self) -> list[bytes]:
        """The records that were there when the file was opened."""
        return self._records

    def append(self, record: bytes) -> None:
        """Write a record; return when the disk has it.

        Raises:
            LedgerFailed: it could not be written, or one before it.
        """
        with self._turn:
            self._waiting.append(_checked(record))
            self._asked += 1
            mine = self._asked
            while self._safe < mine:
                if self._has_failed:
                    raise LedgerFailed
                if self._is_writing:
                    self._turn.wait()
                else:
                    self._write_all_waiting()

    def _write_all_waiting(self) -> None:
        """Write for all threads that wait; called with the lock, which is free meanwhile."""
        lines, upto = b"".join(self._waiting), self._asked
        self._waiting.clear()
        self._is_writing = True
        self._turn.release()
        is_written = False
        try:
            is_written = _write(self._descriptor, lines)
        finally:
            self._turn.acquire()
            self._is_writing = False
            self._has_failed = not is_written
            if is_written:
                self._safe = upto
            self._turn.notify_all()

    def close(self) -> None:
        """Let go of the file, and so of its lock."""
        with self._turn:
            while self._is_writing:
                self._turn.wait()
            if self._descriptor >= 0:
                self._has_failed = True
                os.close(self._descriptor)
                self._descriptor = -1


def open_journal(path: Path) -> FileJournal:
    """Open or make a journal that no other process has.

    Raises:
        LedgerInUse: another process has it.
        LedgerDamaged: a line that is not the last was changed.
        LedgerFailed: it cannot be opened, or is larger than any ledger.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _BINARY | _NO_LINK, 0o600)
    except OSError:
        raise LedgerFailed from None
    try:
        lock(descriptor)
        records, good_bytes = _read(descriptor)
        os.ftruncate(descriptor, good_bytes)
        os.lseek(descriptor, good_bytes, os.SEEK_SET)
        os.fsync(descriptor)
        _sync_folder(path.parent)
    except BaseException:
        os.close(descriptor)
        raise
    return FileJournal(descriptor, records)


def _checked(record: bytes) -> bytes:
    return b"%08x %s\n" % (zlib.crc32(record), record)


def _write(descriptor: int, content: bytes) -> bool:
    view = memoryview(content)
    try:
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    except OSError:
        return False
    return True


def _read(descriptor: int) -> tuple[list[bytes], int]:
    """The good records and the bytes they take.

    A crash leaves the last line without its end, or with zeros where the disk had not written yet:
    its append had not returned, so nothing was done that it tells of. Anything else is damage.
    """
    if os.fstat(descriptor).st_size > MAX_JOURNAL_BYTES:
        raise LedgerFailed
    records: list[bytes] = []
    good_bytes = 0
    with os.fdopen(os.dup(descriptor), "rb") as stream:
        while raw := stream.readline(MAX_RECORD_BYTES):
            body = raw[_CRC_CHARS + 1 : -1]
            if raw != b"%08x %s\n" % (zlib.crc32(body), body):
                if b"\n" in raw or stream.read().strip(b"\0"):
                    raise LedgerDamaged(len(records) + 1)
                break
            records.append(body)
            good_bytes += len(raw)
    return records, good_bytes


def _sync_folder(folder: Path) -> None:
    """Make the file's name as safe as its bytes. Windows cannot, and does it by itself."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
