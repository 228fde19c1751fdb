"""Where the tokens of one OAuth 2 sign-in lie.

They are a family: each refresh gives a new refresh token and ends the one before (RFC 6749, section
6). Whoever uses an old one has to sign in again, so all that share a sign-in share the place where
its tokens lie, and renew them one at a time.
"""

from __future__ import annotations

from contextlib import contextmanager
import os
import sys
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple, Protocol

from elqkit.errors import NotSignedIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

MAX_FILE_BYTES = 64 * 1024


class Tokens(NamedTuple):
    """The newest tokens of a sign-in. Its `repr` shows none of them."""

    refresh: str
    access: str = ""
    """Empty: none is known yet."""
    ends: float = 0.0
    """When the access token ends, in seconds since 1970."""

    def __repr__(self) -> str:
        return "Tokens(...)"


class TokenPlace(Protocol):
    """Where they lie."""

    def alone(self) -> AbstractContextManager[object]:
        """Keep all others from renewing them meanwhile."""

    def read(self) -> Tokens:
        """The newest ones.

        Raises:
            NotSignedIn: there are none any more.
        """

    def write(self, tokens: Tokens) -> None:
        """Keep new ones. Only then may they be used."""


class TokensInMemory:
    """Tokens of this process.

    Args:
        refresh_token: the first one.
        keep: called with each new refresh token before it is used.
    """

    def __init__(self, refresh_token: str, keep: Callable[[str], None] | None = None) -> None:
        self._tokens = Tokens(refresh_token)
        self._keep = keep
        self._lock = RLock()

    def alone(self) -> AbstractContextManager[object]:
        """See `TokenPlace.alone`."""
        return self._lock

    def read(self) -> Tokens:
        """See `TokenPlace.read`."""
        return self._tokens

    def write(self, tokens: Tokens) -> None:
        """See `TokenPlace.write`."""
        if self._keep is not None:
            self._keep(tokens.refresh)
        self._tokens = tokens


class TokenFile:
    """A refresh token in a file that processes share. Access tokens stay in memory.

    Raises:
        NotSignedIn: the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tokens = Tokens(_refresh_token_in(path))
        self._lock = RLock()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """See `TokenPlace.alone`. The folder is what is locked: the file is replaced each time."""
        with self._lock, _locked(self._path.parent):
            yield

    def read(self) -> Tokens:
        """See `TokenPlace.read`; the refresh token is the file's, whoever renewed it."""
        return self._tokens._replace(refresh=_refresh_token_in(self._path))

    def write(self, tokens: Tokens) -> None:
        """See `TokenPlace.write`; the old token stays whole until the new one is written."""
        new = self._path.with_name(self._path.name + ".new")
        new.unlink(missing_ok=True)
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as target:
            target.write(tokens.refresh + "\n")
            target.flush()
            os.fsync(target.fileno())
        new.replace(self._path)
        self._tokens = tokens


def text_in(path: Path) -> str:
    """What a file of credentials holds.

    Raises:
        NotSignedIn: it cannot be read.
    """
    try:
        with path.open("rb") as source:
            return source.read(MAX_FILE_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise NotSignedIn("eloqua.credentials-not-readable") from None


def _refresh_token_in(path: Path) -> str:
    return text_in(path).strip()


if sys.platform == "win32":

    @contextmanager
    def _locked(folder: Path) -> Iterator[None]:
        """Windows locks no folder: there, only the threads of one process take turns."""
        del folder
        yield

else:
    import fcntl

    @contextmanager
    def _locked(folder: Path) -> Iterator[None]:
        """Keep other processes out; the system takes the lock back when this one dies."""
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
