"""The folder where ledgers survive. The same file given again finds its own ledger there.

A ledger's name is a keyed hash of the file and of where it goes: without the folder's key, nobody
can ask whether a file was sent. Nothing else of the file is in the folder.
"""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from elqkit.runs.errors import LedgerFailed
from elqkit.runs.journal import open_journal
from elqkit.runs.ledger import Ledger
from elqkit.runs.locks import lock

if TYPE_CHECKING:
    from pathlib import Path

    from elqkit.runs.plan import Plan

KEY_BYTES = 32
KEY_NAME = "key"
_NAME_CHARS = 40
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class StateFolder:
    """A folder of ledgers, readable by its owner only."""

    def __init__(self, path: Path, key: bytes | None = None) -> None:
        """Use a folder, made if need be, with a key of the caller's or one of its own.

        Raises:
            LedgerFailed: it cannot be made or read.
            LedgerInUse: another process makes its key at this moment.
        """
        self.path = path
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._key = _own_key(path) if key is None else key
        except OSError:
            raise LedgerFailed from None

    def __repr__(self) -> str:
        return "<StateFolder>"

    def holds(self, plan: Plan[object]) -> bool:
        """Whether a run of this file to this destination was begun."""
        return self._path(plan).exists()

    def open(self, plan: Plan[object]) -> Ledger:
        """Begin the ledger of a plan, or go on with it.

        Raises:
            LedgerInUse: another process is sending this file.
            PlanChanged: the run was begun with another mapping.
            LedgerDamaged: the ledger is not as it was written.
            LedgerFailed: it cannot be read or written.
        """
        journal = open_journal(self._path(plan))
        try:
            return Ledger.begin(plan, self._key, journal)
        except BaseException:
            journal.close()
            raise

    def forget(self, plan: Plan[object]) -> None:
        """Remove the ledger of a plan: the file may then be sent again from its first row.

        Raises:
            LedgerInUse: another process is sending this file.
            LedgerFailed: it cannot be removed.
        """
        path = self._path(plan)
        if not path.exists():
            return
        open_journal(path).close()
        try:
            path.unlink(missing_ok=True)
        except OSError:
            raise LedgerFailed from None

    def _path(self, plan: Plan[object]) -> Path:
        return self.path / f"{plan.name(self._key)[:_NAME_CHARS]}.ledger"


def _own_key(folder: Path) -> bytes:
    """The folder's key; a new one where there is none yet, or where making it was cut off."""
    descriptor = os.open(folder / KEY_NAME, _FLAGS, 0o600)
    try:
        lock(descriptor)
        key = os.read(descriptor, KEY_BYTES)
        if len(key) < KEY_BYTES:
            # No ledger can be there: each is begun after the key is on the disk.
            key = secrets.token_bytes(KEY_BYTES)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, key)
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return key
