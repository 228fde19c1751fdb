"""Where accounts come from: a file that may change at any time, or a text that does not."""

from __future__ import annotations

from contextlib import contextmanager
import errno
import os
import secrets
import stat
import sys
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from safelight.accounts.document import BadAccounts, accounts_from, text_of
from safelight.accounts.model import Accounts
from safelight.settings import MAX_FILE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

OWNER_ALONE = 0o600
MOUNTED = " It is mounted by itself, so no other file can take its place: mount its folder."
WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


class AccountSource(Protocol):
    """Where the server looks users and tokens up, at each request."""

    def current(self) -> Accounts:
        """The accounts as they are now.

        Raises:
            BadAccounts: they can't be read. Nobody comes in then.
        """

    @property
    def is_writable(self) -> bool:
        """Whether `change` can work."""

    def change(self, how: Callable[[Accounts], Accounts]) -> None:
        """Write the accounts anew, from what they are at this moment.

        Raises:
            BadAccounts: they can't be read or written.
        """


class FixedAccounts:
    """Accounts from the environment: as they were when the server started."""

    is_writable = False

    def __init__(self, text: str = "") -> None:
        self._accounts = accounts_from(text)

    def current(self) -> Accounts:
        """See `AccountSource.current`."""
        return self._accounts

    def change(self, how: Callable[[Accounts], Accounts]) -> None:
        """Raises BadAccounts: nobody can change them."""
        del how
        raise BadAccounts("These accounts come from the environment and can't be changed here.")


class AccountFile:
    """Accounts in a file: read again when it changed, written whole or not at all."""

    def __init__(
        self, path: Path, noticed: Callable[[Accounts, Accounts], None] = lambda *_: None
    ) -> None:
        """Nothing is read yet.

        Args:
            path: of the file.
            noticed: told what it said before and what it says now, when others have changed it.
        """
        self._path = path
        self._noticed = noticed
        self._lock = Lock()
        self._seen: tuple[int, int, int] | None = None
        self._accounts: Accounts | None = None

    @property
    def is_writable(self) -> bool:
        """See `AccountSource.is_writable`."""
        return os.access(self._path.resolve().parent, os.W_OK)

    def current(self) -> Accounts:
        """See `AccountSource.current`."""
        with self._lock:
            try:
                seen = self._state()
                if seen == self._seen and self._accounts is not None:
                    return self._accounts
                accounts = self._read()
                self._compare(accounts)
                self._seen = seen
            except OSError as error:
                self._seen = None
                raise BadAccounts(f"{self._path} can't be read ({error.strerror}).") from error
            except BadAccounts:
                self._seen = None
                raise
            return accounts

    def change(self, how: Callable[[Accounts], Accounts]) -> None:
        """See `AccountSource.change`. A file that is not there is made."""
        target = self._path.resolve()
        try:
            with _alone(target):
                before = self._read() if target.exists() else Accounts()
                after = how(before)
                _replace(target, text_of(after))
                with self._lock:
                    self._compare(before)
                    self._accounts, self._seen = after, self._state()
        except OSError as error:
            way = MOUNTED if error.errno == errno.EBUSY else ""
            raise BadAccounts(f"{self._path} can't be written ({error.strerror}).{way}") from error

    def _state(self) -> tuple[int, int, int]:
        """What tells one content of the file from the next."""
        found = self._path.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _compare(self, accounts: Accounts) -> None:
        """Remember what was read, and tell of it if others wrote it."""
        before, self._accounts = self._accounts, accounts
        if before is not None and before != accounts:
            self._noticed(before, accounts)

    def _read(self) -> Accounts:
        with self._path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if sys.platform != "win32" and mode & WRITABLE_BY_OTHERS:
                raise BadAccounts(
                    f"{self._path} can be written by others on this machine, who could let"
                    f" themselves in. Set its mode: chmod 600 {self._path}"
                )
            content = file.read(MAX_FILE_BYTES + 1)
        if len(content) > MAX_FILE_BYTES:
            raise BadAccounts(f"{self._path} is over {MAX_FILE_BYTES // 1024 // 1024} MiB.")
        try:
            return accounts_from(content.decode())
        except UnicodeDecodeError as error:
            raise BadAccounts(f"{self._path} is not UTF-8 text.") from error
        except BadAccounts as error:
            raise BadAccounts(f"{self._path}: {error}") from error


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Be the only one who writes the file, among all processes of this machine."""
    lock = target.with_name(f".{target.name}.lock")
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, OWNER_ALONE)
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - Windows only

            msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - Unix only

            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _replace(target: Path, text: str) -> None:
    """Put a new file in the place of the old one: a reader sees either, and a crash leaves one."""
    owner = _owner(target)
    new = target.with_name(f".{target.name}.{secrets.token_hex(8)}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
            if owner is not None and owner != _owner(new):
                os.fchown(file.fileno(), *owner)
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _owner(path: Path) -> tuple[int, int] | None:
    """Whose a file is: root may change it for the server, which must be able to read it then."""
    if sys.platform == "win32" or not path.exists():
        return None
    found = path.stat()
    return found.st_uid, found.st_gid
