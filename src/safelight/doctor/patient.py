"""All that the checks judge, as values: what was found out, before anyone judges it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from safelight.accounts.model import Accounts
from safelight.security.proxies import is_local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import SettingValue
    from safelight.settings import Reading


@dataclass(frozen=True, slots=True)
class SecretFile:
    """A file that others must not read."""

    what: str
    """The variable that names it."""
    mode: int
    """Permission bits; 0 where the system has none."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings that a server here would run with."""

    readings: Mapping[str, Reading]
    environment: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    """A sentence for each variable that has no effect."""
    accounts: Accounts = field(default_factory=Accounts)
    accounts_problem: str = ""
    """Why they can't be read."""
    files: tuple[SecretFile, ...] = ()

    @property
    def values(self) -> dict[str, SettingValue]:
        """The values of the workbench's settings, by name."""
        return {name: reading.value for name, reading in self.readings.items()}

    @property
    def is_exposed(self) -> bool:
        """Whether others than this machine can reach the server."""
        return not is_local(self.values)

    def __getitem__(self, name: str) -> SettingValue:
        return self.readings[name].value


CLOSED = 0
"""The status of a connection that was closed without a word, as a proxy may do."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply of the running server."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def values_of(self, name: str) -> list[str]:
        """The values of a header, in their order."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def header(self, name: str) -> str:
        """The value of a header; empty if it did not come."""
        return ", ".join(self.values_of(name))


@dataclass(frozen=True, slots=True)
class Tls:
    """How the running server speaks TLS."""

    distrust: str = ""
    """Why this machine does not trust its certificate; empty if it does."""
    ends: datetime | None = None
    key: str = ""
    """Kind and bits: `EC 256`."""
    is_strong: bool = True
    """Whether key and signature are of today."""
    old: tuple[str, ...] = ()
    """Versions before 1.2 that it accepted."""
    has_newest: bool = True
    """Whether it speaks 1.3."""


@dataclass(frozen=True, slots=True)
class Server:
    """The running server, as a stranger sees it."""

    url: str
    problem: str = ""
    """Why it could not be asked."""
    replies: Mapping[str, Reply] = field(default_factory=dict)
    """By the names of `looking.server.QUESTIONS`."""
    tls: Tls | None = None
    clock_off_s: float = 0
    plain: Reply | None = None
    """What the port of plain http said, of a server at the usual port of https."""

    @property
    def is_secure(self) -> bool:
        """Whether it is asked over TLS."""
        return self.url.startswith("https://")


@dataclass(frozen=True, slots=True)
class Process:
    """A process of the server on this machine."""

    uid: int
    core_bytes: int | None
    """How large a core dump of it may get; None for any size."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine that this runs on."""

    python: tuple[int, int] = (3, 13)
    openssl: tuple[int, int] = (3, 0)
    swaps: int = 0
    """Swap areas that are neither encrypted nor in memory."""
    may_swap: bool = True
    """Whether this process may be swapped out at all."""
    processes: tuple[Process, ...] = ()
    is_linux: bool = True


@dataclass(frozen=True, slots=True)
class RedisSeen:
    """Redis, as it answered."""

    problem: str = ""
    version: tuple[int, int] = (0, 0)
    persistence: tuple[str, ...] = ()
    """What it writes to a disk: `snapshots`, `append-only file`."""
    policy: str = ""
    """What it does when its memory is full: `noeviction`."""
    is_remote: bool = False
    has_password: bool = False
    is_encrypted: bool = False


@dataclass(frozen=True, slots=True)
class Patient:
    """All of it."""

    configuration: Configuration
    server: Server
    machine: Machine = field(default_factory=Machine)
    redis: RedisSeen | None = None
    """None where no REDIS_URL is set."""
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
