"""One process a ledger: a lock that the system takes back when the process dies."""

from __future__ import annotations

import sys

from elqkit.runs.errors import LedgerInUse

if sys.platform == "win32":
    import msvcrt
    import os

    def lock(descriptor: int) -> None:
        """Lock an open file for this process.

        Raises:
            LedgerInUse: another process has it.
        """
        try:
            # A byte far behind the content: Windows keeps others from reading what is locked.
            os.lseek(descriptor, 1 << 40, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            raise LedgerInUse from None
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def lock(descriptor: int) -> None:
        """Lock an open file for this process.

        Raises:
            LedgerInUse: another process has it.
        """
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise LedgerInUse from None
